-- `:checkhealth connspec`: what is there, and what to do about what is not.

local health = vim.health

local M = {}

-- How long the program may take to tell its version, in milliseconds.
local PATIENCE = 5000

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
    return health.info('The server is started by a function of yours (`cmd`)')
  end
  local program = config.cmd[1]
  local path = vim.fn.exepath(program)
  if path == '' then
    return health.error(('The program `%s` is not found'):format(program), {
      'Run `cargo install --locked --path .` in the folder of connspec, and have ~/.cargo/bin in your PATH.',
      "Or say where it is: vim.lsp.config('connspec', { cmd = { '/path/to/connspec', 'lsp' } })",
    })
  end
  local good, answer = pcall(function() return vim.system({ path, '--version' }, { text = true }):wait(PATIENCE) end)
  local version = good and answer.code == 0 and answer.stdout:match('^connspec%s+(%S+)')
  if version then
    health.ok(('connspec %s at %s'):format(version, path))
  else
    health.warn(path .. ' does not say that it is connspec', {
      'Run `' .. path .. ' --version` and see what it says.',
    })
  end
end

local function check_enabled()
  if vim.lsp.is_enabled('connspec') then
    health.ok('It is enabled')
  else
    health.error('It is not enabled', "Add `vim.lsp.enable('connspec')` to your init.lua.")
  end
end

local function name_of(bufnr)
  return vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ':~:.')
end

local function check_client(client)
  local root = client.root_dir
  health.ok(('The server of %s runs (client %d)'):format(root or 'files without a root folder', client.id))
  for bufnr in vim.spairs(client.attached_buffers) do
    health.info('It has ' .. name_of(bufnr))
  end
  local project = root and vim.fs.find('connspec.toml', { path = root, upward = true })[1]
  health.info(project and 'connspec.toml: ' .. project or 'No connspec.toml above its files: nothing is set for a team')
  local settings = client.settings.connspec or {}
  health.info('Profile: ' .. (settings.profile or 'as connspec.toml or the environment says'))
  if settings.trusted == false then
    health.info('Nothing is sent to a service: the setting `connspec.trusted` is `false`')
  end
end

local function check_clients()
  local clients = vim.lsp.get_clients({ name = 'connspec' })
  if #clients == 0 then
    health.info('No server runs: it starts with the first connection spec that is opened')
  end
  vim.iter(clients):each(check_client)
end

-- Buffers that look as if they should have a server and have none.
local function check_buffers(config)
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    local is_file = vim.api.nvim_buf_is_loaded(bufnr) and vim.bo[bufnr].buftype == ''
    local is_served = #vim.lsp.get_clients({ name = 'connspec', bufnr = bufnr }) > 0
    if is_file and not is_served and require('connspec.spec').is_spec(bufnr) then
      local filetype = vim.bo[bufnr].filetype
      if config.filetypes and not vim.list_contains(config.filetypes, filetype) then
        health.warn(('%s has the filetype `%s`'):format(name_of(bufnr), filetype), {
          'Set it with `:setfiletype json`, or add yours to `filetypes` of the configuration.',
        })
      else
        health.warn(name_of(bufnr) .. ' is a connection spec without a server', {
          'Read it again with `:edit`, or run `:Connspec restart`.',
        })
      end
    end
  end
end

--- Carries out `:checkhealth connspec`.
function M.check()
  local config = vim.lsp.config.connspec
  health.start('connspec')
  check_neovim()
  if not config then
    return health.error('There is no configuration `connspec`', 'See `:help connspec-install`.')
  end
  check_program(config)
  check_enabled()
  health.start('connspec: servers and files')
  check_clients()
  check_buffers(config)
  health.info('Log: ' .. vim.lsp.log.get_filename())
end

return M
