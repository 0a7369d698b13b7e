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

/// What follows such a word when the note is about the work itself: when, by what, or nothing more.
const NOTED: &[&str] = &[
    " in ", " by ", " with ", " on ", " per ", " during ", ";", " —", " - ", "; ",
];

/// Words that stand before a path which is only a model or a source.
const MODELS: &[&str] = &[
    "per",
    "see",
    "like",
    "following",
    "mirror",
    "mirrors",
    "mirroring",
    "matching",
    "against",
    "reuse",
    "reusing",
    "via",
    "than",
    "from",
    "参照",
    "参考",
];

/// Words before *in*, *on* or *to* that say the same.
const MODELS_IN: &[&str] = &[
    "pattern",
    "patterns",
    "defined",
    "described",
    "documented",
    "specified",
    "based",
    "according",
    "similar",
    "identical",
];

/// The same, written loud enough to count anywhere.
const LOUD: &[&str] = &["DELETED", "REMOVED", "RETIRED", "SUPERSEDED", "OBSOLETE"];

/// Whether a task that begins with `words` up to a path takes that path away, in its first sentence.
///
/// What is removed *from* a file leaves the file; what is removed *in* a directory may be all of it.
pub(crate) fn takes_away(words: &str, directory: bool) -> bool {
    if wording::sentence(words).len() < words.len() {
        return false;
    }
    let last = words
        .split(|c: char| !c.is_alphanumeric())
        .rfind(|word| !word.is_empty())
        .unwrap_or_default();
    if last == "from" || (!directory && matches!(last, "in" | "inside" | "within" | "of" | "to")) {
        return false;
    }
    let head = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    begins_with(head, DELETING)
        || (begins_with(head, MOVING) && !TOWARDS.iter().any(|word| head.contains(word)))
}

/// Stems of words by which a sentence takes away a name in it, or gives it another one.
const AWAY: &[&str] = &[
    "remov",
    "delet",
    "drop ",
    "dropp",
    "renam",
    "replac",
    "deprecat",
    "retire",
    "supersed",
    "eliminat",
    "no longer",
    "instead of",
    "legacy",
    "old ",
    "former",
    "obsolete",
    "move ",
    "moving",
    "删除",
    "移除",
    "重命名",
    "替换",
    "刪除",
    "削除",
    "リネーム",
    "置き換え",
    "置換",
    "삭제",
    "제거",
    "elimin",
    "reemplaz",
    "substitu",
    "ersetz",
    "entfern",
    "supprim",
    "remplac",
];

/// Whether the sentence around a name takes it away, or the words next to it may.
pub(crate) fn leads_away(before: &str, behind: &str) -> bool {
    static LIST: LazyLock<WordList> = LazyLock::new(|| WordList::new(AWAY));
    const NEAR: usize = 2;
    let sentence = wording::sentence(before).trim_end_matches('`');
    // Behind the code span that the name stands in.
    let behind = behind.split_once('`').map_or(behind, |(_, behind)| behind);
    let mut last: Vec<&str> = sentence.split_whitespace().rev().take(NEAR).collect();
    last.reverse();
    let next: Vec<&str> = behind.split_whitespace().take(NEAR).collect();
    LIST.occurs_in(&sentence.to_lowercase())
        || wording::removes(&last.join(" "))
        || wording::removes(&next.join(" "))
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

/// Whether a line of a task says in brackets or capitals that what it made is not there any more.
pub(crate) fn notes_gone(line: &str) -> bool {
    static LOUDER: LazyLock<WordList> = LazyLock::new(|| WordList::new(LOUD));
    if LOUDER.occurs_in(line) {
        return true;
    }
    let line = line.to_lowercase();
    let mut rest = line.as_str();
    while let Some(open) = rest.find(['(', '（']) {
        rest = &rest[open..];
        let close = rest.find([')', '）']).unwrap_or(rest.len());
        if is_note(&rest[..close]) {
            return true;
        }
        rest = &rest[close..];
    }
    false
}

/// `(deleted in spec 9`, `(later: command deleted; see T009`, but not `(created / deleted`.
fn is_note(bracket: &str) -> bool {
    NOTES.iter().any(|word| {
        bracket.match_indices(word).any(|(at, word)| {
            let before = bracket[..at].trim_end_matches(|c: char| !c.is_alphanumeric());
            let behind = &bracket[at + word.len()..];
            !word.is_ascii()
                || NOTED.iter().any(|next| behind.starts_with(next))
                || (behind.is_empty() && before.is_empty())
        })
    })
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

/// Words by which something is only looked at.
const LOOKED_AT: &[&str] = &[
    "based",
    "current",
    "existing",
    "follow",
    "following",
    "follows",
    "like",
    "match",
    "matching",
    "mirror",
    "mirroring",
    "per",
    "reference",
    "references",
    "referencing",
    "same",
    "see",
    "similar",
    "using",
];

/// Whether a path behind these words is only a model or a source: `mirror`, `reference existing pattern in`.
///
/// Narrower than [`wording::refers`]: what is named beside another path, or what a test is for, is the task's own.
pub(crate) fn is_model(before: &str) -> bool {
    let sentence = wording::sentence(before).to_lowercase();
    let mut words = sentence
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    if matches!(first, "reference" | "mirror" | "follow") {
        return true;
    }
    let mut words = words.rev();
    match words.next().unwrap_or(first) {
        // `tests for token patterns in` makes the file; `following the patterns in` looks at it.
        "in" | "on" | "to" => {
            let noun = words.next().unwrap_or_default();
            MODELS_IN.contains(&noun)
                && (!noun.starts_with("pattern") || words.any(|word| LOOKED_AT.contains(&word)))
        }
        last => MODELS.contains(&last),
    }
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
