"""The commands that bring a spec and the service together, where no project says which service: each answers in words."""

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

import texts


async def test_each_command_answers(editor):
    page = editor.open(texts.SOUND)
    for command in editor.able.execute_command_provider.commands:
        told = editor.progress_reports.setdefault(command, [])
        try:
            asked = lsp.ExecuteCommandParams(command, [page.uri], work_done_token=command)
            answer = await editor.ask("workspace/executeCommand", asked)
        except JsonRpcException as refused:
            answer = refused.message
        assert answer, command
        editor.seen(f"workspace/executeCommand {command}")
        if told:
            assert (told[0].kind, told[-1].kind) == ("begin", "end"), command
            editor.seen("progress of a command")
