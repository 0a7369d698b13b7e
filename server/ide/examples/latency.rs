//! How long answers take on a real directory: `cargo run --release -p ide --example latency -- DIR...`
#![expect(clippy::print_stdout, reason = "a command-line tool")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use fixture::Fixture;
use ide::Analysis;
use rules::Locale;
use text::{FileId, TextRange, TextSize};

/// Times of one sort of question.
#[derive(Default)]
struct Times(Vec<Duration>);

impl Times {
    fn take<T>(&mut self, ask: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let answer = ask();
        self.0.push(start.elapsed());
        answer
    }

    fn show(&mut self, name: &str) {
        self.0.sort_unstable();
        let at = |part: usize| {
            let last = self.0.len().saturating_sub(1);
            self.0.get(last * part / 100).copied().unwrap_or_default()
        };
        println!(
            "  {name:<18} {:>6} asked, median {:>10.1?}, p99 {:>10.1?}, worst {:>10.1?}",
            self.0.len(),
            at(50),
            at(99),
            at(100)
        );
    }
}

fn main() {
    for dir in std::env::args().skip(1) {
        let fixture = Fixture::directory(Path::new(&dir));
        let start = Instant::now();
        let analysis = Analysis::new(Arc::new(fixture.graph.clone()));
        println!("{dir}: rules {:.1?}", start.elapsed());
        ask(&fixture, &analysis);
    }
}

fn ask(fixture: &Fixture, analysis: &Analysis) {
    let (mut hover, mut definition, mut references) =
        (Times::default(), Times::default(), Times::default());
    let (mut folds, mut links, mut tokens, mut selection) = (
        Times::default(),
        Times::default(),
        Times::default(),
        Times::default(),
    );
    let (mut completion, mut actions) = (Times::default(), Times::default());
    let (mut lenses, mut outline, mut symbols) =
        (Times::default(), Times::default(), Times::default());
    for (at, (_, text)) in (0..).zip(&fixture.files) {
        let file = FileId(at);
        let document = analysis.graph.feature_of(file).is_some();
        if !document && analysis.graph.code_links(file).is_empty() {
            continue;
        }
        if document {
            lenses.take(|| analysis.code_lenses(file, Locale::English));
            outline.take(|| analysis.document_symbols(file));
            folds.take(|| analysis.folding_ranges(file));
            links.take(|| analysis.document_links(file, Locale::English));
            let whole = TextRange::up_to(TextSize::of(text.as_str()));
            tokens.take(|| analysis.semantic_tokens(file, whole));
        }
        let breaks = text.match_indices(['-', '/', '`']);
        let places: Vec<usize> = breaks.map(|(at, _)| at + 1).collect();
        let step = 1 + places.len() / 40;
        for offset in places.into_iter().step_by(step) {
            let offset = TextSize::new(offset as u32);
            hover.take(|| analysis.hover(file, offset, Locale::English));
            definition.take(|| analysis.definition(file, offset));
            selection.take(|| analysis.selection_ranges(file, offset));
            references.take(|| analysis.references(file, offset, true));
            completion
                .take(|| analysis.completions(file, offset, Some(text), rules::Locale::English));
            let range = TextRange::empty(offset);
            actions.take(|| analysis.code_actions(file, range, Locale::English));
        }
    }
    for query in ["fr-001", "login", "003/FR", "user session", ""] {
        symbols.take(|| analysis.workspace_symbols(query));
    }
    hover.show("hover");
    definition.show("definition");
    references.show("references");
    completion.show("completion");
    actions.show("code actions");
    lenses.show("code lenses");
    outline.show("document symbols");
    folds.show("folding ranges");
    links.show("document links");
    tokens.show("semantic tokens");
    selection.show("selection ranges");
    symbols.show("workspace symbols");
}
