// Where the server is looked for, and that a workspace has no say in it.

import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { deepEqual, ok } from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { findServer, NAME } from "../src/server";

let place = "";

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "server-"));
});
afterEach(() => rmSync(place, { recursive: true }));

function program(directory: string, mode = 0o755): string {
  const path = join(place, directory, NAME);
  mkdirSync(join(place, directory), { recursive: true });
  writeFileSync(path, "");
  chmodSync(path, mode);
  return path;
}

const look = (configured: string, path: string) => findServer({ configured, extension: join(place, "extension"), path });

test("the setting comes before what came with the extension, and that before PATH", () => {
  const [set, bundled, found] = [program("set"), program("extension/server"), program("bin")];
  deepEqual(look(set, join(place, "bin")), { path: set, by: "setting" });
  deepEqual(look(" ", join(place, "bin")), { path: bundled, by: "extension" });
  rmSync(bundled);
  deepEqual(look("", join(place, "bin")), { path: found, by: "PATH" });
});

test("a setting that leads nowhere is told of, and nothing else is started in its place", () => {
  program("extension/server");
  const found = look(join(place, "gone"), "");
  ok("problem" in found && found.problem.includes("spec-analyzer.server.path"));
});

test("relative paths are the workspace's: neither the setting nor PATH may have one", () => {
  program("bin");
  const before = process.cwd();
  process.chdir(place);
  try {
    ok("problem" in look(join("bin", NAME), ""));
    ok("problem" in look("", ["bin", ".", ""].join(delimiter)));
  } finally {
    process.chdir(before);
  }
});

test("what cannot be run is passed over", { skip: process.platform === "win32" }, () => {
  program("first", 0o644);
  mkdirSync(join(place, "second", NAME), { recursive: true });
  const found = program("third");
  const path = ["first", "second", "third"].map((name) => join(place, name)).join(delimiter);
  deepEqual(look("", path), { path: found, by: "PATH" });
});
