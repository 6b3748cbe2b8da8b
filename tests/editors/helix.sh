#!/usr/bin/env bash
# Runs connspec inside a real Helix, set up by the lines of editors/README.md. Exit code 0 is a pass.
# HELIX may name a Helix; without it one is installed below target/.
set -euo pipefail
cd "$(dirname "$0")/../.."
source tests/editors/terminal.sh

need tmux
if [ -z "${HELIX:-}" ]; then
    HELIX=$target/helix/usr/lib/hx/hx
    export HELIX_RUNTIME=$target/helix/usr/lib/hx/runtime
    [ -x "$HELIX" ] || tests/editors/newer.sh forky "$target/helix" usr/lib/hx/hx hx
fi
provide_server
mkdir "$HOME/.config/helix"
lines_of Helix toml > "$HOME/.config/helix/languages.toml"

"$HELIX" --health json 2>&1 | grep --quiet 'connspec.*/connspec' || fail 'hx --health json finds connspec'
echo 'ok   hx --health json finds connspec'

start "$HELIX" "$spec"
see 'shows a finding at the end of its line' 'A comma is missing here.'
see 'and one of a rule' '`apikey` is required but not declared in `properties`.'

types '/contentPath'
keys Enter Space k
see 'Space k on a key explains it' 'Where in the response the records are.'
keys Escape
see_no 'and the window goes' 'Where in the response the records are.'

types 'gg/0ed90a81'
keys Enter Space a
see 'Space a on a finding offers its fix' 'Replace by the provider of `generic-rest`'
keys Enter
see_no 'taken, the finding goes' 'Every `generic-rest` spec has the provider'
types ':w'
keys Enter
saved 'and the value is mended' '/providerId/s/5b"/5a"/'

types 'gg/limitValue'
keys Enter
types 'o"off'
see 'offers a key while it is typed' 'offSetName '
keys C-n
see 'explains the one that is chosen' 'name of the query parameter that says how many records to skip'
keys Enter
types 'skip'
keys Escape
see 'is back in normal mode' ' NOR '
types ':w'
keys Enter
saved 'accepted, it brings its quotes, its colon and the comma of the line before' \
    '/providerId/s/5b"/5a"/; s/("limitValue": "100")/\1,\n        "offSetName": "skip"/'
see_no 'then nothing is missing for the paging' 'paging needs `offSetName`'

types ':q'
keys Enter
servers_ended
