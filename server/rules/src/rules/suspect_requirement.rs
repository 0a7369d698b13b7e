//! A requirement that does not read as it did when somebody accepted it.

use documents::{DocumentKind, Format};
use trace::{AcceptedLink, CodeStanding, Feature};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template, shortened};
use crate::suspects::{self, ACCEPTED, HERE, Suspect, Suspicion, called, suspicion};

const TEXT: Template = Template {
    en: "{who} reads differently than when it was accepted; `{symbol}` is as it was.",
    ja: "{who} の文言は承認された時と異なりますが、`{symbol}` は当時のままです。",
};
const SAYS: Template = Template {
    en: "{who} says \"{now}\" where \"{was}\" was accepted; `{symbol}` is as it was.",
    ja: "{who} は承認時の「{was}」が「{now}」になりましたが、`{symbol}` は当時のままです。",
};
const ADDS: Template = Template {
    en: "{who} also says \"{now}\" since it was accepted; `{symbol}` is as it was.",
    ja: "{who} には承認後に「{now}」が加わりましたが、`{symbol}` は当時のままです。",
};
const OMITS: Template = Template {
    en: "{who} was accepted with \"{was}\", which it does not say now; `{symbol}` is as it was.",
    ja: "{who} から承認時の「{was}」がなくなりましたが、`{symbol}` は当時のままです。",
};
const BOTH: Template = Template {
    en: "{who} reads differently than when it was accepted, and `{symbol}` has changed, too.",
    ja: "{who} の文言は承認された時と異なり、`{symbol}` も変わっています。",
};
const UNTOLD: Template = Template {
    en: "{who} reads differently than when it was accepted with `{symbol}`.",
    ja: "{who} の文言は、`{symbol}` とともに承認された時と異なります。",
};
const SAYS_WITH: Template = Template {
    en: "{who} says \"{now}\" where \"{was}\" was accepted with `{symbol}`.",
    ja: "{who} は `{symbol}` とともに承認された時の「{was}」が「{now}」になりました。",
};
const ADDS_WITH: Template = Template {
    en: "{who} also says \"{now}\" since it was accepted with `{symbol}`.",
    ja: "{who} には `{symbol}` との承認後に「{now}」が加わりました。",
};
const OMITS_WITH: Template = Template {
    en: "{who} was accepted with \"{was}\" and `{symbol}`, and does not say it now.",
    ja: "{who} から `{symbol}` との承認時の「{was}」がなくなりました。",
};
const APART: Template = Template {
    en: "{who} and `{symbol}` were accepted as they are, but not together.",
    ja: "{who} と `{symbol}` は、今の形では別々に承認されただけです。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "suspect-requirement",
    group: Group::Drift,
    severity: Severity::Warning,
    summary: "A requirement reads differently than when it was accepted with its code.",
    explanation: "Somebody read this requirement and its code and accepted that one is what the other says (`spec-analyzer \
                  accept`). The requirement says something else now; its code may still do what it said then.\n\nIds, \
                  ticks, marks of emphasis, list markers, wrapping and most punctuation do not count; words, numbers, \
                  signs of quantity and code spans do. Code that changed as well is part of this finding. Two branches \
                  that accepted the same pair, one with another text and one with other code, leave a pair that nobody \
                  accepted. The finding goes when the pair is read again and accepted, or when the text is as it was.",
    bad: "FR-001 was accepted as \"a session for 30 minutes\" and says 45 minutes now.",
    good: "FR-001 was accepted as \"a session for 45 minutes\".",
    messages: &[
        TEXT, SAYS, ADDS, OMITS, BOTH, UNTOLD, SAYS_WITH, ADDS_WITH, OMITS_WITH, APART, HERE,
        ACCEPTED,
    ],
    // Mutations of the sample workspace and of speckit-companion after all was accepted (`accuracy drift`).
    measured: Some(Measured {
        judged: 0,
        right: 0,
        seeded: 35,
        found: 35,
    }),
};

pub(crate) struct SuspectRequirement;

impl Rule for SuspectRequirement {
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
            if suspicion(item) != Suspicion::Text {
                sink.clean();
                continue;
            }
            // What is as it was first: that is where text and code part.
            let rank = |link: &&AcceptedLink| match link.code {
                // What is in a file as a whole was not compared.
                CodeStanding::Same(_) if link.target.part.is_none() => 3,
                CodeStanding::Same(_) => 0,
                CodeStanding::Signature(_) => 1,
                CodeStanding::Body(_) => 2,
                CodeStanding::Unknown(_) => 3,
                CodeStanding::Gone(_) => 4,
            };
            let stale = item.links.iter().filter(|link| !link.is_fresh());
            let mut links: Vec<&AcceptedLink> = stale
                .filter(|link| !matches!(link.code, CodeStanding::Gone(_)))
                .collect();
            links.sort_by_key(rank);
            let Some(first) = links.first() else {
                continue;
            };
            let template = match &first.code {
                _ if item.text => APART,
                CodeStanding::Same(_) | CodeStanding::Unknown(_) | CodeStanding::Gone(_) => {
                    let same = matches!(first.code, CodeStanding::Same(_));
                    let told = same && first.target.part.is_some();
                    let [plain, says, adds, omits] = if told {
                        [TEXT, SAYS, ADDS, OMITS]
                    } else {
                        [UNTOLD, SAYS_WITH, ADDS_WITH, OMITS_WITH]
                    };
                    match &item.change {
                        None => plain,
                        Some(change) if change.was.is_empty() => adds,
                        Some(change) if change.now.is_empty() => omits,
                        Some(_) => says,
                    }
                }
                CodeStanding::Signature(_) | CodeStanding::Body(_) => BOTH,
            };
            let symbol = called(&first.target);
            let said =
                |text: Option<&String>| text.map_or_else(String::new, |it| shortened(it, 60));
            let was = said(item.change.as_ref().map(|change| &change.was));
            let now = said(item.change.as_ref().map(|change| &change.now));
            let facts = [
                ("who", suspect.who.as_str()),
                ("symbol", symbol.as_str()),
                ("was", was.as_str()),
                ("now", now.as_str()),
            ];
            let draft = sink
                .report(
                    suspect.document.file,
                    suspect.range,
                    Message::new(template, &facts),
                )
                .item(suspect.at)
                .basis(trace::Basis::Accepted)
                .fact(format!("{:016x}", item.accepted_text));
            drop(suspects::with_places(draft, feature, &suspect, &links));
        }
    }
}
