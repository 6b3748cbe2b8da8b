"""The commands that bring a spec and the service together, where no project says which service: each answers in words."""

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

import texts


async def test_each_command_answers(editor):
    page = editor.open(texts.SOUND)
    for command in editor.able.execute_command_provider.commands:
        try:
            answer = await editor.ask("workspace/executeCommand", lsp.ExecuteCommandParams(command, [page.uri]))
        except JsonRpcException as refused:
            answer = refused.message
        assert answer, command
        editor.seen(f"workspace/executeCommand {command}")
