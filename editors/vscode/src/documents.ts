// Which documents the server is told of: Markdown where specifications live, its own settings, and sources. What it makes of them is its own
// affair; ordinary Markdown is not sent at all.

import type { DocumentFilter } from "vscode-languageclient/node";

const SPEC_DOCUMENTS = "**/{specs,.specify,.kiro,openspec}/**/*.md";

const SOURCE_LANGUAGES = [
  "c",
  "cpp",
  "csharp",
  "go",
  "java",
  "javascript",
  "javascriptreact",
  "kotlin",
  "php",
  "python",
  "ruby",
  "rust",
  "scala",
  "shellscript",
  "sql",
  "swift",
  "terraform",
  "typescript",
  "typescriptreact",
];

export const DOCUMENTS: DocumentFilter[] = [
  { scheme: "file", pattern: SPEC_DOCUMENTS },
  { scheme: "file", pattern: "**/spec-analyzer.toml" },
  ...SOURCE_LANGUAGES.map((language) => ({ scheme: "file", language })),
];
