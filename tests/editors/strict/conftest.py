"""Each test is run once for every editor, each time with a server of its own."""

import os

import pytest
import pytest_lsp
from pytest_lsp import ClientServerConfig

import editors
from wire import Editor


@pytest_lsp.fixture(
    params=editors.ALL,
    config=ClientServerConfig(
        server_command=[os.environ["SERVER"], "lsp"],
        client_factory=Editor,
        # Whatever credentials there are on this machine: nothing here is sent with them.
        server_env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"},
    ),
)
async def editor(request, tmp_path, client: Editor):
    await client.greet(request.param, editors.capabilities(request.param), tmp_path)
    yield
    assert client.errors == []
    if client.error is None and not getattr(client, "said_goodbye", False):
        await client.shutdown_session()
        assert client._server.returncode == 0


def pytest_collection_modifyitems(items):
    """Whether everything was exercised is known at the end."""
    items.sort(key=lambda item: "exercised" in item.name)


@pytest.fixture(scope="session")
def is_whole_run(request):
    """Whether all tests are run, not only some that were chosen."""
    return not request.config.option.keyword and not any(".py" in argument for argument in request.config.args)
