//! A list of values of a document, bound to an enumeration or a list of the code that has others.

use documents::{Format, Said};
use smol_str::SmolStr;
use text::{Edit, TextRange, TextSize};
use trace::{BoundStanding, Feature, HeldPlace};

use crate::bound::{self, View};
use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template, shortened};

const LACKING: Template = Template {
    en: "{who} lists `{value}`, which `{name}` in `{path}` does not have.",
    ja: "{who} の `{value}` は `{path}` の `{name}` にありません。",
};
const UNSAID: Template = Template {
    en: "`{name}` in `{path}` has `{other}`, which {who} does not list.",
    ja: "`{path}` の `{name}` にある `{other}` は {who} にありません。",
};
const BOTH: Template = Template {
    en: "{who} lists `{value}`; `{name}` in `{path}` does not, but has `{other}`.",
    ja: "{who} の `{value}` は `{path}` の `{name}` になく、そこには `{other}` があります。",
};
const HERE: Template = Template {
    en: "`{name}` is declared here.",
    ja: "`{name}` はここで宣言されています。",
};
const HAS: Template = Template {
    en: "`{other}` is here.",
    ja: "`{other}` はここにあります。",
};
const ADD: Template = Template {
    en: "Add `{other}` to the list",
    ja: "一覧に `{other}` を追加",
};
const REPLACE: Template = Template {
    en: "Replace `{value}` by `{other}`",
    ja: "`{value}` を `{other}` に置き換え",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "values-drift",
    group: Group::Drift,
    severity: Severity::Information,
    summary: "A list of values is bound to an enumeration or list of the code that has others.",
    explanation: "A document binds a list of values by naming what holds it right behind: ``one of `draft`, `sent`, `paid` \
                  (`src/invoice.ts#Status`)``; see [bound values](../bindings.md). What is bound is the whole list: states, error \
                  codes, HTTP codes. Nothing else is compared.\n\nEnumerations, unions of strings, arrays, sets and maps of \
                  literals, classes of constants and lists in settings are read. A value is there under its name or \
                  under what is written for it, in whatever case: `sent-out` is `SentOut`. Lists that are computed are unknown, \
                  and so is a list of which the code has not one value.\n\nOpen tasks that name the file or the requirement are to bring the code to \
                  what the document says: until they are ticked nothing is said.",
    bad: "one of `draft`, `sent` (`src/invoice.ts#Status`)   (Status = 'draft' | 'sent' | 'paid')",
    good: "one of `draft`, `sent`, `paid` (`src/invoice.ts#Status`)",
    messages: &[
        LACKING,
        UNSAID,
        BOTH,
        HERE,
        HAS,
        bound::GONE,
        bound::RENAMED,
        bound::HOLDS,
    ],
    // Nobody binds lists yet: judged by hand-made bindings of real enumerations in five languages.
    measured: Some(Measured {
        judged: 0,
        right: 0,
        seeded: 7,
        found: 6,
    }),
};

pub(crate) struct ValuesDrift;

impl Rule for ValuesDrift {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::SpecKit, Format::Kiro, Format::OpenSpec]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        for view in bound::views(feature) {
            let Said::Values(values) = &view.binding.said else {
                continue;
            };
            let (file, range) = (view.bound.file, view.binding.range);
            match &view.bound.standing {
                BoundStanding::Agrees(_) | BoundStanding::Differs(..) => sink.clean(),
                BoundStanding::Unknown(why) => sink.unknown_at(file, range, why),
                _ if view.bound.awaited => {
                    sink.unknown_at(file, range, "open tasks are to bring it about");
                }
                BoundStanding::Undeclared { .. } => view.undeclared(feature, sink),
                BoundStanding::Lists {
                    place,
                    lacking,
                    unsaid,
                } => {
                    let lacking: Vec<&(SmolStr, TextRange)> = lacking
                        .iter()
                        .filter_map(|at| values.get(*at as usize))
                        .collect();
                    differs(&view, values, place, &lacking, unsaid, sink);
                }
            }
        }
    }
}

fn differs(
    view: &View<'_>,
    values: &[(SmolStr, TextRange)],
    place: &HeldPlace,
    lacking: &[&(SmolStr, TextRange)],
    unsaid: &[(SmolStr, TextRange)],
    sink: &mut Sink<'_>,
) {
    let value = shortened(lacking.first().map_or("", |(value, _)| value), 16);
    let other = shortened(unsaid.first().map_or("", |(value, _)| value), 16);
    let facts = [
        ("who", view.who.as_str()),
        ("value", &value),
        ("name", &view.name),
        ("path", &view.path),
        ("other", &other),
    ];
    let template = match (lacking.is_empty(), unsaid.is_empty()) {
        (false, false) => BOTH,
        (false, true) => LACKING,
        _ => UNSAID,
    };
    let facts: Vec<(&str, &str)> = facts.into_iter().filter(|(_, it)| !it.is_empty()).collect();
    // What the code does not have is pointed at; what the document does not list stands nowhere in it.
    let range = match lacking {
        [(_, only)] => *only,
        _ => view.binding.range,
    };
    let mut fact: Vec<&str> = lacking.iter().map(|(value, _)| value.as_str()).collect();
    fact.extend(unsaid.iter().map(|(value, _)| value.as_str()));
    let mut draft = sink
        .report(view.bound.file, range, Message::new(template, &facts))
        .fact(format!("{}:{}", view.name, fact.join(",")));
    if let Some(item) = view.bound.item {
        draft = draft.item(item);
    }
    if unsaid.is_empty() {
        let here = Message::new(HERE, &[("name", &view.name)]);
        draft = draft.related(place.file, place.name_range, here);
    }
    for (name, range) in unsaid.iter().take(8) {
        let name = shortened(name, 40);
        let has = Message::new(HAS, &[("other", &name)]);
        draft = draft.related(place.file, *range, has);
    }
    if let Some(fix) = fix(view, values, lacking, unsaid) {
        draft = draft.fix(fix);
    }
    drop(draft);
}

fn fix(
    view: &View<'_>,
    values: &[(SmolStr, TextRange)],
    lacking: &[&(SmolStr, TextRange)],
    unsaid: &[(SmolStr, TextRange)],
) -> Option<Fix> {
    let file = view.bound.file;
    let writable =
        |value: &str| !value.is_empty() && value.len() <= 40 && !value.contains(['`', '\n', '|']);
    if !unsaid.iter().all(|(value, _)| writable(value)) {
        return None;
    }
    match (lacking, unsaid) {
        ([(value, range)], [(other, _)]) => {
            let facts = [("value", value.as_str()), ("other", other.as_str())];
            Some(Fix {
                title: Message::new(REPLACE, &facts),
                preferred: false,
                edits: vec![(file, Edit::replace(*range, other.as_str()))],
            })
        }
        ([], [..]) if unsaid.len() <= 8 => {
            let between = |at: usize| -> Option<TextRange> {
                let (before, behind) = (values.get(at)?.1, values.get(at + 1)?.1);
                let tick = TextSize::new(1);
                Some(TextRange::new(before.end() + tick, behind.start() - tick))
            };
            let last = between(values.len().checked_sub(2)?)?;
            let worded = view.document.slice(last).chars().any(char::is_alphabetic);
            let first = view.document.slice(between(0)?);
            let plain = !first.chars().any(char::is_alphabetic) && !first.contains(['\n', '\r']);
            let joint = if plain { first } else { ", " };
            let mut added = String::new();
            for (value, _) in unsaid {
                added.push_str(joint);
                added.push('`');
                added.push_str(value);
                added.push('`');
            }
            // `a`, `b` or `c`: before the last, whose word joins it to the rest.
            let at = if worded {
                last.start()
            } else {
                values.last()?.1.end() + TextSize::new(1)
            };
            let names: Vec<&str> = unsaid.iter().map(|(value, _)| value.as_str()).collect();
            let names = shortened(&names.join("`, `"), 60);
            Some(Fix {
                title: Message::new(ADD, &[("other", &names)]),
                preferred: false,
                edits: vec![(file, Edit::insert(at, added))],
            })
        }
        _ => None,
    }
}
