-- Feature: 002-delivery-notices, FR-005

CREATE TABLE IF NOT EXISTS notices (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    parcel_code TEXT NOT NULL REFERENCES parcels (code),
    kind        TEXT NOT NULL,
    sent_at     TEXT NOT NULL
);
