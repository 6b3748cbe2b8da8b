-- `:checkhealth connspec`.

local health = vim.health

local M = {}

-- How long `--version` may take, in milliseconds.
local VERSION_TIMEOUT = 5000

local function check_neovim()
  local version = tostring(vim.version())
  if vim.fn.has('nvim-0.11') == 1 then
    health.ok('Neovim ' .. version)
  else
    health.error('Neovim ' .. version .. ' is too old', 'Install Neovim 0.11 or newer.')
  end
end

local function check_program(config)
  if type(config.cmd) ~= 'table' then
    return health.info('`cmd` is a function; the program is not checked')
  end
  local program = config.cmd[1]
  local path = vim.fn.exepath(program)
  if path == '' then
    return health.error(('`%s` is not executable'):format(program), {
      'Run `cargo install --locked --path .` in a clone of connspec, and add ~/.cargo/bin to PATH.',
      "Or set the path: vim.lsp.config('connspec', { cmd = { '/path/to/connspec', 'lsp' } })",
    })
  end
  local ok, result = pcall(function() return vim.system({ path, '--version' }, { text = true }):wait(VERSION_TIMEOUT) end)
  local version = ok and result.code == 0 and result.stdout:match('^connspec%s+(%S+)')
  if version then
    health.ok(('connspec %s at %s'):format(version, path))
  else
    health.warn(path .. ' is not connspec: unexpected output of --version', 'Run `' .. path .. ' --version`.')
  end
end

local function check_enabled()
  if vim.lsp.is_enabled('connspec') then
    health.ok('The server is enabled')
  else
    health.error('The server is not enabled', "Add `vim.lsp.enable('connspec')` to your init.lua.")
  end
end

local function name_of(bufnr)
  return vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ':~:.')
end

local function check_client(client)
  local root = client.root_dir
  health.ok(('Server running (client %d), root: %s'):format(client.id, root or 'none'))
  for bufnr in vim.spairs(client.attached_buffers) do
    health.info('Attached to ' .. name_of(bufnr))
  end
  local project = root and vim.fs.find('connspec.toml', { path = root, upward = true })[1]
  health.info('connspec.toml: ' .. (project or 'none'))
  local settings = client.settings.connspec or {}
  health.info('Profile: ' .. (settings.profile or 'set by connspec.toml or the environment'))
  if settings.trusted == false then
    health.info('Nothing is sent to Flow Service: the setting `connspec.trusted` is `false`')
  end
end

local function check_clients()
  local clients = vim.lsp.get_clients({ name = 'connspec' })
  if #clients == 0 then
    health.info('No server is running; one is started when you open a connection spec')
  end
  vim.iter(clients):each(check_client)
end

-- Specs without a server.
local function check_buffers(config)
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    local is_file = vim.api.nvim_buf_is_loaded(bufnr) and vim.bo[bufnr].buftype == ''
    local is_attached = #vim.lsp.get_clients({ name = 'connspec', bufnr = bufnr }) > 0
    if is_file and not is_attached and require('connspec.detect').is_spec(bufnr) then
      local filetype = vim.bo[bufnr].filetype
      if config.filetypes and not vim.list_contains(config.filetypes, filetype) then
        health.warn(('%s is a connection spec with filetype `%s`'):format(name_of(bufnr), filetype), {
          'Run `:setfiletype json`, or add the filetype to `filetypes` of the configuration.',
        })
      else
        health.warn(name_of(bufnr) .. ' is a connection spec without a server', {
          'Reload it with `:edit`, or run `:Connspec restart`.',
        })
      end
    end
  end
end

function M.check()
  local config = vim.lsp.config.connspec
  health.start('connspec')
  check_neovim()
  if not config then
    return health.error('No LSP configuration `connspec` found', 'See `:help connspec-install`.')
  end
  check_program(config)
  check_enabled()
  health.start('connspec: servers and buffers')
  check_clients()
  check_buffers(config)
  health.info('Log: ' .. vim.lsp.log.get_filename())
end

return M
