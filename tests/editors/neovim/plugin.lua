-- Completion of `:Connspec`, crashes and restarts, the health check, the help file.

local driver = require('driver')
local check, eval, press, wait_for = driver.check, driver.eval, driver.press, driver.wait_for

local ACME = vim.env.WORK .. '/files/acme-connectionSpec.json'
local WRONG_PROVIDER = [[FindDiagnostic('provider-mismatch', '"0ed90a81-07f4-4586-8190-b40eccef1c5b"')]]
local UNDECLARED = [[FindDiagnostic('required-not-declared', '"apikey"')]]

local function completions(line)
  return eval([[return vim.fn.getcompletion(..., 'cmdline')]], line)
end

local function completion_offers_subcommands_and_options()
  driver.open(ACME)
  local commands = eval([[return vim.lsp.get_clients({ bufnr = 0 })[1].server_capabilities.executeCommandProvider.commands]])
  local names = completions('Connspec ')
  for _, command in ipairs(commands) do
    local name = command == 'connspec.selectProfile' and 'profile' or command:match('^connspec%.(.+)$')
    check(vim.list_contains(names, name), ':Connspec offers ' .. name, vim.inspect(names))
  end
  check(#names == #commands + 3, 'and cancel, log and restart', vim.inspect(names))
  check(vim.deep_equal(completions('silent Connspec pus'), { 'push' }), 'a subcommand is completed')
  check(vim.deep_equal(completions('Connspec push link=a for'), { 'force' }), 'an option is completed')
  check(vim.deep_equal(completions('Connspec pull prefer='), { 'prefer=local', 'prefer=remote' }), 'a value is completed')
end

-- Restarts the servers and returns the process IDs of the new ones, one for each root directory.
local function restart()
  local before = #driver.server_pids()
  driver.restart()
  local pids
  check(vim.wait(10000, function()
    pids = vim.list_slice(driver.server_pids(), before + 1)
    return #pids == eval([[return #vim.lsp.get_clients({ name = 'connspec' })]])
  end, 5), 'one server for each root directory', vim.inspect(pids))
  return pids
end

local function a_crashed_server_can_be_restarted()
  press([[:%s/"apikey"/"apiKey"/e<CR>]])
  wait_for('a problem is fixed and not saved', ('return not %s and vim.bo.modified'):format(UNDECLARED))
  local pids = restart()
  wait_for('the new server knows the unsaved text', ('return %s and not %s'):format(WRONG_PROVIDER, UNDECLARED))
  eval('Messages = {}')
  for _, pid in ipairs(pids) do
    vim.uv.kill(tonumber(pid), 'sigkill')
  end
  wait_for('a crash is reported with a way out', [[return FindMessage(':Connspec restart')]])
  wait_for('the diagnostics are removed', [[return #vim.lsp.get_clients() == 0 and #vim.diagnostic.get(0) == 0]])
  driver.command('push', 'The server is not running')
  check(#restart() == #pids, 'as many servers as before')
  wait_for('the diagnostics are back', 'return ' .. WRONG_PROVIDER)
  check(eval(('return not %s and vim.bo.modified'):format(UNDECLARED)), 'for the unsaved text')
end

local function health_report()
  eval([[vim.cmd('silent checkhealth connspec')]])
  local text = eval('return Text()')
  eval('vim.cmd.bwipeout()')
  return text
end

local function check_report(report, ...)
  for _, text in ipairs({ ... }) do
    check(report:find(text, 1, true), 'the health check reports "' .. text .. '"', report)
  end
end

local function health_check_of_a_working_installation()
  driver.open(vim.env.WORK .. '/team/acme/acme-connectionSpec.json')
  local report = health_report()
  local version = vim.system({ vim.env.CONNSPEC, '--version' }, { text = true }):wait().stdout:match('^connspec %S+')
  check_report(report, 'OK Neovim 0.', version .. ' at ' .. vim.env.WORK, 'OK The server is enabled',
    'Attached to ', 'team/acme/acme-connectionSpec.json', 'connspec.toml: ' .. vim.env.WORK .. '/team/connspec.toml',
    'Profile: set by', 'Log: ')
  check(not report:find('ERROR', 1, true) and not report:find('WARNING', 1, true), 'and no problems', report)
end

local function health_check_of_a_broken_installation()
  eval([[
    vim.lsp.enable('connspec', false)
    vim.lsp.config('connspec', { cmd = { 'no-such-program', 'lsp' } })
  ]])
  wait_for('the servers exit', [[return #vim.lsp.get_clients() == 0]])
  check_report(health_report(), 'ERROR `no-such-program` is not executable', 'cargo install --locked --path .',
    'ERROR The server is not enabled', "vim.lsp.enable('connspec')", 'is a connection spec without a server')
  eval([[
    vim.lsp.config('connspec', { cmd = { 'connspec', 'lsp' } })
    vim.lsp.enable('connspec')
  ]])
  driver.wait_attached('a file again')
end

-- The tags are generated in a copy, since they are not part of the repository.
local function help_has_all_subcommands()
  local doc = vim.env.WORK .. '/help/doc'
  driver.write(doc .. '/connspec.txt', driver.read(vim.env.PLUGIN .. '/doc/connspec.txt'))
  eval('vim.cmd.helptags(...)', doc)
  eval('vim.opt.runtimepath:prepend(...)', vim.env.WORK .. '/help')
  local topics = { 'connspec', 'connspec-install', ':Connspec' }
  for _, name in ipairs(completions('Connspec ')) do
    table.insert(topics, ':Connspec-' .. name)
  end
  for _, topic in ipairs(topics) do
    check(pcall(eval, 'vim.cmd.help(...)', topic), ':help ' .. topic)
    check(eval('return vim.fn.expand("%:p")') == doc .. '/connspec.txt', 'is in the help file of the plugin')
  end
  eval('vim.cmd.helpclose()')
end

return function()
  completion_offers_subcommands_and_options()
  a_crashed_server_can_be_restarted()
  health_check_of_a_working_installation()
  health_check_of_a_broken_installation()
  help_has_all_subcommands()
end
