-- Defines `:Connspec` and the buffers with remote versions. The modules are loaded on first use.

if vim.g.loaded_connspec then return end
vim.g.loaded_connspec = true

vim.api.nvim_create_user_command('Connspec', function(call)
  require('connspec.command').run(call.fargs)
end, {
  nargs = '+',
  desc = 'Sync the connection spec of this buffer with Flow Service',
  complete = function(lead, line, column)
    return require('connspec.command').complete(lead, line:sub(1, column))
  end,
})

vim.api.nvim_create_autocmd('BufReadCmd', {
  group = vim.api.nvim_create_augroup('connspec', {}),
  pattern = 'connspec-remote://*',
  desc = 'Read the remote version of a connection spec',
  callback = function(event)
    require('connspec.remote').read(event.buf)
  end,
})
