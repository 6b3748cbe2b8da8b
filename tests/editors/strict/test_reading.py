"""Findings, completion, explanations, and what can be done."""

from lsprotocol import types as lsp

import texts
from ask import about, at, of


async def test_findings_are_told_or_asked_for(editor):
    page = editor.open(texts.BROKEN)
    found = await editor.findings(page)
    assert [finding.code for finding in found].count("syntax-error") >= 3
    for finding in found:
        assert finding.source == "connspec" and finding.message.strip() and finding.severity
    able = editor.capabilities.text_document
    tells_more = bool(able and able.publish_diagnostics and able.publish_diagnostics.related_information)
    assert tells_more or not any(finding.related_information for finding in found)
    if editor.able.diagnostic_provider:
        first = await about_findings(editor, page)
        again = await about_findings(editor, page, first.result_id)
        assert again.kind == "unchanged" and again.result_id == first.result_id
        assert not editor.published[page.uri]


async def about_findings(editor, page, known=None):
    return await editor.ask("textDocument/diagnostic", lsp.DocumentDiagnosticParams(of(page), previous_result_id=known))


async def test_findings_of_the_whole_folder(editor):
    if not editor.able.diagnostic_provider:
        return
    for name in ["a", "b"]:
        (editor.root / f"{name}-connectionSpec.json").write_text(texts.BROKEN)
    page = editor.open(texts.SOUND, "a-connectionSpec.json")
    report = await editor.ask("workspace/diagnostic", lsp.WorkspaceDiagnosticParams([]))
    versions = {item.uri.rsplit("/", 1)[1]: item.version for item in report.items}
    assert versions == {"a-connectionSpec.json": page.version, "b-connectionSpec.json": None}
    codes = {item.uri.rsplit("/", 1)[1]: {found.code for found in item.items} for item in report.items}
    assert "syntax-error" in codes["b-connectionSpec.json"] and "syntax-error" not in codes["a-connectionSpec.json"]


# By the character that was typed last: what is replaced in the spec, what was typed, and an item that must be there.
TYPED = {
    '"': ('"method": "GET",', '"method": "', "POST"),
    ":": ('"method": "GET",', '"method":', "POST"),
    "$": ("${region}.contacts.example", "contacts.example/$", "region"),
    "{": ("${region}.contacts.example", "contacts.example/${", "region"),
}


async def test_completion_after_each_of_its_characters(editor):
    for char, (old, new, wanted) in TYPED.items():
        page = editor.open(texts.SOUND.replace(old, new))
        place = page.find(new, len(new))
        context = lsp.CompletionContext(lsp.CompletionTriggerKind.TriggerCharacter, char)
        found = await editor.ask("textDocument/completion", lsp.CompletionParams(of(page), place, context=context))
        assert any(wanted in item.label for item in found.items), char
        for item in found.items:
            start, end = page.span(item.text_edit.range)
            assert start <= page.place(place) <= end and item.text_edit.range.start.line == item.text_edit.range.end.line
            page.edited([item.text_edit, *(item.additional_text_edits or [])])
        editor.seen(f"textDocument/completion after {char}")
        editor.close(page)


async def test_explanations_in_the_form_that_the_editor_shows(editor):
    page = editor.open(texts.SOUND)
    found = await at(editor, "textDocument/hover", page, page.find("${region}", 4))
    able = editor.capabilities.text_document
    formats = able and able.hover and able.hover.content_format
    assert found.contents.kind == (formats[0] if formats else "plaintext")
    assert "region" in page.read(found.range)


async def test_each_sort_of_action(editor):
    provider = editor.able.code_action_provider
    if not provider:
        assert editor.name == "plain"
        return
    broken = texts.SOUND.replace('"required": ["listId"]', '"required": ["listID"]').replace('"GET",', '"GET"')
    for page in [editor.open(broken, "a-connectionSpec.json"), editor.open(texts.SOUND, "b-connectionSpec.json")]:
        found = await editor.findings(page)
        places = [page.find('"OFFSET"', 2), page.find("open 😀", 2), page.find('"authSpec"', 2)]
        for kind in provider.code_action_kinds:
            for range in [finding.range for finding in found] + [lsp.Range(place, place) for place in places]:
                touching = [finding for finding in found if finding.range == range]
                context = lsp.CodeActionContext(touching, only=[kind])
                asked = lsp.CodeActionParams(of(page), range, context)
                for action in await editor.ask("textDocument/codeAction", asked) or []:
                    check_action(editor, page, kind, action)


def check_action(editor, page, kind, action):
    assert action.title and str(action.kind).startswith(kind), action
    for change in action.edit.document_changes or []:
        if isinstance(change, lsp.TextDocumentEdit) and change.text_document.uri == page.uri:
            assert change.text_document.version == page.version
            page.edited(change.edits)
    page.edited((action.edit.changes or {}).get(page.uri, []))
    editor.seen(f"textDocument/codeAction {kind}")


async def test_on_other_json_nothing_is_said(editor):
    page = editor.open(texts.OTHER, "package.json")
    assert await editor.findings(page) == []
    assert not (await at(editor, "textDocument/completion", page, page.find('"name"', 2))).items
    assert await at(editor, "textDocument/hover", page, page.find('"name"', 2)) is None
    assert await about(editor, "textDocument/documentSymbol", page) is None
