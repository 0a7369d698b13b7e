-- What tests in Neovim are written with.

vim.cmd('filetype on')
vim.o.swapfile = false

local failures, passed = {}, 0
local M = {
  patience = 10000, -- ms; a test waits for something to become true, never for time to pass
}

function M.test(name, body)
  local ok, err = pcall(body)
  if ok then
    passed = passed + 1
    io.stdout:write('ok    ' .. name .. '\n')
  else
    failures[#failures + 1] = name
    io.stdout:write('FAIL  ' .. name .. '\n      ' .. tostring(err):gsub('\n', '\n      ') .. '\n')
  end
end

function M.same(expected, actual, what)
  if not vim.deep_equal(expected, actual) then
    error(('%s\nexpected: %s\nactual:   %s'):format(what, vim.inspect(expected), vim.inspect(actual)), 2)
  end
end

function M.holds(text, part)
  if not text:find(part, 1, true) then
    error(('%q is not in:\n%s'):format(part, text), 2)
  end
end

function M.eventually(what, condition)
  if not vim.wait(M.patience, condition, 20) then
    error('not within ' .. M.patience .. ' ms: ' .. what, 2)
  end
end

---Says what became of all tests, and ends.
---@param name string of them
function M.finish(name)
  io.stdout:write(('%s %s: %d passed, %d failed\n'):format(name, tostring(vim.version()), passed, #failures))
  os.exit(#failures == 0 and 0 or 1)
end

return M
