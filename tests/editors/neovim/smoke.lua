-- Neovim with the configuration of editors/neovim, as a user has it, on a copy of the sample workspace.
-- nvim -u NONE --cmd 'set rtp^=editors/neovim' -l smoke.lua WORKSPACE TRUTH

local work, truth_file = arg[1], arg[2]
local project = work .. '/parcels'
local harness = dofile(vim.fs.dirname(arg[0]) .. '/harness.lua')
local test, same, holds, eventually, PATIENCE = harness.test, harness.same, harness.holds, harness.eventually, harness.patience

---Opens a file of the project and waits for the server.
local function open(path)
  vim.cmd.buffer(vim.fn.bufadd(path))
  eventually('the server attaches to ' .. path, function()
    local client = vim.lsp.get_clients({ bufnr = 0, name = 'spec_analyzer' })[1]
    return client ~= nil and client.initialized
  end)
  return vim.api.nvim_get_current_buf(), vim.lsp.get_clients({ bufnr = 0, name = 'spec_analyzer' })[1]
end

---Puts the cursor into `token` in the first line that has `line` in it.
local function go(line, token)
  for number, text in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, true)) do
    if text:find(line, 1, true) then
      local column = text:find(token, 1, true)
      assert(column, token .. ' is not in: ' .. text)
      vim.api.nvim_win_set_cursor(0, { number, column })
      return
    end
  end
  error('no line has ' .. line, 2)
end

---"line code text", sorted: what a diagnostic is for the table of truth.
local function shown(bufnr)
  local out = {}
  for _, it in ipairs(vim.diagnostic.get(bufnr)) do
    local text = vim.api.nvim_buf_get_text(bufnr, it.lnum, it.col, it.end_lnum, it.end_col, {})
    out[#out + 1] = ('%d %s %s'):format(it.lnum + 1, it.code, table.concat(text, '\n'))
  end
  table.sort(out)
  return out
end

---The same from the table: path -> list.
local function truth()
  local out = {}
  for line in io.lines(truth_file) do
    local path, number, code, text = line:match('^| `parcels/([^`]+)` | (%d+) | ([%w-]+) | `(.*)` |$')
    if path then
      out[path] = out[path] or {}
      table.insert(out[path], ('%s %s %s'):format(number, code, text))
    end
  end
  for _, list in pairs(out) do
    table.sort(list)
  end
  assert(next(out), 'no table in ' .. truth_file)
  return out
end

local SPEC = project .. '/specs/002-delivery-notices/spec.md'
local TASKS = project .. '/specs/002-delivery-notices/tasks.md'
local here = function()
  return { vim.api.nvim_buf_get_name(0), vim.api.nvim_win_get_cursor(0)[1] }
end

for path, expected in vim.spairs(truth()) do
  test('diagnostics of ' .. path, function()
    local buffer = open(project .. '/' .. path)
    local actual
    vim.wait(PATIENCE, function()
      actual = shown(buffer)
      return vim.deep_equal(expected, actual)
    end, 20)
    same(expected, actual, path)
  end)
end

test('no diagnostics in ordinary Markdown', function()
  local buffer = open(project .. '/docs/notes.md')
  -- The answer to a later request comes after the diagnostics of an earlier one would have.
  local client = vim.lsp.get_clients({ bufnr = 0 })[1]
  client:request_sync('textDocument/diagnostic', { textDocument = vim.lsp.util.make_text_document_params() }, PATIENCE)
  client:request_sync('textDocument/hover', vim.lsp.util.make_position_params(0, client.offset_encoding), PATIENCE)
  same({}, vim.diagnostic.get(buffer), 'docs/notes.md')
  same({}, vim.diagnostic.get(open(project .. '/README.md')), 'README.md')
end)

test('no server where no specifications are', function()
  vim.cmd.edit(work .. '/elsewhere/README.md')
  same('markdown', vim.bo.filetype, 'file type')
  same(false, vim.wait(300, function()
    return #vim.lsp.get_clients({ bufnr = 0 }) > 0
  end), 'attached')
end)

for _, path in ipairs({ 'kiro/.kiro/specs/doorbell/tasks.md', 'openspec/openspec/changes/add-chime/proposal.md' }) do
  test('it starts for ' .. path, function()
    local root = work .. '/' .. path:match('^%w+')
    local buffer = open(work .. '/' .. path)
    local client = vim.lsp.get_clients({ bufnr = buffer })[1]
    same(root, client.root_dir, 'root')
    eventually('a finding', function()
      return #vim.diagnostic.get(buffer) > 0
    end)
    client:stop()
    eventually('the server has ended', function()
      return client:is_stopped()
    end)
    vim.cmd.bwipeout({ buffer, bang = true })
  end)
end

test('one server for the whole project', function()
  -- One that was stopped above is forgotten a little later.
  eventually('one client is left', function()
    return #vim.lsp.get_clients({ name = 'spec_analyzer' }) == 1
  end)
  same(project, vim.lsp.get_clients({ name = 'spec_analyzer' })[1].root_dir, 'root')
end)

---Text of the hover window at the cursor.
local function hover()
  vim.lsp.buf.hover()
  local text
  eventually('a hover window', function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true), '\n')
        vim.api.nvim_win_close(window, true)
        return true
      end
    end
  end)
  return text
end

test('hover on a requirement shows its tasks and files', function()
  open(SPEC)
  go('- **FR-001**', 'FR-001')
  local text = hover()
  holds(text, 'FR-001')
  holds(text, 'T008')
  holds(text, 'T010')
  holds(text, 'services/notifier/src/plan_notices.ts')
end)

test('hover on a story mention shows the story', function()
  open(TASKS)
  go('T011 [P] [US2]', 'US2')
  holds(hover(), 'Only what I can use')
end)

test('no hover in prose', function()
  open(SPEC)
  go('People who get the same notice', 'People')
  local client = vim.lsp.get_clients({ bufnr = 0 })[1]
  local answer = client:request_sync(
    'textDocument/hover',
    vim.lsp.util.make_position_params(0, client.offset_encoding),
    PATIENCE
  )
  assert(answer and not answer.err, vim.inspect(answer))
  assert(answer.result == nil or answer.result == vim.NIL, vim.inspect(answer.result))
end)

local function jump(line, token, expected, path)
  open(path or TASKS)
  go(line, token)
  local before = here()
  vim.lsp.buf.definition()
  eventually('the cursor moves', function()
    return not vim.deep_equal(before, here())
  end)
  same(expected, here(), 'place')
end

test('definition of a requirement in a task is the line of the specification', function()
  jump('T011 [P] [US2]', 'FR-003', { SPEC, 71 })
end)

test('definition of a story in a task is its heading', function()
  jump('T011 [P] [US2]', 'US2', { SPEC, 34 })
end)

test('definition of a path in a task is the file', function()
  jump('T007 [US1]', 'services/notifier/src/compose.ts', { project .. '/services/notifier/src/compose.ts', 1 })
end)

test('definition of an id in a comment of the code is the line of the specification, and the way back', function()
  local compose = project .. '/services/notifier/src/compose.ts'
  jump('FR-002: the tracking code', 'FR-002', { SPEC, 70 }, compose)
  vim.cmd.execute([["normal! \<C-o>"]])
  same(compose, here()[1], 'back')
end)

test('definition goes across features', function()
  jump('T004 Read a parcel', 'FR-004', { project .. '/specs/001-parcel-intake/spec.md', 61 })
end)

test('references of a requirement are the tasks that cite it', function()
  open(SPEC)
  go('- **FR-005**', 'FR-005')
  local lines
  vim.lsp.buf.references({ includeDeclaration = false }, {
    on_list = function(list)
      lines = {}
      for _, item in ipairs(list.items) do
        lines[#lines + 1] = vim.fs.basename(item.filename) .. ':' .. item.lnum
      end
      table.sort(lines)
    end,
  })
  eventually('references', function()
    return lines ~= nil
  end)
  for _, expected in ipairs({ 'tasks.md:25', 'tasks.md:63' }) do
    assert(vim.list_contains(lines, expected), expected .. ' is not in ' .. vim.inspect(lines))
  end
end)

test('outgoing calls of a requirement are the tasks that cite it', function()
  open(SPEC)
  go('- **FR-002**', 'FR-002')
  vim.fn.setqflist({})
  vim.lsp.buf.outgoing_calls()
  local names
  eventually('a list', function()
    names = vim.iter(vim.fn.getqflist()):map(function(it)
      return it.text
    end):join('\n')
    return names ~= ''
  end)
  holds(names, 'T007')
  holds(names, 'T013')
  vim.cmd.cclose()
end)

test('completion of ids in a task, in the words of this feature', function()
  local buffer, client = open(TASKS)
  local line = '- [ ] T017 [US2] Count notices (FR-'
  vim.api.nvim_buf_set_lines(buffer, -1, -1, true, { line })
  local last = vim.api.nvim_buf_line_count(buffer)
  vim.api.nvim_win_set_cursor(0, { last, #line })
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  params.position.character = #line
  local answer = client:request_sync('textDocument/completion', params, PATIENCE)
  assert(answer and answer.result and answer.result ~= vim.NIL, vim.inspect(answer))
  local labels = {}
  for _, item in ipairs(answer.result.items or answer.result) do
    if item.label:match('^FR%-%d+$') then
      labels[#labels + 1] = item.label
    end
  end
  table.sort(labels)
  same({ 'FR-001', 'FR-002', 'FR-003', 'FR-004', 'FR-005' }, labels, 'labels')
  vim.cmd('silent undo')
  same(false, vim.bo.modified, 'modified')
  -- Changes are sent before a request about their document, else a little later: the next test speaks of another one.
  client:request_sync('textDocument/hover', vim.lsp.util.make_position_params(0, client.offset_encoding), PATIENCE)
end)

test('ids are coloured, prose is not', function()
  local buffer = open(SPEC)
  go('- **FR-001**', 'FR-001')
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local function types(at)
    return vim.iter(vim.lsp.semantic_tokens.get_at_pos(buffer, row - 1, at) or {}):map(function(it)
      return it.type
    end):totable()
  end
  eventually('a token', function()
    return #types(column) > 0
  end)
  same({ 'property' }, types(column), 'type of an id')
  same({}, types(column + #'FR-001**: '), 'types of prose')
end)

test('stories fold', function()
  open(SPEC)
  vim.wo.foldmethod, vim.wo.foldexpr = 'expr', 'v:lua.vim.lsp.foldexpr()'
  go('### User Story 2', 'User')
  local row = vim.api.nvim_win_get_cursor(0)[1]
  eventually('a fold', function()
    return vim.fn.foldlevel(row) == 3 and vim.fn.foldlevel(row + 1) == 3
  end)
  vim.wo.foldmethod = 'manual'
end)

test('a path in a task is a link', function()
  local _, client = open(TASKS)
  local params = { textDocument = vim.lsp.util.make_text_document_params() }
  local links = client:request_sync('textDocument/documentLink', params, PATIENCE).result
  local compose = vim.uri_from_fname(project .. '/services/notifier/src/compose.ts')
  assert(vim.iter(links):any(function(it)
    return it.target == compose
  end), vim.inspect(links))
end)

test('a command ticks the task under the cursor, and undo opens it again', function()
  local buffer, client = open(TASKS)
  go('- [ ] T010', 'T010')
  local row = vim.api.nvim_win_get_cursor(0)[1]
  local before = vim.api.nvim_buf_get_lines(buffer, 0, -1, true)
  local place = vim.lsp.util.make_position_params(0, client.offset_encoding)
  client:exec_cmd({ title = 'Tick', command = 'spec-analyzer.tick', arguments = { place } })
  local function line()
    return vim.api.nvim_buf_get_lines(buffer, row - 1, row, true)[1]
  end
  eventually('a tick', function()
    return line() == (before[row]:gsub('%[ %]', '[x]', 1))
  end)
  vim.cmd('silent undo')
  same(before, vim.api.nvim_buf_get_lines(buffer, 0, -1, true), 'text')
  client:request_sync('textDocument/hover', place, PATIENCE)
end)

test('a story without tasks gets them from a code action, and the finding goes away', function()
  local tasks = open(TASKS)
  local before = vim.api.nvim_buf_get_lines(tasks, 0, -1, true)
  local spec = open(SPEC)
  local function uncovered()
    return vim.iter(vim.diagnostic.get(spec)):any(function(it)
      return it.code == 'story-without-task'
    end)
  end
  eventually('the finding is there', uncovered)
  go('### User Story 3', 'User Story 3')
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title:find('^Write the missing tasks') ~= nil and action.kind == 'quickfix'
    end,
  })
  eventually('the tasks are written', function()
    return #vim.api.nvim_buf_get_lines(tasks, 0, -1, true) > #before
  end)
  local after = vim.api.nvim_buf_get_lines(tasks, 0, -1, true)
  -- Every line that was there is still there, in order.
  local next_line = 1
  for _, line in ipairs(after) do
    if line == before[next_line] then
      next_line = next_line + 1
    end
  end
  same(#before + 1, next_line, 'lines kept')
  holds(table.concat(after, '\n'), '[US3]')
  eventually('the finding goes away', function()
    return not uncovered()
  end)
end)

test('a rename reaches the task list, and undo takes it back', function()
  local tasks = open(TASKS)
  local spec = open(SPEC)
  local function names(id)
    return table.concat(vim.api.nvim_buf_get_lines(tasks, 0, -1, true), '\n'):find(id, 1, true) ~= nil
  end
  go('- **FR-003**', 'FR-003')
  vim.lsp.buf.rename('FR-033')
  eventually('the task names the new id', function()
    return names('FR-033') and not names('FR-003')
  end)
  for _, buffer in ipairs({ tasks, spec }) do
    vim.api.nvim_buf_call(buffer, function()
      vim.cmd('silent undo')
    end)
  end
  same(true, names('FR-003'), 'undone')
end)

test('an edit takes a finding away, and undo brings it back', function()
  local buffer = open(TASKS)
  local function unknown()
    return vim.iter(vim.diagnostic.get(buffer)):any(function(it)
      return it.code == 'unknown-reference'
    end)
  end
  eventually('the finding is there', unknown)
  vim.cmd('silent %s/, FR-014//')
  eventually('the finding goes away', function()
    return not unknown()
  end)
  vim.cmd('silent undo')
  eventually('the finding is back', unknown)
end)

---Names of the captures of `specline` at a place.
local function colours(buffer, row, column)
  vim.treesitter.get_parser(buffer):parse(true)
  return vim.iter(vim.treesitter.get_captures_at_pos(buffer, row, column))
    :filter(function(it)
      return it.lang == 'specline'
    end)
    :map(function(it)
      return it.capture
    end)
    :totable()
end

test('the grammar colours ids in lines and in cells, only in spec documents', function()
  local buffer = open(SPEC)
  vim.treesitter.start(buffer)
  go('- **FR-001**', 'FR-001')
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  same({ 'label' }, colours(buffer, row - 1, column), 'of an id')
  -- In memory only, and back again.
  vim.api.nvim_buf_set_lines(buffer, -1, -1, true, { '', '| id | must |', '|---|---|', '| FR-002 | MUST |' })
  local last = vim.api.nvim_buf_line_count(buffer) - 1
  same({ 'label' }, colours(buffer, last, 2), 'of an id in a cell')
  same({ 'keyword' }, colours(buffer, last, 11), 'of a word in a cell')
  vim.cmd('silent undo')
  vim.treesitter.stop(buffer)
  buffer = open(project .. '/docs/notes.md')
  vim.treesitter.start(buffer)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, true)) do
    for at = 0, #line - 1 do
      same({}, colours(buffer, number - 1, at), 'of ordinary Markdown, line ' .. number)
    end
  end
  vim.treesitter.stop(buffer)
end)

test('a command shows the coverage', function()
  open(SPEC)
  local before = #vim.api.nvim_list_wins()
  vim.cmd('SpecAnalyzer coverage')
  eventually('a window', function()
    return #vim.api.nvim_list_wins() > before
  end)
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
  same('markdown', vim.bo.filetype, 'file type')
  holds(text, '002-delivery-notices')
  vim.cmd.close()
end)

test('a command shows what a change of a symbol may reach', function()
  open(project .. '/services/notifier/src/compose.ts')
  go('export function composeNotice', 'composeNotice')
  local before = #vim.api.nvim_list_wins()
  vim.cmd('SpecAnalyzer impact')
  eventually('a window', function()
    return #vim.api.nvim_list_wins() > before
  end)
  holds(table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n'), 'compose.test.ts')
  vim.cmd.close()
end)

test('a feature without a task list gets one from a code action', function()
  local directory = work .. '/lockers/specs/001-lockers'
  open(directory .. '/spec.md')
  go('# Feature Specification', 'Feature')
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title:find('^Write tasks.md') ~= nil
    end,
  })
  local text
  eventually('the list is there', function()
    local tasks = vim.fn.bufnr(directory .. '/tasks.md')
    text = tasks > 0 and table.concat(vim.api.nvim_buf_get_lines(tasks, 0, -1, true), '\n') or ''
    return text:find('T001', 1, true) ~= nil
  end)
  holds(text, '[US1]')
  holds(text, 'FR-001')
  holds(text, 'src/locker.py')
end)

test('a server that was killed comes back by itself', function()
  local buffer, client = open(TASKS)
  local expected = truth()['specs/002-delivery-notices/plan.md']
  local plan = open(project .. '/specs/002-delivery-notices/plan.md')
  local id = client.id
  local pids = vim.fn.systemlist({ 'pgrep', '-P', tostring(vim.fn.getpid()), '-f', 'spec-analyzer lsp' })
  assert(#pids > 0, 'no server runs')
  for _, pid in ipairs(pids) do
    vim.uv.kill(tonumber(pid), 'sigkill')
  end
  eventually('another server', function()
    local again = vim.lsp.get_clients({ bufnr = buffer, name = 'spec_analyzer' })[1]
    return again ~= nil and again.id ~= id and again.initialized
  end)
  eventually('the findings are back', function()
    return vim.deep_equal(expected, shown(plan))
  end)
end)

test('the server ends in order', function()
  local clients = vim.lsp.get_clients({ name = 'spec_analyzer' })
  assert(#clients > 0, 'no server runs')
  for _, client in ipairs(clients) do
    client:stop()
  end
  eventually('the servers have ended, and none has come back', function()
    return #vim.lsp.get_clients({ name = 'spec_analyzer', _uninitialized = true }) == 0
  end)
end)

harness.finish('Neovim')
