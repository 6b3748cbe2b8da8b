"""Position encoding, document changes, settings, folders, shutdown."""

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

import samples
from params import about, at, of

WIDE = "😀"


async def test_the_position_encoding_is_the_first_offered(editor):
    offered = editor.capabilities.general and editor.capabilities.general.position_encodings
    assert editor.encoding == (offered[0] if offered else "utf-16")
    document = editor.open(samples.VALID)
    found = await at(editor, "textDocument/references", document, document.find("${region}", 3))
    assert [document.read(reference.range) for reference in found] == ["region"] * 4
    editor.seen(f"columns in {editor.encoding}")


async def test_incremental_and_full_changes(editor):
    document = editor.open(samples.VALID)
    assert "syntax-error" not in {found.code for found in await editor.diagnostics_of(document)}
    comma = document.find('"version": "1.0",', len('"version": "1.0"'))
    end = lsp.Position(comma.line, comma.character + 1)
    first = document.find(WIDE)
    edits = [
        lsp.TextEdit(lsp.Range(comma, end), ""),
        lsp.TextEdit(lsp.Range(first, first), WIDE),
        lsp.TextEdit(lsp.Range(document.position(0), document.position(0)), "\r\n"),
    ]
    broken = editor.change(document, edits)
    found = [diagnostic for diagnostic in await editor.diagnostics_of(broken) if diagnostic.code == "syntax-error"]
    assert [broken.position(broken.text.index('"version": "1.0"')).line] == [diagnostic.range.start.line for diagnostic in found]
    whole = lsp.TextDocumentContentChangeWholeDocument(text=samples.VALID)
    document = lsp.VersionedTextDocumentIdentifier(version=broken.version + 1, uri=document.uri)
    editor.notify("textDocument/didChange", lsp.DidChangeTextDocumentParams(document, [whole]))
    editor.documents[document.uri].__init__(document.uri, samples.VALID, editor.encoding, broken.version + 1)
    assert "syntax-error" not in {found.code for found in await editor.diagnostics_of(editor.documents[document.uri])}


async def test_closing_clears_the_diagnostics(editor):
    document = editor.open(samples.BROKEN)
    assert await editor.diagnostics_of(document)
    editor.notify("textDocument/didSave", lsp.DidSaveTextDocumentParams(of(document)))
    editor.close(document)
    if not editor.server_caps.diagnostic_provider:
        while editor.published[document.uri][-1].diagnostics:
            await editor.wait_for_notification("textDocument/publishDiagnostics")
    assert await about(editor, "textDocument/documentSymbol", document) is None


async def test_registrations_respect_the_client_capabilities(editor):
    await about(editor, "textDocument/documentSymbol", editor.open(samples.VALID))
    able = editor.capabilities.workspace or lsp.WorkspaceClientCapabilities()
    for registration in editor.registered:
        offered = {
            "workspace/didChangeConfiguration": able.did_change_configuration,
            "workspace/didChangeWatchedFiles": able.did_change_watched_files,
        }[registration.method]
        assert offered.dynamic_registration
    assert len({registration.id for registration in editor.registered}) == len(editor.registered)


async def test_settings_turn_off_each_kind_of_hint(editor):
    document = editor.open(samples.VALID)
    before = await about(editor, "textDocument/inlayHint", document)
    counts = []
    off = {}
    for kind in ["request", "dates", "records", "ids"]:
        off[kind] = False
        editor.set_configuration({"inlayHints": off}, section="connspec")
        settings = {"connspec": {"inlayHints": off}}
        editor.notify("workspace/didChangeConfiguration", lsp.DidChangeConfigurationParams(settings))
        counts.append(len(await about(editor, "textDocument/inlayHint", document)))
    assert len(before) > counts[0] > counts[1] > counts[2] > counts[3] == 0


async def test_folders_are_removed_and_added(editor, tmp_path):
    other = tmp_path / "more"
    other.mkdir()
    (other / "b-connectionSpec.json").write_text(samples.VALID)
    params = lsp.WorkspaceSymbolParams("listId")
    assert len(await editor.request("workspace/symbol", params)) == 1
    folder = lsp.WorkspaceFolder(uri=tmp_path.as_uri(), name="sources")
    removed = lsp.DidChangeWorkspaceFoldersParams(lsp.WorkspaceFoldersChangeEvent(added=[], removed=[folder]))
    editor.notify("workspace/didChangeWorkspaceFolders", removed)
    assert not await editor.request("workspace/symbol", params)
    added = lsp.DidChangeWorkspaceFoldersParams(lsp.WorkspaceFoldersChangeEvent(added=[folder], removed=[]))
    editor.notify("workspace/didChangeWorkspaceFolders", added)
    assert len(await editor.request("workspace/symbol", params)) == 1


async def test_requests_after_shutdown_fail(editor):
    editor.is_shut_down = True
    document = editor.open(samples.VALID)
    assert await editor.request("shutdown", None) is None
    with pytest.raises(JsonRpcException) as failed:
        await about(editor, "textDocument/documentSymbol", document)
    assert failed.value.code == lsp.ErrorCodes.InvalidRequest
    editor.exit(None)
    assert await editor._server.wait() == 0


async def test_exit_without_shutdown_is_a_failure(editor):
    editor.is_shut_down = True
    editor.open(samples.VALID)
    editor.exit(None)
    assert await editor._server.wait() == 1
