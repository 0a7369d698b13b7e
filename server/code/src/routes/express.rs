//! Express: `app.get("/x", h)`, `router.route("/x").get(h)`, `app.use("/api", router)`.

use smol_str::SmolStr;

use super::{
    Definition, Family, Framework,
    found::{Found, Handler},
    style::Style,
    template::Parameters::Colon,
};
use crate::{
    SourceFacts,
    calls::{Call, Calls, elements},
};

pub(super) const EXPRESS: Definition = Definition {
    framework: Framework::Express,
    family: Family::Script,
    marks: &["'express'", "\"express\""],
    read,
};

static STYLE: Style = Style {
    parameters: Colon,
    verbs: &[
        ("get", "GET"),
        ("post", "POST"),
        ("put", "PUT"),
        ("delete", "DELETE"),
        ("patch", "PATCH"),
        ("head", "HEAD"),
        ("options", "OPTIONS"),
        ("all", ""),
    ],
    whole: &["express"],
    part: &["express.Router", "Router"],
    own: &[],
    groups: &[],
    types: &[
        ("Express", true),
        ("Application", true),
        ("Router", false),
        ("IRouter", false),
    ],
    names: &["app", "router", "server"],
};

fn read<'t>(calls: &Calls<'t>, _: &SourceFacts, found: &mut Found<'t>) {
    STYLE.routers(calls, found);
    for call in &calls.all {
        register(calls, found, call);
    }
}

fn register<'t>(calls: &Calls<'t>, found: &mut Found<'t>, call: &Call<'t>) -> Option<()> {
    if call.note {
        return None;
    }
    let receiver = call.receiver?;
    if call.name == "use" {
        return mount(calls, found, call);
    }
    let methods = STYLE.method(call.name)?;
    if let Some(path) = on_path(calls, call) {
        let (path, router) = (path.at(0)?, path.receiver?);
        let router = STYLE.resolve(calls, found, router, call.function)?;
        let handler = call.positional().last().map_or(Handler::None, Handler::Is);
        found.at(calls, Colon, path, Some(router), methods, handler);
        return Some(());
    }
    // `app.get("setting")` has one argument.
    if call.arguments.len() < 2 {
        return None;
    }
    let router = STYLE.resolve(calls, found, receiver, call.function)?;
    let handler = call.positional().last()?;
    for path in elements(call.at(0)?) {
        found.at(
            calls,
            Colon,
            path,
            Some(router),
            methods.clone(),
            Handler::Is(handler),
        );
    }
    Some(())
}

/// The call of `route("/x")` that a chain of verbs begins with.
fn on_path<'a, 't>(calls: &'a Calls<'t>, call: &Call<'t>) -> Option<&'a Call<'t>> {
    let mut before = calls.before(call)?;
    for _ in 0..16 {
        if before.name == "route" && before.arguments.len() == 1 {
            return Some(before);
        }
        STYLE.method(before.name)?;
        before = calls.before(before)?;
    }
    None
}

fn mount<'t>(calls: &Calls<'t>, found: &mut Found<'t>, call: &Call<'t>) -> Option<()> {
    let parent = STYLE.resolve(calls, found, call.receiver?, call.function)?;
    let first = call.at(0)?;
    let last = call.positional().last()?;
    let (prefix, certain) = if call.arguments.len() == 1 {
        (Some(SmolStr::default()), false)
    } else if calls.literal(first).is_some() {
        (STYLE.prefix(calls, Some(first)), true)
    } else if elements(first).len() > 1 || first.kind() == "array" {
        return None;
    } else {
        // A constant, or a middleware.
        (None, false)
    };
    if let Some(child) = named(calls, found, last, call.function) {
        found.mount(Some(parent), prefix, child);
        return Some(());
    }
    let target = calls.short(last);
    let is_name = matches!(last.kind(), "identifier" | "member_expression");
    let required = calls
        .call(last)
        .is_some_and(|call| call.callee == "require");
    if required || is_name && (certain || target.to_ascii_lowercase().contains("rout")) {
        found.outside(Some(parent), prefix, last.byte_range());
    }
    Some(())
}

/// A router of this file by its name: `cors()` is none.
fn named<'t>(
    calls: &Calls<'t>,
    found: &mut Found<'t>,
    node: tree_sitter::Node<'t>,
    function: Option<u32>,
) -> Option<usize> {
    calls
        .call(node)
        .is_none()
        .then(|| found.find(calls, calls.short(node), function))
        .flatten()
}
