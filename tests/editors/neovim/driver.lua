-- A second Neovim, driven as a person would, by keys, and looked at for what it shows. It starts with the init.lua that
-- neovim.sh writes: the lines of the manual.

local M = {}

local PATIENCE = 10000

local HELPERS = [[
  -- What the editor was told to say, and what it was asked; the answer is the choice whose words begin like `Choice`.
  Said, Asked, Choice = {}, {}, nil
  vim.notify = function(message) table.insert(Said, message) end
  vim.ui.select = function(items, options, on_choice)
    local words = vim.tbl_map(options.format_item or tostring, items)
    table.insert(Asked, { prompt = options.prompt, choices = words })
    for at, word in ipairs(words) do
      if Choice and vim.startswith(word, Choice) then return on_choice(items[at], at) end
    end
    on_choice(nil)
  end
  function Heard(words)
    for _, message in ipairs(Said) do
      if message:find(words, 1, true) then return message end
    end
  end
  -- The diagnostic of a code that covers exactly this text, if it is there.
  function Found(code, text)
    for _, d in ipairs(vim.diagnostic.get(0)) do
      if d.code == code and d.lnum == d.end_lnum then
        local line = vim.api.nvim_buf_get_lines(0, d.lnum, d.lnum + 1, false)[1]
        if line:sub(d.col + 1, d.end_col) == text then return d.lnum + 1 end
      end
    end
  end
  function Float()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
      end
    end
  end
  function Line(number) return vim.api.nvim_buf_get_lines(0, number - 1, number, false)[1] end
  function Text(bufnr) return table.concat(vim.api.nvim_buf_get_lines(bufnr or 0, 0, -1, false), '\n') .. '\n' end
  -- The lines above things. 0.12 keeps them otherwise than 0.11, and asks what they say only for those that it draws.
  function Lenses()
    if not vim.lsp.codelens.enable then return vim.lsp.codelens.get(0) end
    vim.cmd('redraw!')
    return vim.tbl_map(function(entry) return entry.lens end, vim.lsp.codelens.get({ bufnr = 0 }))
  end
  function Lens(words)
    return vim.iter(Lenses()):find(function(lens)
      return lens.command and lens.command.title:find(words, 1, true)
    end)
  end
  -- While 0.11 waits for an answer it does not ask again: after a change of the text this is to be done until it shows.
  function Show_lenses()
    if vim.lsp.codelens.enable then
      vim.lsp.codelens.enable(true, { bufnr = 0 })
    else
      vim.lsp.codelens.refresh({ bufnr = 0 })
    end
  end
]]

local editor

--- Says how a check went, and ends the test when it failed: what comes after it would only fail too.
function M.report(good, what, detail)
  io.stdout:write((good and 'ok   ' or 'FAIL ') .. what .. '\n')
  if not good then error(detail or what, 0) end
end

--- Starts the editor.
function M.start()
  editor = vim.fn.jobstart({ vim.env.NVIM, '--embed', '--headless', '-i', 'NONE' }, { rpc = true })
  M.ask(HELPERS)
end

--- Ends the editor as a person does.
function M.quit()
  vim.rpcnotify(editor, 'nvim_command', 'qall!')
  M.report(vim.fn.jobwait({ editor }, PATIENCE)[1] == 0, 'quits', 'the editor did not end')
end

--- Ends the editor whatever it is doing.
function M.stop()
  vim.fn.jobstop(editor)
end

--- Runs Lua in the editor; what it returns is the answer.
function M.ask(code, ...)
  return vim.rpcrequest(editor, 'nvim_exec_lua', code, { ... })
end

--- Types.
function M.keys(typed)
  vim.rpcrequest(editor, 'nvim_input', typed)
end

--- Waits until `code` answers something true in the editor; gives back the answer.
function M.wait(what, code, ...)
  local arguments, answer = { ... }, nil
  local good = vim.wait(PATIENCE, function()
    answer = M.ask(code, unpack(arguments))
    return answer and answer ~= vim.NIL
  end, 5)
  M.report(good, what, not good and vim.inspect(M.ask([[
    local row = vim.api.nvim_win_get_cursor(0)[1]
    return { row = row, around = vim.api.nvim_buf_get_lines(0, math.max(row - 4, 0), row + 3, false), mode = vim.fn.mode(),
      buffer = vim.api.nvim_buf_get_name(0), said = Said, asked = Asked, messages = vim.fn.execute('messages'), float = Float(),
      lenses = vim.tbl_map(function(lens) return lens.command and lens.command.title or '?' end, Lenses()),
      diagnostics = vim.tbl_map(function(d) return ('%d:%d %s %s'):format(d.lnum + 1, d.col + 1, d.code, d.message) end,
        vim.diagnostic.get(0)) }
  ]])))
  return answer
end

--- Opens a file and waits for its server.
function M.open(path)
  M.ask('vim.cmd.edit({ vim.fn.fnameescape(...), bang = true })', path)
  M.attached(path)
end

--- Waits for the server of the current buffer.
function M.attached(path)
  M.wait('attaches to ' .. vim.fs.basename(path), [[
    local client = vim.lsp.get_clients({ bufnr = 0, name = 'connspec' })[1]
    return client and client.initialized
  ]])
end

--- Types `:Connspec …` and waits until the editor says something with `words` in it; gives that back.
function M.command(line, words)
  M.ask('Said, Asked = {}, {}')
  M.keys(':Connspec ' .. line .. '<CR>')
  return M.wait((':Connspec %s says "%s"'):format(line, words), 'return Heard(...)', words)
end

--- Waits until all servers that were started answer.
local function ready(what)
  M.wait(what, [[
    local clients = vim.lsp.get_clients({ name = 'connspec', _uninitialized = true })
    return vim.iter(clients):all(function(client) return client.initialized end)
  ]])
end

--- Types `:Connspec restart` and waits for other servers than those before.
function M.restart()
  ready('all servers have started')
  M.ask([[
    local client = vim.lsp.get_clients({ bufnr = 0, name = 'connspec' })[1]
    Before = client and client.id
  ]])
  M.keys(':Connspec restart<CR>')
  M.wait(':Connspec restart starts another', [[
    local clients = vim.lsp.get_clients({ bufnr = 0, name = 'connspec' })
    return #clients == 1 and clients[1].initialized and clients[1].id ~= Before
  ]])
  ready('and those of other folders')
end

--- What a file holds.
function M.read(path)
  local file = assert(io.open(path))
  local text = file:read('*a')
  file:close()
  return text
end

--- Makes a file.
function M.write(path, text)
  vim.fn.mkdir(vim.fs.dirname(path), 'p')
  local file = assert(io.open(path, 'w'))
  file:write(text)
  file:close()
end

--- Runs the program on the command line, as someone else would; gives back what it prints.
function M.connspec(...)
  local done = vim.system({ vim.env.CONNSPEC, ... }, { text = true, cwd = vim.env.WORK .. '/other' }):wait(PATIENCE)
  M.report(done.code == 0, 'on the command line: connspec ' .. table.concat({ ... }, ' '), done.stdout .. done.stderr)
  return done.stdout
end

--- The numbers of the server's processes, the newest last.
function M.servers()
  return vim.split(M.read(vim.env.WORK .. '/pids'), '\n', { trimempty = true })
end

return M
