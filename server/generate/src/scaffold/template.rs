//! A spec from a project's template: what is known is filled in, one example of each kind stays as a question in the
//! template's own words, comments to the author and further examples go. All other text stays as it is written.

use std::ops::Range;

use documents::{Document, DocumentKind, SectionTag};
use rustc_hash::FxHashMap;

use super::words::{MARK, asked};

/// What is known of a new feature.
pub(super) struct Facts<'a> {
    /// Name of its directory.
    pub(super) directory: &'a str,
    pub(super) title: &'a str,
    /// `2026-11-22`
    pub(super) today: &'a str,
    /// What the user asked for.
    pub(super) input: &'a str,
}

/// The template filled in, with the template's line breaks.
pub(super) fn fill(template: &str, facts: &Facts<'_>) -> String {
    let crlf = template.contains("\r\n");
    let text = template.replace("\r\n", "\n");
    let doc = documents::read(DocumentKind::Spec, &text);
    let mut draft = Draft {
        text: &text,
        doc: &doc,
        facts,
        cuts: Vec::new(),
        changes: Vec::new(),
    };
    draft.comments();
    draft.sections();
    draft.blocks();
    let filled = draft.finish();
    if crlf {
        filled.replace('\n', "\r\n")
    } else {
        filled
    }
}

/// What a comment begins with that speaks to a tool, not to the author.
const TOOLS: [&str; 6] = [
    "markdownlint",
    "prettier",
    "vale",
    "cspell",
    "textlint",
    "spell",
];

/// What stands for a day.
const DAYS: [&str; 7] = ["date", "日期", "日付", "날짜", "fecha", "data", "datum"];

/// What comes before an example in a bracket.
const EXAMPLES: [&str; 12] = [
    " - e.g.",
    " — e.g.",
    ", e.g.",
    " (e.g.",
    " e.g.,",
    "、例",
    "，例",
    "（例",
    " 例如",
    ", z. B.",
    ", p. ej.",
    ", por ejemplo",
];

/// A run of lines that belong together.
struct Block {
    range: Range<usize>,
    kind: Kind,
    /// Blanks before it.
    indent: usize,
    /// The innermost section, by index.
    section: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Heading(u8),
    Item,
    Row,
    Rule,
    Paragraph,
}

struct Draft<'a> {
    text: &'a str,
    doc: &'a Document,
    facts: &'a Facts<'a>,
    /// What goes, whole lines.
    cuts: Vec<Range<usize>>,
    changes: Vec<(Range<usize>, String)>,
}

impl Draft<'_> {
    fn comments(&mut self) {
        for range in &self.doc.opaque {
            let written = text::slice(self.text, *range);
            let inside = written.strip_prefix("<!--").map(str::trim_start);
            let to_author = inside.is_some_and(|it| !TOOLS.iter().any(|tool| it.starts_with(tool)));
            // What a template says of itself is no document's.
            let of_template = written.starts_with("---") && written.contains("emplate");
            if to_author || of_template {
                let start = usize::from(range.start());
                let line = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
                let end = self.line_end(range.end().into());
                let alone = self.text[line..start].trim().is_empty()
                    && self.text[usize::from(range.end())..end].trim().is_empty();
                self.cuts
                    .push(if alone { line..end } else { (*range).into() });
            }
        }
    }

    /// Optional sections that say nothing yet, and all but the first of those that differ in their number only.
    fn sections(&mut self) {
        let mut met: FxHashMap<(Option<u32>, u8, String), usize> = FxHashMap::default();
        for (at, section) in self.doc.sections.iter().enumerate() {
            let whole: Range<usize> = section.range.into();
            let heading = text::slice(self.text, section.title_range);
            let open = !groups(self.text, &whole).is_empty();
            if section.tag == SectionTag::Optional && section.level > 1 && open {
                self.cuts.push(whole);
                continue;
            }
            if groups(heading, &(0..heading.len())).is_empty() {
                continue;
            }
            let name: String = heading.chars().filter(|c| !c.is_numeric()).collect();
            if *met
                .entry((section.parent, section.level, name))
                .or_insert(at)
                != at
            {
                self.cuts.push(whole);
            }
        }
    }

    fn is_cut(&self, at: usize) -> bool {
        self.cuts.iter().any(|cut| cut.contains(&at))
    }

    fn line_end(&self, at: usize) -> usize {
        self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |end| at + end + 1)
    }

    /// What is kept, outside code and comments.
    fn cut_blocks(&self) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut open = false;
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            let range = start..start + line.trim_end_matches('\n').len();
            start += line.len();
            let bare = line.trim();
            let opaque = |at: usize| {
                let mut all = self.doc.opaque.iter();
                all.any(|it| Range::<usize>::from(*it).contains(&at))
            };
            if bare.is_empty() || opaque(range.start) || self.is_cut(range.start) {
                open = false;
                continue;
            }
            let kind = kind_of(bare);
            let continues = kind == Kind::Paragraph && !bare.starts_with("**") && open;
            if let Some(last) = blocks.last_mut().filter(|_| continues) {
                last.range.end = range.end;
                continue;
            }
            open = matches!(kind, Kind::Item | Kind::Paragraph);
            let sections = self.doc.sections.iter();
            let section = sections
                .clone()
                .rposition(|it| Range::<usize>::from(it.range).contains(&range.start));
            blocks.push(Block {
                indent: line.len() - line.trim_start().len(),
                range,
                kind,
                section,
            });
        }
        blocks
    }

    fn blocks(&mut self) {
        let blocks = self.cut_blocks();
        let mut kept: FxHashMap<(Option<usize>, Kind), Vec<String>> = FxHashMap::default();
        let mut thinned: Vec<Option<usize>> = Vec::new();
        // A sentence that speaks of the examples behind it.
        let mut lead: Option<Range<usize>> = None;
        let mut gone_below: Option<usize> = None;
        for block in &blocks {
            let whole = block.range.clone();
            let text = &self.text[whole.clone()];
            let found = groups(self.text, &whole);
            let example = !found.is_empty() || text.contains(MARK);
            let below =
                gone_below.filter(|indent| block.kind == Kind::Item && block.indent > *indent);
            let listed = matches!(block.kind, Kind::Item | Kind::Row);
            let mut goes = below.is_some();
            if listed && example && !goes {
                let said = said(self.text, &whole, &found);
                let known = kept.entry((block.section, block.kind)).or_default();
                goes = !known.is_empty() && (self.is_stock(&whole) || known.contains(&said));
                known.push(said);
            }
            goes |= block.kind == Kind::Paragraph && text.starts_with("[Add more");
            // A rule between sections of which the next is gone.
            let behind = self.line_end(whole.end);
            let next = behind + self.text[behind..].len() - self.text[behind..].trim_start().len();
            goes |= block.kind == Kind::Rule && self.is_cut(next);
            if goes {
                gone_below = Some(below.unwrap_or(block.indent));
                thinned.push(block.section);
                self.cut(&whole);
                if let Some(lead) = lead.take() {
                    self.cut(&lead);
                }
                continue;
            }
            gone_below = None;
            let single = ['*', '_'].into_iter().any(|mark| {
                let inner = text.strip_prefix(mark).and_then(|it| it.strip_suffix(mark));
                inner.is_some_and(|it| !it.starts_with(mark))
            });
            lead = (block.kind == Kind::Paragraph && single).then_some(whole);
            self.fill(block, found);
        }
        self.renumber(&blocks, &thinned);
    }

    fn cut(&mut self, whole: &Range<usize>) {
        self.cuts.push(whole.start..self.line_end(whole.end));
    }

    /// Whether a block is in the words of Spec Kit's own template.
    fn is_stock(&self, whole: &Range<usize>) -> bool {
        let mut all = self.doc.placeholders.iter();
        self.text[whole.clone()].contains(MARK)
            || all.any(|it| whole.contains(&usize::from(it.range.start())))
    }

    fn fill(&mut self, block: &Block, found: Vec<Range<usize>>) {
        let sections = &self.doc.sections;
        let first = sections.iter().find(|section| section.level == 2);
        let in_head = first.is_none_or(|it| block.range.start < usize::from(it.range.start()));
        for group in found {
            let inner = &self.text[group.start + 1..group.end - 1];
            let lower = inner.trim().to_lowercase();
            let new = if inner.contains("###") {
                self.facts.directory.to_owned()
            } else if matches!(block.kind, Kind::Heading(_)) || lower == "feature name" {
                self.facts.title.to_owned()
            } else if in_head && (DAYS.contains(&lower.as_str()) || lower.contains("yyyy")) {
                self.facts.today.to_owned()
            } else {
                asked(&question(inner))
            };
            self.changes.push((group, new));
        }
        let text = &self.text[block.range.clone()];
        for (at, input) in text.match_indices("$ARGUMENTS") {
            let start = block.range.start + at;
            let given = self.facts.input.trim().to_owned();
            self.changes.push((start..start + input.len(), given));
        }
    }

    /// Ids count on where some between them are gone.
    fn renumber(&mut self, blocks: &[Block], thinned: &[Option<usize>]) {
        let mut last: FxHashMap<(Option<usize>, &str), u64> = FxHashMap::default();
        for block in blocks {
            if block.kind != Kind::Item || !thinned.contains(&block.section) {
                continue;
            }
            if self.is_cut(block.range.start) {
                continue;
            }
            let Some(digits) = numbered(self.text, &block.range) else {
                continue;
            };
            let line = block.range.start;
            let stem = self.text[line..digits.start].trim_start();
            let Ok(own) = self.text[digits.clone()].parse::<u64>() else {
                continue;
            };
            let number = match last.get(&(block.section, stem)) {
                Some(before) => before + 1,
                None => own,
            };
            last.insert((block.section, stem), number);
            if number != own {
                let width = digits.len();
                self.changes.push((digits, format!("{number:0width$}")));
            }
        }
    }

    fn finish(mut self) -> String {
        self.cuts.sort_by_key(|cut| cut.start);
        self.changes.sort_by_key(|(range, _)| range.start);
        let mut out = String::with_capacity(self.text.len());
        let mut at = 0;
        let mut cuts = self.cuts.iter().peekable();
        let mut changes = self.changes.iter().peekable();
        while at < self.text.len() {
            let cut = cuts.peek().map_or(self.text.len(), |cut| cut.start);
            let change = changes.peek().map_or(self.text.len(), |(it, _)| it.start);
            let next = cut.min(change).max(at);
            out.push_str(&self.text[at..next]);
            at = next;
            if let Some(cut) = cuts.next_if(|cut| cut.start <= at) {
                at = at.max(cut.end);
            } else if let Some((range, new)) = changes.next_if(|(it, _)| it.start <= at)
                && range.start == at
            {
                out.push_str(new);
                at = range.end;
            }
        }
        without_gaps(&out)
    }
}

fn kind_of(line: &str) -> Kind {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    let start = grammar::line_start(line, text::TextSize::new(0));
    if (1..=6).contains(&level) && line[level..].starts_with([' ', '\t']) {
        Kind::Heading(level as u8)
    } else if line.len() >= 3 && line.bytes().all(|b| b == b'-' || b == b'*' || b == b'_') {
        Kind::Rule
    } else if start.marker.is_some() {
        Kind::Item
    } else if line.starts_with('|') {
        Kind::Row
    } else {
        Kind::Paragraph
    }
}

/// The digits of the id that an item begins with: `001` of `- **FR-001**: ...`, `1` of `1. ...`.
fn numbered(text: &str, block: &Range<usize>) -> Option<Range<usize>> {
    let line = &text[block.clone()];
    let head = line
        .trim_start()
        .trim_start_matches(['-', '*', '+', ' ', '`', '_']);
    let letters = head.trim_start_matches(|c: char| c.is_ascii_uppercase() || c == '-');
    let digits = letters.bytes().take_while(u8::is_ascii_digit).count();
    let start = block.end - letters.len();
    (digits > 0).then_some(start..start + digits)
}

/// What an example says besides its brackets and its id.
fn said(text: &str, whole: &Range<usize>, groups: &[Range<usize>]) -> String {
    let start = numbered(text, whole).map_or(whole.start, |digits| digits.end);
    let mut at = start;
    let mut out = String::new();
    for group in groups {
        out.push_str(text.get(at..group.start).unwrap_or_default());
        at = group.end;
    }
    out.push_str(text.get(at..whole.end).unwrap_or_default());
    out.retain(char::is_alphanumeric);
    out
}

/// Brackets that stand for something to be filled in, the outermost ones.
fn groups(text: &str, within: &Range<usize>) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = within.start;
    while at < within.end {
        match bytes[at] {
            b'`' => {
                let ticks = bytes[at..within.end]
                    .iter()
                    .take_while(|b| **b == b'`')
                    .count();
                let inside = at + ticks;
                let close = text[inside..within.end].find(&text[at..inside]);
                let end = close.map_or(inside, |close| inside + close);
                // In code only the name of the feature is meant.
                if let Some(open) = text[inside..end].find("[###")
                    && let Some(close) = text[inside + open..end].find(']')
                {
                    found.push(inside + open..inside + open + close + 1);
                }
                at = end + if close.is_some() { ticks } else { 0 };
            }
            b'[' => match closing(bytes, at, within.end) {
                Some(end) => {
                    if is_open(text, at, end) {
                        found.push(at..end);
                    }
                    at = end;
                }
                None => at += 1,
            },
            _ => at += 1,
        }
    }
    found
}

/// Behind the bracket that closes the one at `open`; a blank line is the end of all.
fn closing(bytes: &[u8], open: usize, end: usize) -> Option<usize> {
    let mut depth = 0_u32;
    for (at, byte) in bytes.iter().enumerate().take(end).skip(open) {
        match byte {
            b'[' => depth += 1,
            b']' => depth -= 1,
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// Whether a bracket is no link, mark, box or question.
fn is_open(text: &str, open: usize, end: usize) -> bool {
    let inner = text[open + 1..end - 1].trim();
    let behind = text.as_bytes().get(end);
    let link = matches!(behind, Some(b'(' | b'[')) || text[..open].ends_with('!');
    let label = inner
        .bytes()
        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'?')
        && inner.len() < 4;
    !link
        && !label
        && inner.chars().count() > 1
        && !inner.starts_with('^')
        && !inner.starts_with("NEEDS CLARIFICATION")
}

/// The question that a bracket asks: its words without their examples.
fn question(inner: &str) -> String {
    let words: Vec<&str> = inner.split_whitespace().collect();
    let words = words.join(" ");
    let words = words.strip_prefix("e.g., ").unwrap_or(&words);
    let cut = EXAMPLES.iter().filter_map(|mark| words.find(mark)).min();
    let mut said = words[..cut.unwrap_or(words.len())].to_owned();
    if said.trim().is_empty() {
        words.clone_into(&mut said);
    }
    said = said.replace(" or NEEDS CLARIFICATION", "");
    said.retain(|c| !matches!(c, '[' | ']' | '"' | '\u{201c}' | '\u{201d}'));
    let ends = |c: char| {
        c.is_whitespace() || matches!(c, '.' | ',' | ':' | ';' | '?' | '？' | '。' | '、')
    };
    let said = said.trim_matches(ends);
    let wide = said.chars().next_back().is_some_and(|c| c >= '\u{3000}');
    format!("{said}{}", if wide { "？" } else { "?" })
}

/// One empty line in place of several, but in fences; one line break at the end.
fn without_gaps(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut fenced, mut blank) = (false, false);
    for line in text.trim_start_matches('\n').split_inclusive('\n') {
        let bare = line.trim();
        fenced ^= bare.starts_with("```") || bare.starts_with("~~~");
        let is_blank = bare.is_empty() && !fenced;
        if !(is_blank && blank) {
            out.push_str(line);
        }
        blank = is_blank;
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::question;

    #[test]
    fn a_bracket_asks_in_its_own_words() {
        for (inner, asked) in [
            (
                "Measurable metric, e.g., \"Users can ...\"",
                "Measurable metric?",
            ),
            ("initial state", "initial state?"),
            ("Describe how - e.g., \"by [action]\"", "Describe how?"),
            ("具体能力，例如“创建账户”", "具体能力？"),
            ("e.g., Python 3.11 or NEEDS CLARIFICATION", "Python 3.11?"),
            ("cite the\n  section.", "cite the section?"),
        ] {
            assert_eq!(question(inner), asked);
        }
    }
}
