#!/usr/bin/env node
// Starts the program of the platform package that npm chose, with its arguments, its streams and its end.
"use strict";

const { spawn } = require("node:child_process");
const { constants } = require("node:os");

const platform = `${process.platform}-${process.arch}`;
const name = `spec-analyzer${process.platform === "win32" ? ".exe" : ""}`;

let program;
try {
  program = require.resolve(`@spec-analyzer/${platform}/${name}`);
} catch {
  const known = Object.keys(require("./package.json").optionalDependencies).map((each) => each.split("/")[1]);
  console.error(
    known.includes(platform)
      ? `spec-analyzer: the package @spec-analyzer/${platform} is not there. Install without --omit=optional.`
      : `spec-analyzer: there is no program for ${platform}, only for ${known.join(", ")}.`,
  );
  process.exit(2);
}

const child = spawn(program, process.argv.slice(2), { stdio: "inherit", windowsHide: true });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}
child.on("error", (error) => {
  console.error(`spec-analyzer: ${error.message}`);
  process.exit(2);
});
child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
