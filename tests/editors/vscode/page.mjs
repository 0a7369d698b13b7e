// page.mjs WORK VSCODE CHROMIUM VSIX SHOTS
// One run as a user sees it: what stands on the screen, and pictures of it in SHOTS.

import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { QUIET, startCode } from "./instance.mjs";

const [work, vscode, chromium, vsix, shots] = process.argv.slice(2);
const { chromium: browsers } = createRequire(join(vscode, "package.json"))("playwright-core");
const PATIENCE = 60_000 * Number(process.env.SPEC_ANALYZER_PATIENCE ?? 1); // ms

const code = await startCode({
  work,
  vscode,
  vsixes: [vsix],
  settings: {
    "breadcrumbs.enabled": false,
    "editor.fontSize": 13,
    "editor.minimap.enabled": false,
    "editor.wordWrap": "on",
    "workbench.colorTheme": "Default Light Modern",
    "workbench.tips.enabled": false,
  },
});
mkdirSync(shots, { recursive: true });
const browser = await browsers.launch({ executablePath: chromium, args: QUIET });
process.on("exit", () => void browser.close());
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
page.setDefaultTimeout(PATIENCE);

let passed = 0;
const step = async (name, body) => {
  try {
    await body();
  } catch (error) {
    await page.screenshot({ path: join(work, "failed.png") });
    console.log(`FAIL  ${name}\n      ${String(error).replaceAll("\n", "\n      ")}\n      ${join(work, "failed.png")}`);
    process.exit(1);
  }
  passed++;
  console.log(`ok    page: ${name}`);
};
const shot = async (name) => {
  await page.mouse.move(1270, 400);
  await page.screenshot({ path: join(shots, `${name}.png`) });
};
const run = async (command) => {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").fill(`>${command}`);
  await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: command }).first().waitFor();
  await page.keyboard.press("Enter");
};
const openFile = async (name) => {
  await page.keyboard.press("Control+P");
  await page.locator(".quick-input-widget input").fill(name);
  await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: name.split("/").at(-1) }).first().waitFor();
  await page.keyboard.press("Enter");
};
const goToLine = async (line, column = 1) => {
  await page.keyboard.press("Control+G");
  await page.locator(".quick-input-widget input").fill(`:${line}:${column}`);
  await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: `line ${line}` }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".statusbar-item").filter({ hasText: `Ln ${line}, Col ${column}` }).first().waitFor();
};
const row = (text) => page.locator(".pane-body .monaco-list-row").filter({ hasText: text }).first();
const editor = page.locator(".monaco-editor .view-lines").first();

await page.goto(code.address(join(work, "parcels")));

await step("the status says what was found", async () => {
  await page.locator(".statusbar-item").filter({ hasText: /\d+ specs?/ }).first().waitFor();
});

await step("the view shows features, their progress and the next task", async () => {
  await page.locator(".statusbar-item").filter({ hasText: /\d+ specs?/ }).first().click();
  const feature = row("002-delivery-notices");
  await feature.waitFor();
  await feature.click();
  await row("Next: T").waitFor();
  await row("5 requirements").waitFor();
  await shot("vscode-specs");
});

await step("a click on the next task opens its line", async () => {
  await row("Next: T").click();
  await page.locator(".tab.active").filter({ hasText: "tasks.md" }).waitFor();
});

await step("the spec shows lenses and findings", async () => {
  await openFile("specs/002-delivery-notices/spec.md");
  await page.locator(".tab.active").filter({ hasText: "spec.md" }).waitFor();
  await goToLine(49, 8);
  await page.locator(".view-overlays [class*=squiggly]").first().waitFor();
  await page.locator(".codelens-decoration a:visible").first().waitFor();
  await shot("vscode-findings");
});

await step("a requirement tells its tasks and code", async () => {
  await goToLine(69, 6);
  await editor.waitFor();
  await run("Show or Focus Hover");
  await page.getByText("Tasks: 1 of 2 done").first().waitFor();
  await page.screenshot({ path: join(shots, "vscode-hover.png") });
  await page.keyboard.press("Escape");
});

await step("what a change may reach is a document to read", async () => {
  await goToLine(69, 6);
  await run("Specs: Show What a Change Here May Reach (Impact)");
  await page.locator(".tab.active").filter({ hasText: "impact" }).waitFor();
  // The preview is a frame of its own, inside another.
  await page.frameLocator("iframe.webview").frameLocator("iframe").getByText("plan_notices.ts").first().waitFor();
  await shot("vscode-impact");
  await page.locator(".tab").filter({ hasText: "spec.md" }).first().click();
  await page.locator(".tab.active").filter({ hasText: "spec.md" }).waitFor();
});

await step("a story without tasks gets them, and the finding goes", async () => {
  await goToLine(49, 8);
  await page.keyboard.press("Control+.");
  const action = page.locator(".action-widget .monaco-list-row").filter({ hasText: "missing tasks" }).first();
  await action.waitFor();
  await page.screenshot({ path: join(shots, "vscode-action.png") });
  // A click would be caught by the layer below the menu.
  for (let at = 0; at < 20 && !/focused/.test((await action.getAttribute("class")) ?? ""); at++) {
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await page.locator(".tab").filter({ hasText: "tasks.md" }).first().waitFor();
  await row("002-delivery-notices").waitFor();
});

await step("the matrix is a document to read", async () => {
  await run("Specs: Show Trace Matrix");
  await page.locator(".tab.active").filter({ hasText: "traceability-matrix" }).waitFor();
});

await step("nothing popped up", async () => {
  const toasts = await page.locator(".notifications-toasts .notification-list-item").allInnerTexts();
  if (toasts.length > 0) throw new Error(toasts.join("\n"));
});

console.log(`VS Code, as seen: ${passed} passed`);
await browser.close();
process.exit(0);
