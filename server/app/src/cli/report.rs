//! What `check` found, as plain values: the machine formats are functions from this to text, so that each can be tested
//! with any name and any message.

use std::collections::BTreeMap;
use std::sync::Arc;

use rules::{FeatureFindings, Finding, Locale, Severity, Suppressed};
use text::{Edit, Encoding, FileId, LineIndex, TextRange, TextSize};
use trace::{Feature, ItemKey};

use super::load::Loaded;
use super::scope::Chosen;
use super::since::Since;
use super::touched::Touched;

/// Everything a format may say.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) roots: Vec<Root>,
    pub(crate) features: Vec<Checked>,
    pub(crate) findings: Vec<Reported>,
    /// Findings that are there and passed over, and why. In no other format than those that can say so.
    pub(crate) suppressed: Vec<(Reported, String)>,
    /// What a phase needs and no finding tells is missing, one sentence each.
    pub(crate) lacks: Vec<String>,
    /// What it was compared with; then all findings are new.
    pub(crate) since: Option<Compared>,
    /// What the changes since then touch, where that was asked.
    pub(crate) touched: Touched,
    /// What decisions of a team let pass that did not pass before, by index of the root.
    pub(crate) weakened: Vec<(usize, settings::Weakening)>,
}

/// What a report was compared with.
#[derive(Debug)]
pub(crate) struct Compared {
    /// The revision and its merge bases, for people.
    pub(crate) shown: String,
    /// Findings that were there before.
    pub(crate) older: usize,
}

/// A workspace folder.
#[derive(Debug)]
pub(crate) struct Root {
    pub(crate) name: String,
    /// `file:` URI with a slash at its end.
    pub(crate) uri: String,
    /// What stands before its files' paths for a reader in the directory that a build takes for the repository's top:
    /// empty or `a/b/`.
    pub(crate) prefix: String,
}

/// A feature that was checked.
#[derive(Debug)]
pub(crate) struct Checked {
    /// Index into [`Report::roots`].
    pub(crate) root: usize,
    /// Directory from the root.
    pub(crate) path: String,
    /// Questions answered, by rule.
    pub(crate) decided: BTreeMap<&'static str, u32>,
    /// Questions that could not be answered, by rule: how many, and why.
    pub(crate) unknown: BTreeMap<&'static str, (u32, String)>,
}

/// A finding in readers' units.
#[derive(Debug, Clone)]
pub(crate) struct Reported {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    /// Index into [`Report::features`].
    pub(crate) feature: usize,
    pub(crate) place: Place,
    /// The item it speaks of.
    pub(crate) item: Option<ItemKey>,
    pub(crate) basis: &'static str,
    pub(crate) fingerprint: String,
    pub(crate) related: Vec<(Place, String)>,
    pub(crate) fixes: Vec<Fix>,
}

/// A range of a file.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) file: FileId,
    /// Index into [`Report::roots`].
    pub(crate) root: usize,
    /// From the root, with `/`.
    pub(crate) path: String,
    pub(crate) start: Point,
    pub(crate) end: Point,
}

/// One end of a range.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Point {
    /// From 1.
    pub(crate) line: u32,
    /// In UTF-16 code units, from 1; a byte order mark is none.
    pub(crate) column: u32,
    /// In Unicode scalar values, from 1; a byte order mark is none.
    pub(crate) character: u32,
    /// From the start of the file; a byte order mark counts.
    pub(crate) byte: u32,
}

/// A change that removes the finding.
#[derive(Debug, Clone)]
pub(crate) struct Fix {
    pub(crate) title: String,
    pub(crate) edits: Vec<(Place, String)>,
}

/// Builds the report of some features and findings in them.
pub(crate) fn report(
    loaded: &Loaded,
    chosen: &[Chosen<'_>],
    findings: &[(&Arc<Feature>, &Finding)],
    suppressed: &[(&Arc<Feature>, &Suppressed)],
    since: Option<&(Since, usize)>,
) -> Report {
    let mut files = Files {
        loaded,
        known: BTreeMap::new(),
    };
    let index = |feature: &Feature| {
        let at = chosen.iter().position(|(each, _)| each.id == feature.id);
        at.unwrap_or_default()
    };
    Report {
        roots: roots(loaded),
        features: chosen
            .iter()
            .map(|(feature, all)| checked(feature, all))
            .collect(),
        findings: findings
            .iter()
            .map(|(feature, finding)| files.finding(index(feature), feature, finding))
            .collect(),
        suppressed: suppressed
            .iter()
            .map(|(feature, each)| {
                let reported = files.finding(index(feature), feature, &each.finding);
                (reported, super::decisions::why(loaded, feature, each))
            })
            .collect(),
        lacks: Vec::new(),
        since: since.map(|(since, older)| Compared {
            shown: since.shown(),
            older: *older,
        }),
        touched: Touched::default(),
        weakened: since.map_or_else(Vec::new, |(since, _)| since.weakened(loaded)),
    }
}

impl Report {
    /// The name of a file as people see it: with the root's name where there are several roots.
    pub(crate) fn shown(&self, place: &Place) -> String {
        match self.roots.get(place.root) {
            Some(root) if self.roots.len() > 1 => format!("{}/{}", root.name, place.path),
            _ => place.path.clone(),
        }
    }

    /// The name of a feature as people see it: with the root's name where there are several roots.
    pub(crate) fn feature_shown(&self, feature: &Checked) -> String {
        match self.roots.get(feature.root) {
            Some(root) if self.roots.len() > 1 => format!("{}/{}", root.name, feature.path),
            _ => feature.path.clone(),
        }
    }

    /// The path of a file from the directory that a build takes for the repository's top.
    pub(crate) fn path_from_top(&self, place: &Place) -> String {
        let prefix = self.roots.get(place.root).map_or("", |root| &root.prefix);
        format!("{prefix}{}", place.path)
    }

    /// The findings, loudest first; equally loud ones in the order of features and places.
    pub(crate) fn worst_first(&self) -> Vec<&Reported> {
        let mut findings: Vec<&Reported> = self.findings.iter().collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        findings
    }
}

/// Web address of a rule's page.
pub(crate) fn docs_link(code: &str) -> String {
    format!(
        "{}/blob/main/{}",
        env!("CARGO_PKG_REPOSITORY"),
        super::json::docs_of(code)
    )
}

fn roots(loaded: &Loaded) -> Vec<Root> {
    let top = top();
    let names = loaded.analysis.graph.inputs().tree.roots();
    names
        .iter()
        .zip(loaded.snapshot.roots.iter())
        .map(|(root, path)| {
            let uri =
                crate::lsp::uri::from_path(path, &[], crate::lsp::spelling::Spelling::default());
            let below = top.as_ref().and_then(|top| path.strip_prefix(top).ok());
            let mut prefix = String::new();
            for part in below.into_iter().flat_map(std::path::Path::components) {
                prefix.push_str(&part.as_os_str().to_string_lossy());
                prefix.push('/');
            }
            Root {
                name: root.name.to_string(),
                uri: format!("{}/", uri.as_ref().trim_end_matches('/')),
                prefix,
            }
        })
        .collect()
}

/// The directory whose relative paths the build's own pages understand: GitHub's workspace, GitLab's project, else
/// where we run.
pub(crate) fn top() -> Option<std::path::PathBuf> {
    ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"]
        .iter()
        .filter_map(std::env::var_os)
        .map(std::path::PathBuf::from)
        .chain(std::env::current_dir().ok())
        .find_map(|path| path.canonicalize().ok())
}

fn checked(feature: &Feature, all: &FeatureFindings) -> Checked {
    let mut unknown: BTreeMap<&'static str, (u32, String)> = BTreeMap::new();
    for (each, count) in &all.unknown {
        let (sum, why) = unknown.entry(each.code).or_default();
        *sum += count;
        if !why.is_empty() {
            why.push_str("; ");
        }
        why.push_str(&each.why);
    }
    Checked {
        root: usize::from(feature.root.0),
        path: feature.path.to_string(),
        decided: all.decided.iter().copied().collect(),
        unknown,
    }
}

/// Lines of the files spoken of, read once each.
struct Files<'a> {
    loaded: &'a Loaded,
    known: BTreeMap<FileId, LineIndex>,
}

impl Files<'_> {
    fn place(&mut self, file: FileId, range: TextRange) -> Place {
        let loaded = self.loaded;
        let lines = self
            .known
            .entry(file)
            .or_insert_with(|| LineIndex::new(&loaded.snapshot.text(file).unwrap_or_default()));
        let point = |offset: TextSize| {
            let at = lines.position(offset, Encoding::Utf16);
            Point {
                line: at.line + 1,
                column: at.character + 1,
                character: lines.position(offset, Encoding::Utf32).character + 1,
                byte: offset.into(),
            }
        };
        let tree = &loaded.analysis.graph.inputs().tree;
        Place {
            file,
            root: tree.path(file).map_or(0, |(root, _)| usize::from(root.0)),
            path: tree.path_str(file).to_owned(),
            start: point(range.start()),
            end: point(range.end()),
        }
    }

    fn finding(&mut self, at: usize, feature: &Feature, finding: &Finding) -> Reported {
        Reported {
            code: finding.code,
            severity: finding.severity,
            message: finding.message.text(Locale::English),
            feature: at,
            place: self.place(finding.file, finding.range),
            item: finding.item.clone(),
            basis: finding.basis.as_str(),
            fingerprint: finding.fingerprint(&feature.path),
            related: finding
                .related
                .iter()
                .map(|other| {
                    (
                        self.place(other.file, other.range),
                        other.message.text(Locale::English),
                    )
                })
                .collect(),
            fixes: self.fixes(finding),
        }
    }

    /// The fixes of a finding; accepting is one where it removes it.
    fn fixes(&mut self, finding: &Finding) -> Vec<Fix> {
        let own = finding.fixes.iter();
        let own = own.map(|fix| (fix.title.text(Locale::English), fix.edits.clone()));
        let again = self
            .loaded
            .analysis
            .accepting_again(finding, Locale::English);
        let again = again.map(|(title, lock, edits)| {
            let edits = edits.into_iter().map(|edit| (lock, edit)).collect();
            (title, edits)
        });
        let all: Vec<(String, Vec<(FileId, Edit)>)> = own.chain(again).collect();
        let mut fixes = Vec::new();
        for (title, edits) in all {
            let edits = edits
                .iter()
                .map(|(file, edit)| (self.place(*file, edit.range), edit.insert.clone()));
            fixes.push(Fix {
                title,
                edits: edits.collect(),
            });
        }
        fixes
    }
}

#[cfg(test)]
pub(crate) mod hostile;
