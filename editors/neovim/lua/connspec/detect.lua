-- Whether a buffer is a connection spec, by its file name or its top-level keys: the rule of the server.

local M = {}

-- At least two of these are at the top level of a connection spec.
local KEYS = { authSpec = true, sourceSpec = true, exploreSpec = true, providerId = true }

-- The end of the string that starts at `start`. One without a closing quote ends with the line.
local function string_end(text, start)
  local at = start + 1
  while true do
    local stop = text:find('["\\\n]', at)
    if not stop then return #text end
    if text:sub(stop, stop) ~= '\\' then return stop end
    at = stop + 2
  end
end

-- The end of the comment that starts at `start`, or `start` if there is none.
local function comment_end(text, start)
  local kind = text:sub(start, start + 1)
  if kind == '//' then return (text:find('\n', start, true) or #text) end
  if kind ~= '/*' then return start end
  return select(2, text:find('*/', start + 2, true)) or #text
end

local CLOSING = { ['{'] = '}', ['['] = ']' }

-- Closes the innermost open bracket of a kind and the unclosed ones inside it. An extra closing bracket is ignored.
local function close(open, mark)
  for at = #open, 1, -1 do
    if open[at] == mark then
      while #open >= at do table.remove(open) end
      return
    end
  end
end

-- Whether at least two of the keys are in the top-level object. Comments are skipped.
local function has_keys(text)
  local found, count, open, at = {}, 0, {}, 1
  while true do
    local start = text:find('["{}%[%]/]', at)
    if not start then return false end
    local mark = text:sub(start, start)
    at = start + 1
    if CLOSING[mark] then
      table.insert(open, CLOSING[mark])
    elseif mark == '/' then
      at = comment_end(text, start) + 1
    elseif mark == '"' then
      local stop = string_end(text, start)
      local key = text:sub(start + 1, stop - 1)
      at = stop + 1
      if #open == 1 and open[1] == '}' and KEYS[key] and not found[key] and text:find('^%s*:', at) then
        found[key], count = true, count + 1
        if count == 2 then return true end
      end
    else
      close(open, mark)
    end
  end
end

---@param bufnr integer
---@return boolean
function M.is_spec(bufnr)
  if vim.api.nvim_buf_get_name(bufnr):lower():find('connectionspec%.json$') then return true end
  local text = table.concat(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), '\n')
  -- The text is only scanned if it contains the keys at all.
  local keys = vim.iter(KEYS):filter(function(key) return text:find('"' .. key .. '"', 1, true) end)
  return #keys:totable() >= 2 and has_keys(text)
end

return M
