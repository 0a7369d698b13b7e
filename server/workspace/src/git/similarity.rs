//! Which deleted file became which added file: git's own measure, so that the answers are those of `git log -M`.
//!
//! Source of the facts: git's `diffcore-delta.c` (chunks end at a line feed or after 64 bytes; a carriage return
//! before a line feed does not count) and `diffcore-rename.c` (score = bytes of the old file found in the new one /
//! length of the longer; half is enough; equal bytes first; among equals the same file name).

use gix::ObjectId;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::Hasher as _;

use super::tree::{Change, What};

/// Longest chunk in bytes.
const CHUNK: usize = 64;
/// Percent of equal bytes from which on a pair is a rename.
const ENOUGH: u8 = 50;
/// Percent from which on a file of the same, else unused name is the same file, written anew.
const ENOUGH_OF_ITS_NAME: u8 = 25;
/// Deleted times added files of one commit that are compared by content; git's own limit.
const MAX_PAIRS: usize = 1000 * 1000;

/// Where a file went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rename {
    pub(super) to: String,
    /// Percent of equal bytes.
    pub(super) similarity: u8,
}

/// The renames of one commit.
#[derive(Debug, Default)]
pub(super) struct Renames {
    pub(super) by_source: FxHashMap<String, Rename>,
    /// False: contents were missing or too many to compare, so that a file not in `by_source` may still have moved.
    pub(super) complete: bool,
}

/// Pairs deleted with added files.
pub(super) fn renames(repository: &gix::Repository, changes: &[Change]) -> Renames {
    let movable = |what: What| {
        changes
            .iter()
            .filter(move |change| change.what == what && !change.mode.is_commit())
            .collect::<Vec<_>>()
    };
    let (deleted, added) = (movable(What::Deleted), movable(What::Added));
    let mut by_source = FxHashMap::default();
    let mut taken = FxHashSet::default();

    let mut by_id: FxHashMap<ObjectId, Vec<usize>> = FxHashMap::default();
    for (index, change) in added.iter().enumerate() {
        by_id.entry(change.id).or_default().push(index);
    }
    let empty = ObjectId::empty_blob(repository.object_hash());
    for same_name in [true, false] {
        for source in &deleted {
            if by_source.contains_key(&source.path) || source.id == empty {
                continue;
            }
            let target = by_id.get(&source.id).into_iter().flatten().find(|&&index| {
                !taken.contains(&index)
                    && same_kind(source, added[index])
                    && (!same_name || name(&source.path) == name(&added[index].path))
            });
            if let Some(&index) = target {
                taken.insert(index);
                let to = added[index].path.clone();
                let similarity = 100;
                by_source.insert(source.path.clone(), Rename { to, similarity });
            }
        }
    }

    let sources: Vec<_> = deleted
        .into_iter()
        .filter(|change| {
            !by_source.contains_key(&change.path) && change.mode.is_blob() && change.id != empty
        })
        .collect();
    let targets: Vec<_> = added
        .into_iter()
        .enumerate()
        .filter(|(index, change)| {
            !taken.contains(index) && change.mode.is_blob() && change.id != empty
        })
        .map(|(_, change)| change)
        .collect();
    let mut complete = true;
    if sources.len().saturating_mul(targets.len()) > MAX_PAIRS {
        complete = false;
    } else if !sources.is_empty() && !targets.is_empty() {
        let mut prints = |changes: &[&Change]| -> Vec<Option<Print>> {
            changes
                .iter()
                .map(|change| {
                    let blob = repository.find_blob(change.id).ok();
                    complete &= blob.is_some();
                    blob.map(|blob| Print::of(&blob.data))
                })
                .collect()
        };
        let (old, new) = (prints(&sources), prints(&targets));
        pair(&sources, &old, &targets, &new, &mut by_source);
    }
    Renames {
        by_source,
        complete,
    }
}

/// How much of a file is in another of the same name that no third file ever had, in percent; `None`: too little.
pub(super) fn written_anew(
    repository: &gix::Repository,
    old: ObjectId,
    new: ObjectId,
) -> Option<u8> {
    let print = |id| Some(Print::of(&repository.find_blob(id).ok()?.data));
    let score = print(old)?.similarity(&print(new)?, ENOUGH_OF_ITS_NAME);
    (score >= ENOUGH_OF_ITS_NAME).then_some(score)
}

/// Best pairs first; each file is used once.
fn pair(
    sources: &[&Change],
    old: &[Option<Print>],
    targets: &[&Change],
    new: &[Option<Print>],
    by_source: &mut FxHashMap<String, Rename>,
) {
    let mut pairs = Vec::new();
    for (from, old) in old.iter().enumerate() {
        let Some(old) = old else { continue };
        for (to, new) in new.iter().enumerate() {
            let Some(new) = new else { continue };
            let score = old.similarity(new, ENOUGH);
            if score >= ENOUGH {
                let same_name = name(&sources[from].path) == name(&targets[to].path);
                pairs.push((std::cmp::Reverse((score, same_name)), from, to));
            }
        }
    }
    pairs.sort_unstable();
    let (mut used_from, mut used_to) = (FxHashSet::default(), FxHashSet::default());
    for (std::cmp::Reverse((similarity, _)), from, to) in pairs {
        if used_from.contains(&from) || used_to.contains(&to) {
            continue;
        }
        used_from.insert(from);
        used_to.insert(to);
        let to = targets[to].path.clone();
        by_source.insert(sources[from].path.clone(), Rename { to, similarity });
    }
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn same_kind(one: &Change, other: &Change) -> bool {
    one.mode.is_link() == other.mode.is_link()
}

/// How many bytes of which chunks a file has.
#[derive(Debug)]
struct Print {
    bytes_of: FxHashMap<u64, u32>,
    len: usize,
}

impl Print {
    fn of(data: &[u8]) -> Self {
        // As git does: a zero byte near the start means binary, where carriage returns count.
        let is_text = !data.iter().take(8000).any(|&byte| byte == 0);
        let mut bytes_of: FxHashMap<u64, u32> = FxHashMap::default();
        let mut rest = data;
        let mut chunk = Vec::with_capacity(CHUNK);
        while !rest.is_empty() {
            chunk.clear();
            let mut used = 0;
            for (at, &byte) in rest.iter().enumerate() {
                used = at + 1;
                if is_text && byte == b'\r' && rest.get(at + 1) == Some(&b'\n') {
                    continue;
                }
                chunk.push(byte);
                if byte == b'\n' || chunk.len() == CHUNK {
                    break;
                }
            }
            rest = &rest[used..];
            let mut hasher = FxHasher::default();
            hasher.write(&chunk);
            *bytes_of.entry(hasher.finish()).or_default() += chunk.len() as u32;
        }
        Self {
            bytes_of,
            len: data.len(),
        }
    }

    /// Percent, rounded down; zero where it cannot be as much as `enough`.
    fn similarity(&self, new: &Self, enough: u8) -> u8 {
        let longer = self.len.max(new.len);
        let shorter = self.len.min(new.len);
        // The most that could be equal is the shorter file.
        if longer == 0 || shorter * 100 < longer * usize::from(enough) {
            return 0;
        }
        let common: usize = self
            .bytes_of
            .iter()
            .filter_map(|(chunk, &count)| Some(count.min(*new.bytes_of.get(chunk)?) as usize))
            .sum();
        (common * 100 / longer).min(100) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::Print;

    fn similarity(old: &str, new: &str) -> u8 {
        Print::of(old.as_bytes()).similarity(&Print::of(new.as_bytes()), super::ENOUGH)
    }

    #[test]
    fn equal_lines_count_wherever_they_stand() {
        assert_eq!(similarity("aaaa\nbbbb\n", "bbbb\naaaa\n"), 100);
        assert_eq!(similarity("aaaa\nbbbb\n", "aaaa\ncccc\n"), 50);
        assert_eq!(similarity("aaaa\n", "cccc\n"), 0);
    }

    #[test]
    fn a_much_longer_file_is_another_file() {
        assert_eq!(similarity("aaaa\n", "aaaa\nbbbb\ncccc\n"), 0);
    }

    #[test]
    fn repeated_lines_count_as_often_as_both_have_them() {
        assert_eq!(similarity("x\nx\nx\nx\n", "x\nx\ny\nz\n"), 50);
    }

    #[test]
    fn nothing_is_like_nothing() {
        assert_eq!(similarity("", ""), 0);
    }
}
