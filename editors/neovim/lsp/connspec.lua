-- The configuration that `vim.lsp.enable('connspec')` uses. `vim.lsp.config('connspec', { … })` overrides any part of it.

local capabilities = {
  experimental = {
    -- Code lenses that count references can show them.
    commands = { commands = { 'connspec.showReferences' } },
    -- The server reports the sync status of open specs, for the status line.
    connspec = { state = true },
  },
}

local handlers = {
  ['window/showMessage'] = function(_, params)
    require('connspec.client').notify(params.message, params.type)
  end,
  ['connspec/state'] = function(_, status)
    require('connspec').set_status(status)
  end,
}

-- Neovim 0.12 refreshes code lenses by itself when the server requests it.
if not vim.lsp.codelens.enable then
  capabilities.workspace = { codeLens = { refreshSupport = true } }
  handlers['workspace/codeLens/refresh'] = function(_, _, context)
    require('connspec.client').refresh_lenses(context.client_id)
    return vim.NIL
  end
end

---@type vim.lsp.Config
return {
  cmd = { 'connspec', 'lsp' },
  filetypes = { 'json', 'jsonc' },
  root_markers = { 'connspec.toml', '.git' },
  -- Most JSON files are not connection specs: the server is started for those that are, with the root of `root_markers`.
  root_dir = function(bufnr, on_dir)
    if require('connspec.detect').is_spec(bufnr) then on_dir() end
  end,
  capabilities = capabilities,
  handlers = handlers,
  commands = {
    ['connspec.showReferences'] = function(command, context)
      require('connspec.quickfix').references(command, context)
    end,
    ['connspec.list'] = function(command, context)
      require('connspec.quickfix').specs(command, context)
    end,
    ['connspec.diff'] = function(command, context)
      require('connspec.remote').diff(command, context)
    end,
    ['connspec.openRemote'] = function(command, context)
      require('connspec.remote').open(command, context)
    end,
  },
  on_exit = function(code, signal)
    require('connspec.client').on_exit(code, signal)
  end,
}
