-- Other servers in Neovim: what they answer alone, and what they answer beside ours.
-- nvim -u WITHOUT_OURS -l neighbours.lua WORK PACKAGES

local work, packages = arg[1], arg[2]
local project = work .. '/parcels'
local harness = dofile(vim.fs.dirname(arg[0]) .. '/../neovim/harness.lua')
harness.patience = 60000 -- several servers start
local test, eventually, PATIENCE = harness.test, harness.eventually, harness.patience

---What VS Code's server for Markdown asks of its editor.
local function read(path)
  local file = assert(io.open(path, 'rb'))
  local text = file:read('*a')
  file:close()
  return text
end

local parsed = {}
local handlers = {
  ['markdown/parse'] = function(_, params)
    local path = vim.uri_to_fname(params.uri)
    local script = 'process.stdout.write(JSON.stringify(require(process.argv[1])({html: true}).parse(require("fs").readFileSync(process.argv[2], "utf8"), {})))'
    parsed[path] = parsed[path] or vim.system({ 'node', '-e', script, packages .. '/markdown-it', path }):wait().stdout
    return vim.json.decode(parsed[path])
  end,
  ['markdown/fs/readFile'] = function(_, params)
    local text = read(vim.uri_to_fname(params.uri))
    local bytes = {}
    for at = 1, #text do
      bytes[at] = text:byte(at)
    end
    return bytes
  end,
  ['markdown/fs/readDirectory'] = function(_, params)
    local out = {}
    for name, kind in vim.fs.dir(vim.uri_to_fname(params.uri)) do
      out[#out + 1] = { name, { isDirectory = kind == 'directory' } }
    end
    return out
  end,
  ['markdown/fs/stat'] = function(_, params)
    local found = vim.uv.fs_stat(vim.uri_to_fname(params.uri))
    return found and { isDirectory = found.type == 'directory' } or vim.NIL
  end,
  ['markdown/fs/watcher/create'] = function()
    return vim.NIL
  end,
  ['markdown/fs/watcher/delete'] = function()
    return vim.NIL
  end,
  ['markdown/findMarkdownFilesInWorkspace'] = function()
    local found = vim.fs.find(function(name)
      return name:find('%.md$') ~= nil
    end, { path = project, type = 'file', limit = math.huge })
    table.sort(found)
    return vim.tbl_map(vim.uri_from_fname, found)
  end,
}

local NEIGHBOURS = {
  markdown = {
    cmd = { 'node', packages .. '/vscode-markdown-languageserver/out/node/main.js', '--stdio' },
    filetypes = { 'markdown' },
    handlers = handlers,
    init_options = { markdownFileExtensions = { 'md' } },
  },
  pyright = {
    cmd = { 'node', packages .. '/pyright/langserver.index.js', '--stdio' },
    filetypes = { 'python' },
    settings = { python = { analysis = { autoSearchPaths = true } } },
  },
  typescript = {
    cmd = { 'node', packages .. '/typescript-language-server/lib/cli.mjs', '--stdio' },
    filetypes = { 'typescript' },
    init_options = { tsserver = { path = packages .. '/typescript/lib/tsserver.js' }, disableAutomaticTypingAcquisition = true },
  },
}
for name, config in pairs(NEIGHBOURS) do
  config.root_dir = project
  vim.lsp.config(name, config)
  vim.lsp.enable(name)
end

local FILES = {
  ['README.md'] = 'markdown',
  ['docs/notes.md'] = 'markdown',
  ['specs/002-delivery-notices/spec.md'] = 'markdown',
  ['specs/002-delivery-notices/tasks.md'] = 'markdown',
  ['services/intake/parcels/store.py'] = 'pyright',
  ['services/notifier/src/compose.ts'] = 'typescript',
}

local function open(path)
  local buffer = vim.fn.bufadd(project .. '/' .. path)
  vim.cmd.buffer(buffer)
  return buffer
end

local function client_of(buffer, name)
  local client
  eventually(name .. ' attaches', function()
    client = vim.lsp.get_clients({ bufnr = buffer, name = name })[1]
    return client ~= nil and client.initialized
  end)
  return client
end

---Places worth asking about: the beginnings of words, at most `limit` of them over the whole document.
local function places(buffer, limit)
  local all = {}
  for row, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, true)) do
    for column in line:gmatch('()[%w_][%w_%-]+') do
      all[#all + 1] = { line = row - 1, character = vim.str_utfindex(line, 'utf-16', column - 1) }
    end
  end
  local step = math.max(1, math.floor(#all / limit))
  return vim.iter(all)
    :enumerate()
    :filter(function(at)
      return at % step == 0
    end)
    :map(function(_, place)
      return place
    end)
    :totable()
end

local WHOLE = { 'documentSymbol', 'foldingRange', 'documentLink', 'formatting', 'codeLens', 'inlayHint', 'semanticTokens/full', 'diagnostic' }
local AT = { 'hover', 'definition', 'references', 'documentHighlight', 'implementation', 'prepareRename', 'selectionRange', 'codeAction' }

---Every answer of a server about a document, as text.
local function answers(client, buffer, limit)
  local out = {}
  local function ask(method, params)
    method = 'textDocument/' .. method
    if client:supports_method(method, buffer) then
      local answer = assert(client:request_sync(method, params, PATIENCE, buffer), method .. ' has no answer')
      local place = params.position and (' %d:%d'):format(params.position.line, params.position.character) or ''
      out[#out + 1] = method .. place .. ' ' .. vim.inspect(answer.err or answer.result)
    end
  end
  local document = { uri = vim.uri_from_bufnr(buffer) }
  local all = { start = { line = 0, character = 0 }, ['end'] = { line = vim.api.nvim_buf_line_count(buffer), character = 0 } }
  for _, method in ipairs(WHOLE) do
    ask(method, { textDocument = document, range = all, options = { tabSize = 2, insertSpaces = true } })
  end
  for _, place in ipairs(places(buffer, limit)) do
    for _, method in ipairs(AT) do
      ask(method, {
        textDocument = document,
        position = place,
        positions = { place },
        range = { start = place, ['end'] = place },
        context = { includeDeclaration = true, diagnostics = {} },
      })
    end
  end
  return out
end

---What a server has said by itself.
local function told(client, buffer)
  local out = {}
  for _, it in ipairs(vim.diagnostic.get(buffer, { namespace = vim.lsp.diagnostic.get_namespace(client.id) })) do
    out[#out + 1] = ('%d:%d %s %s'):format(it.lnum, it.col, it.code, it.message)
  end
  table.sort(out)
  return out
end

local alone = {}
for path, name in vim.spairs(FILES) do
  test(('%s answers for %s'):format(name, path), function()
    local buffer = open(path)
    local client = client_of(buffer, name)
    -- The first answers of a server that is still reading may say less.
    local before
    eventually('the same answers twice', function()
      local now = answers(client, buffer, 12)
      local same = vim.deep_equal(before, now)
      before = now
      return same
    end)
    alone[path] = { answers = before, told = told(client, buffer) }
    assert(#before > 12, 'nothing to compare: ' .. vim.inspect(before))
  end)
end

vim.lsp.enable('spec_analyzer')
for path, name in vim.spairs(FILES) do
  test(('its answers are the same beside ours: %s'):format(path), function()
    local buffer = open(path)
    client_of(buffer, 'spec_analyzer')
    local client = client_of(buffer, name)
    local now = answers(client, buffer, 12)
    for at, expected in ipairs(alone[path].answers) do
      assert(expected == now[at], ('expected: %s\nactual:   %s'):format(expected, now[at]))
    end
    assert(#now == #alone[path].answers, #now .. ' answers, and not ' .. #alone[path].answers)
    assert(vim.deep_equal(alone[path].told, told(client, buffer)), vim.inspect({ alone[path].told, told(client, buffer) }))
  end)
end

---Is there nothing in an answer?
local function empty(text)
  local rest = text:gsub('^%S+ ?[%d:]* ', '')
  return vim.list_contains({ 'nil', 'vim.NIL', '{}', '{ vim.NIL }' }, rest)
    or rest:find('items = {}', 1, true) ~= nil
    or rest:find('data = {}', 1, true) ~= nil
end

for _, path in ipairs({ 'README.md', 'docs/notes.md' }) do
  test('ours says nothing at any place of ordinary Markdown: ' .. path, function()
    local buffer = open(path)
    local client = client_of(buffer, 'spec_analyzer')
    for _, answer in ipairs(answers(client, buffer, 200)) do
      assert(empty(answer), answer)
    end
    assert(vim.deep_equal({}, told(client, buffer)), 'findings')
  end)
end

test('ours does answer in a specification', function()
  local buffer = open('specs/002-delivery-notices/spec.md')
  local client = client_of(buffer, 'spec_analyzer')
  local said = vim.iter(answers(client, buffer, 20)):filter(function(answer)
    return not empty(answer)
  end)
  assert(#said:totable() > 10, 'hardly anything')
end)

test('ours writes what the formatter leaves as it is', function()
  local tasks = open('specs/002-delivery-notices/tasks.md')
  local spec = open('specs/002-delivery-notices/spec.md')
  client_of(tasks, 'spec_analyzer')
  client_of(spec, 'spec_analyzer')
  eventually('the finding', function()
    return vim.iter(vim.diagnostic.get(spec)):any(function(it)
      return it.code == 'story-without-task'
    end)
  end)
  vim.fn.search('User Story 3 - ', 'w')
  local before = #vim.api.nvim_buf_get_lines(tasks, 0, -1, true)
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title:find('^Write the missing tasks') ~= nil
    end,
  })
  eventually('the tasks', function()
    return #vim.api.nvim_buf_get_lines(tasks, 0, -1, true) > before
  end)
  vim.cmd('silent wall')
end)

for _, client in ipairs(vim.lsp.get_clients()) do
  client:stop(true)
end
harness.finish('Neighbours in Neovim')
