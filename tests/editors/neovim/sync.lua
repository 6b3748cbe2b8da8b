-- Sync with an emulator of Flow Service: push, code lens, diff, prompts, cancel, trust.

local driver = require('driver')
local check, command, connspec, eval, press, wait_for =
  driver.check, driver.command, driver.connspec, driver.eval, driver.press, driver.wait_for

local FILE = vim.env.WORK .. '/sync/lantern-connectionSpec.json'
local NAME = 'Lantern Mail subscribers'

local function remote_specs()
  local specs = vim.json.decode(connspec('list', '--format', 'json')).specs
  return vim.tbl_filter(function(spec) return spec.name == NAME end, specs)
end

-- The remote text, as the command line pulls it.
local function remote_text(id)
  local path = vim.env.WORK .. '/other/remote-connectionSpec.json'
  os.remove(path)
  connspec('pull', '--link', id, path)
  return driver.read(path)
end

local function set_description(text)
  eval([[
    for number = 1, vim.api.nvim_buf_line_count(0) do
      if Line(number):find('^  "description": ') then
        return vim.api.nvim_buf_set_lines(0, number - 1, number, false, { ('  "description": "%s",'):format(...) })
      end
    end
  ]], text)
end

-- Waits for a text in the status line of the README.
local function expect_status_line(text)
  wait_for('the status line shows "' .. text .. '"', [[
    return vim.api.nvim_eval_statusline("%{v:lua.require'connspec'.status()}", {}).str == ...
  ]], text)
end

local function push_creates_the_remote_spec()
  eval('vim.cmd.enew()')
  expect_status_line('')
  driver.open(FILE)
  expect_status_line('env: not compared yet')
  check(#remote_specs() == 0, 'there is no remote spec')
  command('push', 'Created `')
  local specs = remote_specs()
  check(#specs == 1 and specs[1].registered, 'the remote spec is created and registered', vim.inspect(specs))
  expect_status_line('env: up to date')
  command('status', 'up to date')
  return specs[1].id
end

-- Changes the buffer and waits until the code lens shows that.
local function change(description)
  set_description(description)
  eval('vim.api.nvim_win_set_cursor(0, { 1, 0 })')
  wait_for('the code lens follows the change', [[ShowLenses() return FindLens('Local changes')]])
  expect_status_line('env: local changes')
  wait_for('no request is pending', [[return not next(vim.lsp.get_clients({ bufnr = 0 })[1].requests)]])
end

local function code_lens_pushes(id)
  eval('ShowLenses()')
  wait_for('a code lens shows the sync status', [[return FindLens('Up to date')]])
  change('Changed for the code lens.')
  eval([[Messages, Choice = {}, 'Push'; vim.lsp.codelens.run()]])
  wait_for('Push in the code lens pushes', [[return FindMessage('Updated `')]])
  check(remote_text(id):find('Changed for the code lens.', 1, true), 'the remote version has the change')
  wait_for('the code lens is refreshed', [[return FindLens('Up to date')]])
  change('Changed in the editor.')
  command('push', 'Updated `')
  wait_for('the code lens is refreshed after a command, too', [[return FindLens('Up to date')]])
end

local WINDOWS = [[
  return vim.tbl_map(function(window)
    local buffer = vim.api.nvim_win_get_buf(window)
    return { name = vim.api.nvim_buf_get_name(buffer), text = Text(buffer), diff = vim.wo[window].diff,
      modifiable = vim.bo[buffer].modifiable, servers = #vim.lsp.get_clients({ bufnr = buffer }),
      current = window == vim.api.nvim_get_current_win() }
  end, vim.api.nvim_tabpage_list_wins(0))
]]

-- The remote version is in the left window, the local one in the right window.
local function expect_diff_windows(id)
  wait_for('two windows are in diff mode', [[
    local left, right = unpack(vim.api.nvim_tabpage_list_wins(0))
    return right and vim.wo[left].diff and vim.wo[right].diff
  ]])
  local left, right = unpack(eval(WINDOWS))
  check(left.name == 'connspec-remote://' .. FILE and not left.modifiable and left.servers == 0,
    'the left one is read-only and has no server', vim.inspect(left))
  check(left.text == remote_text(id), 'it has the remote text', left.text)
  check(right.name == FILE and right.current and right.text:find('Not pushed yet.', 1, true),
    'the right one has the text of the buffer', vim.inspect(right))
  check(right.text ~= driver.read(FILE), 'not the one on disk')
end

local function close_remote_window()
  press('<C-w>h:quit<CR>')
  wait_for('closing the left one leaves diff mode', [[return #vim.api.nvim_tabpage_list_wins(0) == 1 and not vim.wo.diff]])
end

local function diff_compares_both_versions(id)
  set_description('Not pushed yet.')
  command('diff', 'Compared with `')
  expect_diff_windows(id)
  command('diff', 'Compared with `')
  expect_diff_windows(id)
  close_remote_window()
  eval('vim.api.nvim_win_set_cursor(0, { 1, 0 })')
  wait_for('the code lens offers Diff', [[ShowLenses() return FindLens('Diff')]])
  eval([[Choice = 'Diff'; vim.lsp.codelens.run()]])
  expect_diff_windows(id)
  close_remote_window()
end

local function remote_version_can_be_opened(id)
  command('openremote', 'Opened `')
  wait_for('the remote version is open', [[return vim.api.nvim_buf_get_name(0):find('^connspec%-remote:') and true]])
  check(eval('return Text()') == remote_text(id) and eval('return #vim.api.nvim_tabpage_list_wins(0)') == 2, 'in its own window')
  press(':quit<CR>')
  wait_for('which closes', [[return #vim.api.nvim_tabpage_list_wins(0) == 1]])
  eval('vim.cmd.edit(...)', vim.fn.fnameescape('connspec-remote://' .. FILE))
  wait_for('it can be opened by its URI', [[return Text():find('Lantern Mail', 1, true) and not vim.bo.modifiable]])
  eval('vim.cmd.edit(...)', FILE)
end

local function list_fills_the_quickfix_list()
  command('list', 'remote spec')
  wait_for('the quickfix list leads from the spec to its file', [[
    local name, file = ...
    return vim.iter(vim.fn.getqflist()):find(function(item)
      return item.text:find(name, 1, true) and item.text:find('registered', 1, true)
        and vim.api.nvim_buf_get_name(item.bufnr) == file
    end)
  ]], NAME, FILE)
  press(':cclose<CR>')
end

local function push_prompts_before_it_overwrites_remote_changes(id)
  local path = vim.env.WORK .. '/other/changed-connectionSpec.json'
  driver.write(path, (remote_text(id):gsub('Changed in the editor.', 'Changed by someone else.')))
  connspec('push', '--link', id, '--overwrite', '--yes', path)
  eval('Choice = nil')
  command('push', 'option `overwrite`')
  local prompt = eval('return Prompts[1]')
  check(prompt.prompt:find('description', 1, true) and vim.list_contains(prompt.choices, 'Overwrite'),
    'after a prompt', vim.inspect(prompt))
  check(remote_text(id):find('someone else', 1, true), 'a dismissed prompt overwrites nothing')
  eval([[Choice = 'Overwrite']])
  command('push', 'Updated `')
  check(remote_text(id):find('Not pushed yet.', 1, true), 'a confirmed one does')
end

local function options_are_validated()
  command('push dryRun', 'Dry run')
  command('push nonsense', 'nonsense')
  command('pull prefer=nobody', 'nobody')
  command('nothing', 'Unknown subcommand `nothing`')
end

local function a_profile_is_trusted_once()
  command('profile slow', 'Profile slow')
  expect_status_line('slow: not compared yet')
  eval('Choice = nil')
  command('list', 'connspec trust')
  local prompt = eval('return Prompts[1]').prompt
  check(prompt:find('reads `~/credentials.env`', 1, true), 'the prompt shows what the profile does', prompt)
  eval([[Choice = 'Trust']])
  command('list', 'remote spec')
  command('list', 'remote spec')
  check(eval('return #Prompts') == 0, 'the same is not confirmed twice')
  press(':cclose<CR>')
end

local function cancel_ends_a_push_before_it_writes()
  command('cancel', 'Nothing to cancel')
  eval('Messages, Progress = {}, {}')
  eval([[vim.api.nvim_create_autocmd('LspProgress', { callback = function(event)
    table.insert(Progress, event.data.params.value.title)
  end })]])
  press(':Connspec push<CR>')
  wait_for('progress is reported', [[return vim.list_contains(Progress, 'Pushing')]])
  command('cancel', 'Cancelled before')
  check(not driver.read(vim.env.WORK .. '/slow.log'):find('POST +%S*connectionSpecs'), 'nothing was sent')
  wait_for('the progress has ended', [[return not next(vim.lsp.get_clients({ bufnr = 0 })[1].progress.pending)]])
end

local function nothing_is_sent_without_trust()
  local before = driver.read(vim.env.WORK .. '/emulator.log')
  eval([[vim.lsp.config('connspec', { settings = { connspec = { trusted = false } } })]])
  driver.restart()
  for _, name in ipairs({ 'status', 'push', 'list', 'openRemote' }) do
    command(name, 'not trusted')
  end
  check(driver.read(vim.env.WORK .. '/emulator.log') == before, 'no requests were sent')
  eval([[vim.lsp.config('connspec', { settings = { connspec = { trusted = true } } })]])
  driver.restart()
  command('status', 'up to date')
end

return function()
  local id = push_creates_the_remote_spec()
  code_lens_pushes(id)
  diff_compares_both_versions(id)
  remote_version_can_be_opened(id)
  list_fills_the_quickfix_list()
  push_prompts_before_it_overwrites_remote_changes(id)
  options_are_validated()
  a_profile_is_trusted_once()
  cancel_ends_a_push_before_it_writes()
  nothing_is_sent_without_trust()
end
