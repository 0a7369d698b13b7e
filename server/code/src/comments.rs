//! What is said in comments, docstrings, test names and titles: mentions, spec paths, the file's head.

mod nest;
mod tagged;

use std::{ops::Range, sync::OnceLock};

use regex::Regex;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::{TextRange, TextSize};

use crate::{
    MAX_SYMBOLS, Place, SourceFacts, SourceMention, SpecPath, cited, head, is_source_path,
    read::Spoken,
};
use nest::Nest;

/// Longest string that can pass for a title, in bytes.
const MAX_TITLE: usize = 300;

/// Which comments document something.
#[derive(Clone, Copy)]
pub(crate) struct Docs {
    /// Whether a comment, given with its marks, does.
    pub(crate) is_doc: fn(&str) -> bool,
    /// Whether any comment directly above a symbol does.
    pub(crate) above: bool,
}

/// A comment without the line end that some grammars count in.
pub(crate) fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let written = text.get(span.clone()).unwrap_or_default();
    span.start..span.start + written.trim_end().len()
}

/// Reads everything in `spoken` (sorted) into `facts`, whose symbols, tests and groups are complete.
pub(crate) fn assemble(docs: Docs, text: &str, spoken: &Spoken, facts: &mut SourceFacts) {
    let around = Around::of(facts);
    let head_end = head::end(text);
    let mut said = cited::Said::default();
    let mut named = head::Names::default();
    let mut behind: Vec<Range<usize>> = Vec::new();
    for block in blocks(docs.is_doc, text, spoken) {
        let written = text.get(block.span.clone()).unwrap_or_default();
        let place = if block.doc {
            Place::DocComment
        } else {
            Place::Comment
        };
        let base = TextSize::new(block.span.start as u32);
        let mut found = Vec::new();
        grammar::mentions(written, base, &mut found);
        found.retain(|mention| !is_shellcheck(&mention.key));
        cited::read(written, base, &mut found, &mut said);
        let found = tagged::read(written, base, found);
        let paths = spec_paths(written, block.span.start);
        let in_head =
            block.span.start < head_end && around.symbols.innermost(block.span.start).is_none();
        if in_head {
            named.append(head::read(written, block.span.start));
        } else {
            behind.push(block.span.clone());
        }
        if found.is_empty() && paths.is_empty() {
            continue;
        }
        let at = around.of_comment(text, spoken, &block);
        let place = if docs.above && !block.trailing && around.is_above_symbol(text, spoken, &block)
        {
            Place::DocComment
        } else {
            place
        };
        facts.mentions.extend(
            found
                .into_iter()
                .map(|(mention, tag)| at.tagged(mention, place, tag)),
        );
        facts
            .paths
            .extend(paths.into_iter().map(|(path, range)| SpecPath {
                path,
                range,
                symbol: at.symbol,
                test: at.test,
            }));
    }
    let mut titles = Vec::new();
    names(text, &around, facts, &mut titles, &mut said);
    strings(text, spoken, &around, &titles, facts, &mut said);
    annotations(text, spoken, &around, facts);

    facts.head.append(&mut named.own);
    if !facts.mentions.is_empty() {
        facts.named.append(&mut named.others);
        for span in behind {
            let written = text.get(span.clone()).unwrap_or_default();
            let mut names = head::read(written, span.start);
            facts.named.append(&mut names.own);
            facts.named.append(&mut names.others);
        }
    }
    for named in [&mut facts.head, &mut facts.named] {
        named.sort_by_key(|qualifier| (qualifier.range.start(), qualifier.range.end()));
        named.dedup();
        named.truncate(MAX_SYMBOLS);
    }
    facts
        .mentions
        .sort_by_key(|found| found.mention.range.start());
    facts.properties = said.titles;
    facts.cited_lists = said.lists;
    facts.declared = said.declared;
    facts.declared.sort_unstable();
    facts.declared.dedup();
    facts.cited_lists.sort_by_key(|list| list.start());
    facts.cited_lists.truncate(MAX_SYMBOLS);
    facts.properties.sort_by_key(|said| said.number.start());
    facts.properties.truncate(MAX_SYMBOLS);
    facts.truncated |= facts.mentions.len().max(facts.paths.len()) > MAX_SYMBOLS;
    facts.mentions.truncate(MAX_SYMBOLS);
    facts.paths.sort_by_key(|path| path.range.start());
    facts.paths.truncate(MAX_SYMBOLS);
}

/// The mentions of a text as if it were one comment, with their tags; without places of Kiro specs.
pub(crate) fn tagged_mentions(text: &str) -> Vec<tagged::Found> {
    let base = TextSize::new(0);
    let mut found = Vec::new();
    grammar::mentions(text, base, &mut found);
    found.retain(|mention| !is_shellcheck(&mention.key));
    tagged::read(text, base, found)
}

/// Names of tests and groups. `titles` gets the starts of their ranges.
fn names(
    text: &str,
    around: &Around,
    facts: &mut SourceFacts,
    titles: &mut Vec<usize>,
    said: &mut cited::Said,
) {
    let tests = (0_u32..).zip(&facts.tests).flat_map(|(index, test)| {
        let group = around.groups.innermost(test.range.start().into());
        std::iter::once(test.name_range)
            .chain(test.title)
            .map(move |range| (range, Some(index), group))
    });
    let groups = (0_u32..).zip(&facts.groups).flat_map(|(index, group)| {
        std::iter::once(group.name_range)
            .chain(group.title)
            .map(move |range| (range, None, Some(index)))
    });
    let mut found = Vec::new();
    for (range, test, group) in tests.chain(groups) {
        let name = text::slice(text, range);
        let mut ids = Vec::new();
        if name
            .chars()
            .all(|c| c.is_alphanumeric() || c == '_' || c == '$')
        {
            grammar::mentions_in_identifier(name, range.start(), &mut ids);
        } else {
            grammar::mentions(name, range.start(), &mut ids);
            cited::read(name, range.start(), &mut ids, said);
        }
        titles.push(range.start().into());
        let symbol = around.symbols.innermost(range.start().into());
        found.extend(ids.into_iter().map(|mention| SourceMention {
            mention,
            place: Place::TestName,
            symbol,
            test,
            group,
            tag: None,
        }));
    }
    titles.sort_unstable();
    facts.mentions.extend(found);
}

/// Strings that read like a title: `"FR-001: rejects an empty name"`.
fn strings(
    text: &str,
    spoken: &Spoken,
    around: &Around,
    titles: &[usize],
    facts: &mut SourceFacts,
    said: &mut cited::Said,
) {
    for span in &spoken.strings {
        let Some(inner) = title_like(text, span) else {
            continue;
        };
        if spoken
            .docstrings
            .binary_search_by_key(&span.start, |span| span.start)
            .is_ok()
            || titles.binary_search(&inner.start).is_ok()
        {
            continue;
        }
        let written = &text[inner.clone()];
        let base = TextSize::new(inner.start as u32);
        let mut ids = Vec::new();
        grammar::mentions(written, base, &mut ids);
        let mut own = cited::Said::default();
        let of_a_spec = OF_A_SPEC.iter().any(|word| written.starts_with(word));
        if of_a_spec {
            cited::read(written, base, &mut ids, &mut own);
        }
        let Some(first) = ids.first() else { continue };
        if !of_a_spec
            && usize::from(first.range.start() - base)
                > written.len() - written.trim_start_matches(OPENERS).len()
        {
            continue;
        }
        let at = around.of_offset(span.start);
        said.append(own);
        facts.mentions.extend(
            ids.into_iter()
                .map(|mention| at.mention(mention, Place::String)),
        );
    }
}

/// Ids in annotations: `@Requirements("REQ_001")`. They belong to the item they stand on.
fn annotations(text: &str, spoken: &Spoken, around: &Around, facts: &mut SourceFacts) {
    let mut found = Vec::new();
    grammar::annotations(text, TextSize::new(0), &mut found);
    let mut kept = FxHashSet::default();
    for tagged in found {
        let start = usize::from(tagged.range.start());
        let inside = |spans: &[Range<usize>]| {
            let next = spans.partition_point(|span| span.start <= start);
            next.checked_sub(1)
                .is_some_and(|last| spans[last].end > start)
        };
        if inside(&spoken.comments) || inside(&spoken.docstrings) || inside(&spoken.strings) {
            continue;
        }
        kept.insert(tagged.mention.range);
        let end = usize::from(tagged.range.end());
        let below = |nest: &Nest, around: Option<u32>| {
            let gap = |start: usize| text.get(end..start).is_some_and(is_annotations);
            nest.next(end)
                .filter(|(_, start)| gap(*start))
                .map_or(around, |(index, _)| Some(index))
        };
        let at = around.of_offset(start);
        let at = At {
            symbol: below(&around.symbols, at.symbol),
            test: below(&around.tests, at.test),
            group: below(&around.groups, at.group),
        };
        let tag = Some(Box::new(tagged.tag));
        facts
            .mentions
            .push(at.tagged(tagged.mention, Place::Annotation, tag));
    }
    // A string in an annotation may have been read as a title.
    let twice = |each: &SourceMention| kept.contains(&each.mention.range);
    facts
        .mentions
        .retain(|each| each.place == Place::Annotation || !twice(each));
}

/// Only annotations stand between an annotation and what begins here.
fn is_annotations(gap: &str) -> bool {
    gap.len() < 1_000
        && gap.lines().skip(1).all(|line| {
            let line = line.trim_start();
            line.is_empty() || line.starts_with(['@', '#', '[', ')', ']', '"', '\''])
        })
        && gap
            .lines()
            .next()
            .is_none_or(|line| line.trim().is_empty() || line.trim() == "]")
}

/// `SC2086` of `# shellcheck disable=SC2086`: no success criterion has four digits and no dash.
fn is_shellcheck(key: &str) -> bool {
    key.strip_prefix("SC")
        .is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// How titles begin that cite a Kiro spec.
const OF_A_SPEC: [&str; 4] = ["Feature:", "Property ", "Requirement", "Validates"];

/// What may stand before the id of a title.
const OPENERS: [char; 2] = ['[', '('];

/// The contents of a string that begins like an id and goes on in words.
fn title_like(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    if span.len() > MAX_TITLE {
        return None;
    }
    let written = text.get(span.clone())?;
    let quoted = written
        .trim_start_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, '#' | '@' | '$'));
    let inner = quoted.trim_start_matches(['"', '\'', '`']);
    let start = span.start + (written.len() - inner.len());
    let inner = inner
        .trim_end_matches('#')
        .trim_end_matches(['"', '\'', '`']);
    let body = inner.trim_start_matches(OPENERS);
    (quoted.len() < written.len() + 1
        && body.starts_with(|c: char| c.is_ascii_uppercase())
        && body.contains(|c: char| c.is_ascii_digit())
        && body.contains(' ')
        && !body.contains('\n'))
    .then(|| start..start + inner.len())
}

/// Comments that are read as one text.
struct Block {
    span: Range<usize>,
    doc: bool,
    /// Code stands before it on its first line.
    trailing: bool,
    docstring: bool,
}

fn blocks(is_doc: fn(&str) -> bool, text: &str, spoken: &Spoken) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for span in &spoken.comments {
        let written = text.get(span.clone()).unwrap_or_default();
        let (doc, trailing) = (is_doc(written), before_on_line(text, span.start).is_some());
        if let Some(last) = blocks.last_mut()
            && !trailing
            && !last.trailing
            && last.doc == doc
            && !written.starts_with("/*")
            && text
                .get(last.span.clone())
                .is_some_and(|head| are_alike(head, written))
            && text
                .get(last.span.end..span.start)
                .is_some_and(|gap| gap.trim().is_empty() && gap.matches('\n').count() == 1)
        {
            last.span.end = span.end;
        } else {
            blocks.push(Block {
                span: span.clone(),
                doc,
                trailing,
                docstring: false,
            });
        }
    }
    blocks.extend(spoken.docstrings.iter().map(|span| Block {
        span: span.clone(),
        doc: true,
        trailing: false,
        docstring: true,
    }));
    blocks
}

/// Whether two comments begin with the same mark; duvet's `#=` and `##` go on with each other.
fn are_alike(above: &str, below: &str) -> bool {
    let duvet = |comment: &str| comment.starts_with("#=") || comment.starts_with("##");
    above.get(..2) == below.get(..2) || duvet(above) && duvet(below)
}

/// Where the code before `position` on the same line begins.
fn before_on_line(text: &str, position: usize) -> Option<usize> {
    let head = text.get(..position)?;
    let line = head.rfind('\n').map_or(0, |end| end + 1);
    let code = head[line..].trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    (!code.is_empty()).then(|| position - code.len())
}

/// Symbols, tests and groups by offset.
struct Around {
    symbols: Nest,
    tests: Nest,
    groups: Nest,
    /// `//!` speaks of what is around it, as in Rust. Doxygen's speaks of what is below.
    inner_marks: bool,
}

/// What a comment or string belongs to.
#[derive(Clone, Copy)]
struct At {
    symbol: Option<u32>,
    test: Option<u32>,
    group: Option<u32>,
}

impl At {
    fn mention(self, mention: grammar::Mention, place: Place) -> SourceMention {
        self.tagged(mention, place, None)
    }

    fn tagged(
        self,
        mention: grammar::Mention,
        place: Place,
        tag: Option<Box<grammar::Tag>>,
    ) -> SourceMention {
        SourceMention {
            mention,
            place,
            symbol: self.symbol,
            test: self.test,
            group: self.group,
            tag,
        }
    }
}

impl Around {
    fn of(facts: &SourceFacts) -> Self {
        Self {
            symbols: Nest::new(facts.symbols.iter().map(|symbol| symbol.range)),
            tests: Nest::new(facts.tests.iter().map(|test| test.range)),
            groups: Nest::new(facts.groups.iter().map(|group| group.range)),
            inner_marks: facts.language == Some(crate::Language::Rust),
        }
    }

    fn of_offset(&self, position: usize) -> At {
        At {
            symbol: self.symbols.innermost(position),
            test: self.tests.innermost(position),
            group: self.groups.innermost(position),
        }
    }

    fn is_above_symbol(&self, text: &str, spoken: &Spoken, block: &Block) -> bool {
        let end = block.span.end;
        self.symbols
            .next(end)
            .is_some_and(|(_, start)| spoken.only_comments(text, end, start, 1))
    }

    /// A comment after code belongs to that code's line; else to what begins directly below it; else to what is around it.
    fn of_comment(&self, text: &str, spoken: &Spoken, block: &Block) -> At {
        let Range { start, end } = block.span;
        if let Some(code) = block
            .trailing
            .then(|| before_on_line(text, start))
            .flatten()
        {
            return self.of_offset(code);
        }
        let around = self.of_offset(start);
        let written = text.get(block.span.clone()).unwrap_or_default();
        let inner = self.inner_marks && (written.starts_with("//!") || written.starts_with("/*!"));
        if block.docstring || inner {
            return around;
        }
        let below = |nest: &Nest| {
            nest.next(end)
                .filter(|(_, start)| spoken.only_comments(text, end, *start, 1))
                .map(|(index, _)| index)
        };
        At {
            symbol: below(&self.symbols).or(around.symbol),
            test: below(&self.tests).or(around.test),
            group: below(&self.groups).or(around.group),
        }
    }
}

/// Directories below which specs are kept.
const ROOTS: [&str; 4] = ["specs", ".kiro", ".specify", "openspec"];

/// Paths with a directory of specs in them.
fn spec_paths(written: &str, base: usize) -> Vec<(SmolStr, TextRange)> {
    static PATH: OnceLock<Option<Regex>> = OnceLock::new();
    const MARKS: [&str; 4] = ["specs/", ".kiro/", ".specify/", "openspec/"];
    if !MARKS.iter().any(|mark| written.contains(mark)) {
        return Vec::new();
    }
    let pattern = PATH.get_or_init(|| {
        Regex::new(r"[\w./~@+-]*(?:specs|\.kiro|\.specify|openspec)/[\w./@%+-]*").ok()
    });
    let Some(pattern) = pattern else {
        return Vec::new();
    };
    pattern
        .find_iter(written)
        .filter_map(|found| {
            let path = found.as_str().trim_end_matches(['.', '-', '/']);
            let mut parts = path
                .split('/')
                .skip_while(|part| part.is_empty() || matches!(*part, "." | ".."));
            let is_root = |part: &str| ROOTS.contains(&part);
            let at_root = parts.clone().next().is_some_and(is_root);
            // `src/features/specs/a.ts` is code; `//host/...` is what is left of a URL.
            let kept = parts.any(is_root)
                && parts.next().is_some()
                && (at_root || !is_source_path(path))
                && !path.contains("//");
            kept.then(|| {
                let start = base + found.start();
                (SmolStr::new(path), text::span(start, start + path.len()))
            })
        })
        .collect()
}
