#!/usr/bin/env bash
# run.sh LIBRARIES WORK: what agents, pre-commit and GitHub's runner are given does what docs/editors/agents.md says. The
# steps of the action are run as they stand in action.yml. LIBRARIES has pre-commit and PyYAML.
set -euo pipefail
libraries=$1 work=$2
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
agents=$root/editors/agents
bash "$here/../workspace.sh" "$work"
PATH=$(dirname "$SPEC_ANALYZER_BIN"):$PATH
export HOME=$work GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null PYTHONPATH=$libraries PYTHONDONTWRITEBYTECODE=1
export GIT_AUTHOR_NAME=test GIT_AUTHOR_EMAIL=test@localhost GIT_COMMITTER_NAME=test GIT_COMMITTER_EMAIL=test@localhost
cd "$work/parcels"
sed -i '3s/\[DATE\]/2026-02-01/' specs/002-delivery-notices/plan.md
git add -A
git commit -q -m 'the day of the plan'

failed=0
# check NAME CODE PART COMMAND...: the exit code, and a part of what is printed; an empty part: nothing is printed.
check() {
  local name=$1 code=$2 part=$3 seen out
  shift 3
  seen=0
  out=$("$@" 2>&1) || seen=$?
  if [ "$seen" = "$code" ] && { [ -n "$part" ] && [[ $out == *"$part"* ]] || [ -z "$part$out" ]; }; then
    echo "ok    $name"
  else
    failed=$((failed + 1))
    printf 'FAIL  %s\n      exit code %s, expected %s with "%s"\n%s\n' "$name" "$seen" "$code" "$part" "$out"
  fi
}

hook() { printf '%s' "$1" | sh "$agents/claude-code/hooks/before-stop.sh"; }
# Text of the template that was left in the plan is a warning.
worsen() { sed -i '3s/2026-02-01/[DATE]/' specs/002-delivery-notices/plan.md; }
restore() { git checkout -q -- .; }

check "an agent that brought nothing may stop" 0 "" hook '{"stop_hook_active":false}'
worsen
check "an agent that brought a warning hears of it" 2 "specs/002-delivery-notices/plan.md:" hook '{"stop_hook_active":false}'
check "by its code" 2 "warning[leftover-placeholder]" hook '{"stop_hook_active":false}'
check "once" 0 "" hook '{"stop_hook_active":true}'
restore
sed -i 's/- \[ \] T010/- [x] T010/' specs/002-delivery-notices/tasks.md
check "what is no warning holds nobody back" 0 "" hook '{"stop_hook_active":false}'
restore
cd "$work/elsewhere"
check "the hook is silent where no specifications are" 0 "" hook '{}'
cd "$work/parcels"

worsen
check "the servers of the agents start, answer and know the sample" 0 "3 servers" python3 "$here/servers.py" "$agents" "$work/parcels"
check "pre-commit refuses a warning" 1 "leftover-placeholder" \
  python3 -m pre_commit try-repo "$root" spec-analyzer --all-files --verbose
restore
check "pre-commit lets the rest pass" 0 "Passed" python3 -m pre_commit try-repo "$root" spec-analyzer --all-files

action() { python3 "$here/action.py" "$root/action.yml" "$@"; }
export GITHUB_STEP_SUMMARY=$work/summary.md
git checkout -q -b change
check "the action passes without anything new" 0 "" action since=main fail-on=warning sarif=
worsen
check "the action annotates and fails" 1 "::warning file=specs/002-delivery-notices/plan.md" action since=main fail-on=warning sarif=
check "its summary is the report" 0 "<!-- spec-analyzer -->" cat "$work/summary.md"
check "the action writes SARIF" 0 "leftover-placeholder" action since= fail-on=never "sarif=$work/specs.sarif"
check "of version 2.1.0" 0 "2.1.0" python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["version"])' "$work/specs.sarif"
echo "Agents, pre-commit, action: $failed failed"
[ "$failed" = 0 ]
