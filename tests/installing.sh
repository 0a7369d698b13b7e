# Sourced by what tests with programs that are not ours: they are installed into a cache. What cannot be had (no network,
# not root) is skipped, loudly; a failing test never is.

# begin SECONDS: all installing together may take that long. Builds our program, if SPEC_ANALYZER_BIN names none.
begin() {
  deadline=$((SECONDS + $1)) skipped=0 failed=0
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  local repository
  repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  if [ -z "${SPEC_ANALYZER_BIN:-}" ]; then
    cargo build --quiet --manifest-path "$repository/Cargo.toml" -p spec-analyzer || exit 1
    SPEC_ANALYZER_BIN=${CARGO_TARGET_DIR:-$repository/target}/debug/spec-analyzer
  fi
  SPEC_ANALYZER_BIN=$(realpath "$SPEC_ANALYZER_BIN") || exit 1
  export SPEC_ANALYZER_BIN
}

# install COMMAND...: its last line is what it says; tried twice, and stopped when there is no time left.
install() {
  local attempt left
  for attempt in 1 2; do
    left=$((deadline - SECONDS))
    [ "$left" -gt 0 ] || { echo "no time left for installing" >>"$work/install.log"; return 1; }
    if timeout -k 5 "$left" "$@" >"$work/install.out" 2>"$work/install.log"; then
      tail -n 1 "$work/install.out"
      return 0
    fi
    # A lock file that does not fit its package.json is our own fault, and no network will mend it.
    if grep -q 'code EUSAGE' "$work/install.log"; then
      cat "$work/install.log" >&2
      touch "$work/defect"
      return 1
    fi
    sleep "$attempt"
  done
  return 1
}

# skip WHAT [CONSEQUENCE]
skip() {
  if [ -e "$work/defect" ]; then
    failed=1
    return
  fi
  skipped=1
  printf '\n****************************************************************\n'
  printf '* SKIPPED: %s could not be installed\n' "$1"
  tail -n 4 "$work/install.log" 2>/dev/null | cut -c 1-300 | sed 's/^/*   /'
  printf '* %s\n' "${2:-Nothing was tested with it.}"
  printf '****************************************************************\n\n'
  rm -f "$work/install.log"
}

# finish VALUE: where VALUE is "required", skipping is a failure too.
finish() {
  [ "$skipped" = 0 ] || [ "$1" != required ] || failed=1
  exit "$failed"
}
