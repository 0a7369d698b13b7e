#!/usr/bin/env bash
# run.sh: the template for LSP4IJ. No IDE can be had from package registries, so none is run.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
PATH=$(dirname "$SPEC_ANALYZER_BIN"):$PATH python3 "$here/template.py" "$here/../../../editors/jetbrains/spec-analyzer"
