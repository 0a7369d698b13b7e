//! A question that spec.md still asks while the tasks made from it are there.

use documents::{Clarification, DocumentKind, PlaceholderKind};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::span;
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template, shortened};
use crate::wording::{line, paragraph};

const OPEN: Template = Template {
    en: "The question \u{201c}{question}\u{201d} is open in spec.md, and tasks.md is already there.",
    ja: "spec.md の質問「{question}」が未解決のまま、tasks.md が作成されています。",
};
const BARE: Template = Template {
    en: "An unnamed question is open in spec.md, and tasks.md is already there.",
    ja: "spec.md に内容のない未解決の質問があるまま、tasks.md が作成されています。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "unresolved-clarification",
    group: Group::Structure,
    severity: Severity::Warning,
    summary: "A question that spec.md still asks while the tasks made from it are there.",
    explanation: "The tasks were written without the answer, so each of them that depends on it is a guess. Spec Kit \
                  asks for all answers before the plan.\n\nOnly `[NEEDS CLARIFICATION: ...]` counts, with its brackets; \
                  a sentence about such markers, one in code and one that is struck out do not. Nor does a marker that \
                  only shows how to ask (`specific question`). What a template left in a document that nobody filled in is \
                  `leftover-placeholder`.\n\nUnknown where the spec says that its questions were put off as a whole, where it \
                  calls this one settled or put off by its label (`Q6`), where a session under *Clarifications* answered one like it, where \
                  the question itself says that it is for planning, and where the plan or the research calls its requirement resolved or \
                  decides on something like it.",
    bad: "- **FR-006**: The service MUST keep a parcel for [NEEDS CLARIFICATION: how many days?].",
    good: "- **FR-006**: The service MUST keep a parcel for 30 days.",
    messages: &[OPEN, BARE],
    // All hits left in 300 repositories that were judged, some of them blind.
    measured: Some(Measured {
        judged: 6,
        right: 2,
        seeded: 36,
        found: 34,
    }),
};

/// What stands for a question where a template or a guide says how to ask one: `[NEEDS CLARIFICATION: specific
/// question]`.
const INSTEAD_OF_A_QUESTION: [&str; 10] = [
    "specific question",
    "your question",
    "the question",
    "question",
    "question here",
    "具体问题",
    "具體問題",
    "具体的な質問",
    "구체적인 질문",
    "pregunta específica",
];

/// Words by which a line puts questions off.
const PUT_OFF: [&str; 14] = [
    "deferred",
    "postponed",
    "put off",
    "non-critical",
    "non-blocking",
    "accepted as",
    "later phase",
    "延期",
    "推迟",
    "后续",
    "先送り",
    "後回し",
    "보류",
    "aplazad",
];

/// Words by which a question says that a later phase answers it.
const FOR_LATER: [&str; 7] = [
    "during planning",
    "in planning",
    "planning phase",
    "during implementation",
    "/plan",
    "/speckit.plan",
    "计划阶段",
];

/// Questions of Spec Kit's own template, which stand in every copy of it.
const TEMPLATE_QUESTIONS: [&str; 2] = [
    "auth method not specified",
    "retention period not specified",
];

pub(crate) struct UnresolvedClarification;

impl Rule for UnresolvedClarification {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let (Some(spec), Some(_)) = (feature.spec(), feature.tasks_document()) else {
            return;
        };
        let mut open = spec
            .facts()
            .clarifications
            .iter()
            .filter(|marker| !is_settled(spec, marker) && !is_template(spec, marker))
            .peekable();
        if open.peek().is_none() {
            sink.clean();
            return;
        }
        let lines = Lines::of(spec);
        let decisions = Decisions::of(feature);
        for marker in open {
            let why = lines.settle(spec, marker);
            if let Some(why) = why.or_else(|| decisions.settle(spec, marker)) {
                sink.unknown_at(spec.file, marker.range, why);
                continue;
            }
            let question = shortened(spec.slice(marker.question), 50);
            let message = if question.is_empty() {
                Message::new(BARE, &[])
            } else {
                Message::new(OPEN, &[("question", &question)])
            };
            let draft = sink
                .report(spec.file, marker.range, message)
                .fact(spec.slice(marker.question));
            drop(match spec.facts().item_at(marker.range.start()) {
                Some((at, _)) => draft.item(at),
                None => draft,
            });
        }
    }
}

/// What other lines of the spec say of its questions.
struct Lines {
    /// A line puts the open questions off as a whole.
    put_off: bool,
    /// `q6` of the questions that a line calls settled by their label.
    labels: Vec<String>,
    /// Words of the questions that a clarification session answered.
    answered: Vec<FxHashSet<String>>,
}

impl Lines {
    fn of(spec: &FeatureDocument) -> Self {
        let mut lines = Self {
            put_off: false,
            labels: Vec::new(),
            answered: Vec::new(),
        };
        let text: &str = &spec.doc.text;
        let mut start = 0;
        for line in text.split_inclusive(['\n', '\r']) {
            let here = span(start, start + line.len());
            start += line.len();
            let asks = |marker: &Clarification| {
                here.contains_range(marker.range) && !marker.question.is_empty()
            };
            let words = line.to_lowercase();
            if spec.facts().clarifications.iter().any(asks) {
                continue;
            }
            // An open box says that the questions are still to be answered.
            let to_do = words
                .trim_start_matches(['-', '*', '+', ' '])
                .starts_with("[ ]");
            let whole = words.contains("clarification") || words.contains("remaining items");
            let puts_off = PUT_OFF.iter().any(|word| words.contains(word));
            lines.put_off |= puts_off && whole && !to_do;
            if (settles(&words) || puts_off) && !to_do {
                lines.labels.extend(labels(&words));
            }
        }
        let answered = spec.facts().answered.iter();
        lines.answered = answered
            .map(|pair| content(spec.slice(pair.question)))
            .collect();
        lines
    }

    /// Why a marker may be settled.
    fn settle(&self, spec: &FeatureDocument, marker: &Clarification) -> Option<&'static str> {
        let question = spec.slice(marker.question);
        let label = labels(&question.to_lowercase()).next();
        let words = content(question);
        let plain = question.to_lowercase();
        if self.put_off {
            Some("the spec says that its open questions were put off")
        } else if FOR_LATER.iter().any(|word| plain.contains(word)) {
            Some("the question says that a later phase answers it")
        } else if label.is_some_and(|label| self.labels.contains(&label)) {
            Some("the spec says elsewhere what became of the question")
        } else if self.answered.iter().any(|known| alike(&words, known)) {
            Some("a clarification session answered a question like it")
        } else {
            None
        }
    }
}

/// What the plan and the research of a feature say of its questions.
struct Decisions {
    /// Ids that a line of theirs calls resolved, or puts off.
    ids: FxHashSet<SmolStr>,
    /// Words of each section of the research that decides something.
    sections: Vec<FxHashSet<String>>,
}

impl Decisions {
    fn of(feature: &Feature) -> Self {
        let mut ids = FxHashSet::default();
        let mut sections = Vec::new();
        for document in &feature.documents {
            let research = document.kind == DocumentKind::Research;
            if !(research || document.kind == DocumentKind::Plan) {
                continue;
            }
            let facts = document.facts();
            for mention in &facts.mentions {
                let line = document
                    .slice(line(&document.doc.text, mention.range))
                    .to_lowercase();
                if settles(&line) || PUT_OFF.iter().any(|word| line.contains(word)) {
                    ids.insert(mention.key.clone());
                }
            }
            let decided = facts
                .sections
                .iter()
                .filter(|each| research && each.level > 1);
            sections.extend(decided.filter_map(|section| {
                let text = document.slice(section.range).to_lowercase();
                let decides = DECIDES.iter().any(|word| text.contains(word)) || settles(&text);
                decides.then(|| content(&text))
            }));
        }
        Self { ids, sections }
    }

    /// Why a marker may be settled.
    fn settle(&self, spec: &FeatureDocument, marker: &Clarification) -> Option<&'static str> {
        let item = spec.facts().item_at(marker.range.start());
        let words = content(spec.slice(marker.question));
        if item.is_some_and(|(_, item)| self.ids.contains(&item.id)) {
            Some("the plan or the research says what became of it")
        } else if self.sections.iter().any(|known| alike(&words, known)) {
            Some("the research decides on something like it")
        } else {
            None
        }
    }
}

/// Words by which a section of research decides.
const DECIDES: [&str; 8] = [
    "decision",
    "decided",
    "chosen",
    "決定",
    "决定",
    "결정",
    "decisión",
    "decisão",
];

/// Whether a question is about what these words are about.
fn alike(question: &FxHashSet<String>, known: &FxHashSet<String>) -> bool {
    let shared = question.intersection(known).count();
    shared >= 3 && 5 * shared >= 3 * question.len()
}

/// `q6` of `Q6:` and `Q6 (FR-018)`; ranges are written out.
fn labels(words: &str) -> impl Iterator<Item = String> {
    let mut parts = words
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '–')))
        .flat_map(|word| {
            let number = |part: &str| part.strip_prefix('q')?.parse::<u16>().ok();
            let (from, to) = word.split_once(['-', '–']).unwrap_or((word, word));
            match (number(from), number(to)) {
                (Some(from), Some(to)) => (from..=to.min(from.saturating_add(50))).collect(),
                _ => Vec::new(),
            }
        })
        .collect::<Vec<u16>>();
    parts.dedup();
    parts.into_iter().map(|number| format!("q{number}"))
}

/// Words of a question that say what it is about, in lower case.
fn content(question: &str) -> FxHashSet<String> {
    question
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 3 || !word.is_ascii())
        .map(str::to_lowercase)
        .collect()
}

/// Whether words in lower case say that an answer is there.
fn settles(words: &str) -> bool {
    [
        "resolved",
        "answered",
        "clarified",
        "解決済",
        "已解决",
        "已澄清",
    ]
    .iter()
    .any(|word| {
        words
            .match_indices(word)
            .any(|(at, _)| !words[..at].ends_with("un"))
    })
}

/// Whether the marker is struck out, or its paragraph says that the answer is there.
fn is_settled(spec: &FeatureDocument, marker: &Clarification) -> bool {
    let text: &str = &spec.doc.text;
    let (before, behind) = (
        &text[..usize::from(marker.range.start())],
        &text[usize::from(marker.range.end())..],
    );
    let struck = before.trim_end().ends_with("~~") && behind.trim_start().starts_with("~~");
    let paragraph = spec.slice(paragraph(text, marker.range)).to_lowercase();
    struck || settles(&paragraph)
}

/// Whether the marker asks nothing: it says how to ask, is the heading above the questions, or is the template's own in
/// a document that still has other text of the template.
fn is_template(spec: &FeatureDocument, marker: &Clarification) -> bool {
    let facts = spec.facts();
    let question = spec.slice(marker.question);
    let plain = question
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    let heading = || {
        let mut sections = facts.sections.iter();
        sections.any(|section| section.title_range == marker.range)
    };
    let of_template = || {
        TEMPLATE_QUESTIONS
            .iter()
            .any(|known| question.starts_with(known))
            && facts
                .placeholders
                .iter()
                .any(|placeholder| placeholder.kind == PlaceholderKind::Text)
    };
    INSTEAD_OF_A_QUESTION.contains(&plain.as_str())
        || (plain.is_empty() && heading())
        || of_template()
}
