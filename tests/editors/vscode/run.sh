#!/usr/bin/env bash
# run.sh VSCODE CHROMIUM WORK: packages the extension as it is published, runs runner/ beside it, and looks at the page.
set -euo pipefail
vscode=$1 chromium=$2 work=$3
here=$(cd "$(dirname "$0")" && pwd)
extension=$(cd "$here/../../../editors/vscode" && pwd)
quietly() { "$@" >"$work/package.log" 2>&1 || { cat "$work/package.log"; return 1; }; }

bash "$here/../workspace.sh" "$work"
bash "$here/../workspace.sh" "$work/page"
(cd "$extension" && quietly npm run --silent test)
# The program inside leads to the one that is tested: a debug build is too big to pack.
printf '#!/bin/sh\nexec "%s" "$@"\n' "$SPEC_ANALYZER_BIN" >"$work/program"
platform=linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
(cd "$extension" && quietly npm run --silent package -- "$platform" "$work/program" -- -o "$work/extension.vsix")
(cd "$here/runner" && quietly "$extension/node_modules/.bin/vsce" package --no-dependencies --allow-missing-repository \
  --skip-license -o "$work/runner.vsix")
shots=$work/shots
[ -z "${UPDATE_SHOTS:-}" ] || shots=$(realpath "$here/../../../docs/editors")
node "$here/run.mjs" "$work" "$vscode" "$chromium" "$work/extension.vsix" "$work/runner.vsix" \
  "$(realpath "$here/../../workspaces/README.md")"
node "$here/page.mjs" "$work/page" "$vscode" "$chromium" "$work/extension.vsix" "$shots"
