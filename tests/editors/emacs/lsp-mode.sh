#!/usr/bin/env bash
# lsp-mode.sh EMACS WORK: lsp-mode.el in a copy of the sample workspace, with the configuration of docs/editors/emacs.md for it.
set -euo pipefail
emacs=$1 work=$2
here=$(cd "$(dirname "$0")" && pwd)
bash "$here/../workspace.sh" "$work"
bash "$here/../page.sh" emacs elisp | sed 's/spec-analyzer-eglot-ensure/lsp-deferred/' >"$work/init.el"
PATH=$(dirname "$SPEC_ANALYZER_BIN"):$PATH
export HOME=$work
cd "$work"
"$emacs" --batch -l package -f package-activate-all -l "$work/init.el" -l "$here/smoke.el" -l "$here/lsp-mode.el" \
  -f smoke-lsp-run "$work" "$here/../../workspaces/README.md"
