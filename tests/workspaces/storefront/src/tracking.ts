/** Where a buyer's parcel is. Feature: 001-track-parcel. */

/** A parcel as intake tells it. */
export interface Parcel {
  code: string;
  recipient_email: string;
  created_at: string;
}

/** FR-001: what the page shows of a parcel, or null for an unknown code. */
export async function trackParcel(intake: string, code: string): Promise<string | null> {
  const answer = await fetch(`${intake}/parcels/${encodeURIComponent(code)}`);
  if (!answer.ok) {
    return null;
  }
  const parcel = (await answer.json()) as Parcel;
  return `${parcel.code}, for ${masked(parcel.recipient_email)}`;
}

/** FR-002: enough of an address for its owner to know it. */
export function masked(address: string): string {
  return address.replace(/^(.).*@/, "$1***@");
}
