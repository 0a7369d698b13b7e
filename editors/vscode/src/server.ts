// Finds the server: the user's setting, else the search path. A workspace has no say in it.

import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { workspace } from "vscode";

const NAME = process.platform === "win32" ? "spec-analyzer.exe" : "spec-analyzer";

/** Where the server is, or why there is none. */
export type Found = { path: string } | { problem: string };

export function findServer(): Found {
  const configured = workspace.getConfiguration("spec-analyzer").get<string>("server.path", "").trim();
  if (configured !== "") {
    return isProgram(configured)
      ? { path: configured }
      : { problem: `"spec-analyzer.server.path" is not the full path of a program: ${configured}` };
  }
  for (const directory of (process.env["PATH"] ?? "").split(delimiter)) {
    const path = join(directory, NAME);
    // A relative directory in PATH would let the workspace choose the program.
    if (isAbsolute(directory) && isProgram(path)) {
      return { path };
    }
  }
  return { problem: `${NAME} is not in PATH, and "spec-analyzer.server.path" is not set.` };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return isAbsolute(path) && statSync(path).isFile();
  } catch {
    return false;
  }
}
