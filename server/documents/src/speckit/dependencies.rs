//! Which task the document says comes after which: `(depends on T012, T013)`, `T013 depends on T009`, `T011 blocks
//! T012–T016`, `(after T003)`. Only words that say it of named tasks; arrows and drawings are left to people.

use crate::model::{Dependency, Item, ItemIndex, ItemKind};
use grammar::{IdKind, Mention};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::ops::Range;

/// What stands before the tasks that must be done first.
const AFTER: &[&str] = &[
    "depends on",
    "depend on",
    "depending on",
    "depends upon",
    "depends",
    "dependent on",
    "dependency on",
    "dependency",
    "dependencies",
    "deps",
    "blocked by",
    "依赖",
    "依赖于",
    "依存",
    "의존",
    "depende de",
    "dependen de",
    "dependem de",
    "dépend de",
    "dépendent de",
    "hängt ab von",
    "abhängig von",
];

/// What stands before the tasks that come later.
const BEFORE: &[&str] = &["blocks", "block"];

/// The same, where nothing but the first task stands before it: `T007 before T008`, `T009 after T008`.
const BARE_AFTER: &[&str] = &["after"];
const BARE_BEFORE: &[&str] = &["before"];

/// Words between a task and `after`: `T009 can run in parallel after T008`.
const RUNS: &[&str] = &[
    "",
    "runs",
    "run",
    "must run",
    "can run",
    "can run in parallel",
    "run in parallel",
    "in parallel",
    "can start",
    "starts",
    "start",
    "comes",
    "come",
    "follows",
];

/// Words between such a word and the first task.
const LEADING: &[&str] = &[
    "task",
    "tasks",
    "completion of",
    "both",
    "于",
    "任务",
    "タスク",
];

/// Words before it that say the contrary.
const NOT: &[&str] = &[
    "not",
    "n't",
    "n’t",
    "no",
    "no longer",
    "never",
    "without",
    "不",
    "无",
    "無",
    "非",
];

/// What stands between the ends of a range.
const RANGES: &[&str] = &[
    "-", "–", "—", "~", "〜", "～", "..", "...", "…", "to", "through", "thru", "until", "bis", "a",
    "até", "至", "到", "から",
];

/// Reads the dependencies between the tasks of one list; `text` has wrapped paragraphs on one line.
pub(super) fn read(text: &str, items: &[Item], mentions: &[Mention]) -> Vec<Dependency> {
    let tasks = Tasks::of(items);
    let mut found = Vec::new();
    let counted: Vec<&Mention> = mentions
        .iter()
        .filter(|mention| mention.kind == IdKind::Task)
        .collect();
    let mut from = 0;
    while from < counted.len() {
        let line = line_of(text, counted[from].range.start().into());
        let rest = &counted[from..];
        let count = rest.partition_point(|each| usize::from(each.range.start()) < line.end);
        let list = Line {
            text,
            tasks: &tasks,
            runs: runs(text, &rest[..count]),
            range: line,
        };
        list.read(&mut found);
        from += count.max(1);
    }
    found.sort_by_key(|each: &Dependency| (each.range.start(), each.task, each.on));
    found.dedup();
    found
}

/// The tasks of the list by id; those of a repeated id are nobody's.
struct Tasks<'a> {
    by_id: FxHashMap<&'a SmolStr, Option<ItemIndex>>,
    list: Vec<(ItemIndex, &'a Item)>,
}

impl<'a> Tasks<'a> {
    fn of(items: &'a [Item]) -> Self {
        let mut by_id: FxHashMap<&SmolStr, Option<ItemIndex>> = FxHashMap::default();
        let mut list = Vec::new();
        for (at, item) in (0..).zip(items) {
            if item.kind == ItemKind::Task {
                list.push((at, item));
                by_id
                    .entry(&item.id)
                    .and_modify(|known| *known = None)
                    .or_insert(Some(at));
            }
        }
        Self { by_id, list }
    }

    fn named(&self, id: &SmolStr) -> Option<ItemIndex> {
        self.by_id.get(id).copied().flatten()
    }

    /// The innermost task around a place.
    fn around(&self, at: usize) -> Option<(ItemIndex, &'a Item)> {
        let inside = |item: &Item| {
            usize::from(item.range.start()) <= at && at < usize::from(item.range.end())
        };
        let before = self
            .list
            .partition_point(|(_, item)| usize::from(item.range.start()) <= at);
        self.list[..before]
            .iter()
            .rev()
            .find(|(_, item)| inside(item))
            .copied()
    }
}

/// Tasks named one beside the other: `T001, T002 and T005-T007`.
struct Run<'a> {
    ids: Vec<&'a Mention>,
    range: Range<usize>,
}

impl Run<'_> {
    /// Whether these are tasks of another feature. A path in front of the words (`as in specs/001-a/quickstart.md
    /// (depends on T003)`) says nothing of the task behind them.
    fn is_elsewhere(&self, said: &Said) -> bool {
        let qualifiers = self.ids.iter().filter_map(|id| id.qualifier.as_ref());
        qualifiers
            .into_iter()
            .any(|qualifier| !qualifier.path || usize::from(qualifier.range.start()) > said.start)
    }
}

/// One line that names tasks.
struct Line<'a> {
    text: &'a str,
    tasks: &'a Tasks<'a>,
    runs: Vec<Run<'a>>,
    range: Range<usize>,
}

impl Line<'_> {
    fn read(&self, found: &mut Vec<Dependency>) {
        for (nth, run) in self.runs.iter().enumerate() {
            if self.respectively(run) || self.goes_on(run) {
                continue;
            }
            let Some(said) = self.said_before(run).filter(|said| !run.is_elsewhere(said)) else {
                continue;
            };
            let Some(subject) = self.subject(nth, &said) else {
                continue;
            };
            let objects: Vec<(ItemIndex, &Mention)> = run
                .ids
                .iter()
                .filter_map(|id| Some((self.tasks.named(&id.key)?, *id)))
                .collect();
            // `T012-T016 depend on T014` means something else than it says.
            if objects.iter().any(|(at, _)| subject.contains(at)) {
                continue;
            }
            for (object, mention) in objects {
                for &own in &subject {
                    let (task, on) = if said.later {
                        (object, own)
                    } else {
                        (own, object)
                    };
                    found.push(Dependency {
                        task,
                        on,
                        range: mention.range,
                    });
                }
            }
        }
    }

    /// Each task has its own: which belongs to which is not read.
    fn respectively(&self, run: &Run<'_>) -> bool {
        self.text[run.range.end..self.range.end].contains("respectively")
    }

    /// `T013 depends on T012, and T015 depends on T011`: where one list ends and the next begins is not read.
    fn goes_on(&self, run: &Run<'_>) -> bool {
        let behind = self.text[run.range.end..self.range.end]
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`'));
        run.ids.len() > 1
            && [AFTER, BEFORE, BARE_AFTER, BARE_BEFORE, RUNS]
                .into_iter()
                .flatten()
                .any(|word| {
                    let head = behind.get(..word.len()).unwrap_or_default();
                    !word.is_empty()
                        && head.eq_ignore_ascii_case(word)
                        && !behind[word.len()..].starts_with(char::is_alphanumeric)
                })
    }

    /// The word before a run that makes it a dependency.
    fn said_before(&self, run: &Run<'_>) -> Option<Said> {
        let mut before = trimmed(&self.text[self.range.start..run.range.start]);
        while let Some(word) = LEADING.iter().find(|word| ends_with(before, word)) {
            before = trimmed(&before[..before.len() - word.len()]);
        }
        let longest = |words: &[&'static str]| {
            let ends = words.iter().filter(|word| ends_with(before, word));
            ends.max_by_key(|word| word.len()).copied()
        };
        let (word, later, bare) = if let Some(word) = longest(AFTER) {
            (word, false, false)
        } else if let Some(word) = longest(BEFORE) {
            (word, true, false)
        } else if let Some(word) = longest(BARE_AFTER) {
            (word, false, true)
        } else {
            (longest(BARE_BEFORE)?, true, true)
        };
        let head = &before[..before.len() - word.len()];
        let plain = trimmed(head);
        if NOT.iter().any(|not| ends_with(plain, not)) {
            return None;
        }
        Some(Said {
            start: self.range.start + head.len(),
            later,
            bare,
        })
    }

    /// The tasks of which it is said.
    fn subject(&self, nth: usize, said: &Said) -> Option<Vec<ItemIndex>> {
        let around = self.tasks.around(said.start);
        let before = nth.checked_sub(1).map(|at| &self.runs[at]);
        // The task's own id is none of the runs.
        let before = before.filter(|run| run.range.end <= said.start);
        if let Some(run) = before {
            let gap = &self.text[run.range.end..said.start];
            let opens = opens(gap);
            let words = bare_words(gap);
            let beside = !opens && RUNS.contains(&words.as_str());
            if beside {
                return self.all(run);
            }
            if around.is_none() {
                let leads =
                    nth == 1 && self.leads(run) && !breaks(gap) && (!said.bare || opens_last(gap));
                return if leads { self.all(run) } else { None };
            }
        }
        let (at, _) = around?;
        let gap = &self.text[self.range.start..said.start];
        (!said.bare || opens_last(gap)).then(|| vec![at])
    }

    fn all(&self, run: &Run<'_>) -> Option<Vec<ItemIndex>> {
        let named: Vec<ItemIndex> = run
            .ids
            .iter()
            .filter_map(|id| self.tasks.named(&id.key))
            .collect();
        let elsewhere = run.ids.iter().any(|id| id.qualifier.is_some());
        (!elsewhere && named.len() == run.ids.len()).then_some(named)
    }

    /// Whether a line begins with this run.
    fn leads(&self, run: &Run<'_>) -> bool {
        !self.text[self.range.start..run.range.start].contains(char::is_alphanumeric)
    }
}

/// What is said of a run.
struct Said {
    /// Where the word begins.
    start: usize,
    /// The run's tasks come later, and not first.
    later: bool,
    /// Said by a word that means other things too.
    bare: bool,
}

/// Groups the task ids of one line.
fn runs<'a>(text: &str, mentions: &[&'a Mention]) -> Vec<Run<'a>> {
    let mut runs: Vec<Run<'a>> = Vec::new();
    for &mention in mentions {
        let range: Range<usize> = mention.range.into();
        match runs.last_mut() {
            Some(run)
                if !mention.written
                    || range.start < run.range.end
                    || joins(&text[run.range.end..range.start], mention.in_range) =>
            {
                if mention.written {
                    run.range.end = run.range.end.max(range.end);
                }
                run.ids.push(mention);
            }
            _ => runs.push(Run {
                ids: vec![mention],
                range,
            }),
        }
    }
    runs
}

/// Whether what stands between two ids makes them one list; what is said of an id in brackets is left out.
fn joins(gap: &str, in_range: bool) -> bool {
    if opens(gap) {
        return false;
    }
    let sign = trimmed(gap.trim_start_matches(['*', '_', '`', ' ']));
    if in_range && RANGES.contains(&sign) {
        return true;
    }
    let gap = bare_words(gap);
    let word = gap.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '、' | '，' | '/' | '+' | '&')
    });
    matches!(
        word,
        "" | "and" | "or" | "と" | "和" | "及び" | "及" | "与" | "y" | "e" | "und" | "et" | "와"
    ) && !gap.contains(';')
}

/// A text without what stands in brackets, without marks and labels, in lower case, on single blanks.
fn bare_words(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '(' | '（' | '[' | '［' => depth += 1,
            ')' | '）' | ']' | '］' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => out.push(')'),
            },
            '*' | '_' | '`' | '~' => {}
            _ if depth > 0 => {}
            c if c.is_whitespace() => out.push(' '),
            c => out.extend(c.to_lowercase()),
        }
    }
    let words: Vec<&str> = out
        .split_whitespace()
        .filter(|word| !matches!(*word, "-" | "–" | "—"))
        .collect();
    words.join(" ")
}

/// Whether a bracket is left open.
fn opens(text: &str) -> bool {
    let count = |marks: [char; 2]| text.matches(marks).count();
    count(['(', '（']) > count([')', '）'])
}

/// Whether nothing but marks stands behind the last opening bracket, or behind a semicolon in one.
fn opens_last(text: &str) -> bool {
    trimmed(text).ends_with(['(', '（', '[', ';', '；'])
        && (opens(text) || trimmed(text).ends_with('['))
}

/// Whether a sentence ends within, or an arrow says something of its own.
fn breaks(text: &str) -> bool {
    text.contains([';', '；', '。', '→', '⇒']) || text.contains(". ") || text.contains("->")
}

/// Without blanks and marks at the end.
fn trimmed(text: &str) -> &str {
    text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '*' | '_' | '`' | ':' | '：' | '~')
    })
}

/// Whether a text ends with a word, in any case; a word of ASCII begins there.
fn ends_with(text: &str, word: &str) -> bool {
    let Some(at) = text.len().checked_sub(word.len()) else {
        return false;
    };
    text.is_char_boundary(at)
        && text[at..].eq_ignore_ascii_case(word)
        && !(word.is_ascii()
            && word.starts_with(|c: char| c.is_ascii_alphabetic())
            && text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-')))
}

/// The line around a place, without its break.
fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |found| found + 1);
    let end = text[at..]
        .find(['\n', '\r'])
        .map_or(text.len(), |found| at + found);
    start..end
}
