#!/usr/bin/env bash
# python.sh CACHE: pre-commit, and PyYAML with it, in a directory of their own. Prints it.
set -euo pipefail
dest=$1/python-pre-commit-4
if ! [ -d "$dest" ]; then
  new=$(mktemp -d "$dest.XXXXXX")
  trap 'rm -rf "$new"' EXIT
  python3 -m pip install --quiet --disable-pip-version-check --no-warn-script-location --target "$new" 'pre-commit==4.*' >&2
  mv -T "$new" "$dest" 2>/dev/null || [ -d "$dest" ]
fi
echo "$dest"
