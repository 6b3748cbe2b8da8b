"""Inputs and the other names of a spec: where they are given, where they stand, how they change."""

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

import texts
from ask import at, of


def links(editor):
    text = editor.capabilities.text_document
    return bool(text and text.definition and text.definition.link_support)


async def test_a_placeholder_leads_to_its_input(editor):
    page = editor.open(texts.SOUND)
    found = await at(editor, "textDocument/definition", page, page.find("${region}", 4))
    [target] = found
    if links(editor):
        assert page.read(target.origin_selection_range) == "region"
        assert page.read(target.target_selection_range).strip('"') == "region"
        whole, name = page.span(target.target_range), page.span(target.target_selection_range)
        assert whole[0] <= name[0] and name[1] <= whole[1] and "😀" in page.read(target.target_range)
    else:
        assert page.read(target.range).strip('"') == "region"


async def test_references_with_and_without_the_declaration(editor):
    page = editor.open(texts.SOUND)
    place = page.find('"region": {', 2)
    every = lsp.ReferenceParams(lsp.ReferenceContext(True), of(page), place)
    uses = lsp.ReferenceParams(lsp.ReferenceContext(False), of(page), place)
    every, uses = await editor.ask("textDocument/references", every), await editor.ask("textDocument/references", uses)
    assert len(every) == 4 and [one for one in every if one not in uses] == [every[0]]
    shown = await at(editor, "textDocument/documentHighlight", page, place)
    assert [one.range for one in shown] == [one.range for one in every]
    assert [one.kind for one in shown] == [lsp.DocumentHighlightKind.Write] + [lsp.DocumentHighlightKind.Read] * 3


async def test_a_rename_changes_every_place_and_nothing_else(editor):
    page = editor.open(texts.SOUND)
    place = page.find("${region}", 4)
    if editor.able.rename_provider is not True:
        ready = await editor.ask("textDocument/prepareRename", lsp.PrepareRenameParams(of(page), place))
        assert (page.read(ready.range), ready.placeholder) == ("region", "region")
    answer = await editor.ask("textDocument/rename", lsp.RenameParams(of(page), place, "área"))
    workspace = editor.capabilities.workspace
    if workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes:
        [change] = answer.document_changes
        assert answer.changes is None
        assert (change.text_document.uri, change.text_document.version) == (page.uri, page.version)
        edits = change.edits
    else:
        [(uri, edits)] = answer.changes.items()
        assert uri == page.uri and answer.document_changes is None
    assert page.edited(edits) == texts.SOUND.replace('"region"', '"área"', 2).replace("${region}", "${área}")
    after = editor.change(page, edits)
    assert len(await at(editor, "textDocument/references", after, after.find("${área}", 3))) == 4


async def test_a_rename_that_cannot_be_is_refused_in_words(editor):
    page = editor.open(texts.SOUND)
    for name in ["", "listId", "a b", "a}b", "a.b", 'a"b']:
        with pytest.raises(JsonRpcException) as failed:
            await editor.ask("textDocument/rename", lsp.RenameParams(of(page), page.find("${region}", 4), name))
        assert failed.value.code == lsp.LSPErrorCodes.RequestFailed
        assert failed.value.message.endswith(".")


async def test_linked_places_have_one_text(editor):
    page = editor.open(texts.SOUND)
    found = await at(editor, "textDocument/linkedEditingRange", page, page.find('"listId": {', 2))
    assert [page.read(place) for place in found.ranges] == ["listId"] * 2
    assert found.word_pattern
