#!/usr/bin/env bash
# vscode.sh CACHE: VS Code's server build and the Node.js it wants, from packages alone: nothing is compiled and no
# script of a package is run. About 800 MB. Prints its directory; bin/ in it has that Node.js.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
wanted=$here/../vscode
dest=$1/vscode-$(sha256sum <"$wanted/package-lock.json" | cut -c 1-12)
if [ -d "$dest" ]; then
  echo "$dest"
  exit
fi
npm_in() {
  (cd "$1" && npm "$2" --ignore-scripts --omit=dev --no-audit --no-fund --loglevel=error \
    --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=8000 --fetch-timeout=60000 >&2)
}

# Into place only when whole.
new=$(mktemp -d "$dest.XXXXXX")
trap 'rm -rf "$new"' EXIT
cp "$wanted"/{package.json,package-lock.json,.npmrc} "$new"
npm_in "$new" ci
inner=$new/node_modules/code-server/lib/vscode
npm_in "$inner" install
npm_in "$inner/extensions" install
# What code-server's own install script does beside compiling.
ln -sf code-linux.sh "$inner/bin/remote-cli/code-server"
ln -sf browser-linux.sh "$inner/bin/helpers/browser.sh"
(cd "$new" && ln -s node_modules/node-linux-*/bin bin)
"$new/bin/node" --version >&2
# Another run may have been quicker.
mv -T "$new" "$dest" 2>/dev/null || [ -d "$dest" ]
echo "$dest"
