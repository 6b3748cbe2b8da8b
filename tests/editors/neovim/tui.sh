#!/usr/bin/env bash
# Tests the plugin in a terminal (tmux): presses keys and checks the screen. Run by ../neovim.sh, which sets the variables.
set -euo pipefail

export LC_ALL=C.UTF-8
tmux=(tmux -u -L "connspec-$$" -f /dev/null)
trap '"${tmux[@]}" kill-server 2> /dev/null || true' EXIT

screen() {
    "${tmux[@]}" capture-pane -p
}

press() {
    "${tmux[@]}" send-keys "$@"
}

is_on_screen() {
    screen | grep -qE -- "$1"
}

is_not_on_screen() {
    ! is_on_screen "$1"
}

# wait_until CONDITION PATTERN WHAT
wait_until() {
    local condition=$1 pattern=$2 deadline=$((SECONDS + 15))
    until "$condition" "$pattern"; do
        if [ "$SECONDS" -ge "$deadline" ]; then
            printf 'FAIL %s\ntimed out waiting for: %s %s\n' "$3" "$condition" "$pattern"
            screen
            exit 1
        fi
    done
    echo "ok   $3"
}

# Waits for a line that matches a pattern of grep -E.
expect() {
    wait_until is_on_screen "$@"
}

expect_gone() {
    wait_until is_not_on_screen "$@"
}

# Dismisses the prompt after a long message; otherwise it only moves the cursor.
dismiss() {
    press Enter
}

# Waits for the effect: Escape and the next key at once are a key with Alt.
leave_insert_mode() {
    press Escape
    expect_gone '^-- INSERT --' "back in Normal mode"
}

mkdir -p "$WORK/tui"
cp src/cli/demo/acme-connectionSpec.json "$WORK/tui/"
cp tests/specs/batch-offset-oauth-connectionSpec.json "$WORK/tui/lantern-connectionSpec.json"
# A remote spec of the same name, created by someone else.
cp tests/specs/batch-offset-oauth-connectionSpec.json "$WORK/other/"
(cd "$WORK/other" && connspec push --create --yes batch-offset-oauth-connectionSpec.json)
cat >> "$HOME/.config/nvim/init.lua" << 'END'
-- The long message about missing artifacts would leave no room for the code lens.
vim.diagnostic.config({ virtual_text = { severity = { min = vim.diagnostic.severity.WARN } } })
if vim.lsp.codelens.enable then
  vim.lsp.codelens.enable(true)
else
  vim.api.nvim_create_autocmd({ 'LspAttach', 'InsertLeave' }, { callback = function(event)
    vim.lsp.codelens.refresh({ bufnr = event.buf })
  end })
end
END

"${tmux[@]}" new-session -d -x 160 -y 40 -c "$WORK/tui" "'$NVIM' acme-connectionSpec.json"
expect 'b40eccef1c5a`' "a problem is shown at the end of its line"
expect '[0-9] problems' "the code lens shows their number"

press '/"providerId"' Enter K
expect 'the same for all of them' "K documents the key"
press gg
expect_gone 'the same for all of them' "the window closes when the cursor moves"
press '/1c5b' Enter gra
expect '1: Replace ' "gra prompts for a code action"
press 1 Enter
expect '"providerId": ".*1c5a",$' "the fix is applied"
press gg '/"limitValue"' Enter 'o"off' C-x C-o
expect 'offSetName +Property' "completion shows a menu"
press C-y
expect '^[A-Z]? *"offSetName": "' "the accepted item is inserted"
leave_insert_mode

press ':edit! lantern-connectionSpec.json' Enter
expect '^[A-Z]? *"name": "Lantern Mail subscribers"' "another spec is open"
press ':Conn' Tab ' pus' Tab Enter
expect '[0-9]: Create a new spec' ":Connspec push, completed by Tab, prompts: there is a remote spec of the same name"
new=$(screen | sed -n 's/^\([0-9]\): Create a new spec.*/\1/p')
press "$new" Enter
expect 'Created' "a new spec is created"
dismiss
expect 'Up to date · sandbox prod .* · [0-9a-f]{8}' "the code lens shows the sync status"

press ':%s/Subscribers of a mailing list/Readers of a mailing list/' Enter
press ':Connspec diff' Enter
expect 'Compared with' ":Connspec diff reports the differences"
dismiss
expect '"description": "Subscribers of.*│' "the remote version is on the left"
expect '│.*"description": "Readers of' "the local version is on the right"
press C-w h ':quit' Enter
expect '^[A-Z]? *"description": "Readers of a mailing list and what they did with each letter.",$' "closing the remote version ends the comparison"
press ':Connspec push' Enter
expect 'Updated' "the changes are pushed"
dismiss

press ':checkhealth connspec' Enter
expect 'OK connspec [0-9.]+ at' "the health check finds the program"
press ':qall!' Enter
deadline=$((SECONDS + 15))
while "${tmux[@]}" has-session 2> /dev/null; do
    [ "$SECONDS" -lt "$deadline" ] || { echo "FAIL Neovim quits"; screen; exit 1; }
done
echo "ok   Neovim quits"
