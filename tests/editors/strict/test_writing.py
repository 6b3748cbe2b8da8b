"""Formatting, of everything, of some lines, and while typing."""

import json

from lsprotocol import types as lsp

import texts
from ask import OPTIONS, about, of


def bare(text):
    """A text without any white space: the same when only that was changed."""
    return "".join(text.split())


async def formatted(editor, page, **more):
    options = lsp.FormattingOptions(**{"tab_size": 2, "insert_spaces": True, **more})
    edits = await editor.ask("textDocument/formatting", lsp.DocumentFormattingParams(of(page), options))
    return edits, page.edited(edits)


async def test_formatting_changes_white_space_and_is_done_at_once(editor):
    for page in editor.open_all():
        text = page.text
        edits, after = await formatted(editor, page)
        assert bare(after) == bare(text)
        if text in (texts.SOUND, texts.MINIFIED):
            assert edits and json.loads(after) == json.loads(text)
        if text in (texts.OTHER, ""):
            assert not edits
        again = editor.change(page, list(edits))
        assert not (await formatted(editor, again))[0]


async def test_the_options_of_the_editor(editor):
    page = editor.open(texts.SOUND)
    assert "\r\n\t\"name\"" in (await formatted(editor, page, insert_spaces=False))[1]
    assert "\r\n      \"name\"" in (await formatted(editor, page, tab_size=6))[1]
    page = editor.change(page, [lsp.TextEdit(page.whole(), '{ "authSpec": [], "sourceSpec": {} }\n\n\n')])
    assert (await formatted(editor, page, trim_final_newlines=True))[1].endswith("}\n")
    page = editor.change(page, [lsp.TextEdit(page.whole(), '{ "authSpec": [], "sourceSpec": {} }  ')])
    assert (await formatted(editor, page, insert_final_newline=True, trim_trailing_whitespace=True))[1].endswith("}\n")


async def test_the_edits_of_lines_are_some_of_those_of_the_document(editor):
    for page in editor.open_all():
        text = page.text
        every, _ = await formatted(editor, page)
        some = []
        for lines in page.stretches(4):
            asked = lsp.DocumentRangeFormattingParams(of(page), lines, OPTIONS)
            some += await editor.ask("textDocument/rangeFormatting", asked)
        assert [edit for edit in some if edit not in every] == []
        whole = lsp.DocumentRangeFormattingParams(of(page), page.whole(), OPTIONS)
        assert await editor.ask("textDocument/rangeFormatting", whole) == every


# By the key: a text in which it was typed, the line that the cursor is on, how far it is into that.
TYPED = {
    "\n": ('{\n  "authSpec": [],\n  "type": "generic-rest\n  "sourceSpec": {}\n}\n', '  "sourceSpec', 0),
    "}": ('{\n  "authSpec": [],\n  "sourceSpec": {\n    "attributes": {}\n      }\n}\n', "      }", 7),
    "]": ('{\n  "sourceSpec": {},\n  "authSpec": [\n    {}\n      ]\n}\n', "      ]", 7),
}


async def test_after_a_key(editor):
    for key, (text, line, column) in TYPED.items():
        page = editor.open(text)
        asked = lsp.DocumentOnTypeFormattingParams(of(page), page.find(line, column), key, OPTIONS)
        edits = await editor.ask("textDocument/onTypeFormatting", asked)
        assert edits and page.edited(edits) != text
        assert json.loads(page.edited(edits))
        editor.seen(f"textDocument/onTypeFormatting after {key!r}")
        editor.close(page)
