/** The words of a notice. Feature: 002-delivery-notices. */

import type { Kind } from "./types.ts";

const WORDS: Record<Kind, string> = {
  accepted: "has reached us",
  sorted: "is on its way to your town",
  out_for_delivery: "arrives today",
  delivered: "has been delivered",
};

/** FR-002: the tracking code and the step in plain words, nothing else. */
export function composeNotice(parcelCode: string, kind: Kind): string {
  return `Your parcel ${parcelCode} ${WORDS[kind]}.`;
}
