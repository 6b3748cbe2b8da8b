#!/usr/bin/env bash
# Tests connspec in Helix with the configuration of editors/README.md. Exit code 0 is a pass. HELIX may name a Helix; by default
# one is installed below target/.
set -euo pipefail
cd "$(dirname "$0")/../.."
source tests/editors/terminal.sh

install_missing tmux
if [ -z "${HELIX:-}" ]; then
    HELIX=$target/helix/usr/lib/hx/hx
    export HELIX_RUNTIME=$target/helix/usr/lib/hx/runtime
    [ -x "$HELIX" ] || tests/editors/debian.sh forky "$target/helix" usr/lib/hx/hx hx
fi
setup_server
mkdir "$HOME/.config/helix"
readme_block Helix toml > "$HOME/.config/helix/languages.toml"

"$HELIX" --health json 2>&1 | grep --quiet 'connspec.*/connspec' || fail 'hx --health json finds connspec'
echo 'ok   hx --health json finds connspec'

start "$HELIX" "$spec"
expect 'a syntax error is shown at the end of its line' 'comma'
expect 'a problem reported by a rule is shown' '`apikey` '

type_text '/contentPath'
press Enter Space k
expect 'Space k documents a key' 'The location of the records in the response.'
press Escape
expect_gone 'the popup closes' 'The location of the records in the response.'

type_text 'gg/0ed90a81'
press Enter Space a
expect 'Space a offers a fix' 'the provider of `generic-rest`'
press Enter
expect_gone 'the applied fix removes the problem' 'b40eccef1c5a`'
type_text ':w'
press Enter
expect_saved 'the value is fixed' '/providerId/s/5b"/5a"/'

type_text 'gg/limitValue'
press Enter
type_text 'o"off'
expect 'a key is completed as it is typed' 'offSetName '
press C-n
expect 'the selected item is documented' 'records to skip'
press Enter
type_text 'skip'
press Escape
expect 'back in normal mode' ' NOR '
type_text ':w'
press Enter
expect_saved 'the accepted item inserts quotes, the colon and the missing comma' \
    '/providerId/s/5b"/5a"/; s/("limitValue": "100")/\1,\n        "offSetName": "skip"/'
expect_gone 'the pagination is complete' '`offSetName`'

type_text ':q'
press Enter
expect_servers_exited
