// Where the extension starts by itself, and where it does not: the folder that is open says which.
"use strict";

const vscode = require("vscode");
const { at, codeOf, eventually, same, test, tests } = require("./harness.js");

exports.tests = tests;

const extension = vscode.extensions.getExtension("spec-analyzer.spec-analyzer");
const EXPECTED = {
  kiro: { ".kiro/specs/doorbell/tasks.md": ["unknown-criterion"] },
  openspec: { "openspec/changes/add-chime/proposal.md": ["change-without-delta"] },
};
const expected = EXPECTED[vscode.workspace.workspaceFolders[0].name];

if (expected === undefined) {
  test("it does not start where no specs are", async () => {
    // The runner itself starts when everything that starts by itself has been told to.
    await new Promise((resolve) => setTimeout(resolve, 300));
    same(false, extension.isActive, "active");
  });
} else {
  test("it starts by itself", () => eventually("active", () => extension.isActive));
  for (const [path, codes] of Object.entries(expected)) {
    test(`findings of ${path}, which nobody opened`, async () => {
      const found = () => vscode.languages.getDiagnostics(at(path)).map(codeOf);
      await eventually("a finding", () => found().length > 0);
      same(codes, found(), path);
    });
  }
}
