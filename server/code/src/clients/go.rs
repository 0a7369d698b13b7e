//! Go: `net/http`.

use super::{Definition, Found, said};
use crate::{Methods, SourceFacts, calls::Calls, routes::Family};

pub(super) const NET_HTTP: Definition = Definition {
    family: Family::Go,
    marks: &["\"net/http\""],
    read,
};

fn read<'t>(calls: &Calls<'t>, _: &SourceFacts, found: &mut Found<'t>) {
    for call in &calls.all {
        let only = |method: &'static str| Methods::Only(vec![method.into()]);
        let (methods, address) = match call.callee {
            "http.Get" => (only("GET"), call.at(0)),
            "http.Head" => (only("HEAD"), call.at(0)),
            "http.Post" | "http.PostForm" => (only("POST"), call.at(0)),
            "http.NewRequest" => match call.at(0) {
                Some(method) => (said(calls, method), call.at(1)),
                None => continue,
            },
            "http.NewRequestWithContext" => match call.at(1) {
                Some(method) => (said(calls, method), call.at(2)),
                None => continue,
            },
            _ => continue,
        };
        if let Some(address) = address {
            found.made("net/http", methods, address, false);
        }
    }
}
