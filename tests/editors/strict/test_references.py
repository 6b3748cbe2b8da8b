"""Definitions, references and renames."""

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

import samples
from params import at, of


def links(editor):
    text = editor.capabilities.text_document
    return bool(text and text.definition and text.definition.link_support)


async def test_the_definition_of_a_placeholder_is_its_input(editor):
    document = editor.open(samples.VALID)
    found = await at(editor, "textDocument/definition", document, document.find("${region}", 4))
    [target] = found
    if links(editor):
        assert document.read(target.origin_selection_range) == "region"
        assert document.read(target.target_selection_range).strip('"') == "region"
        whole, name = document.span(target.target_range), document.span(target.target_selection_range)
        assert whole[0] <= name[0] and name[1] <= whole[1] and "😀" in document.read(target.target_range)
    else:
        assert document.read(target.range).strip('"') == "region"


async def test_references_with_and_without_the_declaration(editor):
    document = editor.open(samples.VALID)
    position = document.find('"region": {', 2)
    every = lsp.ReferenceParams(lsp.ReferenceContext(True), of(document), position)
    uses = lsp.ReferenceParams(lsp.ReferenceContext(False), of(document), position)
    every, uses = await editor.request("textDocument/references", every), await editor.request("textDocument/references", uses)
    assert len(every) == 4 and [one for one in every if one not in uses] == [every[0]]
    shown = await at(editor, "textDocument/documentHighlight", document, position)
    assert [one.range for one in shown] == [one.range for one in every]
    assert [one.kind for one in shown] == [lsp.DocumentHighlightKind.Write] + [lsp.DocumentHighlightKind.Read] * 3


async def test_a_rename_changes_every_reference_and_nothing_else(editor):
    document = editor.open(samples.VALID)
    position = document.find("${region}", 4)
    if editor.server_caps.rename_provider is not True:
        ready = await editor.request("textDocument/prepareRename", lsp.PrepareRenameParams(of(document), position))
        assert (document.read(ready.range), ready.placeholder) == ("region", "region")
    result = await editor.request("textDocument/rename", lsp.RenameParams(of(document), position, "área"))
    workspace = editor.capabilities.workspace
    if workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes:
        [change] = result.document_changes
        assert result.changes is None
        assert (change.text_document.uri, change.text_document.version) == (document.uri, document.version)
        edits = change.edits
    else:
        [(uri, edits)] = result.changes.items()
        assert uri == document.uri and result.document_changes is None
    assert document.edited(edits) == samples.VALID.replace('"region"', '"área"', 2).replace("${region}", "${área}")
    after = editor.change(document, edits)
    assert len(await at(editor, "textDocument/references", after, after.find("${área}", 3))) == 4


async def test_a_refused_rename_has_a_message(editor):
    document = editor.open(samples.VALID)
    for name in ["", "listId", "a b", "a}b", "a.b", 'a"b']:
        with pytest.raises(JsonRpcException) as failed:
            await editor.request("textDocument/rename", lsp.RenameParams(of(document), document.find("${region}", 4), name))
        assert failed.value.code == lsp.LSPErrorCodes.RequestFailed
        assert failed.value.message.endswith(".")


async def test_linked_ranges_have_the_same_text(editor):
    document = editor.open(samples.VALID)
    found = await at(editor, "textDocument/linkedEditingRange", document, document.find('"listId": {', 2))
    assert [document.read(range) for range in found.ranges] == ["listId"] * 2
    assert found.word_pattern
