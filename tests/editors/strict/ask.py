"""The parameters of the questions, by document and place."""

from lsprotocol import types as lsp

OPTIONS = lsp.FormattingOptions(tab_size=2, insert_spaces=True)


def of(page):
    return lsp.TextDocumentIdentifier(page.uri)


# By method: the parameters of a question about a place in a document.
AT_PLACE = {
    "textDocument/completion": lambda page, place: lsp.CompletionParams(of(page), place),
    "textDocument/hover": lambda page, place: lsp.HoverParams(of(page), place),
    "textDocument/definition": lambda page, place: lsp.DefinitionParams(of(page), place),
    "textDocument/references": lambda page, place: lsp.ReferenceParams(lsp.ReferenceContext(True), of(page), place),
    "textDocument/documentHighlight": lambda page, place: lsp.DocumentHighlightParams(of(page), place),
    "textDocument/linkedEditingRange": lambda page, place: lsp.LinkedEditingRangeParams(of(page), place),
    "textDocument/selectionRange": lambda page, place: lsp.SelectionRangeParams(of(page), [place]),
    "textDocument/codeAction": lambda page, place: lsp.CodeActionParams(
        of(page), lsp.Range(place, place), lsp.CodeActionContext([])
    ),
    "textDocument/onTypeFormatting": lambda page, place: lsp.DocumentOnTypeFormattingParams(
        of(page), place, "\n", OPTIONS
    ),
}

# By method: the parameters of a question about a document.
OF_DOCUMENT = {
    "textDocument/documentSymbol": lambda page: lsp.DocumentSymbolParams(of(page)),
    "textDocument/foldingRange": lambda page: lsp.FoldingRangeParams(of(page)),
    "textDocument/documentLink": lambda page: lsp.DocumentLinkParams(of(page)),
    "textDocument/formatting": lambda page: lsp.DocumentFormattingParams(of(page), OPTIONS),
    "textDocument/rangeFormatting": lambda page: lsp.DocumentRangeFormattingParams(of(page), page.whole(), OPTIONS),
    "textDocument/semanticTokens/full": lambda page: lsp.SemanticTokensParams(of(page)),
    "textDocument/semanticTokens/range": lambda page: lsp.SemanticTokensRangeParams(of(page), page.whole()),
    "textDocument/inlayHint": lambda page: lsp.InlayHintParams(of(page), page.whole()),
    "textDocument/codeLens": lambda page: lsp.CodeLensParams(of(page)),
}


async def at(editor, method, page, place):
    return await editor.ask(method, AT_PLACE[method](page, place))


async def about(editor, method, page):
    return await editor.ask(method, OF_DOCUMENT[method](page))
