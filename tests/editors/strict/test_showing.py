"""What is shown beside the text: colours, hints, lines above things."""

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

import texts
from ask import about, of


def drawn(editor, page, data):
    """The tokens: their text, sort and modifiers. Each is within one line, behind the one before it."""
    legend = editor.able.semantic_tokens_provider.legend
    assert len(data) % 5 == 0
    tokens, line, column, done = [], 0, 0, 0
    for at in range(0, len(data), 5):
        down, right, length, sort, modifiers = data[at : at + 5]
        line, column = line + down, right if down else column + right
        start, end = page.span(lsp.Range(lsp.Position(line, column), lsp.Position(line, column + length)))
        assert done <= start < end, "tokens overlap, or one is empty"
        assert sort < len(legend.token_types) and modifiers < 1 << len(legend.token_modifiers)
        marks = [name for bit, name in enumerate(legend.token_modifiers) if modifiers >> bit & 1]
        tokens.append((page.text[start:end], legend.token_types[sort], *marks))
        done = end
    return tokens


def patched(before, edits):
    data = list(before)
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        assert edit.start + edit.delete_count <= len(data)
        data[edit.start : edit.start + edit.delete_count] = edit.data or []
    return data


async def test_colours_of_a_document_and_of_its_lines(editor):
    for page in editor.open_all():
        text = page.text
        full = await about(editor, "textDocument/semanticTokens/full", page)
        tokens = drawn(editor, page, full.data)
        for _, sort, *marks in tokens:
            for name in [sort, *marks]:
                editor.seen(f"a token that is {name}")
        whole = await about(editor, "textDocument/semanticTokens/range", page)
        assert whole.data == full.data
        pieces = []
        for lines in page.stretches(4):
            asked = lsp.SemanticTokensRangeParams(of(page), lines)
            pieces += drawn(editor, page, (await editor.ask("textDocument/semanticTokens/range", asked)).data)
        assert pieces == tokens
        if text == texts.SOUND:
            assert ("${region}", "variable") in tokens and ("{START_TIME}", "macro", "defaultLibrary") in tokens
        if text in (texts.OTHER, ""):
            assert not tokens


async def test_the_difference_to_the_last_colours_is_the_colours_now(editor):
    page = editor.open(texts.SOUND)
    told = await about(editor, "textDocument/semanticTokens/full", page)
    data, name = told.data, told.result_id
    for old, new in [("${region}.", "${region}${x}"), ('"GET"', '"G"'), ("$.data", "\r\n$.data"), ('{\r\n  "name"', "")]:
        start = page.text.index(old)
        edit = lsp.TextEdit(lsp.Range(page.position(start), page.position(start + len(old))), new)
        page = editor.change(page, [edit])
        asked = lsp.SemanticTokensDeltaParams(of(page), name)
        delta = await editor.ask("textDocument/semanticTokens/full/delta", asked)
        assert isinstance(delta, lsp.SemanticTokensDelta)
        data, name = patched(data, delta.edits), delta.result_id
        drawn(editor, page, data)
        assert list(data) == list((await about(editor, "textDocument/semanticTokens/range", page)).data)
    lost = await editor.ask("textDocument/semanticTokens/full/delta", lsp.SemanticTokensDeltaParams(of(page), "?"))
    assert list(lost.data) == list(data)


async def test_hints(editor):
    for page in editor.open_all():
        text = page.text
        found = await about(editor, "textDocument/inlayHint", page)
        assert [page.place(hint.position) for hint in found] == sorted(page.place(hint.position) for hint in found)
        for hint in found:
            assert hint.label.strip() and "\n" not in hint.label and hint.tooltip.value and hint.text_edits is None
        if text == texts.SOUND:
            labels = [hint.label for hint in found]
            assert any(label.startswith("e.g. GET https://😀‹region›.contacts.example/😀/‹listId›/") for label in labels)
            line = page.find("paramFormat").line
            asked = lsp.InlayHintParams(of(page), lsp.Range(lsp.Position(line, 0), lsp.Position(line + 1, 0)))
            assert [hint.position.line for hint in await editor.ask("textDocument/inlayHint", asked)] == [line]
        if text in (texts.OTHER, ""):
            assert not found


async def test_lines_above_things_speak_when_they_are_shown(editor):
    for page in editor.open_all():
        text = page.text
        found = await about(editor, "textDocument/codeLens", page)
        titles = []
        for lens in found:
            assert lens.command is None and lens.range.start.line == lens.range.end.line
            shown = await editor.ask("codeLens/resolve", lens, page.uri)
            assert (shown.range, shown.data) == (lens.range, lens.data)
            assert shown.command.title and shown.command.command == "", "no editor here has the command"
            titles.append((page.read(lens.range), shown.command.title))
        if text == texts.SOUND:
            assert ('"region"', "2 uses") in titles and ('"listId"', "1 use") in titles
        assert bool(titles) is (text != texts.OTHER)


async def test_a_line_whose_place_is_gone_says_so(editor):
    page = editor.open(texts.SOUND)
    lens = (await about(editor, "textDocument/codeLens", page))[-1]
    editor.change(page, [lsp.TextEdit(page.whole(), "{}")])
    with pytest.raises(JsonRpcException) as failed:
        await editor.ask("codeLens/resolve", lens)
    assert failed.value.code == lsp.LSPErrorCodes.ContentModified
