//! Spring: `@GetMapping("/x")` below `@RequestMapping("/api")` of the class.

use super::{
    Definition, Family, Framework, Methods,
    decorated::{Classes, class_below, method_below, prefixes, without_path},
    found::{Found, Handler},
    style::methods,
    template::Parameters::Brace,
};
use crate::{
    SourceFacts, SymbolKind,
    calls::{Call, Calls, elements},
};

pub(super) const SPRING: Definition = Definition {
    framework: Framework::Spring,
    family: Family::Jvm,
    marks: &["org.springframework.web.bind"],
    read,
};

/// The HTTP method of a mapping's name; `""` where another argument says it.
pub(crate) fn verb(name: &str) -> Option<&'static str> {
    Some(match name {
        "GetMapping" => "GET",
        "PostMapping" => "POST",
        "PutMapping" => "PUT",
        "DeleteMapping" => "DELETE",
        "PatchMapping" => "PATCH",
        "RequestMapping" => "",
        _ => return None,
    })
}

/// The path argument of a mapping.
pub(crate) fn path<'t>(call: &Call<'t>) -> Option<tree_sitter::Node<'t>> {
    call.at(0).or_else(|| call.named(&["value", "path"]))
}

/// The methods of a mapping.
pub(crate) fn verbs<'t>(calls: &Calls<'t>, call: &Call<'t>, verb: &'static str) -> Methods {
    match call.named(&["method"]) {
        _ if !verb.is_empty() => Methods::Only(vec![verb.into()]),
        Some(written) => methods(calls, written),
        None => Methods::Any,
    }
}

fn read<'t>(calls: &Calls<'t>, facts: &SourceFacts, found: &mut Found<'t>) {
    // Classes with what their annotations say.
    let mut controllers = Vec::new();
    let mut clients = Vec::new();
    let mut mapped = Vec::new();
    for call in calls.all.iter().filter(|call| call.note) {
        let controller = matches!(call.name, "RestController" | "Controller");
        let client = matches!(call.name, "FeignClient" | "HttpExchange");
        if controller || client || call.name == "RequestMapping" {
            let Some((class, _)) = class_below(facts, call) else {
                continue;
            };
            if controller {
                controllers.push(class);
            } else if client {
                clients.push(class);
            } else {
                mapped.push((class, path(call)));
            }
        }
    }
    let mut classes = Classes::default();
    for call in calls.all.iter().filter(|call| call.note) {
        let Some(verb) = verb(call.name) else {
            continue;
        };
        let Some((_, class, symbol)) = method_below(facts, call) else {
            continue;
        };
        // Feign's interfaces say what others serve.
        if clients.contains(&class) {
            continue;
        }
        let whole = controllers.contains(&class) && symbol.kind != SymbolKind::Interface;
        let router = classes.router(found, class, whole, || {
            mapped
                .iter()
                .filter(|(known, _)| *known == class)
                .flat_map(|(_, path)| prefixes(calls, Brace, *path))
                .collect()
        });
        let methods = verbs(calls, call, verb);
        let below = call.node.end_byte();
        match path(call) {
            None => found.route(without_path(
                call.node.byte_range(),
                router,
                methods,
                Handler::Below(below),
            )),
            Some(written) => {
                for path in elements(written) {
                    found.at(
                        calls,
                        Brace,
                        path,
                        router,
                        methods.clone(),
                        Handler::Below(below),
                    );
                }
            }
        }
    }
}
