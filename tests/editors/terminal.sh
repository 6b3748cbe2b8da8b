# shellcheck shell=bash
# What the scripts of the editors in a terminal share, sourced by them. The editor runs in tmux: keys go in as a person types
# them, and what is looked at is the screen, or the file once it was saved.

target=${CARGO_TARGET_DIR:-$PWD/target}
work=$(mktemp -d)
mkdir -p "$work/bin" "$work/home/.config" "$work/files/.git"
trap 'tmux -S "$work/tmux" kill-server 2> /dev/null || true; rm -rf "$work"' EXIT

# Installs the programs that are not there, each by the name of its Debian package where that is another: `kak:kakoune`.
need() {
    local program packages=()
    for program in "$@"; do
        command -v "${program%:*}" > /dev/null || packages+=("${program#*:}")
    done
    [ ${#packages[@]} -eq 0 ] || { apt-get update && apt-get install --yes --no-install-recommends "${packages[@]}"; }
}

# The program as the lines of the manual call it. It notes its process, so that it can be seen to end.
provide_server() {
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

# The lines that editors/README.md gives in a section: its first block of a language.
lines_of() {
    awk -v heading="## $1" -v fence="\`\`\`$2" '
        /^## / { inside = $0 == heading }
        copying && $0 == "```" { exit }
        copying
        inside && $0 == fence { copying = 1; found = 1 }
        END { exit !found }' editors/README.md || fail "the section '$1' of editors/README.md has no block of $2"
}

start() {
    tmux -S "$work/tmux" -f /dev/null new-session -d -x 160 -y 50 -c "$work/files" "$@"
    tmux -S "$work/tmux" set-option -s escape-time 0
}

# Presses keys, by their names in tmux. What Escape does has to be seen before the next key: both at once are a key with Alt.
keys() {
    tmux -S "$work/tmux" send-keys "$@"
}

# Types a text.
types() {
    tmux -S "$work/tmux" send-keys -l -- "$1"
}

# Waits until a command succeeds, thirty seconds at most: the machine may have other things to do.
wait_for() {
    local what=$1 end=$((SECONDS + 30))
    shift
    until "$@"; do
        [ $SECONDS -lt $end ] || fail "$what"
        sleep 0.05
    done
    echo "ok   $what"
}

shows() {
    tmux -S "$work/tmux" capture-pane -p | grep --quiet --fixed-strings -e "$1"
}

shows_no() {
    ! shows "$1"
}

# The text is on the screen, or comes within the time.
see() {
    wait_for "$1" shows "$2"
}

# It is not, or goes.
see_no() {
    wait_for "$1" shows_no "$2"
}

# The file on disk is the sample after one edit by sed.
saved() {
    sed -E "$2" src/cli/demo/acme-connectionSpec.json > "$work/expected"
    wait_for "$1" cmp --quiet "$work/expected" "$spec"
    rm "$work/expected"
}

# No server is there any more five seconds after its editor went.
servers_ended() {
    [ -s "$work/pids" ] || fail "no server was started"
    while read -r pid; do
        timeout 5 tail --pid="$pid" -f /dev/null || fail "the server $pid outlived its editor"
    done < "$work/pids"
    echo "ok   no server outlived its editor"
}
