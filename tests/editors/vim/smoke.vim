" Vim with ALE as docs/editors/vim.md sets it up, on a copy of the sample workspace.

" Silent mode loads no plugins by itself, and its buffers are never drawn.
runtime! plugin/**/*.vim
runtime! filetype.vim
set hidden noswapfile
let g:ale_lint_delay = 0

let s:work = $SMOKE_WORK
let s:project = s:work . '/parcels'
let s:spec = 'specs/002-delivery-notices/spec.md'
let s:tasks = 'specs/002-delivery-notices/tasks.md'
let s:report = []
let s:failures = 0

function! s:Test(name, Body) abort
  try
    call a:Body()
    call add(s:report, 'ok    ' . a:name)
  catch
    let s:failures += 1
    call add(s:report, 'FAIL  ' . a:name)
    call add(s:report, '      ' . v:exception . ' at ' . v:throwpoint)
  endtry
endfunction

" Waits until something is true, never for time to pass.
function! s:Eventually(what, Condition) abort
  let l:start = reltime()
  while !a:Condition()
    if reltimefloat(reltime(l:start)) > 15
      throw 'not within 15 s: ' . a:what
    endif
    sleep 50m
  endwhile
endfunction

function! s:Open(path) abort
  execute 'edit' fnameescape(s:project . '/' . a:path)
  ALELint
endfunction

function! s:Go(line, token) abort
  call cursor(1, 1)
  let l:row = search('\V' . escape(a:line, '\'), 'cW')
  if !l:row
    throw 'no line has ' . a:line
  endif
  call cursor(l:row, stridx(getline(l:row), a:token) + 1)
endfunction

function! s:Findings() abort
  let l:found = []
  for l:it in get(get(g:ale_buffer_info, bufnr(''), {}), 'loclist', [])
    if l:it.linter_name ==# 'spec_analyzer'
      call add(l:found, printf('%04d %s %s', l:it.lnum, get(l:it, 'code', ''),
      \ getline(l:it.lnum)[l:it.col - 1 : l:it.end_col - 1]))
    endif
  endfor
  return sort(l:found)
endfunction

function! s:Truth(path) abort
  let l:rows = []
  for l:line in readfile($SMOKE_TRUTH)
    let l:row = matchlist(l:line, '^| `parcels/\([^`]*\)` | \(\d\+\) | \([a-z-]\+\) | `\(.*\)` |$')
    if !empty(l:row) && l:row[1] ==# a:path
      call add(l:rows, printf('%04d %s %s', l:row[2], l:row[3], l:row[4]))
    endif
  endfor
  if empty(l:rows)
    throw 'no row for ' . a:path
  endif
  return sort(l:rows)
endfunction

function! s:Diagnostics(path) abort
  call s:Open(a:path)
  let l:expected = s:Truth(a:path)
  try
    call s:Eventually('the findings of the table', {-> s:Findings() ==# l:expected})
  catch
    throw 'expected ' . string(l:expected) . ', actual ' . string(s:Findings())
  endtry
endfunction

function! s:Elsewhere() abort
  execute 'edit' fnameescape(s:work . '/elsewhere/README.md')
  call assert_equal('', spec_analyzer#Root(expand('%:p')))
  if !empty(v:errors)
    throw remove(v:errors, 0)
  endif
endfunction

function! s:Definition() abort
  call s:Open(s:tasks)
  call s:Go('T011 [P] [US2]', 'FR-003')
  ALEGoToDefinition
  call s:Eventually('the line of the requirement', {-> expand('%:t') ==# 'spec.md' && line('.') == 71})
  call s:Open(s:tasks)
  call s:Go('T007 [US1]', 'services/notifier/src/compose.ts')
  ALEGoToDefinition
  call s:Eventually('the file', {-> expand('%:t') ==# 'compose.ts'})
endfunction

function! s:Back() abort
  call s:Open('services/notifier/src/compose.ts')
  call s:Go('FR-002', 'FR-002')
  ALEGoToDefinition
  call s:Eventually('the line of the requirement', {-> expand('%:t') ==# 'spec.md' && line('.') == 70})
endfunction

function! s:Hover() abort
  call s:Open(s:spec)
  call s:Go('- **FR-001**', 'FR-001')
  let g:ale_hover_to_preview = 1
  let g:ale_hover_to_floating_preview = 0
  ALEHover
  call s:Eventually('a preview with the tasks', {-> s:Previewed() =~# 'T008' && s:Previewed() =~# 'plan_notices.ts'})
  pclose
endfunction

function! s:Previewed() abort
  for l:window in range(1, winnr('$'))
    if getwinvar(l:window, '&previewwindow')
      return join(getbufline(winbufnr(l:window), 1, '$'), "\n")
    endif
  endfor
  return ''
endfunction

function! s:Rename() abort
  call s:Open(s:spec)
  call s:Go('- **FR-003**', 'FR-003')
  call ale#rename#Execute()
  call s:Eventually('the task list names the new id', {-> match(s:Lines(s:tasks), 'FR-033') >= 0})
endfunction

" Of a file, as Vim holds it, else as it is on disk.
function! s:Lines(path) abort
  let l:buffer = bufnr(s:project . '/' . a:path)
  return bufloaded(l:buffer) ? getbufline(l:buffer, 1, '$') : readfile(s:project . '/' . a:path)
endfunction

" Chooses the action whose title begins so.
function! s:Choose(title, data, items) abort
  for [l:type, l:item] in a:items
    if stridx(get(l:item, 'title', ''), a:title) == 0
      call ale#codefix#ApplyLSPCodeAction(a:data, l:item)
      return
    endif
  endfor
endfunction

function! s:Action() abort
  call s:Open(s:spec)
  call s:Eventually('the finding', {-> match(s:Findings(), 'story-without-task') >= 0})
  call s:Go('### User Story 3', 'User Story 3')
  call ale#codefix#Execute(0, function('s:Choose', ['Write the missing tasks']))
  call s:Eventually('the tasks', {-> match(s:Lines(s:tasks), '\[US3\]') >= 0})
  " ALE tells of a buffer when it is checked.
  call s:Open(s:tasks)
  call s:Open(s:spec)
  call s:Eventually('the end of the finding', {-> match(s:Findings(), 'story-without-task') < 0})
endfunction

" ALE does not say that it has no answer yet: it is asked until the list is there.
function! s:Asked(list) abort
  call ale#codefix#Execute(0, function('s:Choose', ['Write tasks.md']))
  sleep 200m
  let l:buffer = bufnr(a:list)
  return bufloaded(l:buffer) && match(getbufline(l:buffer, 1, '$'), 'T001') >= 0
endfunction

function! s:Generate() abort
  let l:feature = s:work . '/lockers/specs/001-lockers'
  execute 'edit' fnameescape(l:feature . '/spec.md')
  ALELint
  call s:Go('# Feature Specification', 'Feature')
  let l:list = l:feature . '/tasks.md'
  call s:Eventually('a task list', {-> s:Asked(l:list)})
endfunction

function! s:Servers() abort
  " ALE starts it through a shell, and not every shell steps aside for its only command.
  let l:parents = [getpid()] + systemlist('pgrep -P ' . getpid())
  return systemlist('pgrep -x spec-analyzer -P ' . join(l:parents, ','))
endfunction

function! s:Killed() abort
  call s:Open(s:tasks)
  call s:Eventually('the finding', {-> match(s:Findings(), 'FR-014') >= 0})
  let l:before = s:Servers()
  call system('kill -9 ' . join(l:before))
  call s:Eventually('its end', {-> s:Servers() !=# l:before})
  ALELint
  call s:Eventually('another server', {-> !empty(s:Servers())})
  call s:Go('FR-014', 'FR-014')
  call setline('.', substitute(getline('.'), ', FR-014', '', ''))
  ALELint
  call s:Eventually('the finding goes with its cause', {-> match(s:Findings(), 'FR-014') < 0})
endfunction

for s:path in ['specs/001-parcel-intake/spec.md', 'specs/001-parcel-intake/tasks.md',
\ 'specs/002-delivery-notices/plan.md', s:spec, s:tasks]
  call s:Test('diagnostics of ' . s:path, {-> s:Diagnostics(s:path)})
endfor
call s:Test('no server where no specifications are', function('s:Elsewhere'))
call s:Test('definition of a requirement and of a path', function('s:Definition'))
call s:Test('definition of an id in a comment of the code', function('s:Back'))
call s:Test('hover shows the tasks of a requirement', function('s:Hover'))

call s:Test('a code action writes the missing tasks, and the finding goes away', function('s:Action'))
" Nobody sits there to answer.
runtime autoload/ale/util.vim
function! ale#util#Input(message, value, ...) abort
  return 'FR-033'
endfunction
call s:Test('a rename reaches the task list', function('s:Rename'))
call s:Test('a feature without a task list gets one', function('s:Generate'))
call s:Test('a server that was killed comes back with the next check', function('s:Killed'))

call add(s:report, printf('Vim %d.%d with ALE: %d failed', v:version / 100, v:version % 100, s:failures))
call writefile(s:report, s:work . '/report')
execute s:failures ? 'cquit' : 'quitall!'
