// What the program says on its command line, as documents to read. It is run when the user asks for it, never otherwise.

import { execFile } from "node:child_process";
import { EventEmitter, Uri, ViewColumn, window, workspace, type TextDocumentContentProvider } from "vscode";
import type { Connection } from "./connection";

/** Scheme of their URIs. */
export const REPORTS = "spec-analyzer-report";

/** How long a report may take (ms). */
const PATIENCE = 120_000;

export interface Said {
  ok: boolean;
  text: string;
}

/** Runs the program on the folders of the workspace. */
export function run(connection: Connection, args: string[]): Promise<Said> {
  const found = connection.server();
  if ("problem" in found) {
    return Promise.resolve({ ok: false, text: found.problem });
  }
  const folders = (workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file");
  const roots = folders.flatMap((folder) => ["--root", folder.uri.fsPath]);
  const options = { timeout: PATIENCE, maxBuffer: 64 << 20, cwd: folders[0]?.uri.fsPath, env: { ...process.env, NO_COLOR: "1" } };
  return new Promise((resolve) => {
    execFile(found.path, [...roots, ...args], options, (error, stdout, stderr) => {
      resolve({ ok: error === null, text: stdout || stderr || String(error ?? "") });
    });
  });
}

export class Reports implements TextDocumentContentProvider {
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #texts = new Map<string, string>();

  constructor(private readonly connection: Connection) {}

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.path) ?? "Closed since; ask for it again.\n";
  }

  /** Shows what the program says. */
  async show(name: string, args: string[]): Promise<void> {
    const { text } = await run(this.connection, args);
    await this.open(name, text);
  }

  async open(name: string, text: string): Promise<void> {
    const uri = Uri.from({ scheme: REPORTS, path: `/${name}` });
    this.#texts.set(uri.path, text);
    this.#changed.fire(uri);
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, { preview: true, viewColumn: ViewColumn.Active });
  }
}
