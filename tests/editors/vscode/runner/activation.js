// How long the extension host's one thread works when the extension starts, as CPU time of that thread: most of what else a
// machine does is not counted.
"use strict";

const Module = require("node:module");
const vscode = require("vscode");

const QUIET = 3_000; // ms, without which the host's own start would be counted
const OURS = /spec-analyzer\.spec-analyzer-[^/]*\/out\/main\.js$/;

/** ms of CPU time of this thread. */
const spent = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

exports.measured = async () => {
  const figures = { load: 0, activate: 0 };
  const load = Module._load;
  Module._load = function (request, ...rest) {
    const before = spent();
    const loaded = load.call(this, request, ...rest);
    if (!OURS.test(request)) {
      return loaded;
    }
    figures.load = spent() - before;
    const activate = (context) => {
      const before = spent();
      const activated = loaded.activate(context);
      figures.activate = spent() - before;
      return activated;
    };
    return { activate, deactivate: loaded.deactivate };
  };
  await new Promise((resolve) => setTimeout(resolve, QUIET));
  const before = spent();
  await vscode.extensions.getExtension("spec-analyzer.spec-analyzer").activate();
  figures["until the server runs"] = spent() - before;
  Module._load = load;
  return figures;
};
