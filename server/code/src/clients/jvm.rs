//! Java and Kotlin: Spring's `RestTemplate`, `WebClient` and `RestClient`, `OpenFeign`, Retrofit.

use super::{Definition, Found, Made, last_word, said, verb};
use crate::{
    Methods, SourceFacts,
    calls::{Calls, elements},
    routes::{Family, class_below, mapping_methods, mapping_path, mapping_verb, method_below},
};

pub(super) const SPRING: Definition = Definition {
    family: Family::Jvm,
    marks: &["RestTemplate", "WebClient", "RestClient"],
    read: spring,
};

pub(super) const FEIGN: Definition = Definition {
    family: Family::Jvm,
    marks: &["@FeignClient"],
    read: feign,
};

pub(super) const RETROFIT: Definition = Definition {
    family: Family::Jvm,
    marks: &["retrofit2"],
    read: retrofit,
};

fn spring<'t>(calls: &Calls<'t>, _: &SourceFacts, found: &mut Found<'t>) {
    for call in calls.all.iter().filter(|call| !call.note) {
        let Some(first) = call.at(0) else { continue };
        let only = |method: &'static str| Methods::Only(vec![method.into()]);
        if call.name == "uri" {
            let asked = calls.before(call).and_then(|before| match before.name {
                "method" => before.at(0).map(|method| said(calls, method)),
                name => verb(name),
            });
            if let Some(methods) = asked {
                found.made("WebClient", methods, first, true);
            }
            continue;
        }
        if !last_word(calls, call).contains("resttemplate") {
            continue;
        }
        let methods = match call.name {
            "getForObject" | "getForEntity" => only("GET"),
            "postForObject" | "postForEntity" | "postForLocation" => only("POST"),
            "patchForObject" => only("PATCH"),
            "put" => only("PUT"),
            "delete" => only("DELETE"),
            "exchange" => call
                .at(1)
                .map_or(Methods::Unknown, |method| said(calls, method)),
            _ => continue,
        };
        found.made("RestTemplate", methods, first, false);
    }
}

fn feign<'t>(calls: &Calls<'t>, facts: &SourceFacts, found: &mut Found<'t>) {
    let clients: Vec<(u32, Option<&str>)> = calls
        .all
        .iter()
        .filter(|call| call.note && call.name == "FeignClient")
        .filter_map(|call| {
            let (class, _) = class_below(facts, call)?;
            let path = call.named(&["path"]);
            Some((
                class,
                path.map_or(Some(""), |path| calls.constant_text(path)),
            ))
        })
        .collect();
    for call in calls.all.iter().filter(|call| call.note) {
        let Some(verb) = mapping_verb(call.name) else {
            continue;
        };
        let Some((_, class, _)) = method_below(facts, call) else {
            continue;
        };
        let Some((_, prefix)) = clients.iter().find(|(known, _)| *known == class) else {
            continue;
        };
        for address in mapping_path(call).map(elements).unwrap_or_default() {
            found.0.push(Made {
                library: "Feign",
                methods: mapping_methods(calls, call, verb),
                address,
                prefix: prefix.map(str::to_owned),
                based: prefix.is_none(),
            });
        }
    }
}

fn retrofit<'t>(calls: &Calls<'t>, _: &SourceFacts, found: &mut Found<'t>) {
    for call in calls.all.iter().filter(|call| call.note) {
        let upper = call.name.chars().all(|c| c.is_ascii_uppercase());
        if let (true, Some(methods), Some(address)) = (upper, verb(call.name), call.at(0)) {
            found.made("Retrofit", methods, address, true);
        }
    }
}
