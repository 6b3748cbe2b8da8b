"""Diagnostics, completion, hover and code actions."""

from lsprotocol import types as lsp

import samples
from params import about, at, of


async def test_diagnostics_are_published_or_pulled(editor):
    document = editor.open(samples.BROKEN)
    found = await editor.diagnostics_of(document)
    assert [diagnostic.code for diagnostic in found].count("syntax-error") >= 3
    for diagnostic in found:
        assert diagnostic.source == "connspec" and diagnostic.message.strip() and diagnostic.severity
    able = editor.capabilities.text_document
    shows_related = bool(able and able.publish_diagnostics and able.publish_diagnostics.related_information)
    assert shows_related or not any(diagnostic.related_information for diagnostic in found)
    if editor.server_caps.diagnostic_provider:
        first = await pull_diagnostics(editor, document)
        again = await pull_diagnostics(editor, document, first.result_id)
        assert again.kind == "unchanged" and again.result_id == first.result_id
        assert not editor.published[document.uri]


async def pull_diagnostics(editor, document, known=None):
    return await editor.request("textDocument/diagnostic", lsp.DocumentDiagnosticParams(of(document), previous_result_id=known))


async def test_workspace_diagnostics(editor):
    if not editor.server_caps.diagnostic_provider:
        return
    for name in ["a", "b"]:
        (editor.root / f"{name}-connectionSpec.json").write_text(samples.BROKEN)
    document = editor.open(samples.VALID, "a-connectionSpec.json")
    report = await editor.request("workspace/diagnostic", lsp.WorkspaceDiagnosticParams([]))
    versions = {item.uri.rsplit("/", 1)[1]: item.version for item in report.items}
    assert versions == {"a-connectionSpec.json": document.version, "b-connectionSpec.json": None}
    codes = {item.uri.rsplit("/", 1)[1]: {found.code for found in item.items} for item in report.items}
    assert "syntax-error" in codes["b-connectionSpec.json"] and "syntax-error" not in codes["a-connectionSpec.json"]


# By trigger character: what is replaced in the spec, the replacement, and an expected item.
TYPED = {
    '"': ('"method": "GET",', '"method": "', "POST"),
    ":": ('"method": "GET",', '"method":', "POST"),
    "$": ("${region}.contacts.example", "contacts.example/$", "region"),
    "{": ("${region}.contacts.example", "contacts.example/${", "region"),
}


async def test_completion_after_each_trigger_character(editor):
    for char, (old, new, wanted) in TYPED.items():
        document = editor.open(samples.VALID.replace(old, new))
        position = document.find(new, len(new))
        context = lsp.CompletionContext(lsp.CompletionTriggerKind.TriggerCharacter, char)
        found = await editor.request("textDocument/completion", lsp.CompletionParams(of(document), position, context=context))
        assert any(wanted in item.label for item in found.items), char
        for item in found.items:
            start, end = document.span(item.text_edit.range)
            assert start <= document.offset(position) <= end and item.text_edit.range.start.line == item.text_edit.range.end.line
            document.edited([item.text_edit, *(item.additional_text_edits or [])])
        editor.seen(f"textDocument/completion after {char}")
        editor.close(document)


async def test_hover_in_the_preferred_format(editor):
    document = editor.open(samples.VALID)
    found = await at(editor, "textDocument/hover", document, document.find("${region}", 4))
    able = editor.capabilities.text_document
    formats = able and able.hover and able.hover.content_format
    assert found.contents.kind == (formats[0] if formats else "plaintext")
    assert "region" in document.read(found.range)


async def test_each_kind_of_action(editor):
    provider = editor.server_caps.code_action_provider
    if not provider:
        assert editor.name == "plain"
        return
    broken = samples.VALID.replace('"required": ["listId"]', '"required": ["listID"]').replace('"GET",', '"GET"')
    for document in [editor.open(broken, "a-connectionSpec.json"), editor.open(samples.VALID, "b-connectionSpec.json")]:
        found = await editor.diagnostics_of(document)
        positions = [document.find('"OFFSET"', 2), document.find("open 😀", 2), document.find('"authSpec"', 2)]
        for kind in provider.code_action_kinds:
            for range in [diagnostic.range for diagnostic in found] + [lsp.Range(position, position) for position in positions]:
                touching = [diagnostic for diagnostic in found if diagnostic.range == range]
                context = lsp.CodeActionContext(touching, only=[kind])
                params = lsp.CodeActionParams(of(document), range, context)
                for action in await editor.request("textDocument/codeAction", params) or []:
                    check_action(editor, document, kind, action)


def check_action(editor, document, kind, action):
    assert action.title and str(action.kind).startswith(kind), action
    for change in action.edit.document_changes or []:
        if isinstance(change, lsp.TextDocumentEdit) and change.text_document.uri == document.uri:
            assert change.text_document.version == document.version
            document.edited(change.edits)
    document.edited((action.edit.changes or {}).get(document.uri, []))
    editor.seen(f"textDocument/codeAction {kind}")


async def test_other_json_has_no_results(editor):
    document = editor.open(samples.OTHER, "package.json")
    assert await editor.diagnostics_of(document) == []
    assert not (await at(editor, "textDocument/completion", document, document.find('"name"', 2))).items
    assert await at(editor, "textDocument/hover", document, document.find('"name"', 2)) is None
    assert await about(editor, "textDocument/documentSymbol", document) is None
