//! Code that is not as it was when somebody accepted it for a requirement.

use documents::{DocumentKind, Format};
use trace::{AcceptedLink, CodeStanding, Feature};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::suspects::{self, ACCEPTED, HERE, Suspect, Suspicion, called, parted, suspicion};

const SIGNATURE: Template = Template {
    en: "`{symbol}` has another signature than when {who} was accepted with it.",
    ja: "`{symbol}` のシグネチャは、{who} とともに承認された時のものと異なります。",
};
const BODY: Template = Template {
    en: "`{symbol}` does something else than when {who} was accepted with it.",
    ja: "`{symbol}` の本体は、{who} とともに承認された時のものと異なります。",
};

const SIGNATURE_WAS: Template = Template {
    en: "{who} was accepted with `{symbol}` as `{was}`, which is `{now}` now.",
    ja: "{who} とともに承認された `{symbol}` は `{was}` でしたが、今は `{now}` です。",
};
const LINE_WAS: Template = Template {
    en: "`{symbol}` has `{now}` in line {line}; {who} was accepted with `{was}`.",
    ja: "`{symbol}` の {line} 行目は `{now}` です。{who} は `{was}` とともに承認されました。",
};
const LINE_CAME: Template = Template {
    en: "`{symbol}` has `{now}` in line {line}, which was not there when {who} was accepted.",
    ja: "`{symbol}` の {line} 行目の `{now}` は、{who} が承認された時にはありませんでした。",
};
const LINE_WENT: Template = Template {
    en: "`{symbol}` has lost `{was}` before line {line} since {who} was accepted with it.",
    ja: "{who} が承認された後、`{symbol}` の {line} 行目の前から `{was}` がなくなりました。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "suspect-code",
    group: Group::Drift,
    severity: Severity::Warning,
    summary: "Code changed since a requirement was accepted with it.",
    explanation: "Somebody read this requirement and this code and accepted that one is what the other says (`spec-analyzer \
                  accept`). The requirement still reads the same, the code does not: whoever changed it may have had \
                  another reason.\n\nA changed signature is louder than a changed body, which is a hint. Comments, blanks, \
                  names of local variables, the order of imports and the place of the code do not count. The finding \
                  goes when the code is as it was, or when the pair is read again and accepted.\n\nUnknown where the \
                  file cannot be parsed.",
    bad: "FR-002 was accepted with `verify(token)`, which is `verify(token, scope)` now.",
    good: "FR-002 was accepted with `verify(token, scope)`.",
    messages: &[
        SIGNATURE,
        SIGNATURE_WAS,
        BODY,
        LINE_WAS,
        LINE_CAME,
        LINE_WENT,
        suspects::WAS,
        suspects::WAS_IN_HEAD,
        suspects::ADDED,
        suspects::ADDED_SINCE,
        suspects::REMOVED,
        suspects::REMOVED_SINCE,
        suspects::NAMES,
        suspects::SAYS,
        HERE,
        ACCEPTED,
    ],
    // Mutations of the sample workspace and of speckit-companion after all was accepted (`accuracy drift`).
    measured: Some(Measured {
        judged: 0,
        right: 0,
        seeded: 48,
        found: 48,
    }),
};

pub(crate) struct SuspectCode;

impl Rule for SuspectCode {
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
            if suspicion(item) != Suspicion::Code {
                sink.clean();
                continue;
            }
            let of = |signature: bool| {
                item.links.iter().filter(move |link| match link.code {
                    CodeStanding::Signature(_) => signature,
                    CodeStanding::Body(_) => !signature,
                    _ => false,
                })
            };
            let links: Vec<&AcceptedLink> = of(true).chain(of(false)).collect();
            let Some(first) = links.first() else {
                continue;
            };
            let louder = matches!(first.code, CodeStanding::Signature(_));
            let message = what_changed(&suspect, first, louder);
            let fact: Vec<String> = links.iter().map(|link| link.target.to_string()).collect();
            let draft = sink
                .report(suspect.document.file, suspect.range, message)
                .item(suspect.at)
                .basis(trace::Basis::Accepted)
                .fact(fact.join(" "));
            let draft = if louder {
                draft
            } else {
                draft.severity(Severity::Hint)
            };
            drop(suspects::with_places(draft, feature, &suspect, &links));
        }
    }
}

/// The old and the new state where git has the old one, else only that there are two.
fn what_changed(suspect: &Suspect<'_>, link: &AcceptedLink, signature: bool) -> Message {
    let altered = link.altered.as_ref();
    let told = altered.map(|it| (it.was.is_empty(), it.now.is_empty()));
    let template = match (told, signature) {
        (None, true) => SIGNATURE,
        (None, false) => BODY,
        (Some(_), true) => SIGNATURE_WAS,
        (Some((true, _)), false) => LINE_CAME,
        (Some((_, true)), false) => LINE_WENT,
        (Some(_), false) => LINE_WAS,
    };
    let symbol = called(&link.target);
    let line = altered.map_or_else(String::new, |it| it.line.to_string());
    let mut facts = [
        ("symbol", symbol.as_str()),
        ("who", suspect.who.as_str()),
        ("line", line.as_str()),
        ("was", ""),
        ("now", ""),
    ];
    let room = Message::room(template, &facts);
    let (was, now) = altered.map_or_else(Default::default, |it| parted(&it.was, &it.now, room));
    facts[3].1 = &was;
    facts[4].1 = &now;
    Message::new(template, &facts)
}
