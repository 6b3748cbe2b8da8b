-- The server is started for connection specs, by their name or their content, and for no other JSON.

local driver = require('driver')
local check, eval, wait_for = driver.check, driver.eval, driver.wait_for

local KEYS = '{ "authSpec": [], "sourceSpec": {} }'

local OTHER_JSON = {
  ['package.json'] = '{ "name": "acme", "scripts": {} }',
  ['response.json'] = '{ "items": [' .. KEYS .. '] }',
  ['array.json'] = '[' .. KEYS .. ']',
  ['keys-in-strings.json'] = '{ "about": "a file with \\"authSpec\\": and \\"sourceSpec\\":", "authSpec": "", "is": "sourceSpec" }',
  ['keys-in-comments.json'] = '{\n  // "authSpec": [],\n  /* "providerId":\n "x" */ "sourceSpec": {} }',
}

local SPECS = {
  ['by-content.json'] = KEYS,
  ['malformed.json'] = '{ "name": "acme, \n "authSpec": [], ] \n "odd": "}\\"", { \n }, "sourceSpec" : {',
  ['missing-bracket.json'] = '{ "authSpec": [ { "name": "x" ], "sourceSpec": {} }',
  ['comments.json'] = '// "x" {\n{ /* { [ */ "authSpec": "//", "sourceSpec": {} }',
  ['Empty-ConnectionSpec.json'] = '',
}

local function write(name, text)
  local path = vim.env.WORK .. '/detect/' .. name
  driver.write(path, text)
  return path
end

-- Whether the command line treats a file as a spec: it reports problems for specs only, and all of these specs have some.
local function is_spec(path)
  local result = vim.system({ vim.env.CONNSPEC, 'check', '--format', 'json', path }, { text = true }):wait()
  return #vim.json.decode(result.stdout).files[1].diagnostics > 0
end

local function other_json_is_ignored()
  for name, text in vim.spairs(OTHER_JSON) do
    local path = write(name, text)
    check(not is_spec(path), name .. ' is not a spec on the command line')
    eval('vim.cmd.edit(...)', path)
    -- The decision is made while the file is read; a start would be scheduled after that.
    wait_for(name .. ' is open', [[
      local ready = vim.bo.filetype == 'json' and Scheduled == vim.api.nvim_get_current_buf()
      local buffer = vim.api.nvim_get_current_buf()
      vim.schedule(function() Scheduled = buffer end)
      return ready
    ]])
    check(eval('return #vim.lsp.get_clients({ bufnr = 0, _uninitialized = true })') == 0, 'and has no server')
  end
  check(#driver.server_pids() == 0, 'no process was started for any of them', vim.inspect(driver.server_pids()))
end

local function specs_are_detected()
  for name, text in vim.spairs(SPECS) do
    local path = write(name, text)
    check(is_spec(path), name .. ' is a spec on the command line')
    driver.open(path)
  end
  check(eval([[return #vim.lsp.get_clients({ name = 'connspec' })]]) == 1, 'one server is attached to all of them')
  eval('vim.cmd.edit(...)', write('changing.json', KEYS))
  driver.wait_attached('changing.json')
  eval([[vim.bo.filetype = 'yaml']])
  wait_for('it detaches when the filetype is not JSON any more', [[return #vim.lsp.get_clients({ bufnr = 0 }) == 0]])
  eval([[vim.bo.filetype = 'jsonc']])
  driver.wait_attached('changing.json as jsonc')
end

local function root_is_the_directory_of_connspec_toml()
  driver.write(vim.env.WORK .. '/team/connspec.toml', '')
  driver.write(vim.env.WORK .. '/team/acme/acme-connectionSpec.json', KEYS)
  driver.open(vim.env.WORK .. '/team/acme/acme-connectionSpec.json')
  check(eval([[return vim.lsp.get_clients({ bufnr = 0 })[1].root_dir]]) == vim.env.WORK .. '/team',
    'the root is the directory of connspec.toml')
end

return function()
  other_json_is_ignored()
  specs_are_detected()
  root_is_the_directory_of_connspec_toml()
end
