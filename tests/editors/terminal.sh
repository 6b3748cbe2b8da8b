# shellcheck shell=bash
# Drives an editor in a terminal (tmux) by its keys, and checks the screen and the saved file. Sourced by the test scripts.

target=${CARGO_TARGET_DIR:-$PWD/target}
work=$(mktemp -d)
mkdir -p "$work/bin" "$work/home/.config" "$work/files/.git"
trap 'tmux -S "$work/tmux" kill-server 2> /dev/null || true; rm -rf "$work"' EXIT

# Installs missing programs. PROGRAM:PACKAGE if the Debian package has another name.
install_missing() {
    local program packages=()
    for program in "$@"; do
        command -v "${program%:*}" > /dev/null || packages+=("${program#*:}")
    done
    [ ${#packages[@]} -eq 0 ] || { apt-get update && apt-get install --yes --no-install-recommends "${packages[@]}"; }
}

# Puts connspec on PATH, with a new home and a copy of the demo spec. It records its process IDs.
setup_server() {
    cargo build --quiet
    cat > "$work/bin/connspec" <<END
#!/bin/sh
echo \$\$ >> "$work/pids"
exec "$target/debug/connspec" "\$@"
END
    chmod +x "$work/bin/connspec"
    : > "$work/pids"
    unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME XDG_RUNTIME_DIR
    export HOME=$work/home PATH=$work/bin:$PATH LANG=C.UTF-8
    cp src/cli/demo/acme-connectionSpec.json "$work/files/"
    spec=$work/files/acme-connectionSpec.json
}

fail() {
    echo "FAIL $1"
    tmux -S "$work/tmux" capture-pane -p 2> /dev/null || true
    [ ! -e "$work/expected" ] || diff "$work/expected" "$spec" || true
    exit 1
}

# The first code block of a language in a section of editors/README.md.
readme_block() {
    awk -v heading="## $1" -v fence="\`\`\`$2" '
        /^## / { inside = $0 == heading }
        copying && $0 == "```" { exit }
        copying
        inside && $0 == fence { copying = 1; found = 1 }
        END { exit !found }' editors/README.md || fail "the section '$1' of editors/README.md has a block of $2"
}

start() {
    tmux -S "$work/tmux" -f /dev/null new-session -d -x 160 -y 50 -c "$work/files" "$@"
    tmux -S "$work/tmux" set-option -s escape-time 0
}

# Presses keys by their tmux names. Wait for the effect of Escape before the next key: both at once are a key with Alt.
press() {
    tmux -S "$work/tmux" send-keys "$@"
}

type_text() {
    tmux -S "$work/tmux" send-keys -l -- "$1"
}

# Waits until a command succeeds, for up to thirty seconds.
wait_for() {
    local what=$1 deadline=$((SECONDS + 30))
    shift
    until "$@"; do
        [ $SECONDS -lt $deadline ] || fail "$what"
        sleep 0.05
    done
    echo "ok   $what"
}

is_on_screen() {
    tmux -S "$work/tmux" capture-pane -p | grep --quiet --fixed-strings -e "$1"
}

is_not_on_screen() {
    ! is_on_screen "$1"
}

# Waits for a text on the screen: expect WHAT TEXT.
expect() {
    wait_for "$1" is_on_screen "$2"
}

# Waits until a text is not on the screen (any more).
expect_gone() {
    wait_for "$1" is_not_on_screen "$2"
}

# Waits until the saved file is the demo spec changed by a sed script.
expect_saved() {
    sed -E "$2" src/cli/demo/acme-connectionSpec.json > "$work/expected"
    wait_for "$1" cmp --quiet "$work/expected" "$spec"
    rm "$work/expected"
}

# Fails if a server is still running five seconds after its editor has exited.
expect_servers_exited() {
    [ -s "$work/pids" ] || fail "a server was started"
    while read -r pid; do
        timeout 5 tail --pid="$pid" -f /dev/null || fail "server $pid exits with its editor"
    done < "$work/pids"
    echo "ok   all servers exited"
}
