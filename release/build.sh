#!/usr/bin/env bash
# build.sh [TARGET]: what is released for one target, in target/packages: an archive, its bill of materials, an npm package,
# a wheel and checksums. Nothing is published. release/README.md says more.
#
# SPEC_ANALYZER_RUNS names a program of the same version for this machine, where that of TARGET cannot be started here.
# Without TARGET: this machine; on Linux the musl target where it is installed, else glibc. Both are linked statically.
set -euo pipefail
cd "$(dirname "$0")/.."

have() { [ -d "$(rustc --print target-libdir --target "$1")" ]; }

host=$(rustc -vV | sed -n 's/^host: //p')
if [ $# = 0 ]; then
  target=$host
  if [[ $host == *-linux-gnu ]]; then
    musl=${host%-gnu}-musl
    if have "$musl" && command -v musl-gcc >/dev/null; then
      target=$musl
    else
      echo "build.sh: $musl is not installed (rustup target add $musl, and musl-gcc): glibc is linked statically instead" >&2
    fi
  fi
else
  target=$1
fi
have "$target" || { echo "build.sh: the target $target is not installed (rustup target add $target)" >&2; exit 2; }
echo "build.sh: building for $target" >&2

export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export PYTHONDONTWRITEBYTECODE=1
# The same bytes wherever it is built, and no path of the machine in them; C code of the grammars included.
cargo_home=${CARGO_HOME:-$HOME/.cargo}
flags="--remap-path-prefix=$PWD=/spec-analyzer --remap-path-prefix=$cargo_home=/cargo"
[[ $target == *-msvc ]] || export CFLAGS="${CFLAGS:-} -ffile-prefix-map=$PWD=/spec-analyzer -ffile-prefix-map=$cargo_home=/cargo"
[[ $target != *-linux-* ]] || flags="$flags -C target-feature=+crt-static"
# With --target the flags are for the program alone: what runs while building is linked as usual.
RUSTFLAGS="${RUSTFLAGS:-} $flags" cargo build --release --locked --target "$target" -p spec-analyzer

directory=${CARGO_TARGET_DIR:-target}
program=$directory/$target/release/spec-analyzer
[[ $target != *-windows-* ]] || program=$program.exe
out=$directory/packages
python3 release/package.py --binary "$program" --target "$target" --out "$out" ${SPEC_ANALYZER_RUNS:+--runs "$SPEC_ANALYZER_RUNS"}
python3 release/finish.py "$out"
