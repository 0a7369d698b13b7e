#!/usr/bin/env bash
# run.sh VIM WORK: smoke.vim in a copy of the sample workspace, with the configuration of docs/editors/vim.md and ALE.
set -euo pipefail
vim=$1 work=$2
here=$(cd "$(dirname "$0")" && pwd)
bash "$here/../workspace.sh" "$work"
{
  bash "$here/../page.sh" vim vim
  echo 'packadd! ale'
} >"$work/vimrc"
PATH=$(dirname "$SPEC_ANALYZER_BIN"):$PATH
export HOME=$work
cd "$work"
status=0
SMOKE_WORK=$work SMOKE_TRUTH=$here/../../workspaces/README.md \
  "$vim" -Nu "$work/vimrc" -i NONE -n -es -c "source $here/smoke.vim" </dev/null || status=$?
cat "$work/report"
exit "$status"
