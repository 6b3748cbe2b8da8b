#!/usr/bin/env bash
# Real shells complete commands and options after the setup in `connspec completions --help`, and man page readers accept the
# pages of `connspec man`. Exit code 0 is a pass.
set -euo pipefail
cd "$(dirname "$0")/.."
source tests/editors/terminal.sh

install_missing tmux zsh fish man:man-db groff mandoc
[ -e /usr/share/bash-completion/bash_completion ] || install_missing bash-completion
setup_server

# Runs the line in the help for a shell, in a temporary home.
set_up() {
    connspec completions --help | sed -n "s/^  \(connspec completions $1 > .*\)/\1/p" > "$work/line"
    [ -s "$work/line" ] || fail "the help has a line for $1"
    mkdir -p "$HOME/$2"
    bash "$work/line"
}

# Types the start of commands in a shell and checks what the tab key completes. The second argument is the character that the
# shell puts between an option and its value.
completes() {
    local shell=$1 between=$2
    shift 2
    start "$@"
    expect "$shell starts" 'ready>'
    type_text 'connspec ch'
    press Tab
    expect "$shell completes a command" 'ready> connspec check'
    type_text '--form'
    press Tab
    expect "$shell completes an option" 'ready> connspec check --format'
    type_text 'sar'
    press Tab
    expect "$shell completes a value" "ready> connspec check --format${between}sarif"
    type_text 'acme-conn'
    press Tab
    expect "$shell completes the name of a file" "ready> connspec check --format${between}sarif acme-connectionSpec.json"
    tmux -S "$work/tmux" kill-server
}

set_up bash .local/share/bash-completion/completions
cat > "$HOME/.bashrc" <<'END'
. /usr/share/bash-completion/bash_completion
PS1='ready> '
END
completes bash ' ' bash --rcfile "$HOME/.bashrc" -i

set_up zsh .zfunc
cat > "$HOME/.zshrc" <<'END'
fpath+=~/.zfunc
autoload -Uz compinit && compinit -u
PS1='ready> '
END
completes zsh = zsh -i

set_up fish .config/fish/completions
echo 'function fish_prompt; echo "ready> "; end' > "$HOME/.config/fish/config.fish"
completes fish ' ' fish -i

connspec man "$HOME/.local/share/man/man1"
for page in "$HOME"/.local/share/man/man1/*.1; do
    messages=$(groff -K utf8 -man -ww -T utf8 -z "$page" 2>&1; mandoc -T lint -W error "$page" 2>&1) || true
    [ -z "$messages" ] || fail "$page is accepted: $messages"
done
echo 'ok   groff and mandoc accept all pages'
MANPATH=$HOME/.local/share/man MANWIDTH=80 man connspec-check < /dev/null > "$work/page"
grep --quiet '^ *connspec check \[OPTIONS\] \[PATH\]\.\.\.$' "$work/page" || fail "man connspec-check: $(cat "$work/page")"
grep --quiet '^ *0  no errors' "$work/page" || fail "man connspec-check: $(cat "$work/page")"
echo 'ok   man shows connspec-check'
