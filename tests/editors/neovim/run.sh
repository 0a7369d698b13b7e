#!/usr/bin/env bash
# run.sh NEOVIM WORK: smoke.lua in a copy of the sample workspace.
set -euo pipefail
nvim=$1 work=$2
here=$(cd "$(dirname "$0")" && pwd)
bash "$here/../workspace.sh" "$work"
bash "$here/../page.sh" neovim lua >"$work/init.lua"
# The configuration finds the server in PATH, as a user's does.
PATH=$(dirname "$SPEC_ANALYZER_BIN"):$PATH
# Nothing of the user's, nothing left behind.
export HOME=$work XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache
cd "$work"

# The parser, as the page says how to build it.
mkdir -p "$work/data/nvim/site/parser"
bash "$here/../grammar.sh" "$work/data/nvim/site/parser/specline.so"

"$nvim" -u "$work/init.lua" -i NONE -l "$here/smoke.lua" "$work" "$here/../../workspaces/README.md"
