//! actix-web: `#[get("/x")]`, `.route("/x", web::get().to(h))`, `web::resource`, `web::scope`, `.service(..)`.

use smol_str::SmolStr;
use tree_sitter::Node;

use super::{
    Definition, Family, Framework, Methods,
    found::{Found, Handler, RouterId},
    style::is_method,
    template,
    template::Parameters::Brace,
};
use crate::{
    SourceFacts,
    calls::{Call, Calls, Root},
};

pub(super) const ACTIX: Definition = Definition {
    framework: Framework::Actix,
    family: Family::Rust,
    marks: &["actix_web"],
    read,
};

/// What begins a chain of registrations, by the node of the call that begins it.
type Made = Vec<(usize, RouterId)>;

fn read<'t>(calls: &Calls<'t>, facts: &SourceFacts, found: &mut Found<'t>) {
    let mut made = Made::new();
    for call in &calls.all {
        let owner = call.receiver.map_or("", |owner| calls.short(owner));
        let router = match (owner, call.name) {
            (owner, "new") if owner == "App" || owner.ends_with("::App") => {
                found.router(Some(SmolStr::default()), true)
            }
            ("web" | "actix_web::web" | "", "scope" | "resource") => {
                let prefix = call
                    .at(0)
                    .and_then(|path| calls.constant_text(path))
                    .and_then(|path| template(Brace, path));
                found.router(prefix.map(SmolStr::from), false)
            }
            _ => None,
        };
        made.extend(router.map(|router| (call.node.id(), router)));
    }
    for (index, function) in (0_u32..).zip(&calls.functions) {
        for (name, types) in &function.parameters {
            if types.ends_with("ServiceConfig")
                && let Some(router) = found.router(Some(SmolStr::default()), false)
            {
                found.name(router, name, Some(index));
                if let Some(owner) = function.name {
                    found.name(router, owner, None);
                }
            }
        }
    }
    for binding in &calls.bindings {
        if let Some(router) = router_of(calls, found, &made, binding.value, binding.function) {
            found.name(router, binding.name, binding.function);
        }
    }
    annotated(calls, facts, found);
    for call in &calls.all {
        register(calls, found, &made, call);
    }
}

fn router_of<'t>(
    calls: &Calls<'t>,
    found: &Found<'t>,
    made: &Made,
    node: Node<'t>,
    function: Option<u32>,
) -> Option<RouterId> {
    let Some(call) = calls.call(node) else {
        return found.find(calls, calls.short(node), function);
    };
    match calls.root(call) {
        Root::Call(Some(root)) => made
            .iter()
            .find(|(id, _)| *id == root.node.id())
            .map(|(_, router)| *router),
        Root::Call(None) => None,
        Root::Value(value) => found.find(calls, calls.short(value), function),
    }
}

/// `#[get("/users/{id}")]` above a function: a service of the function's name.
fn annotated<'t>(calls: &Calls<'t>, facts: &SourceFacts, found: &mut Found<'t>) {
    for call in calls.all.iter().filter(|call| call.note) {
        let upper = call.name.to_ascii_uppercase();
        let methods = if is_method(&upper) {
            Methods::Only(vec![upper.into()])
        } else if call.name == "route" {
            let named = call
                .arguments
                .iter()
                .filter(|argument| argument.name == Some("method"))
                .filter_map(|argument| calls.constant_text(argument.value))
                .map(SmolStr::from)
                .collect();
            Methods::Only(named)
        } else {
            continue;
        };
        let Some(path) = call.at(0) else { continue };
        let Some(router) = found.router(Some(SmolStr::default()), false) else {
            return;
        };
        let below = call.node.end_byte();
        let function = super::found::below(facts, below, |kind| {
            matches!(
                kind,
                crate::SymbolKind::Function | crate::SymbolKind::Method
            )
        });
        if let Some(symbol) = function.and_then(|index| facts.symbols.get(index as usize))
            && let Some(name) = calls
                .text
                .get(usize::from(symbol.name_range.start())..usize::from(symbol.name_range.end()))
        {
            found.name(router, name, None);
        }
        found.at(
            calls,
            Brace,
            path,
            Some(router),
            methods,
            Handler::Below(below),
        );
    }
}

fn register<'t>(calls: &Calls<'t>, found: &mut Found<'t>, made: &Made, call: &Call<'t>) {
    if call.note || !matches!(call.name, "route" | "service" | "configure" | "to") {
        return;
    }
    let Some(router) = router_of(calls, found, made, call.node, call.function) else {
        return;
    };
    match (call.name, call.at(0), call.at(1)) {
        ("route", Some(path), Some(route)) => {
            let (methods, handler) = one_route(calls, route);
            found.at(calls, Brace, path, Some(router), methods, handler);
        }
        // `web::resource("/x").route(web::get().to(h))`
        ("route", Some(route), None) => {
            if let Root::Call(Some(resource)) = calls.root(call)
                && let Some(path) = resource.at(0)
            {
                let (methods, handler) = one_route(calls, route);
                on_resource(calls, found, router, path, methods, handler);
            }
        }
        // `web::resource("/x").to(h)`
        ("to", Some(handler), None) => {
            if let Root::Call(Some(resource)) = calls.root(call)
                && resource.name == "resource"
                && let Some(path) = resource.at(0)
            {
                on_resource(
                    calls,
                    found,
                    router,
                    path,
                    Methods::Any,
                    Handler::Is(handler),
                );
            }
        }
        ("service" | "configure", Some(inner), None) => {
            let nothing = Some(SmolStr::default());
            match router_of(calls, found, made, inner, call.function) {
                Some(child) => found.mount(Some(router), nothing, child),
                None => found.outside(Some(router), nothing, inner.byte_range()),
            }
        }
        _ => {}
    }
}

/// A route whose path is the resource's: the router has it as its prefix already.
fn on_resource<'t>(
    calls: &Calls<'t>,
    found: &mut Found<'t>,
    router: RouterId,
    path: Node<'t>,
    methods: Methods,
    handler: Handler<'t>,
) {
    let constant = calls.constant(path);
    found.route(super::found::Registered {
        methods,
        place: constant.clone().unwrap_or_else(|| path.byte_range()),
        template: constant.is_some().then(String::new),
        path: constant,
        router: Some(router),
        handler,
        complete: false,
    });
}

/// `web::get().to(h)`.
fn one_route<'t>(calls: &Calls<'t>, node: Node<'t>) -> (Methods, Handler<'t>) {
    let mut methods = Methods::Unknown;
    let mut handler = Handler::None;
    let mut next = calls.call(node);
    for _ in 0..8 {
        let Some(call) = next else { break };
        let upper = call.name.to_ascii_uppercase();
        match call.name {
            "to" => handler = call.at(0).map_or(Handler::None, Handler::Is),
            "route" if call.arguments.is_empty() => methods = Methods::Any,
            _ if is_method(&upper) => methods = Methods::Only(vec![upper.into()]),
            _ => {}
        }
        next = calls.before(call);
    }
    (methods, handler)
}
