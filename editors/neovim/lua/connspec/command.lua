-- The command `:Connspec`. What the server can do it says itself; here is only what a person may write behind it.

local client = require('connspec.client')

local M = {}

-- What is done here and not by the server.
local OWN = { cancel = client.cancel, log = client.log, restart = client.restart }

-- A shorter name of one of the server's commands.
local SHORT = { selectProfile = 'profile' }

-- The commands that are not about a document.
local ALONE = { ['connspec.list'] = true, ['connspec.selectProfile'] = true }

-- What is offered behind a command. The server judges what is written.
local OPTIONS = {
  push = { 'link=', 'create', 'force', 'overwrite', 'register=false', 'dryRun' },
  pull = { 'link=', 'prefer=here', 'prefer=there' },
  diff = { 'link=' },
  openRemote = { 'link=' },
}

-- The server's commands, by the name that a person writes.
local function commands(server)
  local provider = server and server.server_capabilities.executeCommandProvider or {}
  local found = {}
  for _, command in ipairs(provider.commands or {}) do
    local name = command:match('^connspec%.(.+)$')
    if name then found[SHORT[name] or name] = command end
  end
  return found
end

-- The entry of a table under a name in whatever capitals.
local function any_case(entries, wanted)
  for name, entry in pairs(entries) do
    if name:lower() == wanted:lower() then return entry, name end
  end
end

local function names(server)
  local all = vim.list_extend(vim.tbl_keys(OWN), vim.tbl_keys(commands(server)))
  table.sort(all)
  return all
end

-- `link=ID` and `force` as the server takes them.
local function options(command, words)
  local found = {}
  for _, word in ipairs(words) do
    local name, value = word:match('^(%w+)=(.*)$')
    if name then
      if value == 'true' or value == 'false' then value = value == 'true' end
      found[name] = value
    elseif command == 'connspec.selectProfile' then
      found.profile = word
    else
      found[word] = true
    end
  end
  return found
end

--- Carries out `:Connspec`.
---@param words string[] the name of a command, then options
function M.run(words)
  local name, bufnr = table.remove(words, 1), vim.api.nvim_get_current_buf()
  local own = any_case(OWN, name)
  if own then return own() end
  local attached = client.get(bufnr)
  local server = attached or client.get()
  if not server then
    return client.fail('No server is running. `:checkhealth connspec` says what is missing.')
  end
  local command = any_case(commands(server), name)
  if not command then
    local known = table.concat(names(server), ', ')
    return client.fail(('There is no `:Connspec %s`. There are: %s.'):format(name, known))
  end
  if not attached and not ALONE[command] then
    return client.fail('This buffer is no connection spec that the server knows. `:checkhealth connspec` says why.')
  end
  local found = options(command, words)
  local arguments = { attached and vim.uri_from_bufnr(bufnr) or vim.NIL }
  if next(found) then table.insert(arguments, found) end
  local call = { title = 'Connspec ' .. name, command = command, arguments = arguments }
  server:exec_cmd(call, { bufnr = bufnr }, function(problem)
    if problem then client.fail(problem.message) end
  end)
end

--- What can stand at the cursor.
---@param lead string what is written of it
---@param line string the line up to the cursor
---@return string[]
function M.complete(lead, line)
  -- What stands before it may be a modifier such as `silent`.
  local words = vim.split(line:match('%u%a*!?%s+(.*)$') or '', '%s+', { trimempty = true })
  if lead ~= '' then table.remove(words) end
  local offered
  if #words == 0 then
    offered = names(client.get(0) or client.get())
  else
    local known = any_case(OPTIONS, words[1]) or {}
    offered = vim.tbl_filter(function(option) return not vim.list_contains(words, option) end, known)
  end
  return vim.tbl_filter(function(offer) return vim.startswith(offer:lower(), lead:lower()) end, offered)
end

return M
