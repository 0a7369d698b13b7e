#!/usr/bin/env bash
# The tests that `generate tests` writes, run by the frameworks they are for: each is collected and left out, none fails.
# Cargo, Go and unittest are tested in tests/commands/skeletons.rs.
#
# pytest comes from PyPI, Jest and Vitest from the npm registry, JUnit from Debian's archive, into a cache. What cannot be
# had is skipped, loudly; with SPEC_ANALYZER_SKELETONS=required that is a failure.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/spec-analyzer-skeletons
. "$here/../installing.sh"
begin 150
mkdir -p "$cache"
parsed="What is generated for it was only parsed."

# expect NAME PATTERN COMMAND...: the command succeeds and says what matches.
expect() {
  local name=$1 pattern=$2
  shift 2
  if "$@" >"$work/out" 2>&1 && grep -Eq "$pattern" "$work/out"; then
    echo "$name: $(grep -Em 1 "$pattern" "$work/out" | sed 's/^ *//')"
  else
    failed=1
    echo "FAILED: $name"
    tail -n 40 "$work/out"
  fi
}

# feature NAME CODE: a story on a file, in words that mean something in every language, and its tests.
feature() {
  mkdir -p "$work/ws/specs/$1" "$work/ws/.specify" "$work/ws/$(dirname "$2")"
  echo '{}' >"$work/ws/.specify/feature.json"
  [ -e "$work/ws/$2" ] || touch "$work/ws/$2"
  cat >"$work/ws/specs/$1/spec.md" <<'MD'
# Feature Specification: Doors

### User Story 1 - Open a "door" */ `now` (Priority: P1)

**Acceptance Scenarios**:

1. **Given** a door \u0022 */ ${x} ''' """, **When** `code` "1" is typed, **Then** it's "open" \
2. **Given** ein Türschloss, **When** 番号が違う, **Then** 扉は開かない
3. **Given** a type, **When** class, **Then** type
MD
  printf '# Tasks: Doors\n\n## Phase 1: User Story 1 - Open a door (Priority: P1)\n\n- [ ] T001 [US1] Open it in `%s`\n' "$2" \
    >"$work/ws/specs/$1/tasks.md"
  (cd "$work/ws" && SPEC_ANALYZER_CACHE=off "$SPEC_ANALYZER_BIN" generate tests "specs/$1") || failed=1
}

python() {
  mkdir -p "$work/ws/api"
  echo 'dev = ["pytest"]' >"$work/ws/api/pyproject.toml"
  feature 001-python api/door.py
  rm "$work/ws/api/pyproject.toml"
  command -v python3 >/dev/null || { skip "pytest (no Python)" "$parsed"; return; }
  local place=$cache/pytest-8.3.4
  if [ ! -x "$place/bin/pytest" ]; then
    rm -rf "$place"
    { install python3 -m venv "$place" && install "$place/bin/pip" install --quiet --disable-pip-version-check pytest==8.3.4; } >/dev/null \
      || { rm -rf "$place"; skip pytest "$parsed"; return; }
  fi
  expect pytest '^3 skipped' env -C "$work/ws/api" "$place/bin/pytest" -q -p no:cacheprovider
}

node_() {
  mkdir -p "$work/ws/web" "$work/ws/old"
  echo '{"type": "module", "devDependencies": {"vitest": "2.1.9"}}' >"$work/ws/web/package.json"
  echo '{"devDependencies": {"jest": "29.7.0"}}' >"$work/ws/old/package.json"
  feature 002-vitest web/door.ts
  feature 003-jest old/door.js
  command -v npm >/dev/null || { skip "Jest and Vitest (no Node.js)" "$parsed"; return; }
  local place=$cache/vitest-2.1.9-jest-29.7.0
  if [ ! -d "$place" ]; then
    mkdir "$work/npm"
    install npm install --prefix "$work/npm" --no-package-lock --ignore-scripts --no-audit --no-fund --loglevel=error \
      --fetch-timeout=60000 vitest@2.1.9 jest@29.7.0 >/dev/null || { skip "Jest and Vitest" "$parsed"; return; }
    # Another run may have been quicker.
    mv -T "$work/npm" "$place" 2>/dev/null || [ -d "$place" ]
  fi
  ln -s "$place/node_modules" "$work/ws/web/node_modules"
  ln -s "$place/node_modules" "$work/ws/old/node_modules"
  expect Vitest 'Tests +3 skipped' env -C "$work/ws/web" NO_COLOR=1 "$place/node_modules/.bin/vitest" run
  expect Jest 'Tests: +3 skipped' env -C "$work/ws/old" NO_COLOR=1 "$place/node_modules/.bin/jest"
}

java() {
  local source=svc/src/main/java/com/shop/Door.java jars=/usr/share/java
  mkdir -p "$work/ws/svc"
  echo '<project><artifactId>junit-jupiter</artifactId></project>' >"$work/ws/svc/pom.xml"
  feature 004-junit "$source"
  echo 'package com.shop; class Door {}' >"$work/ws/$source"
  command -v javac >/dev/null || { skip "JUnit (no compiler of Java)" "$parsed"; return; }
  if [ ! -e "$jars/junit-jupiter-api.jar" ]; then
    { [ "$(id -u)" = 0 ] && install apt-get install -y -q --no-install-recommends junit5 >/dev/null; } \
      || { skip JUnit "$parsed"; return; }
  fi
  local path=$jars/junit-jupiter-api.jar:$jars/apiguardian-api.jar:$jars/opentest4j.jar:$jars/junit-platform-commons.jar
  path=$path:$jars/junit-platform-engine.jar:$jars/junit-jupiter-engine.jar:$jars/junit-platform-launcher.jar
  path=$path:$jars/junit-platform-console.jar:$jars/junit-platform-reporting.jar:$jars/univocity-parsers.jar:$jars/picocli.jar
  path=$path:$work/classes
  expect javac '^.wrote' javac -verbose -encoding UTF-8 -d "$work/classes" -cp "$path" "$work/ws/$source" \
    "$work"/ws/svc/src/test/java/com/shop/*.java
  expect JUnit '3 tests skipped' command java -cp "$path" org.junit.platform.console.ConsoleLauncher \
    --disable-banner --scan-classpath "$work/classes"
}

python
node_
java
finish "${SPEC_ANALYZER_SKELETONS:-}"
