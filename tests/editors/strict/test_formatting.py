"""Formatting of documents, of ranges, and while typing."""

import json

from lsprotocol import types as lsp

import samples
from params import OPTIONS, about, of


def without_whitespace(text):
    return "".join(text.split())


async def formatted(editor, document, **more):
    options = lsp.FormattingOptions(**{"tab_size": 2, "insert_spaces": True, **more})
    edits = await editor.request("textDocument/formatting", lsp.DocumentFormattingParams(of(document), options))
    return edits, document.edited(edits)


async def test_formatting_changes_whitespace_only_and_is_idempotent(editor):
    for document in editor.open_all():
        text = document.text
        edits, after = await formatted(editor, document)
        assert without_whitespace(after) == without_whitespace(text)
        if text in (samples.VALID, samples.MINIFIED):
            assert edits and json.loads(after) == json.loads(text)
        if text in (samples.OTHER, ""):
            assert not edits
        again = editor.change(document, list(edits))
        assert not (await formatted(editor, again))[0]


async def test_options(editor):
    document = editor.open(samples.VALID)
    assert "\r\n\t\"name\"" in (await formatted(editor, document, insert_spaces=False))[1]
    assert "\r\n      \"name\"" in (await formatted(editor, document, tab_size=6))[1]
    document = editor.change(document, [lsp.TextEdit(document.whole(), '{ "authSpec": [], "sourceSpec": {} }\n\n\n')])
    assert (await formatted(editor, document, trim_final_newlines=True))[1].endswith("}\n")
    document = editor.change(document, [lsp.TextEdit(document.whole(), '{ "authSpec": [], "sourceSpec": {} }  ')])
    assert (await formatted(editor, document, insert_final_newline=True, trim_trailing_whitespace=True))[1].endswith("}\n")


async def test_range_edits_are_among_the_document_edits(editor):
    for document in editor.open_all():
        text = document.text
        every, _ = await formatted(editor, document)
        some = []
        for lines in document.chunks(4):
            params = lsp.DocumentRangeFormattingParams(of(document), lines, OPTIONS)
            some += await editor.request("textDocument/rangeFormatting", params)
        assert [edit for edit in some if edit not in every] == []
        whole = lsp.DocumentRangeFormattingParams(of(document), document.whole(), OPTIONS)
        assert await editor.request("textDocument/rangeFormatting", whole) == every


# By character: a text in which it was typed, the line of the cursor, and the column.
TYPED = {
    "\n": ('{\n  "authSpec": [],\n  "type": "generic-rest\n  "sourceSpec": {}\n}\n', '  "sourceSpec', 0),
    "}": ('{\n  "authSpec": [],\n  "sourceSpec": {\n    "attributes": {}\n      }\n}\n', "      }", 7),
    "]": ('{\n  "sourceSpec": {},\n  "authSpec": [\n    {}\n      ]\n}\n', "      ]", 7),
}


async def test_on_type_formatting(editor):
    for key, (text, line, column) in TYPED.items():
        document = editor.open(text)
        params = lsp.DocumentOnTypeFormattingParams(of(document), document.find(line, column), key, OPTIONS)
        edits = await editor.request("textDocument/onTypeFormatting", params)
        assert edits and document.edited(edits) != text
        assert json.loads(document.edited(edits))
        editor.seen(f"textDocument/onTypeFormatting after {key!r}")
        editor.close(document)
