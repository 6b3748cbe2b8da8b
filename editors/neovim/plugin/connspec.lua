-- The command `:Connspec` and the documents that show the text of the service. The rest is loaded when it is used.

if vim.g.loaded_connspec then return end
vim.g.loaded_connspec = true

vim.api.nvim_create_user_command('Connspec', function(call)
  require('connspec.command').run(call.fargs)
end, {
  nargs = '+',
  desc = 'Bring the connection spec of this buffer and the service together',
  complete = function(lead, line, column)
    return require('connspec.command').complete(lead, line:sub(1, column))
  end,
})

vim.api.nvim_create_autocmd('BufReadCmd', {
  group = vim.api.nvim_create_augroup('connspec', {}),
  pattern = 'connspec-remote://*',
  desc = 'Read the text of the service',
  callback = function(event)
    require('connspec.remote').read(event.buf)
  end,
})
