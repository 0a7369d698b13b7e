// The view *Specs*: projects, features, what stands in them. It asks when somebody looks, and shows what it is told.

import {
  EventEmitter,
  MarkdownString,
  Range,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  type TreeDataProvider,
} from "vscode";
import type { Connection } from "./connection";
import { wholeFeature, type Covered, type Feature, type Part, type Place, type Project, type Specs } from "./specs";

const { None, Collapsed, Expanded } = TreeItemCollapsibleState;

/** A row. */
export type Row =
  | { is: "project"; project: Project }
  | { is: "group"; project: Project; title: string; features: Feature[] }
  | { is: "feature"; project: Project; feature: Feature }
  | { is: "next"; of: string; next: NonNullable<Feature["next"]> }
  | { is: "covered"; of: string; covered: Covered }
  | { is: "part"; of: string; part: Part };

const FORMATS = { "spec-kit": "Spec Kit", kiro: "Kiro", openspec: "OpenSpec" };

const PARTS: Record<string, string> = {
  section: "list-unordered",
  story: "account",
  scenario: "beaker",
  requirement: "symbol-property",
  criterion: "symbol-boolean",
  "success-criterion": "target",
  phase: "milestone",
};

export class SpecsView implements TreeDataProvider<Row> {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  #specs: Specs | undefined;

  constructor(private readonly connection: Connection) {}

  show(specs: Specs | undefined): void {
    this.#specs = specs;
    this.#changed.fire();
  }

  async getChildren(row?: Row): Promise<Row[]> {
    if (row === undefined) {
      const projects = this.#specs?.projects ?? [];
      const [only] = projects;
      return projects.length === 1 && only ? rowsOf(only) : projects.map((project) => ({ is: "project", project }));
    }
    switch (row.is) {
      case "project":
        return rowsOf(row.project);
      case "group":
        return row.features.map((feature) => ({ is: "feature", project: row.project, feature }));
      case "feature": {
        const of = idOf(row);
        const whole = await wholeFeature(this.connection, row.project.root, row.feature.path);
        const next: Row[] = whole?.next ? [{ is: "next", of, next: whole.next }] : [];
        const covered = (whole?.coverage ?? []).map((covered): Row => ({ is: "covered", of, covered }));
        return [...next, ...covered, ...partsOf(of, whole?.parts)];
      }
      case "part":
        return partsOf(idOf(row), row.part.children);
      default:
        return [];
    }
  }

  getTreeItem(row: Row): TreeItem {
    const item = treeItem(row);
    item.id = idOf(row);
    item.contextValue = row.is === "part" && row.part.state ? `task-${row.part.state}` : row.is;
    return item;
  }
}

function rowsOf(project: Project): Row[] {
  const of = (state: Feature["state"]) => project.features.filter((feature) => feature.state === state);
  const rows: Row[] = of("active").map((feature) => ({ is: "feature", project, feature }));
  for (const [title, features] of [["Finished", of("history")], ["Archived", of("archived")]] as const) {
    if (features.length > 0) {
      rows.push({ is: "group", project, title, features });
    }
  }
  return rows;
}

function partsOf(of: string, parts: Part[] = []): Row[] {
  // Two of the same name in one place stay two rows.
  const seen = new Map<string, number>();
  return parts.map((part) => {
    const nth = seen.get(part.name) ?? 0;
    seen.set(part.name, nth + 1);
    return { is: "part", of: nth === 0 ? of : `${of}~${nth + 1}`, part };
  });
}

/** The same row has the same id after every change: what was opened stays open. */
function idOf(row: Row): string {
  switch (row.is) {
    case "project":
      return `${row.project.root}:${row.project.path}:${row.project.format}`;
    case "group":
      return `${row.project.root}:${row.project.path}:${row.project.format}:${row.title}`;
    case "feature":
      return `${row.project.root}:${row.feature.path}`;
    case "next":
      return `${row.of}>next`;
    case "covered":
      return `${row.of}>${row.covered.kind}`;
    case "part":
      return `${row.of}/${row.part.name}`;
  }
}

function treeItem(row: Row): TreeItem {
  switch (row.is) {
    case "project": {
      const item = new TreeItem(row.project.path || row.project.root, Expanded);
      item.description = FORMATS[row.project.format];
      item.iconPath = new ThemeIcon("repo");
      return item;
    }
    case "group": {
      const item = new TreeItem(row.title, Collapsed);
      item.description = String(row.features.length);
      item.iconPath = new ThemeIcon(row.title === "Finished" ? "pass" : "archive");
      return item;
    }
    case "feature":
      return featureItem(row.feature);
    case "next":
      return leading(new TreeItem(plain(`Next: ${row.next.id} ${row.next.title}`), None), "arrow-right", row.next.location);
    case "covered": {
      const { kind, total, planned, implemented, tested } = row.covered;
      const item = new TreeItem(`${total} ${plural(kind, total)}`, None);
      const of = ({ yes, unknown }: Covered["tested"]) => (unknown === total ? "?" : String(yes));
      item.description = `${of(implemented)} implemented, ${of(tested)} tested`;
      item.iconPath = new ThemeIcon("graph");
      item.tooltip = `${of(planned)} planned, ${item.description}. Click for the coverage of the features in work.`;
      item.command = { title: "Coverage", command: "spec-analyzer.showCoverage" };
      return item;
    }
    case "part":
      return partItem(row.part);
  }
}

function featureItem(feature: Feature): TreeItem {
  const item = new TreeItem(feature.name, Collapsed);
  const { error, warning, information } = feature.findings ?? { error: 0, warning: 0, information: 0 };
  const found = [counted(error, "error"), counted(warning, "warning"), counted(information, "note")];
  const phase = feature.unit === "capability" ? "" : feature.phase;
  // A row is narrow: what is ticked says more than the name of the phase.
  const progress = feature.tasks > 0 ? `${feature.done}/${feature.tasks} tasks` : phase;
  item.description = [progress, ...found].filter((part) => part !== "").join(" · ");
  const colour = error > 0 ? "list.errorForeground" : warning > 0 ? "list.warningForeground" : undefined;
  const icon = feature.unit === "capability" ? "book" : feature.phase === "done" ? "pass" : "checklist";
  item.iconPath = new ThemeIcon(icon, colour ? new ThemeColor(colour) : undefined);
  item.tooltip = new MarkdownString().appendText([feature.path, phase, item.description].filter((part) => part !== "").join("\n"));
  return item;
}

function partItem(part: Part): TreeItem {
  const inside = (part.children ?? []).length > 0;
  const item = new TreeItem(plain(part.name), inside ? Collapsed : None);
  if (part.tasks > 0) {
    item.description = `${part.done}/${part.tasks} tasks`;
  }
  const icon = part.state ? { open: "circle-large-outline", done: "pass", other: "circle-slash" }[part.state] : PARTS[part.kind];
  return leading(item, icon ?? "symbol-misc", part.location);
}

function leading(item: TreeItem, icon: string, place: Place | null): TreeItem {
  item.iconPath = new ThemeIcon(icon);
  if (place) {
    const { start, end } = place.range;
    const selection = new Range(start.line, start.character, end.line, end.character);
    item.command = { title: "Open", command: "vscode.open", arguments: [Uri.parse(place.uri), { selection }] };
  }
  return item;
}

/** Without the marks of code and of strong words: a row is no Markdown. */
function plain(text: string): string {
  return text.replaceAll(/`|\*\*/g, "");
}

function counted(count: number, what: string): string {
  return count === 0 ? "" : `${count} ${what}${count === 1 ? "" : "s"}`;
}

function plural(kind: string, count: number): string {
  const words = kind.replace("-", " ");
  if (count === 1) {
    return words;
  }
  return words.endsWith("criterion") ? words.replace(/on$/, "a") : words.replace(/y$/, "ie") + "s";
}
