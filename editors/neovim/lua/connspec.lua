-- The sync status of connection specs, for the status line.

local client = require('connspec.client')

local M = {}

-- The last status of each spec, by URI.
local statuses = {}

--- Stores a status that the server has reported.
---@param status { uri: string, profile: string|vim.NIL, description: string }
function M.set_status(status)
  statuses[status.uri] = status
  vim.cmd.redrawstatus({ bang = true })
end

--- The profile and the sync status of a buffer's spec, such as `dev: local changes`. Empty for other buffers.
---@param bufnr? integer the current buffer by default
---@return string
function M.status(bufnr)
  bufnr = bufnr or vim.api.nvim_get_current_buf()
  local status = client.get(bufnr) and statuses[vim.uri_from_bufnr(bufnr)]
  if not status then return '' end
  -- Without a profile, the text is the reason.
  return type(status.profile) == 'string' and status.profile .. ': ' .. status.description or status.description
end

return M
