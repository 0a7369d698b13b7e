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
