-- Read-only buffers with the remote version of a spec, alone or in diff mode beside the local one.

local client = require('connspec.client')

local M = {}

-- Texts from command results, by buffer name, until their buffer is read.
local pending = {}

local function fill(bufnr, text)
  if not vim.api.nvim_buf_is_valid(bufnr) then return end
  vim.bo[bufnr].modifiable = true
  vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, vim.split((text:gsub('\n$', '')), '\r?\n'))
  vim.bo[bufnr].modifiable, vim.bo[bufnr].modified = false, false
end

-- The server of the local file.
local function server_of(uri)
  local file = vim.uri_to_fname((uri:gsub('^connspec%-remote:', 'file:')))
  return vim.fn.bufexists(file) == 1 and client.get(vim.fn.bufnr(file)) or client.get()
end

--- Reads a buffer `connspec-remote:…`.
---@param bufnr integer
function M.read(bufnr)
  local uri = vim.api.nvim_buf_get_name(bufnr)
  -- Before 'filetype': no server is attached to buffers with a 'buftype'.
  vim.bo[bufnr].buftype, vim.bo[bufnr].bufhidden, vim.bo[bufnr].swapfile = 'nofile', 'wipe', false
  vim.bo[bufnr].modifiable, vim.bo[bufnr].filetype = false, 'json'
  local text = pending[uri]
  pending[uri] = nil
  if text then return fill(bufnr, text) end
  local server = server_of(uri)
  if not server then return client.error('Cannot read ' .. uri .. ': the server is not running.') end
  server:request('connspec/remote', { uri = uri }, function(err, result)
    if err then return client.error(err.message) end
    fill(bufnr, result.text)
  end)
end

-- The window with the remote version: an existing one in the tab page, or a new one to the left of `local_win`.
local function remote_window(result, local_win)
  local bufnr = vim.fn.bufadd(result.uri)
  if vim.api.nvim_buf_is_loaded(bufnr) then
    fill(bufnr, result.text)
  else
    pending[result.uri] = result.text
    vim.fn.bufload(bufnr)
  end
  local tab = vim.api.nvim_win_get_tabpage(local_win)
  for _, win in ipairs(vim.fn.win_findbuf(bufnr)) do
    if vim.api.nvim_win_get_tabpage(win) == tab then return win, bufnr end
  end
  return vim.api.nvim_open_win(bufnr, false, { split = 'left', win = local_win }), bufnr
end

-- A window of a document, preferably the current one.
local function window_of(uri)
  local bufnr = vim.uri_to_bufnr(uri)
  local current = vim.api.nvim_get_current_win()
  return vim.api.nvim_win_get_buf(current) == bufnr and current or vim.fn.win_findbuf(bufnr)[1]
end

--- Opens the remote version in a window.
---@param command lsp.Command
---@param context lsp.HandlerContext
function M.open(command, context)
  client.execute(command, context, function(result)
    local local_win = window_of(command.arguments[1]) or vim.api.nvim_get_current_win()
    vim.api.nvim_set_current_win((remote_window(result, local_win)))
  end)
end

--- Opens the remote version beside the local one, both in diff mode until the remote one is closed.
---@param command lsp.Command
---@param context lsp.HandlerContext
function M.diff(command, context)
  client.execute(command, context, function(result)
    local local_win = window_of(command.arguments[1])
    -- Closed in the meantime.
    if not local_win then return end
    local remote_win, bufnr = remote_window(result, local_win)
    for _, win in ipairs({ remote_win, local_win }) do
      vim.api.nvim_win_call(win, vim.cmd.diffthis)
    end
    vim.api.nvim_create_autocmd('BufWipeout', {
      buffer = bufnr,
      once = true,
      desc = 'Leave diff mode',
      callback = function()
        vim.schedule(function()
          if vim.api.nvim_win_is_valid(local_win) then vim.api.nvim_win_call(local_win, vim.cmd.diffoff) end
        end)
      end,
    })
  end)
end

return M
