#!/usr/bin/env bash
# debian.sh PROGRAM FILE PACKAGE...: PROGRAM of Debian with PACKAGEs, installed as root where FILE of the last one is not
# there. Prints the program.
set -euo pipefail
program=$1 file=$2
shift 2
if ! command -v "$program" >/dev/null || ! compgen -G "$file" >/dev/null; then
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || { echo "$program is missing, or $file; install: $*" >&2; exit 1; }
  apt-get -qq update
  DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=60 install \
    --no-install-recommends "$@" >/dev/null
fi
command -v "$program"
