#!/usr/bin/env bash
# neovim.sh CACHE: a Neovim that knows vim.lsp.config (0.11 or newer): the one in PATH, or one unpacked from Debian
# unstable, with its own libraries, into CACHE. Prints the program.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$1/neovim
program=$root/nvim

new_enough() {
  "$1" --clean --headless +'if !has("nvim-0.11") | cquit | endif' +quitall >/dev/null 2>&1
}
if command -v nvim >/dev/null && new_enough nvim; then
  command -v nvim
  exit
fi
if ! [ -x "$program" ]; then
  "$here/unpack-debian.sh" sid "$root" neovim >&2
  cat >"$program" <<'END'
#!/bin/sh
# Neovim with its own loader and libraries; what it starts uses the system's.
R=$(dirname "$(realpath "$0")")
L=$(echo "$R"/usr/lib/*-linux-gnu)
export VIMRUNTIME="$R/usr/share/nvim/runtime"
exec "$L"/ld-linux-*.so.* --library-path "$L" --argv0 nvim "$R/usr/bin/nvim" --cmd "set rtp+=$R/usr/lib/nvim" "$@"
END
  chmod +x "$program"
fi
new_enough "$program" || { echo "$program does not start, or is older than 0.11" >&2; exit 1; }
echo "$program"
