#!/usr/bin/env bash
# extension.sh: what the extension is built with.
set -euo pipefail
cd "$(dirname "$0")/../../../editors/vscode"
# npm writes this file last.
[ node_modules/.package-lock.json -nt package-lock.json ] && exit 0
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error \
  --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=8000 --fetch-timeout=60000
