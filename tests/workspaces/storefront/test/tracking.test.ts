import assert from "node:assert/strict";
import { test } from "node:test";

import { masked } from "../src/tracking.ts";

test("001/FR-002: an address is masked", () => {
  assert.equal(masked("ada@example.org"), "a***@example.org");
});
