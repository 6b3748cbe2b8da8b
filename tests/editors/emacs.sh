#!/usr/bin/env bash
# Tests connspec in Emacs with the configuration of editors/README.md: emacs.sh [eglot|lsp-mode], by default with both clients.
# Exit code 0 is a pass. Emacs and lsp-mode are installed below target/.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -gt 0 ] || { "$0" eglot && exec "$0" lsp-mode; }
source tests/editors/terminal.sh

install_missing tmux
emacs=$target/emacs/usr
[ -x "$emacs/bin/emacs-nox" ] || tests/editors/debian.sh forky "$target/emacs" usr/bin/emacs-nox emacs-nox elpa-lsp-mode
# Emacs expects its files at the paths of the Debian package.
share=$(echo "$emacs"/share/emacs/[0-9]*)
EMACSPATH=$(dirname "$emacs"/libexec/emacs/*/*/*.pdmp)
EMACSLOADPATH=$(find "$share/lisp" -type d | paste --serial --delimiters=:)
export EMACSDATA=$share/etc EMACSDOC=$share/etc EMACSPATH EMACSLOADPATH
set -- "$1" "$emacs/bin/emacs-nox" --dump-file="$(echo "$EMACSPATH"/*.pdmp)"

# Native compilation is off to save time; lsp-mode is byte-compiled once, as its installation does.
elisp=$emacs/share/emacs/site-lisp/elpa-src
early_init="(setq native-comp-jit-compilation nil native-comp-enable-subr-trampolines nil
      package-directory-list '(\"$elisp\"))"
compgen -G "$elisp/lsp-mode-*/lsp-mode.elc" > /dev/null ||
    "${@:2}" -Q --batch --eval "$early_init" --eval '(package-initialize)' --eval "(byte-recompile-directory \"$elisp\" 0)"

case $1 in
eglot)
    section='Emacs 29 or newer, with Eglot'
    documentation=eldoc-doc-buffer code_actions=eglot-code-actions
    ;;
lsp-mode)
    section='Emacs 29 or newer, with lsp-mode'
    documentation=lsp-describe-thing-at-point code_actions=lsp-execute-code-action
    ;;
esac
setup_server
mkdir "$HOME/.emacs.d"
readme_block "$section" elisp > "$HOME/.emacs.d/init.el"
echo "$early_init" > "$HOME/.emacs.d/early-init.el"

start "${@:2}" --no-splash "$spec"
if [ "$1" = lsp-mode ]; then
    expect 'lsp-mode prompts for the project root once' 'Select action:'
    press i
fi
expect 'the server starts and all problems are counted' '[5 1 1]'

run_command() {
    press M-x
    type_text "$1"
    press Enter
}

search() {
    press 'M-<' C-s
    type_text "$1"
    press Enter
}

run_command flymake-show-buffer-diagnostics
expect 'the problems are listed' 'comma'
press C-x 1

search '"contentPath'
press Left
expect 'the echo area shows the type of a key' 'contentPath · object'
run_command "$documentation"
expect 'a key is documented' 'The location of the records in the response.'
press C-x 1
expect_gone 'the window closes' 'The location of the records in the response.'

search '0ed90a81'
run_command "$code_actions"
expect 'a code action is prompted for' ' action'
type_text 'Replace'
press Tab
expect 'a fix is offered' 'the provider of `generic-rest`'
press Enter
expect 'the applied fix removes the problem' '[4 1 1]'
press C-x C-s
expect_saved 'the value is fixed' '/providerId/s/5b"/5a"/'

search 'limitValue'
press C-e Enter
type_text '"off'
press C-M-i
expect 'C-M-i completes keys' 'offSetName string, '
press M-Down M-Enter
expect_gone 'an item is accepted' 'offsetName string, '
press C-x C-s
expect_saved 'it inserts quotes, the colon and the missing comma' \
    '/providerId/s/5b"/5a"/; s/("limitValue": "100")/\1,\n        "offSetName": ""/'
search '"offSetName": "'
type_text 'offset'
expect 'the pagination is complete' '[3 1 1]'
press C-x C-s
expect_saved 'the entered name is saved' \
    '/providerId/s/5b"/5a"/; s/("limitValue": "100")/\1,\n        "offSetName": "offset"/'

press C-x C-c
expect_servers_exited
