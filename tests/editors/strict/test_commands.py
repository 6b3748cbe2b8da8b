"""The commands about the remote spec, without a profile: each responds with a message."""

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

import samples


async def test_each_command_responds(editor):
    document = editor.open(samples.VALID)
    for command in editor.server_caps.execute_command_provider.commands:
        reports = editor.progress_reports.setdefault(command, [])
        try:
            params = lsp.ExecuteCommandParams(command, [document.uri], work_done_token=command)
            result = await editor.request("workspace/executeCommand", params)
        except JsonRpcException as refused:
            result = refused.message
        assert result, command
        editor.seen(f"workspace/executeCommand {command}")
        if reports:
            assert (reports[0].kind, reports[-1].kind) == ("begin", "end"), command
            editor.seen("progress of a command")
