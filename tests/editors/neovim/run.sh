#!/usr/bin/env bash
# run.sh NEOVIM WORK: smoke.lua in a copy of the sample workspace.
set -euo pipefail
nvim=$1 work=$2
here=$(cd "$(dirname "$0")" && pwd)
bash "$here/../workspace.sh" "$work"
# The configuration finds the server in PATH, as a user's does.
PATH=$(dirname "$SPEC_ANALYZER_BIN"):$PATH
# Nothing of the user's, nothing left behind.
export HOME=$work XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache
cd "$work"
"$nvim" -u NONE -i NONE --cmd "set rtp^=$here/../../../editors/neovim" -l "$here/smoke.lua" "$work" "$here/../../workspaces/README.md"
