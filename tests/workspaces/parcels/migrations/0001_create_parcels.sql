-- Feature: 001-parcel-intake (data-model.md)

CREATE TABLE IF NOT EXISTS parcels (
    code            TEXT PRIMARY KEY,
    recipient_email TEXT NOT NULL,
    weight_grams    INTEGER NOT NULL CHECK (weight_grams BETWEEN 1 AND 30000),
    created_at      TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS tracking_events (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    parcel_code TEXT NOT NULL REFERENCES parcels (code),
    kind        TEXT NOT NULL,
    happened_at TEXT NOT NULL
);

CREATE INDEX IF NOT EXISTS tracking_events_by_parcel
    ON tracking_events (parcel_code, id);
