//! A feature of Spec Kit: the next number of the project, and `spec.md` from its resolved template.

use documents::Format;
use text::data;
use trace::{Feature, parent};

use super::template::{self, Facts};
use super::{Here, Unmade};
use crate::tasks::NewDocument;

/// Where features are, unless the project has them elsewhere.
const SPECS: &str = "specs";

/// What a spec begins with where a project has no template; the mandatory sections of the format.
const BARE: &str = "\
# Feature Specification: [FEATURE NAME]

**Feature Branch**: `[###-feature-name]`
**Created**: [DATE]
**Status**: Draft
**Input**: User description: \"$ARGUMENTS\"

## User Scenarios & Testing *(mandatory)*

### User Story 1 - [Brief Title] (Priority: P1)

[Who wants to do what, and why]

**Independent Test**: [How can this story be tested on its own]

**Acceptance Scenarios**:

1. **Given** [which state], **When** [which action], **Then** [which outcome]

### Edge Cases

- [Which boundary conditions and errors need an answer]

## Requirements *(mandatory)*

### Functional Requirements

- **FR-001**: System MUST [do what]

## Success Criteria *(mandatory)*

### Measurable Outcomes

- **SC-001**: [Which number tells that it is a success]
";

/// The directory and spec of a new feature.
pub(super) fn feature(here: &Here<'_>) -> Result<Vec<NewDocument>, Unmade> {
    let name = here.name()?;
    let home = home(here);
    let numbered = leading(&name.slug).is_some_and(|(_, _, rest)| !rest.is_empty());
    let (number, rest) = if numbered {
        name.slug.split_once('-').unwrap_or_default()
    } else {
        ("", name.slug.as_str())
    };
    // A number that was given says which; the name is what stands behind it in any case.
    let same = |feature: &&Feature| {
        let own = feature.name.as_str();
        leading(own).map_or(own, |(_, _, rest)| rest) == rest
            || (numbered && own.split('-').next() == Some(number))
    };
    if let Some(taken) = features(here).find(same) {
        return Err(Unmade::Taken(taken.path.to_string()));
    }
    let directory = if numbered {
        name.slug.clone()
    } else {
        format!("{}-{}", next(here), name.slug)
    };
    let path = format!("{home}/{directory}");
    if here.is_there(&path) {
        return Err(Unmade::Taken(path));
    }
    let model = here.graph.spec_template(here.project);
    let model = model.unwrap_or_else(|| BARE.to_owned());
    let title = if numbered && here.wanted.title.is_none() && name.title.starts_with(number) {
        name.title[number.len()..].trim().to_owned()
    } else {
        name.title
    };
    let facts = Facts {
        directory: &directory,
        title: &title,
        today: here.today(),
        input: here.wanted.title.unwrap_or(here.wanted.name),
    };
    let text = template::fill(&model, &facts);
    Ok(vec![here.document(format!("{path}/spec.md"), text)])
}

fn features<'a>(here: &'a Here<'_>) -> impl Iterator<Item = &'a Feature> {
    let all = here.graph.features().iter().map(AsRef::as_ref);
    all.filter(|it: &&Feature| it.project.id == here.project.id && it.format() == Format::SpecKit)
}

/// The directory that holds the project's features: that of the one with the highest number.
fn home(here: &Here<'_>) -> String {
    let usual = here.below(SPECS);
    let mut last: Option<(u64, &str)> = None;
    for feature in features(here) {
        let dir = parent(&feature.path);
        let archived = dir.split('/').any(|part| {
            let part = part.to_ascii_lowercase();
            part.contains("archive") || part.contains("completed") || part.contains("done")
        });
        let number = leading(&feature.name).map_or(0, |(number, _, _)| number);
        let better = last.is_none_or(|(known, at)| (number, dir == usual) > (known, at == usual));
        if !archived && better {
            last = Some((number, dir));
        }
    }
    last.map_or(usual, |(_, dir)| dir.to_owned())
}

/// The number or moment that the next feature begins with.
fn next(here: &Here<'_>) -> String {
    let names = features(here).map(|it| it.name.as_str());
    let (moments, counted): (Vec<&str>, Vec<&str>) = names.partition(|name| is_moment(name));
    let last = counted
        .iter()
        .filter_map(|name| leading(name))
        .max_by_key(|(number, width, _)| (*number, *width));
    if by_moment(here).unwrap_or(last.is_none() && !moments.is_empty()) {
        let digits: String = here.wanted.now[..19]
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        return format!("{}-{}", &digits[..8], &digits[8..]);
    }
    let branches = here.wanted.branches.iter().map(|name| {
        let name = name.rsplit('/').next().unwrap_or(name);
        if is_moment(name) { "" } else { name }
    });
    let taken = branches
        .filter_map(leading)
        .filter(|(_, width, _)| *width >= 3);
    let highest = taken.chain(last).map(|(number, _, _)| number).max();
    let width = last.map_or(3, |(_, width, _)| width);
    format!("{:0width$}", highest.unwrap_or(0).saturating_add(1))
}

/// What the project's options say of numbers: by the moment, or counted.
fn by_moment(here: &Here<'_>) -> Option<bool> {
    let text = here.text(".specify/init-options.json")?;
    let options = data::read(&text, text::bom_len(&text))?;
    let mut named = ["feature_numbering", "branch_numbering"]
        .into_iter()
        .filter_map(|key| options.get(&text, key)?.text());
    named.next().map(|way| &text[way.clone()] == "timestamp")
}

/// `20261122-140526-lockers`
fn is_moment(name: &str) -> bool {
    let mut parts = name.split('-');
    let digits = |part: Option<&str>, len| {
        part.is_some_and(|it| it.len() == len && it.bytes().all(|b| b.is_ascii_digit()))
    };
    digits(parts.next(), 8) && digits(parts.next(), 6)
}

/// `(7, 3, "login")` of `007-login`: its number, how many digits it has, and the rest.
fn leading(name: &str) -> Option<(u64, usize, &str)> {
    let (number, rest) = name.split_once('-')?;
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let counted = digits && number.len() <= 6;
    Some((number.parse().ok().filter(|_| counted)?, number.len(), rest))
}
