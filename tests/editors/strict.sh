#!/usr/bin/env bash
# Exercises every capability that connspec announces, with the client capabilities of several editors, strictly checked.
# SERVER may be the path of a server; otherwise the project is built. Arguments go to pytest. Exit code 0 is a pass.
set -euo pipefail
cd "$(dirname "$0")/../.."

target=${CARGO_TARGET_DIR:-$PWD/target}
client=$target/strict
wanted=pytest-lsp==1.0.1,lsprotocol==2025.0.0,pygls==2.1.1,pytest==9.2.0,pytest-asyncio==1.5.0
if [ "$(cat "$client/installed" 2> /dev/null)" != "$wanted" ]; then
    python3 -m venv --clear "$client"
    "$client/bin/pip" install --quiet --disable-pip-version-check ${wanted//,/ }
    echo "$wanted" > "$client/installed"
fi

if [ -z "${SERVER:-}" ]; then
    cargo build --quiet
    SERVER=$target/debug/connspec
fi
export SERVER PYTHONDONTWRITEBYTECODE=1
exec timeout 300 "$client/bin/python" -m pytest -c tests/editors/strict/pytest.ini -p no:cacheprovider --quiet \
    "${@:-tests/editors/strict}"
