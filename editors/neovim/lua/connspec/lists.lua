-- What is shown as a list of places.

local client = require('connspec.client')

local M = {}

--- The places that a line above something counts, in the location list.
---@param command lsp.Command an address, a position in it, the places
---@param context lsp.HandlerContext
function M.references(command, context)
  local encoding = assert(vim.lsp.get_client_by_id(context.client_id)).offset_encoding
  local items = vim.lsp.util.locations_to_items(command.arguments[3], encoding)
  vim.fn.setloclist(0, {}, ' ', { title = command.title, items = items })
  vim.cmd.lopen()
end

local function line(spec)
  local registered = { [true] = 'registered', [false] = 'not registered' }
  local words = { spec.name, spec.type, spec.id, registered[spec.registered] }
  return table.concat(vim.tbl_filter(function(word) return type(word) == 'string' end, words), '  ')
end

-- The folder of the file that remembers what was pushed: the server names files from there.
local function folder(command, context)
  local uri = command.arguments and command.arguments[1]
  local root = assert(vim.lsp.get_client_by_id(context.client_id)).root_dir
  local from = type(uri) == 'string' and vim.fs.dirname(vim.uri_to_fname(uri)) or root or vim.uv.cwd()
  local state = vim.fs.find('connspec.state.json', { path = from, upward = true })[1]
  return state and vim.fs.dirname(state)
end

--- The specs of the service, in the quickfix list; those that a file is linked to lead there.
---@param command lsp.Command
---@param context lsp.HandlerContext
function M.specs(command, context)
  client.execute(command, context, function(answer)
    local from = folder(command, context)
    local items = vim.tbl_map(function(spec)
      local file = from and type(spec.file) == 'string' and vim.fs.joinpath(from, spec.file) or nil
      return { filename = file, lnum = file and 1, valid = file and 1 or 0, text = line(spec) }
    end, answer.specs)
    vim.fn.setqflist({}, ' ', { title = answer.message, items = items })
    if #items > 0 then vim.cmd.copen() end
  end)
end

return M
