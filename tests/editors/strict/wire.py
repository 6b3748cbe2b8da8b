"""An editor that takes nothing amiss: every message must be what lsprotocol's types say, to the last field, and every range
must lie in the document that it is about."""

import asyncio
import json
from collections import defaultdict

import attrs
from lsprotocol import types
from pygls.exceptions import JsonRpcInternalError
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features
from pytest_lsp.protocol import LanguageClientProtocol

import texts
from page import Page

# By editor: what was advertised to it, and what it has asked for and got.
ADVERTISED = {}
SEEN = defaultdict(set)


def _plain(value):
    """JSON without what is null, as text: `True` is not `1` then."""

    def bare(value):
        if isinstance(value, dict):
            return {key: bare(inner) for key, inner in value.items() if inner is not None}
        return [bare(inner) for inner in value] if isinstance(value, (list, tuple)) else value

    return json.dumps(bare(value), sort_keys=True)


class StrictProtocol(LanguageClientProtocol):
    """The types ignore fields that they do not know and make texts of numbers. Written out again, such a message differs."""

    def structure_message(self, data):
        message = super().structure_message(data)
        said, understood = _plain(data), _plain(self._converter.unstructure(message))
        if said != understood:
            raise JsonRpcInternalError(f"not what the types say:\n{said}\nread as\n{understood}")
        return message


def _ranges(value, uri):
    """All ranges and positions in an answer, each with the document that it is about."""
    if isinstance(value, (types.Range, types.Position)):
        yield uri, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _ranges(inner, key if isinstance(key, str) and ":" in key else uri)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _ranges(inner, uri)
    elif attrs.has(type(value)):
        of = getattr(getattr(value, "text_document", value), "uri", None) or getattr(value, "target_uri", None) or uri
        for field in attrs.fields(type(value)):
            own = uri if field.name == "origin_selection_range" else of
            yield from _ranges(getattr(value, field.name), own)


class Editor(LanguageClient):
    """One session with one server."""

    def __init__(self):
        super().__init__(converter_factory=default_converter, protocol_cls=StrictProtocol)
        self.pages, self.errors, self.registered = {}, [], []
        self.published, self.arrived, self.opened = defaultdict(list), None, 0
        answers = DEFAULT_CLIENT_FEATURES | {
            types.CLIENT_REGISTER_CAPABILITY: lambda params: self.registered.extend(params.registrations),
            # A person who closes every question.
            types.WINDOW_SHOW_MESSAGE_REQUEST: lambda *_: None,
            types.WORKSPACE_INLAY_HINT_REFRESH: lambda *_: None,
            types.WORKSPACE_CODE_LENS_REFRESH: lambda *_: None,
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: lambda params: self._publish(params),
        }
        register_lsp_features(self, answers)

    def report_server_error(self, error, source):
        self.errors.append(f"{source.__name__}: {error}")
        super().report_server_error(error, source)

    def _publish(self, params: types.PublishDiagnosticsParams):
        self.published[params.uri].append(params)
        page = self.pages.get(params.uri)
        # Of an older version the ranges may be where nothing is any more.
        if page and params.version in (None, page.version):
            self.check(params.diagnostics, params.uri)
        if self.arrived and not self.arrived.done():
            self.arrived.set_result(None)

    def seen(self, what: str):
        SEEN[self.name].add(what)

    async def greet(self, name: str, capabilities: types.ClientCapabilities, root):
        self.name, self.root = name, root
        folder = types.WorkspaceFolder(uri=root.as_uri(), name="sources")
        params = types.InitializeParams(capabilities=capabilities, root_uri=root.as_uri(), workspace_folders=[folder])
        self.able = (await self.initialize_session(params)).capabilities
        self.encoding = self.able.position_encoding or "utf-16"
        ADVERTISED[name] = self.protocol._converter.unstructure(self.able)

    def tell(self, method: str, params):
        self.protocol.notify(method, params)
        self.seen(method)

    def open(self, text: str, name: str = "acme-connectionSpec.json") -> Page:
        # What is told of a document that was closed is not taken for one of the same name.
        self.opened += 1
        page = Page((self.root / name).as_uri(), text, self.encoding, self.opened)
        self.pages[page.uri] = page
        item = types.TextDocumentItem(uri=page.uri, language_id="json", version=page.version, text=text)
        self.tell("textDocument/didOpen", types.DidOpenTextDocumentParams(item))
        return page

    def open_all(self):
        """One document after the other."""
        for name, text in texts.ALL.items():
            yield self.open(text, name)

    def change(self, page: Page, edits: list[types.TextEdit]) -> Page:
        """Sends edits one after the other, the last place first, as if each was made on its own."""
        after = Page(page.uri, page.edited(edits), page.encoding, page.version + 1)
        self.pages[page.uri] = after
        backwards = reversed(sorted(edits, key=lambda edit: page.span(edit.range)))
        changes = [types.TextDocumentContentChangePartial(range=edit.range, text=edit.new_text) for edit in backwards]
        document = types.VersionedTextDocumentIdentifier(version=after.version, uri=page.uri)
        self.tell("textDocument/didChange", types.DidChangeTextDocumentParams(document, changes))
        return after

    def close(self, page: Page):
        del self.pages[page.uri]
        document = types.TextDocumentIdentifier(page.uri)
        self.tell("textDocument/didClose", types.DidCloseTextDocumentParams(document))

    async def findings(self, page: Page) -> list[types.Diagnostic]:
        """Those of this version: asked for, or waited for where the server sends them by itself."""
        if self.able.diagnostic_provider:
            asked = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(page.uri))
            report = await self.ask("textDocument/diagnostic", asked)
            assert report.kind == "full" and report.result_id
            return list(report.items)
        while not (told := self.published[page.uri]) or told[-1].version != page.version:
            self.arrived = asyncio.get_running_loop().create_future()
            await asyncio.wait_for(self.arrived, 10)
        return list(told[-1].diagnostics)

    def check(self, answer, uri: str):
        for about, found in _ranges(answer, uri):
            if page := self.pages.get(about):
                (page.span if isinstance(found, types.Range) else page.place)(found)

    async def ask(self, method: str, params, uri: str | None = None):
        """Asks, checks every range in the answer, and takes note when there is one."""
        answer = await self.protocol.send_request_async(method, params)
        self.check(answer, uri or getattr(getattr(params, "text_document", None), "uri", None))
        if answer or method == "shutdown":
            self.seen(method)
        return answer
