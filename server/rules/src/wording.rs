//! What the words around a path say: that a task takes it away, only checks, or only looks at it.
//!
//! Word lists in the languages tasks are written in. They only ever keep a rule silent.

use std::sync::LazyLock;

use text::{TextRange, span};

use crate::word_list::WordList;

/// Verbs and nouns of taking away, moving and replacing. ASCII ones match at the start of a word.
const REMOVING: &[&str] = &[
    "remov",
    "delet",
    "drop",
    "renam",
    "mov",
    "relocat",
    "migrat",
    "replac",
    "clean",
    "extract",
    "split",
    "merge",
    "consolidat",
    "retire",
    "deprecat",
    "obsolete",
    "supersed",
    "revert",
    "eliminat",
    "discard",
    "strip",
    "legacy",
    "old ",
    "former",
    "no longer",
    "convert",
    "port ",
    "inline",
    "fold",
    "absorb",
    "rewrite",
    "swap",
    "purg",
    "prune",
    "refactor",
    "删除",
    "移除",
    "重命名",
    "移动",
    "替换",
    "清理",
    "迁移",
    "合并",
    "拆分",
    "刪除",
    "移動",
    "削除",
    "リネーム",
    "置き換え",
    "置換",
    "廃止",
    "移行",
    "統合",
    "삭제",
    "제거",
    "이동",
    "이름 변경",
    "elimina",
    "borra",
    "mueve",
    "mover",
    "renombra",
    "reemplaz",
    "renomea",
    "substitu",
    "entfern",
    "lösch",
    "verschieb",
    "umbenenn",
    "ersetz",
    "supprim",
    "déplac",
    "renomm",
    "remplac",
];

/// First words of a task that makes nothing.
const CHECKING: &[&str] = &[
    "run",
    "verify",
    "validate",
    "confirm",
    "check",
    "ensure",
    "execute",
    "review",
    "manual",
    "manually",
    "smoke",
    "lint",
    "test manually",
    "audit",
    "inspect",
    "measure",
    "benchmark",
    "profile",
    "perform",
    "read",
    "research",
    "investigate",
    "capture",
    "record",
    "deploy",
    "publish",
    "release",
    "commit",
    "install",
    "build",
    "double-check",
    "验证",
    "运行",
    "检查",
    "执行",
    "確認",
    "検証",
    "実行",
    "검증",
    "실행",
    "확인",
    "verifica",
    "ejecuta",
    "valida",
    "executa",
];

/// First words of a task that changes what is there; where the file is not, the work went elsewhere.
const MODIFYING: &[&str] = &[
    "update",
    "modify",
    "extend",
    "call",
    "query",
    "display",
    "set ",
    "integrate",
    "wire",
    "apply",
    "locate",
    "edit",
    "adjust",
    "change",
    "fix",
    "enhance",
    "improve",
    "hook",
    "connect",
    "expose",
    "enable",
    "use",
    "make",
    "if ",
    "open",
    "test ",
    "更新",
    "修改",
    "修正",
    "扩展",
    "수정",
    "actualiza",
    "modifica",
    "atualiza",
    "aktualisier",
];

/// Words that say the author knows the file is not there, or is not sure of it.
const HEDGING: &[&str] = &[
    "n/a",
    "covered by",
    "or equivalent",
    "likely",
    "or a sibling",
    "or extend",
    "or similar",
    "instead",
    "already",
    "not needed",
    "descoped",
    "skipped",
    "deferred",
    "out of scope",
    "consolidated",
    "combined",
    "obsolete",
    "or wherever",
    "if needed",
    "if necessary",
    "if applicable",
    "if required",
    "as needed",
    "optional",
    "see ",
    "e.g.",
];

/// Words that stand before a path which the task only looks at.
const REFERRING: &[&str] = &[
    "from",
    "per",
    "using",
    "use",
    "uses",
    "see",
    "like",
    "following",
    "follow",
    "follows",
    "based",
    "matching",
    "matches",
    "match",
    "against",
    "according",
    "mirror",
    "mirroring",
    "mirrors",
    "reuse",
    "reusing",
    "reuses",
    "import",
    "imports",
    "importing",
    "via",
    "with",
    "as",
    "similar",
    "pattern",
    "patterns",
    "defined",
    "described",
    "documented",
    "specified",
    "by",
    "calls",
    "calling",
    "call",
    "than",
    "and",
    "of",
    "for",
    "through",
    "than",
    "after",
    "before",
];

/// Whether `words` speak of taking something away, moving or replacing it.
pub(crate) fn removes(words: &str) -> bool {
    static LIST: LazyLock<WordList> = LazyLock::new(|| WordList::new(REMOVING));
    let words = flat(words);
    LIST.occurs_in(&words) || words.contains(['→', '⇒']) || words.contains("->")
}

/// Whether `words` say that another name would do, or note what was made instead.
pub(crate) fn leaves_open(words: &str) -> bool {
    static LIST: LazyLock<WordList> = LazyLock::new(|| WordList::new(OPEN));
    LIST.occurs_in(&flat(words))
}

/// Words beside which a name is only one that would do.
const OPEN: &[&str] = &[
    "or equivalent",
    "or equiv",
    "or similar",
    "or wherever",
    "or whatever",
    "e.g.",
    "(or",
    "authored",
    "landed",
    "implemented as",
    "shipped as",
    "done as",
    "ou équivalent",
    "o equivalente",
    "ou equivalente",
    "など",
    "等",
];

/// Whether a task that begins like this makes no file.
pub(crate) fn checks(words: &str) -> bool {
    let plain = words
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    CHECKING.iter().any(|verb| {
        plain.strip_prefix(verb).is_some_and(|rest| {
            !verb.is_ascii() || !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
        })
    })
}

/// Whether a task with these words changes a file that is there, or hedges which file it makes.
pub(crate) fn modifies_or_hedges(words: &str) -> bool {
    static LIST: LazyLock<WordList> = LazyLock::new(|| WordList::new(HEDGING));
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let plain = flat(words);
    let mut own = words.lines();
    let mut first = own.next().unwrap_or_default().to_owned();
    for line in own.take_while(|line| !starts_block(line)) {
        first.push(' ');
        first.push_str(line);
    }
    let first = flat(&first);
    MODIFYING.iter().any(|verb| plain.starts_with(verb))
        || (first.starts_with("add") && first.contains(" to "))
        || LIST.occurs_in(&plain)
        || plain.contains("**done**")
}

/// Whether a path behind these words is only looked at: `using types from`, `per`.
pub(crate) fn refers(before: &str) -> bool {
    let clause = before
        .rsplit(['(', ';', '—', '。', '（'])
        .next()
        .unwrap_or(before);
    let mut words = clause
        .split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\''))
        .filter(|word| !word.is_empty())
        .rev();
    let near = words.next().unwrap_or_default().to_lowercase();
    // `pattern in`, `defined in`: the word before decides.
    let near = if matches!(near.as_str(), "in" | "on" | "to" | "the") {
        let further = words.next().unwrap_or_default().to_lowercase();
        if matches!(
            further.as_str(),
            "pattern"
                | "patterns"
                | "defined"
                | "described"
                | "documented"
                | "specified"
                | "used"
                | "based"
                | "according"
                | "similar"
                | "identical"
                | "see"
                | "existing"
                | "done"
                | "as"
        ) {
            return true;
        }
        return false;
    } else {
        near
    };
    REFERRING.contains(&near.as_str())
}

/// The sentence that ends where `before` ends.
pub(crate) fn sentence(before: &str) -> &str {
    let cut = before
        .rmatch_indices(['.', ';', '。', '；', '\n'])
        .find(|(at, mark)| {
            let behind = &before[at + mark.len()..];
            match *mark {
                "." => behind.starts_with(char::is_whitespace),
                // A wrapped line goes on.
                "\n" => {
                    starts_block(behind.split('\n').next().unwrap_or_default())
                        && !behind.trim().is_empty()
                }
                _ => true,
            }
        })
        .map_or(0, |(at, mark)| at + mark.len());
    &before[cut..]
}

fn begins_word(text: &str, word: &str) -> bool {
    if !word.is_ascii() {
        return text.contains(word);
    }
    let mut from = 0;
    while let Some(at) = text[from..].find(word).map(|at| from + at) {
        if !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            return true;
        }
        from = at + word.len();
    }
    false
}

/// Words of a line or heading that says an id may not be there any more, or not yet.
const GONE: &[&str] = &[
    "remov",
    "delet",
    "dropped",
    "descop",
    "supersed",
    "renumber",
    "renam",
    "replaced",
    "merged into",
    "merged fr-",
    "merged sc-",
    "combined fr-",
    "into unified",
    "formerly",
    "previously",
    "was fr-",
    "was sc-",
    "obsolete",
    "deprecat",
    "withdrawn",
    "retired",
    "reserved",
    "not used",
    "unused",
    "skipped",
    "no longer",
    "deferred",
    "out of scope",
    "non-goal",
    "does not exist",
    "not defined",
    "missing",
    "gap",
    "future",
    "proposed",
    "削除",
    "廃止",
    "対象外",
    "範囲外",
    "删除",
    "移除",
    "废弃",
    "超出范围",
    "不在范围",
    "삭제",
    "eliminad",
    "removid",
    "entfallen",
    "entfernt",
    "supprimé",
];

/// Whether a line says that an id on it may not be defined.
pub(crate) fn gone(line: &str) -> bool {
    static LIST: LazyLock<WordList> = LazyLock::new(|| WordList::new(GONE));
    let line = flat(line);
    LIST.occurs_in(&line)
}

/// Whether a section of this title speaks of ids that may not be defined.
pub(crate) fn gone_section(title: &str) -> bool {
    let title = title.to_lowercase();
    gone(&title)
        || [
            "change",
            "revision",
            "history",
            "evolution",
            "clarification",
            "amendment",
            "変更",
            "变更",
        ]
        .iter()
        .any(|word| begins_word(&title, word))
}

/// How far from its range a line is looked at, in bytes; nobody means a word that is further away.
const REACH: usize = 2_000;

/// The paragraph around a place: its line and those beside it up to a blank line; of a very long one, what is near.
pub(crate) fn paragraph(text: &str, range: TextRange) -> TextRange {
    let blank = |line: &str| line.trim_matches([' ', '\t', '>', '\r']).is_empty();
    let near = near(text, range);
    let (from, to) = (usize::from(near.start()), usize::from(near.end()));
    let line_start = |at: usize| {
        text[from..at]
            .rfind('\n')
            .map_or(from, |found| from + found + 1)
    };
    let line_end = |at: usize| text[at..to].find('\n').map_or(to, |found| at + found);
    let mut start = line_start(range.start().into());
    while start > from {
        let above = line_start(start - 1);
        if blank(&text[above..start - 1]) {
            break;
        }
        start = above;
    }
    let mut end = line_end(range.end().into());
    while end < to {
        let below = line_end(end + 1);
        if blank(&text[end + 1..below]) {
            break;
        }
        end = below;
    }
    span(start, end)
}

/// What is near a range, cut between characters.
pub(crate) fn near(text: &str, range: TextRange) -> TextRange {
    let mut from = usize::from(range.start()).saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = text.len().min(usize::from(range.end()) + REACH);
    while !text.is_char_boundary(to) {
        to += 1;
    }
    span(from, to)
}

/// The line a range begins in, as it was before somebody wrapped it: with the lines of the same paragraph, line break
/// left out; of a very long one, what is near.
pub(crate) fn line(text: &str, range: TextRange) -> TextRange {
    let at = usize::from(range.start());
    let near = near(text, range);
    let (from, to) = (usize::from(near.start()), usize::from(near.end()));
    let line_start = |at: usize| {
        text[from..at]
            .rfind(['\n', '\r'])
            .map_or(from, |found| from + found + 1)
    };
    let line_end = |at: usize| {
        text[at..to]
            .find(['\n', '\r'])
            .map_or(to, |found| at + found)
    };
    let mut start = line_start(at);
    while start > from && !starts_block(&text[start..line_end(start)]) {
        let before = text[from..start].trim_end_matches(['\n', '\r']).len() + from;
        let break_len = start - before;
        if break_len > 2
            || text[before..start].matches('\n').count() > 1
            || is_closed(&text[line_start(before)..before])
        {
            break;
        }
        start = line_start(before);
    }
    let mut end = line_end(at);
    while end < to {
        let next = end
            + if text[end..].starts_with("\r\n") {
                2
            } else {
                1
            };
        if next >= to
            || starts_block(&text[next..line_end(next)])
            || is_closed(&text[line_start(end)..end])
        {
            break;
        }
        end = line_end(next);
    }
    span(start, end)
}

/// Whether a line begins something of its own, so that no formatter wrapped it there.
fn starts_block(line: &str) -> bool {
    let line = line.trim_start();
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.is_empty()
        || line.starts_with(['#', '|', '>'])
        || line.starts_with("```")
        || line.starts_with("~~~")
        || ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
        || (numbered.len() < line.len()
            && (numbered.starts_with(". ") || numbered.starts_with(") ")))
        || matches!(line.trim_end(), "---" | "***" | "___" | "-" | "*" | "+")
}

/// Whether nothing goes on behind a line: a heading, a table row, a blank line.
fn is_closed(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with(['#', '|'])
}

/// Lower case, on one line: how words are looked for, wrapped or not.
pub(crate) fn flat(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for part in words.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&part.to_lowercase());
    }
    out
}
