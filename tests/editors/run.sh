#!/usr/bin/env bash
# Smoke tests in real editors. tests/editors/README.md says what they need and what they promise.
#
# What cannot be installed is skipped, loudly; with SPEC_ANALYZER_EDITORS=required that is a failure.
set -uo pipefail

# No answer is given before the workspace is read, however slow the machine is.
export SPEC_ANALYZER_GRACE=whole
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/spec-analyzer-editors
. "$here/../installing.sh"
begin 300
mkdir -p "$cache"

# test_in NAME COMMAND...
test_in() {
  local name=$1 status=0
  shift
  mkdir "$work/$name"
  timeout -k 5 $((420 * ${SPEC_ANALYZER_PATIENCE:-1})) "$@" "$work/$name" || status=$?
  if [ "$status" != 0 ]; then
    failed=1
    echo "FAILED: $name (exit code $status)"
  fi
}

neovim() {
  local program
  program=$(install "$here/install/neovim.sh" "$cache") || { skip Neovim; return; }
  test_in neovim "$here/neovim/run.sh" "$program"
}

neighbours() {
  local program packages
  program=$(install "$here/install/neovim.sh" "$cache") || { skip "Neovim, for neighbours,"; return; }
  install "$here/install/npm.sh" >/dev/null || { skip "neighbours (npm)"; return; }
  packages=$(install "$here/install/neighbours.sh" "$cache") || { skip neighbours; return; }
  test_in neighbours "$here/neighbours/run.sh" "$program" "$packages"
}

vscode() {
  local place chromium
  install "$here/install/npm.sh" >/dev/null || { skip "VS Code"; return; }
  place=$(install "$here/install/vscode.sh" "$cache") || { skip "VS Code"; return; }
  chromium=$(install "$here/install/chromium.sh") || { skip "VS Code"; return; }
  PATH=$place/bin:$PATH install "$here/install/extension.sh" >/dev/null || { skip "VS Code"; return; }
  PATH=$place/bin:$PATH test_in vscode "$here/vscode/run.sh" "$place" "$chromium"
}

helix() {
  local program
  program=$(install "$here/install/helix.sh" "$cache") || { skip Helix; return; }
  test_in helix "$here/helix/run.sh" "$program"
}

emacs() {
  local program
  program=$(install "$here/install/debian.sh" emacs '/usr/share/emacs/site-lisp/elpa/markdown-mode-*' \
    emacs-nox elpa-eglot elpa-markdown-mode) || { skip Emacs; return; }
  test_in emacs "$here/emacs/run.sh" "$program"
}

lsp_mode() {
  local program
  program=$(install "$here/install/debian.sh" emacs '/usr/share/emacs/site-lisp/elpa/lsp-mode-*' \
    emacs-nox elpa-markdown-mode elpa-lsp-mode) || { skip lsp-mode; return; }
  test_in lsp-mode "$here/emacs/lsp-mode.sh" "$program"
}

vim() {
  local program
  program=$(install "$here/install/debian.sh" vim /usr/share/vim-ale vim-nox vim-ale) || { skip Vim; return; }
  test_in vim "$here/vim/run.sh" "$program"
}

agents() {
  local libraries
  libraries=$(install "$here/install/python.sh" "$cache") || { skip "agents, pre-commit and the action"; return; }
  test_in agents "$here/agents/run.sh" "$libraries"
}

# What no editor is needed for.
zed() {
  install cargo fetch --quiet --locked --manifest-path "$root/editors/zed/Cargo.toml" >/dev/null || { skip Zed; return; }
  "$here/zed/run.sh" "$cache/zed" || { failed=1; echo "FAILED: zed"; }
}

bash "$here/copies.sh" || failed=1
"$here/jetbrains/run.sh" || { failed=1; echo "FAILED: jetbrains"; }
for part in zed neovim neighbours helix emacs lsp_mode vim agents vscode; do
  "$part" || failed=1
done
finish "${SPEC_ANALYZER_EDITORS:-}"
