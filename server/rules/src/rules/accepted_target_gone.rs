//! Code that a requirement was accepted with, and that is not there any more.

use documents::{DocumentKind, Format};
use trace::{AcceptedLink, CodeStanding, Fate, Feature, Whither};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template, shortened};
use crate::suspects::{self, ACCEPTED, Suspect, called};

const UNDECLARED: Template = Template {
    en: "{who} was accepted with `{symbol}`, which `{path}` does not declare any more.",
    ja: "{who} は `{symbol}` とともに承認されましたが、`{path}` はもう宣言していません。",
};
const RENAMED: Template = Template {
    en: "{who} was accepted with `{symbol}`; `{path}` has its body as `{name}` now.",
    ja: "{who} は `{symbol}` とともに承認されましたが、`{path}` では今 `{name}` です。",
};
const DELETED: Template = Template {
    en: "{who} was accepted with `{symbol}`; `{path}` was deleted in commit {commit}.",
    ja: "{who} は `{symbol}` とともに承認されましたが、`{path}` はコミット {commit} で削除されました。",
};
const ABSENT: Template = Template {
    en: "{who} was accepted with `{symbol}`; `{path}` is not there any more.",
    ja: "{who} は `{symbol}` とともに承認されましたが、`{path}` はもうありません。",
};
const PLACE: Template = Template {
    en: "`{name}` has the same body.",
    ja: "`{name}` の本体は同じです。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "accepted-target-gone",
    group: Group::Drift,
    severity: Severity::Warning,
    summary: "The code that a requirement was accepted with is gone.",
    explanation: "Somebody read this requirement and this code and accepted that one is what the other says (`spec-analyzer \
                  accept`). The code is not where it was, and nowhere else: what moved with its signature and body is \
                  followed silently, and so is a file that git says was moved.\n\nThe finding goes when the code is back, or \
                  when the requirement is read again with the code it has now and accepted.\n\nUnknown where a file \
                  cannot be parsed, and where git cannot tell what became of it.",
    bad: "FR-002 was accepted with `verify` of `src/tokens.rs`, which does not declare it any more.",
    good: "FR-002 was accepted with `check` of `src/tokens.rs`.",
    messages: &[UNDECLARED, RENAMED, DELETED, ABSENT, PLACE, ACCEPTED],
    // Mutations of the sample workspace and of speckit-companion after all was accepted (`accuracy drift`).
    measured: Some(Measured {
        judged: 0,
        right: 0,
        seeded: 24,
        found: 23,
    }),
};

pub(crate) struct AcceptedTargetGone;

impl Rule for AcceptedTargetGone {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::SpecKit, Format::Kiro, Format::OpenSpec]
    }

    fn documents(&self) -> &'static [DocumentKind] {
        suspects::SPECS
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        for item in &feature.accepted.items {
            let Some(suspect) = Suspect::of(feature, item) else {
                continue;
            };
            suspect.count_unknown(item, sink);
            let mut found = false;
            for link in &item.links {
                let CodeStanding::Gone(whither) = &link.code else {
                    continue;
                };
                found = true;
                report(feature, &suspect, link, whither, sink);
            }
            if !found {
                sink.clean();
            }
        }
    }
}

fn report(
    feature: &Feature,
    suspect: &Suspect<'_>,
    link: &AcceptedLink,
    whither: &Whither,
    sink: &mut Sink<'_>,
) {
    let symbol = called(&link.target);
    let path = shortened(&link.target.path, 60);
    let mut facts = vec![
        ("who", suspect.who.as_str()),
        ("symbol", symbol.as_str()),
        ("path", path.as_str()),
    ];
    let template = match whither {
        Whither::Undeclared {
            renamed: Some((_, name)),
            ..
        } => {
            facts.push(("name", name));
            RENAMED
        }
        Whither::Undeclared { .. } => UNDECLARED,
        Whither::File(Fate::Deleted { commit, .. }) => {
            facts.push(("commit", commit));
            DELETED
        }
        Whither::File(_) => ABSENT,
    };
    let mut draft = sink
        .report(
            suspect.document.file,
            suspect.range,
            Message::new(template, &facts),
        )
        .item(suspect.at)
        .basis(trace::Basis::Accepted)
        .fact(link.target.to_string());
    if let Whither::Undeclared {
        renamed: Some((spot, name)),
        ..
    } = whither
    {
        let message = Message::new(PLACE, &[("name", name.as_str())]);
        draft = draft.related(spot.file, spot.range, message);
    }
    drop(suspects::with_places(draft, feature, suspect, &[link]));
}
