#!/usr/bin/env bash
# npm.sh: npm, to install the rest with. Debian's is good enough; as root it is installed where there is none.
set -euo pipefail
command -v npm >/dev/null && exit 0
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || { echo "npm is missing; install Node.js and npm" >&2; exit 1; }
apt-get -qq update
DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=60 install --no-install-recommends nodejs npm >/dev/null
