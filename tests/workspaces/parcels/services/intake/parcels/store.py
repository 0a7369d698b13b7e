"""Parcels and their events in SQLite. Feature: 001-parcel-intake."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from parcels.domain.parcel import Parcel, TrackingEvent, validate_event, validate_parcel
from parcels.domain.tracking_code import new_code

MIGRATIONS = Path(__file__).resolve().parents[3] / "migrations"


def open_store(path: str) -> sqlite3.Connection:
    """Open the database file and bring its tables up to date (FR-008)."""
    connection = sqlite3.connect(path)
    for script in sorted(MIGRATIONS.glob("*.sql")):
        connection.executescript(script.read_text(encoding="utf-8"))
    return connection


def now() -> str:
    """The present second, in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def create_parcel(
    store: sqlite3.Connection, recipient_email: object, weight_grams: object
) -> Parcel:
    """Register a parcel and note that it was accepted (FR-001, FR-002)."""
    validate_parcel(recipient_email, weight_grams)
    parcel = Parcel(new_code(), recipient_email, weight_grams, now())
    with store:
        store.execute(
            "INSERT INTO parcels VALUES (?, ?, ?, ?)",
            (parcel.code, parcel.recipient_email, parcel.weight_grams, parcel.created_at),
        )
        _insert_event(store, TrackingEvent(parcel.code, "accepted", parcel.created_at))
    return parcel


def find_parcel(store: sqlite3.Connection, code: str) -> Parcel | None:
    """The parcel of that code, or nothing."""
    row = store.execute("SELECT * FROM parcels WHERE code = ?", (code,)).fetchone()
    return Parcel(*row) if row else None


def events_of(store: sqlite3.Connection, code: str) -> list[TrackingEvent]:
    """The events of a parcel, oldest first (FR-004)."""
    rows = store.execute(
        "SELECT parcel_code, kind, happened_at FROM tracking_events"
        " WHERE parcel_code = ? ORDER BY id",
        (code,),
    )
    return [TrackingEvent(*row) for row in rows]


def record_event(store: sqlite3.Connection, parcel: Parcel, kind: object) -> TrackingEvent:
    """Note one step of the journey (FR-005, FR-007)."""
    validate_event(kind, events_of(store, parcel.code))
    event = TrackingEvent(parcel.code, kind, now())
    with store:
        _insert_event(store, event)
    return event


def _insert_event(store: sqlite3.Connection, event: TrackingEvent) -> None:
    store.execute(
        "INSERT INTO tracking_events (parcel_code, kind, happened_at) VALUES (?, ?, ?)",
        (event.parcel_code, event.kind, event.happened_at),
    )
