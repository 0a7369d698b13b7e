// run.mjs WORK VSCODE CHROMIUM VSIX RUNNER_VSIX TRUTH
// Opens each sample in a headless browser (the extension host lives only while a window is open), with the extension and
// the runner in it, and waits for the runner's results.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { QUIET, startCode, write } from "./instance.mjs";

const [work, vscode, chromium, vsix, runner, truth] = process.argv.slice(2);
const result = join(work, "result");

// The extension must not listen to this one.
write(join(work, "parcels/.vscode/settings.json"), { "spec-analyzer.server.path": "/bin/false" });
const code = await startCode({
  work,
  vscode,
  vsixes: [vsix, runner],
  environment: { SMOKE_RESULT: result, SMOKE_TRUTH: truth },
});

let [passed, failed, version] = [0, 0, ""];
for (const folder of ["parcels", "kiro", "openspec", "elsewhere"]) {
  const file = `${result}.${folder}`;
  const browser = code.start(`chromium-${folder}`, chromium, [
    "--headless=new", ...QUIET, "--window-size=1400,1000", `--user-data-dir=${join(work, `browser-${folder}`)}`,
    code.address(join(work, folder)),
  ]);
  await code.wait(`result of ${folder}`, () => existsSync(file), () => existsSync(`${file}.new`) && readFileSync(`${file}.new`, "utf8"));
  const of = JSON.parse(readFileSync(file, "utf8"));
  version = of.version;
  for (const { name, error } of of.results) {
    console.log(error === undefined ? `ok    ${folder}: ${name}` : `FAIL  ${folder}: ${name}\n      ${error.replaceAll("\n", "\n      ")}`);
    error === undefined ? passed++ : failed++;
  }
  code.stop(browser);
}
console.log(`VS Code ${version}: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
