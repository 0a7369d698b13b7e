//! The tests of `documents` that see it from outside: one program, since each would link every grammar again.

mod bindings;
mod contracts;
mod dependencies;
mod design;
mod formatters;
mod governance;
mod hyperlinks;
mod kiro;
mod kiro_languages;
mod kiro_properties;
mod languages;
mod openspec;
mod projects;
mod properties;
mod sessions;
mod shapes;
mod structure;
