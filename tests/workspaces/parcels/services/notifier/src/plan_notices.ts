/** Which steps are worth a notice. Feature: 002-delivery-notices. */

import { composeNotice } from "./compose.ts";
import type { TrackedParcel } from "./intake_client.ts";
import type { Kind, Notice } from "./types.ts";

/** FR-001: only the two steps for which the recipient has to be at home or to look. */
const WORTH_A_NOTICE: readonly Kind[] = ["out_for_delivery", "delivered"];

/** One notice for every step that is worth one, in the order of the events. */
export function planNotices(parcel: TrackedParcel): Notice[] {
  return parcel.events
    .filter((event) => WORTH_A_NOTICE.includes(event.kind))
    .map((event) => ({
      to: parcel.recipient_email,
      parcelCode: parcel.code,
      kind: event.kind,
      text: composeNotice(parcel.code, event.kind),
    }));
}
