//! Rust: reqwest.

use super::{Definition, Found, address::Address, is_made, last_word, said, verb};
use crate::{Methods, SourceFacts, calls::Calls, routes::Family};

pub(super) const REQWEST: Definition = Definition {
    family: Family::Rust,
    marks: &["reqwest"],
    read,
};

const MAKERS: &[&str] = &[
    "reqwest::Client::new",
    "Client::new",
    "reqwest::Client::builder",
    "Client::builder",
    "reqwest::ClientBuilder::new",
    "ClientBuilder::new",
    "reqwest::blocking::Client::new",
];

fn read<'t>(calls: &Calls<'t>, _: &SourceFacts, found: &mut Found<'t>) {
    for call in calls.all.iter().filter(|call| !call.note) {
        if matches!(call.callee, "reqwest::get" | "reqwest::blocking::get") {
            if let Some(address) = call.at(0) {
                found.made("reqwest", Methods::Only(vec!["GET".into()]), address, false);
            }
            continue;
        }
        let Some(receiver) = call.receiver else {
            continue;
        };
        let (methods, address) = match (call.name, call.at(0), call.at(1)) {
            ("request", Some(method), Some(address)) => (said(calls, method), address),
            (name, Some(address), None) => match verb(name) {
                Some(methods) => (methods, address),
                None => continue,
            },
            _ => continue,
        };
        let certain = is_made(calls, receiver, MAKERS);
        let named =
            last_word(calls, call).contains("client") && Address::of(calls, address).is_some();
        if certain || named {
            found.made("reqwest", methods, address, false);
        }
    }
}
