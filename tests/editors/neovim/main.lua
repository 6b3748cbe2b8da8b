-- All checks in a Neovim without a screen. Run by neovim.sh, which says by variables where everything is.

package.path = vim.fs.dirname(arg[0]) .. '/?.lua;' .. package.path
local driver = require('driver')

local good, problem = pcall(function()
  driver.start()
  for _, part in ipairs({ 'attaching', 'reading', 'service', 'plugin' }) do
    io.stdout:write('---- ' .. part .. '\n')
    require(part)()
  end
  driver.quit()
end)
driver.stop()
io.stdout:write((good and 'all passed' or problem) .. '\n')
os.exit(good and 0 or 1)
