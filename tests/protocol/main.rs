//! The server as an editor meets it: messages in, messages out. One module per feature.
//!
//! [`peer`] is the editor's side. [`real`] runs the built binary; [`probe`] runs the transport and the writer in this
//! process around an engine and handlers that can be held up at will. [`parcels`] starts the binary on the sample
//! workspace. Nothing here sleeps to wait for something: every wait is for a message, and ends in an error after a long
//! time.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    unreachable_pub,
    reason = "everything here is one test program"
)]

mod parcels;
mod peer;
mod places;
mod probe;
mod real;
#[path = "../commands/trap.rs"]
#[expect(
    dead_code,
    reason = "commands are tried where objects are missing, too"
)]
mod trap;

mod accept;
mod additions;
mod all_diagnostics;
mod archive;
mod bound;
mod calls;
mod cancellation;
mod clarifications;
mod code_actions;
mod code_lens;
mod completion;
mod configuration;
mod crowded;
mod defects;
mod delta;
mod diagnostics;
mod encodings;
mod endurance;
mod findings;
mod folders;
mod folding;
mod hints;
mod hostile;
mod hover;
mod lifecycle;
mod links;
mod moved_files;
mod navigation;
mod neighbours;
mod new;
mod new_plan;
mod new_tasks;
mod opening;
mod ordering;
mod others_write;
mod progress;
mod rename;
mod round_trip;
mod rude_clients;
mod settings;
mod skeletons;
mod source_edits;
mod specs;
#[cfg(unix)]
mod spellings;
mod suggest;
mod symbols;
mod synchronisation;
mod tokens;
mod untrusted;
mod watching;
mod wires;
mod written;
