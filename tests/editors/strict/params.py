"""The parameters of requests, by document and position."""

from lsprotocol import types as lsp

OPTIONS = lsp.FormattingOptions(tab_size=2, insert_spaces=True)


def of(document):
    return lsp.TextDocumentIdentifier(document.uri)


# By method: the parameters of a request about a position in a document.
AT_POSITION = {
    "textDocument/completion": lambda document, position: lsp.CompletionParams(of(document), position),
    "textDocument/hover": lambda document, position: lsp.HoverParams(of(document), position),
    "textDocument/definition": lambda document, position: lsp.DefinitionParams(of(document), position),
    "textDocument/references": lambda document, position: lsp.ReferenceParams(lsp.ReferenceContext(True), of(document), position),
    "textDocument/documentHighlight": lambda document, position: lsp.DocumentHighlightParams(of(document), position),
    "textDocument/linkedEditingRange": lambda document, position: lsp.LinkedEditingRangeParams(of(document), position),
    "textDocument/selectionRange": lambda document, position: lsp.SelectionRangeParams(of(document), [position]),
    "textDocument/codeAction": lambda document, position: lsp.CodeActionParams(
        of(document), lsp.Range(position, position), lsp.CodeActionContext([])
    ),
    "textDocument/onTypeFormatting": lambda document, position: lsp.DocumentOnTypeFormattingParams(
        of(document), position, "\n", OPTIONS
    ),
}

# By method: the parameters of a request about a document.
OF_DOCUMENT = {
    "textDocument/documentSymbol": lambda document: lsp.DocumentSymbolParams(of(document)),
    "textDocument/foldingRange": lambda document: lsp.FoldingRangeParams(of(document)),
    "textDocument/documentLink": lambda document: lsp.DocumentLinkParams(of(document)),
    "textDocument/formatting": lambda document: lsp.DocumentFormattingParams(of(document), OPTIONS),
    "textDocument/rangeFormatting": lambda document: lsp.DocumentRangeFormattingParams(of(document), document.whole(), OPTIONS),
    "textDocument/semanticTokens/full": lambda document: lsp.SemanticTokensParams(of(document)),
    "textDocument/semanticTokens/range": lambda document: lsp.SemanticTokensRangeParams(of(document), document.whole()),
    "textDocument/inlayHint": lambda document: lsp.InlayHintParams(of(document), document.whole()),
    "textDocument/codeLens": lambda document: lsp.CodeLensParams(of(document)),
}


async def at(editor, method, document, position):
    return await editor.request(method, AT_POSITION[method](document, position))


async def about(editor, method, document):
    return await editor.request(method, OF_DOCUMENT[method](document))
