#!/usr/bin/env bash
# The SARIF that the program writes, against the official schema of SARIF 2.1.0.
#
# The schema and a validator come from a package of the npm registry, into a cache. Where that cannot be had, nothing is
# validated and it is said loudly; with SPEC_ANALYZER_SARIF=required that is a failure.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/spec-analyzer-sarif
. "$here/../installing.sh"
begin 120

skipped() {
  skip "the schema of SARIF" "$1"
  finish "${SPEC_ANALYZER_SARIF:-}"
}

command -v node >/dev/null && command -v npm >/dev/null || skipped "Node.js and npm are not there."
place=$cache/$(sha256sum <"$here/package-lock.json" | cut -c 1-12)
if [ ! -d "$place" ]; then
  mkdir -p "$cache"
  cp "$here"/{package.json,package-lock.json,.npmrc} "$work"
  install npm --prefix "$work" ci --ignore-scripts --omit=dev --no-audit --no-fund --loglevel=error \
    --fetch-timeout=60000 >/dev/null || skipped "Nothing was validated."
  # Another run may have been quicker.
  mkdir "$work/whole" && mv "$work/node_modules" "$work/whole"
  mv -T "$work/whole" "$place" 2>/dev/null || [ -d "$place" ]
fi

set -e
# A repository with old findings, new ones, suppressed ones and some in a baseline.
bash "$root/tests/editors/workspace.sh" "$work/samples"
cd "$work/samples/parcels"
git() {
  GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null command git -c user.name=test -c user.email=test@localhost "$@"
}
tasks=specs/001-parcel-intake/tasks.md
printf '\n## Phase 9: 荷物 🎉 <b>"&"</b>\n\n- [x] T901 Weigh it in `lib/never there/weigh_it_well.py`, see FR-901\n' >>$tasks
git commit -qam 'old findings'
printf -- '- [x] T902 [P] Count it (T999) per FR-902 and `src/%%7Bcount%%7D.py`\n' >>$tasks
sarif() {
  "$SPEC_ANALYZER_BIN" check --all --format sarif --fail-on never "$@"
}
sarif >"$work/all.sarif"
sarif --since HEAD >"$work/since.sarif"
cat >spec-analyzer.toml <<'TOML'
[[suppress]]
address = "specs/001-parcel-intake"
code = "unknown-reference"
reason = "Known: \"quoted\" <&> 理由"
TOML
sarif --show-suppressed >"$work/suppressed.sarif"
sarif --show-suppressed --since HEAD >"$work/suppressed-since.sarif"
mkdir "$work/empty" && cd "$work/empty"
mkdir -p specs/001-a && printf '# Feature Specification: A\n' >specs/001-a/spec.md
sarif >"$work/empty.sarif"
NODE_PATH=$place/node_modules node "$here/validate.cjs" "$work"/*.sarif
