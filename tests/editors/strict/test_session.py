"""Greeting, keeping a document in step, folders, goodbye."""

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

import texts
from ask import about, at, of

WIDE = "😀"


async def test_the_unit_of_columns_is_the_first_that_the_editor_offers(editor):
    offered = editor.capabilities.general and editor.capabilities.general.position_encodings
    assert editor.encoding == (offered[0] if offered else "utf-16")
    page = editor.open(texts.SOUND)
    found = await at(editor, "textDocument/references", page, page.find("${region}", 3))
    assert [page.read(place.range) for place in found] == ["region"] * 4
    editor.seen(f"columns in {editor.encoding}")


async def test_a_document_changes_piece_by_piece(editor):
    page = editor.open(texts.SOUND)
    assert "syntax-error" not in {found.code for found in await editor.findings(page)}
    comma = page.find('"version": "1.0",', len('"version": "1.0"'))
    end = lsp.Position(comma.line, comma.character + 1)
    first = page.find(WIDE)
    edits = [
        lsp.TextEdit(lsp.Range(comma, end), ""),
        lsp.TextEdit(lsp.Range(first, first), WIDE),
        lsp.TextEdit(lsp.Range(page.position(0), page.position(0)), "\r\n"),
    ]
    broken = editor.change(page, edits)
    found = [finding for finding in await editor.findings(broken) if finding.code == "syntax-error"]
    assert [broken.position(broken.text.index('"version": "1.0"')).line] == [finding.range.start.line for finding in found]
    whole = lsp.TextDocumentContentChangeWholeDocument(text=texts.SOUND)
    document = lsp.VersionedTextDocumentIdentifier(version=broken.version + 1, uri=page.uri)
    editor.tell("textDocument/didChange", lsp.DidChangeTextDocumentParams(document, [whole]))
    editor.pages[page.uri].__init__(page.uri, texts.SOUND, editor.encoding, broken.version + 1)
    assert "syntax-error" not in {found.code for found in await editor.findings(editor.pages[page.uri])}


async def test_closing_takes_the_findings_along(editor):
    page = editor.open(texts.BROKEN)
    assert await editor.findings(page)
    editor.tell("textDocument/didSave", lsp.DidSaveTextDocumentParams(of(page)))
    editor.close(page)
    if not editor.able.diagnostic_provider:
        while editor.published[page.uri][-1].diagnostics:
            await editor.wait_for_notification("textDocument/publishDiagnostics")
    assert await about(editor, "textDocument/documentSymbol", page) is None


async def test_what_is_registered_was_offered_to_be(editor):
    await about(editor, "textDocument/documentSymbol", editor.open(texts.SOUND))
    able = editor.capabilities.workspace or lsp.WorkspaceClientCapabilities()
    for registration in editor.registered:
        offered = {
            "workspace/didChangeConfiguration": able.did_change_configuration,
            "workspace/didChangeWatchedFiles": able.did_change_watched_files,
        }[registration.method]
        assert offered.dynamic_registration
    assert len({registration.id for registration in editor.registered}) == len(editor.registered)


async def test_settings_switch_each_sort_of_hint_off(editor):
    page = editor.open(texts.SOUND)
    before = await about(editor, "textDocument/inlayHint", page)
    counts = []
    off = {}
    for kind in ["request", "dates", "records", "ids"]:
        off[kind] = False
        editor.set_configuration({"inlayHints": off}, section="connspec")
        settings = {"connspec": {"inlayHints": off}}
        editor.tell("workspace/didChangeConfiguration", lsp.DidChangeConfigurationParams(settings))
        counts.append(len(await about(editor, "textDocument/inlayHint", page)))
    assert len(before) > counts[0] > counts[1] > counts[2] > counts[3] == 0


async def test_folders_come_and_go(editor, tmp_path):
    other = tmp_path / "more"
    other.mkdir()
    (other / "b-connectionSpec.json").write_text(texts.SOUND)
    asked = lsp.WorkspaceSymbolParams("listId")
    assert len(await editor.ask("workspace/symbol", asked)) == 1
    folder = lsp.WorkspaceFolder(uri=tmp_path.as_uri(), name="sources")
    gone = lsp.DidChangeWorkspaceFoldersParams(lsp.WorkspaceFoldersChangeEvent(added=[], removed=[folder]))
    editor.tell("workspace/didChangeWorkspaceFolders", gone)
    assert not await editor.ask("workspace/symbol", asked)
    back = lsp.DidChangeWorkspaceFoldersParams(lsp.WorkspaceFoldersChangeEvent(added=[folder], removed=[]))
    editor.tell("workspace/didChangeWorkspaceFolders", back)
    assert len(await editor.ask("workspace/symbol", asked)) == 1


async def test_after_a_shutdown_nothing_is_answered(editor):
    editor.said_goodbye = True
    page = editor.open(texts.SOUND)
    assert await editor.ask("shutdown", None) is None
    with pytest.raises(JsonRpcException) as failed:
        await about(editor, "textDocument/documentSymbol", page)
    assert failed.value.code == lsp.ErrorCodes.InvalidRequest
    editor.exit(None)
    assert await editor._server.wait() == 0


async def test_an_exit_without_a_shutdown_is_no_success(editor):
    editor.said_goodbye = True
    editor.open(texts.SOUND)
    editor.exit(None)
    assert await editor._server.wait() == 1
