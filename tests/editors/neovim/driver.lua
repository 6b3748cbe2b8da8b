-- Drives a second Neovim over RPC with the init.lua of neovim.sh, and inspects its state.

local M = {}

local TIMEOUT = 10000

local HELPERS = [[
  -- Recorded messages and prompts. A prompt is answered with the item that starts with `Choice`, or cancelled.
  Messages, Prompts, Choice = {}, {}, nil
  vim.notify = function(message) table.insert(Messages, message) end
  vim.ui.select = function(items, options, on_choice)
    local labels = vim.tbl_map(options.format_item or tostring, items)
    table.insert(Prompts, { prompt = options.prompt, choices = labels })
    for at, label in ipairs(labels) do
      if Choice and vim.startswith(label, Choice) then return on_choice(items[at], at) end
    end
    on_choice(nil)
  end
  function FindMessage(text)
    for _, message in ipairs(Messages) do
      if message:find(text, 1, true) then return message end
    end
  end
  -- The line of a diagnostic with this code and exactly this text.
  function FindDiagnostic(code, text)
    for _, d in ipairs(vim.diagnostic.get(0)) do
      if d.code == code and d.lnum == d.end_lnum then
        local line = vim.api.nvim_buf_get_lines(0, d.lnum, d.lnum + 1, false)[1]
        if line:sub(d.col + 1, d.end_col) == text then return d.lnum + 1 end
      end
    end
  end
  function HasDiagnostic(code)
    return vim.iter(vim.diagnostic.get(0)):any(function(d) return d.code == code end)
  end
  function FloatText()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
      end
    end
  end
  function Line(number) return vim.api.nvim_buf_get_lines(0, number - 1, number, false)[1] end
  function Text(bufnr) return table.concat(vim.api.nvim_buf_get_lines(bufnr or 0, 0, -1, false), '\n') .. '\n' end
  -- Code lenses. 0.12 stores them differently from 0.11, and resolves only those that it draws.
  function Lenses()
    if not vim.lsp.codelens.enable then return vim.lsp.codelens.get(0) end
    vim.cmd('redraw!')
    return vim.tbl_map(function(entry) return entry.lens end, vim.lsp.codelens.get({ bufnr = 0 }))
  end
  function FindLens(text)
    return vim.iter(Lenses()):find(function(lens)
      return lens.command and lens.command.title:find(text, 1, true)
    end)
  end
  -- 0.11 skips a request while another one is pending: after a change, repeat this until the lens is shown.
  function ShowLenses()
    if vim.lsp.codelens.enable then
      vim.lsp.codelens.enable(true, { bufnr = 0 })
    else
      vim.lsp.codelens.refresh({ bufnr = 0 })
    end
  end
]]

local editor

--- Reports a check, and aborts the test if it failed.
function M.check(ok, what, detail)
  io.stdout:write((ok and 'ok   ' or 'FAIL ') .. what .. '\n')
  if not ok then error(detail or what, 0) end
end

function M.start()
  editor = vim.fn.jobstart({ vim.env.NVIM, '--embed', '--headless', '-i', 'NONE' }, { rpc = true })
  M.eval(HELPERS)
end

--- Quits the editor with `:qall!`.
function M.quit()
  vim.rpcnotify(editor, 'nvim_command', 'qall!')
  M.check(vim.fn.jobwait({ editor }, TIMEOUT)[1] == 0, 'Neovim quits', 'the editor did not exit')
end

--- Kills the editor.
function M.kill()
  vim.fn.jobstop(editor)
end

--- Runs Lua in the editor and returns its result.
function M.eval(code, ...)
  return vim.rpcrequest(editor, 'nvim_exec_lua', code, { ... })
end

function M.press(keys)
  vim.rpcrequest(editor, 'nvim_input', keys)
end

--- Waits until `code` returns something truthy in the editor, and returns it.
function M.wait_for(what, code, ...)
  local arguments, result = { ... }, nil
  local ok = vim.wait(TIMEOUT, function()
    result = M.eval(code, unpack(arguments))
    return result and result ~= vim.NIL
  end, 5)
  M.check(ok, what, not ok and vim.inspect(M.eval([[
    local row = vim.api.nvim_win_get_cursor(0)[1]
    return { row = row, lines = vim.api.nvim_buf_get_lines(0, math.max(row - 4, 0), row + 3, false), mode = vim.fn.mode(),
      buffer = vim.api.nvim_buf_get_name(0), notifications = Messages, prompts = Prompts,
      messages = vim.fn.execute('messages'), float = FloatText(),
      lenses = vim.tbl_map(function(lens) return lens.command and lens.command.title or '?' end, Lenses()),
      diagnostics = vim.tbl_map(function(d) return ('%d:%d %s %s'):format(d.lnum + 1, d.col + 1, d.code, d.message) end,
        vim.diagnostic.get(0)) }
  ]])))
  return result
end

--- Opens a file and waits for its server.
function M.open(path)
  M.eval('vim.cmd.edit({ vim.fn.fnameescape(...), bang = true })', path)
  M.wait_attached(path)
end

--- Waits for the server of the current buffer.
function M.wait_attached(path)
  M.wait_for('the server attaches to ' .. vim.fs.basename(path), [[
    local client = vim.lsp.get_clients({ bufnr = 0, name = 'connspec' })[1]
    return client and client.initialized
  ]])
end

--- Runs `:Connspec …` and waits for a message that contains `text`; returns the message.
function M.command(line, text)
  M.eval('Messages, Prompts = {}, {}')
  M.press(':Connspec ' .. line .. '<CR>')
  return M.wait_for((':Connspec %s reports "%s"'):format(line, text), 'return FindMessage(...)', text)
end

local function wait_initialized(what)
  M.wait_for(what, [[
    local clients = vim.lsp.get_clients({ name = 'connspec', _uninitialized = true })
    return vim.iter(clients):all(function(client) return client.initialized end)
  ]])
end

--- Runs `:Connspec restart` and waits for the new servers.
function M.restart()
  wait_initialized('all servers have started')
  M.eval([[
    local client = vim.lsp.get_clients({ bufnr = 0, name = 'connspec' })[1]
    Before = client and client.id
  ]])
  M.press(':Connspec restart<CR>')
  M.wait_for(':Connspec restart starts another server', [[
    local clients = vim.lsp.get_clients({ bufnr = 0, name = 'connspec' })
    return #clients == 1 and clients[1].initialized and clients[1].id ~= Before
  ]])
  wait_initialized('and the ones of other root directories')
end

function M.read(path)
  local file = assert(io.open(path))
  local text = file:read('*a')
  file:close()
  return text
end

--- Writes a file, creating its directory.
function M.write(path, text)
  vim.fn.mkdir(vim.fs.dirname(path), 'p')
  local file = assert(io.open(path, 'w'))
  file:write(text)
  file:close()
end

--- Runs connspec on the command line, as another user; returns its output.
function M.connspec(...)
  local result = vim.system({ vim.env.CONNSPEC, ... }, { text = true, cwd = vim.env.WORK .. '/other' }):wait(TIMEOUT)
  M.check(result.code == 0, 'on the command line: connspec ' .. table.concat({ ... }, ' '), result.stdout .. result.stderr)
  return result.stdout
end

--- The process IDs of all servers that were started, the newest last.
function M.server_pids()
  return vim.split(M.read(vim.env.WORK .. '/pids'), '\n', { trimempty = true })
end

return M
