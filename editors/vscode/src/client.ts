// The client of the protocol, as its library makes it. A bundle of its own: see the connection, which alone knows when it is needed.

import { commands, Uri, window, workspace, type LogOutputChannel } from "vscode";
import { CloseAction, ErrorAction, LanguageClient, State, type StaticFeature } from "vscode-languageclient/node";
import { SHOW_PLACES, type Health } from "./connection";
import { DOCUMENTS } from "./documents";

/** A client that is not started yet. `died` is told of each end that nobody asked for, and says whether to start again. */
export function makeClient(command: string, log: LogOutputChannel, died: () => boolean): LanguageClient {
  // No transport is named: naming stdio would add an argument of its own.
  const run = { command, args: ["lsp"] };
  const client = new LanguageClient("spec-analyzer", "spec-analyzer", { run, debug: run }, {
    documentSelector: DOCUMENTS,
    outputChannel: log,
    initializationOptions: workspace.getConfiguration("spec-analyzer"),
    synchronize: { configurationSection: "spec-analyzer" },
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => ({ action: died() ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true }),
    },
    middleware: {
      executeCommand: (command, args, next) => next(command, withPlace(command, args)),
      window: { showDocument: (shown, token, next) => (isWritten(shown.uri) ? render(shown.uri) : next(shown, token)) },
    },
  });
  client.registerFeature(SHOWS_PLACES);
  return client;
}

/** Tells when the server runs or is on its way. */
export function onHealth(client: LanguageClient, tell: (health: Health) => void): void {
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Running) {
      tell("running");
    } else if (newState === State.Starting) {
      tell("starting");
    }
  });
}

const SHOWS_PLACES: StaticFeature = {
  fillClientCapabilities(capabilities) {
    const experimental = (capabilities.experimental ?? {}) as Record<string, unknown>;
    capabilities.experimental = { ...experimental, commands: [SHOW_PLACES] };
  },
  initialize() {},
  getState: () => ({ kind: "static" }),
  clear() {},
};

/** Whether a document is one that the server writes when it is asked for: the matrix, the coverage. */
function isWritten(uri: string): boolean {
  return uri.startsWith("spec-analyzer:");
}

/** Tables are read as tables, not as their source. */
async function render(uri: string): Promise<{ success: boolean }> {
  await commands.executeCommand("markdown.showPreview", Uri.parse(uri));
  return { success: true };
}

/** Commands that are about a document, or a place in it, mean the one in front when nothing is said. */
function withPlace(command: string, args: unknown[]): unknown[] {
  const editor = window.activeTextEditor;
  if (args.length > 0 || editor === undefined) {
    return args;
  }
  const uri = editor.document.uri.toString();
  switch (command) {
    case "spec-analyzer.showImpact":
    case "spec-analyzer.tick": {
      const { line, character } = editor.selection.active;
      return [{ textDocument: { uri }, position: { line, character } }];
    }
    case "spec-analyzer.previewArchive":
    case "spec-analyzer.reviewLinks":
      return [{ uri }];
    default:
      return args;
  }
}
