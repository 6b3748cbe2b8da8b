-- `:Connspec`: its subcommands are those of the server and a few local ones.

local client = require('connspec.client')

local M = {}

local LOCAL = { cancel = client.cancel, log = client.open_log, restart = client.restart }

-- Shorter names for commands of the server.
local ALIASES = { selectProfile = 'profile' }

-- The server's commands that need no document.
local WITHOUT_DOCUMENT = { ['connspec.list'] = true, ['connspec.selectProfile'] = true }

-- Offered by completion. The server validates what is entered.
local OPTIONS = {
  push = { 'link=', 'create', 'force', 'overwrite', 'register=false', 'dryRun' },
  pull = { 'link=', 'prefer=local', 'prefer=remote', 'dryRun' },
  register = { 'dryRun' },
  diff = { 'link=' },
  openRemote = { 'link=' },
}

-- The server's commands by the name of their subcommand.
local function server_commands(server)
  local provider = server and server.server_capabilities.executeCommandProvider or {}
  local found = {}
  for _, command in ipairs(provider.commands or {}) do
    local name = command:match('^connspec%.(.+)$')
    if name then found[ALIASES[name] or name] = command end
  end
  return found
end

-- Looks up a key, ignoring case.
local function lookup(entries, key)
  for name, entry in pairs(entries) do
    if name:lower() == key:lower() then return entry end
  end
end

local function subcommands(server)
  local names = vim.list_extend(vim.tbl_keys(LOCAL), vim.tbl_keys(server_commands(server)))
  table.sort(names)
  return names
end

-- `link=ID` and `force` as the object that the server expects.
local function parse_options(command, args)
  local options = {}
  for _, arg in ipairs(args) do
    local name, value = arg:match('^(%w+)=(.*)$')
    if name then
      if value == 'true' or value == 'false' then value = value == 'true' end
      options[name] = value
    elseif command == 'connspec.selectProfile' then
      options.profile = arg
    else
      options[arg] = true
    end
  end
  return options
end

--- Runs `:Connspec`.
---@param args string[] a subcommand and its options
function M.run(args)
  local name, bufnr = table.remove(args, 1), vim.api.nvim_get_current_buf()
  local run_local = lookup(LOCAL, name)
  if run_local then return run_local() end
  local attached = client.get(bufnr)
  local server = attached or client.get()
  if not server then
    return client.error('The server is not running. Run `:checkhealth connspec` to find out why.')
  end
  local command = lookup(server_commands(server), name)
  if not command then
    local known = table.concat(subcommands(server), ', ')
    return client.error(('Unknown subcommand `%s`. Available: %s.'):format(name, known))
  end
  if not attached and not WITHOUT_DOCUMENT[command] then
    return client.error('Not a connection spec, or the server is not attached. Run `:checkhealth connspec` to find out why.')
  end
  local options = parse_options(command, args)
  local arguments = { attached and vim.uri_from_bufnr(bufnr) or vim.NIL }
  if next(options) then table.insert(arguments, options) end
  local call = { title = 'Connspec ' .. name, command = command, arguments = arguments }
  server:exec_cmd(call, { bufnr = bufnr }, function(err)
    if err then client.error(err.message) end
  end)
end

--- Completes the subcommand or option at the cursor.
---@param lead string the part of it before the cursor
---@param line string the command line up to the cursor
---@return string[]
function M.complete(lead, line)
  -- Modifiers such as `silent` may precede the command.
  local args = vim.split(line:match('%u%a*!?%s+(.*)$') or '', '%s+', { trimempty = true })
  if lead ~= '' then table.remove(args) end
  local candidates
  if #args == 0 then
    candidates = subcommands(client.get(0) or client.get())
  else
    local options = lookup(OPTIONS, args[1]) or {}
    candidates = vim.tbl_filter(function(option) return not vim.list_contains(args, option) end, options)
  end
  return vim.tbl_filter(function(candidate) return vim.startswith(candidate:lower(), lead:lower()) end, candidates)
end

return M
