"""A strict client: every message must match the types of lsprotocol, to the last field, and every range must be in its
document."""

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

import samples
from document import Document

# By editor: what was announced to it, and what it requested with a result.
ANNOUNCED = {}
SEEN = defaultdict(set)


def _plain(value):
    """JSON without nulls, as a string: so that `True` is not `1`."""

    def without_nulls(value):
        if isinstance(value, dict):
            return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
        return [without_nulls(inner) for inner in value] if isinstance(value, (list, tuple)) else value

    return json.dumps(without_nulls(value), sort_keys=True)


class StrictProtocol(LanguageClientProtocol):
    """The types ignore unknown fields and convert numbers to strings. Serialized again, such a message differs."""

    def structure_message(self, data):
        message = super().structure_message(data)
        received, parsed = _plain(data), _plain(self._converter.unstructure(message))
        if received != parsed:
            raise JsonRpcInternalError(f"does not match the types:\n{received}\nparsed as\n{parsed}")
        return message


def _ranges(value, uri):
    """All ranges and positions in a result, each with its document."""
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
        self.documents, self.errors, self.registered = {}, [], []
        self.published, self.arrived, self.opened = defaultdict(list), None, 0
        handlers = DEFAULT_CLIENT_FEATURES | {
            types.CLIENT_REGISTER_CAPABILITY: lambda params: self.registered.extend(params.registrations),
            # A person who dismisses every message.
            types.WINDOW_SHOW_MESSAGE_REQUEST: lambda *_: None,
            types.WORKSPACE_INLAY_HINT_REFRESH: lambda *_: None,
            types.WORKSPACE_CODE_LENS_REFRESH: lambda *_: None,
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: lambda params: self._publish(params),
        }
        register_lsp_features(self, handlers)

    def report_server_error(self, error, source):
        self.errors.append(f"{source.__name__}: {error}")
        super().report_server_error(error, source)

    def _publish(self, params: types.PublishDiagnosticsParams):
        self.published[params.uri].append(params)
        document = self.documents.get(params.uri)
        # Ranges of an older version may be outside the document.
        if document and params.version in (None, document.version):
            self.check(params.diagnostics, params.uri)
        if self.arrived and not self.arrived.done():
            self.arrived.set_result(None)

    def seen(self, what: str):
        SEEN[self.name].add(what)

    async def initialize_as(self, name: str, capabilities: types.ClientCapabilities, root):
        self.name, self.root = name, root
        folder = types.WorkspaceFolder(uri=root.as_uri(), name="sources")
        params = types.InitializeParams(capabilities=capabilities, root_uri=root.as_uri(), workspace_folders=[folder])
        self.server_caps = (await self.initialize_session(params)).capabilities
        self.encoding = self.server_caps.position_encoding or "utf-16"
        ANNOUNCED[name] = self.protocol._converter.unstructure(self.server_caps)

    def notify(self, method: str, params):
        self.protocol.notify(method, params)
        self.seen(method)

    def open(self, text: str, name: str = "acme-connectionSpec.json") -> Document:
        # Distinguishes a reopened document from the closed one.
        self.opened += 1
        document = Document((self.root / name).as_uri(), text, self.encoding, self.opened)
        self.documents[document.uri] = document
        item = types.TextDocumentItem(uri=document.uri, language_id="json", version=document.version, text=text)
        self.notify("textDocument/didOpen", types.DidOpenTextDocumentParams(item))
        return document

    def open_all(self):
        """Opens one document after the other."""
        for name, text in samples.ALL.items():
            yield self.open(text, name)

    def change(self, document: Document, edits: list[types.TextEdit]) -> Document:
        """Sends the edits one by one, the last first."""
        after = Document(document.uri, document.edited(edits), document.encoding, document.version + 1)
        self.documents[document.uri] = after
        backwards = reversed(sorted(edits, key=lambda edit: document.span(edit.range)))
        changes = [types.TextDocumentContentChangePartial(range=edit.range, text=edit.new_text) for edit in backwards]
        document = types.VersionedTextDocumentIdentifier(version=after.version, uri=document.uri)
        self.notify("textDocument/didChange", types.DidChangeTextDocumentParams(document, changes))
        return after

    def close(self, document: Document):
        del self.documents[document.uri]
        document = types.TextDocumentIdentifier(document.uri)
        self.notify("textDocument/didClose", types.DidCloseTextDocumentParams(document))

    async def diagnostics_of(self, document: Document) -> list[types.Diagnostic]:
        """The diagnostics of this version: pulled, or published."""
        if self.server_caps.diagnostic_provider:
            params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(document.uri))
            report = await self.request("textDocument/diagnostic", params)
            assert report.kind == "full" and report.result_id
            return list(report.items)
        while not (published := self.published[document.uri]) or published[-1].version != document.version:
            self.arrived = asyncio.get_running_loop().create_future()
            await asyncio.wait_for(self.arrived, 10)
        return list(published[-1].diagnostics)

    def check(self, answer, uri: str):
        for about, found in _ranges(answer, uri):
            if document := self.documents.get(about):
                (document.span if isinstance(found, types.Range) else document.offset)(found)

    async def request(self, method: str, params, uri: str | None = None):
        """Sends a request, checks every range in the result, and records the method if there is one."""
        answer = await self.protocol.send_request_async(method, params)
        self.check(answer, uri or getattr(getattr(params, "text_document", None), "uri", None))
        if answer or method == "shutdown":
            self.seen(method)
        return answer
