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
# Projects of the other formats, each with one finding.
mkdir -p "$dest/kiro/.kiro/specs/doorbell" "$dest/openspec/openspec/changes/add-chime" "$dest/openspec/openspec/specs"
printf '# Requirements Document\n\n## Requirements\n\n### Requirement 1: Ring\n\n**User Story:** As a guest, I want to ring, so that someone opens.\n\n#### Acceptance Criteria\n\n1. WHEN a guest rings THEN the bell SHALL sound\n' \
  >"$dest/kiro/.kiro/specs/doorbell/requirements.md"
printf '# Implementation Plan\n\n- [ ] 1. Wire the bell\n  - _Requirements: 4.7_\n' >"$dest/kiro/.kiro/specs/doorbell/tasks.md"
printf '# Change: Add a chime\n\n## Why\n\nThe bell is too loud for a house in which people sleep during the day.\n\n## What Changes\n\n- A chime beside the bell\n' \
  >"$dest/openspec/openspec/changes/add-chime/proposal.md"
printf '## 1. Chime\n\n- [ ] 1.1 Add the chime\n' >"$dest/openspec/openspec/changes/add-chime/tasks.md"

# A directory without specifications, with the same text.
mkdir -p "$dest/elsewhere"
cp docs/notes.md "$dest/elsewhere/README.md"
# A feature without a task list, in a project of its own.
lockers=$dest/lockers/specs/001-lockers
mkdir -p "$dest/lockers/.specify" "$lockers"
cat >"$lockers/spec.md" <<'END'
# Feature Specification: Lockers

## User Scenarios & Testing

### User Story 1 - Fetch a parcel at night (Priority: P1)

A neighbour opens a locker.

**Acceptance Scenarios**:

1. **Given** a code, **When** it is typed, **Then** the locker opens.

## Requirements

- **FR-001**: The locker MUST open for its code.
END
cat >"$lockers/plan.md" <<'END'
# Implementation Plan: Lockers

## Project Structure

```text
src/
└── locker.py
```
END
