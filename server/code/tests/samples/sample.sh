#!/usr/bin/env bash
# Feature: 027-login
set -euo pipefail
source "$(dirname "$0")/lib.sh"
. ./other.sh

readonly LIMIT=30
export PATH="$PATH:/opt" LEVEL=1
declare -A KNOWN=([a]=1)
NAME="x"
NAME="y"

# FR-001: keeps
function keep {
  local a=1
  echo "FR-002: kept"
}

drop() { # US1
  cat <<EOF
keep() { not a function }
EOF
}

testDropsNothing() {
  assertEquals 1 1
}

testLater() {
  startSkipping
  assertTrue 1
}

. shunit2
