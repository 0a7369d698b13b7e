//! What test runs and coverage say of tests and symbols: which case of a report is which test, whether it is newer than
//! the code, and whether a symbol's lines ran.
//!
//! A case belongs to a test where its names leave one candidate; a tie belongs to nobody.

use std::sync::Arc;

use code::{Language, Outcome, Report};
use imbl::HashMap;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::FileId;

use crate::tree::{file_name, join, parent};
use crate::{Graph, RootId, SymbolRef, TestRef};

/// Reports as `workspace` found them, and the ages of the sources.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Reports that could be read, the newest first.
    pub reports: Vec<ReportFile>,
    /// When sources were changed last, as their files say (nanoseconds since 1970). A file that changed since the
    /// reports were looked at, or that an editor holds, is not in it.
    pub changed: HashMap<FileId, u64>,
}

/// One report on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFile {
    /// The workspace folder it was found in.
    pub root: RootId,
    /// Its path from there.
    pub path: SmolStr,
    /// When it was written, in nanoseconds since 1970; 0 where the system does not say.
    pub written: u64,
    /// What it says.
    pub report: Arc<Report>,
}

/// Whether a report was written after the code it speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Age {
    /// The report is of the code as it is, or of a later run.
    Newer,
    /// The code changed since.
    Older,
    /// One of the two does not say when.
    Unknown,
}

/// What the newest report says of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestRun {
    /// How it ended; of a test with parameters, the worst case.
    pub outcome: Outcome,
    /// Whether the file of the test changed since.
    pub age: Age,
    /// The report, as a position in [`Evidence::reports`].
    pub report: u32,
}

/// What reports say, by what they speak of. Made when first asked for.
#[derive(Debug, Default)]
pub(crate) struct Runs {
    tests: Tests,
    /// Files of reports, as positions of report and file, the newest report first.
    files: FxHashMap<FileId, Vec<(usize, usize)>>,
}

type Tests = FxHashMap<(FileId, u32), TestRun>;

/// The cases of all reports by the words under which their tests may be found: positions of report and case, the newest
/// report first.
pub(crate) type Cases = FxHashMap<String, Vec<(usize, usize)>>;

impl Graph {
    /// What the reports say of a test; `None`: nothing, so that nobody knows whether it ran.
    #[must_use]
    pub fn test_run(&self, test: &TestRef) -> Option<&TestRun> {
        self.runs()?.tests.get(&(test.file, test.test))
    }

    fn runs(&self) -> Option<&Runs> {
        let known = !self.inputs().evidence.reports.is_empty();
        known.then(|| {
            self.runs.get_or_init(|| Runs {
                tests: self.match_cases(),
                files: self.match_files(),
            })
        })
    }

    /// How a test ended by the newest report that surely speaks of it, and the report's path, where that is newer than
    /// the test's file. What other sources hold does not matter: the case says itself in which file it stands.
    pub(crate) fn certain_run(&self, file: FileId, test: u32) -> Option<(Outcome, SmolStr)> {
        let evidence = &self.inputs().evidence;
        if evidence.reports.is_empty() {
            return None;
        }
        let cases = self.cases.get_or_init(|| self.cases_by_name());
        let tests = &self.source(file)?.facts.tests;
        let own = keys_of_test(tests.get(test as usize)?);
        let others = tests.iter().enumerate();
        let others: Vec<String> = others
            .filter(|(at, _)| *at != test as usize)
            .filter(|(_, test)| own.iter().any(|key| key.ends_with(test.name.as_str())))
            .flat_map(|(_, test)| keys_of_test(test))
            .collect();
        let own = own.iter().filter(|key| !others.contains(key));
        let mut found: Vec<(usize, usize)> = own
            .filter_map(|key| cases.get(key))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        let mut newest: Option<(usize, Outcome)> = None;
        for (at, case) in found {
            let Some(report) = evidence.reports.get(at) else {
                continue;
            };
            let Some(case) = report.report.cases.get(case) else {
                continue;
            };
            match &mut newest {
                Some((known, _)) if *known != at => break,
                _ if !self.stands_in(report, case, file) => {}
                Some((_, outcome)) => *outcome = (*outcome).max(case.outcome),
                None => newest = Some((at, case.outcome)),
            }
        }
        let (at, outcome) = newest?;
        let report = evidence.reports.get(at)?;
        (self.age(report.written, file) == Age::Newer).then(|| (outcome, report.path.clone()))
    }

    fn cases_by_name(&self) -> Cases {
        let mut cases = Cases::default();
        for (at, report) in self.inputs().evidence.reports.iter().enumerate() {
            for (place, case) in report.report.cases.iter().enumerate() {
                let mut keys = keys_of_case(case);
                keys.dedup();
                for key in keys {
                    cases.entry(key).or_default().push((at, place));
                }
            }
        }
        cases
    }

    /// Whether a case says that it stands in this file and in no other of the workspace.
    fn stands_in(&self, report: &ReportFile, case: &code::Case, file: FileId) -> bool {
        let tree = &self.inputs().tree;
        let Some((root, path)) = tree.path(file) else {
            return false;
        };
        if root != report.root {
            return false;
        }
        if let Some(named) = &case.file {
            return self.file_of(report, named, &[]) == Some(file);
        }
        let class = case.class.split('$').next().unwrap_or_default();
        if class.is_empty() {
            return false;
        }
        if class == file_name(path) || class.contains('/') {
            if tree.ending_with(root, class) == [file] {
                return true;
            }
            // Go names the package.
            let directory = parent(path);
            return !directory.is_empty()
                && path.ends_with("_test.go")
                && (class.ends_with(&format!("/{directory}")) || class == directory)
                && tree.dirs_ending_with(root, directory).count() == 1;
        }
        // `tests.test_codes.TestSend`, `com.shop.CodesTest`
        let Some((_, ending)) = file_name(path).rsplit_once('.') else {
            return false;
        };
        let parts: Vec<&str> = class.split('.').collect();
        (0..parts.len().min(3)).any(|left_out| {
            let kept = parts[..parts.len() - left_out].join("/");
            tree.ending_with(root, &format!("{kept}.{ending}")) == [file]
        })
    }

    /// Whether a line of a symbol ran. `None`: no report that is newer than the file names a line of it.
    #[must_use]
    pub fn covered(&self, symbol: &SymbolRef) -> Option<bool> {
        let evidence = &self.inputs().evidence;
        let source = self.source(symbol.file)?;
        let range = source.facts.symbols.get(symbol.symbol as usize)?.range;
        // Lines of reports count from 1. The first is run by the definition itself.
        let (first, last) = (
            source.lines.line(range.start()) + 1,
            source.lines.line(range.end()) + 1,
        );
        let body = if last > first { first + 1 } else { first };
        let places = self.runs()?.files.get(&symbol.file)?;
        places.iter().find_map(|(report, file)| {
            let report = evidence.reports.get(*report)?;
            if self.age(report.written, symbol.file) != Age::Newer {
                return None;
            }
            let lines = &report.report.files.get(*file)?.lines;
            let from = lines.partition_point(|(line, _)| *line < body);
            let mut hits = lines[from..]
                .iter()
                .take_while(|(line, _)| *line <= last)
                .peekable();
            hits.peek()?;
            Some(hits.any(|(_, hit)| *hit))
        })
    }

    fn match_files(&self) -> FxHashMap<FileId, Vec<(usize, usize)>> {
        let mut files: FxHashMap<FileId, Vec<(usize, usize)>> = FxHashMap::default();
        for (report, of) in self.inputs().evidence.reports.iter().enumerate() {
            for (at, file) in of.report.files.iter().enumerate() {
                if let Some(id) = self.file_of(of, &file.path, &file.sources) {
                    files.entry(id).or_default().push((report, at));
                }
            }
        }
        files
    }

    fn age(&self, written: u64, file: FileId) -> Age {
        match self.inputs().evidence.changed.get(&file) {
            Some(changed) if written > 0 && *changed > 0 => {
                if written >= *changed {
                    Age::Newer
                } else {
                    Age::Older
                }
            }
            _ => Age::Unknown,
        }
    }

    /// The file of the workspace that a report names by `path`.
    fn file_of(&self, report: &ReportFile, path: &str, sources: &[SmolStr]) -> Option<FileId> {
        let tree = &self.inputs().tree;
        let path = path.replace('\\', "/");
        let is_absolute = |path: &str| path.starts_with('/') || path.get(1..2) == Some(":");
        if !is_absolute(&path) {
            // From the directory of the package, which holds the report somewhere below.
            let mut base = parent(&report.path);
            loop {
                let here = join(base, &path).and_then(|path| tree.file(report.root, &path));
                if here.is_some() {
                    return here;
                }
                if base.is_empty() {
                    break;
                }
                base = parent(base);
            }
        }
        let absolute: Vec<String> = if is_absolute(&path) {
            vec![path]
        } else {
            sources
                .iter()
                .map(|source| format!("{source}/{path}"))
                .collect()
        };
        // The longest end of it that is in the tree: the machine it ran on may keep the repository elsewhere.
        absolute.iter().find_map(|path| {
            let starts = path.match_indices('/').map(|(at, _)| at + 1);
            starts
                .filter(|start| path[*start..].contains('/'))
                .find_map(|start| tree.file(report.root, &path[start..]))
        })
    }

    fn match_cases(&self) -> Tests {
        let mut named: FxHashMap<String, Vec<(FileId, u32)>> = FxHashMap::default();
        for (file, source) in &self.inputs().sources {
            for (at, test) in (0..).zip(&source.facts.tests) {
                for key in keys_of_test(test) {
                    named.entry(key).or_default().push((*file, at));
                }
            }
        }
        let mut runs = Tests::default();
        for (at, report) in (0_u32..).zip(&self.inputs().evidence.reports) {
            let mut own = Tests::default();
            for case in &report.report.cases {
                let Some(test) = self.test_of_case(report, case, &named) else {
                    continue;
                };
                let run = own.entry(test).or_insert_with(|| TestRun {
                    outcome: case.outcome,
                    age: self.age(report.written, test.0),
                    report: at,
                });
                run.outcome = run.outcome.max(case.outcome);
            }
            for (test, run) in own {
                // The newest report comes first.
                runs.entry(test).or_insert(run);
            }
        }
        runs
    }

    /// The only test that a case can be.
    fn test_of_case(
        &self,
        report: &ReportFile,
        case: &code::Case,
        named: &FxHashMap<String, Vec<(FileId, u32)>>,
    ) -> Option<(FileId, u32)> {
        let mut keys = keys_of_case(case);
        keys.dedup();
        let segments = segments_of(case);
        let mut best: Option<(u32, (FileId, u32))> = None;
        let mut tie = false;
        let mut seen: Vec<(FileId, u32)> = Vec::new();
        for key in &keys {
            for test in named.get(key).into_iter().flatten() {
                if seen.contains(test) {
                    continue;
                }
                seen.push(*test);
                if seen.len() > MAX_CANDIDATES {
                    return None;
                }
                let Some(score) = self.fit(report, case, &segments, *test) else {
                    continue;
                };
                match best {
                    Some((known, _)) if known > score => {}
                    Some((known, _)) if known == score => tie = true,
                    _ => {
                        best = Some((score, *test));
                        tie = false;
                    }
                }
            }
        }
        best.filter(|_| !tie).map(|(_, test)| test)
    }

    /// How well a case's file and class fit a test; `None` where they do not.
    fn fit(
        &self,
        report: &ReportFile,
        case: &code::Case,
        segments: &[String],
        (file, test): (FileId, u32),
    ) -> Option<u32> {
        let (root, path) = self.inputs().tree.path(file)?;
        if root != report.root {
            return None;
        }
        let source = self.source(file)?;
        let test = source.facts.tests.get(test as usize)?;
        let mut score = 0;
        if let Some(named) = &case.file {
            if self.file_of(report, named, &[]) == Some(file) {
                score += 8;
            } else if file_name(&named.replace('\\', "/")) == file_name(path) {
                score += 4;
            } else {
                return None;
            }
        }
        let has = |word: &str| !word.is_empty() && segments.iter().any(|it| it == word);
        let name = file_name(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let bare = stem.split('.').next().unwrap_or(stem);
        if !is_common(bare) && (has(stem) || has(bare)) {
            score += 4;
        }
        let groups: Vec<&str> = test.full_name.split(" > ").collect();
        let groups = &groups[..groups.len().saturating_sub(1)];
        if groups.iter().any(|group| !is_common(group) && has(group)) {
            score += 4;
        } else if groups.iter().any(|group| has(group)) {
            score += 1;
        }
        // `describe` and title in one name, or the groups as the class.
        let spoken = groups.join(" ");
        let said = case.name.strip_prefix("[It] ").unwrap_or(&case.name);
        if !groups.is_empty() && (said.starts_with(&spoken) || case.class == spoken) {
            score += 4;
        }
        let directory = parent(path);
        let above = directory.split('/').rev().take(3);
        score += above
            .filter(|part| !is_common(part) && has(&part.replace('-', "_")))
            .count() as u32;
        let least = match (Language::of_path(path), name.rsplit_once('.')) {
            // A package is a directory.
            (_, Some((_, "go"))) => 1,
            (Some(Language::Rust), _) => 2,
            _ => 4,
        };
        (score >= least).then_some(score)
    }
}

/// Most tests of one name that are looked at for one case.
const MAX_CANDIDATES: usize = 256;

/// Names that say nothing of what is in the file, directory or group.
fn is_common(word: &str) -> bool {
    matches!(
        word,
        "lib"
            | "main"
            | "mod"
            | "index"
            | "test"
            | "tests"
            | "src"
            | "spec"
            | "__tests__"
            | "unit"
            | "integration"
    )
}

/// Words under which a test is found.
fn keys_of_test(test: &code::Test) -> Vec<String> {
    let plain = |name: &str| name.replace(['\\'], "");
    let mut keys = vec![plain(&test.name)];
    if test.full_name != test.name.as_str() {
        keys.push(plain(&test.full_name.replace(" > ", " ")));
        // The class stands by itself in a report.
        if let Some((_, inner)) = test.full_name.split_once(" > ") {
            keys.push(plain(&inner.replace(" > ", " ")));
        }
        // Go's names of subtests.
        keys.push(test.full_name.replace(" > ", "/").replace(' ', "_"));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Words under which the test of a case may be found.
fn keys_of_case(case: &code::Case) -> Vec<String> {
    // Ginkgo's kind of node.
    let name = case.name.strip_prefix("[It] ").unwrap_or(&case.name);
    // `test_a[1-x]`, `rejects(int)[1]`, `locks()`
    let cut = if name.contains(' ') {
        name.len()
    } else {
        name.find(['[', '(', '{']).unwrap_or(name.len())
    };
    let plain = &name[..cut];
    let mut keys = vec![
        name.to_owned(),
        plain.to_owned(),
        name.replace(" > ", " "),
        plain.rsplit("::").next().unwrap_or(plain).to_owned(),
        plain.rsplit('/').next().unwrap_or(plain).to_owned(),
        name.rsplit(" > ").next().unwrap_or(name).to_owned(),
    ];
    if !case.class.is_empty() {
        keys.push(format!("{} {name}", case.class));
    }
    keys.retain(|key| !key.is_empty());
    keys.sort_unstable();
    keys
}

/// Everything a case says of where it stands, in pieces.
fn segments_of(case: &code::Case) -> Vec<String> {
    let name = case.name.as_str();
    let outer = [" > ", "::", "/"]
        .into_iter()
        .find_map(|joint| name.rsplit_once(joint))
        .map_or("", |(outer, _)| outer);
    let mut segments: Vec<String> = Vec::new();
    for text in [case.class.as_str(), outer] {
        for part in text.split(['.', '/', '\\', ':', '$', '>']) {
            let part = part.trim();
            if !part.is_empty() {
                segments.push(part.to_owned());
                segments.push(part.replace('-', "_"));
            }
        }
        // `login.test.ts` is one name.
        for part in text.split(['/', '\\', ' ']) {
            let stem = part.rsplit_once('.').map_or(part, |(stem, _)| stem);
            segments.push(stem.to_owned());
        }
        segments.extend(text.split(" > ").map(|part| part.trim().to_owned()));
    }
    segments
}
