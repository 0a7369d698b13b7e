//! Block structure of a document: one pass over pulldown-cmark's events.
//!
//! What is kept is a flat list of the blocks that can say something (headings, paragraphs, list items,
//! table rows) and the stretches that cannot (fenced code, comments, front matter).

mod again;

pub(crate) use again::KnownBlocks;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// Items of deeper lists say nothing; nobody writes them, and reading their first lines would cost.
const DEEPEST: usize = 16;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// A heading that opens a section; its level.
    Heading(u8),
    /// A paragraph; inside a list item only where the list is loose.
    Paragraph,
    /// A list item.
    Item,
    /// The head of a table.
    Head,
    /// A row of a table's body.
    Row,
}

/// A block and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    /// Bytes of the text; trailing blanks and line breaks left out.
    pub(crate) range: Range<usize>,
    /// Lists around it, its own included.
    pub(crate) depth: u16,
    /// In a numbered list.
    pub(crate) ordered: bool,
    /// Inside a block quote or a footnote: quoted, not stated.
    pub(crate) quoted: bool,
    /// The last heading before it.
    pub(crate) section: Option<u32>,
}

/// The blocks of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Blocks {
    /// In document order.
    pub(crate) list: Vec<Block>,
    /// Fenced code, HTML comments and front matter; ascending.
    pub(crate) opaque: Vec<Range<usize>>,
    /// Inline code with its backticks; ascending.
    pub(crate) code: Vec<Range<usize>>,
    /// Inline links and images: their bytes, and where they lead.
    pub(crate) links: Vec<(Range<usize>, String)>,
    /// Line breaks inside a paragraph that only wrap it; ascending.
    pub(crate) wraps: Vec<Range<usize>>,
    /// By heading: whether anything stands below it.
    pub(crate) filled: Vec<bool>,
}

/// Reads the blocks of `text`; ranges are offsets into it.
pub(crate) fn read(text: &str) -> Blocks {
    let mut base = text::bom_len(text);
    let front = super::front_matter::len(&text[base..]);
    let mut reader = Reader {
        text,
        ..Reader::default()
    };
    if front > 0 {
        let end = base + text[base..base + front].trim_end().len();
        reader.blocks.opaque.push(base..end);
        base += front;
    }
    reader.read(base..text.len());
    reader.blocks
}

/// Reads the blocks of a part of `text` that begins with a heading, the one after `headings` others.
fn read_section(text: &str, part: Range<usize>, headings: u32) -> Blocks {
    let mut reader = Reader {
        text,
        headings,
        ..Reader::default()
    };
    reader.read(part);
    reader.blocks
}

/// The text with every lone carriage return as a line feed: pulldown-cmark knows them in some blocks only.
fn lone_returns(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let lone = |&at: &usize| bytes.get(at + 1) != Some(&b'\n');
    let mut returns = memchr::memchr_iter(b'\r', bytes).filter(lone).peekable();
    if returns.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut lines = String::with_capacity(text.len());
    let mut from = 0;
    for at in returns {
        lines.push_str(&text[from..at]);
        lines.push('\n');
        from = at + 1;
    }
    lines.push_str(&text[from..]);
    Cow::Owned(lines)
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    blocks: Blocks,
    /// Whether each open list is numbered.
    lists: Vec<bool>,
    quotes: u32,
    headings: u32,
    /// An HTML block's first byte.
    html: Option<usize>,
}

impl Reader<'_> {
    fn read(&mut self, part: Range<usize>) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_GFM;
        let text = self.text;
        let lines = lone_returns(&text[part.clone()]);
        for (event, range) in Parser::new_ext(&lines, options).into_offset_iter() {
            self.event(&event, part.start + range.start..part.start + range.end);
        }
    }

    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag, &range),
            Event::Code(_) => self.blocks.code.push(range),
            Event::SoftBreak => self.blocks.wraps.push(range),
            Event::InlineHtml(html) if html.starts_with("<!--") => self.blocks.opaque.push(range),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                if self.lists.is_empty()
                    && self.quotes == 0
                    && is_heading(&self.text[range.clone()])
                {
                    self.blocks.filled.push(false);
                    self.headings += 1;
                    self.push(BlockKind::Heading(number(*level)), range);
                } else {
                    self.fill();
                    self.push(BlockKind::Paragraph, range);
                }
            }
            Tag::Paragraph => {
                self.fill();
                self.push(BlockKind::Paragraph, range);
            }
            Tag::List(first) => {
                self.fill();
                self.lists.push(first.is_some());
            }
            Tag::Item if self.lists.len() <= DEEPEST => self.push(BlockKind::Item, range),
            Tag::TableHead => self.push(BlockKind::Head, range),
            Tag::TableRow => self.push(BlockKind::Row, range),
            Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => {
                self.fill();
                self.quotes += 1;
            }
            Tag::CodeBlock(kind) => {
                self.fill();
                match kind {
                    CodeBlockKind::Fenced(_) => {
                        let range = self.trimmed(range);
                        self.blocks.opaque.push(range);
                    }
                    CodeBlockKind::Indented if self.lists.is_empty() => self.indented(range),
                    CodeBlockKind::Indented => {}
                }
            }
            Tag::Link {
                link_type: LinkType::Inline,
                dest_url,
                ..
            }
            | Tag::Image {
                link_type: LinkType::Inline,
                dest_url,
                ..
            } => self.blocks.links.push((range, dest_url.to_string())),
            Tag::HtmlBlock => self.html = Some(range.start),
            Tag::Table(_) => self.fill(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => self.quotes -= 1,
            TagEnd::HtmlBlock => {
                let start = self.html.take().unwrap_or(range.start);
                self.comments(start..range.end);
            }
            _ => {}
        }
    }

    /// A list indented by four columns is code in Markdown; the people and tools that write it mean a list.
    fn indented(&mut self, block: Range<usize>) {
        let mut item: Option<Range<usize>> = None;
        let mut at = block.start;
        while at < block.end {
            let end = line_end(self.text, at).min(block.end);
            let start = end - self.text[at..end].trim_start().len();
            if grammar::line_start(&self.text[start..end], text::TextSize::new(0))
                .marker
                .is_some()
                && let Some(item) = item.replace(start..end)
            {
                self.listed(item);
            }
            if let Some(item) = &mut item {
                item.end = end;
            }
            at = next_line(self.text, end);
        }
        if let Some(item) = item {
            self.listed(item);
        }
    }

    fn listed(&mut self, item: Range<usize>) {
        self.lists.push(false);
        self.push(BlockKind::Item, item);
        self.lists.pop();
    }

    /// Keeps the comments of an HTML block; anything else in it is content.
    fn comments(&mut self, block: Range<usize>) {
        let mut at = block.start;
        while let Some(open) = self.text[at..block.end].find("<!--") {
            let open = at + open;
            if !self.text[at..open].trim().is_empty() {
                self.fill();
            }
            let close = self.text[open..block.end].find("-->");
            at = close.map_or(block.end, |close| open + close + 3);
            let comment = self.trimmed(open..at);
            self.blocks.opaque.push(comment);
        }
        if !self.text[at..block.end].trim().is_empty() {
            self.fill();
        }
    }

    fn push(&mut self, kind: BlockKind, range: Range<usize>) {
        let range = self.trimmed(range);
        self.blocks.list.push(Block {
            kind,
            range,
            depth: u16::try_from(self.lists.len()).unwrap_or(u16::MAX),
            ordered: self.lists.last().copied().unwrap_or(false),
            quoted: self.quotes > 0,
            section: self.headings.checked_sub(1),
        });
    }

    /// Something stands below the last heading.
    fn fill(&mut self) {
        if let Some(last) = self.blocks.filled.last_mut() {
            *last = true;
        }
    }

    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let written = &self.text[range.clone()];
        range.start..range.start + written.trim_end().len()
    }
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}

/// A rule of dashes right below a sentence makes it a heading in Markdown, but nobody meant one:
/// labels (`**Checkpoint**: ...`), sentences and paragraphs of several lines stay paragraphs.
fn is_heading(written: &str) -> bool {
    let written = written.trim();
    if written.starts_with('#') {
        return true;
    }
    let end = line_end(written, 0);
    let line = written[..end].trim_end();
    let underline = &written[next_line(written, end)..];
    line.len() <= 120
        && line_end(underline, 0) == underline.len()
        && !line.starts_with("**")
        && !line.starts_with("__")
        && !line.ends_with(['.', ':', ';', ',', '。', '：', '、'])
}

/// The text with wrapped paragraphs on one line, byte for byte as long: a formatter may have broken
/// `Spec 009 US2` anywhere.
pub(crate) fn joined<'a>(text: &'a str, wraps: &[Range<usize>]) -> Cow<'a, str> {
    if wraps.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut joined = String::with_capacity(text.len());
    let mut at = 0;
    for wrap in wraps {
        joined.push_str(&text[at..wrap.start]);
        for c in text[wrap.clone()].chars() {
            joined.push(if matches!(c, '\n' | '\r') { ' ' } else { c });
        }
        at = wrap.end;
    }
    joined.push_str(&text[at..]);
    Cow::Owned(joined)
}

/// Offset of the line break (or the end) at or behind `at`.
pub(crate) fn line_end(text: &str, at: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &text.as_bytes()[at..]).map_or(text.len(), |found| at + found)
}

/// Offset behind the line break at `end`.
pub(crate) fn next_line(text: &str, end: usize) -> usize {
    match text.as_bytes()[end..] {
        [b'\r', b'\n', ..] => end + 2,
        [_, ..] => end + 1,
        [] => end,
    }
}
