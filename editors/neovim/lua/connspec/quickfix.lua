-- Locations and specs in the location list and the quickfix list.

local client = require('connspec.client')

local M = {}

--- Shows the references that a code lens counts in the location list.
---@param command lsp.Command its arguments: a URI, a position, the locations
---@param context lsp.HandlerContext
function M.references(command, context)
  local encoding = assert(vim.lsp.get_client_by_id(context.client_id)).offset_encoding
  local items = vim.lsp.util.locations_to_items(command.arguments[3], encoding)
  vim.fn.setloclist(0, {}, ' ', { title = command.title, items = items })
  vim.cmd.lopen()
end

local function describe(spec)
  local registered = { [true] = 'registered', [false] = 'not registered' }
  local parts = { spec.name, spec.type, spec.id, registered[spec.registered] }
  return table.concat(vim.tbl_filter(function(part) return type(part) == 'string' end, parts), '  ')
end

-- The directory of the state file, which the paths in the server's result are relative to.
local function state_dir(command, context)
  local uri = command.arguments and command.arguments[1]
  local root = assert(vim.lsp.get_client_by_id(context.client_id)).root_dir
  local start = type(uri) == 'string' and vim.fs.dirname(vim.uri_to_fname(uri)) or root or vim.uv.cwd()
  local state = vim.fs.find('connspec.state.json', { path = start, upward = true })[1]
  return state and vim.fs.dirname(state)
end

--- Shows the remote specs in the quickfix list. The linked ones lead to their files.
---@param command lsp.Command
---@param context lsp.HandlerContext
function M.specs(command, context)
  client.execute(command, context, function(result)
    local dir = state_dir(command, context)
    local items = vim.tbl_map(function(spec)
      local file = dir and type(spec.file) == 'string' and vim.fs.joinpath(dir, spec.file) or nil
      return { filename = file, lnum = file and 1, valid = file and 1 or 0, text = describe(spec) }
    end, result.specs)
    vim.fn.setqflist({}, ' ', { title = result.message, items = items })
    if #items > 0 then vim.cmd.copen() end
  end)
end

return M
