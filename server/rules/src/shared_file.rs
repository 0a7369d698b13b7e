//! What a task list itself says of tasks that share a file: `T003-T005 can run in parallel (same file, different
//! functions)`. Knows words and ids, never files.

use documents::{ItemIndex, ItemKind};
use grammar::IdKind;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::{TextRange, TextSize, span};
use trace::FeatureDocument;

use crate::tasks::TaskView;

/// Parts of one file that can be written side by side.
const PARTS: [&str; 10] = [
    "addition", "block", "class", "function", "handler", "method", "section", "struct", "type",
    "case",
];
const APART: [&str; 5] = [
    "different",
    "independent",
    "separate",
    "disjoint",
    "distinct",
];
/// How many words may stand between `different` and `functions`.
const BETWEEN: usize = 2;
/// Words by which a line lets no two tasks write at once, whatever else it says.
const ONE_BY_ONE: [&str; 8] = [
    "sequen",
    "conflict",
    "avoid",
    "in order",
    "not parallel",
    "cannot",
    "file first",
    "in different files",
];
const SERIAL: [&str; 6] = [
    "serial",
    "serially",
    "serialise",
    "serialised",
    "serialize",
    "serialized",
];
/// Words of an order, which a line may name beside tasks that run together.
const ORDER: [&str; 5] = ["depends on", "after", "then ", "→", "->"];
const TOGETHER: [&str; 3] = ["parallel", "together", "[p]"];

/// The lines of a list that let tasks write one file at once.
pub(crate) struct Accepted {
    lines: Vec<Line>,
    /// The list's own legend gives `[P]` another meaning than different files.
    redefined: bool,
}

struct Line {
    /// Tasks it names, ranges written out.
    tasks: FxHashSet<SmolStr>,
    /// The phase whose tasks it speaks of in general, and whether it speaks of tests alone.
    phase: Option<(ItemIndex, bool)>,
}

impl Accepted {
    /// Reads every line that is no task; fenced lines too, since lists show there what to launch together.
    pub(crate) fn read(document: &FeatureDocument) -> Self {
        let mut lines = Vec::new();
        let mut redefined = false;
        let mut around = None;
        let mut start = 0;
        for written in document.doc.text.split_inclusive(['\n', '\r']) {
            let line = span(start, start + written.len());
            start += written.len();
            around = phase_after(document, line, written, around);
            let words = written.to_lowercase();
            redefined |= redefines(&words) && !is_task(document, line);
            if shares(&words) && !is_task(document, line) {
                lines.push(named(written, &words, around));
            }
        }
        Self { lines, redefined }
    }

    /// Whether `[P]` says something else than different files in this list.
    pub(crate) fn is_redefined(&self) -> bool {
        self.redefined
    }

    /// Whether one of the lines covers both tasks.
    pub(crate) fn covers(&self, one: TaskView<'_>, other: TaskView<'_>) -> bool {
        let both = |fits: &dyn Fn(TaskView<'_>) -> bool| fits(one) && fits(other);
        self.lines.iter().any(|line| {
            both(&|task| line.tasks.contains(&task.item.id))
                || line.phase.is_some_and(|(phase, tests)| {
                    both(&|task| {
                        task.item.parent == Some(phase)
                            && (!tests || task.words().to_lowercase().contains("test"))
                    })
                })
        })
    }
}

fn named(written: &str, words: &str, around: Option<ItemIndex>) -> Line {
    let mut mentions = Vec::new();
    grammar::mentions(written, TextSize::new(0), &mut mentions);
    let tasks: FxHashSet<SmolStr> = mentions
        .into_iter()
        .filter(|mention| mention.kind == IdKind::Task)
        .map(|mention| mention.key)
        .collect();
    let tests = words.contains("test");
    let general = tasks.is_empty()
        && (tests || words.contains("task"))
        && TOGETHER.iter().any(|word| words.contains(word));
    Line {
        tasks,
        phase: around.filter(|_| general).map(|phase| (phase, tests)),
    }
}

/// Words of a legend that has files in mind, in eight languages.
const FILES: [&str; 13] = [
    "file",
    "path",
    "文件",
    "檔案",
    "ファイル",
    "파일",
    "archivo",
    "fichero",
    "arquivo",
    "ficheiro",
    "datei",
    "fichier",
    "conflict",
];
/// Words by which a legend tells what sets the tasks apart.
const APART_IN_LEGENDS: [&str; 9] = [
    "different ",
    "no shared ",
    "disjoint ",
    "separate ",
    "不同",
    "異なる",
    "다른",
    "distint",
    "unterschiedlich",
];

/// Whether a line, in small letters, is the list's legend of `[P]` and sets tasks apart by something else than files:
/// `**[P]**: different units, no shared code`.
fn redefines(line: &str) -> bool {
    let words = line.trim_start_matches([' ', '\t', '-', '*', '+', '>', '`', '_']);
    let Some(behind) = words.strip_prefix("[p]") else {
        return false;
    };
    let meaning = behind.trim_start_matches(['*', '_', '`', ' ']);
    meaning.starts_with([':', '：', '=', '—', '–', '-'])
        && APART_IN_LEGENDS.iter().any(|word| meaning.contains(word))
        && !FILES.iter().any(|word| meaning.contains(word))
}

/// Whether a line, in small letters, says that one file may be written by several tasks at once.
fn shares(line: &str) -> bool {
    // Who merges one after another has one file in mind.
    let line = &line.replace("sequential merge", "merge");
    let says = |words: &[&str]| words.iter().any(|word| line.contains(word));
    if says(&ONE_BY_ONE) || (says(&ORDER) && !says(&TOGETHER)) {
        return false;
    }
    let words: Vec<&str> = line
        .split(|c: char| !c.is_alphanumeric() && c != '.' && c != '_')
        .filter(|word| !word.is_empty())
        .collect();
    let is_part = |word: &&str| PARTS.iter().any(|part| is_one_or_many(word, part));
    let soon = |at: usize| words[at + 1..].iter().take(BETWEEN + 1);
    !words.iter().any(|word| SERIAL.contains(word))
        && words.iter().enumerate().any(|(at, word)| match *word {
            "same" => soon(at).take(2).any(|word| is_one_or_many(word, "file")),
            word if APART.contains(&word) => soon(at).any(is_part),
            // `(dateUtils.ts functions)`
            word => is_file_name(word) && soon(at).take(1).any(is_part),
        })
}

fn is_one_or_many(word: &str, one: &str) -> bool {
    let word = word.trim_end_matches('.');
    word.strip_prefix(one)
        .is_some_and(|rest| matches!(rest, "" | "s"))
}

fn is_file_name(word: &str) -> bool {
    word.split_once('.').is_some_and(|(name, extension)| {
        !name.is_empty() && extension.starts_with(char::is_alphabetic)
    })
}

fn is_task(document: &FeatureDocument, line: TextRange) -> bool {
    let mut tasks = document.facts().items_of(ItemKind::Task);
    tasks.any(|(_, task)| line.contains(task.id_range.start()))
}

/// The phase spoken of from a line on: a heading's, or that of `**Phase 6 (Tests)**:` anywhere; else that of before.
fn phase_after(
    document: &FeatureDocument,
    line: TextRange,
    written: &str,
    before: Option<ItemIndex>,
) -> Option<ItemIndex> {
    let facts = document.facts();
    let phases = || facts.items_of(ItemKind::Phase);
    // Headings stand in document order.
    let next = facts
        .sections
        .partition_point(|section| section.heading.start() < line.start());
    let heading = facts.sections.get(next);
    if heading.is_some_and(|section| line.contains(section.heading.start())) {
        let around = phases().filter(|(_, phase)| phase.range.contains_range(line));
        return around.last().map(|(at, _)| at);
    }
    let named =
        label_of_phase(written).and_then(|number| phases().find(|(_, phase)| phase.id == number));
    named.map(|(at, _)| at).or(before)
}

/// `6` of a line that begins with `**Phase 6`.
fn label_of_phase(line: &str) -> Option<&str> {
    let label = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (word, behind) = label.split_at_checked("phase ".len())?;
    let number = behind
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .next()?;
    word.eq_ignore_ascii_case("phase ")
        .then(|| number.trim_end_matches('.'))
}
