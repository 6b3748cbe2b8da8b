-- The running servers: lookup, messages, commands, cancel, restart.

local M = {}

-- How long a server may take to exit before it is killed, in milliseconds.
local EXIT_TIMEOUT = 3000

local LEVELS = { vim.log.levels.ERROR, vim.log.levels.WARN }

---@param message string
---@param type? integer LSP's MessageType: 1 is an error, 2 a warning
function M.notify(message, type)
  vim.notify('connspec: ' .. message, LEVELS[type] or vim.log.levels.INFO)
end

---@param message string
function M.error(message)
  M.notify(message, 1)
end

--- The server of a buffer, or any server.
---@param bufnr? integer
---@return vim.lsp.Client?
function M.get(bufnr)
  return vim.lsp.get_clients({ name = 'connspec', bufnr = bufnr })[1]
end

--- Runs a command of the server. The server reports the outcome in a message of its own; `on_done` is only called for success.
---@param command lsp.Command
---@param context lsp.HandlerContext
---@param on_done? fun(result: table)
function M.execute(command, context, on_done)
  local client = assert(vim.lsp.get_client_by_id(context.client_id))
  local params = { command = command.command, arguments = command.arguments }
  client:request('workspace/executeCommand', params, function(err, result)
    if err then return M.error(err.message) end
    if on_done and result and result.outcome == 'done' then on_done(result) end
  end, context.bufnr)
end

--- Cancels the server's running commands. A write that has started is finished.
function M.cancel()
  local count = 0
  for _, client in ipairs(vim.lsp.get_clients({ name = 'connspec' })) do
    for token in pairs(client.progress.pending) do
      client:notify('window/workDoneProgress/cancel', { token = token })
      count = count + 1
    end
  end
  if count == 0 then M.notify('Nothing to cancel.') end
end

--- Restarts the servers of all buffers.
function M.restart()
  vim.lsp.enable('connspec', false)
  local have_exited = function() return not M.get() end
  if not vim.wait(EXIT_TIMEOUT, have_exited, 10) then
    for _, client in ipairs(vim.lsp.get_clients({ name = 'connspec' })) do
      client:stop(true)
    end
    vim.wait(EXIT_TIMEOUT, have_exited, 10)
  end
  vim.lsp.enable('connspec')
end

--- Reports a server that has exited without being stopped.
---@param code integer
---@param signal integer
function M.on_exit(code, signal)
  if code == 0 and (signal == 0 or signal == 15) then return end
  vim.schedule(function()
    M.error('The server crashed. Run `:Connspec restart` to restart it, `:Connspec log` to see its output.')
  end)
end

--- Opens the log of Neovim's LSP client, which contains the output of the server.
function M.open_log()
  vim.cmd.split(vim.fn.fnameescape(vim.lsp.log.get_filename()))
  vim.cmd.normal({ 'G', bang = true })
end

--- Refreshes the code lenses of the buffers that show some. `vim.lsp.codelens.refresh` would skip the request while another
--- one is pending, which may be for an earlier text.
---@param client_id integer
function M.refresh_lenses(client_id)
  local client = vim.lsp.get_client_by_id(client_id)
  for bufnr in pairs(client and client.attached_buffers or {}) do
    if #vim.lsp.codelens.get(bufnr) > 0 then
      local params = { textDocument = vim.lsp.util.make_text_document_params(bufnr) }
      client:request('textDocument/codeLens', params, vim.lsp.codelens.on_codelens, bufnr)
    end
  end
end

return M
