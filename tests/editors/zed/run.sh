#!/usr/bin/env bash
# run.sh TARGET: the extension compiles against Zed's interface, for this machine: the target of WebAssembly is in no
# package registry, and neither is Zed.
set -euo pipefail
extension=$(cd "$(dirname "$0")/../../../editors/zed" && pwd)
python3 - "$extension" <<'END'
import pathlib, sys, tomllib
extension = pathlib.Path(sys.argv[1])
manifest = tomllib.loads((extension / "extension.toml").read_text())
package = tomllib.loads((extension / "Cargo.toml").read_text())
assert manifest["schema_version"] == 1
assert all(manifest[key] for key in ("id", "name", "authors", "description", "repository"))
assert manifest["version"] == package["package"]["version"]
assert "cdylib" in package["lib"]["crate-type"]
assert list(manifest["language_servers"]) == [manifest["id"]]
assert manifest["language_servers"][manifest["id"]]["languages"] == ["Markdown"]
END
cargo check --quiet --locked --manifest-path "$extension/Cargo.toml" --target-dir "$1"
cargo fmt --check --manifest-path "$extension/Cargo.toml"
echo "Zed: the extension compiles (not run in Zed)"
