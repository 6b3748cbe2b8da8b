#!/usr/bin/env bash
# Neovim on a real screen, which is one of tmux: keys are typed and the screen is read, as a person does it. Run by
# ../neovim.sh, which says by variables where everything is.
set -euo pipefail

export LC_ALL=C.UTF-8
tmux=(tmux -u -L "connspec-$$" -f /dev/null)
trap '"${tmux[@]}" kill-server 2> /dev/null || true' EXIT

screen() {
    "${tmux[@]}" capture-pane -p
}

keys() {
    "${tmux[@]}" send-keys "$@"
}

# Waits until `holds` says yes to the pattern of grep -E; the rest is what that shows.
wait_until() {
    local holds=$1 pattern=$2 deadline=$((SECONDS + 15))
    until "$holds" "$pattern"; do
        if [ "$SECONDS" -ge "$deadline" ]; then
            printf 'FAIL %s\nthe screen, of which %s of %s was waited for:\n' "${*:3}" "$holds" "$pattern"
            screen
            exit 1
        fi
    done
    echo "ok   ${*:3}"
}

is_there() {
    screen | grep -qE -- "$1"
}

is_gone() {
    ! is_there "$1"
}

see() {
    wait_until is_there "$@"
}

unsee() {
    wait_until is_gone "$@"
}

# A long message waits for a key; where it does not, this one only moves the cursor.
go_on() {
    keys Enter
}

# By itself: a key right behind it would make another key of the two.
leave_insert_mode() {
    keys Escape
    unsee '^-- INSERT --' "back from typing"
}

mkdir -p "$WORK/screen"
cp src/cli/demo/acme-connectionSpec.json "$WORK/screen/"
cp tests/specs/batch-offset-oauth-connectionSpec.json "$WORK/screen/lantern-connectionSpec.json"
# Someone else has made one of the same name.
cp tests/specs/batch-offset-oauth-connectionSpec.json "$WORK/other/"
(cd "$WORK/other" && connspec push --create --yes batch-offset-oauth-connectionSpec.json)
cat >> "$HOME/.config/nvim/init.lua" << 'END'
-- The files that are missing beside a spec are told in so many words that the line above it would have no room.
vim.diagnostic.config({ virtual_text = { severity = { min = vim.diagnostic.severity.WARN } } })
if vim.lsp.codelens.enable then
  vim.lsp.codelens.enable(true)
else
  vim.api.nvim_create_autocmd({ 'LspAttach', 'InsertLeave' }, { callback = function(event)
    vim.lsp.codelens.refresh({ bufnr = event.buf })
  end })
end
END

"${tmux[@]}" new-session -d -x 160 -y 40 -c "$WORK/screen" "'$NVIM' acme-connectionSpec.json"
see 'generic-rest. spec has the provider' "a finding stands at the end of its line"
see '[0-9] problems' "and their number above the spec"

keys '/"providerId"' Enter K
see 'the same for all of them' "K explains the key"
keys gg
unsee 'the same for all of them' "its window goes when the cursor moves"
keys '/1c5b' Enter gra
see '1: Replace by the provider' "gra asks what mends it"
keys 1 Enter
see '"providerId": ".*1c5a",$' "it is mended, and the finding is gone"
keys gg '/"limitValue"' Enter 'o"off' C-x C-o
see '^[A-Z]? *("offSetName"|offSetName)' "completion shows a list"
keys C-y
see '^[A-Z]? *"offSetName": "' "and writes what was taken"
leave_insert_mode

keys ':edit! lantern-connectionSpec.json' Enter
see '^[A-Z]? *"name": "Lantern Mail subscribers"' "another spec is opened"
keys ':Conn' Tab ' pus' Tab Enter
see '[0-9]: Make a new one' ":Connspec push, completed by Tab, asks: one of the name is on the service"
new=$(screen | sed -n 's/^\([0-9]\): Make a new one.*/\1/p')
keys "$new" Enter
see 'Created as' "a new one is made"
go_on
see 'in sandbox prod .* as [0-9a-f]{8}. · up to date' "the line above the spec says so"

keys ':%s/Subscribers of a mailing list/Readers of a mailing list/' Enter
keys ':Connspec diff' Enter
see 'Differs from' ":Connspec diff says in how many places it differs"
go_on
see '"description": "Subscribers of.*│' "the text of the service stands on the left"
see '│.*"description": "Readers of' "and one's own on the right"
keys C-w h ':quit' Enter
see '^[A-Z]? *"description": "Readers of a mailing list and what they did with each letter.",$' "closed, the own text is alone again"
keys ':Connspec push' Enter
see 'Updated' "what was changed is pushed"
go_on

keys ':checkhealth connspec' Enter
see 'OK connspec [0-9.]+ at' "the health check has found the program"
keys ':qall!' Enter
deadline=$((SECONDS + 15))
while "${tmux[@]}" has-session 2> /dev/null; do
    [ "$SECONDS" -lt "$deadline" ] || { echo "FAIL it did not quit"; screen; exit 1; }
done
echo "ok   it quits"
