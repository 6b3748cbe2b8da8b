-- What an author meets while reading and typing: findings, hover, completion, names, outline, formatting.

local driver = require('driver')
local ask, keys, open, report, wait = driver.ask, driver.keys, driver.open, driver.report, driver.wait

local function sees_mistakes()
  open(vim.env.WORK .. '/files/acme-connectionSpec.json')
  local line = wait('underlines the undeclared input in `required`', [[return Found('required-not-declared', '"apikey"')]])
  report(ask('return Line(...)', line):find('"required": %["apikey"%]'), 'on its line', line)
  wait('underlines the wrong provider', [[return Found('provider-mismatch', '"0ed90a81-07f4-4586-8190-b40eccef1c5b"')]])
  wait('says that a comma is missing', [[
    return #vim.tbl_filter(function(d) return d.code == 'syntax-error' end, vim.diagnostic.get(0)) == 1
  ]])
end

local function follows_edits()
  keys([[:%s/"apikey"/"apiKey"/e<CR>]])
  wait('the mistake goes when it is mended', [[return not Found('required-not-declared', '"apikey"')]])
  keys('u')
  wait('and comes back when that is undone', [[return Found('required-not-declared', '"apikey"')]])
end

-- By the key that Neovim has for it; the question which of them it is to be goes through vim.ui.select.
local function mends_by_a_quick_fix()
  ask([[Asked, Choice = {}, 'Replace by the provider']])
  keys([[gg/"0ed90a81-07f4-4586-8190-b40eccef1c5b"<CR>gra]])
  wait('gra mends the wrong provider', [[
    return not Found('provider-mismatch', '"0ed90a81-07f4-4586-8190-b40eccef1c5b"') and Text():find('b40eccef1c5a', 1, true)
  ]])
  keys('u')
  wait('and one undo takes it back', [[return Found('provider-mismatch', '"0ed90a81-07f4-4586-8190-b40eccef1c5b"')]])
end

local function hovers()
  keys([[gg/"contentPath"<CR>lK]])
  local text = wait('K on a key explains it', 'return Float()')
  report(text:find('record'), 'in words about records', text)
  keys('<Esc>j')
  wait('the window goes when the cursor moves', 'return not Float()')
end

local function completes()
  keys([[gg/"limitValue"<CR>o"off]])
  wait('is in insert mode', [[return vim.fn.mode() == 'i']])
  keys('<C-x><C-o>')
  wait('offers offSetName', [[
    return vim.fn.pumvisible() == 1 and vim.iter(vim.fn.complete_info({ 'items' }).items):find(function(item)
      return (item.abbr ~= '' and item.abbr or item.word):find('offSetName', 1, true)
    end)
  ]])
  keys('<C-y>')
  wait('accepted, it writes the key', [[return vim.fn.pumvisible() == 0 and vim.api.nvim_get_current_line():find('"offSetName": ', 1, true)]])
  wait('and the comma on the line before', [[return Line(vim.fn.line('.') - 1):find('"limitValue": "100",$')]])
  keys('<Esc><Esc>')
  wait('then no key of OFFSET paging is missing', [[
    return not vim.iter(vim.diagnostic.get(0)):find(function(d) return d.code == 'incomplete-pagination' end)
  ]])
end

-- What Neovim 0.11 itself makes of an item: it cuts plain text at the first blank, and replaces nothing behind the cursor.
local function completes_whole()
  keys([[gg/"authSpec"<CR>o]])
  wait('is in insert mode again', [[return vim.fn.mode() == 'i']])
  keys('<C-x><C-o>')
  wait('offers ways to sign in', [[return vim.fn.pumvisible() == 1]])
  keys('<C-y>')
  wait('accepted, one comes whole', [[
    local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    return text:find('"OAuth2RefreshCode"', 1, true) and text:find('"clientSecret"', 1, true)
  ]])
  keys([[<Esc><Esc>gg/"method"<CR>f:f"ci"]])
  wait('is between two quotes', [[return vim.fn.mode() == 'i' and vim.api.nvim_get_current_line():find('""', 1, true)]])
  keys('<C-x><C-o>')
  wait('offers the methods', [[return vim.fn.pumvisible() == 1]])
  keys('<C-y>')
  wait('accepted, no quote is doubled', [[return vim.api.nvim_get_current_line():find('"method": "GET",?$')]])
  keys('<Esc><Esc>')
end

-- With the keys that Neovim itself has for it. Nothing is saved.
local function finds_its_way()
  open(vim.env.SPECS .. '/batch-offset-oauth-connectionSpec.json')
  keys([[gg/\${listId<CR>2l<C-]>]])
  wait('CTRL-] on a placeholder goes to the input', [[return vim.api.nvim_get_current_line():find('"listId": {', 1, true)]])
  keys('grr')
  wait('grr lists the declaration and both uses', [[return #vim.fn.getqflist() == 3]])
  keys(':cclose<CR>grn')
  wait('grn asks for a new name', [[return vim.fn.mode() == 'c' and vim.fn.getcmdline() == 'listId']])
  keys('<C-u>mailingList<CR>')
  wait('and all of its places have it', [[
    local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    return select(2, text:gsub('mailingList', '')) == 3 and not text:find('listId', 1, true)
  ]])
  keys('u')
  wait('one undo takes them back', [[
    return not table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false)):find('mailingList', 1, true)
  ]])
  keys('gO')
  wait('gO shows the outline', [[
    return vim.iter(vim.fn.getloclist(0)):find(function(item)
      return item.text:find('GET /v3/lists/${listId}/subscribers', 1, true)
    end)
  ]])
  keys(':lclose<CR>:setlocal foldmethod=expr foldexpr=v:lua.vim.lsp.foldexpr()<CR>')
  keys([[gg/"scheduleParams"<CR>]])
  wait('folds an object up to its last line', [[
    vim.cmd('normal! zx')
    local row = vim.fn.line('.')
    pcall(vim.cmd, 'normal! zc')
    return Line(row):find('"scheduleParams"', 1, true) and vim.fn.foldclosedend(row) == row + 4
  ]])
  keys(':setlocal foldmethod=manual<CR>zE')
end

-- In the sample in which it has found its way.
local function shows_more()
  keys([[gg/\${domain<CR>]])
  wait('colours a placeholder', [[
    local row, column = unpack(vim.api.nvim_win_get_cursor(0))
    return vim.iter(vim.lsp.semantic_tokens.get_at_pos(0, row - 1, column) or {}):find(function(token)
      return token.type == 'variable'
    end)
  ]])
  ask('vim.lsp.inlay_hint.enable(true)')
  wait('shows the request that is going to be sent', [[
    return vim.iter(vim.lsp.inlay_hint.get({ bufnr = 0 })):find(function(hint)
      return hint.inlay_hint.label:find('GET https://‹domain›.lanternmail.example/v3/lists/a91f/subscribers?', 1, true)
    end)
  ]])
  keys([[gg/"listId": {<CR>]])
  ask('Show_lenses()')
  wait('counts the uses of an input above it', [[
    return vim.iter(Lenses()):find(function(lens)
      return lens.command and lens.command.title == '1 use' and Line(lens.range.start.line + 1):find('"listId": {', 1, true)
    end)
  ]])
  ask([[vim.schedule(vim.lsp.codelens.run)]])
  wait('and shows it in a list', [[
    local list = vim.fn.getloclist(0)
    return vim.bo.buftype == 'quickfix' and #list == 1 and list[1].text:find('${listId}', 1, true)
  ]])
  keys(':lclose<CR>')
  ask('vim.bo.expandtab, vim.bo.shiftwidth = true, 2')
  local before = ask('return vim.api.nvim_buf_get_lines(0, 0, -1, false)')
  keys([[:%s/^  *//<CR>:%s/": /"  :/<CR>]])
  wait('the lines lose their indentation', [[return Line(2):find('^"name"  :')]])
  ask('vim.lsp.buf.format()')
  report(vim.deep_equal(before, ask('return vim.api.nvim_buf_get_lines(0, 0, -1, false)')),
    'formatting gives all of them back what they had')
end

-- Errors in specs that are right, or that the service itself answered with, would be false.
local function is_silent(folder, pattern)
  local paths = vim.fn.glob(folder .. '/' .. pattern, true, true)
  if #paths == 0 then
    io.stdout:write('     nothing like ' .. folder .. '/' .. pattern .. ' here, left out\n')
    return
  end
  local errors = {}
  for _, path in ipairs(paths) do
    ask('vim.cmd.edit(...)', path)
    local found = ask([[
      if not require('connspec.spec').is_spec(0) then return {} end
      if not vim.wait(10000, function()
        local client = vim.lsp.get_clients({ bufnr = 0 })[1]
        return client and client.initialized
      end, 5) then return { 'not attached' } end
      -- Past the client: it gives up a request for findings of a buffer as soon as it has one of its own.
      local answer
      vim.lsp.get_clients({ bufnr = 0 })[1].rpc.request('textDocument/diagnostic',
        { textDocument = vim.lsp.util.make_text_document_params(0) },
        function(problem, result) answer = { problem = problem, items = result and result.items } end)
      if not vim.wait(10000, function() return answer end, 5) then return { 'no answer' } end
      if answer.problem then return { answer.problem.message } end
      return vim.tbl_map(function(item) return item.code end,
        vim.tbl_filter(function(item) return item.severity == 1 end, answer.items))
    ]])
    if #found > 0 then errors[vim.fs.basename(path)] = found end
  end
  report(vim.tbl_isempty(errors), ('finds no error in %d specs that have none (%s)'):format(#paths, vim.fs.basename(folder)),
    vim.inspect(errors))
end

return function()
  sees_mistakes()
  follows_edits()
  mends_by_a_quick_fix()
  hovers()
  completes()
  completes_whole()
  finds_its_way()
  shows_more()
  is_silent(vim.env.SPECS, '*.json')
  is_silent(vim.env.CORPUS, '*.json')
end
