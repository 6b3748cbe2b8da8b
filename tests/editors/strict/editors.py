"""The client capabilities of several editors."""

from lsprotocol import types
from pytest_lsp import client_capabilities


def _current_vscode() -> types.ClientCapabilities:
    """The capabilities that pytest-lsp has for VS Code date from 2022; its language client can do more since."""
    caps = client_capabilities("visual_studio_code")
    caps.general.position_encodings = [types.PositionEncodingKind.Utf16]
    caps.text_document.diagnostic = types.DiagnosticClientCapabilities(dynamic_registration=True)
    caps.text_document.inlay_hint = types.InlayHintClientCapabilities(dynamic_registration=True)
    caps.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
    caps.workspace.inlay_hint = types.InlayHintWorkspaceClientCapabilities(refresh_support=True)
    caps.text_document.folding_range.line_folding_only = True
    return caps


def capabilities(name: str) -> types.ClientCapabilities:
    return {
        "neovim": lambda: client_capabilities("neovim@v0.11"),
        "emacs": lambda: client_capabilities("emacs"),
        "vscode-2022": lambda: client_capabilities("visual_studio_code@v1.65"),
        "vscode": _current_vscode,
        "plain": types.ClientCapabilities,
    }[name]()


ALL = ["neovim", "emacs", "vscode-2022", "vscode", "plain"]
