-- The text of the service in a buffer that is only read, alone or beside the text here.

local client = require('connspec.client')

local M = {}

-- Texts that have come already, by the address of the buffer that is about to be made for them.
local texts = {}

local function fill(bufnr, text)
  if not vim.api.nvim_buf_is_valid(bufnr) then return end
  vim.bo[bufnr].modifiable = true
  vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, vim.split((text:gsub('\n$', '')), '\r?\n'))
  vim.bo[bufnr].modifiable, vim.bo[bufnr].modified = false, false
end

-- The server of the file whose text on the service this is.
local function server_of(uri)
  local file = vim.uri_to_fname((uri:gsub('^connspec%-remote:', 'file:')))
  return vim.fn.bufexists(file) == 1 and client.get(vim.fn.bufnr(file)) or client.get()
end

--- Fills a buffer `connspec-remote:…`.
---@param bufnr integer
function M.read(bufnr)
  local uri = vim.api.nvim_buf_get_name(bufnr)
  -- First of all: a buffer of a kind of its own gets no server.
  vim.bo[bufnr].buftype, vim.bo[bufnr].bufhidden, vim.bo[bufnr].swapfile = 'nofile', 'wipe', false
  vim.bo[bufnr].modifiable, vim.bo[bufnr].filetype = false, 'json'
  local text = texts[uri]
  texts[uri] = nil
  if text then return fill(bufnr, text) end
  local server = server_of(uri)
  if not server then return client.fail('No server is running that could read ' .. uri .. '.') end
  server:request('connspec/remote', { uri = uri }, function(problem, answer)
    if problem then return client.fail(problem.message) end
    fill(bufnr, answer.text)
  end)
end

-- The window with this text: the one that shows it, or a new one beside `here`.
local function window(answer, here)
  local bufnr = vim.fn.bufadd(answer.uri)
  if vim.api.nvim_buf_is_loaded(bufnr) then
    fill(bufnr, answer.text)
  else
    texts[answer.uri] = answer.text
    vim.fn.bufload(bufnr)
  end
  local tab = vim.api.nvim_win_get_tabpage(here)
  for _, shown in ipairs(vim.fn.win_findbuf(bufnr)) do
    if vim.api.nvim_win_get_tabpage(shown) == tab then return shown, bufnr end
  end
  return vim.api.nvim_open_win(bufnr, false, { split = 'left', win = here }), bufnr
end

-- The window of a document; the current one where that shows it.
local function window_of(uri)
  local bufnr = vim.uri_to_bufnr(uri)
  local current = vim.api.nvim_get_current_win()
  return vim.api.nvim_win_get_buf(current) == bufnr and current or vim.fn.win_findbuf(bufnr)[1]
end

--- Shows the text of the service in a window of its own.
---@param command lsp.Command
---@param context lsp.HandlerContext
function M.open(command, context)
  client.execute(command, context, function(answer)
    local here = window_of(command.arguments[1]) or vim.api.nvim_get_current_win()
    vim.api.nvim_set_current_win((window(answer, here)))
  end)
end

--- Shows the text of the service beside the one here, and where they differ. When it is closed, that ends.
---@param command lsp.Command
---@param context lsp.HandlerContext
function M.diff(command, context)
  client.execute(command, context, function(answer)
    local here = window_of(command.arguments[1])
    -- The person has closed it meanwhile.
    if not here then return end
    local there, bufnr = window(answer, here)
    for _, side in ipairs({ there, here }) do
      vim.api.nvim_win_call(side, vim.cmd.diffthis)
    end
    vim.api.nvim_create_autocmd('BufWipeout', {
      buffer = bufnr,
      once = true,
      desc = 'End the comparison with the service',
      callback = function()
        vim.schedule(function()
          if vim.api.nvim_win_is_valid(here) then vim.api.nvim_win_call(here, vim.cmd.diffoff) end
        end)
      end,
    })
  end)
end

return M
