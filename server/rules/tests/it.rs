//! The tests of `rules` that see it from outside: one program, since each would link every grammar again.

mod pages;
#[path = "properties/main.rs"]
mod properties;
#[path = "rules/main.rs"]
mod rules;
mod settings_schema;
