//! axum: `.route("/x", get(list).post(create))`, `.nest("/api", users::routes())`, `.merge(..)`.

use smol_str::SmolStr;
use tree_sitter::Node;

use super::{
    Definition, Family, Framework, Methods,
    found::{Found, Handler, Prefix, RouterId},
    style::is_method,
    template,
    template::Parameters,
};
use crate::{
    SourceFacts,
    calls::{Call, Calls, Root},
};

pub(super) const AXUM: Definition = Definition {
    framework: Framework::Axum,
    family: Family::Rust,
    marks: &["axum"],
    read,
};

/// Method routers in one chain that are read.
const MAX_CHAIN: usize = 32;

fn read<'t>(calls: &Calls<'t>, _: &SourceFacts, found: &mut Found<'t>) {
    let mut made: Vec<(usize, RouterId, Option<u32>)> = Vec::new();
    for call in &calls.all {
        if call.name == "new"
            && call
                .receiver
                .is_some_and(|owner| is_router(calls.short(owner)))
            && let Some(router) = found.router(Some(SmolStr::default()), false)
        {
            made.push((call.node.id(), router, call.function));
        }
    }
    for (index, function) in (0_u32..).zip(&calls.functions) {
        for (name, types) in &function.parameters {
            if is_router(&types[..types.find('<').unwrap_or(types.len())])
                && let Some(router) = found.router(Some(SmolStr::default()), false)
            {
                found.name(router, name, Some(index));
            }
        }
    }
    for binding in &calls.bindings {
        if let Some(router) = router_of(calls, found, &made, binding.value, binding.function) {
            found.name(router, binding.name, binding.function);
        }
    }
    // What a function gives is what it did not mount itself.
    let mut given = Vec::new();
    for call in &calls.all {
        given.extend(register(calls, found, &made, call));
    }
    let free: Vec<_> = made
        .iter()
        .filter(|(_, router, _)| !found.is_mounted(*router))
        .map(|(_, router, function)| (*router, *function))
        .collect();
    for Given {
        parent,
        prefix,
        giver,
    } in given
    {
        for (child, _) in free.iter().filter(|(_, function)| *function == Some(giver)) {
            found.mount(Some(parent), prefix.clone(), *child);
        }
    }
    returned(calls, found, &made);
}

/// A router that a function of this file gives is mounted.
struct Given {
    parent: RouterId,
    prefix: Prefix,
    giver: u32,
}

fn is_router(types: &str) -> bool {
    let types = &types[..types.find("::<").unwrap_or(types.len())];
    matches!(types, "Router" | "axum::Router")
}

/// The router that an expression is.
fn router_of<'t>(
    calls: &Calls<'t>,
    found: &Found<'t>,
    made: &[(usize, RouterId, Option<u32>)],
    node: Node<'t>,
    function: Option<u32>,
) -> Option<RouterId> {
    let Some(call) = calls.call(node) else {
        return found.find(calls, calls.short(node), function);
    };
    match calls.root(call) {
        Root::Call(Some(root)) => made
            .iter()
            .find(|(id, ..)| *id == root.node.id())
            .map(|(_, router, _)| *router),
        Root::Call(None) => None,
        Root::Value(value) => found.find(calls, calls.short(value), function),
    }
}

fn register<'t>(
    calls: &Calls<'t>,
    found: &mut Found<'t>,
    made: &[(usize, RouterId, Option<u32>)],
    call: &Call<'t>,
) -> Option<Given> {
    match call.name {
        "serve" if call.callee == "axum::serve" => {
            if let Some(app) = call.at(1)
                && let Some(router) = router_of(calls, found, made, app, call.function)
            {
                found.is_whole(router);
            }
            return None;
        }
        "into_make_service" | "into_make_service_with_connect_info" => {
            if let Some(router) = router_of(calls, found, made, call.node, call.function) {
                found.is_whole(router);
            }
            return None;
        }
        "route" | "nest" | "merge" => {}
        _ => return None,
    }
    let router = router_of(calls, found, made, call.node, call.function)?;
    match (call.name, call.at(0), call.at(1)) {
        ("route", Some(path), Some(methods)) => {
            for (method, handler) in method_router(calls, methods) {
                let handler = handler.map_or(Handler::None, Handler::Is);
                found.at(calls, Parameters::Both, path, Some(router), method, handler);
            }
            None
        }
        ("nest", Some(path), Some(inner)) => {
            let prefix = calls
                .constant_text(path)
                .and_then(|path| template(Parameters::Both, path))
                .map(SmolStr::from);
            mount(calls, found, made, router, prefix, inner, call.function)
        }
        ("merge", Some(inner), None) => mount(
            calls,
            found,
            made,
            router,
            Some(SmolStr::default()),
            inner,
            call.function,
        ),
        _ => None,
    }
}

fn mount<'t>(
    calls: &Calls<'t>,
    found: &mut Found<'t>,
    made: &[(usize, RouterId, Option<u32>)],
    parent: RouterId,
    prefix: Prefix,
    inner: Node<'t>,
    function: Option<u32>,
) -> Option<Given> {
    if let Some(child) = router_of(calls, found, made, inner, function) {
        found.mount(Some(parent), prefix, child);
        return None;
    }
    // A function of this file that gives a router.
    let called = calls.call(inner).map(|call| match calls.root(call) {
        Root::Call(Some(root)) => root,
        _ => call,
    });
    if let Some(called) = called
        && (called.receiver.is_none() || called.callee.starts_with("Self::"))
        && let Some(giver) = calls.function_named(called.name)
    {
        return Some(Given {
            parent,
            prefix,
            giver,
        });
    }
    let target = called.map_or(inner, |call| call.node);
    found.outside(Some(parent), prefix, target.byte_range());
    None
}

/// Routers bear the name of the function that gives them, where nothing else names them.
fn returned<'t>(calls: &Calls<'t>, found: &mut Found<'t>, made: &[(usize, RouterId, Option<u32>)]) {
    for (_, router, function) in made {
        if let Some(function) = function
            && let Some(name) = calls
                .functions
                .get(*function as usize)
                .and_then(|function| function.name)
        {
            found.label(*router, name);
        }
    }
}

/// `get(list).post(create)`: methods with handlers, in the order of the text.
fn method_router<'t>(calls: &Calls<'t>, node: Node<'t>) -> Vec<(Methods, Option<Node<'t>>)> {
    let mut all = Vec::new();
    let mut next = calls.call(node);
    let mut certain = next.is_some();
    for _ in 0..MAX_CHAIN {
        let Some(call) = next else { break };
        let upper = call.name.to_ascii_uppercase();
        if call.name == "any" {
            all.push((Methods::Any, call.at(0)));
        } else if is_method(&upper) && call.name != "connect" {
            all.push((Methods::Only(vec![upper.into()]), call.at(0)));
        } else if call.name == "on" {
            all.push((Methods::Unknown, call.at(1)));
        }
        let value = call.receiver.filter(|receiver| {
            !matches!(receiver.kind(), "scoped_identifier")
                && call
                    .node
                    .child_by_field_name("function")
                    .is_none_or(|callee| {
                        callee.kind() == "field_expression" || callee.kind() == "generic_function"
                    })
        });
        next = calls.before(call);
        if next.is_none() && value.is_some() {
            // It goes on from something that is made elsewhere.
            certain = false;
        }
    }
    all.reverse();
    if all.is_empty() || !certain {
        all.push((Methods::Unknown, None));
    }
    all
}
