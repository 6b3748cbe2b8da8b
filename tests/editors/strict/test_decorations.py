"""Semantic tokens, inlay hints and code lenses."""

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

import samples
from params import about, of


def decoded(editor, document, data):
    """The tokens: their text, type and modifiers. Each is within one line, after the one before it."""
    legend = editor.server_caps.semantic_tokens_provider.legend
    assert len(data) % 5 == 0
    tokens, line, column, done = [], 0, 0, 0
    for at in range(0, len(data), 5):
        down, right, length, kind, modifiers = data[at : at + 5]
        line, column = line + down, right if down else column + right
        start, end = document.span(lsp.Range(lsp.Position(line, column), lsp.Position(line, column + length)))
        assert done <= start < end, "tokens overlap, or one is empty"
        assert kind < len(legend.token_types) and modifiers < 1 << len(legend.token_modifiers)
        marks = [name for bit, name in enumerate(legend.token_modifiers) if modifiers >> bit & 1]
        tokens.append((document.text[start:end], legend.token_types[kind], *marks))
        done = end
    return tokens


def patched(before, edits):
    data = list(before)
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        assert edit.start + edit.delete_count <= len(data)
        data[edit.start : edit.start + edit.delete_count] = edit.data or []
    return data


async def test_tokens_of_a_document_and_of_its_lines(editor):
    for document in editor.open_all():
        text = document.text
        full = await about(editor, "textDocument/semanticTokens/full", document)
        tokens = decoded(editor, document, full.data)
        for _, kind, *marks in tokens:
            for name in [kind, *marks]:
                editor.seen(f"token {name}")
        whole = await about(editor, "textDocument/semanticTokens/range", document)
        assert whole.data == full.data
        pieces = []
        for lines in document.chunks(4):
            params = lsp.SemanticTokensRangeParams(of(document), lines)
            pieces += decoded(editor, document, (await editor.request("textDocument/semanticTokens/range", params)).data)
        assert pieces == tokens
        if text == samples.VALID:
            assert ("${region}", "variable") in tokens and ("{START_TIME}", "macro", "defaultLibrary") in tokens
        if text in (samples.OTHER, ""):
            assert not tokens


async def test_token_deltas_lead_to_the_current_tokens(editor):
    document = editor.open(samples.VALID)
    first = await about(editor, "textDocument/semanticTokens/full", document)
    data, name = first.data, first.result_id
    for old, new in [("${region}.", "${region}${x}"), ('"GET"', '"G"'), ("$.data", "\r\n$.data"), ('{\r\n  "name"', "")]:
        start = document.text.index(old)
        edit = lsp.TextEdit(lsp.Range(document.position(start), document.position(start + len(old))), new)
        document = editor.change(document, [edit])
        params = lsp.SemanticTokensDeltaParams(of(document), name)
        delta = await editor.request("textDocument/semanticTokens/full/delta", params)
        assert isinstance(delta, lsp.SemanticTokensDelta)
        data, name = patched(data, delta.edits), delta.result_id
        decoded(editor, document, data)
        assert list(data) == list((await about(editor, "textDocument/semanticTokens/range", document)).data)
    lost = await editor.request("textDocument/semanticTokens/full/delta", lsp.SemanticTokensDeltaParams(of(document), "?"))
    assert list(lost.data) == list(data)


async def test_hints(editor):
    for document in editor.open_all():
        text = document.text
        found = await about(editor, "textDocument/inlayHint", document)
        assert [document.offset(hint.position) for hint in found] == sorted(document.offset(hint.position) for hint in found)
        for hint in found:
            assert hint.label.strip() and "\n" not in hint.label and hint.tooltip.value and hint.text_edits is None
        if text == samples.VALID:
            labels = [hint.label for hint in found]
            assert any(label.startswith("e.g. GET https://😀‹region›.contacts.example/😀/‹listId›/") for label in labels)
            line = document.find("paramFormat").line
            params = lsp.InlayHintParams(of(document), lsp.Range(lsp.Position(line, 0), lsp.Position(line + 1, 0)))
            assert [hint.position.line for hint in await editor.request("textDocument/inlayHint", params)] == [line]
        if text in (samples.OTHER, ""):
            assert not found


async def test_code_lenses_are_resolved(editor):
    for document in editor.open_all():
        text = document.text
        found = await about(editor, "textDocument/codeLens", document)
        titles = []
        for lens in found:
            assert lens.command is None and lens.range.start.line == lens.range.end.line
            shown = await editor.request("codeLens/resolve", lens, document.uri)
            assert (shown.range, shown.data) == (lens.range, lens.data)
            assert shown.command.title and shown.command.command == "", "no editor here has the command"
            titles.append((document.read(lens.range), shown.command.title))
        if text == samples.VALID:
            assert ('"region"', "2 uses") in titles and ('"listId"', "1 use") in titles
        assert bool(titles) is (text != samples.OTHER)


async def test_a_lens_of_a_removed_part_is_outdated(editor):
    document = editor.open(samples.VALID)
    lens = (await about(editor, "textDocument/codeLens", document))[-1]
    editor.change(document, [lsp.TextEdit(document.whole(), "{}")])
    with pytest.raises(JsonRpcException) as failed:
        await editor.request("codeLens/resolve", lens)
    assert failed.value.code == lsp.LSPErrorCodes.ContentModified
