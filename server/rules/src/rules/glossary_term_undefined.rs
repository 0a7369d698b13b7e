//! A term that criteria use as their subject and the glossary does not have.

use documents::{Format, ItemKind};
use rustc_hash::FxHashSet;
use trace::Feature;

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};

const UNDEFINED: Template = Template {
    en: "{term} is used as a term, and the glossary of {count} terms does not have it.",
    ja: "{term} は用語として使われていますが、用語集 (全 {count} 語) にありません。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "glossary-term-undefined",
    group: Group::Reference,
    severity: Severity::Information,
    summary: "A term used in criteria that the glossary of the same document lacks.",
    explanation: "Criteria speak of `THE Session_Store` because the glossary says what it is. A name the glossary does \
                  not have is a slip of the pen, a term that was renamed, or one that nobody defined.\n\nOnly names of \
                  several words joined by `_` behind `THE`, and only where a glossary defines such names, two of three of \
                  those in use among them. Plurals and \
                  other spellings of a term are the same term. Said once for each name.",
    bad: "- **Session_Store**: keeps sessions\n1. WHEN a user signs in, THE Sesion_Store SHALL ...",
    good: "- **Session_Store**: keeps sessions\n1. WHEN a user signs in, THE Session_Store SHALL ...",
    messages: &[UNDEFINED],
    measured: Some(Measured {
        judged: 15,
        right: 11,
        seeded: 20,
        found: 19,
    }),
};

pub(crate) struct GlossaryTermUndefined;

impl Rule for GlossaryTermUndefined {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::Kiro]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        for document in feature.documents.iter().filter(|each| each.kind.is_spec()) {
            let facts = document.facts();
            let terms: Vec<&str> = facts
                .items_of(ItemKind::Term)
                .map(|(_, item)| item.id.as_str())
                .collect();
            if !terms.iter().any(|term| term.contains('_')) {
                continue;
            }
            let known: FxHashSet<String> = terms.iter().flat_map(|term| spellings(term)).collect();
            let mut used: Vec<String> = facts
                .kiro
                .term_uses
                .iter()
                .map(|each| plain(&each.term))
                .collect();
            used.sort_unstable();
            used.dedup();
            let defined = used.iter().filter(|term| known.contains(*term)).count();
            // A glossary of a few of many names is no promise.
            if defined * 2 < used.len() {
                continue;
            }
            for term_use in &facts.kiro.term_uses {
                let term = term_use.term.as_str();
                // `STAT_REDIRECTED` is a constant.
                if !term.contains(char::is_lowercase) {
                    continue;
                }
                if known.contains(&plain(term)) {
                    sink.clean();
                    continue;
                }
                let count = terms.len().to_string();
                let message = Message::new(UNDEFINED, &[("term", term), ("count", &count)]);
                let draft = sink
                    .report(document.file, term_use.range, message)
                    .fact(term);
                drop(draft.group(plain(term)));
            }
        }
    }
}

/// A term and what stands in brackets behind it: `Power_Manifest (POWER.md)`, `A_b / C_d`.
fn spellings(term: &str) -> Vec<String> {
    let mut all = vec![plain(term)];
    all.extend(
        term.split(['(', ')', '/', ',', '（', '）'])
            .map(plain)
            .filter(|part| !part.is_empty()),
    );
    all
}

/// A term without case, joints and the mark of the plural.
fn plain(term: &str) -> String {
    let letters: String = term
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    match letters.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => letters.strip_suffix('s').unwrap_or(&letters).to_owned(),
    }
}
