-- A spec and the service, which is an emulator here: push, the line above the spec, diff, questions, cancelling.

local driver = require('driver')
local ask, command, connspec, keys, report, wait =
  driver.ask, driver.command, driver.connspec, driver.keys, driver.report, driver.wait

local FILE = vim.env.WORK .. '/service/lantern-connectionSpec.json'
local NAME = 'Lantern Mail subscribers'

-- The specs of the service that have the name.
local function there()
  local specs = vim.json.decode(connspec('list', '--format', 'json')).specs
  return vim.tbl_filter(function(spec) return spec.name == NAME end, specs)
end

-- The text of the service, as the command line brings it.
local function text_there(id)
  local path = vim.env.WORK .. '/other/there-connectionSpec.json'
  os.remove(path)
  connspec('pull', '--link', id, path)
  return driver.read(path)
end

local function set_description(words)
  ask([[
    for number = 1, vim.api.nvim_buf_line_count(0) do
      if Line(number):find('^  "description": ') then
        return vim.api.nvim_buf_set_lines(0, number - 1, number, false, { ('  "description": "%s",'):format(...) })
      end
    end
  ]], words)
end

-- What the status line of the manual says.
local function status_says(words)
  wait('the status line says "' .. words .. '"', [[
    return vim.api.nvim_eval_statusline("%{v:lua.require'connspec'.status()}", {}).str == ...
  ]], words)
end

local function pushes()
  ask('vim.cmd.enew()')
  status_says('')
  driver.open(FILE)
  status_says('env: not compared yet')
  report(#there() == 0, 'it is not on the service')
  command('push', 'Created as `')
  local found = there()
  report(#found == 1 and found[1].registered, 'afterwards it is there, and registered', vim.inspect(found))
  status_says('env: up to date')
  command('status', 'up to date')
  return found[1].id
end

-- Changes the text and waits until the line above it says so.
local function changes_here(words)
  set_description(words)
  ask('vim.api.nvim_win_set_cursor(0, { 1, 0 })')
  wait('the line above changes with the text', [[Show_lenses() return Lens('changed here')]])
  status_says('env: changed here')
  wait('no answer is on its way', [[return not next(vim.lsp.get_clients({ bufnr = 0 })[1].requests)]])
end

local function pushes_by_the_line_above(id)
  ask('Show_lenses()')
  wait('a line above it tells how it stands', [[return Lens('up to date')]])
  changes_here('Changed by the line above.')
  ask([[Said, Choice = {}, 'Push'; vim.lsp.codelens.run()]])
  wait('Push in that line pushes', [[return Heard('Updated `')]])
  report(text_there(id):find('Changed by the line above.', 1, true), 'the service has the new text')
  wait('the line says so', [[return Lens('up to date')]])
  changes_here('Changed in the editor.')
  command('push', 'Updated `')
  wait('also after a command, drawn anew by itself', [[return Lens('up to date')]])
end

local SIDES = [[
  return vim.tbl_map(function(window)
    local buffer = vim.api.nvim_win_get_buf(window)
    return { name = vim.api.nvim_buf_get_name(buffer), text = Text(buffer), diff = vim.wo[window].diff,
      modifiable = vim.bo[buffer].modifiable, servers = #vim.lsp.get_clients({ bufnr = buffer }),
      current = window == vim.api.nvim_get_current_win() }
  end, vim.api.nvim_tabpage_list_wins(0))
]]

-- Two windows of which the left one has the text of the service.
local function sees_both(id)
  wait('two windows are compared', [[
    local left, right = unpack(vim.api.nvim_tabpage_list_wins(0))
    return right and vim.wo[left].diff and vim.wo[right].diff
  ]])
  local left, right = unpack(ask(SIDES))
  report(left.name == 'connspec-remote://' .. FILE and not left.modifiable and left.servers == 0,
    'the left one is only read and has no server', vim.inspect(left))
  report(left.text == text_there(id), 'it has the text of the service', left.text)
  report(right.name == FILE and right.current and right.text:find('Not pushed yet.', 1, true),
    'the right one is the file, as it is on screen', vim.inspect(right))
  report(right.text ~= driver.read(FILE), 'which is not what is on disk')
end

local function compares(id)
  set_description('Not pushed yet.')
  command('diff', 'Differs from `')
  sees_both(id)
  command('diff', 'Differs from `')
  sees_both(id)
  keys('<C-w>h:quit<CR>')
  wait('closing the left one ends it', [[return #vim.api.nvim_tabpage_list_wins(0) == 1 and not vim.wo.diff]])
  ask('vim.api.nvim_win_set_cursor(0, { 1, 0 })')
  wait('the line above offers it too', [[Show_lenses() return Lens('Diff')]])
  ask([[Choice = 'Diff'; vim.lsp.codelens.run()]])
  sees_both(id)
  keys('<C-w>h:quit<CR>')
  wait('and ends the same way', [[return #vim.api.nvim_tabpage_list_wins(0) == 1 and not vim.wo.diff]])
end

local function reads_there(id)
  command('openremote', 'as the service has it')
  wait('the text of the service has a window', [[return vim.api.nvim_buf_get_name(0):find('^connspec%-remote:') and true]])
  report(ask('return Text()') == text_there(id) and ask('return #vim.api.nvim_tabpage_list_wins(0)') == 2, 'of its own')
  keys(':quit<CR>')
  wait('which closes', [[return #vim.api.nvim_tabpage_list_wins(0) == 1]])
  ask('vim.cmd.edit(...)', vim.fn.fnameescape('connspec-remote://' .. FILE))
  wait('its address can be opened as well', [[return Text():find('Lantern Mail', 1, true) and not vim.bo.modifiable]])
  ask('vim.cmd.edit(...)', FILE)
end

local function lists()
  command('list', 'There ')
  wait('the list has the spec and its file', [[
    local name, file = ...
    return vim.iter(vim.fn.getqflist()):find(function(item)
      return item.text:find(name, 1, true) and item.text:find('registered', 1, true)
        and vim.api.nvim_buf_get_name(item.bufnr) == file
    end)
  ]], NAME, FILE)
  keys(':cclose<CR>')
end

-- Someone else has changed it on the service.
local function asks(id)
  local path = vim.env.WORK .. '/other/theirs-connectionSpec.json'
  driver.write(path, (text_there(id):gsub('Changed in the editor.', 'Changed by someone else.')))
  connspec('push', '--link', id, '--overwrite', '--yes', path)
  ask('Choice = nil')
  command('push', 'option `overwrite`')
  local asked = ask('return Asked[1]')
  report(asked.prompt:find('description', 1, true) and vim.list_contains(asked.choices, 'Overwrite'),
    'after it has asked what is to be done', vim.inspect(asked))
  report(text_there(id):find('someone else', 1, true), 'unanswered, nothing is overwritten')
  ask([[Choice = 'Overwrite']])
  command('push', 'Updated `')
  report(text_there(id):find('Not pushed yet.', 1, true), 'answered, it is')
end

local function takes_options()
  command('push dryRun', 'Nothing to do')
  command('push nonsense', 'nonsense')
  command('pull prefer=nobody', 'nobody')
  command('nothing', 'There is no `:Connspec nothing`')
end

local function cancels()
  command('cancel', 'Nothing is going on')
  command('profile slow', 'The profile `slow` counts')
  status_says('slow: not compared yet')
  ask('Said, Progress = {}, {}')
  ask([[vim.api.nvim_create_autocmd('LspProgress', { callback = function(event)
    table.insert(Progress, event.data.params.value.title)
  end })]])
  keys(':Connspec push<CR>')
  wait('the editor is told that it goes on', [[return vim.list_contains(Progress, 'Pushing the spec')]])
  command('cancel', 'Cancelled before anything was written.')
  report(not driver.read(vim.env.WORK .. '/slow.log'):find('POST +%S*connectionSpecs'), 'nothing was sent to the service')
  wait('nothing goes on any more', [[return not next(vim.lsp.get_clients({ bufnr = 0 })[1].progress.pending)]])
end

local function is_not_trusted()
  local before = driver.read(vim.env.WORK .. '/emulator.log')
  ask([[vim.lsp.config('connspec', { settings = { connspec = { trusted = false } } })]])
  driver.restart()
  for _, name in ipairs({ 'status', 'push', 'list', 'openRemote' }) do
    command(name, 'This workspace is not trusted')
  end
  report(driver.read(vim.env.WORK .. '/emulator.log') == before, 'and the service was asked nothing')
  ask([[vim.lsp.config('connspec', { settings = { connspec = { trusted = true } } })]])
  driver.restart()
  command('status', 'is up to date')
end

return function()
  local id = pushes()
  pushes_by_the_line_above(id)
  compares(id)
  reads_there(id)
  lists()
  asks(id)
  takes_options()
  cancels()
  is_not_trusted()
end
