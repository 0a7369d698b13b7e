#!/usr/bin/env bash
# Every check and test of the project. Needs Rust (rustup or a distribution's), a C compiler and git.
# Editors are installed for the smoke tests where the package registries can be reached; where not, that is said
# loudly at the end and is no failure.
set -euo pipefail
cd "$(dirname "$0")/.."

echo "== format"
cargo fmt --all --check
echo "== lints"
cargo clippy --workspace --all-targets --quiet -- -D warnings
echo "== tests"
cargo test --workspace --quiet
echo "== editors"
bash tests/editors/run.sh
