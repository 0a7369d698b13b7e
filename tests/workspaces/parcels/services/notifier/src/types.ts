/** Words shared by the notifier. Feature: 002-delivery-notices. */

/** The steps of a journey, as intake names them (001/FR-005). */
export type Kind = "accepted" | "sorted" | "out_for_delivery" | "delivered";

/** One step of a parcel's journey. */
export interface TrackingEvent {
  parcel_code: string;
  kind: Kind;
  happened_at: string;
}

/** A message to the recipient of one parcel. */
export interface Notice {
  to: string;
  parcelCode: string;
  kind: Kind;
  text: string;
}
