#!/usr/bin/env bash
# Runs connspec inside a real Emacs, set up by the lines of editors/README.md: emacs.sh eglot, emacs.sh lsp-mode, or without an
# argument both. Exit code 0 is a pass. Emacs and lsp-mode are installed below target/.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -gt 0 ] || { "$0" eglot && exec "$0" lsp-mode; }
source tests/editors/terminal.sh

need tmux
emacs=$target/emacs/usr
[ -x "$emacs/bin/emacs-nox" ] || tests/editors/newer.sh forky "$target/emacs" usr/bin/emacs-nox emacs-nox elpa-lsp-mode
# It looks for its own files where a package belongs, and is told where they are.
share=$(echo "$emacs"/share/emacs/[0-9]*)
EMACSPATH=$(dirname "$emacs"/libexec/emacs/*/*/*.pdmp)
EMACSLOADPATH=$(find "$share/lisp" -type d | paste --serial --delimiters=:)
export EMACSDATA=$share/etc EMACSDOC=$share/etc EMACSPATH EMACSLOADPATH
set -- "$1" "$emacs/bin/emacs-nox" --dump-file="$(echo "$EMACSPATH"/*.pdmp)"

# Compiling parts of Emacs itself is no business of this test; lsp-mode is compiled once, as installing it elsewhere does.
elisp=$emacs/share/emacs/site-lisp/elpa-src
surroundings="(setq native-comp-jit-compilation nil native-comp-enable-subr-trampolines nil
      package-directory-list '(\"$elisp\"))"
compgen -G "$elisp/lsp-mode-*/lsp-mode.elc" > /dev/null ||
    "${@:2}" -Q --batch --eval "$surroundings" --eval '(package-initialize)' --eval "(byte-recompile-directory \"$elisp\" 0)"

case $1 in
eglot)
    section='Emacs 29 or newer, with Eglot'
    explain=eldoc-doc-buffer mend=eglot-code-actions
    ;;
lsp-mode)
    section='Emacs 29 or newer, with lsp-mode'
    explain=lsp-describe-thing-at-point mend=lsp-execute-code-action
    ;;
esac
provide_server
mkdir "$HOME/.emacs.d"
lines_of "$section" elisp > "$HOME/.emacs.d/init.el"
echo "$surroundings" > "$HOME/.emacs.d/early-init.el"

start "${@:2}" --no-splash "$spec"
if [ "$1" = lsp-mode ]; then
    see 'lsp-mode asks for the root of the project once' 'Select action:'
    keys i
fi
see 'starts the server and marks all findings' '[5 1 1]'

command() {
    keys M-x
    types "$1"
    keys Enter
}

find_text() {
    keys 'M-<' C-s
    types "$1"
    keys Enter
}

command flymake-show-buffer-diagnostics
see 'lists them' 'A comma is missing here.'
keys C-x 1

find_text '"contentPath'
keys Left
see 'tells at the bottom what a key is' 'contentPath · object, text'
command "$explain"
see 'tells all of it when asked' 'Where in the response the records are.'
keys C-x 1
see_no 'and the window goes' 'Where in the response the records are.'

find_text '0ed90a81'
command "$mend"
see 'asks which action' ' action'
types 'Replace'
keys Tab
see 'offers the fix of a finding' 'Replace by the provider of `generic-rest`'
keys Enter
see 'taken, the finding goes' '[4 1 1]'
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
see 'then nothing is missing for the paging' '[3 1 1]'

keys C-x C-c
servers_ended
