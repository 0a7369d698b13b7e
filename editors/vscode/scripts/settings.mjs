// settings.mjs [--check]: writes the settings of package.json that are the server's, from its schema
// (docs/spec-analyzer.schema.json), or says that they are not up to date. The editor's own stand in package.json alone.

import { readFileSync, writeFileSync } from "node:fs";

/** Keys of the schema that a user may also set in the editor (docs/configuration.md, "In an editor"). */
const IN_AN_EDITOR = ["scope"];

const at = (path) => new URL(path, import.meta.url);
const schema = JSON.parse(readFileSync(at("../../../docs/spec-analyzer.schema.json"), "utf8"));
const before = readFileSync(at("../package.json"), "utf8");
const manifest = JSON.parse(before);
const { properties } = manifest.contributes.configuration;
for (const key of IN_AN_EDITOR) {
  const { description, enum: words } = schema.properties[key];
  properties[`spec-analyzer.${key}`] = {
    type: ["string", "null"],
    enum: [null, ...words],
    default: null,
    scope: "window",
    markdownDescription: `${description} Empty: as \`spec-analyzer.toml\` says.`,
  };
}
const after = `${JSON.stringify(manifest, null, 2)}\n`;
if (process.argv.includes("--check")) {
  if (JSON.stringify(JSON.parse(before)) !== JSON.stringify(manifest)) {
    console.error("package.json has not the settings of docs/spec-analyzer.schema.json: run `npm run settings`");
    process.exit(1);
  }
} else {
  writeFileSync(at("../package.json"), after);
}
