---spec-analyzer for Neovim 0.11 and newer. It starts only where spec documents are.

-- Directories of the formats, and what is in them where they are a project's.
local SHOWN_BY = {
  ['.specify'] = { '' },
  ['.kiro'] = { 'specs' },
  openspec = { 'specs', 'changes' },
}

---@param name string an entry of the directory `path`
---@param path string
---@return boolean
local function shows_specs(name, path)
  if path == vim.env.HOME then
    -- What lies beside every project is settings of a tool, not a project.
    return false
  end
  local inside = SHOWN_BY[name]
  if inside then
    return vim.iter(inside):any(function(directory)
      return vim.fn.isdirectory(vim.fs.joinpath(path, name, directory)) == 1
    end)
  end
  return name == 'specs' and #vim.fn.glob(vim.fs.joinpath(vim.fn.escape(path, '*?[]{}\\'), 'specs/*/spec.md'), true, true) > 0
end

---@type vim.lsp.Config
return {
  cmd = { 'spec-analyzer', 'lsp' },
  filetypes = {
    'markdown',
    'bash',
    'c',
    'cpp',
    'cs',
    'go',
    'java',
    'javascript',
    'javascriptreact',
    'kotlin',
    'php',
    'python',
    'ruby',
    'rust',
    'scala',
    'sh',
    'sql',
    'swift',
    'terraform',
    'toml',
    'typescript',
    'typescriptreact',
  },
  root_dir = function(bufnr, on_dir)
    if vim.api.nvim_buf_get_name(bufnr) == '' then
      return
    end
    local root = vim.fs.root(bufnr, shows_specs)
    if root then
      on_dir(root)
    end
  end,
  on_exit = function(...)
    -- Not there where only this file was copied.
    local found, plugin = pcall(require, 'spec_analyzer')
    if found then
      plugin.ended(...)
    end
  end,
}
