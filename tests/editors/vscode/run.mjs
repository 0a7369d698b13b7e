// run.mjs WORK VSCODE CHROMIUM SERVER VSIX RUNNER_VSIX TRUTH
// Starts VS Code's server build on loopback with the extension and the runner in it, opens its page in a headless
// browser (the extension host lives only while a window is open), and waits for the runner's result.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync, createWriteStream } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const [work, vscode, chromium, server, vsix, runner, truth] = process.argv.slice(2);
const project = join(work, "parcels");
const result = join(work, "result.json");
const LIMIT = 210_000; // ms for everything below

const write = (path, value) => {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, JSON.stringify(value, null, 1));
};
write(join(work, "data/User/settings.json"), {
  "chat.disableAIFeatures": true,
  "extensions.autoUpdate": false,
  "files.autoSave": "off",
  "files.hotExit": "off",
  "git.enabled": false,
  "telemetry.telemetryLevel": "off",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
});
write(join(work, "data/Machine/settings.json"), { "spec-analyzer.server.path": server });
// The extension must not listen to this one.
write(join(project, ".vscode/settings.json"), { "spec-analyzer.server.path": "/bin/false" });

const code = [join(vscode, "bin/node"), join(vscode, "node_modules/code-server/out/node/entry.js")];
const places = ["--config", "/dev/null", "--user-data-dir", join(work, "data"), "--extensions-dir", join(work, "extensions")];
const environment = {
  ...process.env,
  HOME: work, // nothing of the user, nothing left behind
  XDG_CONFIG_HOME: join(work, "config"),
  XDG_DATA_HOME: join(work, "share"),
  XDG_CACHE_HOME: join(work, "cache"),
  EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  SMOKE_RESULT: result,
  SMOKE_SERVER: server,
  SMOKE_TRUTH: truth,
};

const installed = spawnSync(
  code[0],
  [code[1], ...places, "--install-extension", vsix, "--install-extension", runner],
  { env: environment, encoding: "utf8" },
);
if (installed.status !== 0) {
  console.error(installed.stdout, installed.stderr);
  process.exit(1);
}

const children = [];
const start = (name, program, args) => {
  const child = spawn(program, args, { env: environment, detached: true, stdio: ["ignore", "pipe", "pipe"] });
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
const stopAll = () => {
  for (const child of children) {
    try {
      process.kill(-child.pid, "SIGKILL"); // its own group: the extension host and the server go with it
    } catch {
      // It has ended already.
    }
  }
};
process.on("exit", stopAll);
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => process.exit(1));
}

const began = Date.now();
const wait = async (what, condition) => {
  for (;;) {
    const value = condition();
    if (value) return value;
    const ended = children.find((child) => child.exitCode !== null);
    if (ended || Date.now() - began > LIMIT) {
      console.error(ended ? `ended too early, while waiting for ${what}` : `no ${what} in time`);
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
start("chromium", chromium, [
  "--headless=new", ...(process.getuid() === 0 ? ["--no-sandbox"] : []), "--disable-gpu", "--disable-dev-shm-usage",
  "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--window-size=1400,1000",
  `--user-data-dir=${join(work, "browser")}`, `http://127.0.0.1:${port}/?folder=${encodeURIComponent(project)}`,
]);

await wait("result", () => existsSync(result));
const { version, results } = JSON.parse(readFileSync(result, "utf8"));
for (const { name, error } of results) {
  console.log(error === undefined ? `ok    ${name}` : `FAIL  ${name}\n      ${error.replaceAll("\n", "\n      ")}`);
}
const failed = results.filter((it) => it.error !== undefined).length;
console.log(`VS Code ${version}: ${results.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 && results.length > 0 ? 0 : 1);
