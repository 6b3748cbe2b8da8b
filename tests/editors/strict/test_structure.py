"""Outline, folds, selections, links, and workspace symbols."""

import pytest
from lsprotocol import types as lsp

import samples
from params import about, of


def text_document(editor):
    return editor.capabilities.text_document or lsp.TextDocumentClientCapabilities()


def inside(document, inner, outer):
    (start, end), (outer_start, outer_end) = document.span(inner), document.span(outer)
    return outer_start <= start and end <= outer_end


async def test_the_outline_is_nested_or_flat(editor):
    for document in editor.open_all():
        text = document.text
        found = await about(editor, "textDocument/documentSymbol", document)
        able = text_document(editor).document_symbol
        nested = bool(able and able.hierarchical_document_symbol_support)

        def check(symbols, parent):
            for symbol in symbols:
                assert isinstance(symbol, lsp.DocumentSymbol) and symbol.name.strip()
                assert inside(document, symbol.selection_range, symbol.range) and inside(document, symbol.range, parent)
                check(symbol.children or [], symbol.range)

        if found is None:
            assert text in (samples.OTHER, "")
        elif nested:
            check(found, document.whole())
        else:
            assert all(isinstance(symbol, lsp.SymbolInformation) and symbol.location.uri == document.uri for symbol in found)
        if text == samples.VALID:
            names = [symbol.name for symbol in found]
            assert "authSpec" in names and ("GET /😀/${listId}/@{concat('ä', 1)}/{SCHEDULE_QUERY}" in names) is not nested


async def test_folds_are_nested_or_disjoint(editor):
    for document in editor.open_all():
        text = document.text
        found = await about(editor, "textDocument/foldingRange", document) or []
        able = text_document(editor).folding_range
        lines_only = bool(able and able.line_folding_only)
        assert found or text in (samples.OTHER, samples.MINIFIED, "")
        ranges = []
        for fold in found:
            assert 0 <= fold.start_line <= fold.end_line < len(document.lines)
            if lines_only:
                assert fold.start_character is None and fold.end_character is None and fold.start_line < fold.end_line
                ranges.append((fold.start_line, fold.end_line))
            else:
                start = lsp.Position(fold.start_line, fold.start_character)
                ranges.append(document.span(lsp.Range(start, lsp.Position(fold.end_line, fold.end_character))))
        assert len(set(ranges)) == len(ranges)
        for (start, end), (other, other_end) in zip(ranges, ranges[1:]):
            assert start <= other and (other_end <= end or end <= other), "folds cross"


async def test_selections_grow(editor):
    for document in editor.open_all():
        text = document.text
        positions = document.positions(25)
        found = await editor.request("textDocument/selectionRange", lsp.SelectionRangeParams(of(document), positions))
        if found is None:
            assert text in (samples.OTHER, "")
            continue
        assert len(found) == len(positions)
        for position, selection in zip(positions, found):
            assert inside(document, lsp.Range(position, position), selection.range)
            while selection.parent:
                assert inside(document, selection.range, selection.parent.range) and selection.range != selection.parent.range
                selection = selection.parent
            assert document.read(selection.range) == text


async def test_links_lead_somewhere(editor):
    document = editor.open(samples.VALID.replace("https://😀${region}.contacts", "https://api.contacts"))
    found = await about(editor, "textDocument/documentLink", document)
    assert [document.read(link.range) for link in found] == [
        "http://json-schema.org/draft-07/schema#",
        "https://docs.contacts.example",
        "https://api.contacts.example",
    ]
    shows_words = bool(text_document(editor).document_link and text_document(editor).document_link.tooltip_support)
    for link in found:
        assert link.target.startswith(("http://", "https://")) and link.target.isascii()
        assert bool(link.tooltip) is shows_words and link.data is None


async def test_things_are_found_by_name_in_all_specs(editor):
    (editor.root / "more").mkdir()
    other = editor.root / "more" / "b-connectionSpec.json"
    other.write_text(samples.sample("batch-offset-oauth"))
    document = editor.open(samples.VALID)
    found = await editor.request("workspace/symbol", lsp.WorkspaceSymbolParams("listid"))
    assert {symbol.location.uri for symbol in found} == {document.uri, other.as_uri()}
    assert {symbol.name for symbol in found} == {"listId"}
    everything = await editor.request("workspace/symbol", lsp.WorkspaceSymbolParams(""))
    assert {"Müller 😀 contacts", "Basic 😀"} <= {symbol.name for symbol in everything}
    assert not await editor.request("workspace/symbol", lsp.WorkspaceSymbolParams("no such thing"))
