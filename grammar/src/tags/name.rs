//! The name in a tag: an id, perhaps with its feature before it, or a name that only its own tool could tell apart.

use super::{Tag, Tagged};
use crate::chars::range;
use crate::id::{Id, IdKind, Open};
use crate::mentions::{Mention, Qualifier};
use smol_str::SmolStr;
use text_size::TextSize;

/// What may part a feature from an id: `login.FR-001`, `specs/001-login#FR-001`, `ms-001:FR-001`.
const JOINTS: [char; 4] = ['.', '/', '#', ':'];

/// Longest name that is read, in bytes.
pub(super) const MAX_NAME: usize = 200;

/// The tagged mention of the name `text[start..end]`, which is ASCII; `key` is its key where it has not the shape of an id.
pub(super) fn tagged(
    text: &str,
    base: TextSize,
    (start, end): (usize, usize),
    whole: (usize, usize),
    key: Option<SmolStr>,
    tag: Tag,
) -> Tagged {
    let name = &text[start..end];
    let read = id(name).map(|id| (0, id)).or_else(|| {
        name.match_indices(JOINTS)
            .find_map(|(joint, _)| Some((joint + 1, id(&name[joint + 1..])?)))
    });
    let mention = match read {
        Some((at, id)) => Mention {
            key: id.key(),
            kind: id.kind,
            standard: id.standard,
            range: range(base, start + at, end),
            in_range: false,
            written: true,
            qualifier: (at > 1).then(|| Qualifier {
                feature: SmolStr::new(&name[..at - 1]),
                range: range(base, start, start + at - 1),
                path: false,
                repository: None,
            }),
            story: None,
        },
        None => Mention {
            key: key.unwrap_or_else(|| SmolStr::new(name)),
            kind: IdKind::Other,
            standard: false,
            range: range(base, start, end),
            in_range: false,
            written: true,
            qualifier: None,
            story: None,
        },
    };
    Tagged {
        mention,
        tag,
        range: range(base, whole.0, whole.1),
    }
}

/// The id that `name` is, all of it.
fn id(name: &str) -> Option<Id> {
    let whole = |name: &str| Id::parse(name, 0, Open::Dashed).filter(|id| id.end == name.len());
    // Names in code have no dashes.
    whole(name).or_else(|| whole(&name.replacen('_', "-", 1)).filter(|_| name.contains('_')))
}

/// Where the name at `start` ends: letters, digits and `extra`.
pub(super) fn end(text: &str, start: usize, extra: &str) -> usize {
    let bytes = &text.as_bytes()[start..];
    let len = bytes
        .iter()
        .take(MAX_NAME)
        .take_while(|byte| byte.is_ascii_alphanumeric() || extra.as_bytes().contains(byte))
        .count();
    start + len
}

/// A whole number at `start`, and where it ends.
pub(super) fn number(text: &str, start: usize) -> Option<(u32, usize)> {
    let len = text.as_bytes()[start..]
        .iter()
        .take(10)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    Some((text[start..start + len].parse().ok()?, start + len))
}
