-- The server as Neovim knows it: which one serves a buffer, what it says, starting it anew.

local M = {}

-- How long a server may take to end, in milliseconds, before it is ended.
local PATIENCE = 3000

local LEVELS = { vim.log.levels.ERROR, vim.log.levels.WARN }

--- Tells the person something.
---@param message string
---@param kind? integer the protocol's kind of message: 1 for an error, 2 for a warning
function M.say(message, kind)
  vim.notify('connspec: ' .. message, LEVELS[kind] or vim.log.levels.INFO)
end

--- Tells what went wrong.
---@param message string
function M.fail(message)
  M.say(message, 1)
end

--- The server of a buffer; without a buffer, any.
---@param bufnr? integer
---@return vim.lsp.Client?
function M.get(bufnr)
  return vim.lsp.get_clients({ name = 'connspec', bufnr = bufnr })[1]
end

--- Has the server carry out a command that it answers; `on_done` is called when it has done it. What came of it, and why it did
--- not do it, the server says in a message of its own.
---@param command lsp.Command
---@param context lsp.HandlerContext
---@param on_done? fun(answer: table, client: vim.lsp.Client)
function M.execute(command, context, on_done)
  local client = assert(vim.lsp.get_client_by_id(context.client_id))
  local params = { command = command.command, arguments = command.arguments }
  client:request('workspace/executeCommand', params, function(problem, answer)
    if problem then return M.fail(problem.message) end
    if on_done and answer and answer.outcome == 'done' then on_done(answer, client) end
  end, context.bufnr)
end

--- Ends what the server is doing, unless it writes already.
function M.cancel()
  local count = 0
  for _, client in ipairs(vim.lsp.get_clients({ name = 'connspec' })) do
    for token in pairs(client.progress.pending) do
      client:notify('window/workDoneProgress/cancel', { token = token })
      count = count + 1
    end
  end
  if count == 0 then M.say('Nothing is going on that could be cancelled.') end
end

--- Starts the server anew in all buffers that it serves or should serve.
function M.restart()
  vim.lsp.enable('connspec', false)
  local has_ended = function() return not M.get() end
  if not vim.wait(PATIENCE, has_ended, 10) then
    for _, client in ipairs(vim.lsp.get_clients({ name = 'connspec' })) do
      client:stop(true)
    end
    vim.wait(PATIENCE, has_ended, 10)
  end
  vim.lsp.enable('connspec')
end

--- The server has ended. When nobody wanted that it is told how to go on.
---@param code integer
---@param signal integer
function M.ended(code, signal)
  if code == 0 and (signal == 0 or signal == 15) then return end
  vim.schedule(function()
    M.fail('The server has ended by itself. `:Connspec restart` starts it again, `:Connspec log` shows what it wrote.')
  end)
end

--- Opens the log of Neovim's language servers, which has what this one writes.
function M.log()
  vim.cmd.split(vim.fn.fnameescape(vim.lsp.log.get_filename()))
  vim.cmd.normal({ 'G', bang = true })
end

--- Draws the lines above things anew where they are shown. Not by `vim.lsp.codelens.refresh`: while it waits for an answer, which
--- may be of the text before, it does not ask again.
---@param client_id integer
function M.draw_lenses(client_id)
  local client = vim.lsp.get_client_by_id(client_id)
  for bufnr in pairs(client and client.attached_buffers or {}) do
    if #vim.lsp.codelens.get(bufnr) > 0 then
      local params = { textDocument = vim.lsp.util.make_text_document_params(bufnr) }
      client:request('textDocument/codeLens', params, vim.lsp.codelens.on_codelens, bufnr)
    end
  end
end

return M
