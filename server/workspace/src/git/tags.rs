//! The releases of a repository: tags that name a version, and the files they have.
//!
//! `latest` and `nightly` are no releases. A series is what stands before the number (`api-v1.2.0`); within one the
//! number decides which comes first, between two the day of the commit.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::sync::Arc;

use documents::DocumentKind;
use gix::ObjectId;
use gix::bstr::ByteSlice as _;
use rustc_hash::FxHashMap;
use text::LineIndex;
use trace::{DocumentFile, Implementation, Released, Seen, SourceFile, Version, first_release};
use xxhash_rust::xxh3::Xxh3;

use super::Repository;
use crate::host::document;
use crate::read::{DOCUMENT_LIMIT, ReadOutcome, SOURCE_LIMIT, decode_bytes};

/// A tag that names a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    name: String,
    number: Number,
    commit: ObjectId,
    tree: ObjectId,
    /// Seconds since 1970.
    time: i64,
}

/// A version as a tag's name has it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Number {
    /// What stands before it, without the `v`.
    series: String,
    numbers: Vec<u64>,
    /// What stands behind it; a release has nothing there.
    pre: String,
}

/// The tags of a repository, and what was read of their files.
pub(crate) struct Tags {
    repository: Repository,
    /// By series, the first release first.
    all: Vec<Tag>,
    read: RefCell<Read>,
}

/// Files of all tags, each read once.
#[derive(Default)]
struct Read {
    entries: FxHashMap<(ObjectId, String), Entry>,
    documents: FxHashMap<(ObjectId, DocumentKind), Seen<Arc<DocumentFile>>>,
    sources: FxHashMap<(ObjectId, String), Seen<Arc<SourceFile>>>,
}

#[derive(Debug, Clone, Copy)]
enum Entry {
    File(ObjectId),
    Tree(ObjectId),
    Missing,
    Unreadable,
}

impl Repository {
    /// The tags that name a version, the first release first. The error says why nobody can tell.
    pub(crate) fn tags(&self) -> Result<Tags, String> {
        let mut local = self.shared.to_thread_local();
        local.object_cache_size_if_unset(4 << 20);
        if local.is_shallow().unwrap_or(true) {
            return Err("this is a shallow clone, its tags may be missing".to_owned());
        }
        let mut tags = Vec::new();
        for name in names(&local).ok_or("the tags cannot be read")? {
            let Some(number) = Number::of(&name) else {
                continue;
            };
            let reference = local.try_find_reference(format!("refs/tags/{name}").as_str());
            let Ok(Some(mut reference)) = reference else {
                return Err(format!("the tag {name} cannot be read"));
            };
            let Ok(id) = reference.peel_to_id() else {
                return Err(format!("git objects of {name} cannot be read"));
            };
            // A tag of a file or a directory is no version.
            let Ok(commit) = local.find_commit(id) else {
                continue;
            };
            let (Ok(time), Ok(tree)) = (commit.time(), commit.tree_id()) else {
                return Err(format!("git objects of {name} cannot be read"));
            };
            tags.push(Tag {
                number,
                commit: commit.id,
                tree: tree.detach(),
                time: time.seconds,
                name,
            });
        }
        if tags.is_empty() {
            return Err("no tag of this repository names a version".to_owned());
        }
        leave_out_aliases(&mut tags);
        tags.sort_by(|a, b| {
            a.number
                .cmp_in_series(&b.number)
                .then_with(|| a.name.cmp(&b.name))
        });
        Ok(Tags {
            repository: self.clone(),
            all: tags,
            read: RefCell::default(),
        })
    }
}

/// The names of all tags, annotated or not.
fn names(local: &gix::Repository) -> Option<Vec<String>> {
    let references = local.references().ok()?;
    let tags = references.tags().ok()?;
    tags.map(|tag| Some(tag.ok()?.name().shorten().to_str_lossy().into_owned()))
        .collect()
}

/// `v1` and `v1.4` that move along with `v1.4.2` say nothing of their own.
fn leave_out_aliases(tags: &mut Vec<Tag>) {
    let all = tags.clone();
    tags.retain(|tag| {
        !all.iter().any(|other| {
            other.commit == tag.commit
                && other.number.series == tag.number.series
                && tag.number.pre.is_empty()
                && other.number.numbers.len() > tag.number.numbers.len()
                && other.number.numbers.starts_with(&tag.number.numbers)
        })
    });
}

impl Tags {
    /// Of all tags: equal numbers, equal answers.
    pub(crate) fn state(&self) -> u128 {
        let mut hash = Xxh3::new();
        for tag in &self.all {
            hash.update(tag.name.as_bytes());
            hash.update(&[0]);
            hash.update(tag.commit.as_bytes());
        }
        hash.digest128()
    }

    /// The first release that has an implementation: of each series the lowest version, of those the oldest commit.
    pub(crate) fn first(&self, implementation: &Implementation) -> Released {
        let mut first: Option<(i64, Released)> = None;
        let mut missing = 0;
        let mut unknown = None;
        let mut local = self.repository.shared.to_thread_local();
        local.object_cache_size_if_unset(4 << 20);
        for series in self.all.chunk_by(|a, b| a.number.series == b.number.series) {
            let versions: Vec<(&Tag, String, At<'_>)> = series
                .iter()
                .map(|tag| {
                    let at = At {
                        tags: self,
                        local: &local,
                        tree: tag.tree,
                    };
                    (tag, tag.commit.to_hex_with_len(7).to_string(), at)
                })
                .collect();
            let named = versions
                .iter()
                .map(|(tag, commit, at)| (tag.name.as_str(), commit.as_str(), at as &dyn Version));
            match first_release(implementation, named) {
                Released::No { tags } => missing += tags,
                Released::Unknown(why) => {
                    unknown.get_or_insert(why);
                }
                Released::In {
                    tag,
                    commit,
                    perhaps,
                } => {
                    let of_tag = series.iter().find(|it| it.name == tag);
                    let time = of_tag.map_or(i64::MAX, |tag| tag.time);
                    if first.as_ref().is_none_or(|(known, _)| time < *known) {
                        let found = Released::In {
                            tag,
                            commit,
                            perhaps,
                        };
                        first = Some((time, found));
                    }
                }
            }
        }
        match (first, unknown) {
            (Some((_, found)), _) => found,
            (None, Some(why)) => Released::Unknown(why),
            (None, None) => Released::No { tags: missing },
        }
    }

    fn entry(&self, local: &gix::Repository, tree: ObjectId, path: &str) -> Entry {
        let Some(path) = self.repository.prefix.join(path) else {
            return Entry::Missing;
        };
        let mut here = Entry::Tree(tree);
        for part in path.split('/') {
            let Entry::Tree(tree) = here else {
                return Entry::Missing;
            };
            let key = (tree, part.to_owned());
            let known = self.read.borrow().entries.get(&key).copied();
            here = known.unwrap_or_else(|| {
                let entry = look_up(local, tree, part);
                self.read.borrow_mut().entries.insert(key, entry);
                entry
            });
            if matches!(here, Entry::Missing | Entry::Unreadable) {
                return here;
            }
        }
        here
    }
}

fn look_up(local: &gix::Repository, tree: ObjectId, name: &str) -> Entry {
    let Ok(tree) = local.find_tree(tree) else {
        return Entry::Unreadable;
    };
    for entry in tree.iter() {
        let Ok(entry) = entry else {
            return Entry::Unreadable;
        };
        if entry.filename() == name.as_bytes() {
            return if entry.mode().is_tree() {
                Entry::Tree(entry.object_id())
            } else if entry.mode().is_blob() {
                Entry::File(entry.object_id())
            } else {
                // A link or a submodule: what lies there is not told here.
                Entry::Unreadable
            };
        }
    }
    Entry::Missing
}

/// The text of a file; `None`: its object is not in this clone, or it is longer than we read.
fn text_of(local: &gix::Repository, id: ObjectId, limit: u64) -> Option<String> {
    if local.find_header(id).ok()?.size() > limit {
        return None;
    }
    let mut object = local.find_object(id).ok()?;
    match decode_bytes(std::mem::take(&mut object.data)) {
        ReadOutcome::Text(read) => Some(read.text),
        _ => None,
    }
}

/// The files of one tag.
struct At<'r> {
    tags: &'r Tags,
    local: &'r gix::Repository,
    tree: ObjectId,
}

impl At<'_> {
    fn file(&self, path: &str) -> Seen<ObjectId> {
        match self.tags.entry(self.local, self.tree, path) {
            Entry::File(id) => Seen::There(id),
            Entry::Tree(_) | Entry::Missing => Seen::Missing,
            Entry::Unreadable => Seen::Unreadable,
        }
    }
}

impl Version for At<'_> {
    fn has(&self, path: &str) -> Seen<()> {
        match self.file(path) {
            Seen::There(_) => Seen::There(()),
            Seen::Missing => Seen::Missing,
            Seen::Unreadable => Seen::Unreadable,
        }
    }

    fn document(&self, path: &str, kind: DocumentKind) -> Seen<Arc<DocumentFile>> {
        let id = match self.file(path) {
            Seen::There(id) => id,
            Seen::Missing => return Seen::Missing,
            Seen::Unreadable => return Seen::Unreadable,
        };
        if let Some(known) = self.tags.read.borrow().documents.get(&(id, kind)) {
            return known.clone();
        }
        let read = match text_of(self.local, id, DOCUMENT_LIMIT) {
            Some(text) => Seen::There(document(documents::read(kind, &text), text.into())),
            None => Seen::Unreadable,
        };
        let mut known = self.tags.read.borrow_mut();
        known.documents.insert((id, kind), read.clone());
        read
    }

    fn source(&self, path: &str) -> Seen<Arc<SourceFile>> {
        let id = match self.file(path) {
            Seen::There(id) => id,
            Seen::Missing => return Seen::Missing,
            Seen::Unreadable => return Seen::Unreadable,
        };
        // How a file is read depends on its name.
        let key = (id, path.to_owned());
        if let Some(known) = self.tags.read.borrow().sources.get(&key) {
            return known.clone();
        }
        let read = text_of(self.local, id, SOURCE_LIMIT).and_then(|text| {
            let facts = code::read_path(path, &text, &|| false)?;
            let lines = LineIndex::new(&text);
            Some(Arc::new(SourceFile { lines, facts }))
        });
        let read = read.map_or(Seen::Unreadable, Seen::There);
        let mut known = self.tags.read.borrow_mut();
        known.sources.insert(key, read.clone());
        read
    }
}

/// Words before a number that say that the tag is no release.
const NO_RELEASE: [&str; 9] = [
    "nightly",
    "canary",
    "snapshot",
    "backup",
    "archive",
    "before",
    "wip",
    "tmp",
    "checkpoint",
];

impl Number {
    /// The version that a tag names: `v1.2.0`, `1.4`, `api/v2.0.0-rc.1`, `pkg@1.0.0`, `release-7`.
    fn of(name: &str) -> Option<Self> {
        let bytes = name.as_bytes();
        let starts = (0..bytes.len()).filter(|&at| {
            if !bytes[at].is_ascii_digit() {
                return false;
            }
            let before = name[..at].trim_end_matches(['v', 'V']);
            let begins = before.is_empty() || before.ends_with(['-', '_', '/', '@', '.']);
            begins && at - before.len() <= 1
        });
        for at in starts {
            let rest = &name[at..];
            let end = rest
                .find(|c: char| !c.is_ascii_digit() && c != '.')
                .unwrap_or(rest.len());
            let dotted = rest[..end].trim_end_matches('.');
            let numbers: Option<Vec<u64>> =
                dotted.split('.').map(|part| part.parse().ok()).collect();
            let Some(numbers) = numbers else { continue };
            let marked = name[..at].ends_with(['v', 'V']);
            let series = name[..at - usize::from(marked)].to_owned();
            let lower = series.to_lowercase();
            let called = marked || series.is_empty() || lower.starts_with("rel");
            if numbers.len() < 2 && !called {
                continue;
            }
            if NO_RELEASE.iter().any(|word| lower.contains(word)) {
                return None;
            }
            let pre = &rest[dotted.len()..];
            let build = pre.find('+').unwrap_or(pre.len());
            return Some(Self {
                series,
                numbers,
                pre: pre[..build].trim_matches(['-', '.', '_']).to_lowercase(),
            });
        }
        None
    }

    /// By series, then as semantic versions go; `1.4` is before `1.4.1`.
    fn cmp_in_series(&self, other: &Self) -> Ordering {
        let zero = |numbers: &[u64], at: usize| numbers.get(at).copied().unwrap_or(0);
        let long = self.numbers.len().max(other.numbers.len());
        let mut parts = (0..long).map(|at| zero(&self.numbers, at).cmp(&zero(&other.numbers, at)));
        self.series
            .cmp(&other.series)
            .then_with(|| parts.find(|order| order.is_ne()).unwrap_or(Ordering::Equal))
            .then_with(|| rank(&self.pre).cmp(&rank(&other.pre)))
            .then_with(|| by_parts(&self.pre, &other.pre))
    }
}

/// Before the release, the release, what mends it.
fn rank(pre: &str) -> u8 {
    let word: &str = pre.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
    match word {
        "" if pre.is_empty() => 1,
        "final" | "release" | "ga" => 1,
        "post" | "p" | "sp" | "hotfix" | "patch" => 2,
        _ => 0,
    }
}

/// Runs of digits as numbers, the rest as text: `rc.2` before `rc.10`.
fn by_parts(a: &str, b: &str) -> Ordering {
    let parts = |text: &str| -> Vec<(bool, u64, String)> {
        let is_digit = |c: &char| c.is_ascii_digit();
        let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        chars
            .chunk_by(|a, b| is_digit(a) == is_digit(b))
            .map(|run| {
                let run: String = run.iter().collect();
                match run.parse() {
                    Ok(number) => (false, number, String::new()),
                    Err(_) => (true, 0, run),
                }
            })
            .collect()
    };
    parts(a).cmp(&parts(b))
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn tags_that_name_a_version() {
        let number = |name: &str| Number::of(name).map(|it| (it.series, it.numbers, it.pre));
        let of = |series: &str, numbers: &[u64], pre: &str| {
            Some((series.to_owned(), numbers.to_vec(), pre.to_owned()))
        };
        assert_eq!(number("v1.2.3"), of("", &[1, 2, 3], ""));
        assert_eq!(number("1.4"), of("", &[1, 4], ""));
        assert_eq!(number("v4"), of("", &[4], ""));
        assert_eq!(number("release-7"), of("release-", &[7], ""));
        assert_eq!(number("api/v2.0.0-rc.1"), of("api/", &[2, 0, 0], "rc.1"));
        assert_eq!(number("@shop/web@1.0.0"), of("@shop/web@", &[1, 0, 0], ""));
        assert_eq!(number("1.0.0+build.5"), of("", &[1, 0, 0], ""));
        assert_eq!(number("1.0rc1"), of("", &[1, 0], "rc1"));
        for no in [
            "latest",
            "nightly-2024.01.02",
            "backup-2024-01-02",
            "feature-12-before-merge",
            "utf8.1",
            "",
            "v",
            "début",
        ] {
            assert_eq!(number(no), None, "{no}");
        }
    }

    #[test]
    fn versions_go_up() {
        let sorted = [
            "1.0.0-alpha",
            "1.0.0-alpha.2",
            "1.0.0-alpha.10",
            "1.0.0-beta",
            "v1.0.0-rc.1",
            "1.0.0",
            "1.0.0.post1",
            "v1.0.1",
            "1.2.0",
            "v1.10.0",
            "2",
            "2.0.1",
        ];
        for (at, low) in sorted.iter().enumerate() {
            for high in &sorted[at + 1..] {
                let (low_, high_) = (Number::of(low).unwrap(), Number::of(high).unwrap());
                assert!(low_.cmp_in_series(&high_).is_lt(), "{low} < {high}");
            }
        }
    }
}
