#!/usr/bin/env bash
# workspace.sh DEST: a copy of the sample workspace, with the history its README asks for, and ordinary neighbours.
set -euo pipefail
dest=$1
samples=$(cd "$(dirname "$0")/../workspaces" && pwd)
mkdir -p "$dest"
cp -R "$samples/parcels" "$dest/parcels"
cd "$dest/parcels"
git() {
  GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null command git -c user.name=test -c user.email=test@localhost "$@"
}
git init -q -b main
mv services/intake/parcels/domain/tracking_code.py services/intake/parcels/
git add -A
git commit -q -m 'the code of parcels'
git mv services/intake/parcels/tracking_code.py services/intake/parcels/domain/
git commit -q -m 'tracking codes belong to the domain'

# Looks like spec language, is none.
mkdir -p docs
printf '# Notes\n\n- [ ] T001 [US9] Call FR-999 in `nowhere/at_all.py`\n- **FR-001**: x\n- **FR-001**: x\n' >docs/notes.md
# A directory without specifications, with the same text.
mkdir -p "$dest/elsewhere"
cp docs/notes.md "$dest/elsewhere/README.md"
