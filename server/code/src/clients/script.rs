//! JavaScript and TypeScript: `fetch`, axios, ky, got, Angular's `HttpClient`.

use tree_sitter::Node;

use super::{Definition, Found, is_made, said, verb};
use crate::{
    Methods, SourceFacts,
    calls::{Call, Calls},
    routes::Family,
};

pub(super) const SCRIPT: Definition = Definition {
    family: Family::Script,
    marks: &[
        "fetch(",
        "fetch<",
        "axios",
        "'ky'",
        "\"ky\"",
        "'got'",
        "\"got\"",
        "@angular/common/http",
    ],
    read,
};

/// Clients that are modules, with what makes instances of them.
const MODULES: [(&str, &[&str]); 3] = [
    ("axios", &["axios.create"]),
    ("ky", &["ky.create", "ky.extend"]),
    ("got", &["got.extend"]),
];

fn read<'t>(calls: &Calls<'t>, _: &SourceFacts, found: &mut Found<'t>) {
    let angular = calls.text.contains("@angular/common/http");
    for call in calls.all.iter().filter(|call| !call.note) {
        let Some(first) = call.at(0) else { continue };
        let options = call.at(1);
        match call.callee {
            "fetch" | "window.fetch" | "globalThis.fetch" | "$fetch" => {
                let method = options.map_or_else(get, |options| method(calls, options));
                found.made("fetch", method, first, false);
                continue;
            }
            "axios" | "ky" | "got" | "axios.request" => {
                let library = MODULES
                    .iter()
                    .find(|(name, _)| call.callee.starts_with(name))
                    .map_or("axios", |(name, _)| name);
                if first.kind() == "object" {
                    let entries = calls.entries(first);
                    let url = entries.iter().find(|(key, _)| *key == "url");
                    if let Some((_, url)) = url {
                        found.made(library, method(calls, first), *url, false);
                    }
                } else {
                    let method = options.map_or_else(get, |options| method(calls, options));
                    found.made(library, method, first, false);
                }
                continue;
            }
            _ => {}
        }
        if let Some(methods) = verb(call.name) {
            on_client(calls, found, call, first, methods, angular);
        }
    }
}

fn on_client<'t>(
    calls: &Calls<'t>,
    found: &mut Found<'t>,
    call: &Call<'t>,
    address: Node<'t>,
    methods: Methods,
    angular: bool,
) {
    let Some(receiver) = call.receiver else {
        return;
    };
    let written = calls.short(receiver);
    for (name, makers) in MODULES {
        if written == name {
            found.made(name, methods, address, false);
            return;
        }
        if is_made(calls, receiver, makers) {
            found.made(name, methods, address, true);
            return;
        }
    }
    if angular && matches!(written, "this.http" | "this.httpClient" | "this._http") {
        found.made("angular", methods, address, false);
    }
}

fn get() -> Methods {
    Methods::Only(vec!["GET".into()])
}

/// `{ method: "POST" }`; GET without it, unknown if the options are made elsewhere.
fn method<'t>(calls: &Calls<'t>, options: Node<'t>) -> Methods {
    if options.kind() != "object" {
        return Methods::Unknown;
    }
    let spread = (0..options.named_child_count())
        .filter_map(|index| options.named_child(index as u32))
        .take(64)
        .any(|child| child.kind() == "spread_element");
    let entries = calls.entries(options);
    match entries.iter().find(|(key, _)| *key == "method") {
        Some((_, value)) => said(calls, *value),
        None if spread => Methods::Unknown,
        None => get(),
    }
}
