---The command :SpecAnalyzer, and what queries ask of a buffer.

if vim.g.loaded_spec_analyzer then
  return
end
vim.g.loaded_spec_analyzer = true

---Ordinary Markdown keeps its colours: only a path says what a spec document is.
vim.treesitter.query.add_predicate('spec-document?', function(_, _, source)
  return type(source) == 'number' and require('spec_analyzer').is_spec_document(vim.api.nvim_buf_get_name(source))
end, { force = true })

vim.api.nvim_create_user_command('SpecAnalyzer', function(arguments)
  require('spec_analyzer').run(arguments.args)
end, {
  nargs = 1,
  complete = function(start)
    return vim.iter(require('spec_analyzer').names())
      :filter(function(name)
        return vim.startswith(name, start)
      end)
      :totable()
  end,
  desc = 'spec-analyzer: tick, matrix, coverage, impact, links, archive, restart, log',
})
