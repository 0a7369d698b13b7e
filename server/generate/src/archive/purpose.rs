//! The purpose that a delta gives to a new capability, and the empty main spec it stands in.

use documents::DocumentKind;
use documents::openspec::{capability, fenced, is_blank, level};

use super::EDITION;

/// An empty main spec, and whether the delta's purpose had to be left out of it.
pub(super) fn skeleton(capability: &str, change: &str, purpose: Option<&str>) -> (String, bool) {
    if let Some(purpose) = purpose {
        let text = with_purpose(capability, purpose);
        if is_readable(&text) {
            return (text, false);
        }
    }
    let nobody_wrote =
        format!("TBD - created by archiving change {change}. Update Purpose after archive.");
    (with_purpose(capability, &nobody_wrote), purpose.is_some())
}

fn with_purpose(capability: &str, purpose: &str) -> String {
    format!("# {capability} Specification\n\n## Purpose\n{purpose}\n\n## Requirements\n")
}

/// Whether every reader of a main spec would see its purpose and its section.
fn is_readable(text: &str) -> bool {
    if text.contains("<!--") {
        return false;
    }
    let facts = documents::read(DocumentKind::OpenSpecCapability, text);
    let spec = capability(text, &facts.spec_lines, EDITION);
    spec.purpose.is_some() && spec.requirements.is_some() && spec.misplaced.is_empty()
}

/// The purpose that stands in a text with `\n` line breaks; comments and fences are none.
pub(super) fn written(text: &str) -> Option<String> {
    let bare = without_comments(text);
    let lines: Vec<&str> = text.split('\n').collect();
    let masked: Vec<&str> = bare.split('\n').collect();
    let fences = fenced(&masked);
    let is_purpose = |line: &str| {
        level(line) == 2 && {
            let title = line[2..].trim_matches(is_blank);
            title.eq_ignore_ascii_case("Purpose")
        }
    };
    let start = (0..masked.len()).find(|&at| !fences[at] && is_purpose(masked[at]))?;
    let end = (start + 1..masked.len())
        .find(|&at| !fences[at] && level(masked[at]) == 2)
        .unwrap_or(masked.len());
    let said = |at: usize| !fences[at] && !masked[at].chars().all(is_blank);
    if !(start + 1..end).any(said) {
        return None;
    }
    let body = lines.get(start + 1..end)?.join("\n");
    let body = body.trim_matches(is_blank);
    (!body.is_empty()).then(|| body.to_owned())
}

/// The text with blanks in place of HTML comments; one that is not closed runs to the end. Lines stay.
fn without_comments(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find("<!--") {
        let (before, comment) = rest.split_at(open);
        bare.push_str(before);
        let inner = &comment[4..];
        let ends = ["-->", "--!>"].into_iter();
        let end = ends
            .filter_map(|end| Some((inner.find(end)?, end.len())))
            .min()
            .map_or(comment.len(), |(at, length)| 4 + at + length);
        let lines = comment[..end].chars();
        bare.extend(lines.map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest = &comment[end..];
    }
    bare.push_str(rest);
    bare
}
