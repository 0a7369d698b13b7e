// Starts the server and lets go. Whatever the server could decide is decided there.

import { commands, window, workspace, type ExtensionContext, type LogOutputChannel } from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import { DOCUMENTS } from "./documents";
import { findServer } from "./server";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel("spec-analyzer", { log: true });
  context.subscriptions.push(
    log,
    commands.registerCommand("spec-analyzer.restart", async () => {
      await stop();
      await start(log);
    }),
    workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("spec-analyzer.server.path")) {
        await stop();
        await start(log);
      }
    }),
  );
  await start(log);
}

export async function deactivate(): Promise<void> {
  await stop();
}

async function start(log: LogOutputChannel): Promise<void> {
  const found = findServer();
  if ("problem" in found) {
    // No pop-up: a workspace with specs is not a wish for this server.
    log.warn(found.problem);
    return;
  }
  log.info(`server: ${found.path}`);
  // No transport is named: naming stdio would add an argument of its own.
  const run = { command: found.path, args: ["lsp"] };
  client = new LanguageClient("spec-analyzer", "spec-analyzer", { run, debug: run }, {
    documentSelector: DOCUMENTS,
    outputChannel: log,
    initializationOptions: workspace.getConfiguration("spec-analyzer"),
    synchronize: { configurationSection: "spec-analyzer" },
  });
  try {
    await client.start();
  } catch (error) {
    log.error(`the server did not start: ${String(error)}`);
    client = undefined;
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.dispose();
}
