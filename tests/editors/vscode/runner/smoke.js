// VS Code with the packaged extension, as a user has it, on a copy of the sample workspace.
"use strict";

const { readFileSync, readdirSync } = require("node:fs");
const vscode = require("vscode");
const { anyFindings, at, eventually, find, hasFinding, holds, open, place, same, shown, test, tests } =
  require("./harness.js");

exports.tests = tests;

const SPEC = "specs/002-delivery-notices/spec.md";
const TASKS = "specs/002-delivery-notices/tasks.md";
const EXTENSION = "spec-analyzer.spec-analyzer";

/** The table in the README of the sample workspaces: path -> list of "line code text". */
function truth() {
  const found = new Map();
  const row = /^\| `parcels\/([^`]+)` \| (\d+) \| ([\w-]+) \| `(.*)` \|$/gm;
  for (const [, path, line, code, text] of readFileSync(process.env.SMOKE_TRUTH, "utf8").matchAll(row)) {
    found.set(path, [...(found.get(path) ?? []), `${line} ${code} ${text}`].sort());
  }
  if (found.size === 0) {
    throw new Error(`no table in ${process.env.SMOKE_TRUTH}`);
  }
  return found;
}

test("the extension starts by itself where specifications are", async () => {
  const extension = vscode.extensions.getExtension(EXTENSION);
  await eventually("active", () => extension.isActive);
});

test("a workspace cannot choose the server", async () => {
  const ofWorkspace = readFileSync(at(".vscode/settings.json").fsPath, "utf8");
  holds(ofWorkspace, "spec-analyzer.server.path");
  // The one that came with the extension.
  const { extensionPath, exports: own } = vscode.extensions.getExtension(EXTENSION);
  same(`${extensionPath}/server/spec-analyzer`, own.server, "server");
});

test("findings of documents that nobody opened", async () => {
  const isOpen = (path) => vscode.workspace.textDocuments.some((it) => it.uri.path === at(path).path);
  // The features that are worked on; this one is not opened yet.
  same(false, isOpen(TASKS), "open");
  const expected = truth().get(TASKS).length;
  const found = () => vscode.languages.getDiagnostics(at(TASKS));
  await eventually("all of them", () => found().length === expected);
});

for (const [path, expected] of truth()) {
  test(`diagnostics of ${path}`, async () => {
    const document = await open(path);
    const ready = () => JSON.stringify(shown(document)) === JSON.stringify(expected);
    await eventually("the expected findings", ready).catch(() => undefined);
    same(expected, shown(document), path);
  });
}

test("no diagnostics in ordinary Markdown", async () => {
  for (const path of ["README.md", "docs/notes.md"]) {
    const document = await open(path);
    // A change and its undoing give the server, were it told of them, every occasion.
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), " ");
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand("undo");
    await new Promise((resolve) => setTimeout(resolve, 300));
    same([], anyFindings(document), path);
  }
});

async function hover(document, position) {
  const hovers = await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, position);
  return hovers.flatMap((it) => it.contents.map((part) => part.value ?? String(part))).join("\n");
}

test("hover on a requirement shows its tasks and files", async () => {
  const document = await open(SPEC);
  const text = await hover(document, find(document, "- **FR-001**", "FR-001"));
  for (const part of ["FR-001", "T008", "T010", "services/notifier/src/plan_notices.ts"]) {
    holds(text, part);
  }
});

test("hover on a story mention shows the story", async () => {
  const document = await open(TASKS);
  holds(await hover(document, find(document, "T011 [P] [US2]", "US2")), "Only what I can use");
});

test("no hover in prose", async () => {
  const document = await open(SPEC);
  same("", await hover(document, find(document, "People who get the same notice", "People")), "hover");
});

for (const [what, line, token, expected, path = TASKS] of [
  ["a requirement in a task is the line of the specification", "T011 [P] [US2]", "FR-003", `${SPEC}:71`],
  ["a story in a task is its heading", "T011 [P] [US2]", "US2", `${SPEC}:34`],
  ["a path in a task is the file", "T007 [US1]", "services/notifier/src/compose.ts", "services/notifier/src/compose.ts:1"],
  ["an id of another feature is there", "T004 Read a parcel", "FR-004", "specs/001-parcel-intake/spec.md:61"],
  ["an id in a comment of the code is its line", "FR-002: the tracking code", "FR-002", `${SPEC}:70`, "services/notifier/src/compose.ts"],
]) {
  test(`definition of ${what}`, async () => {
    const document = await open(path);
    const position = find(document, line, token);
    const places = await vscode.commands.executeCommand("vscode.executeDefinitionProvider", document.uri, position);
    same([expected], places.map(place), token);
  });
}

test("references of a requirement are the tasks that cite it", async () => {
  const document = await open(SPEC);
  const position = find(document, "- **FR-005**", "FR-005");
  const places = await vscode.commands.executeCommand("vscode.executeReferenceProvider", document.uri, position);
  for (const line of [25, 63]) {
    holds(places.map(place).join("\n"), `${TASKS}:${line}`);
  }
});

test("completion of ids in a task, in the words of this feature", async () => {
  const document = await open(TASKS);
  const line = "- [ ] T017 [US2] Count notices (FR-";
  const end = new vscode.Position(document.lineCount, 0);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, end, line);
  await vscode.workspace.applyEdit(edit);
  const typed = find(document, line, line).translate(0, line.length - 1);
  const list = await vscode.commands.executeCommand("vscode.executeCompletionItemProvider", document.uri, typed);
  const labels = list.items
    .filter((it) => it.kind !== vscode.CompletionItemKind.Text)
    .map((it) => it.label.label ?? it.label)
    .filter((label) => /^FR-\d+$/.test(label));
  await vscode.commands.executeCommand("undo");
  same(["FR-001", "FR-002", "FR-003", "FR-004", "FR-005"], labels.sort(), "labels");
  same(false, document.getText().includes("T017"), "undone");
});

test("stories fold", async () => {
  const document = await open(SPEC);
  const folds = await vscode.commands.executeCommand("vscode.executeFoldingRangeProvider", document.uri);
  const line = find(document, "### User Story 2", "User").line;
  if (!folds.some((it) => it.start === line && it.end > line + 5)) {
    throw new Error(JSON.stringify(folds));
  }
});

test("a selection grows from the id to its line", async () => {
  const document = await open(SPEC);
  const position = find(document, "- **FR-003**", "FR-003");
  const [range] = await vscode.commands.executeCommand("vscode.executeSelectionRangeProvider", document.uri, [position]);
  const texts = [];
  for (let step = range; step; step = step.parent) {
    texts.push(document.getText(step.range));
  }
  holds(texts.join("\n--\n"), "--\nFR-003\n--");
});

test("ids are coloured by type", async () => {
  const document = await open(SPEC);
  const legend = await vscode.commands.executeCommand("vscode.provideDocumentSemanticTokensLegend", document.uri);
  const tokens = await vscode.commands.executeCommand("vscode.provideDocumentSemanticTokens", document.uri);
  let [line, column] = [0, 0];
  const found = [];
  for (let at = 0; at < tokens.data.length; at += 5) {
    const [lines, columns, length, type] = tokens.data.slice(at, at + 4);
    [line, column] = [line + lines, lines > 0 ? columns : column + columns];
    found.push(`${document.lineAt(line).text.slice(column, column + length)} ${legend.tokenTypes[type]}`);
  }
  holds(found.join("\n"), "FR-003 property");
  holds(found.join("\n"), "Given keyword");
});

test("a path in a task is a link", async () => {
  const document = await open(TASKS);
  const links = await vscode.commands.executeCommand("vscode.executeLinkProvider", document.uri, 100);
  holds(links.map((it) => it.target?.path).join("\n"), "/services/notifier/src/compose.ts");
});

test("a task is ticked by a code action, one character changes, and undo opens it again", async () => {
  const document = await open(TASKS);
  const before = document.getText();
  const position = find(document, "- [ ] T010", "T010");
  const actions = await vscode.commands.executeCommand(
    "vscode.executeCodeActionProvider",
    document.uri,
    new vscode.Range(position, position),
    vscode.CodeActionKind.Refactor.value,
    8,
  );
  const action = actions.find((it) => it.title === "Tick T010");
  if (!action?.edit) {
    throw new Error(`no such action: ${JSON.stringify(actions.map((it) => it.title))}`);
  }
  await vscode.workspace.applyEdit(action.edit);
  same(before.replace("- [ ] T010", "- [x] T010"), document.getText(), "text");
  await vscode.commands.executeCommand("undo");
  same(before, document.getText(), "text after undo");
});

test("a story without tasks gets them from a code action, and the finding goes away", async () => {
  const tasks = await open(TASKS);
  const before = tasks.getText().split("\n");
  const spec = await open(SPEC);
  await eventually("the finding is there", () => hasFinding(spec, "story-without-task"));
  const position = find(spec, "### User Story 3", "User Story 3");
  const actions = await vscode.commands.executeCommand(
    "vscode.executeCodeActionProvider",
    spec.uri,
    new vscode.Range(position, position),
    vscode.CodeActionKind.QuickFix.value,
    8,
  );
  const action = actions.find((it) => /task/i.test(it.title) && it.kind?.value === "quickfix");
  if (!action) {
    throw new Error(`no such action: ${JSON.stringify(actions.map((it) => it.title))}`);
  }
  if (action.edit) {
    await vscode.workspace.applyEdit(action.edit);
  }
  if (action.command) {
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
  }
  await eventually("the tasks are written", () => tasks.getText().includes("[US3]"));
  // Every line that was there is still there, in order.
  let kept = 0;
  for (const line of tasks.getText().split("\n")) {
    kept += line === before[kept] ? 1 : 0;
  }
  same(before.length, kept, "lines kept");
  await eventually("the finding goes away", () => !hasFinding(spec, "story-without-task"));
});

test("a rename reaches the task list and the code, and back", async () => {
  const tasks = await open(TASKS);
  const spec = await open(SPEC);
  for (const [old, id] of [["FR-003", "FR-033"], ["FR-033", "FR-003"]]) {
    const position = find(spec, `- **${old}**`, old);
    const edit = await vscode.commands.executeCommand("vscode.executeDocumentRenameProvider", spec.uri, position, id);
    await vscode.workspace.applyEdit(edit);
    same([true, false], [id, old].map((it) => tasks.getText().includes(it)), id);
    same([true, false], [id, old].map((it) => spec.getText().includes(`**${it}**`)), id);
  }
});

test("the call hierarchy goes from a requirement to its tests and back", async () => {
  const document = await open(SPEC);
  const position = find(document, "- **FR-002**", "FR-002");
  const ask = (command, ...parameters) => vscode.commands.executeCommand(`vscode.${command}`, ...parameters);
  const named = (calls, side, name) => {
    const found = calls.map((call) => call[side]).find((item) => item.name.startsWith(name));
    if (!found) {
      throw new Error(`no ${name} in ${JSON.stringify(calls.map((call) => call[side].name))}`);
    }
    return found;
  };
  const [requirement] = await ask("prepareCallHierarchy", document.uri, position);
  same("FR-002", requirement.name.slice(0, 6), "requirement");
  const task = named(await ask("provideOutgoingCalls", requirement), "to", "T007");
  const symbol = named(await ask("provideOutgoingCalls", task), "to", "composeNotice");
  holds(symbol.uri.path, "/services/notifier/src/compose.ts");
  const tests = await ask("provideOutgoingCalls", symbol);
  holds(tests.map((call) => call.to.uri.path).join("\n"), "/services/notifier/test/compose.test.ts");
  const back = await ask("provideIncomingCalls", symbol);
  named(await ask("provideIncomingCalls", named(back, "from", "T007")), "from", "FR-002");
});

test("every command of the palette is there", async () => {
  const { packageJSON } = vscode.extensions.getExtension(EXTENSION);
  const known = new Set(await vscode.commands.getCommands(true));
  const wanted = packageJSON.contributes.commands.map(({ command }) => command);
  same([], wanted.filter((command) => !known.has(command)), "unknown commands");
});

test("the matrix and the coverage are documents to read", async () => {
  for (const [command, words] of [["showMatrix", "composeNotice"], ["showCoverage", "002-delivery-notices"]]) {
    await reads(command, words);
  }
});

test("what a change may reach is a document to read, of an item and of code", async () => {
  for (const [path, line, token, words] of [
    [SPEC, "- **FR-001**", "FR-001", "plan_notices.ts"],
    ["services/notifier/src/compose.ts", "export function composeNotice", "composeNotice", "compose.test.ts"],
  ]) {
    const document = await open(path);
    const place = find(document, line, token);
    vscode.window.activeTextEditor.selection = new vscode.Selection(place, place);
    await reads("showImpact", words);
  }
});

/** Runs a command that shows a document of the server, and waits until words stand in it. */
async function reads(command, words) {
  await vscode.commands.executeCommand(`spec-analyzer.${command}`);
  const front = () => vscode.window.tabGroups.activeTabGroup.activeTab?.input?.viewType ?? "";
  await eventually(`a preview by ${command}`, () => front().includes("markdown.preview"));
  const texts = () => vscode.workspace.textDocuments.filter((it) => it.uri.scheme === "spec-analyzer");
  await eventually(command, () => texts().some((it) => it.getText().includes(words)));
  await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
}

test("what doctor says is a document to read", async () => {
  await vscode.commands.executeCommand("spec-analyzer.doctor");
  const { document } = vscode.window.activeTextEditor;
  same("spec-analyzer-report", document.uri.scheme, "scheme");
  holds(document.getText(), "parcels");
  await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
});

test("a plan, tasks and tests are generated for a feature that has none", async () => {
  const write = (name, lines) =>
    vscode.workspace.fs.writeFile(at(`specs/003-chime/${name}`), Buffer.from(`${lines.join("\n\n")}\n`));
  const story = "### User Story 1 - Hear the door (Priority: P1)";
  await write("spec.md", [
    "# Feature Specification: Chime", "## User Scenarios & Testing", story, "**Acceptance Scenarios**:",
    "1. **Given** a guest, **When** they ring, **Then** the chime sounds.",
    "## Requirements", "### Functional Requirements", "- **FR-001**: The door MUST chime.",
  ]);
  const feature = { is: "feature", feature: { path: "specs/003-chime" } };
  const generated = async (command, path, words) => {
    await vscode.commands.executeCommand(`spec-analyzer.${command}`, feature);
    const { document } = vscode.window.activeTextEditor;
    holds(vscode.workspace.asRelativePath(document.uri), path);
    holds(document.getText(), words);
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    return document.uri;
  };
  await generated("generatePlan", "specs/003-chime/plan.md", "Chime");
  await generated("generateTasks", "specs/003-chime/tasks.md", "FR-001");
  await vscode.workspace.fs.delete(await generated("generateTests", "test", "chime"));
  await vscode.workspace.fs.delete(at("specs/003-chime"), { recursive: true });
});

test("a feature begins as the project writes them", async () => {
  await vscode.commands.executeCommand("spec-analyzer.begin", { name: "Ring the bell" });
  const { document } = vscode.window.activeTextEditor;
  same("specs/003-ring-the-bell/spec.md", vscode.workspace.asRelativePath(document.uri), "document");
  await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  await vscode.workspace.fs.delete(at("specs/003-ring-the-bell"), { recursive: true });
});

test("an edit takes a finding away, and undo brings it back", async () => {
  const document = await open(TASKS);
  await eventually("the finding is there", () => hasFinding(document, "unknown-reference"));
  const start = document.positionAt(document.getText().indexOf(", FR-014"));
  const edit = new vscode.WorkspaceEdit();
  edit.delete(document.uri, new vscode.Range(start, start.translate(0, ", FR-014".length)));
  await vscode.workspace.applyEdit(edit);
  await eventually("the finding goes away", () => !hasFinding(document, "unknown-reference"));
  await vscode.commands.executeCommand("undo");
  await eventually("the finding is back", () => hasFinding(document, "unknown-reference"));
});

/** Servers that this extension host started. */
function servers() {
  const own = (pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const arguments_ = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return arguments_.includes("lsp") && state !== "Z" && Number(parent) === process.pid;
    } catch {
      return false; // It has ended meanwhile.
    }
  };
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name) && own(name)).map(Number);
}

test("a server that is killed comes back, with what it said before", async () => {
  const document = await open(TASKS);
  const [server, ...others] = servers();
  same(0, others.length, "other servers");
  process.kill(server, "SIGKILL");
  await eventually("another server", () => servers().some((pid) => pid !== server));
  const position = find(document, "T011 [P] [US2]", "FR-003");
  await eventually("an answer", async () => {
    const places = await vscode.commands.executeCommand("vscode.executeDefinitionProvider", document.uri, position);
    return places.map(place).includes(`${SPEC}:71`);
  });
  const expected = JSON.stringify(truth().get(TASKS));
  await eventually("the findings", () => JSON.stringify(shown(document)) === expected);
});
