#!/usr/bin/env bash
# No network is used and no program is started: docs/trust.md. Needs strace, and user namespaces to take the network away; what is
# missing is skipped, and a block of asterisks says so.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
export SPEC_ANALYZER_CACHE=off
program=$(realpath "${SPEC_ANALYZER_BIN:-${CARGO_TARGET_DIR:-target}/debug/spec-analyzer}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Without it the C library asks the system's service for users, through a socket.
export HOME="${HOME:-$work}"

skip() {
  printf '\n****************************************************************\n'
  printf '* SKIPPED: %s\n' "$1"
  printf '****************************************************************\n\n'
}

# A copy of the sample workspace, with a commit behind it.
cp -r tests/workspaces/parcels "$work/parcels"
repository() { git -C "$work/parcels" -c user.name=t -c user.email=t@example.invalid -c commit.gpgsign=false "$@"; }
repository init -q -b main
for commit in first second; do
  repository add -A
  repository commit -q --allow-empty -m $commit
done

# each_command PREFIX...: what a user runs, under the prefix. 1 says that there are findings.
each_command() {
  local line status
  runs=0
  while read -r line; do
    status=0
    # shellcheck disable=SC2086
    (cd "$work/parcels" && "$@" "$program" $line) >"$work/out" 2>"$work/err" </dev/null || status=$?
    [ "$status" -le 1 ] || { cat "$work/err"; echo "FAILED: spec-analyzer $line: exit code $status"; exit 1; }
    runs=$((runs + 1))
  done <"$here/commands.txt"
  "$here/session.py" "$work/parcels" "$@" "$program" lsp
  runs=$((runs + 1))
}

if command -v strace >/dev/null && strace -f -qq -o /dev/null true 2>/dev/null; then
  each_command strace -f -qq -A -o "$work/trace" -e trace=%network,execve,execveat,fork,vfork
  calls=$(sed -E 's/^[0-9]+ +//' "$work/trace" | grep -E '^[a-z0-9_]+\(' || true)
  started=$(grep -c '^execve(' <<<"$calls" || true)
  others=$(grep -v '^execve(' <<<"$calls" || true)
  [ "$started" = "$runs" ] || { grep execve "$work/trace"; echo "FAILED: $started programs were started by $runs runs"; exit 1; }
  [ -z "$others" ] || { echo "$others"; echo "FAILED: calls of the network"; exit 1; }
  echo "strace: $runs runs, $started programs started, no call of the network"
else
  skip "strace is not there, or may not trace: nothing was seen of what the program asks the system for"
fi

if unshare -rn true 2>/dev/null; then
  # Only a loopback that is down is left.
  unshare -rn sh -c '! grep -v -e "|" -e "^ *lo:" /proc/net/dev'
  if [ "${1:-}" = all ]; then
    unshare -rn cargo test --offline --quiet -p spec-analyzer --test protocol --test commands
    echo "without a network: every test of the protocol and of the commands"
  else
    each_command unshare -rn
    echo "without a network: $runs runs"
  fi
else
  skip "user namespaces are not allowed here: nothing was run without a network"
fi
