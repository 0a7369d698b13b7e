//! `FastAPI`: `@router.get("/x")`, `APIRouter(prefix="/x")`, `include_router(users.router, prefix="/x")`.

use super::{
    Definition, Family, Framework,
    found::{Found, Handler},
    style::{Style, methods_named},
    template::Parameters::Brace,
};
use crate::{
    SourceFacts,
    calls::{Call, Calls},
};

pub(super) const FAST_API: Definition = Definition {
    framework: Framework::FastApi,
    family: Family::Python,
    marks: &["fastapi"],
    read,
};

static STYLE: Style = Style {
    parameters: Brace,
    verbs: &[
        ("get", "GET"),
        ("post", "POST"),
        ("put", "PUT"),
        ("delete", "DELETE"),
        ("patch", "PATCH"),
        ("head", "HEAD"),
        ("options", "OPTIONS"),
        ("trace", "TRACE"),
        // It begins as a GET.
        ("websocket", "GET"),
    ],
    whole: &["FastAPI"],
    part: &["APIRouter"],
    own: &["prefix"],
    groups: &[],
    types: &[("FastAPI", true), ("APIRouter", false)],
    names: &["app", "router"],
};

fn read<'t>(calls: &Calls<'t>, _: &SourceFacts, found: &mut Found<'t>) {
    STYLE.routers(calls, found);
    for call in &calls.all {
        register(calls, found, call);
    }
}

fn register<'t>(calls: &Calls<'t>, found: &mut Found<'t>, call: &Call<'t>) -> Option<()> {
    let receiver = call.receiver?;
    let path = call.at(0).or_else(|| call.named(&["path"]));
    match call.name {
        "include_router" => {
            let parent = STYLE.resolve(calls, found, receiver, call.function);
            let prefix = STYLE.prefix(calls, call.named(&["prefix"]));
            let inner = call.at(0).or_else(|| call.named(&["router"]))?;
            match STYLE.resolve(calls, found, inner, call.function) {
                Some(child) if !calls.short(inner).contains('.') => {
                    found.mount(parent, prefix, child);
                }
                _ => found.outside(parent, prefix, inner.byte_range()),
            }
        }
        "mount" if call.arguments.len() >= 2 => {
            let parent = STYLE.resolve(calls, found, receiver, call.function)?;
            let child = STYLE.resolve(calls, found, call.at(1)?, call.function)?;
            found.mount(Some(parent), STYLE.prefix(calls, path), child);
        }
        "add_api_route" => {
            let router = STYLE.resolve(calls, found, receiver, call.function);
            let methods = methods_named(calls, call);
            let handler = call.at(1).or_else(|| call.named(&["endpoint"]));
            let handler = handler.map_or(Handler::None, Handler::Is);
            found.at(calls, Brace, path?, router, methods, handler);
        }
        name if call.note => {
            let methods = match STYLE.method(name) {
                Some(methods) => methods,
                None if name == "api_route" => methods_named(calls, call),
                None => return None,
            };
            let router = STYLE.resolve(calls, found, receiver, call.function);
            let path = path?;
            // A decorator of an application from another file registers a path all the same.
            let is_path = calls
                .constant_text(path)
                .is_some_and(|path| path.is_empty() || path.starts_with('/'));
            if router.is_none() && !is_path {
                return None;
            }
            let below = Handler::Below(call.node.end_byte());
            found.at(calls, Brace, path, router, methods, below);
        }
        _ => return None,
    }
    Some(())
}
