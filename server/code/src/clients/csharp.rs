//! C#: `HttpClient`.

use super::{Definition, Found, last_word, said};
use crate::{Methods, SourceFacts, calls::Calls, routes::Family};

pub(super) const HTTP_CLIENT: Definition = Definition {
    family: Family::CSharp,
    marks: &["HttpClient", "HttpRequestMessage"],
    read,
};

fn verb(name: &str) -> Option<&'static str> {
    Some(match name {
        "GetAsync" | "GetFromJsonAsync" | "GetStringAsync" | "GetStreamAsync"
        | "GetByteArrayAsync" => "GET",
        "PostAsync" | "PostAsJsonAsync" => "POST",
        "PutAsync" | "PutAsJsonAsync" => "PUT",
        "PatchAsync" | "PatchAsJsonAsync" => "PATCH",
        "DeleteAsync" | "DeleteFromJsonAsync" => "DELETE",
        _ => return None,
    })
}

fn read<'t>(calls: &Calls<'t>, _: &SourceFacts, found: &mut Found<'t>) {
    for call in calls.all.iter().filter(|call| !call.note) {
        if call.callee == "HttpRequestMessage" {
            if let (Some(method), Some(address)) = (call.at(0), call.at(1)) {
                found.made("HttpClient", said(calls, method), address, true);
            }
            continue;
        }
        let (Some(verb), Some(address)) = (verb(call.name), call.at(0)) else {
            continue;
        };
        let receiver = last_word(calls, call);
        // Repositories have methods of these names too.
        if receiver.contains("client") || receiver.contains("http") {
            found.made(
                "HttpClient",
                Methods::Only(vec![verb.into()]),
                address,
                true,
            );
        }
    }
}
