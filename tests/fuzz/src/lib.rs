//! What is asserted of every input, whatever its bytes: one function per parser. A fuzzer calls them with inputs of its
//! own (`libfuzzer/`), and a test calls them with the inputs that were kept (`corpus/`).
//!
//! A function panics where a property does not hold. It must never depend on anything but the bytes it is given.
#![forbid(unsafe_code)]
#![expect(
    clippy::missing_panics_doc,
    reason = "a panic is how every function here tells what it found"
)]

pub mod answers;
mod bytes;
pub mod data;
pub mod documents;
pub mod edits;
#[cfg(feature = "server")]
pub mod kept;
pub mod line;
pub mod manifests;
pub mod positions;
#[cfg(feature = "server")]
pub mod protocol;
pub mod settings;
pub mod source;
#[cfg(feature = "server")]
pub mod wire;
mod workspaces;

/// A function that panics if a property does not hold for the bytes.
pub type Target = fn(&[u8]);

/// All of them, by the names of their corpora.
pub const TARGETS: &[(&str, Target)] = &[
    ("line", line::line),
    ("comment", line::comment),
    ("positions", positions::positions),
    ("data", data::data),
    ("settings", settings::settings),
    ("speckit", documents::speckit),
    ("kiro", documents::kiro),
    ("openspec", documents::openspec),
    ("source", source::source),
    ("manifests", manifests::manifests),
    ("reports", manifests::reports),
    ("answers", answers::answers),
    ("edits", edits::edits),
    #[cfg(feature = "server")]
    ("wire", wire::wire),
    #[cfg(feature = "server")]
    ("protocol", protocol::protocol),
    #[cfg(feature = "server")]
    ("cache", kept::cache),
    #[cfg(feature = "server")]
    ("published", kept::published),
];
