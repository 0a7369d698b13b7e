" spec-analyzer for Vim with ALE: starts only where spec documents are.

call ale#Set('markdown_spec_analyzer_executable', 'spec-analyzer')

function! ale_linters#markdown#spec_analyzer#Root(buffer) abort
  return spec_analyzer#Root(fnamemodify(bufname(a:buffer), ':p'))
endfunction

call ale#linter#Define('markdown', {
\ 'name': 'spec_analyzer',
\ 'aliases': ['spec-analyzer'],
\ 'lsp': 'stdio',
\ 'executable': {buffer -> ale#Var(buffer, 'markdown_spec_analyzer_executable')},
\ 'command': '%e lsp',
\ 'project_root': function('ale_linters#markdown#spec_analyzer#Root'),
\})
