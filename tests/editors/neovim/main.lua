-- Tests the plugin in headless Neovim. Run by ../neovim.sh, which sets the variables.

package.path = vim.fs.dirname(arg[0]) .. '/?.lua;' .. package.path
local driver = require('driver')

local ok, err = pcall(function()
  driver.start()
  for _, part in ipairs({ 'attach', 'features', 'sync', 'plugin' }) do
    io.stdout:write('---- ' .. part .. '\n')
    require(part)()
  end
  driver.quit()
end)
driver.kill()
io.stdout:write((ok and 'all passed' or err) .. '\n')
os.exit(ok and 0 or 1)
