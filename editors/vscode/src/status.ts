// The item in the status bar: whether the server runs, and what it found. It says what to do by what a click does.

import { StatusBarAlignment, ThemeColor, window, type Disposable, type StatusBarItem } from "vscode";
import type { Connection } from "./connection";
import type { Specs } from "./specs";

export class Status implements Disposable {
  readonly #item: StatusBarItem;

  constructor(private readonly connection: Connection) {
    this.#item = window.createStatusBarItem("spec-analyzer.status", StatusBarAlignment.Left);
    this.#item.name = "spec-analyzer";
    this.#item.show();
  }

  show(specs: Specs | undefined): void {
    const { text, tooltip, command, wrong } = said(this.connection, specs);
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.command = command;
    this.#item.backgroundColor = wrong ? new ThemeColor("statusBarItem.warningBackground") : undefined;
  }

  dispose(): void {
    this.#item.dispose();
  }
}

function said(connection: Connection, specs: Specs | undefined) {
  if (connection.health === "missing") {
    const tooltip = `${connection.problem}\nClick to open the setting.`;
    return { text: "$(warning) specs: no server", tooltip, command: "spec-analyzer.openServerSetting", wrong: true };
  }
  if (connection.health === "stopped") {
    const tooltip = `${connection.problem}\nClick to start it again.`;
    return { text: "$(warning) specs: stopped", tooltip, command: "spec-analyzer.restart", wrong: true };
  }
  if (specs === undefined && connection.health === "running") {
    const tooltip = "spec-analyzer runs, and does not tell what it found: it is older than this extension. Click for its status.";
    return { text: "$(checklist) specs", tooltip, command: "spec-analyzer.showStatus", wrong: false };
  }
  if (specs === undefined || connection.health === "starting") {
    const tooltip = "spec-analyzer is starting. Click to see its output.";
    return { text: "$(loading~spin) specs", tooltip, command: "spec-analyzer.showOutput", wrong: false };
  }
  const features = specs.projects.flatMap((project) => project.features);
  if (features.length === 0) {
    const tooltip = "spec-analyzer found no spec documents here. Click to see where it looked.";
    return { text: "$(checklist) no specs", tooltip, command: "spec-analyzer.doctor", wrong: false };
  }
  const active = features.filter((feature) => feature.state === "active");
  const reading = specs.reading ? "\nSources are still being read." : "";
  const next = active.map((feature) => feature.next).find((it) => it !== null);
  const tooltip = [
    `${count(features.length, "feature")} in ${count(specs.projects.length, "project")}, ${active.length} in work.${reading}`,
    ...(next ? [`Next: ${next.id} ${next.title}`] : []),
    "Click to see them.",
  ].join("\n");
  const icon = specs.reading ? "$(loading~spin)" : "$(checklist)";
  return { text: `${icon} ${count(active.length, "spec")}`, tooltip, command: "spec-analyzer.specs.focus", wrong: false };
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
