//! Python: requests, httpx, aiohttp.

use super::{Definition, Found, is_made, said, verb};
use crate::{SourceFacts, calls::Calls, routes::Family};

pub(super) const PYTHON: Definition = Definition {
    family: Family::Python,
    marks: &["import requests", "from requests", "httpx", "aiohttp"],
    read,
};

/// Modules with what makes sessions of them.
const MODULES: [(&str, &[&str]); 3] = [
    (
        "requests",
        &["requests.Session", "requests.session", "Session"],
    ),
    (
        "httpx",
        &["httpx.Client", "httpx.AsyncClient", "AsyncClient"],
    ),
    ("aiohttp", &["aiohttp.ClientSession", "ClientSession"]),
];

fn read<'t>(calls: &Calls<'t>, _: &SourceFacts, found: &mut Found<'t>) {
    for call in calls.all.iter().filter(|call| !call.note) {
        let Some(receiver) = call.receiver else {
            continue;
        };
        let url = call.named(&["url"]);
        let (methods, address) = if call.name == "request" {
            let Some(method) = call.at(0).or_else(|| call.named(&["method"])) else {
                continue;
            };
            (said(calls, method), call.at(1).or(url))
        } else if let Some(methods) = verb(call.name) {
            (methods, call.at(0).or(url))
        } else {
            continue;
        };
        let Some(address) = address else { continue };
        let written = calls.short(receiver);
        for (name, makers) in MODULES {
            let module = written == name && name != "aiohttp";
            if module || is_made(calls, receiver, makers) {
                found.made(name, methods, address, !module);
                break;
            }
        }
    }
}
