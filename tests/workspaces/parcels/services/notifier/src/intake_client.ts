/** Reads parcels from intake: specs/001-parcel-intake/contracts/parcels.openapi.yaml. */

import type { TrackingEvent } from "./types.ts";

export interface TrackedParcel {
  code: string;
  recipient_email: string;
  events: TrackingEvent[];
}

export type Get = (url: string) => Promise<{ status: number; json(): Promise<unknown> }>;

/** A parcel with its events, oldest first (Spec 001, FR-004), or null for an unknown code. */
export async function fetchParcel(
  base: string,
  code: string,
  get: Get = fetch,
): Promise<TrackedParcel | null> {
  const answer = await get(`${base}/parcels/${encodeURIComponent(code)}`);
  if (answer.status === 404) {
    return null;
  }
  if (answer.status !== 200) {
    throw new Error(`intake answered ${answer.status}`);
  }
  return (await answer.json()) as TrackedParcel;
}
