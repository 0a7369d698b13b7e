// The connection to the server: one client at a time, started, ended and, when the server dies, started again.

import { EventEmitter, workspace, type Disposable, type LogOutputChannel } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
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
    // The client's library is ten times as large as everything else: it is read when the window has gone on.
    const { makeClient, onHealth } = require("./client.js") as typeof import("./client");
    const client = makeClient(found.path, this.log, this.#onDeath());
    onHealth(client, (health) => {
      if (client === this.#client) {
        this.#is(health, "");
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

  /** The log says it, the status shows it; nothing pops up. Says whether the server is started again. */
  #onDeath(): () => boolean {
    const deaths: number[] = [];
    return () => {
      const now = Date.now();
      deaths.push(now);
      if (deaths.filter((at) => now - at < WITHIN).length > DEATHS) {
        this.log.error("the server died too often; it is left alone");
        this.#is("stopped", "The server died several times; the output says why.");
        return false;
      }
      this.log.warn("the server died; it is started again");
      this.#is("starting", "");
      return true;
    };
  }
}
