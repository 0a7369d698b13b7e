#!/usr/bin/env bash
# helix.sh CACHE: the Helix in PATH, or one unpacked from Debian unstable, with its own libraries, into CACHE; and tmux,
# to drive it with, as root where there is none. Prints the program.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$1/helix
program=$root/helix

if ! command -v tmux >/dev/null; then
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || { echo "tmux is missing; install it" >&2; exit 1; }
  apt-get -qq update
  DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=60 install \
    --no-install-recommends tmux >/dev/null
fi
command -v hx && exit
if ! [ -x "$program" ]; then
  "$here/unpack-debian.sh" sid "$root" hx >&2
  cat >"$program" <<'END'
#!/bin/sh
# Helix with its own loader and libraries; what it starts uses the system's.
R=$(dirname "$(realpath "$0")")
L=$(echo "$R"/usr/lib/*-linux-gnu)
export HELIX_RUNTIME="$R/usr/lib/hx/runtime"
exec "$L"/ld-linux-*.so.* --library-path "$L" "$R/usr/lib/hx/hx" "$@"
END
  chmod +x "$program"
fi
"$program" --version >&2
echo "$program"
