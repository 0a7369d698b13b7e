//! The tests of `code` that see it from outside: one program, since each would link every grammar again.

mod clients;
mod fields;
mod held;
mod languages;
mod manifests;
mod prints;
mod properties;
mod routes;
mod tags;
