//! What a plan's technical context names: things of the table of aliases, languages, and packages of a scope.

use std::ops::Range;
use std::sync::Arc;

use code::Ecosystem;
use text::{TextRange, span};

use super::aliases::{ALIASES, Meant, NAMES, Package};
use super::versions::{Stated, numbers};
use crate::feature::FeatureDocument;

/// Something that a plan names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StackName {
    /// Bytes of the name.
    pub(crate) range: TextRange,
    /// The version behind it.
    pub(crate) version: Option<Stated>,
    /// Said without a doubt, an alternative or a condition, here and at every other place of the plan.
    pub(crate) asserted: bool,
    pub(super) thing: Thing,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Thing {
    Alias(usize),
    Language(usize),
    /// `@scope/name`
    Package(Package),
}

impl StackName {
    /// Whether another plan that names `other` speaks of this thing: it names it, or what stands in its place.
    pub(crate) fn is_spoken_of_by(&self, other: &Self) -> bool {
        match (&self.thing, &other.thing) {
            (Thing::Alias(one), Thing::Alias(another)) => {
                let (one, another) = (&ALIASES[*one], &ALIASES[*another]);
                let meet = || {
                    let packages = one.packages.iter();
                    let mut packages = packages.map(|package| package.of);
                    packages.any(|of| another.packages.iter().any(|package| package.of == of))
                };
                std::ptr::eq(one, another)
                    || one.slot.is_some() && one.slot == another.slot && meet()
            }
            (one, another) => one == another,
        }
    }

    /// Whether both plans name the same things for others.
    pub(crate) fn is_same_thing(&self, other: &Self) -> bool {
        self.thing == other.thing
    }
}

/// Keys of the technical context below which things of the stack stand, in lower case and in part.
const KEYS: [&str; 32] = [
    "language",
    "dependenc",
    "storage",
    "testing",
    "lenguaje",
    "dependên",
    "almacen",
    "pruebas",
    "linguagem",
    "armazen",
    "testes",
    "sprache",
    "abhängig",
    "speicher",
    "langage",
    "dépendanc",
    "stockage",
    "语言",
    "依赖",
    "存储",
    "测试",
    "語言",
    "儲存",
    "測試",
    "言語",
    "依存",
    "ストレージ",
    "テスト",
    "언어",
    "의존성",
    "저장",
    "테스트",
];

/// What makes a name no claim: doubt, choice, condition, absence, another time or another place.
const DOUBT: [&str; 88] = [
    "alternative",
    "alternatives",
    "alternatively",
    "available",
    "avoid",
    "avoids",
    "candidate",
    "cdn",
    "compatible",
    "consider",
    "could",
    "deferred",
    "defer",
    "deprecated",
    "drop",
    "dropped",
    "drops",
    "e.g",
    "either",
    "equivalent",
    "excluded",
    "external",
    "former",
    "formerly",
    "future",
    "if",
    "inspired",
    "instead",
    "later",
    "like",
    "manual",
    "manually",
    "may",
    "might",
    "migrate",
    "migrated",
    "migrating",
    "migration",
    "mock",
    "mocked",
    "mocks",
    "n/a",
    "needed",
    "needs",
    "never",
    "no",
    "non",
    "none",
    "not",
    "optional",
    "optionally",
    "or",
    "pattern",
    "patterns",
    "phase",
    "planned",
    "possible",
    "possibly",
    "previously",
    "rather",
    "recommended",
    "removal",
    "remove",
    "removed",
    "removes",
    "replace",
    "replaced",
    "replaces",
    "replacing",
    "sibling",
    "similar",
    "style",
    "such",
    "tbd",
    "unchanged",
    "unless",
    "unused",
    "upstream",
    "versus",
    "via",
    "vs",
    "when",
    "without",
    "sin",
    "sem",
    "ohne",
    "sans",
    "kein",
];

/// Words after which all that follows in the sentence is not there.
const DENIED: [&str; 8] = [
    "no", "not", "without", "never", "none", "sin", "sem", "ohne",
];

/// The same where words are not written apart.
const DENIED_MARKS: [&str; 4] = ["不", "无", "無", "なし"];

/// What makes a name no claim where words are not written apart, and marks.
const DOUBT_MARKS: [&str; 16] = [
    "~~",
    "\u{2192}",
    "->",
    "/",
    "不",
    "无",
    "無",
    "或",
    "未",
    "可选",
    "确认",
    "なし",
    "または",
    "任意",
    "없",
    "또는",
];

/// What a plan names, each thing once, by place.
pub(crate) fn named(plan: &FeatureDocument) -> Arc<[StackName]> {
    let facts = plan.facts();
    let text = &*plan.doc.text;
    // What stands before the first section is the document's head.
    let sections = &facts.sections;
    let body = sections.iter().find(|section| section.level == 2);
    let Some(body) = body.map(|section| section.heading.end()) else {
        return Arc::default();
    };
    let mut names: Vec<StackName> = Vec::new();
    for (at, meta) in facts.metas.iter().enumerate() {
        let key = meta.key.to_lowercase();
        if meta.key_range.start() < body || !KEYS.iter().any(|part| key.contains(part)) {
            continue;
        }
        // A list below the key belongs to it.
        let start = usize::from(meta.value_range.start());
        let next = facts.metas.get(at + 1);
        let next = next.map(|next| usize::from(next.key_range.start()));
        let mut headings = sections
            .iter()
            .map(|each| usize::from(each.heading.start()));
        let heading = headings.find(|heading| *heading >= start);
        let end = next
            .into_iter()
            .chain(heading)
            .min()
            .unwrap_or(text.len())
            .max(start);
        let mut denied = false;
        for part in parts(text, start..end) {
            // `no Redis, Celery, Kafka`: what is denied goes on to the end of the sentence.
            let before = text[..part.start].chars().next_back();
            denied &= before.is_some_and(|c| matches!(c, ',' | '，' | '、'));
            read(text, part, &mut denied, &mut names);
        }
    }
    let opaque = |range: TextRange| facts.opaque.iter().any(|each| each.contains_range(range));
    names.retain(|name| !opaque(name.range));
    let mut once: Vec<StackName> = Vec::new();
    for name in names {
        match once.iter_mut().find(|known| known.thing == name.thing) {
            Some(known) => {
                known.asserted &= name.asserted;
                // Two versions of one thing, and none of them is the one.
                let same = |one: &Stated, other: &Stated| one.parts == other.parts;
                match (&known.version, &name.version) {
                    (Some(one), Some(other)) if !same(one, other) => known.version = None,
                    _ => {}
                }
            }
            None => once.push(name),
        }
    }
    once.into()
}

/// The parts of an enumeration: between commas and their like, ends of sentences and lines, brackets kept together.
fn parts(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut start = range.start;
    let mut chars = text[range.clone()].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let at = range.start + offset;
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let behind = chars.peek().map_or(' ', |(_, next)| *next);
        let ends = match c {
            '\n' => {
                depth = 0;
                true
            }
            ',' | ';' | '，' | '、' | '；' | '。' => depth == 0,
            '.' => depth == 0 && behind.is_whitespace(),
            _ => false,
        };
        if ends {
            parts.push(start..at);
            start = at + c.len_utf8();
        }
    }
    parts.push(start..range.end);
    parts
}

fn read(text: &str, part: Range<usize>, denied: &mut bool, names: &mut Vec<StackName>) {
    let first = names.len();
    let slice = &text[part.clone()];
    let mut rest = slice.to_owned();
    let mut at = 0;
    while at < slice.len() {
        let own = slice[..at].chars().next_back().is_none_or(is_before);
        let found = own.then(|| found(slice, at)).flatten();
        let Some((thing, end)) = found else {
            at += slice[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        names.push(StackName {
            range: span(part.start + at, part.start + end),
            version: version(text, part.start + end, part.end),
            // Behind a dash stands what it is for.
            asserted: !["\u{2014}", " - "]
                .iter()
                .any(|dash| slice[..at].contains(dash)),
            thing,
        });
        // A slash of a name is no choice.
        rest.replace_range(at..end, &" ".repeat(end - at));
        at = end;
    }
    *denied |= denies(&rest);
    if names.len() > first && (*denied || is_doubtful(&rest)) {
        for name in &mut names[first..] {
            name.asserted = false;
        }
    }
}

/// What a name at `at` stands for, and where it ends.
fn found(slice: &str, at: usize) -> Option<(Thing, usize)> {
    let rest = &slice[at..];
    let code = slice[..at].ends_with('`');
    if code && rest.starts_with('@') {
        let end = rest.find('`')?;
        let name = &rest[..end];
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let (scope, package) = name[1..].split_once('/')?;
        let whole = !scope.is_empty() && !package.is_empty();
        if whole && scope.chars().all(plain) && package.chars().all(plain) {
            let package = Package::new(Ecosystem::Npm, name);
            return Some((Thing::Package(package), at + end));
        }
        return None;
    }
    let names = NAMES.get(usize::from(*rest.as_bytes().first()?))?;
    names.iter().find_map(|(name, only_code, meant)| {
        let behind = rest.strip_prefix(name)?;
        let mut next = behind.chars();
        let ends = match next.next() {
            None | Some('@') => true,
            Some('-' | '.' | '_') => next.next().is_none_or(|c| !c.is_alphanumeric()),
            Some(c) => is_behind(c),
        };
        if !ends || *only_code && !code {
            return None;
        }
        let thing = match meant {
            Meant::Alias(at) => Thing::Alias(*at),
            Meant::Language(at) => Thing::Language(*at),
        };
        Some((thing, at + name.len()))
    })
}

/// What may stand before a name.
fn is_before(c: char) -> bool {
    !(c.is_ascii_alphanumeric() || matches!(c, '_' | '@' | '.' | '/' | '-'))
}

/// What may stand behind one.
fn is_behind(c: char) -> bool {
    !(c.is_ascii_alphanumeric() || matches!(c, '_' | '/'))
}

/// The version behind a name: `FastAPI 0.141`, `React v18+`, `zod@3`.
fn version(text: &str, from: usize, end: usize) -> Option<Stated> {
    let slice = text.get(from..end)?;
    let bare = slice.trim_start_matches(['`', ' ', 'v', '@', '^', '~', '=', '>', '≥', '(', '*']);
    let before = &slice[..slice.len() - bare.len()];
    if before.len() > 6 || before.is_empty() {
        return None;
    }
    let (parts, length) = numbers(bare)?;
    let behind = bare[length..].trim_start_matches(".x");
    // A range, a date, a name that begins with digits.
    let lone = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '–' | '~' | '%');
    if !behind.chars().next().is_none_or(lone) {
        return None;
    }
    let later = behind.trim_start().to_lowercase();
    let words = [
        "+",
        "or later",
        "or newer",
        "or higher",
        "or above",
        "以上",
        "及以上",
        "and above",
        "minimum",
    ];
    let start = from + before.len();
    Some(Stated {
        range: span(start, start + length),
        parts,
        at_least: before.contains(['>', '≥']) || words.iter().any(|word| later.starts_with(word)),
    })
}

/// Whether something is said not to be; in brackets it is said of one thing.
fn denies(rest: &str) -> bool {
    let plain = rest
        .split(['(', '（'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let mut words = plain.split(|c: char| !c.is_alphanumeric());
    DENIED_MARKS.iter().any(|mark| plain.contains(mark)) || words.any(|word| DENIED.contains(&word))
}

fn is_doubtful(rest: &str) -> bool {
    let lower = rest.to_lowercase();
    // `18 or later` leaves no choice.
    let lower = lower
        .replace("or later", "")
        .replace("or newer", "")
        .replace("or higher", "");
    let word = |c: char| !(c.is_alphanumeric() || matches!(c, '.' | '/'));
    let mut words = lower
        .split(word)
        .map(|word| word.trim_matches(['.', '/']))
        .filter(|word| !word.is_empty());
    DOUBT_MARKS.iter().any(|mark| lower.contains(mark)) || words.any(|word| DOUBT.contains(&word))
}
