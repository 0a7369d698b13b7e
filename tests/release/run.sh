#!/usr/bin/env bash
# What release/ makes is made of the debug program and installed here, each package by its own tool, without network: the
# archive unpacked, the npm package by npm, the wheel by pip. Each then does the work on the sample.
#
# What is not there (npm, pip, groff, the schema of the bill of materials) is skipped, loudly; with
# SPEC_ANALYZER_RELEASE=required that is a failure. A failing test always is.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/spec-analyzer-release
sample=$root/tests/workspaces/parcels
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export SPEC_ANALYZER_CACHE=off PYTHONDONTWRITEBYTECODE=1 SOURCE_DATE_EPOCH=1767225600
export root program target
failed=0 skipped=0

if [ -z "${SPEC_ANALYZER_BIN:-}" ]; then
  cargo build --quiet --manifest-path "$root/Cargo.toml" -p spec-analyzer || exit 1
  SPEC_ANALYZER_BIN=${CARGO_TARGET_DIR:-$root/target}/debug/spec-analyzer
fi
# Without its debug information, which is most of it.
strip -o "$work/spec-analyzer" "$SPEC_ANALYZER_BIN" 2>/dev/null || cp "$SPEC_ANALYZER_BIN" "$work/spec-analyzer" || exit 1
program=$work/spec-analyzer
target=$(rustc -vV | sed -n 's/^host: //p')
version=$("$program" --version)
out=$work/out

skip() {
  skipped=1
  printf '\n****************************************************************\n'
  printf '* SKIPPED: %s\n' "$1"
  [ ! -s "$work/log" ] || tail -n 4 "$work/log" | cut -c 1-300 | sed 's/^/*   /'
  : >"$work/log"
  printf '****************************************************************\n\n'
}

# ok NAME COMMAND...: the command succeeds.
ok() {
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then
    echo "ok    $name"
  else
    failed=$((failed + 1))
    echo "FAIL  $name"
    tail -n 20 "$work/log" | sed 's/^/      /'
  fi
}

# The findings of the sample; a warning is among them.
check() { "$1" -C "$sample" check --format json || [ $? = 1 ]; }
# works PROGRAM: its version, its findings, its exit code, and the server's answer are those of the program itself.
works() {
  local code=0
  [ "$("$1" --version)" = "$version" ] || { echo "another version"; return 1; }
  { check "$1" >"$work/seen" && cmp "$work/seen" "$work/findings"; } || return 1
  "$1" -C "$sample" check --fail-on information >/dev/null || code=$?
  [ "$code" = 1 ] || { echo "exit code $code, expected 1"; return 1; }
  python3 "$here/server.py" "$1"
}

make() {
  python3 "$root/release/package.py" --binary "$1" --target "$target" --out "$2" --runs "$program" \
    && python3 "$root/release/finish.py" "$2"
}

check "$program" >"$work/findings"
grep -q '"phantom-task"' "$work/findings" || { echo "the sample has no findings"; exit 1; }
ok "packages are made" make "$program" "$out"
[ "$failed" = 0 ] || exit 1
ok "the sums are right" env -C "$out" sha256sum --check --quiet SHA256SUMS
ok "every file has one" test "$(wc -l <"$out/SHA256SUMS")" = "$(find "$out" -type f ! -name SHA256SUMS | wc -l)"

# The beginning of the program is enough for this. Another directory, another time of the file, another hour.
mkdir "$work/one" "$work/two"
head -c 500000 "$program" | tee "$work/one/program" >"$work/two/program"
touch -d 2020-02-02 "$work/two/program"
ok "made once" make "$work/one/program" "$work/one/out"
ok "made again" env TZ=Asia/Tokyo LC_ALL=C bash -c "$(declare -f make); make '$work/two/program' '$work/two/out'"
ok "both are the same bytes" diff -r "$work/one/out" "$work/two/out"
case $target in x86_64-*) other=${target/x86_64/aarch64} ;; *) other=${target/aarch64/x86_64} ;; esac
ok "a program for another processor is refused" bash -c "! python3 '$root/release/package.py' --binary '$program' --target '$other' --out '$work/wrong'"
ok "and nothing is written" test ! -e "$work/wrong"

# The archive
ok "the archive unpacks" tar -xzf "$out"/spec-analyzer-*-"$target".tar.gz -C "$work"
unpacked=$(echo "$work"/spec-analyzer-*-"$target")
ok "its program works" works "$unpacked/spec-analyzer"
ok "licences are in it" test -s "$unpacked/LICENSE-MIT" -a -s "$unpacked/LICENSE-APACHE" -a -s "$unpacked/NOTICE"
ok "those of others, too" grep -q 'Mozilla Public License' "$unpacked/THIRD-PARTY.txt"
commands() { "$program" help | sed -n '/^Commands:/,/^$/s/^  \([a-z]\+\) .*/\1/p' | grep -v '^help$'; }
pages() { for each in $(commands); do [ -s "$unpacked/man/man1/spec-analyzer-$each.1" ] || { echo "no page of $each"; return 1; }; done; }
ok "every command has a manual page" pages
if command -v groff >/dev/null; then
  warnings() { groff -man -Tutf8 -ww "$unpacked"/man/man1/*.1 2>&1 >/dev/null | { ! grep .; }; }
  ok "groff reads all of them" warnings
else
  skip "manual pages: groff is not installed"
fi
completed() {
  bash --norc -c '. "$1"; COMP_WORDS=(spec-analyzer che) COMP_CWORD=1; _spec__analyzer spec-analyzer che spec-analyzer; echo "${COMPREPLY[@]}"' \
    - "$unpacked/completions/spec-analyzer.bash" | grep -qx check
}
ok "bash completes a command" completed

# The bill of materials
ok "it lists what cargo compiles" python3 "$here/bill.py" "$root" "$target" "$unpacked/spec-analyzer.cdx.json" "$program"
ok "and stands beside the archive" cmp "$unpacked/spec-analyzer.cdx.json" "$out"/spec-analyzer-*-"$target".cdx.json
libraries=$cache/cyclonedx-11.12.0
if [ ! -d "$libraries" ]; then
  mkdir -p "$cache"
  new=$(mktemp -d "$cache/new.XXXXXX")
  timeout -k 5 60 python3 -m pip install --quiet --disable-pip-version-check --retries 1 --target "$new" \
    'cyclonedx-python-lib[json-validation]==11.12.0' >"$work/log" 2>&1 </dev/null && mv -T "$new" "$libraries" 2>/dev/null
  rm -rf "$new"
fi
if [ -d "$libraries" ]; then
  ok "it is as the schema of CycloneDX says" env PYTHONPATH="$libraries" python3 "$here/schema.py" "$unpacked/spec-analyzer.cdx.json"
else
  skip "the bill of materials against its schema: cyclonedx-python-lib could not be installed"
fi

# npm, of Debian where there is none. --offline: nothing of these names is ever asked of a registry.
if timeout -k 5 90 bash "$root/tests/editors/install/npm.sh" >"$work/log" 2>&1 </dev/null; then
  export npm_config_cache=$work/npm-cache npm_config_update_notifier=false
  mkdir "$work/npm"
  echo '{"private": true}' >"$work/npm/package.json"
  # As in a release, the package names programs of other platforms, too.
  touch "$out/spec-analyzer-darwin-arm64-${version#* }.tgz"
  ok "a package for two platforms" python3 "$root/release/finish.py" "$out"
  rm "$out"/spec-analyzer-darwin-*
  ok "npm takes the package" npm pack --dry-run "$out"/spec-analyzer-[0-9]*.tgz
  ok "npm installs it" npm install --offline --no-audit --no-fund --prefix "$work/npm" \
    "$out"/spec-analyzer-[0-9]*.tgz "$out"/spec-analyzer-*-*-[0-9]*.tgz
  ok "what it starts works" works "$work/npm/node_modules/.bin/spec-analyzer"
  ok "a signal reaches the program" python3 "$here/server.py" "$work/npm/node_modules/.bin/spec-analyzer" --end
  rm -rf "$work/npm/node_modules/@spec-analyzer"
  missing() {
    local code=0
    "$work/npm/node_modules/.bin/spec-analyzer" --version >"$work/said" 2>&1 || code=$?
    [ "$code" = 2 ] && grep -q 'omit=optional' "$work/said"
  }
  ok "without its program it says so" missing
else
  skip "npm: it could not be installed"
fi

# The wheel
if python3 -m venv "$work/venv" >"$work/log" 2>&1 && [ -x "$work/venv/bin/pip" ]; then
  ok "pip installs the wheel" "$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-index "$out"/*.whl
  ok "its program works" works "$work/venv/bin/spec-analyzer"
  ok "pip knows all of its files" bash -c "'$work/venv/bin/pip' show --files spec-analyzer | grep -q 'bin/spec-analyzer'"
  ok "pip removes it" "$work/venv/bin/pip" uninstall --quiet --disable-pip-version-check --yes spec-analyzer
  ok "and nothing is left" test ! -e "$work/venv/bin/spec-analyzer"
else
  skip "the wheel: Python has no venv"
fi

echo "Release: $failed failed"
[ "$skipped" = 0 ] || [ "${SPEC_ANALYZER_RELEASE:-}" != required ] || failed=1
[ "$failed" = 0 ]
