---What :SpecAnalyzer does, and how a server that died is started again. All answers are the server's.
local M = {}

local NAME = 'spec_analyzer'

---Starts within `WINDOW` ms after which a server that keeps dying stays down.
local STARTS, WINDOW = 3, 60000

---ms until Neovim has forgotten the client that ended.
local AFTER = 100

---@param path string of a buffer
---@return boolean
function M.is_spec_document(path)
  path = path:gsub('\\', '/')
  for _, directory in ipairs({ '/specs/', '/.specify/', '/.kiro/', '/openspec/' }) do
    if path:find(directory, 1, true) then
      return true
    end
  end
  return false
end

---@return vim.lsp.Client?
local function client_here()
  local client = vim.lsp.get_clients({ bufnr = 0, name = NAME })[1]
  if not client then
    vim.notify('spec-analyzer does not run for this buffer; :checkhealth vim.lsp says why', vim.log.levels.WARN)
  end
  return client
end

---Text that the server wrote, in a buffer of its own.
---@param title string
---@param text string
---@param filetype string
local function show(title, text, filetype)
  vim.cmd.new()
  local buffer = vim.api.nvim_get_current_buf()
  vim.api.nvim_buf_set_lines(buffer, 0, -1, true, vim.split(text:gsub('\n$', ''), '\n', { plain = true }))
  for name, value in pairs({ buftype = 'nofile', bufhidden = 'wipe', swapfile = false, modifiable = false, filetype = filetype }) do
    vim.bo[buffer][name] = value
  end
  pcall(vim.api.nvim_buf_set_name, buffer, 'spec-analyzer ' .. title)
end

---@param command string of the server
---@param arguments fun(client: vim.lsp.Client): any[]
---@param title string? where the answer is text to show
---@param filetype string?
local function ask(command, arguments, title, filetype)
  local client = client_here()
  if not client then
    return
  end
  client:exec_cmd({ title = command, command = command, arguments = arguments(client) }, nil, function(failure, answer)
    if failure then
      vim.notify(failure.message, vim.log.levels.WARN)
    elseif title and type(answer) == 'string' then
      show(title, answer, filetype or 'markdown')
    end
  end)
end

local function nothing()
  return {}
end

local function place(client)
  return { vim.lsp.util.make_position_params(0, client.offset_encoding) }
end

local function document()
  return { vim.lsp.util.make_text_document_params() }
end

---Starts the server again for the buffers that a client had.
---@param config vim.lsp.ClientConfig
---@param buffers integer[]
local function start(config, buffers)
  for _, buffer in ipairs(buffers) do
    if vim.api.nvim_buf_is_loaded(buffer) then
      vim.lsp.start(config, { bufnr = buffer })
    end
  end
end

local commands = {
  tick = function()
    ask('spec-analyzer.tick', place)
  end,
  matrix = function()
    ask('spec-analyzer.showMatrix', nothing, 'matrix')
  end,
  coverage = function()
    ask('spec-analyzer.showCoverage', nothing, 'coverage')
  end,
  impact = function()
    ask('spec-analyzer.showImpact', place, 'impact')
  end,
  links = function()
    ask('spec-analyzer.reviewLinks', document, 'links')
  end,
  archive = function()
    ask('spec-analyzer.previewArchive', document, 'archive', 'diff')
  end,
  restart = function()
    local client = client_here()
    if client then
      local config, buffers = client.config, vim.tbl_keys(client.attached_buffers)
      client:stop()
      vim.wait(5000, function()
        return client:is_stopped()
      end, 20)
      start(config, buffers)
    end
  end,
  log = function()
    vim.cmd.tabnew(vim.lsp.log.get_filename())
  end,
}

---@return string[]
function M.names()
  local names = vim.tbl_keys(commands)
  table.sort(names)
  return names
end

---@param name string
function M.run(name)
  local command = commands[name]
  if command then
    command()
  else
    vim.notify(('%s is none of: %s'):format(name, table.concat(M.names(), ', ')), vim.log.levels.WARN)
  end
end

---Ends of servers that nobody asked for, by root: times in ms.
---@type table<string, number[]>
local ends = {}

---For `on_exit`: a server that died comes back for the same buffers, unless it keeps dying.
---@param code integer
---@param signal integer
---@param id integer
function M.ended(code, signal, id)
  local client = vim.lsp.get_client_by_id(id)
  -- 15 is how Neovim itself ends a server at once.
  if not client or (code == 0 and (signal == 0 or signal == 15)) then
    return
  end
  local config, buffers = client.config, vim.tbl_keys(client.attached_buffers)
  local root, now = config.root_dir or '', vim.uv.now()
  ends[root] = vim.tbl_filter(function(at)
    return now - at < WINDOW
  end, ends[root] or {})
  table.insert(ends[root], now)
  vim.defer_fn(function()
    if vim.v.exiting ~= vim.NIL then
      return
    elseif #ends[root] > STARTS then
      vim.notify('spec-analyzer keeps ending; :SpecAnalyzer log shows why', vim.log.levels.ERROR)
    else
      start(config, buffers)
    end
  end, AFTER)
end

return M
