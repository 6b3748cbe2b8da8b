-- The rest of the plugin: completion of `:Connspec`, a server that dies, the health check, the help.

local driver = require('driver')
local ask, keys, report, wait = driver.ask, driver.keys, driver.report, driver.wait

local ACME = vim.env.WORK .. '/files/acme-connectionSpec.json'

local function offered(line)
  return ask([[return vim.fn.getcompletion(..., 'cmdline')]], line)
end

-- The list is the server's: whatever it can do can be typed.
local function completes()
  driver.open(ACME)
  local commands = ask([[return vim.lsp.get_clients({ bufnr = 0 })[1].server_capabilities.executeCommandProvider.commands]])
  local names = offered('Connspec ')
  for _, command in ipairs(commands) do
    local name = command == 'connspec.selectProfile' and 'profile' or command:match('^connspec%.(.+)$')
    report(vim.list_contains(names, name), ':Connspec offers ' .. name, vim.inspect(names))
  end
  report(#names == #commands + 3, 'and cancel, log and restart', vim.inspect(names))
  report(vim.deep_equal(offered('silent Connspec pus'), { 'push' }), 'what begins as it is typed')
  report(vim.deep_equal(offered('Connspec push link=a for'), { 'force' }), 'options as well')
  report(vim.deep_equal(offered('Connspec pull prefer='), { 'prefer=here', 'prefer=there' }), 'and their values')
end

-- The processes of the servers that a restart has started: one for each folder.
local function restarted()
  local before = #driver.servers()
  driver.restart()
  local servers
  report(vim.wait(10000, function()
    servers = vim.list_slice(driver.servers(), before + 1)
    return #servers == ask([[return #vim.lsp.get_clients({ name = 'connspec' })]])
  end, 5), 'one for each folder', vim.inspect(servers))
  return servers
end

local function survives_its_server()
  keys([[:%s/"apikey"/"apiKey"/e<CR>]])
  wait('a mistake is mended and not saved', [[return not Found('required-not-declared', '"apikey"') and vim.bo.modified]])
  local servers = restarted()
  wait('a new server knows that', [[
    return Found('provider-mismatch', '"0ed90a81-07f4-4586-8190-b40eccef1c5b"') and not Found('required-not-declared', '"apikey"')
  ]])
  ask('Said = {}')
  for _, pid in ipairs(servers) do
    vim.uv.kill(tonumber(pid), 'sigkill')
  end
  wait('when its server is killed the editor says how to go on', [[return Heard(':Connspec restart')]])
  wait('and shows no findings that nobody looks after', [[return #vim.lsp.get_clients() == 0 and #vim.diagnostic.get(0) == 0]])
  driver.command('push', 'No server is running')
  report(#restarted() == #servers, 'as many as before')
  wait('the findings come back', [[return Found('provider-mismatch', '"0ed90a81-07f4-4586-8190-b40eccef1c5b"')]])
  report(ask([[return not Found('required-not-declared', '"apikey"') and vim.bo.modified]]), 'of the text that is not saved')
end

local function health()
  ask([[vim.cmd('silent checkhealth connspec')]])
  local text = ask('return Text()')
  ask('vim.cmd.bwipeout()')
  return text
end

local function says(text, words)
  report(text:find(words, 1, true), 'the health check says "' .. words .. '"', text)
end

local function is_healthy()
  driver.open(vim.env.WORK .. '/team/acme/acme-connectionSpec.json')
  local text = health()
  local version = vim.system({ vim.env.CONNSPEC, '--version' }, { text = true }):wait().stdout:match('^connspec %S+')
  for _, words in ipairs({ 'OK Neovim 0.', version .. ' at ' .. vim.env.WORK, 'OK It is enabled',
    'team/acme/acme-connectionSpec.json', 'connspec.toml: ' .. vim.env.WORK .. '/team/connspec.toml', 'Profile: as', 'Log: ' }) do
    says(text, words)
  end
  report(not text:find('ERROR', 1, true) and not text:find('WARNING', 1, true), 'and finds nothing wrong', text)
end

local function says_what_is_missing()
  ask([[
    vim.lsp.enable('connspec', false)
    vim.lsp.config('connspec', { cmd = { 'no-such-program', 'lsp' } })
  ]])
  wait('the servers end', [[return #vim.lsp.get_clients() == 0]])
  local text = health()
  for _, words in ipairs({ 'ERROR The program `no-such-program` is not found', 'cargo install --locked --path .', 'ERROR It is not enabled',
    "vim.lsp.enable('connspec')", 'is a connection spec without a server' }) do
    says(text, words)
  end
  ask([[
    vim.lsp.config('connspec', { cmd = { 'connspec', 'lsp' } })
    vim.lsp.enable('connspec')
  ]])
  driver.attached('a file again')
end

-- The tags are made in a copy: they are not part of the repository.
local function helps()
  local doc = vim.env.WORK .. '/help/doc'
  driver.write(doc .. '/connspec.txt', driver.read(vim.env.PLUGIN .. '/doc/connspec.txt'))
  ask('vim.cmd.helptags(...)', doc)
  ask('vim.opt.runtimepath:prepend(...)', vim.env.WORK .. '/help')
  local topics = { 'connspec', 'connspec-install', ':Connspec' }
  for _, name in ipairs(offered('Connspec ')) do
    table.insert(topics, ':Connspec-' .. name)
  end
  for _, topic in ipairs(topics) do
    report(pcall(ask, 'vim.cmd.help(...)', topic), ':help ' .. topic)
    report(ask('return vim.fn.expand("%:p")') == doc .. '/connspec.txt', 'is in its help file')
  end
  ask('vim.cmd.helpclose()')
end

return function()
  completes()
  survives_its_server()
  is_healthy()
  says_what_is_missing()
  helps()
end
