#!/usr/bin/env bash
# grammar.sh PARSER: the parser of the grammar `specline`, for editors that load parsers.
set -euo pipefail
source=$(cd "$(dirname "$0")/../../grammar/tree-sitter/src" && pwd)
cc -shared -fPIC -O1 -I "$source" -o "$1" "$source/parser.c" "$source/scanner.c"
