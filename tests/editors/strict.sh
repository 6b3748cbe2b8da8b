#!/usr/bin/env bash
# Asks connspec everything that it says it can do, as several editors would, and takes nothing amiss. Exit code 0 is a pass.
# SERVER may name a server; without it the project's own is built. Arguments are handed on to pytest.
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
