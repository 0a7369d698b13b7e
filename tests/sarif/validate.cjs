// validate.cjs LOG...: each file against the schema; what a whole run must have shown, and a log that is refused.
const fs = require("node:fs");
const path = require("node:path");
const Ajv = require("ajv");

const home = path.dirname(require.resolve("@microsoft/jest-sarif/package.json"));
const schema = JSON.parse(fs.readFileSync(path.join(home, "lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"));
const ajv = new Ajv({ schemaId: "auto", allErrors: true });
ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
const valid = ajv.compile(schema);

let failed = false;
const fail = (words) => {
  console.error(words);
  failed = true;
};
const seen = new Set();
const count = {};
for (const file of process.argv.slice(2)) {
  const log = JSON.parse(fs.readFileSync(file, "utf8"));
  const name = path.basename(file);
  if (!valid(log)) {
    for (const error of valid.errors) fail(`${name}: ${error.dataPath} ${error.message} ${JSON.stringify(error.params)}`);
  }
  const results = log.runs.flatMap((run) => run.results);
  count[name] = results.length;
  for (const result of results) {
    Object.keys(result).forEach((key) => seen.add(key));
    if (result.baselineState) seen.add(`baselineState ${result.baselineState}`);
    // The schema allows any rule; the log must have the one it names.
    for (const run of log.runs.filter((run) => run.results.includes(result))) {
      const rule = run.tool.driver.rules[result.ruleIndex];
      if (rule?.id !== result.ruleId) fail(`${name}: ${result.ruleId} is not rule ${result.ruleIndex}`);
    }
  }
}
for (const key of ["fixes", "relatedLocations", "suppressions", "baselineState new", "partialFingerprints"]) {
  if (!seen.has(key)) fail(`no result with ${key} was validated; seen: ${[...seen].join(", ")}`);
}
// A validator that accepts everything would say nothing.
const first = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
for (const spoil of [
  (log) => (log.version = "2.0.0"),
  (log) => (log.runs[0].results[0].level = "hint"),
  (log) => (log.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0),
]) {
  const log = structuredClone(first);
  spoil(log);
  if (valid(log)) fail(`accepted: ${spoil}`);
}
console.log(`SARIF: ${Object.entries(count).map(([name, results]) => `${name} ${results}`).join(", ")} results`);
process.exit(failed ? 1 : 0);
