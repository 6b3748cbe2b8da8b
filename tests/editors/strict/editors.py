"""The editors that are played: what each says that it can do."""

from lsprotocol import types
from pytest_lsp import client_capabilities


def _vscode_now() -> types.ClientCapabilities:
    """The set that pytest-lsp has of VS Code is of 2022; its language client can do more since."""
    able = client_capabilities("visual_studio_code")
    able.general.position_encodings = [types.PositionEncodingKind.Utf16]
    able.text_document.diagnostic = types.DiagnosticClientCapabilities(dynamic_registration=True)
    able.text_document.inlay_hint = types.InlayHintClientCapabilities(dynamic_registration=True)
    able.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
    able.workspace.inlay_hint = types.InlayHintWorkspaceClientCapabilities(refresh_support=True)
    able.text_document.folding_range.line_folding_only = True
    return able


def capabilities(name: str) -> types.ClientCapabilities:
    return {
        "neovim": lambda: client_capabilities("neovim@v0.11"),
        "emacs": lambda: client_capabilities("emacs"),
        "vscode-2022": lambda: client_capabilities("visual_studio_code@v1.65"),
        "vscode": _vscode_now,
        "plain": types.ClientCapabilities,
    }[name]()


ALL = ["neovim", "emacs", "vscode-2022", "vscode", "plain"]
