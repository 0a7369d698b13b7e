//! Whether a task takes a path away itself: by its first verb, by a note in it, or by the line above the path.
//!
//! Word lists in the languages tasks are written in. They only ever keep a rule silent.

use std::sync::LazyLock;

use crate::word_list::WordList;
use crate::wording;

/// First words of a line that takes away what it names.
const DELETING: &[&str] = &[
    "remove",
    "removes",
    "removed",
    "removing",
    "delete",
    "deletes",
    "deleted",
    "deleting",
    "rm",
    "git rm",
    "drop",
    "retire",
    "eliminate",
    "purge",
    "prune",
    "删除",
    "移除",
    "刪除",
    "削除",
    "廃止",
    "삭제",
    "제거",
    "elimina",
    "eliminar",
    "borra",
    "borrar",
    "remover",
    "entferne",
    "entfernen",
    "lösche",
    "löschen",
    "supprime",
    "supprimer",
];

/// First words of a line that gives what it names another place or name.
const MOVING: &[&str] = &[
    "move",
    "moves",
    "moved",
    "moving",
    "mv",
    "git mv",
    "rename",
    "renames",
    "renamed",
    "renaming",
    "relocate",
    "migrate",
    "重命名",
    "移动",
    "迁移",
    "移動",
    "リネーム",
    "이동",
    "이름 변경",
    "mueve",
    "mover",
    "renombra",
    "renombrar",
    "renomeia",
    "renomear",
    "verschiebe",
    "verschieben",
    "umbenennen",
    "déplace",
    "déplacer",
    "renomme",
    "renommer",
];

/// What stands between a thing and its new place.
const TOWARDS: &[&str] = &[
    " to ", " into ", " as ", "→", "⇒", "->", "=>", " nach ", " zu ", " para ", " vers ",
];

/// Words of a note that something is not there any more.
const NOTES: &[&str] = &[
    "deleted",
    "removed",
    "retired",
    "superseded",
    "rm ",
    "已删除",
    "已移除",
    "削除済",
    "廃止",
    "삭제됨",
    "eliminado",
    "gelöscht",
    "entfernt",
    "supprimé",
];

/// The same, written loud enough to count anywhere.
const LOUD: &[&str] = &["DELETED", "REMOVED", "RETIRED", "SUPERSEDED", "OBSOLETE"];

/// Whether a task that begins with `words` up to a path takes that path away, in its first sentence.
pub(crate) fn takes_away(words: &str) -> bool {
    if wording::sentence(words).len() < words.len() {
        return false;
    }
    let head = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    begins_with(head, DELETING)
        || (begins_with(head, MOVING) && !TOWARDS.iter().any(|word| head.contains(word)))
}

/// Whether a list line above, under which the path stands, takes away: `- rm these files:`.
///
/// `before` is what the task says before the path, from its first word.
pub(crate) fn is_below_taking(before: &str) -> bool {
    let mut lines = before.rsplit('\n');
    let depth = |line: &str| line.len() - line.trim_start().len();
    let Some(mut least) = lines.next().map(depth) else {
        return false;
    };
    for line in lines.filter(|line| !line.trim().is_empty()) {
        // The task's first line begins behind its checkbox, so it looks less deep than any other.
        let at = depth(line);
        if at < least {
            least = at;
            let head = line.trim_start_matches(|c: char| !c.is_alphanumeric());
            if begins_with(head, DELETING) {
                return true;
            }
        }
    }
    false
}

/// Whether a task says in brackets or capitals that what it made is not there any more.
pub(crate) fn notes_gone(words: &str) -> bool {
    static LIST: LazyLock<WordList> = LazyLock::new(|| WordList::new(NOTES));
    static LOUDER: LazyLock<WordList> = LazyLock::new(|| WordList::new(LOUD));
    if LOUDER.occurs_in(words) {
        return true;
    }
    let words = words.to_lowercase();
    let mut rest = words.as_str();
    while let Some(open) = rest.find(['(', '（']) {
        rest = &rest[open..];
        let close = rest.find([')', '）', '\n']).unwrap_or(rest.len());
        if LIST.occurs_in(&rest[..close]) {
            return true;
        }
        rest = &rest[close..];
    }
    false
}

/// Whether the path stands between *from* and *to*: the task itself leads away from it.
pub(crate) fn is_left(before: &str, behind: &str) -> bool {
    let last = before
        .trim_end_matches(|c: char| !c.is_alphanumeric())
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let next = behind
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    last.eq_ignore_ascii_case("from")
        && (next.eq_ignore_ascii_case("to") || next.eq_ignore_ascii_case("into"))
}

/// Whether a path behind these words is only a model or a source: `mirror`, `reference existing pattern in`.
///
/// Narrower than [`wording::refers`]: what is named beside another path, or what a test is for, is the task's own.
pub(crate) fn is_model(before: &str) -> bool {
    let sentence = wording::sentence(before);
    let last = sentence
        .split(|c: char| !c.is_alphanumeric())
        .rfind(|word| !word.is_empty())
        .unwrap_or_default()
        .to_lowercase();
    let shared = matches!(
        last.as_str(),
        "and"
            | "of"
            | "for"
            | "with"
            | "by"
            | "use"
            | "uses"
            | "calls"
            | "calling"
            | "call"
            | "before"
            | "after"
            | "through"
    );
    let reference = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
    (!shared && wording::refers(before))
        || begins_with(reference, &["reference", "mirror", "follow"])
}

/// Whether `text` begins with one of the words, in any case, and the word ends there.
fn begins_with(text: &str, words: &[&str]) -> bool {
    let longest = 24;
    let cut = text
        .char_indices()
        .nth(longest)
        .map_or(text.len(), |(at, _)| at);
    let start = text[..cut].to_lowercase();
    words.iter().any(|word| {
        start.strip_prefix(word).is_some_and(|rest| {
            !word.is_ascii() || !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        })
    })
}
