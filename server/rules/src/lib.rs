//! Graph -> findings. One file per rule in `rules/`, the catalogue of them here, and the engine that runs them.
//!
//! A rule is a function of one [`trace::Feature`]; it never reads files, never sees positions in editor units and
//! never knows how a finding is shown. A check answers present, absent or *unknown*; only *absent* is a finding.
#![forbid(unsafe_code)]

mod bound;
mod catalogue;
mod catalogue_page;
mod engine;
mod finding;
mod headings;
mod inheriting;
mod lost;
mod message;
mod notice;
mod numbering;
mod outputs;
mod policy;
mod requirements;
mod rules;
mod shared_file;
mod spoken;
mod steps;
mod suspects;
mod taking;
mod tasks;
mod three_way;
mod titles;
mod word_list;
mod wording;

pub use catalogue::{CATALOGUE, Descriptor, Group, Measured, Rule, rule};
pub use catalogue_page::{page, table};
pub use engine::{Checked, FeatureFindings, Sink, Unanswered, Unknown};
pub use finding::{Finding, Fix, Related, Severity};
pub use message::{Locale, Message, Template};
pub use notice::Notice;
pub use policy::{Policy, Suppressed, SuppressedBy, unheard};
