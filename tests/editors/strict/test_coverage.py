"""Every request at many positions of every document, and whether all announced capabilities were exercised."""

import pytest

import editors
from params import AT_POSITION, OF_DOCUMENT, at, about
from client import ANNOUNCED, SEEN


async def test_every_request_at_many_positions(editor):
    for document in editor.open_all():
        for method in OF_DOCUMENT:
            await about(editor, method, document)
        for position in document.positions(6):
            for method in AT_POSITION:
                await at(editor, method, document, position)


def one(method):
    return lambda value: [method] if value else []


def each(template):
    return lambda value: [template.format(item) for item in (value if isinstance(value, list) else [value])]


def also(first, second):
    return lambda value: [first, second] if value else [first]


# By capability: what must have been requested, with a result.
EXERCISES = {
    "positionEncoding": each("columns in {}"),
    "textDocumentSync.openClose": also("textDocument/didOpen", "textDocument/didClose"),
    "textDocumentSync.change": one("textDocument/didChange"),
    "textDocumentSync.save": one("textDocument/didSave"),
    "completionProvider.triggerCharacters": each("textDocument/completion after {}"),
    "hoverProvider": one("textDocument/hover"),
    "codeActionProvider.codeActionKinds": each("textDocument/codeAction {}"),
    "definitionProvider": one("textDocument/definition"),
    "referencesProvider": one("textDocument/references"),
    "documentHighlightProvider": one("textDocument/documentHighlight"),
    "renameProvider": one("textDocument/rename"),
    "renameProvider.prepareProvider": also("textDocument/rename", "textDocument/prepareRename"),
    "linkedEditingRangeProvider": one("textDocument/linkedEditingRange"),
    "documentSymbolProvider": one("textDocument/documentSymbol"),
    "workspaceSymbolProvider": one("workspace/symbol"),
    "foldingRangeProvider": one("textDocument/foldingRange"),
    "selectionRangeProvider": one("textDocument/selectionRange"),
    "documentLinkProvider.resolveProvider": also("textDocument/documentLink", "documentLink/resolve"),
    "documentFormattingProvider": one("textDocument/formatting"),
    "documentRangeFormattingProvider": one("textDocument/rangeFormatting"),
    "documentOnTypeFormattingProvider.firstTriggerCharacter": each("textDocument/onTypeFormatting after {!r}"),
    "documentOnTypeFormattingProvider.moreTriggerCharacter": each("textDocument/onTypeFormatting after {!r}"),
    "semanticTokensProvider.legend.tokenTypes": each("token {}"),
    "semanticTokensProvider.legend.tokenModifiers": each("token {}"),
    "semanticTokensProvider.range": one("textDocument/semanticTokens/range"),
    "semanticTokensProvider.full.delta": also("textDocument/semanticTokens/full", "textDocument/semanticTokens/full/delta"),
    "inlayHintProvider": one("textDocument/inlayHint"),
    "codeLensProvider.resolveProvider": also("textDocument/codeLens", "codeLens/resolve"),
    "executeCommandProvider.commands": each("workspace/executeCommand {}"),
    "executeCommandProvider.workDoneProgress": one("progress of a command"),
    "diagnosticProvider.identifier": one("textDocument/diagnostic"),
    "diagnosticProvider.interFileDependencies": one("a diagnostic that another document has changed"),
    "diagnosticProvider.workspaceDiagnostics": one("workspace/diagnostic"),
    "workspace.workspaceFolders.supported": one("workspace/didChangeWorkspaceFolders"),
    "workspace.workspaceFolders.changeNotifications": one("workspace/didChangeWorkspaceFolders"),
}


def leaves(value, path=""):
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from leaves(inner, f"{path}{key}.")
        elif inner is not None:
            yield f"{path}{key}", inner


@pytest.mark.parametrize("name", editors.ALL)
def test_all_announced_capabilities_were_exercised(name, is_full_run):
    if not is_full_run:
        pytest.skip("only selected tests ran")
    missing = []
    for capability, value in leaves(ANNOUNCED[name]):
        if capability in EXERCISES:
            wanted = EXERCISES[capability](value)
        else:
            wanted = ["a case for this capability"]
        missing += [f"{capability}: not seen: {what}" for what in wanted if what not in SEEN[name]]
    assert missing == []
