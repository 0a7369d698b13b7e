" What says that a directory has spec documents.
let s:shapes = ['.specify', 'specs/*/spec.md', '.kiro/specs', 'openspec/specs', 'openspec/changes']

" The directory above a file that has spec documents, or '' where none has: then no server is started.
function! spec_analyzer#Root(file) abort
  let l:directory = fnamemodify(a:file, ':p:h')
  while 1
    if l:directory !=# $HOME
      for l:shape in s:shapes
        if !empty(globpath(escape(l:directory, ',*?[]{}\'), l:shape, 1, 1))
          return l:directory
        endif
      endfor
    endif
    let l:above = fnamemodify(l:directory, ':h')
    if l:above ==# l:directory
      return ''
    endif
    let l:directory = l:above
  endwhile
endfunction

" Makes the server a linter of ALE for a file type. For sources it answers beside the language's own, on linked names only.
function! spec_analyzer#Define(filetype) abort
  call ale#Set(a:filetype . '_spec_analyzer_executable', get(g:, 'ale_markdown_spec_analyzer_executable', 'spec-analyzer'))
  call ale#linter#Define(a:filetype, {
  \ 'name': 'spec_analyzer',
  \ 'aliases': ['spec-analyzer'],
  \ 'lsp': 'stdio',
  \ 'executable': {buffer -> ale#Var(buffer, a:filetype . '_spec_analyzer_executable')},
  \ 'command': '%e lsp',
  \ 'project_root': {buffer -> spec_analyzer#Root(fnamemodify(bufname(buffer), ':p'))},
  \})
endfunction
