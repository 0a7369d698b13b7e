//! ASP.NET Core: `[HttpGet("{id}")]` below `[Route("api/[controller]")]`; `app.MapGet("/x", h)`, `MapGroup`.

use std::ops::Range;

use smol_str::SmolStr;
use tree_sitter::Node;

use super::{
    Definition, Family, Framework, Methods,
    decorated::{class_below, method_below},
    found::{Found, Handler, Prefix, Registered},
    style::{Style, methods},
    template,
    template::Parameters::Brace,
};
use crate::{
    SourceFacts, Symbol,
    calls::{Call, Calls},
};

pub(super) const ASP_NET: Definition = Definition {
    framework: Framework::AspNet,
    family: Family::CSharp,
    marks: &["[Http", "[Route", ".Map"],
    read,
};

static STYLE: Style = Style {
    parameters: Brace,
    verbs: &[
        ("MapGet", "GET"),
        ("MapPost", "POST"),
        ("MapPut", "PUT"),
        ("MapDelete", "DELETE"),
        ("MapPatch", "PATCH"),
    ],
    whole: &["builder.Build"],
    part: &[],
    own: &[],
    groups: &["MapGroup"],
    types: &[
        ("WebApplication", true),
        ("IEndpointRouteBuilder", false),
        ("RouteGroupBuilder", false),
    ],
    names: &[],
};

fn read<'t>(calls: &Calls<'t>, facts: &SourceFacts, found: &mut Found<'t>) {
    attributes(calls, facts, found);
    STYLE.routers(calls, found);
    for call in &calls.all {
        minimal(calls, found, call);
    }
}

fn minimal<'t>(calls: &Calls<'t>, found: &mut Found<'t>, call: &Call<'t>) -> Option<()> {
    let (path, receiver) = (call.at(0)?, call.receiver?);
    let methods = match STYLE.method(call.name) {
        Some(methods) => methods,
        None if call.name == "MapMethods" => call
            .at(1)
            .map_or(Methods::Unknown, |written| methods(calls, written)),
        None => return None,
    };
    let handler = call
        .positional()
        .last()
        .filter(|_| call.arguments.len() > 1)?;
    let router = STYLE.resolve(calls, found, receiver, call.function);
    if router.is_none() && calls.constant(path).is_none() {
        return None;
    }
    found.at(calls, Brace, path, router, methods, Handler::Is(handler));
    Some(())
}

fn verb(name: &str) -> Option<&'static str> {
    Some(match name.strip_suffix("Attribute").unwrap_or(name) {
        "HttpGet" => "GET",
        "HttpPost" => "POST",
        "HttpPut" => "PUT",
        "HttpDelete" => "DELETE",
        "HttpPatch" => "PATCH",
        "HttpHead" => "HEAD",
        "HttpOptions" => "OPTIONS",
        _ => return None,
    })
}

/// `[Route]` of a class or method.
struct Placed<'t> {
    /// Where the class or method begins.
    symbol: usize,
    path: Node<'t>,
}

fn attributes<'t>(calls: &Calls<'t>, facts: &SourceFacts, found: &mut Found<'t>) {
    let start = |symbol: &Symbol| usize::from(symbol.name_range.start());
    let mut placed = Vec::new();
    for call in calls
        .all
        .iter()
        .filter(|call| call.note && call.name == "Route")
    {
        let symbol = class_below(facts, call)
            .map(|(_, class)| class)
            .or_else(|| method_below(facts, call).map(|(method, ..)| method));
        if let (Some(symbol), Some(path)) = (symbol, call.at(0)) {
            placed.push(Placed {
                symbol: start(symbol),
                path,
            });
        }
    }
    for call in calls.all.iter().filter(|call| call.note) {
        let Some(verb) = verb(call.name) else {
            continue;
        };
        let Some((method, _, class)) = method_below(facts, call) else {
            continue;
        };
        let of = |symbol: &Symbol| {
            let at = start(symbol);
            placed
                .iter()
                .filter(move |placed| placed.symbol == at)
                .map(|placed| placed.path)
        };
        let own: Vec<Node<'_>> = match call.at(0) {
            Some(path) => vec![path],
            None => of(method).collect(),
        };
        let around: Vec<Node<'_>> = of(class).collect();
        let registered = |path: Option<Range<usize>>, place: Range<usize>| Registered {
            methods: Methods::Only(vec![verb.into()]),
            path,
            place,
            template: None,
            router: None,
            handler: Handler::Below(call.node.end_byte()),
            complete: false,
        };
        let written = |path: &Node<'t>| calls.constant(*path);
        if own.is_empty() && around.is_empty() {
            // The conventions of the application decide.
            found.route(registered(None, call.node.byte_range()));
            continue;
        }
        let said = |path: Node<'t>| -> Prefix {
            let path = calls.constant_text(path)?;
            Some(template(Brace, &tokens(path, &class.name, &method.name)?)?.into())
        };
        // A base class may bear a route.
        let bare = around.is_empty() && calls.text.get(class_head(class)).is_some_and(has_own_base);
        let around: Vec<Prefix> = if around.is_empty() {
            vec![Some(SmolStr::default())]
        } else {
            around.into_iter().map(said).collect()
        };
        for before in around {
            let Some(router) = found.router(before, !bare) else {
                return;
            };
            if own.is_empty() {
                let end = call.node.end_byte();
                found.route(Registered {
                    template: Some(String::new()),
                    router: Some(router),
                    ..registered(Some(end..end), call.node.byte_range())
                });
            }
            for path in &own {
                let constant = written(path);
                let place = constant.clone().unwrap_or_else(|| path.byte_range());
                let absolute = constant
                    .clone()
                    .and_then(|range| calls.text.get(range))
                    .is_some_and(|path| path.starts_with(['/', '~']));
                found.route(Registered {
                    template: said(*path).map(|path| path.trim_start_matches('~').to_owned()),
                    router: (!absolute).then_some(router),
                    complete: absolute,
                    ..registered(constant, place)
                });
            }
        }
    }
}

fn class_head(class: &Symbol) -> Range<usize> {
    usize::from(class.name_range.end())
        ..usize::from(class.signature.end()).max(usize::from(class.name_range.end()))
}

/// Whether a class stands below one that is not the framework's.
fn has_own_base(head: &str) -> bool {
    head.rsplit_once(':').is_some_and(|(_, bases)| {
        let first = bases
            .split([',', '{', '<'])
            .next()
            .unwrap_or_default()
            .trim();
        !matches!(first, "Controller" | "ControllerBase")
    })
}

/// `[controller]` and `[action]` as the names they stand for.
fn tokens(path: &str, class: &str, method: &str) -> Option<String> {
    let class = class.strip_suffix("Controller").unwrap_or(class);
    let filled = path
        .replace("[controller]", class)
        .replace("[action]", method);
    (!filled.contains('[')).then_some(filled)
}
