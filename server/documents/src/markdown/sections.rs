//! Headings and what stands below them.

use super::blocks::{Block, BlockKind, Blocks};
use crate::model::{Section, SectionTag};
use crate::words;
use smol_str::SmolStr;
use std::ops::Range;

/// Sections of a text, one per heading block, in the same order.
pub(crate) fn read(text: &str, blocks: &Blocks) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::with_capacity(blocks.filled.len());
    let mut filled = blocks.filled.clone();
    // Open sections: level and index.
    let mut open: Vec<(u8, usize)> = Vec::new();
    for block in &blocks.list {
        let BlockKind::Heading(level) = block.kind else {
            continue;
        };
        while let Some(&(last, index)) = open.last() {
            if last < level {
                break;
            }
            open.pop();
            let section = &mut sections[index];
            section.range = text::span(section.range.start().into(), block.range.start);
        }
        if let Some(&(_, parent)) = open.last() {
            filled[parent] = true;
        }
        let written = written(text, block);
        let (title, tag) = title(&text[written.clone()]);
        sections.push(Section {
            level,
            title,
            title_range: text::span(written.start, written.end),
            tag,
            heading: text::span(block.range.start, block.range.end),
            range: text::span(block.range.start, text.len()),
            parent: open.last().map(|&(_, index)| index as u32),
            empty: false,
        });
        open.push((level, sections.len() - 1));
    }
    for (section, filled) in sections.iter_mut().zip(filled) {
        section.empty = !filled;
    }
    sections
}

/// The heading's text without its marks.
fn written(text: &str, block: &Block) -> Range<usize> {
    let whole = &text[block.range.clone()];
    let mut start = block.range.start;
    let mut end = block.range.end;
    if whole.starts_with('#') {
        start += whole.len() - whole.trim_start_matches('#').len();
        let rest = text[start..end].trim_end_matches('#');
        if rest.ends_with([' ', '\t']) || rest.is_empty() {
            end = start + rest.len();
        }
    } else {
        // Underlined: the last line is the rule.
        end = start + whole.rfind(['\n', '\r']).unwrap_or(whole.len());
    }
    trim(text, start..end)
}

/// `range` without surrounding blanks.
pub(crate) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let written = &text[range.clone()];
    let start = range.start + (written.len() - written.trim_start().len());
    let end = start + written.trim().len();
    start..end
}

/// A heading's title and tag.
fn title(written: &str) -> (SmolStr, SectionTag) {
    let (rest, tag) = untagged(plain_end(written));
    let rest = unnumbered(plain_start(rest));
    let rest = plain_end(plain_start(rest)).trim_end_matches([':', '：']);
    (SmolStr::new(unemphasised(rest).trim()), tag)
}

/// Without the emphasis around the whole.
fn unemphasised(title: &str) -> &str {
    for mark in ["**", "__", "*", "_"] {
        if let Some(inner) = title
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_suffix(mark))
            && !inner.is_empty()
            && !inner.contains(mark)
        {
            return inner;
        }
    }
    title
}

/// Without emoji and blanks in front.
pub(crate) fn plain_start(title: &str) -> &str {
    title.trim_start_matches(|c: char| c.is_whitespace() || is_symbol(c))
}

/// Without emoji and blanks behind.
pub(crate) fn plain_end(title: &str) -> &str {
    title.trim_end_matches(|c: char| c.is_whitespace() || is_symbol(c))
}

/// Emoji, arrows, dingbats and what joins them; never letters, brackets or quotes of any script.
fn is_symbol(c: char) -> bool {
    matches!(c,
        '\u{200D}' | '\u{20E3}' | '\u{2190}'..='\u{21FF}' | '\u{2300}'..='\u{23FF}' | '\u{25A0}'..='\u{27BF}'
        | '\u{2900}'..='\u{297F}' | '\u{2B00}'..='\u{2BFF}' | '\u{FE0E}'..='\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Without `4. `, `4) `, `4.1 `, `四、`.
fn unnumbered(title: &str) -> &str {
    let digits = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &title[..title.len() - digits.len()];
    if number.starts_with(|c: char| c.is_ascii_digit()) {
        if number.contains('.') && digits.starts_with(char::is_whitespace) {
            return digits.trim_start();
        }
        if let Some(rest) = digits.strip_prefix([')', '）', '、', '．', '\u{20E3}', '\u{FE0F}'])
        {
            return rest.trim_start();
        }
    }
    let han =
        title.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    if han.len() < title.len()
        && let Some(rest) = han.strip_prefix(['、', '．', '.'])
    {
        return rest.trim_start();
    }
    title
}

/// The title without its tag, and the tag. Emphasised brackets at the end are always a tag; plain ones
/// only with a word that says so.
fn untagged(title: &str) -> (&str, SectionTag) {
    let bare = title.trim_end_matches(['*', '_']);
    let emphasised = bare.len() < title.len();
    let Some(inner) = bare.strip_suffix([')', '）']) else {
        return (title, SectionTag::None);
    };
    let Some(open) = inner.rfind(['(', '（']) else {
        return (title, SectionTag::None);
    };
    let tag = tag(&inner[open..]);
    let before = title[..open].trim_end_matches(['*', '_']);
    let opened = before.len() < open;
    if before.is_empty() || (tag == SectionTag::None && !(emphasised && opened)) {
        return (title, SectionTag::None);
    }
    (before.trim_end(), tag)
}

fn tag(inner: &str) -> SectionTag {
    if words::any(inner, &words::OPTIONAL) || words::any(inner, &words::CONDITION) {
        SectionTag::Optional
    } else if words::any(inner, &words::MANDATORY) {
        SectionTag::Mandatory
    } else {
        SectionTag::None
    }
}

/// Where the words of a heading begin: behind emoji, numbering and an opening emphasis.
pub(crate) fn words_start(text: &str, written: Range<usize>) -> usize {
    let rest = plain_start(&text[written.clone()]);
    let rest = plain_start(unnumbered(rest)).trim_start_matches(['*', '_']);
    written.end - rest.len()
}

/// The first line of a heading: one that is underlined may have several.
pub(crate) fn first_line(text: &str, title: Range<usize>) -> Range<usize> {
    let line = text
        .get(title.clone())
        .and_then(|title| title.find(['\n', '\r']));
    title.start..line.map_or(title.end, |at| title.start + at)
}

/// A heading's words from `start` on without the tag, priority and ornaments behind them.
pub(crate) fn title_end(text: &str, start: usize, end: usize) -> usize {
    let mut end = end;
    loop {
        let before = end;
        end = start + plain_end(&text[start..end]).len();
        let rest = &text[start..end];
        if let Some(kept) = rest.strip_suffix("MVP")
            && plain_end(kept).len() < kept.trim_end().len()
        {
            end = start + plain_end(kept).len();
        }
        let bare = text[start..end].trim_end_matches(['*', '_']);
        if let Some(open) = bare
            .strip_suffix([')', '）'])
            .and_then(|inner| inner.rfind(['(', '（']))
            && grammar::priority(&bare[open..], text::TextSize::new(0)).is_some()
        {
            end = start
                + bare[..open]
                    .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'))
                    .len();
        }
        if end == before {
            return end;
        }
    }
}
