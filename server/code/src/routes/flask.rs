//! Flask: `@app.route("/x", methods=["POST"])`, `@bp.get("/x")`, blueprints.

use super::{
    Definition, Family, Framework,
    found::{Found, Handler},
    style::{Style, methods_named},
    template::Parameters::Angle,
};
use crate::{
    SourceFacts,
    calls::{Call, Calls},
};

pub(super) const FLASK: Definition = Definition {
    framework: Framework::Flask,
    family: Family::Python,
    marks: &["from flask", "import flask", "from quart", "import quart"],
    read,
};

static STYLE: Style = Style {
    parameters: Angle,
    verbs: &[
        ("get", "GET"),
        ("post", "POST"),
        ("put", "PUT"),
        ("delete", "DELETE"),
        ("patch", "PATCH"),
    ],
    whole: &["Flask", "Quart"],
    part: &["Blueprint"],
    own: &["url_prefix"],
    groups: &[],
    types: &[("Flask", true), ("Blueprint", false), ("Quart", true)],
    names: &["app", "bp", "blueprint"],
};

fn read<'t>(calls: &Calls<'t>, _: &SourceFacts, found: &mut Found<'t>) {
    STYLE.routers(calls, found);
    for call in &calls.all {
        register(calls, found, call);
    }
}

fn register<'t>(calls: &Calls<'t>, found: &mut Found<'t>, call: &Call<'t>) -> Option<()> {
    let receiver = call.receiver?;
    match call.name {
        "register_blueprint" => {
            let parent = STYLE.resolve(calls, found, receiver, call.function);
            let written = call.named(&["url_prefix"]);
            let prefix = STYLE.prefix(calls, written);
            let inner = call.at(0)?;
            match found.find(calls, calls.short(inner), call.function) {
                // What is said here stands instead of what the blueprint says.
                Some(child) if written.is_some() => found.mount_instead(parent, prefix, child),
                Some(child) => found.mount(parent, prefix, child),
                None => found.outside(parent, prefix, inner.byte_range()),
            }
        }
        "add_url_rule" => {
            let router = STYLE.resolve(calls, found, receiver, call.function)?;
            let handler = call.named(&["view_func"]).or_else(|| call.at(2));
            let handler = handler.map_or(Handler::None, Handler::Is);
            let path = call.at(0).or_else(|| call.named(&["rule"]))?;
            found.at(
                calls,
                Angle,
                path,
                Some(router),
                methods_named(calls, call),
                handler,
            );
        }
        name if call.note => {
            let methods = match STYLE.method(name) {
                Some(methods) => methods,
                None if name == "route" => methods_named(calls, call),
                None => return None,
            };
            let path = call.at(0).or_else(|| call.named(&["rule"]))?;
            let router = STYLE.resolve(calls, found, receiver, call.function);
            let is_path = calls
                .constant_text(path)
                .is_some_and(|path| path.starts_with('/'));
            if router.is_none() && !is_path {
                return None;
            }
            let below = Handler::Below(call.node.end_byte());
            found.at(calls, Angle, path, router, methods, below);
        }
        _ => return None,
    }
    Some(())
}
