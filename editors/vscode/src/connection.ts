// The connection to the server: one client at a time, started, ended and, when the server dies, started again.

import {
  commands,
  EventEmitter,
  Uri,
  window,
  workspace,
  type Disposable,
  type LogOutputChannel,
} from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  State,
  type ErrorHandler,
  type StaticFeature,
} from "vscode-languageclient/node";
import { DOCUMENTS } from "./documents";
import { findServer, type Found } from "./server";

/** How the server is. */
export type Health = "starting" | "running" | "stopped" | "missing";

/** A server that dies this often within this time (ms) is left alone until the user restarts it. */
const DEATHS = 4;
const WITHIN = 180_000;

/** Our own command for the places that a lens leads to: the server asks whether there is one. */
export const SHOW_PLACES = "spec-analyzer.showPlaces";

export class Connection implements Disposable {
  #client: LanguageClient | undefined;
  #health: Health = "stopped";
  #problem = "";
  readonly #changed = new EventEmitter<Health>();
  readonly #news = new EventEmitter<void>();
  /** Told when the server starts, runs or ends. */
  readonly onDidChange = this.#changed.event;
  /** Told when the server knows more than it said. */
  readonly onNews = this.#news.event;

  constructor(
    private readonly log: LogOutputChannel,
    private readonly extension: string,
  ) {}

  get health(): Health {
    return this.#health;
  }

  /** What is wrong, and what to do. */
  get problem(): string {
    return this.#problem;
  }

  server(): Found {
    const configured = workspace.getConfiguration("spec-analyzer").get<string>("server.path", "");
    return findServer({ configured, extension: this.extension, path: process.env["PATH"] ?? "" });
  }

  /** Asks the server; `undefined` when it does not run or does not answer. */
  async ask<T>(method: string, params: object): Promise<T | undefined> {
    if (this.#health !== "running") {
      return undefined;
    }
    try {
      return await this.#client?.sendRequest<T>(method, params);
    } catch (error) {
      this.log.debug(`${method}: ${String(error)}`);
      return undefined;
    }
  }

  async start(): Promise<void> {
    await this.stop();
    const found = this.server();
    if ("problem" in found) {
      // No pop-up: a workspace with specs is not a wish for this server.
      this.log.warn(found.problem);
      this.#is("missing", found.problem);
      return;
    }
    this.log.info(`server: ${found.path} (${found.by})`);
    // No transport is named: naming stdio would add an argument of its own.
    const run = { command: found.path, args: ["lsp"] };
    const client = new LanguageClient("spec-analyzer", "spec-analyzer", { run, debug: run }, {
      documentSelector: DOCUMENTS,
      outputChannel: this.log,
      initializationOptions: workspace.getConfiguration("spec-analyzer"),
      synchronize: { configurationSection: "spec-analyzer" },
      errorHandler: this.#onError(),
      middleware: {
        executeCommand: (command, args, next) => next(command, withPlace(command, args)),
        window: { showDocument: (shown, token, next) => (isWritten(shown.uri) ? render(shown.uri) : next(shown, token)) },
      },
    });
    client.registerFeature(SHOWS_PLACES);
    client.onDidChangeState(({ newState }) => {
      if (client !== this.#client) {
        return;
      }
      if (newState === State.Running) {
        this.#is("running", "");
      } else if (newState === State.Starting) {
        this.#is("starting", "");
      }
    });
    client.onNotification("spec-analyzer/specsChanged", () => this.#news.fire());
    this.#client = client;
    this.#is("starting", "");
    try {
      await client.start();
    } catch (error) {
      this.log.error(`the server did not start: ${String(error)}`);
      this.#is("stopped", "The server did not start; the output says why.");
    }
  }

  async stop(): Promise<void> {
    const running = this.#client;
    this.#client = undefined;
    await running?.dispose().catch(() => undefined);
    this.#is("stopped", "The server was stopped.");
  }

  dispose(): void {
    void this.stop();
  }

  #is(health: Health, problem: string): void {
    this.#problem = problem;
    if (health !== this.#health) {
      this.#health = health;
      this.#changed.fire(health);
    }
  }

  /** The log says it, the status shows it; nothing pops up. */
  #onError(): ErrorHandler {
    const deaths: number[] = [];
    return {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        const now = Date.now();
        deaths.push(now);
        if (deaths.filter((at) => now - at < WITHIN).length > DEATHS) {
          this.log.error("the server died too often; it is left alone");
          this.#is("stopped", "The server died several times; the output says why.");
          return { action: CloseAction.DoNotRestart, handled: true };
        }
        this.log.warn("the server died; it is started again");
        this.#is("starting", "");
        return { action: CloseAction.Restart, handled: true };
      },
    };
  }
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
