#!/usr/bin/env bash
# Tests connspec in Kakoune with kakoune-lsp and the configuration of editors/README.md. Exit code 0 is a pass. kakoune-lsp is
# built below target/.
set -euo pipefail
cd "$(dirname "$0")/../.."
source tests/editors/terminal.sh

install_missing tmux kak:kakoune
lsp=$target/kak-lsp lsp_version=22.0.0
"$lsp/bin/kak-lsp" --version 2> /dev/null | grep --quiet --fixed-strings "$lsp_version" ||
    CARGO_TARGET_DIR=$target/kak-lsp-build cargo install --quiet --locked --debug --root "$lsp" "kak-lsp@$lsp_version"
setup_server
export PATH=$lsp/bin:$PATH XDG_RUNTIME_DIR=$work/run
mkdir -p "$XDG_RUNTIME_DIR" "$HOME/.config/kak"
readme_block 'Kakoune, with kakoune-lsp' kak > "$HOME/.config/kak/kakrc"

start kak "$spec"
expect 'lines with problems are marked' '*        "required": ["apikey"]'

type_text '/"contentPath'
press Enter
type_text ' lh'
expect 'a key is documented' 'The location of the records in the response.'
press Escape
expect_gone 'the popup closes' 'The location of the records in the response.'

type_text '/"apikey'
press Enter
type_text ' lh'
expect 'a problem is shown' '`apikey` '
press Escape
expect_gone 'the popup closes' '`apikey` '

type_text '/0ed90a81'
press Enter
type_text ' la'
expect 'a fix is offered' 'the provider of `generic-rest`'
type_text 'Replace'
expect_gone 'the menu is filtered' 'Fix all auto-fixable problems'
press Enter
expect_gone 'the applied fix removes the problem' '*  "providerId"'
type_text ':w'
press Enter
expect_saved 'the value is fixed' '/providerId/s/5b"/5a"/'

type_text '/limitValue'
press Enter
type_text 'o"off'
expect 'a key is completed as it is typed' 'offSetName'
press C-n
expect 'the selected item is documented' 'records to skip'
press Escape
expect_gone 'back in normal mode' ' insert '
expect 'the accepted item inserts the missing comma' '"limitValue": "100",'
type_text ':w'
press Enter
expect_saved 'and quotes and the colon' \
    '/providerId/s/5b"/5a"/; s/("limitValue": "100")/\1,\n        "offSetName": ""/'
expect_gone 'the pagination is complete' '*      "paginationParams"'

type_text ':q'
press Enter
expect_servers_exited
