#!/usr/bin/env bash
# run.sh EMACS WORK: smoke.el in a copy of the sample workspace, with the configuration of docs/editors/emacs.md.
set -euo pipefail
emacs=$1 work=$2
here=$(cd "$(dirname "$0")" && pwd)
bash "$here/../workspace.sh" "$work"
bash "$here/../page.sh" emacs elisp >"$work/init.el"
PATH=$(dirname "$SPEC_ANALYZER_BIN"):$PATH
export HOME=$work
cd "$work"
"$emacs" --batch -l package -f package-activate-all -l "$work/init.el" -l "$here/smoke.el" \
  -f smoke-run "$work" "$here/../../workspaces/README.md"
