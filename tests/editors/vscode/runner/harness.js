// What the tests are written with.
"use strict";

const vscode = require("vscode");

const PATIENCE = 10_000 * Number(process.env.SPEC_ANALYZER_PATIENCE ?? 1); // ms; a test waits for something to become true, never for time to pass

exports.tests = [];
exports.test = (name, body) => exports.tests.push({ name, body });

exports.same = (expected, actual, what) => {
  const [a, b] = [expected, actual].map((it) => JSON.stringify(it, null, 1));
  if (a !== b) {
    throw new Error(`${what}\nexpected: ${a}\nactual:   ${b}`);
  }
};

exports.holds = (text, part) => {
  if (!text.includes(part)) {
    throw new Error(`${JSON.stringify(part)} is not in:\n${text}`);
  }
};

/** Waits until `condition` gives something true, and gives that. */
exports.eventually = async (what, condition) => {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const value = await condition();
    if (value) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error(`not within ${PATIENCE} ms: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const root = () => vscode.workspace.workspaceFolders[0].uri;
exports.at = (path) => vscode.Uri.joinPath(root(), path);

exports.open = async (path) => {
  const document = await vscode.workspace.openTextDocument(exports.at(path));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
};

/** The position inside `token` in the first line that has `line` in it. */
exports.find = (document, line, token) => {
  for (let number = 0; number < document.lineCount; number++) {
    const text = document.lineAt(number).text;
    if (text.includes(line)) {
      const column = text.indexOf(token);
      if (column < 0) {
        throw new Error(`${token} is not in: ${text}`);
      }
      return new vscode.Position(number, column + 1);
    }
  }
  throw new Error(`no line has ${line}`);
};

const codeOf = (exports.codeOf = (diagnostic) =>
  typeof diagnostic.code === "object" ? String(diagnostic.code.value) : String(diagnostic.code));
const ours = (uri) => vscode.languages.getDiagnostics(uri).filter((it) => it.source === "spec-analyzer");

/** "line code text" of our findings, sorted: what the table of truth says of a file. */
exports.shown = (document) =>
  ours(document.uri)
    .map((it) => `${it.range.start.line + 1} ${codeOf(it)} ${document.getText(it.range)}`)
    .sort();

exports.anyFindings = (document) => ours(document.uri);
exports.hasFinding = (document, code) => ours(document.uri).some((it) => codeOf(it) === code);

/** Where a location or location link leads: "path:line". */
exports.place = (location) => {
  const uri = location.targetUri ?? location.uri;
  const range = location.targetSelectionRange ?? location.targetRange ?? location.range;
  return `${vscode.workspace.asRelativePath(uri)}:${range.start.line + 1}`;
};
