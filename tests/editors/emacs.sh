#!/usr/bin/env bash
# Runs connspec inside a real Emacs with Eglot, set up by the lines of editors/README.md. Exit code 0 is a pass.
# EMACS may name an Emacs of 29 or newer; without it one is installed below target/.
set -euo pipefail
cd "$(dirname "$0")/../.."
source tests/editors/terminal.sh

need tmux
if [ -z "${EMACS:-}" ]; then
    EMACS=$target/emacs/usr/bin/emacs-nox
    [ -x "$EMACS" ] || tests/editors/newer.sh forky emacs-nox "$target/emacs" usr/bin/emacs-nox
    # It looks for its own files where a package belongs, and is told where they are.
    share=$(echo "$target"/emacs/usr/share/emacs/[0-9]*)
    EMACSPATH=$(dirname "$target"/emacs/usr/libexec/emacs/*/*/*.pdmp)
    EMACSLOADPATH=$(find "$share/lisp" -type d | paste --serial --delimiters=:)
    export EMACSDATA=$share/etc EMACSDOC=$share/etc EMACSPATH EMACSLOADPATH
    set -- --dump-file="$(echo "$EMACSPATH"/*.pdmp)"
fi
provide_server
mkdir "$HOME/.emacs.d"
lines_of 'Emacs 29 or newer, with Eglot' elisp > "$HOME/.emacs.d/init.el"

# Compiling parts of Emacs itself is no business of this test.
start "$EMACS" "$@" --no-splash --eval '(setq native-comp-jit-compilation nil)' "$spec"
see 'Eglot starts it' "[eglot] Connected! Server \`connspec' now managing"
see 'marks all findings' 'Flymake[5 1 1]'

command() {
    keys M-x
    types "$1"
    keys Enter
}

command flymake-show-buffer-diagnostics
see 'lists them' 'A comma is missing here.'
keys C-x 1

find_text() {
    keys 'M-<' C-s
    types "$1"
    keys Enter
}

find_text '"contentPath'
keys Left
see 'tells at the bottom what a key is' 'contentPath · object, text'
keys C-h .
see 'C-h . tells all of it' 'Where in the response the records are.'
keys C-x 1

find_text '0ed90a81'
command eglot-code-actions
see 'offers the fix of a finding' 'Replace by the provider of `generic-rest`'
keys Enter
see 'taken, the finding goes' 'Flymake[4 1 1]'
keys C-x C-s
saved 'and the value is mended' '/providerId/s/5b"/5a"/'

find_text 'limitValue'
keys C-e Enter
types '"off'
keys C-M-i
see 'C-M-i offers keys' 'offSetName string, needed'
keys M-Down M-Enter
see_no 'one is accepted' 'offsetName string, old form'
keys C-x C-s
saved 'it brings its quotes, its colon and the comma of the line before' \
    '/providerId/s/5b"/5a"/; s/("limitValue": "100")/\1,\n        "offSetName": ""/'
see 'then nothing is missing for the paging' 'Flymake[3 1 1]'

keys C-x C-c
servers_ended
