//! The tests of `grammar` that see it from outside: one program, since each would link every grammar again.

mod citations;
mod lines;
mod mentions;
mod paths;
mod properties;
mod quantities;
mod recite;
mod tags;
