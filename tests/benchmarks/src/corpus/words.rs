//! Names of things.

pub(super) const VERBS: [&str; 24] = [
    "settle", "collect", "reserve", "cancel", "merge", "resolve", "publish", "import", "export",
    "validate", "archive", "restore", "schedule", "assign", "release", "refund", "notify",
    "verify", "render", "index", "count", "route", "encode", "balance",
];

pub(super) const NOUNS: [&str; 40] = [
    "invoice",
    "ledger",
    "parcel",
    "route",
    "tenant",
    "session",
    "device",
    "catalog",
    "order",
    "payment",
    "coupon",
    "shipment",
    "warehouse",
    "account",
    "profile",
    "report",
    "channel",
    "message",
    "template",
    "schedule",
    "token",
    "quota",
    "region",
    "cluster",
    "replica",
    "bucket",
    "snapshot",
    "policy",
    "audit",
    "webhook",
    "cursor",
    "batch",
    "journal",
    "address",
    "customer",
    "vendor",
    "contract",
    "receipt",
    "sensor",
    "gateway",
];

const SERVICES: [&str; 15] = [
    "billing",
    "catalog",
    "identity",
    "shipping",
    "search",
    "ledger",
    "gateway",
    "notifications",
    "warehouse",
    "pricing",
    "reporting",
    "scheduler",
    "storage",
    "webshop",
    "telemetry",
];

/// The name of a repository.
pub(super) fn service(at: usize) -> String {
    let name = SERVICES[at % SERVICES.len()];
    match at / SERVICES.len() {
        0 => name.to_owned(),
        more => format!("{name}-{more}"),
    }
}

/// With a capital at the start of each word and nothing between.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
