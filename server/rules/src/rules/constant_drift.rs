//! A quantity of a document, bound to a constant or a key of settings that holds another one.

use documents::{Format, Said};
use grammar::{Number, Quantity};
use text::{Edit, TextRange};
use trace::{BoundStanding, Feature, HeldPlace};

use crate::bound::{self, View};
use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template};

const DIFFERS: Template = Template {
    en: "{who} says {said}, but `{name}` in `{path}` is {held}.",
    ja: "{who} は {said} としていますが、`{path}` の `{name}` は {held} です。",
};
const HELD: Template = Template {
    en: "`{name}` is {held} here.",
    ja: "`{name}` はここで {held} です。",
};
const WRITE: Template = Template {
    en: "Write {held}, as the code has it",
    ja: "コードのとおり {held} と書く",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "constant-drift",
    group: Group::Drift,
    severity: Severity::Information,
    summary: "A quantity is bound to a constant or a key of settings that holds another one.",
    explanation: "A document binds a value by naming what holds it right behind: ``30 s (`src/http.rs#TIMEOUT`)`` or \
                  `[30 s](src/http.rs#TIMEOUT)`; see [bound values](../bindings.md). Nothing else is compared.\n\nUnits \
                  are converted: `30 s` is `Duration::from_secs(30)`, `30_000` of a constant `TIMEOUT_MS` and `30s` of a key in YAML. \
                  Where the code writes no unit, the bare number may be the same, or one that is it in no unit; anything \
                  between is unknown. Values that are computed, and files that could not be read, are unknown too. A name that \
                  is not there is told where no source has it.\n\nOpen tasks that name the file or the requirement are to bring the code to what \
                  the document says: until they are ticked nothing is said.",
    bad: "- **FR-003**: System MUST give up after 30 s (`src/http.rs#TIMEOUT`)   (TIMEOUT is Duration::from_secs(60))",
    good: "- **FR-003**: System MUST give up after 60 s (`src/http.rs#TIMEOUT`)",
    messages: &[DIFFERS, HELD, bound::GONE, bound::RENAMED, bound::HOLDS],
    // Nobody binds values yet: judged by hand-made bindings of real constants in eight languages and three forms of settings.
    measured: Some(Measured {
        judged: 0,
        right: 0,
        seeded: 22,
        found: 22,
    }),
};

pub(crate) struct ConstantDrift;

impl Rule for ConstantDrift {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::SpecKit, Format::Kiro, Format::OpenSpec]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        for view in bound::views(feature) {
            if !matches!(view.binding.said, Said::Quantity { .. }) {
                continue;
            }
            let (file, range) = (view.bound.file, view.binding.range);
            match &view.bound.standing {
                BoundStanding::Agrees(_) | BoundStanding::Lists { .. } => sink.clean(),
                BoundStanding::Unknown(why) => sink.unknown_at(file, range, why),
                _ if view.bound.awaited => {
                    sink.unknown_at(file, range, "open tasks are to bring it about");
                }
                BoundStanding::Undeclared { .. } => view.undeclared(feature, sink),
                BoundStanding::Differs(place, held) => differs(&view, place, *held, sink),
            }
        }
    }
}

fn differs(view: &View<'_>, place: &HeldPlace, held: Quantity, sink: &mut Sink<'_>) {
    let said = view.said();
    let written = written(view, held);
    let shown = match &written {
        Some((_, whole, _)) => whole.clone(),
        None => held.to_string(),
    };
    let facts = [
        ("who", view.who.as_str()),
        ("said", &said),
        ("name", &view.name),
        ("path", &view.path),
        ("held", &shown),
    ];
    let own = [("name", view.name.as_str()), ("held", &shown)];
    let mut draft = sink
        .report(
            view.bound.file,
            view.binding.range,
            Message::new(DIFFERS, &facts),
        )
        .fact(format!("{}={held}", view.name))
        .related(place.file, place.range, Message::new(HELD, &own));
    if let Some(item) = view.bound.item {
        draft = draft.item(item);
    }
    if let Some((range, whole, text)) = written {
        draft = draft.fix(Fix {
            title: Message::new(WRITE, &[("held", &whole)]),
            preferred: false,
            edits: vec![(view.bound.file, Edit::replace(range, text))],
        });
    }
    drop(draft);
}

/// The bytes to replace, the whole quantity as it reads then, and what to write there; `None` where the document's
/// wording does not tell how.
fn written(view: &View<'_>, held: Quantity) -> Option<(TextRange, String, String)> {
    let Said::Quantity {
        quantity,
        range,
        number,
        unit,
        grouped,
        counts,
    } = &view.binding.said
    else {
        return None;
    };
    let one = Number::whole(1);
    let slice = |range| view.document.slice(range);
    let (Some(unit), Some(unit_range)) = (quantity.unit, unit) else {
        if held.unit.is_some() || *counts && (held.number == one || quantity.number == one) {
            return None;
        }
        let text = digits(held.number, *grouped)?;
        return Some((*number, text.clone(), text));
    };
    let gap = TextRange::new(number.end(), unit_range.start());
    let same = held
        .number_as(unit)
        .and_then(|number| digits(number, *grouped));
    let word = slice(*unit_range);
    let Some(text) = same else {
        let own = held.unit?;
        let text = digits(held.number, *grouped)?;
        let gap = if slice(gap).starts_with('-') {
            return None;
        } else {
            " "
        };
        let whole = format!("{text}{gap}{}", own.sign());
        return Some((*range, whole.clone(), whole));
    };
    // `1 minute`, `5 minutes`
    let becomes_one = text == "1";
    let was_one = quantity.number == one;
    let is_word = word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    if is_word && becomes_one != was_one && !slice(gap).starts_with('-') {
        let word = match (becomes_one, word.strip_suffix('s')) {
            (true, Some(word)) => word.to_owned(),
            (false, None) => format!("{word}s"),
            _ => word.to_owned(),
        };
        let whole = format!("{text}{}{word}", slice(gap));
        return Some((*range, whole.clone(), whole));
    }
    let whole = format!("{text}{}{word}", slice(gap));
    Some((*number, whole, text))
}

/// A number as the document writes numbers: with the sign between groups of three that it has.
fn digits(number: Number, grouped: Option<char>) -> Option<String> {
    let text = number.to_decimal(2)?;
    let Some(sign) = grouped else {
        return Some(text);
    };
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(sign);
        }
        out.push(digit);
    }
    if !part.is_empty() {
        out.push('.');
        out.push_str(part);
    }
    Some(out)
}
