//! Whether a task speaks of an item without citing it, told by the words that only this item has.

use rustc_hash::FxHashSet;
use trace::{Feature, FeatureDocument};

/// What each task speaks of.
pub(crate) fn words_of_tasks(feature: &Feature, tasks: &FeatureDocument) -> Vec<FxHashSet<String>> {
    let items = &tasks.facts().items;
    feature
        .tasks
        .iter()
        .filter_map(|task| {
            let item = items.get(task.item as usize)?;
            Some(stems(tasks.slice(item.range)).into_iter().collect())
        })
        .collect()
}

/// Stems of words that say nothing of what an item is about.
pub(crate) const GENERAL: &[&str] = &[
    "access", "add", "admin", "all", "and", "any", "auto", "automa", "based", "basic", "build",
    "can", "change", "check", "config", "contro", "create", "custom", "defaul", "delete", "detail",
    "develo", "edit", "effici", "enable", "enhanc", "ensure", "experi", "extend", "extern",
    "featur", "for", "from", "full", "get", "gracef", "handle", "improv", "initia", "integr",
    "intern", "into", "list", "make", "manage", "monito", "multip", "new", "not", "operat",
    "option", "outer", "perfor", "priori", "provid", "quick", "reliab", "remove", "run", "runnin",
    "run", "save", "secure", "see", "select", "set", "setup", "simple", "single", "start", "story",
    "suppor", "system", "test", "testin", "tests", "that", "the", "their", "this", "track",
    "update", "use", "user", "users", "using", "valida", "verify", "via", "view", "when", "with",
    "work",
];

/// The words of a text by their first six letters, once each, lower case, English plurals as one. Scripts that do not part words give pairs of
/// letters.
pub(crate) fn stems(text: &str) -> Vec<String> {
    let mut stems = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if word.is_ascii() {
            for part in parts(word).filter(|part| part.len() > 2) {
                let part = part.to_ascii_lowercase();
                // `levels` is the plural of `level`, `was` of nothing.
                let one = part.strip_suffix('s').filter(|one| one.len() > 3);
                stems.push(one.unwrap_or(&part).chars().take(6).collect());
            }
        } else if word.chars().any(is_unparted) {
            let letters: Vec<char> = word.chars().collect();
            stems.extend(letters.windows(4).map(|four| four.iter().collect()));
        } else if word.chars().count() > 2 {
            stems.push(word.to_lowercase().chars().take(6).collect());
        }
    }
    stems.retain(|stem: &String| !stem.starts_with(|c: char| c.is_ascii_digit()));
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// `Publish`, `Course` of `PublishCourse`; a word without such a seam whole.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let bytes = rest.as_bytes();
        let seam = (1..bytes.len())
            .find(|&at| bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase())
            .unwrap_or(bytes.len());
        let (part, behind) = rest.split_at(seam);
        rest = behind;
        Some(part)
    })
}

/// Letters of scripts that put no blanks between words.
fn is_unparted(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}')
}
