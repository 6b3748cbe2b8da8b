-- What `vim.lsp.enable('connspec')` starts. All of it can be changed by `vim.lsp.config('connspec', { … })`.

local capabilities = {
  -- The lines above things that count places can show them.
  experimental = {
    commands = { commands = { 'connspec.showReferences' } },
    -- How the open specs stand is told, for the status line.
    connspec = { state = true },
  },
}

local handlers = {
  ['window/showMessage'] = function(_, message)
    require('connspec.client').say(message.message, message.type)
  end,
  ['connspec/state'] = function(_, state)
    require('connspec').learn(state)
  end,
}

-- From 0.12 on Neovim draws these lines anew by itself when the server asks for it.
if not vim.lsp.codelens.enable then
  capabilities.workspace = { codeLens = { refreshSupport = true } }
  handlers['workspace/codeLens/refresh'] = function(_, _, context)
    require('connspec.client').draw_lenses(context.client_id)
    return vim.NIL
  end
end

---@type vim.lsp.Config
return {
  cmd = { 'connspec', 'lsp' },
  filetypes = { 'json', 'jsonc' },
  root_markers = { 'connspec.toml', '.git' },
  -- Most JSON is no connection spec: a server is started for those alone. `root_markers` then say which folder counts.
  root_dir = function(bufnr, on_dir)
    if require('connspec.spec').is_spec(bufnr) then on_dir() end
  end,
  capabilities = capabilities,
  handlers = handlers,
  commands = {
    ['connspec.showReferences'] = function(command, context)
      require('connspec.lists').references(command, context)
    end,
    ['connspec.list'] = function(command, context)
      require('connspec.lists').specs(command, context)
    end,
    ['connspec.diff'] = function(command, context)
      require('connspec.remote').diff(command, context)
    end,
    ['connspec.openRemote'] = function(command, context)
      require('connspec.remote').open(command, context)
    end,
  },
  on_exit = function(code, signal)
    require('connspec.client').ended(code, signal)
  end,
}
