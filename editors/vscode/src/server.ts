// Finds the server: the user's setting, else the one that came with the extension, else the search path. A workspace has no
// say in it. Knows nothing of the editor.

import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** Name of the program on this platform. */
export const NAME = process.platform === "win32" ? "spec-analyzer.exe" : "spec-analyzer";

/** Where to look. */
export interface Places {
  /** What the user set; empty: nothing. */
  configured: string;
  /** The directory of the extension. */
  extension: string;
  /** The search path. */
  path: string;
}

/** Where the server is, and who said so; or why there is none, and what to do. */
export type Found = { path: string; by: "setting" | "extension" | "PATH" } | { problem: string };

export function findServer({ configured, extension, path }: Places): Found {
  const wanted = configured.trim();
  if (wanted !== "") {
    return isProgram(wanted)
      ? { path: wanted, by: "setting" }
      : { problem: `The setting "spec-analyzer.server.path" is not the full path of a program: ${wanted}` };
  }
  const bundled = join(extension, "server", NAME);
  if (isProgram(bundled)) {
    return { path: bundled, by: "extension" };
  }
  for (const directory of path.split(delimiter)) {
    const program = join(directory, NAME);
    // A relative directory in PATH would let the workspace choose the program.
    if (isAbsolute(directory) && isProgram(program)) {
      return { path: program, by: "PATH" };
    }
  }
  return { problem: `${NAME} is not in PATH. Install it, or set "spec-analyzer.server.path" to where it is.` };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return isAbsolute(path) && statSync(path).isFile();
  } catch {
    return false;
  }
}
