//! Markdown links and images that lead to another place of the repository.

use crate::model::{Anchor, Hyperlink};
use percent_encoding::percent_decode_str;
use smol_str::SmolStr;
use std::ops::Range;

/// Reads `links`: bytes of each inline link with its destination as Markdown understands it.
pub(crate) fn read(text: &str, links: &[(Range<usize>, String)]) -> Vec<Hyperlink> {
    let mut found: Vec<Hyperlink> = links
        .iter()
        .filter_map(|(range, destination)| hyperlink(text, range, destination))
        .collect();
    found.sort_by_key(|link| link.range.start());
    found
}

fn hyperlink(text: &str, link: &Range<usize>, destination: &str) -> Option<Hyperlink> {
    if destination.is_empty() || !leads_to_a_file(destination) {
        return None;
    }
    let start = place(text, link, destination)?;
    let (path, anchor) = match destination.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (destination, None),
    };
    let (written, query) = path
        .split_once('?')
        .map_or((path, false), |(path, _)| (path, true));
    if query && written.is_empty() {
        return None;
    }
    let decoded = |written: &str| {
        let decoded = percent_decode_str(written).decode_utf8();
        decoded.ok().map(SmolStr::new)
    };
    let end = start + destination.len();
    let anchor = anchor.filter(|anchor| !anchor.is_empty());
    Some(Hyperlink {
        path: decoded(written)?,
        range: text::span(start, start + written.len()),
        anchor: anchor.and_then(|anchor| {
            Some(Anchor {
                text: decoded(anchor)?,
                range: text::span(end - anchor.len(), end),
            })
        }),
    })
}

/// Not an address of the web, not a path of some machine, not a template's placeholder.
fn leads_to_a_file(destination: &str) -> bool {
    let scheme = destination.find(':').is_some_and(|colon| {
        let head = &destination[..colon];
        head.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    });
    !scheme
        && !destination.starts_with("//")
        && !destination.starts_with('~')
        && !destination.contains(['[', ']', '{', '}', '<', '>', '$', '*', '\\', '|', '`', '…'])
        && !destination.contains("...")
        && !destination.chars().any(char::is_whitespace)
}

/// Where in a link its destination is written; nothing if it is written in another way than it is read.
fn place(text: &str, link: &Range<usize>, destination: &str) -> Option<usize> {
    let whole = &text[link.clone()];
    whole.rmatch_indices("](").find_map(|(at, mark)| {
        let behind = &whole[at + mark.len()..];
        let inside = behind.trim_start();
        let inside = inside.strip_prefix('<').unwrap_or(inside);
        inside
            .starts_with(destination)
            .then(|| link.end - inside.len())
    })
}
