#!/usr/bin/env bash
# run.sh NEOVIM PACKAGES WORK: what other servers and a formatter say, without ours and beside ours.
set -euo pipefail
nvim=$1 packages=$2/node_modules work=$3
here=$(cd "$(dirname "$0")" && pwd)
bash "$here/../workspace.sh" "$work"
bash "$here/../page.sh" neovim lua >"$work/init.lua"
PATH=$(dirname "$SPEC_ANALYZER_BIN"):$PATH
export HOME=$work XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache
cd "$work/parcels"

prettier() { "$packages/.bin/prettier" --no-config --log-level warn "$@"; }
judged() { prettier --check . 2>&1 || true; }

# What prettier has written stays as prettier writes it, also where we write.
prettier --write 'specs/**/*.md' docs README.md
judged >"$work/before"
git add -A && GIT_CONFIG_GLOBAL=/dev/null git -c user.name=test -c user.email=test@localhost commit -q -m 'formatted'
# Without ours: `vim.lsp.enable` is called by the test.
grep -v 'vim.lsp.enable' "$work/init.lua" >"$work/without.lua"
"$nvim" -u "$work/without.lua" -i NONE -l "$here/neighbours.lua" "$work" "$packages"
judged >"$work/after"
if git diff --quiet || ! diff "$work/before" "$work/after"; then
  echo "FAIL  prettier --check is the same before and after our edits"
  exit 1
fi
echo "ok    prettier --check is the same before and after our edits: $(git diff --stat | tail -n 1 | xargs)"
