// measure.mjs WORK VSCODE CHROMIUM VSIX RUNNER_VSIX [RUNS]
// How much of the extension host's main thread the start of the extension takes. No test: figures for docs/editors/vscode.md.

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { QUIET, startCode } from "./instance.mjs";

const [work, vscode, chromium, vsix, runner, runs = "7"] = process.argv.slice(2);
const result = join(work, "result");
const code = await startCode({ work, vscode, vsixes: [vsix, runner], environment: { SMOKE_RESULT: result } });
const all = [];
for (let run = 1; run <= Number(runs); run++) {
  const folder = `activation-${run}`;
  mkdirSync(join(work, folder));
  const browser = code.start(`chromium-${run}`, chromium, [
    "--headless=new", ...QUIET, "--window-size=1000,800", `--user-data-dir=${join(work, `browser-${run}`)}`, code.address(join(work, folder)),
  ]);
  const file = `${result}.${folder}`;
  await code.wait(`result of ${folder}`, () => existsSync(file));
  all.push(JSON.parse(readFileSync(file, "utf8")).results);
  console.log(all.at(-1));
  code.stop(browser);
}
for (const what of Object.keys(all[0])) {
  const sorted = all.map((it) => it[what]).sort((a, b) => a - b);
  console.log(`${what}: minimum ${sorted[0].toFixed(1)} ms, median ${sorted[sorted.length >> 1].toFixed(1)} ms`);
}
process.exit(0);
