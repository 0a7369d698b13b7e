#!/usr/bin/env bash
# page.sh EDITOR LANGUAGE: the first block in LANGUAGE of docs/editors/EDITOR.md, with this checkout where the page says
# /path/to/spec-analyzer. The tests run what a user is told to write.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
block=$(sed -n "/^\`\`\`$2\$/,/^\`\`\`\$/p" "$root/docs/editors/$1.md" | sed '/^```$/q' | sed '/^```/d')
[ -n "$block" ] || { echo "docs/editors/$1.md has no block in $2" >&2; exit 1; }
printf '%s\n' "${block//\/path\/to\/spec-analyzer/$root}"
