//! What the plan of finished work names, and no manifest lists, or lists in another version.

use documents::DocumentKind;
use text::Edit;
use trace::{Feature, OtherVersion, StackClaim, StackStanding};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template, shortened};

const ABSENT: Template = Template {
    en: "The plan names {name}, which none of the {count} manifests lists.",
    ja: "計画は {name} を挙げていますが、{count} 件のマニフェストのどれにもありません。",
};
const ABSENT_ONE: Template = Template {
    en: "The plan names {name}, which the only manifest does not list.",
    ja: "計画は {name} を挙げていますが、唯一のマニフェストにありません。",
};
const OTHER: Template = Template {
    en: "The plan says {name} {version}; the manifest asks for `{asked}`.",
    ja: "計画は {name} {version} としていますが、マニフェストは `{asked}` を求めています。",
};
const LOOKED: Template = Template {
    en: "This manifest does not list {name}.",
    ja: "このマニフェストに {name} はありません。",
};
const ASKED: Template = Template {
    en: "`{asked}` is asked for here.",
    ja: "ここで `{asked}` が求められています。",
};
const REPLACE: Template = Template {
    en: "Replace by `{plain}`",
    ja: "`{plain}` に置き換え",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "stack-drift",
    group: Group::Drift,
    severity: Severity::Hint,
    summary: "The plan of finished work names a technology that no manifest lists, or another version of it.",
    explanation: "The Technical Context of a plan says what the work is built with. Whoever reads it later believes \
                  it, and so does an agent.\n\nThe keys for languages, dependencies, storage and testing are read, and only \
                  names that a table of aliases knows, or that are packages of a scope (`@scope/name`). PostgreSQL is \
                  there if any driver or library for it is. All manifests of all folders count, and lock files do not. \
                  Versions differ if their first numbers do, of languages the first two; `18+` allows what is newer. A name beside words of doubt or choice (*or*, *optional*, \
                  *instead of*, *not*) is no claim.\n\nOnly features whose tasks are all ticked are judged, and only the newest plan \
                  that names a thing, or another one in its place: older plans are history. Unknown where a manifest \
                  is a program (Gradle, `setup.py`), cannot be read, or is in a repository that is not here.",
    bad: "**Primary Dependencies**: FastAPI, SQLAlchemy   (no `pyproject.toml` lists FastAPI)",
    good: "**Primary Dependencies**: Litestar, SQLAlchemy",
    messages: &[ABSENT, ABSENT_ONE, OTHER, LOOKED, ASKED],
    // Judged blind twice: 20 of 36 and 9 of 10. Eleven more are true to the letter: what was replaced on purpose, and nobody keeps old plans up to date.
    measured: Some(Measured {
        judged: 46,
        right: 29,
        seeded: 1,
        found: 1,
    }),
};

/// Manifests that are shown with a finding.
const SHOWN: usize = 3;

pub(crate) struct StackDrift;

impl Rule for StackDrift {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[DocumentKind::Plan]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        for claim in &feature.stack {
            match &claim.standing {
                StackStanding::Listed => sink.clean(),
                StackStanding::Unknown(why) => sink.unknown_at(claim.file, claim.range, why),
                StackStanding::Absent(looked) => {
                    let name = name(feature, claim);
                    let count = looked.len().to_string();
                    let template = if looked.len() == 1 {
                        ABSENT_ONE
                    } else {
                        ABSENT
                    };
                    let facts = [("name", name.as_str()), ("count", &count)];
                    let message = Message::new(template, &facts);
                    let mut draft = sink
                        .report(claim.file, claim.range, message)
                        .fact(name.as_str());
                    let places = looked
                        .iter()
                        .filter_map(|(file, place)| Some((*file, (*place)?)));
                    for (file, place) in places.take(SHOWN) {
                        let looked = Message::new(LOOKED, &facts[..1]);
                        draft = draft.related(file, place, looked);
                    }
                    // One plan that was not followed is one thing to know.
                    drop(draft.group("absent"));
                }
                StackStanding::Diverges(other) => diverges(feature, claim, other, sink),
            }
        }
    }
}

fn name(feature: &Feature, claim: &StackClaim) -> String {
    let document = feature.document(claim.file);
    let name = document.map_or("", |document| document.slice(claim.range));
    shortened(name, 48)
}

fn diverges(feature: &Feature, claim: &StackClaim, other: &OtherVersion, sink: &mut Sink<'_>) {
    let (Some(document), Some(range)) = (feature.document(claim.file), claim.version) else {
        return;
    };
    let name = name(feature, claim);
    let facts = [
        ("name", name.as_str()),
        ("version", document.slice(range)),
        ("asked", other.version.as_str()),
        ("plain", other.plain.as_str()),
    ];
    let message = Message::new(OTHER, &facts);
    drop(
        sink.report(claim.file, range, message)
            .fact(name.as_str())
            .related(other.file, other.range, Message::new(ASKED, &facts[2..3]))
            .fix(Fix {
                title: Message::new(REPLACE, &facts[3..]),
                preferred: false,
                edits: vec![(claim.file, Edit::replace(range, other.plain.as_str()))],
            }),
    );
}
