#!/usr/bin/env bash
# Runs connspec inside a real Kakoune with kakoune-lsp, set up by the lines of editors/README.md. Exit code 0 is a pass.
# kakoune-lsp is built below target/.
set -euo pipefail
cd "$(dirname "$0")/../.."
source tests/editors/terminal.sh

need tmux kak:kakoune
lsp=$target/kak-lsp lsp_version=22.0.0
"$lsp/bin/kak-lsp" --version 2> /dev/null | grep --quiet --fixed-strings "$lsp_version" ||
    CARGO_TARGET_DIR=$target/kak-lsp-build cargo install --quiet --locked --debug --root "$lsp" "kak-lsp@$lsp_version"
provide_server
export PATH=$lsp/bin:$PATH XDG_RUNTIME_DIR=$work/run
mkdir -p "$XDG_RUNTIME_DIR" "$HOME/.config/kak"
lines_of 'Kakoune, with kakoune-lsp' kak > "$HOME/.config/kak/kakrc"

start kak "$spec"
see 'marks the lines of findings' '*        "required": ["apikey"]'

types '/"contentPath'
keys Enter
types ' lh'
see 'a key is explained' 'Where in the response the records are.'
keys Escape
see_no 'and the window goes' 'Where in the response the records are.'

types '/"apikey'
keys Enter
types ' lh'
see 'a finding is told' '`apikey` is required but not declared in `properties`.'
keys Escape
see_no 'and the window goes' '`apikey` is required but not declared'

types '/0ed90a81'
keys Enter
types ' la'
see 'offers the fix of a finding' 'Replace by the provider of `generic-rest`'
types 'Replace'
see_no 'and narrows the choice' 'Fix everything that is safe to fix'
keys Enter
see_no 'taken, the finding goes' '*  "providerId"'
types ':w'
keys Enter
saved 'and the value is mended' '/providerId/s/5b"/5a"/'

types '/limitValue'
keys Enter
types 'o"off'
see 'offers a key while it is typed' 'offSetName'
keys C-n
see 'explains the one that is chosen' 'name of the query parameter that says how many records to skip'
keys Escape
see_no 'is back in normal mode' ' insert '
see 'accepted, it brings the comma of the line before' '"limitValue": "100",'
types ':w'
keys Enter
saved 'its quotes and its colon' \
    '/providerId/s/5b"/5a"/; s/("limitValue": "100")/\1,\n        "offSetName": ""/'
see_no 'then nothing is missing for the paging' '*      "paginationParams"'

types ':q'
keys Enter
servers_ended
