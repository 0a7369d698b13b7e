/** Feature: 002-delivery-notices */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { composeNotice } from "../src/compose.ts";

describe("User Story 1 - Tell the recipient what happens", () => {
  it("names the code and the step in plain words (FR-002)", () => {
    assert.equal(
      composeNotice("ABCDEFGH2345", "out_for_delivery"),
      "Your parcel ABCDEFGH2345 arrives today.",
    );
  });
});
