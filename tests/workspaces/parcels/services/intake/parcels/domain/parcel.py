"""What a parcel is, and what may happen to it."""

from dataclasses import dataclass

MAX_WEIGHT_GRAMS = 30_000

# The order is the order of the journey (specs/001-parcel-intake/data-model.md).
KINDS = ("accepted", "sorted", "out_for_delivery", "delivered")


class Refused(Exception):
    """The request breaks a rule; the text says which one."""


@dataclass(frozen=True)
class Parcel:
    """A registered parcel."""

    code: str
    recipient_email: str
    weight_grams: int
    created_at: str


@dataclass(frozen=True)
class TrackingEvent:
    """One step of a parcel's journey."""

    parcel_code: str
    kind: str
    happened_at: str


def validate_parcel(recipient_email: object, weight_grams: object) -> None:
    """Refuse a parcel that cannot be carried (001/FR-002, 001/FR-003)."""
    if not isinstance(recipient_email, str) or "@" not in recipient_email:
        raise Refused("recipient_email is missing or is not an address")
    if not isinstance(weight_grams, int) or weight_grams <= 0:
        raise Refused("weight_grams is missing or is not a positive number")
    if weight_grams > MAX_WEIGHT_GRAMS:
        raise Refused("weight_grams is over the limit of 30 kg")


def validate_event(kind: object, history: list[TrackingEvent]) -> None:
    """Refuse an unknown kind, and anything after delivery."""
    if kind not in KINDS:  # Spec 001, FR-005
        raise Refused("kind is none of " + ", ".join(KINDS))
    # FR-007: nothing happens to a parcel once it is delivered.
    if any(event.kind == "delivered" for event in history):
        raise Refused("the parcel is already delivered")
