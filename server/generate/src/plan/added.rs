//! What is missing of a plan that is there: sections that its template demands, gates of principles, answers to the four
//! questions. Every other byte stays.

use text::{Edit, TextSize};
use trace::FeatureDocument;

use documents::Format;

use super::facts::Facts;
use super::{Part, Planned, asked, gates, speckit, tidy, words};

/// `None` where nothing is missing.
pub(super) fn to(facts: &Facts<'_>, plan: &FeatureDocument, parts: Vec<Part>) -> Option<Planned> {
    let mut blocks = Blocks {
        plan,
        inserts: Vec::new(),
    };
    let mut edits = Vec::new();
    if facts.feature.format() == Format::SpecKit {
        sections(facts, &mut blocks);
        edits.extend(gates::missing(facts.feature, plan));
    }
    let end = blocks.end();
    for part in parts {
        if !words::is_answered(plan.facts(), part.kind) {
            blocks.put(end, &format!("## {}", part.title), part.lines);
        }
    }
    let mut questions = Vec::new();
    for (at, lines) in &blocks.inserts {
        let (edit, text) = blocks.edit(*at, lines);
        questions.extend(asked(&text));
        edits.push(edit);
    }
    if edits.is_empty() {
        return None;
    }
    edits.sort_by_key(|edit| edit.range.start());
    let edits = edits.into_iter().map(|edit| (plan.file, edit));
    Some(Planned {
        documents: Vec::new(),
        edits: edits.collect(),
        questions,
    })
}

/// Each demanded section that is not there goes behind the one that stands before it in the template, else before the one
/// behind it, else to the end.
fn sections(facts: &Facts<'_>, blocks: &mut Blocks<'_>) {
    let plan = blocks.plan;
    let demanded = speckit::demanded(facts);
    let places: Vec<_> = demanded
        .iter()
        .map(|it| speckit::place(plan, it.heading.trim_start_matches('#').trim()))
        .collect();
    for (at, section) in demanded.into_iter().enumerate() {
        if places[at].is_some() {
            continue;
        }
        let before = places[..at].iter().rev().flatten().next();
        let behind = places[at..].iter().flatten().next();
        let place = match (before, behind) {
            (Some(before), _) => before.end(),
            (None, Some(behind)) => behind.start(),
            (None, None) => blocks.end(),
        };
        blocks.put(place, &section.heading, section.body);
    }
}

/// Text that goes into a plan, by place.
struct Blocks<'a> {
    plan: &'a FeatureDocument,
    inserts: Vec<(TextSize, Vec<String>)>,
}

impl Blocks<'_> {
    fn put(&mut self, at: TextSize, heading: &str, body: Vec<String>) {
        if !self.inserts.iter().any(|(known, _)| *known == at) {
            self.inserts.push((at, Vec::new()));
        }
        if let Some((_, lines)) = self.inserts.iter_mut().find(|(known, _)| *known == at) {
            lines.extend([String::new(), heading.to_owned(), String::new()]);
            lines.extend(body);
        }
    }

    /// Before what a plan keeps for last, else behind everything.
    fn end(&self) -> TextSize {
        let mut sections = self.plan.facts().sections.iter();
        let last = sections
            .find(|section| section.level == 2 && words::any(&section.title, words::COMPLEXITY));
        let whole = TextSize::of(&*self.plan.doc.text);
        last.map_or(whole, |section| section.heading.start())
    }

    /// Lines as an edit, an empty line before and behind them; and as text.
    fn edit(&self, at: TextSize, lines: &[String]) -> (Edit, String) {
        let (before, behind) = self.plan.doc.text.split_at(at.into());
        let before = before.replace("\r\n", "\n");
        let lead = if before.is_empty() || before.ends_with("\n\n") {
            ""
        } else if before.ends_with('\n') {
            "\n"
        } else {
            "\n\n"
        };
        let tail = if behind.is_empty() { "" } else { "\n" };
        let mut text = format!("{lead}{}{tail}", tidy(lines));
        if self.plan.facts().style.crlf {
            text = text.replace('\n', "\r\n");
        }
        (Edit::insert(at, text.clone()), text)
    }
}
