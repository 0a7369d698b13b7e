// package.mjs [TARGET PROGRAM] [-- ARGUMENTS OF VSCE]: the extension as a .vsix. With a platform of VS Code (linux-x64,
// darwin-arm64, win32-x64 ...) and the program built for it, the program is inside. Needs no network.

import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const TARGETS = ["linux-x64", "linux-arm64", "alpine-x64", "alpine-arm64", "darwin-x64", "darwin-arm64", "win32-x64", "win32-arm64"];

const here = fileURLToPath(new URL("..", import.meta.url));
const split = process.argv.indexOf("--");
const own = process.argv.slice(2, split < 0 ? undefined : split);
const rest = split < 0 ? [] : process.argv.slice(split + 1);
const [target, program] = own;
if (own.length !== 0 && (own.length !== 2 || !TARGETS.includes(target))) {
  console.error(`package.mjs [TARGET PROGRAM], where TARGET is one of ${TARGETS.join(", ")}`);
  process.exit(2);
}

const inside = `${here}server`;
const licence = `${here}LICENSE.txt`;
rmSync(inside, { recursive: true, force: true });
if (target) {
  mkdirSync(inside);
  const name = `${inside}/spec-analyzer${target.startsWith("win32") ? ".exe" : ""}`;
  cpSync(program, name, { dereference: true });
  chmodSync(name, 0o755);
}
const texts = ["LICENSE-MIT", "LICENSE-APACHE"].map((name) => readFileSync(`${here}../../${name}`, "utf8"));
writeFileSync(licence, texts.join("\n\n"));
const packed = spawnSync(
  process.execPath,
  [`${here}node_modules/@vscode/vsce/vsce`, "package", "--no-dependencies", ...(target ? ["--target", target] : []), ...rest],
  { cwd: here, stdio: "inherit" },
);
rmSync(inside, { recursive: true, force: true });
rmSync(licence);
process.exit(packed.status ?? 1);
