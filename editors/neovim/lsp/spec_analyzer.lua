---spec-analyzer for Neovim 0.11 and newer. It starts only where spec documents are.

---@param name string an entry of the directory `path`
---@param path string
---@return boolean
local function shows_specs(name, path)
  if path == vim.env.HOME then
    -- What lies beside every project is settings of a tool, not a project.
    return false
  end
  if name == '.specify' then
    return vim.fn.isdirectory(vim.fs.joinpath(path, name)) == 1
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
}
