//! A change of `OpenSpec` with a delta for each capability it touches, and a capability. Both are valid to the tool's
//! strict check as they are written.

use std::fmt::Write as _;

use documents::DocumentKind;
use trace::{Feature, UnitKind};

use super::name::slug;
use super::words::asked;
use super::{Here, Unmade};
use crate::archive::folded;
use crate::tasks::NewDocument;

/// What a change is not called: the tool keeps finished ones there.
const ARCHIVE: &str = "archive";

/// The schema that comes with the tool.
const SCHEMA: &str = "spec-driven";

/// The documents of a new change.
pub(super) fn change(here: &Here<'_>) -> Result<Vec<NewDocument>, Unmade> {
    let name = here.name()?;
    if name.slug == ARCHIVE {
        return Err(Unmade::Name(name.slug));
    }
    if here.wanted.capabilities.is_empty() {
        return Err(Unmade::NoCapability);
    }
    let path = here.below(&format!("openspec/changes/{}", name.slug));
    if here.is_there(&path) {
        return Err(Unmade::Taken(path));
    }
    let mut touched: Vec<(String, Option<&Feature>)> = Vec::new();
    for given in here.wanted.capabilities {
        let known = capabilities(here).find(|it| capability_of(it) == given.trim_matches('/'));
        let path = match known {
            Some(known) => capability_of(known).to_owned(),
            None => capability_path(given)?,
        };
        if !touched.iter().any(|(other, _)| *other == path) {
            touched.push((path, known));
        }
    }
    let mut documents = vec![here.document(
        format!("{path}/proposal.md"),
        proposal(&name.title, &touched),
    )];
    for (capability, known) in &touched {
        let clash = known.and_then(|it| it.document_of(DocumentKind::OpenSpecCapability));
        let clash = clash.is_some_and(|spec| {
            let mut items = spec.facts().items.iter();
            items.any(|it| folded(spec.slice(it.title_range)) == folded(&name.title))
        });
        if clash {
            return Err(Unmade::Taken(format!("{capability}: {}", name.title)));
        }
        let text = delta(capability, &name.title, known.is_none());
        documents.push(here.document(format!("{path}/specs/{capability}/spec.md"), text));
    }
    if let Some(metadata) = metadata(here) {
        documents.push(here.document(format!("{path}/.openspec.yaml"), metadata));
    }
    Ok(documents)
}

/// The main spec of a new capability.
pub(super) fn capability(here: &Here<'_>) -> Result<Vec<NewDocument>, Unmade> {
    let capability = capability_path(here.wanted.name)?;
    let last = capability.rsplit('/').next().unwrap_or_default();
    let name = super::Name::of(last, here.wanted.title)?;
    let path = here.below(&format!("openspec/specs/{capability}"));
    if here.is_there(&path) {
        return Err(Unmade::Taken(path));
    }
    let text = format!(
        "# {last} Specification\n\n{}\n## Requirements\n\n{}",
        purpose(&name.title),
        requirement(&name.title)
    );
    Ok(vec![here.document(format!("{path}/spec.md"), text)])
}

/// `identity/user-auth` of what was given.
fn capability_path(given: &str) -> Result<String, Unmade> {
    let parts = given.trim_matches('/').split('/');
    let parts: Result<Vec<String>, Unmade> = parts.map(|part| slug(part, false)).collect();
    Ok(parts?.join("/"))
}

fn capabilities<'a>(here: &'a Here<'_>) -> impl Iterator<Item = &'a Feature> {
    let all = here.graph.features().iter().map(AsRef::as_ref);
    all.filter(|it: &&Feature| it.project.id == here.project.id && it.unit == UnitKind::Capability)
}

/// `identity/user-auth` of `openspec/specs/identity/user-auth`
fn capability_of(feature: &Feature) -> &str {
    let inside = feature.path.split_once("openspec/specs/");
    inside.map_or("", |(_, capability)| capability)
}

fn purpose(title: &str) -> String {
    let question = format!("What is “{title}” for, who relies on it, and where does it end?");
    format!("## Purpose\n\n{}\n", asked(&question))
}

/// A first requirement with a scenario, all of it asked.
fn requirement(title: &str) -> String {
    format!(
        "### Requirement: {title}\n\nThe system SHALL {}.\n\n#### Scenario: {title}\n\n- **WHEN** {}\n- **THEN** {}\n",
        asked("Do what, and for whom?"),
        asked("Which event or action?"),
        asked("Which result can be seen?"),
    )
}

fn delta(capability: &str, title: &str, is_new: bool) -> String {
    let purpose = if is_new {
        let words = capability.rsplit('/').next().unwrap_or(capability);
        format!("{}\n", purpose(&words.replace('-', " ")))
    } else {
        String::new()
    };
    format!("{purpose}## ADDED Requirements\n\n{}", requirement(title))
}

fn proposal(title: &str, touched: &[(String, Option<&Feature>)]) -> String {
    let mut text = format!(
        "## Why\n\n{}\n\n## What Changes\n\n- {}\n\n## Capabilities\n",
        asked(&format!(
            "Which problem does “{title}” solve, for whom, and why now?"
        )),
        asked("What is different afterwards?"),
    );
    let groups = [
        ("New", true, "What is it for?"),
        ("Modified", false, "Which of its requirements change?"),
    ];
    for (word, is_new, question) in groups {
        let mut own = touched
            .iter()
            .filter(|(_, known)| known.is_none() == is_new)
            .peekable();
        if own.peek().is_none() {
            continue;
        }
        let _ = write!(text, "\n### {word} Capabilities\n\n");
        for (capability, _) in own {
            let _ = writeln!(text, "- `{capability}`: {}", asked(question));
        }
    }
    let affected = asked("Which code, interfaces and people are affected?");
    let _ = write!(text, "\n## Impact\n\n- {affected}\n");
    text
}

/// `.openspec.yaml`, where the project's tool writes one.
fn metadata(here: &Here<'_>) -> Option<String> {
    let config = ["openspec/config.yaml", "openspec/config.yml"];
    let configured = config.iter().find_map(|path| here.text(path));
    let schema = configured.as_deref().and_then(|text| {
        let document = text::data::read(text, text::bom_len(text))?;
        let name = document.get(text, "schema")?.text()?;
        Some(text[name.clone()].to_owned())
    });
    let beside = here.graph.features().iter().any(|it| {
        it.project.id == here.project.id && it.document_of(DocumentKind::OpenSpecChange).is_some()
    });
    (beside || configured.is_some()).then(|| {
        let schema = schema.as_deref().unwrap_or(SCHEMA);
        format!("schema: {schema}\ncreated: {}\n", here.today())
    })
}
