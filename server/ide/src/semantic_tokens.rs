//! Semantic tokens: ids, mentions, labels, markers, priorities, paths and keywords; never prose.

use documents::{Item, ItemKind};
use grammar::TokenKind as Lexed;
use text::{FileId, TextRange, TextSize};
use trace::{Feature, FeatureDocument, Graph, Target};

use crate::Analysis;
use crate::lines;

/// What a token is, in the field's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenKind {
    /// The id of an item, where it is defined or named.
    Item(ItemKind),
    /// The feature named with an id.
    Feature,
    /// A label of a task: `[P]`, `[US1]`.
    Label,
    /// `P1`
    Priority,
    /// `[NEEDS CLARIFICATION: ...]`
    Clarification,
    /// A path that leads somewhere.
    Path,
    /// Given, When, Then; MUST, SHALL.
    Keyword,
}

/// A token on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    /// Its bytes; never empty, never over a line break.
    pub range: TextRange,
    /// What it is.
    pub kind: TokenKind,
    /// The place that defines the item.
    pub definition: bool,
}

impl Analysis {
    /// Tokens of a document that touch `within`, in order, none over another.
    #[must_use]
    pub fn semantic_tokens(&self, file: FileId, within: TextRange) -> Vec<Token> {
        let Some((feature, document)) = self.spec_document(file) else {
            return Vec::new();
        };
        let mut found = Found {
            document,
            within,
            tokens: Vec::new(),
        };
        for item in &document.facts().items {
            found.item(item);
        }
        found.mentions(&self.graph, feature);
        found.paths(feature);
        for marker in &document.facts().clarifications {
            found.push(marker.range, TokenKind::Clarification, false);
        }
        found.in_order()
    }
}

struct Found<'a> {
    document: &'a FeatureDocument,
    within: TextRange,
    tokens: Vec<Token>,
}

impl Found<'_> {
    /// A token of its own on each of its lines.
    fn push(&mut self, range: TextRange, kind: TokenKind, definition: bool) {
        if range.is_empty() || range.intersect(self.within).is_none() {
            return;
        }
        let text = &self.document.doc.text;
        let end = usize::from(range.end());
        for line in lines::of(text, range.start().into()) {
            if line.start >= end {
                break;
            }
            let part = line.start..line.end.min(end);
            let written = text[part.clone()].trim_start();
            let start = part.end - written.len();
            let range = text::span(start, start + written.trim_end().len());
            if !range.is_empty() {
                self.tokens.push(Token {
                    range,
                    kind,
                    definition,
                });
            }
        }
    }

    fn item(&mut self, item: &Item) {
        if item.range.intersect(self.within).is_none() {
            return;
        }
        // A scenario's number is a list marker; gates and violations are named by prose.
        if !matches!(
            item.kind,
            ItemKind::Scenario | ItemKind::Gate | ItemKind::Violation
        ) {
            self.push(item.id_range, TokenKind::Item(item.kind), true);
        }
        if let Some(priority) = item.story.as_ref().and_then(|it| it.priority.as_ref()) {
            self.push(priority.range, TokenKind::Priority, false);
        }
        if let Some(task) = &item.task {
            for range in task.parallel.iter().copied() {
                self.push(range, TokenKind::Label, false);
            }
            for label in &task.stories {
                self.push(label.range, TokenKind::Label, false);
            }
        }
        match item.kind {
            ItemKind::Scenario => self.keywords(item, Lexed::ScenarioWord),
            ItemKind::Requirement => self.keywords(item, Lexed::NormativeWord),
            _ => {}
        }
    }

    /// Keywords of an item's lines; those of a scenario only in bold or at the start, where prose has them too.
    fn keywords(&mut self, item: &Item, kind: Lexed) {
        let text = &self.document.doc.text;
        let range = item.title_range.cover(item.range);
        let facts = self.document.facts();
        let mut keywords = Vec::new();
        for line in lines::of(text, range.start().into()) {
            if line.start >= usize::from(range.end()) {
                break;
            }
            let line = line.start..line.end.min(range.end().into());
            let at = TextSize::new(line.start as u32);
            if facts.opaque.iter().any(|range| range.contains(at)) {
                continue;
            }
            let mut bold = false;
            let mut first = true;
            for token in grammar::lex_line(&text[line.clone()]) {
                match token.kind {
                    Lexed::Strong => bold = !bold,
                    Lexed::ListMarker => {}
                    found => {
                        if found == kind && (kind == Lexed::NormativeWord || bold || first) {
                            let range = token.range + at;
                            keywords.push(with_not(&text[..line.end], range));
                        }
                        first = false;
                    }
                }
            }
        }
        for range in keywords {
            self.push(range, TokenKind::Keyword, false);
        }
    }

    fn mentions(&mut self, graph: &Graph, feature: &Feature) {
        let facts = self.document.facts();
        let file = self.document.file;
        for reference in feature.references.iter().filter(|it| it.file == file) {
            let Some(mention) = facts.mentions.get(reference.mention as usize) else {
                continue;
            };
            let items = match &reference.target {
                Target::Items(items, _) | Target::Ambiguous(items) => items,
                Target::Undefined(_) | Target::Foreign => continue,
            };
            let item = items.first().and_then(|&item| graph.item(item));
            let Some((_, item)) = item else {
                continue;
            };
            self.push(mention.range, TokenKind::Item(item.kind), false);
            if let Some((_, range)) = &mention.story {
                self.push(*range, TokenKind::Item(ItemKind::Story), false);
            }
            if let Some(qualifier) = &mention.qualifier
                && !qualifier.path
            {
                self.push(qualifier.range, TokenKind::Feature, false);
            }
        }
    }

    fn paths(&mut self, feature: &Feature) {
        let facts = self.document.facts();
        let file = self.document.file;
        for link in feature.paths.iter().filter(|link| link.file == file) {
            if let Some(path) = facts.paths.get(link.mention as usize)
                && link.resolution.exists()
            {
                self.push(path.range, TokenKind::Path, false);
            }
        }
    }

    /// Ascending and disjoint; of two over each other the one that begins first, else the longer one.
    fn in_order(mut self) -> Vec<Token> {
        self.tokens.sort_by_key(|token| {
            let range = token.range;
            let over = u32::MAX - u32::from(range.end());
            (range.start(), over, token.kind, !token.definition)
        });
        let mut end = TextSize::new(0);
        self.tokens.retain(|token| {
            let apart = token.range.start() >= end;
            if apart {
                end = token.range.end();
            }
            apart
        });
        self.tokens
    }
}

/// `MUST` with the `NOT` behind it.
fn with_not(line: &str, word: TextRange) -> TextRange {
    let end = usize::from(word.end());
    match line[end..].strip_prefix(" NOT") {
        Some(rest) if !rest.starts_with(char::is_alphanumeric) => {
            text::span(word.start().into(), end + " NOT".len())
        }
        _ => word,
    }
}
