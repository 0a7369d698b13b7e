//! Features whose tasks cite requirements, with the citations taken out: what is to be found again, and where.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Document, Role};

/// A requirement or criterion that tasks cite.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// `FR-003`; `2.1` for a criterion of Kiro.
    pub(super) id: String,
    /// Its own lines.
    pub(super) text: String,
    /// Places in [`Hidden::tasks`] of those that cite it.
    pub(super) cited_by: BTreeSet<usize>,
}

/// A task without what it cited.
#[derive(Debug, Clone)]
pub(super) struct Offered {
    /// Its line, from 1.
    pub(super) line: usize,
    /// Its own lines.
    pub(super) text: String,
}

/// One feature, citations hidden.
#[derive(Debug, Clone)]
pub(super) struct Hidden {
    /// Its path.
    pub(super) feature: String,
    /// Requirements with at least one citing task.
    pub(super) wanted: Vec<Wanted>,
    /// All its tasks.
    pub(super) tasks: Vec<Offered>,
    /// Its task list with as many lines as before.
    pub(super) text: String,
}

/// A task that cites so many, and more than half of all, says nothing of a single one: "all of FR-001 to FR-025 hold".
const MANY: usize = 5;

fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| unreachable!("{error}"))
}

const ID: &str = r"(?:FR|NFR|SC|OR|TR|SR|DR)(?:-[A-Z]{1,5})?-[A-Z]?\d{1,4}(?:[.-]\d{1,2}\b)?[a-z]?";

static DEFINITION: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"^\s*[-*] \*\*({ID})\*\*:?\s*(\S.*)$")));
/// One id and what goes on behind it: lists and ranges, the id's first part left out or not.
static RUN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"\b{ID}(?:\s*(?:,|/|&|\+|\band\b|\bto\b|\bthrough\b|\.\.\.?|–|—|-|~|〜|…|、)\s*(?:{ID}|\d{{3,4}}[a-z]?\b|[b-z]\b))*"
    ))
});
static PART: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"{ID}|\d{{3,4}}[a-z]?")));
static SPLIT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(.*?)(\d+)([a-z]?)$"));
static EMPTIED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\((?:\s|[,;/&+–-])*\)|\[(?:[,;/&+–-])+\s*\]|\[\]"));
static TASK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^([ \t]*)[-*] \[[ xX~-]\] ?(?:\*\*)?(T\d{3,4}[a-z]?)(?:\*\*|[ \t:]|$)")
});
static KIRO_TASK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^([ \t]*)[-*] \[[ xX~-]\]\*? ?(\d+(?:\.\d+)*)\.?[ \t]"));
/// What cites by number: the rest of the line behind the word.
static CITES: LazyLock<Regex> = LazyLock::new(|| {
    const WORD: &str = r"(?:\b_*(?:Requirements?|Reqs?\.?|Validates)|要件|需求|요구사항)\s*[*_]*";
    pattern(&format!(
        r"(?i){WORD}\s*[:：].*$|{WORD}\s*(\d+(?:\.\d+)*(?:[\s,、，;]|and|to|[-–~〜]|\d|\.\d)*)"
    ))
});
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(\d+)\.(\d+)(?:\s*(?:[-–~〜]|to)\s*(?:(\d+)\.)?(\d+)(?:[^.\d]|$))?")
});
static HEADING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^#{2,4} (?:Requirement|要件|需求)\s*(\d+)\b"));
static ACCEPTANCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^#{3,5} (?:acceptance criteria|受け入れ基準|受入基準|验收标准)\s*$")
});
static LISTED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d+)\. (\S.*)$"));

/// The feature of a spec and a task list; nothing where no task cites what the spec defines.
#[must_use]
pub(super) fn hide(spec: &Document, tasks: &Document) -> Option<Hidden> {
    let kiro = spec.role == Role::Requirements;
    let defined = if kiro {
        criteria(spec)
    } else {
        requirements(spec)
    };
    let places = task_lines(tasks, if kiro { &KIRO_TASK } else { &TASK });
    let mut cited: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut text = String::with_capacity(tasks.text.len());
    let mut bare: Vec<String> = Vec::new();
    for (number, line) in tasks.lines.iter().enumerate() {
        let words = &tasks.text[line.start..line.end];
        let (kept, ids) = if kiro {
            without_numbers(words)
        } else {
            without_ids(words)
        };
        let owner = places.iter().position(|lines| lines.contains(&number));
        for id in ids {
            if let (Some(owner), Some((id, _))) = (owner, defined.get_key_value(&id)) {
                cited.entry(id).or_default().insert(owner);
            }
        }
        text.push_str(&kept);
        text.push_str(&tasks.text[line.end..line.next]);
        bare.push(kept);
    }
    let measured = defined.keys().filter(|id| !id.starts_with("SC-")).count();
    let everything = |task: &usize| {
        let of_task = cited
            .iter()
            .filter(|(id, tasks)| !id.starts_with("SC-") && tasks.contains(task))
            .count();
        of_task >= MANY && 2 * of_task > measured
    };
    let everything: BTreeSet<usize> = (0..places.len()).filter(everything).collect();
    for tasks in cited.values_mut() {
        tasks.retain(|task| !everything.contains(task));
    }
    let wanted: Vec<Wanted> = cited
        .into_iter()
        .filter(|(id, tasks)| !id.starts_with("SC-") && !tasks.is_empty())
        .map(|(id, cited_by)| Wanted {
            id: id.to_owned(),
            text: defined[id].clone(),
            cited_by,
        })
        .collect();
    let offered = places.into_iter().map(|lines| Offered {
        line: lines.start + 1,
        text: bare[lines].join("\n"),
    });
    (!wanted.is_empty()).then(|| Hidden {
        feature: spec.feature.clone(),
        tasks: offered.collect(),
        wanted,
        text,
    })
}

/// Requirements that are list items; those defined twice are left out.
fn requirements(spec: &Document) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, Option<String>> = BTreeMap::new();
    for line in (0..spec.lines.len()).filter(|line| spec.open(*line)) {
        if let Some(parts) = DEFINITION.captures(spec.line(line)) {
            let text = item_text(spec, line, parts[2].to_owned());
            let entry = found.entry(parts[1].to_owned());
            entry.and_modify(|each| *each = None).or_insert(Some(text));
        }
    }
    let once = found.into_iter();
    once.filter_map(|(id, text)| Some((id, text?))).collect()
}

/// A list item's text with its further lines.
fn item_text(spec: &Document, line: usize, mut text: String) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = indent(spec.line(line));
    let further = (line + 1..spec.lines.len())
        .map(|next| spec.line(next))
        .take_while(|next| !next.trim().is_empty() && indent(next) > own);
    for next in further {
        text.push('\n');
        text.push_str(next.trim());
    }
    text
}

/// Criteria of Kiro: numbered items below *Acceptance Criteria*.
fn criteria(spec: &Document) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut requirement = None;
    let (mut inside, mut count) = (false, 0);
    for line in (0..spec.lines.len()).filter(|line| spec.open(*line)) {
        let words = spec.line(line);
        if words.starts_with('#') {
            if let Some(parts) = HEADING.captures(words) {
                requirement = Some(parts[1].to_owned());
                count = 0;
            }
            inside = ACCEPTANCE.is_match(words);
        } else if let (true, Some(number), Some(parts)) =
            (inside, &requirement, LISTED.captures(words))
        {
            count += 1;
            let id = format!("{number}.{count}");
            found.insert(id, item_text(spec, line, parts[2].to_owned()));
        }
    }
    found
}

/// The lines of each task, without those of tasks below it.
fn task_lines(tasks: &Document, pattern: &Regex) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for line in 0..tasks.lines.len() {
        let words = tasks.line(line);
        let task = pattern.captures(words).filter(|_| tasks.open(line));
        let indent = words.len() - words.trim_start().len();
        let goes_on = |own: usize| !words.trim().is_empty() && indent > own;
        let ends = task.is_some()
            || open.is_some_and(|(_, own)| !goes_on(own) && !words.trim().is_empty());
        if ends && let Some((start, _)) = open.take() {
            found.push(start..line);
        }
        if let Some(parts) = task {
            open = Some((line, parts[1].len()));
        }
    }
    found.extend(open.map(|(start, _)| start..tasks.lines.len()));
    found
}

/// A line without its ids, and them.
fn without_ids(line: &str) -> (String, Vec<String>) {
    if !RUN.is_match(line) {
        return (line.to_owned(), Vec::new());
    }
    let ids = RUN.find_iter(line).flat_map(|run| expanded(run.as_str()));
    let ids: Vec<String> = ids.collect();
    let kept = RUN.replace_all(line, "");
    (EMPTIED.replace_all(&kept, "").into_owned(), ids)
}

/// `FR-001, FR-003..005` one by one.
fn expanded(run: &str) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    let mut end = 0;
    for part in PART.find_iter(run) {
        let between = run[end..part.start()].trim();
        end = part.end();
        let range = matches!(
            between,
            "to" | "through" | ".." | "..." | "–" | "—" | "-" | "~" | "〜" | "…"
        );
        let (Some(own), last) = (SPLIT.captures(part.as_str()), ids.last().cloned()) else {
            continue;
        };
        let last = last.as_deref().and_then(|last| {
            SPLIT
                .captures(last)
                .map(|it| (it[1].to_owned(), it[2].to_owned()))
        });
        let stem = match &last {
            Some((stem, _)) if own[1].is_empty() => stem.clone(),
            _ => own[1].to_owned(),
        };
        if let (true, Some((from_stem, from))) = (range, &last)
            && *from_stem == stem
            && let (Ok(from), Ok(to)) = (from.parse::<u32>(), own[2].parse::<u32>())
            && to > from
            && to - from < 100
        {
            let width = own[2].len();
            ids.extend((from + 1..to).map(|number| format!("{stem}{number:0width$}")));
        }
        ids.push(format!("{stem}{}{}", &own[2], &own[3]));
    }
    ids
}

/// A line of a Kiro list without the numbers it cites, and them.
fn without_numbers(line: &str) -> (String, Vec<String>) {
    let mut ids = Vec::new();
    for found in CITES.find_iter(line) {
        for parts in NUMBER.captures_iter(found.as_str()) {
            let (requirement, from) = (&parts[1], parts[2].parse::<u32>().unwrap_or(0));
            let other = parts.get(3).is_some_and(|to| to.as_str() != requirement);
            let to = parts.get(4).and_then(|to| to.as_str().parse().ok());
            let to = to.filter(|to| !other && *to > from && to - from < 100);
            ids.extend((from..=to.unwrap_or(from)).map(|each| format!("{requirement}.{each}")));
        }
    }
    (CITES.replace_all(line, "").into_owned(), ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_are_read_one_by_one_and_leave_nothing_behind() {
        let read = |line: &str| without_ids(line);
        let ids = |line: &str| read(line).1.join(" ");
        assert_eq!(
            ids("(FR-001, FR-003..FR-005)"),
            "FR-001 FR-003 FR-004 FR-005"
        );
        assert_eq!(ids("per FR-001 through FR-003"), "FR-001 FR-002 FR-003");
        assert_eq!(ids("FR-001/002, 3 times"), "FR-001 FR-002");
        assert_eq!(ids("FR-A1 and SC-002"), "FR-A1 SC-002");
        assert_eq!(read("Store it (FR-001, FR-002) now").0, "Store it  now");
        assert_eq!(
            read("- [ ] T001 [FR-001] [US1] Store").0,
            "- [ ] T001  [US1] Store"
        );
    }

    #[test]
    fn numbers_of_kiro_are_read_one_by_one() {
        let read = |line: &str| without_numbers(line);
        assert_eq!(
            read("  - _Requirements: 1.1, 2.3-2.5_").1,
            ["1.1", "2.3", "2.4", "2.5"]
        );
        assert_eq!(read("    - **Validates: Requirements 1.2**").1, ["1.2"]);
        assert_eq!(read("  - _Requirements:_ 4.1, 4.2").1, ["4.1", "4.2"]);
        assert_eq!(
            read("    - Two jobs (Req 1.1, 1.2), one pin (Req 2.1).").1,
            ["1.1", "1.2", "2.1"]
        );
        assert_eq!(read("  - Use version 1.2 of it").1, [""; 0]);
    }
}
