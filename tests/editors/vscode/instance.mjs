// VS Code's server build on loopback with the extension in it, nothing of the user's, and browsers that look at it.

import { spawn, spawnSync } from "node:child_process";
import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const LIMIT = 210_000 * Number(process.env.SPEC_ANALYZER_PATIENCE ?? 1); // ms for everything in one run

export const write = (path, value) => {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, JSON.stringify(value, null, 1));
};

/** Installs the extensions and starts VS Code with its data in `work`. */
export async function startCode({ work, vscode, vsixes, settings = {}, environment = {} }) {
  write(join(work, "data/User/settings.json"), {
    "chat.disableAIFeatures": true,
    "extensions.autoUpdate": false,
    "files.autoSave": "off",
    "files.hotExit": "off",
    "git.enabled": false,
    "telemetry.telemetryLevel": "off",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
    ...settings,
  });
  const code = [join(vscode, "bin/node"), join(vscode, "node_modules/code-server/out/node/entry.js")];
  const places = ["--config", "/dev/null", "--user-data-dir", join(work, "data"), "--extensions-dir", join(work, "extensions")];
  const env = {
    ...process.env,
    HOME: work, // nothing of the user, nothing left behind
    XDG_CONFIG_HOME: join(work, "config"),
    XDG_DATA_HOME: join(work, "share"),
    XDG_CACHE_HOME: join(work, "cache"),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...environment,
  };
  const installing = vsixes.flatMap((vsix) => ["--install-extension", vsix]);
  const installed = spawnSync(code[0], [code[1], ...places, ...installing], { env, encoding: "utf8" });
  if (installed.status !== 0) {
    console.error(installed.stdout, installed.stderr);
    process.exit(1);
  }

  const children = [];
  const start = (name, program, args) => {
    const child = spawn(program, args, { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const log = createWriteStream(join(work, `${name}.log`));
    child.text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.pipe(log, { end: false });
      stream.on("data", (data) => (child.text += data));
    }
    child.on("error", (error) => (child.text += String(error)));
    children.push(child);
    return child;
  };
  const stop = (child) => {
    children.splice(children.indexOf(child), 1);
    try {
      process.kill(-child.pid, "SIGKILL"); // its own group: the extension host and the server go with it
    } catch {
      // It has ended already.
    }
  };
  process.on("exit", () => [...children].forEach(stop));
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => process.exit(1));
  }

  const began = Date.now();
  const wait = async (what, condition, soFar = () => "") => {
    for (;;) {
      const value = condition();
      if (value) return value;
      const ended = children.find((child) => child.exitCode !== null);
      if (ended || Date.now() - began > LIMIT) {
        console.error(ended ? `ended too early, while waiting for ${what}` : `no ${what} in time`, soFar());
        for (const child of children) console.error(child.spawnargs[0], child.text.slice(-3000));
        process.exit(1);
      }
      await sleep(50);
    }
  };

  const page = start("code", code[0], [
    code[1], ...places, "--auth", "none", "--bind-addr", "127.0.0.1:0", "--disable-telemetry", "--disable-update-check",
    "--disable-workspace-trust", "--disable-getting-started-override",
  ]);
  const [, port] = await wait("listening server", () => /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(page.text));
  const address = (folder) => `http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`;
  return { start, stop, wait, address };
}

/** What a browser is started with so that it is quiet and looks at loopback only. */
export const QUIET = [
  ...(process.getuid() === 0 ? ["--no-sandbox"] : []), "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];
