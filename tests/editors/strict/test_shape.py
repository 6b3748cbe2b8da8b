"""The shape of a spec: outline, folds, selections, links, and what is found by name in a folder."""

import pytest
from lsprotocol import types as lsp

import texts
from ask import about, of


def text_document(editor):
    return editor.capabilities.text_document or lsp.TextDocumentClientCapabilities()


def inside(page, inner, outer):
    (start, end), (outer_start, outer_end) = page.span(inner), page.span(outer)
    return outer_start <= start and end <= outer_end


async def test_an_outline_is_a_tree_or_a_list(editor):
    for page in editor.open_all():
        text = page.text
        found = await about(editor, "textDocument/documentSymbol", page)
        able = text_document(editor).document_symbol
        nested = bool(able and able.hierarchical_document_symbol_support)

        def look(symbols, around):
            for symbol in symbols:
                assert isinstance(symbol, lsp.DocumentSymbol) and symbol.name.strip()
                assert inside(page, symbol.selection_range, symbol.range) and inside(page, symbol.range, around)
                look(symbol.children or [], symbol.range)

        if found is None:
            assert text in (texts.OTHER, "")
        elif nested:
            look(found, page.whole())
        else:
            assert all(isinstance(symbol, lsp.SymbolInformation) and symbol.location.uri == page.uri for symbol in found)
        if text == texts.SOUND:
            names = [symbol.name for symbol in found]
            assert "authSpec" in names and ("GET /😀/${listId}/@{concat('ä', 1)}/{SCHEDULE_QUERY}" in names) is not nested


async def test_folds_hold_each_other_or_are_apart(editor):
    for page in editor.open_all():
        text = page.text
        found = await about(editor, "textDocument/foldingRange", page) or []
        able = text_document(editor).folding_range
        lines_only = bool(able and able.line_folding_only)
        assert found or text in (texts.OTHER, texts.MINIFIED, "")
        ranges = []
        for fold in found:
            assert 0 <= fold.start_line <= fold.end_line < len(page.lines)
            if lines_only:
                assert fold.start_character is None and fold.end_character is None and fold.start_line < fold.end_line
                ranges.append((fold.start_line, fold.end_line))
            else:
                start = lsp.Position(fold.start_line, fold.start_character)
                ranges.append(page.span(lsp.Range(start, lsp.Position(fold.end_line, fold.end_character))))
        assert len(set(ranges)) == len(ranges)
        for (start, end), (other, other_end) in zip(ranges, ranges[1:]):
            assert start <= other and (other_end <= end or end <= other), "folds cross"


async def test_selections_grow(editor):
    for page in editor.open_all():
        text = page.text
        places = page.places(25)
        found = await editor.ask("textDocument/selectionRange", lsp.SelectionRangeParams(of(page), places))
        if found is None:
            assert text in (texts.OTHER, "")
            continue
        assert len(found) == len(places)
        for place, selection in zip(places, found):
            assert inside(page, lsp.Range(place, place), selection.range)
            while selection.parent:
                assert inside(page, selection.range, selection.parent.range) and selection.range != selection.parent.range
                selection = selection.parent
            assert page.read(selection.range) == text


async def test_links_lead_somewhere(editor):
    page = editor.open(texts.SOUND.replace("https://😀${region}.contacts", "https://api.contacts"))
    found = await about(editor, "textDocument/documentLink", page)
    assert [page.read(link.range) for link in found] == [
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
    other.write_text(texts.sample("batch-offset-oauth"))
    page = editor.open(texts.SOUND)
    found = await editor.ask("workspace/symbol", lsp.WorkspaceSymbolParams("listid"))
    assert {symbol.location.uri for symbol in found} == {page.uri, other.as_uri()}
    assert {symbol.name for symbol in found} == {"listId"}
    everything = await editor.ask("workspace/symbol", lsp.WorkspaceSymbolParams(""))
    assert {"Müller 😀 contacts", "Basic 😀"} <= {symbol.name for symbol in everything}
    assert not await editor.ask("workspace/symbol", lsp.WorkspaceSymbolParams("no such thing"))
