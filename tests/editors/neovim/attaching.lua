-- Where a server is started: for connection specs, by their name or by what is in them, and for no other JSON.

local driver = require('driver')
local ask, report, wait = driver.ask, driver.report, driver.wait

local KEYS = '{ "authSpec": [], "sourceSpec": {} }'

-- Each with what it is.
local NO_SPECS = {
  ['package.json'] = '{ "name": "acme", "scripts": {} }',
  ['answer.json'] = '{ "items": [' .. KEYS .. '] }',
  ['list.json'] = '[' .. KEYS .. ']',
  ['words.json'] = '{ "about": "a file with \\"authSpec\\": and \\"sourceSpec\\":", "authSpec": "", "is": "sourceSpec" }',
  ['left-out.json'] = '{\n  // "authSpec": [],\n  /* "providerId":\n "x" */ "sourceSpec": {} }',
}

local SPECS = {
  ['by-content.json'] = KEYS,
  ['broken.json'] = '{ "name": "acme, \n "authSpec": [], ] \n "odd": "}\\"", { \n }, "sourceSpec" : {',
  ['middle.json'] = '{ "authSpec": [ { "name": "x" ], "sourceSpec": {} }',
  ['commented.json'] = '// "x" {\n{ /* { [ */ "authSpec": "//", "sourceSpec": {} }',
  ['Empty-ConnectionSpec.json'] = '',
}

local function file(name, text)
  local path = vim.env.WORK .. '/kinds/' .. name
  driver.write(path, text)
  return path
end

-- Whether the program takes a file for a connection spec. What it finds in it does not matter here.
local function is_spec(path)
  local done = vim.system({ vim.env.CONNSPEC, 'check', path }, { text = true }):wait()
  return not done.stderr:find('is no connection spec', 1, true)
end

local function ignores_other_json()
  for name, text in vim.spairs(NO_SPECS) do
    local path = file(name, text)
    report(not is_spec(path), name .. ' is none to the program')
    ask('vim.cmd.edit(...)', path)
    -- The decision is made while the file is read; the start that would follow is queued behind it.
    wait(name .. ' is read as JSON', [[
      local ready = vim.bo.filetype == 'json' and Turned == vim.api.nvim_get_current_buf()
      local buffer = vim.api.nvim_get_current_buf()
      vim.schedule(function() Turned = buffer end)
      return ready
    ]])
    report(ask('return #vim.lsp.get_clients({ bufnr = 0, _uninitialized = true })') == 0, 'and gets no server')
  end
  report(#driver.servers() == 0, 'no process was started for any of them', vim.inspect(driver.servers()))
end

local function takes_specs()
  for name, text in vim.spairs(SPECS) do
    local path = file(name, text)
    report(is_spec(path), name .. ' is one to the program')
    driver.open(path)
  end
  report(ask([[return #vim.lsp.get_clients({ name = 'connspec' })]]) == 1, 'one server has them all')
  ask('vim.cmd.edit(...)', file('changing.json', KEYS))
  driver.attached('changing.json')
  ask([[vim.bo.filetype = 'yaml']])
  wait('it leaves a buffer that is no JSON any more', [[return #vim.lsp.get_clients({ bufnr = 0 }) == 0]])
  ask([[vim.bo.filetype = 'jsonc']])
  driver.attached('changing.json, now JSON with comments,')
end

local function knows_the_root()
  driver.write(vim.env.WORK .. '/team/connspec.toml', '')
  driver.write(vim.env.WORK .. '/team/acme/acme-connectionSpec.json', KEYS)
  driver.open(vim.env.WORK .. '/team/acme/acme-connectionSpec.json')
  report(ask([[return vim.lsp.get_clients({ bufnr = 0 })[1].root_dir]]) == vim.env.WORK .. '/team',
    'its folder is that of connspec.toml')
end

return function()
  ignores_other_json()
  takes_specs()
  knows_the_root()
end
