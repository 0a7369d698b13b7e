#!/usr/bin/env bash
# Smoke tests in real editors. tests/editors/README.md says what they need and what they promise.
#
# What is missing is installed into a cache. What cannot be installed (no network, not root) is skipped, loudly; with
# SPEC_ANALYZER_EDITORS=required that is a failure. A failing test always is.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/spec-analyzer-editors
deadline=$((SECONDS + 300)) # for all installing together
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
skipped=0 failed=0

if [ -z "${SPEC_ANALYZER_BIN:-}" ]; then
  cargo build --quiet --manifest-path "$root/Cargo.toml" -p spec-analyzer || exit 1
  SPEC_ANALYZER_BIN=${CARGO_TARGET_DIR:-$root/target}/debug/spec-analyzer
fi
SPEC_ANALYZER_BIN=$(realpath "$SPEC_ANALYZER_BIN") || exit 1
export SPEC_ANALYZER_BIN
mkdir -p "$cache"

# install COMMAND...: its last line is what it says; tried twice, and stopped when there is no time left.
install() {
  local attempt left
  for attempt in 1 2; do
    left=$((deadline - SECONDS))
    [ "$left" -gt 0 ] || { echo "no time left for installing" >>"$work/install.log"; return 1; }
    if timeout -k 5 "$left" "$@" >"$work/install.out" 2>"$work/install.log"; then
      tail -n 1 "$work/install.out"
      return 0
    fi
    # A lock file that does not fit its package.json is our own fault, and no network will mend it.
    if grep -q 'code EUSAGE' "$work/install.log"; then
      cat "$work/install.log" >&2
      touch "$work/defect"
      return 1
    fi
    sleep "$attempt"
  done
  return 1
}

skip() {
  if [ -e "$work/defect" ]; then
    failed=1
    return
  fi
  skipped=1
  printf '\n****************************************************************\n'
  printf '* SKIPPED: %s: it could not be installed\n' "$1"
  tail -n 4 "$work/install.log" | cut -c 1-300 | sed 's/^/*   /'
  printf '* Nothing was tested in %s.\n' "$1"
  printf '****************************************************************\n\n'
}

# test_in NAME COMMAND...
test_in() {
  local name=$1 status=0
  shift
  mkdir "$work/$name"
  timeout -k 5 420 "$@" "$work/$name" || status=$?
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
zed
neovim
helix
emacs
vim
agents
vscode
[ "$skipped" = 0 ] || [ "${SPEC_ANALYZER_EDITORS:-}" != required ] || failed=1
exit "$failed"
