//! Words by which the work of a task could be found though its files never existed.

use documents::{Document, Item, TaskState};

use crate::RootId;
use crate::feature::PathLink;
use crate::history::{Fate, WordQuestion};
use crate::paths::Resolution;
use crate::tree::file_name;

/// Words asked for one task.
const MOST: usize = 12;

/// The distinctive words of a ticked task whose files all never existed; none for any other task.
pub(crate) fn of_task(
    root: RootId,
    facts: &Document,
    item: &Item,
    links: &[PathLink],
) -> Vec<WordQuestion> {
    let ticked = item
        .task
        .as_ref()
        .is_some_and(|task| task.state == TaskState::Done);
    let never =
        |link: &PathLink| matches!(link.resolution, Resolution::Missing(Fate::Never { .. }));
    if !ticked || links.is_empty() || !links.iter().all(never) {
        return Vec::new();
    }
    let mut words: Vec<WordQuestion> = Vec::new();
    let mut ask = |word: &str| {
        if is_distinctive(word)
            && words.len() < MOST
            && !words.iter().any(|known| known.word == word)
        {
            words.push(WordQuestion {
                root,
                word: word.into(),
            });
        }
    };
    for span in facts.code_spans_in(item.range) {
        ask(last_name(&span.text));
    }
    for link in links {
        let Some(path) = facts.paths.get(link.mention as usize) else {
            continue;
        };
        if let Some((symbol, _)) = &path.symbol {
            ask(last_name(symbol));
        }
        let name = file_name(&path.path);
        ask(name.split('.').next().unwrap_or(name));
    }
    words
}

/// `new` of `Session::new`; the name itself when it has one part.
fn last_name(name: &str) -> &str {
    let name: &str = name.trim_end_matches(['(', ')', '!', ';']);
    name.rsplit([':', '.', '#', '/']).next().unwrap_or(name)
}

/// Whether a word is a name somebody made up, and not one that stands in any program: `DiffViewer`,
/// `gerrit_comment`, not `service`.
fn is_distinctive(word: &str) -> bool {
    let identifier = word.chars().all(|c| c.is_alphanumeric() || c == '_');
    let humps = word
        .as_bytes()
        .windows(2)
        .any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    let parts = word.split('_').filter(|part| !part.is_empty()).count();
    identifier && word.len() >= 7 && (humps || parts >= 2)
}

#[cfg(test)]
mod tests {
    use super::{is_distinctive, last_name};

    #[test]
    fn made_up_names_are_distinctive() {
        for word in ["DiffViewer", "gerrit_comment", "TestHandle_Injects"] {
            assert!(is_distinctive(word), "{word}");
        }
        for word in ["service", "SERVICE", "a_b", "x y_zzzzz", ""] {
            assert!(!is_distinctive(word), "{word}");
        }
        assert_eq!(last_name("Session::create_new()"), "create_new");
    }
}
