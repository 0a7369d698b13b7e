#!/usr/bin/env bash
# copies.sh: editors that want queries in directories of their own have copies of the grammar's, equal to the byte.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
original=$root/grammar/tree-sitter/queries/highlights.scm
status=0
for copy in "$root"/editors/{neovim,helix/runtime}/queries/specline/highlights.scm; do
  cmp "$original" "$copy" || { echo "FAILED: cp ${original#"$root"/} ${copy#"$root"/}" >&2; status=1; }
done
exit "$status"
