//! One file per request: from the protocol's terms to the engine's, ask, and back.

pub mod diagnostic;
pub mod selection_range;
