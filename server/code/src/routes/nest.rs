//! `NestJS`: `@Get(":id")` below `@Controller("users")`; `setGlobalPrefix("api")`.

use super::{
    Definition, Family, Framework, Methods,
    decorated::{Classes, class_below, method_below, prefixes, without_path},
    found::{Found, Handler},
    template,
    template::Parameters::Colon,
};
use crate::{
    SourceFacts,
    calls::{Calls, elements},
};

pub(super) const NEST: Definition = Definition {
    framework: Framework::Nest,
    family: Family::Script,
    marks: &["@nestjs/"],
    read,
};

fn verb(name: &str) -> Option<Methods> {
    let method = match name {
        "Get" => "GET",
        "Post" => "POST",
        "Put" => "PUT",
        "Delete" => "DELETE",
        "Patch" => "PATCH",
        "Head" => "HEAD",
        "Options" => "OPTIONS",
        "All" => return Some(Methods::Any),
        _ => return None,
    };
    Some(Methods::Only(vec![method.into()]))
}

fn read<'t>(calls: &Calls<'t>, facts: &SourceFacts, found: &mut Found<'t>) {
    let mut controllers = Vec::new();
    for call in &calls.all {
        if call.note && call.name == "Controller" {
            if let Some((class, _)) = class_below(facts, call) {
                controllers.push((class, call));
            }
        } else if call.name == "setGlobalPrefix"
            && let Some(written) = call.at(0)
        {
            let constant = calls.constant(written);
            let prefix = constant
                .clone()
                .and_then(|range| template(Colon, calls.text.get(range)?));
            let place = constant.unwrap_or_else(|| written.byte_range());
            found.everywhere(prefix.map(Into::into), place);
        }
    }
    let mut classes = Classes::default();
    for call in calls.all.iter().filter(|call| call.note) {
        let Some(methods) = verb(call.name) else {
            continue;
        };
        let Some((_, class, _)) = method_below(facts, call) else {
            continue;
        };
        let Some((_, controller)) = controllers.iter().find(|(known, _)| *known == class) else {
            continue;
        };
        // Modules and the application may put prefixes before it: never whole.
        let router = classes.router(found, class, false, || {
            let written = controller.at(0);
            let path = written.map(|written| {
                let entries = calls.entries(written);
                if written.kind() == "object" {
                    entries
                        .iter()
                        .find(|(key, _)| *key == "path")
                        .map(|(_, value)| *value)
                } else {
                    Some(written)
                }
            });
            prefixes(calls, Colon, path.flatten())
        });
        let below = call.node.end_byte();
        match call.at(0) {
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
                        Colon,
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
