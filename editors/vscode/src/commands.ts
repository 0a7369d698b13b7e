// What the command palette and the view's menus offer beside the server's own commands.

import {
  commands,
  env,
  Location,
  Position,
  Range,
  Uri,
  window,
  workspace,
  type Disposable,
  type LogOutputChannel,
} from "vscode";
import { SHOW_PLACES, type Connection } from "./connection";
import { run, type Reports } from "./reports";
import { allSpecs, type Feature, type Place } from "./specs";
import type { Row } from "./view";

export function registerCommands(connection: Connection, reports: Reports, log: LogOutputChannel): Disposable[] {
  const on = (name: string, act: (...args: never[]) => unknown) => commands.registerCommand(`spec-analyzer.${name}`, act);
  return [
    on("restart", () => connection.start()),
    on("showOutput", () => log.show(true)),
    on("openServerSetting", () => commands.executeCommand("workbench.action.openSettings", "spec-analyzer.server.path")),
    on("doctor", () => reports.show("doctor.txt", ["doctor"])),
    on("showStatus", () => reports.show("status.txt", ["status"])),
    on("openDocuments", openDocuments),
    on("trace", async (row?: Row) => {
      const item = row ? undefined : await wordHere();
      const asked = item ?? (await window.showInputBox({ prompt: "Item to trace", placeHolder: "FR-001, US1, 2.3 or 003-auth/FR-008" }));
      if (asked) {
        await reports.show(`trace ${asked.replaceAll("/", " ")}.txt`, ["trace", asked]);
      }
    }),
    ...(["Plan", "Tasks", "Tests"] as const).map((what) => on(`generate${what}`, (row?: Row) => generate(connection, what, row))),
    on("begin", (given?: { name?: string }) => begin(connection, given?.name)),
    on("view.tick", async (row?: Row) => {
      const place = row?.is === "part" ? row.part.location : null;
      if (place) {
        await commands.executeCommand("spec-analyzer.tick", { textDocument: { uri: place.uri }, position: place.range.start });
      }
    }),
    commands.registerCommand(SHOW_PLACES, showPlaces),
  ];
}

/** The places that a lens leads to, as the editor's own list. */
async function showPlaces(argument: [[string, Place["range"]["start"]] | null, Place[]]): Promise<void> {
  const [here, places] = argument;
  if (here === null) {
    return;
  }
  const [uri, { line, character }] = here;
  const locations = places.map(({ uri, range: { start, end } }) =>
    new Location(Uri.parse(uri), new Range(start.line, start.character, end.line, end.character)));
  await commands.executeCommand("editor.action.showReferences", Uri.parse(uri), new Position(line, character), locations);
}

async function wordHere(): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  const range = editor?.document.getWordRangeAtPosition(editor.selection.active, /[A-Z][A-Z0-9]*(-[A-Z]+)*-?\d+[a-z]?/);
  return range && editor?.document.getText(range);
}

/** Writes a document or the tests of a feature that are not there yet, and shows the first. */
async function generate(connection: Connection, what: "Plan" | "Tasks" | "Tests", row: Row | undefined): Promise<void> {
  const feature = row?.is === "feature" ? row.feature : await chosen(connection);
  if (feature) {
    await written(connection, ["generate", what.toLowerCase(), feature.path]);
  }
}

/** What may begin in a project of each format. */
const BEGINNINGS = {
  "spec-kit": [{ unit: "feature", label: "Feature" }],
  kiro: [{ unit: "spec", label: "Spec" }],
  openspec: [{ unit: "change", label: "Change" }, { unit: "capability", label: "Capability" }],
};

/** Begins a feature, a spec, a change or a capability, and shows its first document. A key may give the name: `{"name"}`. */
async function begin(connection: Connection, given: string | undefined): Promise<void> {
  const projects = (await allSpecs(connection))?.projects ?? [];
  const picks = projects.flatMap(({ format, path, root }) =>
    BEGINNINGS[format].map(({ unit, label }) => ({ label, description: path || root, unit, path })));
  const pick = picks.length > 1 ? await window.showQuickPick(picks, { placeHolder: "What begins?" }) : picks[0];
  if (pick === undefined) {
    if (picks.length === 0) {
      void window.showWarningMessage("There is no project yet: make .specify, .kiro/specs or openspec with its own tool first.");
    }
    return;
  }
  const name = given ?? await window.showInputBox({ prompt: `${pick.label}: what is it called?`, placeHolder: "Words, or the name of its directory" });
  if (!name) {
    return;
  }
  const args = [name];
  if (pick.unit === "change") {
    const touched = await window.showInputBox({ prompt: "Which capabilities does it touch?", placeHolder: "auth billing" });
    if (!touched) {
      return;
    }
    args.push(...touched.split(/[\s,]+/).filter((it) => it !== ""));
  }
  await written(connection, ["new", pick.unit, "--project", pick.path || ".", "--", ...args]);
}

/** How the program names what it wrote: one document, or tests by file. */
const WRITTEN = /^`([^`]+)` is written|^Written from code facts, no AI: `([^`]+)`|^ {2}(.+): \d+ tests? \(/m;

/** Runs a command that writes documents, and shows the first of them. What is there is never touched. */
async function written(connection: Connection, args: string[]): Promise<void> {
  const { ok, text } = await run(connection, args);
  const path = WRITTEN.exec(text)?.slice(1).find((it) => it !== undefined);
  if (!ok || path === undefined) {
    const tell = ok ? window.showInformationMessage : window.showWarningMessage;
    void tell(text.trim().replace(/^spec-analyzer: /, ""));
    return;
  }
  for (const folder of workspace.workspaceFolders ?? []) {
    const uri = Uri.joinPath(folder.uri, path);
    const there = await workspace.fs.stat(uri).then(() => true, () => false);
    if (there) {
      await window.showTextDocument(uri);
      return;
    }
  }
}

async function chosen(connection: Connection): Promise<Feature | undefined> {
  const specs = await allSpecs(connection);
  const features = (specs?.projects ?? []).flatMap((project) => project.features);
  const picks = features
    .filter((feature) => feature.unit === "feature" && feature.state === "active")
    .map((feature) => ({ label: feature.name, description: `${feature.phase}, ${feature.path}`, feature }));
  return (await window.showQuickPick(picks, { placeHolder: "Feature" }))?.feature;
}

function openDocuments(): Thenable<boolean> {
  return env.openExternal(Uri.parse("https://github.com/spec-analyzer/spec-analyzer#readme"));
}
