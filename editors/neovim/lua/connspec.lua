-- What a status line shows of the connection spec in a buffer.

local client = require('connspec.client')

local M = {}

-- What the servers have told, by the address of the document.
local states = {}

--- Takes note of how a spec stands.
---@param state { uri: string, profile: string|vim.NIL, words: string }
function M.learn(state)
  states[state.uri] = state
  vim.cmd.redrawstatus({ bang = true })
end

--- The profile that counts and how the spec stands, as far as that is known; nothing for what is no spec.
---@param bufnr? integer the current buffer when left out
---@return string
function M.status(bufnr)
  bufnr = bufnr or vim.api.nvim_get_current_buf()
  local state = client.get(bufnr) and states[vim.uri_from_bufnr(bufnr)]
  if not state then return '' end
  -- Without a profile the words say why.
  return type(state.profile) == 'string' and state.profile .. ': ' .. state.words or state.words
end

return M
