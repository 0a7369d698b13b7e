#!/usr/bin/env bash
# run.sh HELIX WORK: Helix with the configuration of editors/helix, in a terminal of tmux, on a copy of the sample
# workspace. What is asserted is what stands on the screen.
set -euo pipefail
helix=$1 work=$2
here=$(cd "$(dirname "$0")" && pwd)
bash "$here/../workspace.sh" "$work"
mkdir -p "$work/config/helix"
{
  cat "$here/../../../editors/helix/languages.toml"
  bash "$here/../page.sh" helix toml
} >"$work/config/helix/languages.toml"
PATH=$(dirname "$SPEC_ANALYZER_BIN"):$PATH
export HOME=$work XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/cache TERM=xterm-256color LC_ALL=C.UTF-8
unset TMUX
cd "$work/parcels"

terminal() { tmux -S "$work/tmux" -f /dev/null "$@"; }
screen() { terminal capture-pane -p; }
trap 'terminal kill-server 2>/dev/null || true' EXIT
# Tall enough for whole documents, so that every line with a mark is seen.
terminal new-session -d -x 160 -y 120 "$helix"

failed=0
# expect NAME WANTED COMMAND...: until the command, which reads the screen, prints what is wanted.
expect() {
  local name=$1 wanted=$2 seen=
  shift 2
  for _ in $(seq 600); do
    seen=$("$@") || true
    [ "$seen" = "$wanted" ] && { echo "ok    $name"; return; }
    sleep 0.05
  done
  failed=$((failed + 1))
  printf 'FAIL  %s\n      expected: %s\n      actual:   %s\n' "$name" "$wanted" "$seen"
}
# Helix takes keys that come too quickly after Escape for one key.
keys() {
  terminal send-keys Escape
  sleep 0.3
  terminal send-keys "$@"
}
open() { keys ":open $1" Enter; }
# until_ready SEEN KEYS...: of a server that has just begun Helix asks nothing, and the keys are gone.
until_ready() {
  local seen=$1
  shift
  for _ in $(seq 20); do
    keys "$@"
    sleep 0.5
    ! $seen || return 0
  done
}

marked_lines() { screen | sed -n 's/^● *\([0-9]\+\) .*/\1/p' | xargs; }
true_lines() {
  sed -n "s#^| \`parcels/$1\` | \([0-9]*\) |.*#\1#p" "$here/../../workspaces/README.md" | sort -n | xargs
}
place() { screen | sed -n 's#^ NOR *\([^ ]*\) .* \([0-9]*\):[0-9]* *$#\1:\2#p'; }
says() { screen | grep -q -F -- "$1" && echo yes; }

feature=specs/002-delivery-notices
for path in $feature/tasks.md $feature/plan.md; do
  open $path
  expect "marks of $path" "$(true_lines $path)" marked_lines
done
open docs/notes.md
expect "ordinary Markdown is open" docs/notes.md:1 place
sleep 0.3
expect "no marks in ordinary Markdown" "" marked_lines

open $feature/tasks.md
keys ':63' Enter '/FR-005' Enter '\;' ' ' k
expect "hover on a requirement shows its text" yes says 'keep a record of every notice'
keys ':60' Enter '/FR-003' Enter '\;' gd
expect "definition of a requirement in a task is the line of the specification" $feature/spec.md:71 place

open $feature/tasks.md
keys '/T010' Enter '\;' ' ' a
expect "a code action ticks a task" yes says 'Tick T010'
terminal send-keys Enter
expect "one character changes" yes says '- [x] T010 [US1]'
keys u
expect "undo opens it again" yes says '- [ ] T010 [US1]'

open services/notifier/src/types.ts
expect "the file is open" services/notifier/src/types.ts:1 place
keys ':move services/notifier/src/events.ts' Enter
expect "the file is renamed" services/notifier/src/events.ts:1 place
open $feature/tasks.md
expect "the task that names it follows" yes says '`Notice` in `services/notifier/src/events.ts`'

open $feature/tasks.md
keys ':44' Enter '/services' Enter '\;' gd
expect "definition of a path in a task is the file" services/notifier/src/compose.ts:1 place
keys '/FR-002' Enter '\;' gd
expect "definition of an id in a comment is the line of the specification" $feature/spec.md:70 place

open $feature/spec.md
keys '/User Story 3' Enter '\;' ' ' a
expect "a finding has actions" yes says 'Write the missing tasks'
# They stand in the order of the server; the one that is marked is done.
terminal send-keys Enter
expect "the finding is gone, and nothing else" "$(true_lines $feature/spec.md | sed 's/ *\<49\>//')" marked_lines
open $feature/tasks.md
expect "the story has its tasks" yes says '[US3]'

keys ':63' Enter '/FR-005' Enter '\;' ' ' r
expect "the new name is asked for" yes says 'rename-to:'
terminal send-keys C-u FR-055 Enter
expect "a rename reaches the task" yes says '(FR-055, FR-014)'
open $feature/spec.md
expect "and the specification" yes says '**FR-055**'

terminal new-window -c "$work/lockers" "$helix specs/001-lockers/spec.md"
expect "a feature without tasks is open" yes says '# Feature Specification: Lockers'
offered() { [ "$(says 'Write tasks.md')" = yes ]; }
until_ready offered '/Feature' Enter '\;' ' ' a
expect "it can have a task list" yes says 'Write tasks.md'
terminal send-keys Enter
open specs/001-lockers/tasks.md
expect "a task list is generated" yes says 'src/locker.py'
terminal kill-window

servers() { pgrep -x spec-analyzer -P "$(terminal display-message -p '#{pane_pid}')" | xargs; }
open $feature/tasks.md
before=$(servers)
kill -9 $before
another() { servers | grep -q . && [ "$(servers)" != "$before" ] && echo yes; }
keys ':lsp-restart spec-analyzer' Enter
expect "a server that was killed comes back with :lsp-restart" yes another
jumped() { [ "$(place)" = $feature/spec.md:71 ]; }
until_ready jumped '/T011' Enter '/FR-003' Enter '\;' gd
expect "and answers" $feature/spec.md:71 place

echo "$("$helix" --version): $failed failed"
[ "$failed" = 0 ]
