"""Each test runs once for every editor, with a server of its own."""

import os

import pytest
import pytest_lsp
from pytest_lsp import ClientServerConfig

import editors
from client import Editor


@pytest_lsp.fixture(
    params=editors.ALL,
    config=ClientServerConfig(
        server_command=[os.environ["SERVER"], "lsp"],
        client_factory=Editor,
        # Without the credentials on this machine.
        server_env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"},
    ),
)
async def editor(request, tmp_path, client: Editor):
    await client.initialize_as(request.param, editors.capabilities(request.param), tmp_path)
    yield
    assert client.errors == []
    if client.error is None and not getattr(client, "is_shut_down", False):
        await client.shutdown_session()
        assert client._server.returncode == 0


def pytest_collection_modifyitems(items):
    """Coverage is known at the end."""
    items.sort(key=lambda item: "exercised" in item.name)


@pytest.fixture(scope="session")
def is_full_run(request):
    """Whether all tests run, not only selected ones."""
    return not request.config.option.keyword and not any(".py" in argument for argument in request.config.args)
