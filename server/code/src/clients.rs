//! HTTP calls that a file makes, with the paths that are written: library by library.
//!
//! The host is left out: which service it is, configuration says. What is put into a path is a parameter of it.

mod address;
mod csharp;
mod go;
mod jvm;
mod python;
mod rust;
mod script;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use text::TextRange;

use crate::{
    Language, Methods, SourceFacts,
    calls::{Call, Calls},
    routes::Family,
};
use address::Address;
use tree_sitter::Node;

/// Most HTTP calls kept of one file.
pub const MAX_HTTP_CALLS: usize = 2_000;

/// An HTTP call as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HttpCall {
    /// What makes it: `fetch`, `axios`, `requests`, `reqwest` ...
    pub library: SmolStr,
    /// What it asks for.
    pub methods: Methods,
    /// The path as a template, without host and query: `/users/{id}`. `None` if it is not written there.
    pub path: Option<SmolStr>,
    /// The bytes of the address between its quotes; without a plain one, the expression that stands there.
    pub range: TextRange,
    /// Nothing can stand before `path`: the host is written, or nothing is. A base that is put in may hold a prefix.
    pub complete: bool,
    /// The innermost symbol around it.
    pub symbol: Option<u32>,
}

/// A library: what tells that a file uses it, and how it is read.
struct Definition {
    family: Family,
    /// One of these stands in each of its files.
    marks: &'static [&'static str],
    read: for<'t> fn(&Calls<'t>, &SourceFacts, &mut Found<'t>),
}

static LIBRARIES: &[Definition] = &[
    csharp::HTTP_CLIENT,
    go::NET_HTTP,
    jvm::FEIGN,
    jvm::RETROFIT,
    jvm::SPRING,
    python::PYTHON,
    rust::REQWEST,
    script::SCRIPT,
];

fn of_file(language: Language, text: &str) -> impl Iterator<Item = &'static Definition> {
    let family = language.definition().family;
    LIBRARIES.iter().filter(move |definition| {
        family == Some(definition.family) && definition.marks.iter().any(|mark| text.contains(mark))
    })
}

/// Whether a file may make HTTP calls.
pub(crate) fn may_have(language: Language, text: &str) -> bool {
    of_file(language, text).next().is_some()
}

/// Reads the HTTP calls of a file whose symbols are known already.
pub(crate) fn assemble(calls: &Calls<'_>, facts: &mut SourceFacts) {
    for definition in of_file(calls.language, calls.text) {
        let mut found = Found(Vec::new());
        (definition.read)(calls, facts, &mut found);
        for made in found.0 {
            if facts.http_calls.len() == MAX_HTTP_CALLS {
                facts.truncated = true;
                break;
            }
            let address = Address::of(calls, made.address);
            let range = address.as_ref().map_or_else(
                || made.address.byte_range(),
                |address| address.range.clone(),
            );
            let path = match (&address, made.prefix) {
                (Some(address), Some(prefix)) => {
                    let path = crate::routes::join(&prefix, &address.path);
                    Some(if path.is_empty() {
                        "/".to_owned()
                    } else {
                        path
                    })
                }
                (Some(address), None) => Some(address.path.clone()),
                (None, _) => None,
            };
            facts.http_calls.push(HttpCall {
                library: SmolStr::new_static(made.library),
                methods: made.methods,
                path: path.map(SmolStr::from),
                range: text::span(range.start, range.end),
                complete: address
                    .is_some_and(|address| address.hosted || address.complete && !made.based),
                symbol: around(facts, range.start),
            });
        }
    }
    facts.http_calls.sort_by_key(|call| call.range.start());
}

fn around(facts: &SourceFacts, offset: usize) -> Option<u32> {
    let at = text::TextSize::new(offset as u32);
    let end = facts
        .symbols
        .partition_point(|symbol| symbol.range.start() <= at);
    (0..end as u32)
        .rev()
        .take(64)
        .find(|index| facts.symbols[*index as usize].range.contains(at))
}

/// A call before its address is read.
struct Made<'t> {
    library: &'static str,
    methods: Methods,
    address: Node<'t>,
    /// A literal path that the library puts before it.
    prefix: Option<String>,
    /// The library may put a base before it.
    based: bool,
}

struct Found<'t>(Vec<Made<'t>>);

impl<'t> Found<'t> {
    fn made(&mut self, library: &'static str, methods: Methods, address: Node<'t>, based: bool) {
        if self.0.len() < MAX_HTTP_CALLS {
            self.0.push(Made {
                library,
                methods,
                address,
                prefix: None,
                based,
            });
        }
    }
}

/// The method of a word like `get`; `None` if it is none.
fn verb(word: &str) -> Option<Methods> {
    let upper = word.to_ascii_uppercase();
    crate::routes::is_method(&upper).then(|| Methods::Only(vec![upper.into()]))
}

/// The method that a string or a name like `HttpMethod.GET` says.
fn said<'t>(calls: &Calls<'t>, node: Node<'t>) -> Methods {
    let word = calls.constant_text(node).unwrap_or_else(|| {
        let written = calls.short(node);
        let last = written.rsplit(['.', ':']).next().unwrap_or(written);
        last.strip_prefix("Method").unwrap_or(last)
    });
    verb(word).unwrap_or(Methods::Unknown)
}

/// Whether an expression is a client that a call of one of `makers` gave to a name in this file.
fn is_made<'t>(calls: &Calls<'t>, receiver: Node<'t>, makers: &[&str]) -> bool {
    let makes = |node: Node<'t>| {
        let mut next = calls.call(node);
        for _ in 0..16 {
            let Some(call) = next else { return false };
            if makers.contains(&call.callee) {
                return true;
            }
            next = calls.before(call);
        }
        false
    };
    if calls.call(receiver).is_some() {
        return makes(receiver);
    }
    calls
        .bound(calls.short(receiver))
        .any(|binding| makes(binding.value))
}

/// The last word of a receiver, in lower case: `client` of `self.http_client` is not one, `http_client` is.
fn last_word<'t>(calls: &Calls<'t>, call: &Call<'t>) -> String {
    let written = call.receiver.map_or("", |receiver| calls.short(receiver));
    written
        .rsplit(['.', ':', '>'])
        .next()
        .unwrap_or(written)
        .to_ascii_lowercase()
}
