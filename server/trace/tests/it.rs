//! The tests of `trace` that see it from outside: one program, since each would link every grammar again.

mod acceptance;
mod chains;
mod changes;
mod constitution;
mod contracts;
mod evidence;
mod impact;
mod imports;
mod kiro;
mod redefined;
mod released;
mod repositories;
mod resolution;
mod scope;
mod services;
mod states;
mod suggest;
mod sure;
mod templates;
