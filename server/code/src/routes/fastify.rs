//! Fastify: `fastify.get("/x", h)`, `fastify.route({ method, url })`, `fastify.register(plugin, { prefix })`.

use smol_str::SmolStr;
use tree_sitter::Node;

use super::{
    Definition, Family, Framework, Methods,
    found::{Found, Handler, Prefix, RouterId},
    style::{Style, methods},
    template::Parameters::Colon,
};
use crate::{
    SourceFacts,
    calls::{Call, Calls},
};

pub(super) const FASTIFY: Definition = Definition {
    framework: Framework::Fastify,
    family: Family::Script,
    marks: &["'fastify'", "\"fastify\"", "Fastify"],
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
    whole: &["fastify", "Fastify"],
    part: &["withTypeProvider"],
    own: &[],
    groups: &[],
    types: &[("FastifyInstance", false), ("FastifyTypedInstance", false)],
    names: &["fastify"],
};

fn read<'t>(calls: &Calls<'t>, _: &SourceFacts, found: &mut Found<'t>) {
    // What a plugin is given is named by its author.
    for call in &calls.all {
        if call.name == "register"
            && let Some(plugin) = call.at(0).and_then(|plugin| calls.function_at(plugin))
        {
            parameter(calls, found, plugin);
        }
    }
    for binding in &calls.bindings {
        let written = calls.text[..binding.value.start_byte()].trim_end();
        let written = written.strip_suffix('=').unwrap_or(written).trim_end();
        let typed = [
            "FastifyPluginAsync",
            "FastifyPluginCallback",
            "FastifyPlugin",
        ];
        if typed.iter().any(|types| written.ends_with(types))
            && let Some(plugin) = calls.function_at(binding.value)
        {
            parameter(calls, found, plugin);
        }
    }
    STYLE.routers(calls, found);
    for call in &calls.all {
        register(calls, found, call);
    }
}

/// The router that a plugin is given.
fn parameter<'t>(calls: &Calls<'t>, found: &mut Found<'t>, plugin: u32) -> Option<RouterId> {
    let function = calls.functions.get(plugin as usize)?;
    let (name, _) = *function.parameters.first()?;
    if let Some(known) = found.find(calls, name, Some(plugin))
        && found.is_named_in(known, name, Some(plugin))
    {
        return Some(known);
    }
    let router = found.router(Some(SmolStr::default()), false)?;
    found.name(router, name, Some(plugin));
    Some(router)
}

fn register<'t>(calls: &Calls<'t>, found: &mut Found<'t>, call: &Call<'t>) -> Option<()> {
    if call.note {
        return None;
    }
    let receiver = call.receiver?;
    match call.name {
        "route" => {
            let options = calls.entries(call.at(0)?);
            let of = |name: &str| {
                options
                    .iter()
                    .find(|(key, _)| *key == name)
                    .map(|(_, value)| *value)
            };
            let path = of("url").or_else(|| of("path"))?;
            let router = STYLE.resolve(calls, found, receiver, call.function)?;
            let methods = of("method").map_or(Methods::Unknown, |written| methods(calls, written));
            let handler = of("handler").map_or(Handler::None, Handler::Is);
            found.at(calls, Colon, path, Some(router), methods, handler);
        }
        "register" => {
            let parent = STYLE.resolve(calls, found, receiver, call.function)?;
            let prefix = call
                .at(1)
                .map_or(Some(SmolStr::default()), |options| prefix(calls, options));
            mount(calls, found, parent, prefix, call.at(0)?);
        }
        verb => {
            let methods = STYLE.method(verb)?;
            if call.arguments.len() < 2 {
                return None;
            }
            let router = STYLE.resolve(calls, found, receiver, call.function)?;
            let handler = call.positional().last()?;
            let handler = calls
                .entries(handler)
                .into_iter()
                .find(|(key, _)| *key == "handler")
                .map_or(handler, |(_, value)| value);
            found.at(
                calls,
                Colon,
                call.at(0)?,
                Some(router),
                methods,
                Handler::Is(handler),
            );
        }
    }
    Some(())
}

fn prefix<'t>(calls: &Calls<'t>, options: Node<'t>) -> Prefix {
    if options.kind() != "object" {
        return None;
    }
    let entries = calls.entries(options);
    STYLE.prefix(
        calls,
        entries
            .iter()
            .find(|(key, _)| *key == "prefix")
            .map(|(_, value)| *value),
    )
}

fn mount<'t>(
    calls: &Calls<'t>,
    found: &mut Found<'t>,
    parent: RouterId,
    prefix: Prefix,
    plugin: Node<'t>,
) {
    let function = calls
        .function_at(plugin)
        .or_else(|| calls.function_named(calls.short(plugin)));
    match function.and_then(|function| parameter(calls, found, function)) {
        Some(child) => found.mount(Some(parent), prefix, child),
        // Plugins without a prefix are mostly no routes; those with one are.
        None => found.outside(Some(parent), prefix, plugin.byte_range()),
    }
}
