//! Finds the reports of tests and coverage in their usual places, ignored or not, and reads them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use smol_str::SmolStr;
use text::FileId;
use trace::{Evidence, ReportFile, RootId};

use crate::cache::Looked;
use crate::host::why_not;
use crate::read::{self, plain};
use crate::slashed;
use crate::symlinks::{OUTSIDE, leads_out, link_on};

/// Files directly in a package.
const FILES: [&str; 9] = [
    "junit.xml",
    "report.xml",
    "test-results.xml",
    "test-report.xml",
    "results.xml",
    "lcov.info",
    "cobertura.xml",
    "cobertura-coverage.xml",
    "coverage.xml",
];

/// Directories of a package, and how deep below them reports are looked for.
const DIRECTORIES: [(&str, usize); 12] = [
    ("target", 0),
    ("target/surefire-reports", 1),
    ("target/failsafe-reports", 1),
    ("target/nextest", 2),
    ("target/site", 2),
    ("target/llvm-cov", 1),
    ("coverage", 2),
    ("build/test-results", 3),
    ("build/reports", 3),
    ("test-results", 3),
    ("test-reports", 3),
    ("reports", 3),
];

/// Files whose directory is a package.
const MANIFESTS: [&str; 10] = [
    "Cargo.toml",
    "package.json",
    "pyproject.toml",
    "setup.py",
    "go.mod",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "composer.json",
    "Gemfile",
];

/// Most packages of one root that are looked into.
const MAX_PACKAGES: usize = 256;

/// Most reports of one root.
const MAX_REPORTS: usize = 4_000;

/// Most bytes of reports that are read in all.
const MAX_BYTES: u64 = 256 << 20;

/// Longest report read, in bytes.
const REPORT_LIMIT: u64 = code::REPORT_LIMIT as u64;

/// Entries of one directory that are looked at.
const MAX_ENTRIES: usize = 20_000;

/// Where to look for reports.
pub struct EvidenceJob {
    roots: Vec<PathBuf>,
    /// Packages of each root, relative to it.
    packages: Vec<Vec<String>>,
    /// Paths of each root that settings name: files or directories.
    named: Vec<Vec<String>>,
    /// Sources whose age matters.
    sources: Vec<(FileId, PathBuf)>,
    /// Reports lie outside of the walk: what is looked at is noted by itself.
    looked: Arc<Looked>,
}

/// The reports, and what could not be read.
pub struct EvidenceAnswer {
    /// Reports and ages.
    pub evidence: Evidence,
    /// Path from its root, and why it could not be read.
    pub unreadable: Vec<(String, String)>,
}

impl EvidenceJob {
    pub(crate) fn new(
        roots: Vec<PathBuf>,
        tree: &trace::Tree,
        named: Vec<Vec<String>>,
        sources: Vec<(FileId, PathBuf)>,
        looked: Arc<Looked>,
    ) -> Self {
        let mut packages: Vec<Vec<String>> = roots.iter().map(|_| vec![String::new()]).collect();
        for manifest in MANIFESTS {
            for file in tree.named(manifest) {
                let Some((root, path)) = tree.path(file) else {
                    continue;
                };
                let directory = path.rsplit_once('/').map_or("", |(directory, _)| directory);
                if let Some(own) = packages.get_mut(usize::from(root.0))
                    && own.len() < MAX_PACKAGES
                    && !own.iter().any(|known| known == directory)
                {
                    own.push(directory.to_owned());
                }
            }
        }
        Self {
            roots,
            packages,
            named,
            sources,
            looked,
        }
    }

    /// Looks and reads; `None` once `cancelled` says so.
    pub(crate) fn run(self, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<EvidenceAnswer> {
        let mut answer = EvidenceAnswer {
            evidence: Evidence::default(),
            unreadable: Vec::new(),
        };
        let mut left = MAX_BYTES;
        for (at, root) in (0_u16..).zip(&self.roots) {
            let look = |path: &Path| self.looked.file(path);
            for path in self.found(usize::from(at), root, &look) {
                if cancelled() {
                    return None;
                }
                look(&path);
                let shown = path
                    .strip_prefix(root)
                    .map_or_else(|_| slashed(&path), slashed);
                if leads_out(&self.roots, &path) {
                    let link = link_on(root, &shown).unwrap_or(shown);
                    answer.unreadable.push((link, OUTSIDE.to_owned()));
                    continue;
                }
                match read(&path, &mut left) {
                    Ok((written, report)) => answer.evidence.reports.push(ReportFile {
                        root: RootId(at),
                        path: SmolStr::new(shown),
                        written,
                        report: Arc::new(report),
                    }),
                    Err(why) => answer.unreadable.push((shown, why)),
                }
            }
        }
        answer
            .evidence
            .reports
            .sort_by(|a, b| b.written.cmp(&a.written).then_with(|| a.path.cmp(&b.path)));
        if !answer.evidence.reports.is_empty() {
            let ages = self.sources.iter().filter_map(|(file, path)| {
                let changed = modified(&std::fs::metadata(path).ok()?);
                (changed > 0).then_some((*file, changed))
            });
            answer.evidence.changed = ages.collect();
        }
        Some(answer)
    }

    /// Where reports may be, below one root, and links that lead out of all roots.
    fn found(&self, at: usize, root: &Path, look: &dyn Fn(&Path)) -> Vec<PathBuf> {
        let mut found: Vec<PathBuf> = Vec::new();
        for package in self.packages.get(at).into_iter().flatten() {
            in_package(&self.roots, &root.join(package), look, &mut found);
        }
        for named in self.named.get(at).into_iter().flatten() {
            let path = root.join(named);
            look(&path);
            if path.is_dir() && !leads_out(&self.roots, &path) {
                below(&path, 3, &|_| true, look, &mut found);
            } else {
                found.push(path);
            }
        }
        found.sort_unstable();
        found.dedup();
        found.truncate(MAX_REPORTS);
        found
    }
}

/// Whether a change of this file may bring new evidence.
pub(crate) fn is_report(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    FILES.contains(&name) || looks_like_report(name)
}

/// `TEST-*.xml`, `junit-*.xml`, `*.lcov`: names that only reports have.
fn looks_like_report(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let is_xml = Path::new(&lower).extension().is_some_and(|it| it == "xml");
    lower == "lcov.info"
        || Path::new(&lower).extension().is_some_and(|it| it == "lcov")
        || is_xml
            && (name.starts_with("TEST-")
                || lower.contains("junit")
                || lower.contains("cobertura")
                || matches!(
                    lower.as_str(),
                    "coverage.xml" | "results.xml" | "report.xml"
                )
                || lower.contains("test-re")
                || lower.contains("test_re"))
}

fn in_package(roots: &[PathBuf], package: &Path, look: &dyn Fn(&Path), found: &mut Vec<PathBuf>) {
    for name in FILES {
        let path = package.join(name);
        look(&path);
        if path.is_file() {
            found.push(path);
        }
    }
    for (name, depth) in DIRECTORIES {
        let directory = package.join(name);
        if leads_out(roots, &directory) {
            found.push(directory);
        } else {
            below(&directory, depth, &looks_like_report, look, found);
        }
    }
}

/// Files below a directory, `depth` directories deep; links are not followed.
fn below(
    directory: &Path,
    depth: usize,
    keep: &dyn Fn(&str) -> bool,
    look: &dyn Fn(&Path),
    found: &mut Vec<PathBuf>,
) {
    look(directory);
    let Ok(entries) = std::fs::read_dir(directory) else {
        return;
    };
    for entry in entries.take(MAX_ENTRIES).flatten() {
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        let name = entry.file_name();
        if kind.is_dir() && depth > 0 {
            below(&entry.path(), depth - 1, keep, look, found);
        } else if kind.is_file() && keep(&name.to_string_lossy()) && found.len() < MAX_REPORTS {
            found.push(entry.path());
        }
    }
}

/// A report and when it was written; `left` is how many bytes may still be read.
fn read(path: &Path, left: &mut u64) -> Result<(u64, code::Report), String> {
    let meta = std::fs::metadata(path).map_err(|error| plain(&error))?;
    if meta.len() > *left && meta.len() <= REPORT_LIMIT {
        return Err("other reports are so large already that it was left out".to_owned());
    }
    let content = read::bytes(path, REPORT_LIMIT.min(*left)).map_err(|why| why_not(&why))?;
    *left -= content.len() as u64;
    let report = code::read_report(&text::decode(content).text)?;
    Ok((modified(&meta), report))
}

/// When a file was changed last; 0 where the system does not say.
fn modified(meta: &std::fs::Metadata) -> u64 {
    let since = meta
        .modified()
        .ok()
        .and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    since
        .and_then(|since| u64::try_from(since.as_nanos()).ok())
        .unwrap_or_default()
}
