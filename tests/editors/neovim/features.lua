-- Language features: diagnostics, fixes, hover, completion, navigation, outline, folding, hints, lenses, formatting.

local driver = require('driver')
local check, eval, open, press, wait_for = driver.check, driver.eval, driver.open, driver.press, driver.wait_for

local WRONG_PROVIDER = [[FindDiagnostic('provider-mismatch', '"0ed90a81-07f4-4586-8190-b40eccef1c5b"')]]
local UNDECLARED = [[FindDiagnostic('required-not-declared', '"apikey"')]]

local function problems_are_reported()
  open(vim.env.WORK .. '/files/acme-connectionSpec.json')
  local line = wait_for('an undeclared input in `required` is reported', 'return ' .. UNDECLARED)
  check(eval('return Line(...)', line):find('"required": %["apikey"%]'), 'on its line', line)
  wait_for('a wrong provider is reported', 'return ' .. WRONG_PROVIDER)
  wait_for('a missing comma is reported once', [[
    return #vim.tbl_filter(function(d) return d.code == 'syntax-error' end, vim.diagnostic.get(0)) == 1
  ]])
end

local function diagnostics_follow_edits()
  press([[:%s/"apikey"/"apiKey"/e<CR>]])
  wait_for('a fixed problem is removed', 'return not ' .. UNDECLARED)
  press('u')
  wait_for('and reported again after an undo', 'return ' .. UNDECLARED)
end

local function a_quick_fix_is_applied_and_undone()
  eval([[Prompts, Choice = {}, 'Replace ']])
  press([[gg/"0ed90a81-07f4-4586-8190-b40eccef1c5b"<CR>gra]])
  wait_for('gra fixes the wrong provider', ([[return not %s and Text():find('b40eccef1c5a', 1, true)]]):format(WRONG_PROVIDER))
  press('u')
  wait_for('one undo reverts it', 'return ' .. WRONG_PROVIDER)
end

local function a_key_has_a_hover()
  press([[gg/"contentPath"<CR>lK]])
  local text = wait_for('K documents a key', 'return FloatText()')
  check(text:find('record'), 'which mentions records', text)
  press('<Esc>j')
  wait_for('the window closes when the cursor moves', 'return not FloatText()')
end

local function an_accepted_key_inserts_the_missing_comma()
  press([[gg/"limitValue"<CR>o"off]])
  wait_for('Insert mode', [[return vim.fn.mode() == 'i']])
  press('<C-x><C-o>')
  wait_for('offSetName is offered', [[
    return vim.fn.pumvisible() == 1 and vim.iter(vim.fn.complete_info({ 'items' }).items):find(function(item)
      return (item.abbr ~= '' and item.abbr or item.word):find('offSetName', 1, true)
    end)
  ]])
  press('<C-y>')
  wait_for('the accepted key is inserted', [[return vim.fn.pumvisible() == 0 and vim.api.nvim_get_current_line():find('"offSetName": ', 1, true)]])
  wait_for('with the comma on the line before', [[return Line(vim.fn.line('.') - 1):find('"limitValue": "100",$')]])
  press('<Esc><Esc>')
  wait_for('the pagination is complete', [[return not HasDiagnostic('incomplete-pagination')]])
end

-- Neovim 0.11 cuts plain text at the first space, and does not replace text after the cursor.
local function snippets_and_quoted_values_are_inserted_completely()
  press([[gg/"authSpec"<CR>o]])
  wait_for('Insert mode again', [[return vim.fn.mode() == 'i']])
  press('<C-x><C-o>')
  wait_for('authentication methods are offered', [[return vim.fn.pumvisible() == 1]])
  press('<C-y>')
  wait_for('the accepted one is inserted completely', [[
    local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    return text:find('"OAuth2RefreshCode"', 1, true) and text:find('"clientSecret"', 1, true)
  ]])
  press([[<Esc><Esc>gg/"method"<CR>f:f"ci"]])
  wait_for('the cursor is between two quotes', [[return vim.fn.mode() == 'i' and vim.api.nvim_get_current_line():find('""', 1, true)]])
  press('<C-x><C-o>')
  wait_for('the HTTP methods are offered', [[return vim.fn.pumvisible() == 1]])
  press('<C-y>')
  wait_for('no quote is duplicated', [[return vim.api.nvim_get_current_line():find('"method": "GET",?$')]])
  press('<Esc><Esc>')
end

-- Nothing is saved.
local function navigation_rename_and_outline()
  open(vim.env.SPECS .. '/batch-offset-oauth-connectionSpec.json')
  press([[gg/\${listId<CR>2l<C-]>]])
  wait_for('CTRL-] on a placeholder jumps to the input', [[return vim.api.nvim_get_current_line():find('"listId": {', 1, true)]])
  press('grr')
  wait_for('grr lists the declaration and both references', [[return #vim.fn.getqflist() == 3]])
  press(':cclose<CR>grn')
  wait_for('grn prompts for a new name', [[return vim.fn.mode() == 'c' and vim.fn.getcmdline() == 'listId']])
  press('<C-u>mailingList<CR>')
  wait_for('and renames the input everywhere', [[
    local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    return select(2, text:gsub('mailingList', '')) == 3 and not text:find('listId', 1, true)
  ]])
  press('u')
  wait_for('one undo reverts it', [[
    return not table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false)):find('mailingList', 1, true)
  ]])
  press('gO')
  wait_for('gO shows the outline', [[
    return vim.iter(vim.fn.getloclist(0)):find(function(item)
      return item.text:find('GET /v3/lists/${listId}/subscribers', 1, true)
    end)
  ]])
  press(':lclose<CR>:setlocal foldmethod=expr foldexpr=v:lua.vim.lsp.foldexpr()<CR>')
  press([[gg/"scheduleParams"<CR>]])
  wait_for('an object is folded up to its last line', [[
    vim.cmd('normal! zx')
    local row = vim.fn.line('.')
    pcall(vim.cmd, 'normal! zc')
    return Line(row):find('"scheduleParams"', 1, true) and vim.fn.foldclosedend(row) == row + 4
  ]])
  press(':setlocal foldmethod=manual<CR>zE')
end

-- In the spec of the previous test.
local function tokens_hints_lenses_and_formatting()
  press([[gg/\${domain<CR>]])
  wait_for('a placeholder has a semantic token', [[
    local row, column = unpack(vim.api.nvim_win_get_cursor(0))
    return vim.iter(vim.lsp.semantic_tokens.get_at_pos(0, row - 1, column) or {}):find(function(token)
      return token.type == 'variable'
    end)
  ]])
  eval('vim.lsp.inlay_hint.enable(true)')
  wait_for('an inlay hint shows the request', [[
    return vim.iter(vim.lsp.inlay_hint.get({ bufnr = 0 })):find(function(hint)
      return hint.inlay_hint.label:find('GET https://‹domain›.lanternmail.example/v3/lists/a91f/subscribers?', 1, true)
    end)
  ]])
  press([[gg/"listId": {<CR>]])
  eval('ShowLenses()')
  wait_for('a code lens counts the references to an input', [[
    return vim.iter(Lenses()):find(function(lens)
      return lens.command and vim.startswith(lens.command.title, '1 ') and Line(lens.range.start.line + 1):find('"listId": {', 1, true)
    end)
  ]])
  eval([[vim.schedule(vim.lsp.codelens.run)]])
  wait_for('and shows them in the location list', [[
    local list = vim.fn.getloclist(0)
    return vim.bo.buftype == 'quickfix' and #list == 1 and list[1].text:find('${listId}', 1, true)
  ]])
  press(':lclose<CR>')
  eval('vim.bo.expandtab, vim.bo.shiftwidth = true, 2')
  local before = eval('return vim.api.nvim_buf_get_lines(0, 0, -1, false)')
  press([[:%s/^  *//<CR>:%s/": /"  :/<CR>]])
  wait_for('the indentation is removed', [[return Line(2):find('^"name"  :')]])
  eval('vim.lsp.buf.format()')
  check(vim.deep_equal(before, eval('return vim.api.nvim_buf_get_lines(0, 0, -1, false)')),
    'formatting restores it')
end

-- Specs that are valid, or were returned by Flow Service itself.
local function specs_have_no_errors(dir)
  local paths = vim.fn.glob(dir .. '/*.json', true, true)
  if #paths == 0 then
    io.stdout:write('     skipped: no specs in ' .. dir .. '\n')
    return
  end
  local errors = {}
  for _, path in ipairs(paths) do
    eval('vim.cmd.edit(...)', path)
    local codes = eval([[
      if not require('connspec.detect').is_spec(0) then return {} end
      if not vim.wait(10000, function()
        local client = vim.lsp.get_clients({ bufnr = 0 })[1]
        return client and client.initialized
      end, 5) then return { 'not attached' } end
      -- Not by the client: it drops a diagnostic request of a buffer as soon as it sends one itself.
      local response
      vim.lsp.get_clients({ bufnr = 0 })[1].rpc.request('textDocument/diagnostic',
        { textDocument = vim.lsp.util.make_text_document_params(0) },
        function(err, result) response = { err = err, items = result and result.items } end)
      if not vim.wait(10000, function() return response end, 5) then return { 'no response' } end
      if response.err then return { response.err.message } end
      return vim.tbl_map(function(item) return item.code end,
        vim.tbl_filter(function(item) return item.severity == 1 end, response.items))
    ]])
    if #codes > 0 then errors[vim.fs.basename(path)] = codes end
  end
  check(vim.tbl_isempty(errors), ('%d specs have no errors (%s)'):format(#paths, vim.fs.basename(dir)),
    vim.inspect(errors))
end

return function()
  problems_are_reported()
  diagnostics_follow_edits()
  a_quick_fix_is_applied_and_undone()
  a_key_has_a_hover()
  an_accepted_key_inserts_the_missing_comma()
  snippets_and_quoted_values_are_inserted_completely()
  navigation_rename_and_outline()
  tokens_hints_lenses_and_formatting()
  specs_have_no_errors(vim.env.SPECS)
  specs_have_no_errors(vim.env.CORPUS)
end
