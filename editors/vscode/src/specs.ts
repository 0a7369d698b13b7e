// What the server says of projects and features (docs/editors/specs.md), as it says it.

import type { Connection } from "./connection";

export interface Place {
  uri: string;
  range: { start: { line: number; character: number }; end: { line: number; character: number } };
}

export interface Counts {
  yes: number;
  no: number;
  unknown: number;
}

export interface Covered {
  kind: string;
  total: number;
  planned: Counts;
  implemented: Counts;
  tested: Counts;
}

export interface Part {
  name: string;
  kind: string;
  state?: "open" | "done" | "other";
  tasks: number;
  done: number;
  location: Place | null;
  children?: Part[];
}

export interface Feature {
  path: string;
  name: string;
  unit: "feature" | "capability";
  state: "active" | "history" | "archived";
  phase: string;
  tasks: number;
  done: number;
  next: { id: string; title: string; location: Place | null } | null;
  findings: { error: number; warning: number; information: number; hint: number } | null;
  location: Place | null;
  coverage?: Covered[];
  parts?: Part[];
}

export interface Project {
  root: string;
  path: string;
  format: "spec-kit" | "kiro" | "openspec";
  features: Feature[];
}

export interface Specs {
  reading: boolean;
  projects: Project[];
}

const METHOD = "spec-analyzer/specs";

/** Every project and feature, without what stands in them. */
export function allSpecs(connection: Connection): Promise<Specs | undefined> {
  return connection.ask<Specs>(METHOD, {});
}

/** One feature with what stands in it. */
export async function wholeFeature(connection: Connection, root: string, path: string): Promise<Feature | undefined> {
  const specs = await connection.ask<Specs>(METHOD, { feature: { root, path } });
  return specs?.projects[0]?.features[0];
}
