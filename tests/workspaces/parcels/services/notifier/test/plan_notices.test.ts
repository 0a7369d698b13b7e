/** Feature: 002-delivery-notices */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { fetchParcel, type TrackedParcel } from "../src/intake_client.ts";
import { planNotices } from "../src/plan_notices.ts";
import type { Kind } from "../src/types.ts";

function parcelWith(...kinds: Kind[]): TrackedParcel {
  return {
    code: "ABCDEFGH2345",
    recipient_email: "ana@example.org",
    events: kinds.map((kind, hour) => ({
      parcel_code: "ABCDEFGH2345",
      kind,
      happened_at: `2026-03-02T0${hour}:00:00Z`,
    })),
  };
}

describe("User Story 1 - Tell the recipient what happens", () => {
  it("tells of the delivery day and of the delivery (FR-001)", () => {
    const notices = planNotices(parcelWith("accepted", "out_for_delivery", "delivered"));
    assert.deepEqual(
      notices.map((notice) => notice.kind),
      ["out_for_delivery", "delivered"],
    );
  });

  it("stays silent while the parcel is only being sorted (FR-001)", () => {
    assert.deepEqual(planNotices(parcelWith("accepted", "sorted")), []);
  });

  it("writes to the recipient of the parcel", () => {
    const [notice] = planNotices(parcelWith("delivered"));
    assert.equal(notice?.to, "ana@example.org");
  });
});

describe("reading from intake", () => {
  it("takes an unknown code for no parcel (001/FR-006)", async () => {
    const get = async () => ({ status: 404, json: async () => ({ error: "no such parcel" }) });
    assert.equal(await fetchParcel("http://intake", "ABCDEFGH2345", get), null);
  });
});
