// Runs every test for the folder that is open and writes what became of them to the file SMOKE_RESULT names, with the
// folder's name behind it.
"use strict";

const { writeFileSync, renameSync } = require("node:fs");
const vscode = require("vscode");

exports.activate = () => void run();

async function run() {
  const folder = vscode.workspace.workspaceFolders[0].name;
  if (folder.startsWith("activation-")) {
    write(folder, await require("./activation.js").measured());
    return;
  }
  const { tests } = require(folder === "parcels" ? "./smoke.js" : "./starts.js");
  const results = [];
  for (const { name, body } of tests) {
    try {
      await body();
      results.push({ name });
    } catch (error) {
      results.push({ name, error: error instanceof Error ? error.message : String(error) });
    }
    // How far it came, for who waits in vain.
    writeFileSync(`${process.env.SMOKE_RESULT}.${folder}.new`, JSON.stringify({ version: vscode.version, results }));
  }
  write(folder, results);
}

function write(folder, results) {
  const file = `${process.env.SMOKE_RESULT}.${folder}`;
  writeFileSync(`${file}.new`, JSON.stringify({ version: vscode.version, results }));
  renameSync(`${file}.new`, file);
}
