//! A comment above a symbol that names a requirement with its feature.

use code::{SourceFacts, SourceMention};
use documents::Format;
use text::{Edit, FileId, TextRange, TextSize};
use trace::{Basis, CodeLink, Feature, Graph, ItemRef, Resolved};

use crate::Texts;
use crate::planned::{Planned, writable};

/// The edit that mentions an item above a symbol or test of a source file that begins at `at`, above its attributes and
/// the comments that document it; nothing where the file cannot be written, the item is mentioned there already, or no
/// comment would be read as meaning it, for that symbol or test, for sure.
#[must_use]
pub fn mention_above(
    graph: &Graph,
    item: ItemRef,
    (file, at): (FileId, TextSize),
    texts: &Texts<'_>,
) -> Option<Edit> {
    let (feature, it) = graph.item(item)?;
    let about = About::of(&graph.source(file)?.facts, at)?;
    let known = graph.code_mentions(item).into_iter();
    let facts = &graph.source(file)?.facts;
    let mut here = known.filter(|(known, ..)| *known == file);
    if here.any(|(_, mention, _)| {
        let mention = facts.mentions.get(mention as usize);
        mention.is_some_and(|mention| about.is_meant(mention))
    }) {
        return None;
    }
    let text = writable(graph, file, texts).ok()?;
    let path = graph.inputs().tree.path_str(file);
    let start = above_documentation(path, &text, line_start(&text, usize::from(at))?);
    let line = &text[start..];
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let line_break = if line
        .split('\n')
        .next()
        .is_some_and(|line| line.ends_with('\r'))
    {
        "\r\n"
    } else {
        "\n"
    };
    let marks = marks(path);
    let place = TextSize::new(u32::try_from(start).ok()?);
    // A byte order mark stays first.
    let place = if line.starts_with('\u{feff}') {
        place + TextSize::of('\u{feff}')
    } else {
        place
    };
    names(feature, &it.id).into_iter().find_map(|name| {
        let planned = Planned {
            text: text.clone(),
            edits: vec![Edit::insert(
                place,
                format!("{indent}{marks} {name}{line_break}"),
            )],
        };
        is_proven(graph, item, file, &about, &planned)?;
        planned.edits.into_iter().next()
    })
}

fn line_start(text: &str, at: usize) -> Option<usize> {
    Some(text.get(..at)?.rfind('\n').map_or(0, |end| end + 1))
}

/// The start of the line above which nothing documents what begins on the line at `start`. A comment between a symbol
/// and its documentation parts them in some languages. What has no marks of its own (Go, Ruby) would be taken for
/// documentation at its head, so that such comments are not gone past.
fn above_documentation(path: &str, text: &str, mut start: usize) -> usize {
    for comment in code::comments(path, text).into_iter().rev() {
        let (from, to) = (comment.range.start().into(), comment.range.end().into());
        let gap = text.get(to..start);
        let directly =
            |gap: &str| gap.trim().is_empty() && gap.bytes().filter(|it| *it == b'\n').count() == 1;
        match (gap, line_start(text, from)) {
            // Below the symbol.
            (None, _) => {}
            (Some(gap), Some(line))
                if comment.doc
                    && directly(gap)
                    && text[line..from].trim_matches([' ', '\t']).is_empty() =>
            {
                start = line;
            }
            _ => break,
        }
    }
    start
}

/// What begins at a byte: a function with attributes may be a symbol and a test.
struct About {
    symbols: Vec<u32>,
    tests: Vec<u32>,
    ranges: Vec<TextRange>,
}

impl About {
    fn of(facts: &SourceFacts, at: TextSize) -> Option<Self> {
        let starts = |ranges: &mut dyn Iterator<Item = TextRange>| -> Vec<(u32, TextRange)> {
            (0..)
                .zip(ranges)
                .filter(|(_, range)| range.start() == at)
                .collect()
        };
        let symbols = starts(&mut facts.symbols.iter().map(|it| it.range));
        let tests = starts(&mut facts.tests.iter().map(|it| it.range));
        let ranges: Vec<TextRange> = symbols.iter().chain(&tests).map(|(_, it)| *it).collect();
        (!ranges.is_empty()).then(|| Self {
            symbols: symbols.into_iter().map(|(at, _)| at).collect(),
            tests: tests.into_iter().map(|(at, _)| at).collect(),
            ranges,
        })
    }

    /// Whether a mention is about it or stands in it.
    fn is_meant(&self, mention: &SourceMention) -> bool {
        let mut ranges = self.ranges.iter();
        self.is_named(mention) || ranges.any(|range| range.contains_range(mention.mention.range))
    }

    fn is_named(&self, mention: &SourceMention) -> bool {
        let symbol = mention.symbol.is_some_and(|at| self.symbols.contains(&at));
        symbol || mention.test.is_some_and(|at| self.tests.contains(&at))
    }
}

/// Ways to name an item with its feature, the shortest first.
fn names(feature: &Feature, id: &str) -> Vec<String> {
    let (path, name) = (&feature.path, &feature.name);
    match feature.format() {
        Format::SpecKit => vec![
            format!("{path}#{id}"),
            format!("{path} {id}"),
            format!("{path}/spec.md {id}"),
            format!("{name}/{id}"),
        ],
        Format::Kiro => vec![
            format!("{path} Requirements: {id}"),
            format!("Feature: {name}, Validates: Requirements {id}"),
        ],
        Format::OpenSpec => Vec::new(),
    }
}

/// What a comment to the end of the line begins with.
fn marks(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "py" | "pyi" | "pyw" | "rb" | "rake" | "gemspec" | "ru" | "sh" | "bash" | "bats"
        | "ksh" | "zsh" | "tf" | "hcl" | "tfvars" | "tofu" | "nomad" | "ex" | "exs" | "r"
        | "jl" | "pl" | "pm" | "nim" | "ps1" | "graphql" => "#",
        "sql" | "ddl" | "psql" | "lua" | "hs" => "--",
        _ => "//",
    }
}

/// Whether the source with its comment mentions the item for sure, right there, and otherwise says what it said.
fn is_proven(
    graph: &Graph,
    item: ItemRef,
    file: FileId,
    about: &About,
    planned: &Planned,
) -> Option<()> {
    let after = graph.apply(vec![planned.change(graph, file)?]);
    let (then, now) = (&graph.source(file)?.facts, &after.source(file)?.facts);
    let same = then.symbols_known == now.symbols_known
        && then
            .symbols
            .iter()
            .map(code::Symbol::qualified_name)
            .eq(now.symbols.iter().map(code::Symbol::qualified_name))
        && then
            .tests
            .iter()
            .map(|it| &it.full_name)
            .eq(now.tests.iter().map(|it| &it.full_name));
    let sure = |it: &CodeLink| {
        let there = now.mentions.get(it.mention as usize);
        matches!(&it.resolved, Resolved::Items(items, Basis::Declared) if items.as_slice() == [item])
            && there.is_some_and(|mention| about.is_named(mention))
    };
    let mut meant: Vec<&CodeLink> = after.code_links(file).iter().collect();
    let new = meant.iter().position(|it| sure(it))?;
    meant.remove(new);
    let before = graph.code_links(file).iter().map(|link| &link.resolved);
    let kept = before.eq(meant.iter().map(|link| &link.resolved));
    (same && kept).then_some(())
}
