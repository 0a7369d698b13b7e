// Puts the parts together: the connection, the view, the status. Whatever the server could decide is decided there.

import { commands, window, workspace, type ExtensionContext } from "vscode";
import { registerCommands } from "./commands";
import { Connection } from "./connection";
import { Reports, REPORTS } from "./reports";
import { allSpecs } from "./specs";
import { Status } from "./status";
import { SpecsView } from "./view";

/** News is waited for this long (ms) after the last of it: while somebody types, nothing is asked. */
const QUIET = 400;

let connection: Connection | undefined;

export async function activate(context: ExtensionContext): Promise<{ server: string | undefined }> {
  const log = window.createOutputChannel("spec-analyzer", { log: true });
  const own = new Connection(log, context.extensionPath);
  connection = own;
  const status = new Status(own);
  const view = new SpecsView(own);
  const reports = new Reports(own);

  let waiting: NodeJS.Timeout | undefined;
  const refresh = async () => {
    waiting = undefined;
    const specs = await allSpecs(own);
    status.show(specs);
    view.show(specs);
  };
  const refreshSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void refresh(), QUIET);
  };
  context.subscriptions.push(
    log,
    own,
    status,
    window.createTreeView("spec-analyzer.specs", { treeDataProvider: view, showCollapseAll: true }),
    workspace.registerTextDocumentContentProvider(REPORTS, reports),
    ...registerCommands(own, reports, log),
    own.onDidChange((health) => (health === "running" ? void refresh() : status.show(undefined))),
    own.onNews(refreshSoon),
    workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("spec-analyzer.server.path")) {
        await own.start();
      }
    }),
  );
  status.show(undefined);
  void commands.executeCommand("setContext", "spec-analyzer.started", true);
  await new Promise((resolve) => setImmediate(resolve));
  // Commands that the server has are there once it runs.
  await own.start();
  const found = own.server();
  return { server: "path" in found ? found.path : undefined };
}

export async function deactivate(): Promise<void> {
  await connection?.stop();
}
