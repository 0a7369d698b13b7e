#!/usr/bin/env bash
# Every check and test of the project. Needs Rust (rustup or a distribution's), a C compiler and git.
# Editors, frameworks of tests and the schemas of SARIF and CycloneDX are installed for the tests where the package registries
# can be reached; where not, that is said loudly and is no failure.
set -euo pipefail
cd "$(dirname "$0")/.."

# Neither reads nor writes the cache in the developer's own directory.
export SPEC_ANALYZER_CACHE=off

# One commit, one answer: the inputs of property tests are the same in every run of this script. `cargo test` by itself
# draws others each time, and tests/fuzz seeks those that matter.
export PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-1}

# A clean clone is built once: what a second build could use would only double the disk it takes.
if [ -n "${CI:-}" ]; then export CARGO_INCREMENTAL=0; fi

echo "== format"
cargo fmt --all --check
echo "== lints"
cargo clippy --workspace --all-targets --quiet -- -D warnings
echo "== tests"
cargo test --workspace --quiet
echo "== the grammar for editors"
editors=(--quiet --manifest-path grammar/tree-sitter/Cargo.toml --target-dir "${CARGO_TARGET_DIR:-target}")
cargo fmt --manifest-path grammar/tree-sitter/Cargo.toml --check
cargo clippy "${editors[@]}" --all-targets -- -D warnings
cargo test "${editors[@]}"
echo "== no network, no program"
bash tests/network/run.sh
echo "== SARIF against its schema"
bash tests/sarif/run.sh
echo "== parity with the tools of formats"
python3 tests/parity/openspec.py target/debug/spec-analyzer
python3 tests/parity/archive.py target/debug/spec-analyzer
echo "== generated tests, run by their frameworks"
bash tests/skeletons/run.sh
echo "== packages, made and installed"
bash tests/release/run.sh
echo "== editors"
bash tests/editors/run.sh
