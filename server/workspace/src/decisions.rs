//! Settings and baseline of each workspace folder, as the editor or the disk holds them.
//!
//! A file that cannot be read changes nothing: what was decided before stays in force until it can.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use settings::{Baseline, Problem, ProblemKind, Settings};
use text::{LineIndex, TextRange};

use crate::files::Files;
use crate::read::{ReadOutcome, content_hash, plain};
use crate::rewrite::{Rewrite, rewrite};

/// A file of decisions, as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its text (open buffer or disk).
    pub text: Arc<str>,
    /// Its lines.
    pub lines: LineIndex,
    /// What cannot be read; then it is not in force.
    pub problems: Vec<Problem>,
}

/// What is decided for one workspace folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FolderSettings {
    /// `spec-analyzer.toml`, if it is there.
    pub file: Option<DecisionFile>,
    /// The settings in force.
    pub settings: Arc<Settings>,
    /// The baseline file, if it is there.
    pub baseline_file: Option<DecisionFile>,
    /// The baseline in force.
    pub baseline: Arc<Baseline>,
    /// `spec-workspace.toml`, if it is there; what it says is in [`crate::Members`].
    pub members_file: Option<DecisionFile>,
}

impl FolderSettings {
    /// The files, where they are there.
    pub fn files(&self) -> impl Iterator<Item = &DecisionFile> {
        let decided = self.file.iter().chain(&self.baseline_file);
        decided.chain(&self.members_file)
    }
}

/// The decisions of all folders.
#[derive(Debug, Clone, Default)]
pub(crate) struct Decisions {
    codes: Vec<&'static str>,
    folders: Arc<[Arc<FolderSettings>]>,
    /// What the editor holds.
    buffers: FxHashMap<PathBuf, Arc<str>>,
}

impl Decisions {
    /// None yet. `codes` are the rules that settings may name.
    pub(crate) fn new(codes: Vec<&'static str>) -> Self {
        Self {
            codes,
            ..Self::default()
        }
    }

    pub(crate) fn folders(&self) -> &Arc<[Arc<FolderSettings>]> {
        &self.folders
    }

    /// Whether a path from a folder names one of its files of decisions.
    pub(crate) fn concern(&self, folder: usize, relative: &str) -> bool {
        let baseline = self
            .folders
            .get(folder)
            .map_or(settings::BASELINE_FILE, |folder| {
                folder.settings.baseline_path()
            });
        [settings::FILE, settings::WORKSPACE_FILE, baseline].contains(&relative)
    }

    /// The editor holds this text for a file of decisions; `None`: the disk does again.
    pub(crate) fn set_buffer(&mut self, path: &Path, text: Option<&str>) {
        match text {
            Some(text) => self.buffers.insert(path.to_owned(), text.into()),
            None => self.buffers.remove(path),
        };
    }

    /// Whether the editor holds a file of decisions.
    pub(crate) fn is_open(&self, path: &Path) -> bool {
        self.buffers.contains_key(path)
    }

    /// Reads the files of all folders.
    pub(crate) fn read(&mut self, roots: &[PathBuf], files: &Files) {
        let before = Arc::clone(&self.folders);
        let folders = (0..).zip(roots).map(|(at, root)| {
            let before: Option<&Arc<FolderSettings>> = before.get(at);
            let now = self.read_folder(root, files, before.map(AsRef::as_ref));
            match before {
                Some(before) if **before == now => Arc::clone(before),
                _ => Arc::new(now),
            }
        });
        self.folders = folders.collect();
    }

    /// Takes over what another host last read without fault, where this one has met a fault.
    pub(crate) fn keep_good_of(&mut self, before: &Self) {
        let folders = (0..).zip(self.folders.iter()).map(|(at, now)| {
            let mut now = FolderSettings::clone(now);
            let before: Option<&Arc<FolderSettings>> = before.folders.get(at);
            if let Some(before) = before {
                let faulty = |file: &Option<DecisionFile>| {
                    file.as_ref().is_some_and(DecisionFile::is_faulty)
                };
                if faulty(&now.file) {
                    now.settings = Arc::clone(&before.settings);
                }
                if faulty(&now.baseline_file) {
                    now.baseline = Arc::clone(&before.baseline);
                }
            }
            Arc::new(now)
        });
        self.folders = folders.collect();
    }

    fn read_folder(
        &self,
        root: &Path,
        files: &Files,
        before: Option<&FolderSettings>,
    ) -> FolderSettings {
        let mut folder = FolderSettings::default();
        if let Some(mut file) = self.file(root.join(settings::FILE), files) {
            let read = settings::read(&file.text, &self.codes);
            file.problems.extend(read.problems);
            folder.settings = match before {
                Some(before) if file.is_faulty() => Arc::clone(&before.settings),
                None if file.is_faulty() => Arc::default(),
                _ => Arc::new(read.settings),
            };
            folder.file = Some(file);
        }
        if let Some(mut file) = self.file(root.join(folder.settings.baseline_path()), files) {
            let (baseline, problems) = Baseline::read(&file.text);
            file.problems.extend(problems);
            folder.baseline = match before {
                Some(before) if file.is_faulty() => Arc::clone(&before.baseline),
                _ => Arc::new(baseline),
            };
            folder.baseline_file = Some(file);
        }
        if let Some(mut file) = self.file(root.join(settings::WORKSPACE_FILE), files) {
            file.problems.extend(settings::read_members(&file.text).1);
            folder.members_file = Some(file);
        }
        folder
    }

    fn file(&self, path: PathBuf, files: &Files) -> Option<DecisionFile> {
        let mut problems = Vec::new();
        let text: Arc<str> = match self.buffers.get(&path) {
            Some(text) => Arc::clone(text),
            None => match files.document(&path) {
                ReadOutcome::Text(read) => {
                    if read.invalid > 0 {
                        problems.push(unreadable("it is not UTF-8".to_owned()));
                    }
                    read.text.into()
                }
                ReadOutcome::Missing => return None,
                ReadOutcome::TooLarge { len } => {
                    problems.push(unreadable(format!("{len} bytes are more than we read")));
                    Arc::default()
                }
                ReadOutcome::Unreadable(why) => {
                    problems.push(unreadable(why));
                    Arc::default()
                }
            },
        };
        Some(DecisionFile {
            path,
            lines: LineIndex::new(&text),
            text,
            problems,
        })
    }
}

impl DecisionFile {
    fn is_faulty(&self) -> bool {
        !self.problems.is_empty()
    }
}

/// Writes a file of decisions, `path` from its folder, and only when somebody asks for it. `before` is what was read of
/// it; `None`: there was none. Nothing is written where it says something else by now, cannot be read, or lies outside
/// of the folder. The error is a sentence.
pub fn write_decisions(
    folder: &Path,
    path: &str,
    before: Option<&DecisionFile>,
    text: &str,
) -> Result<(), String> {
    let whole = folder.join(path);
    let failed = |why: &str| format!("{} could not be written: {why}.", whole.display());
    let faults = before.map_or(&[][..], |file| &file.problems);
    for fault in faults {
        if let ProblemKind::Unreadable(why) = &fault.kind {
            return Err(failed(why));
        }
    }
    // What there is of the way to it; a link that leads nowhere is there.
    let there = whole
        .ancestors()
        .find(|path| path.symlink_metadata().is_ok())
        .unwrap_or(folder);
    let inside = there
        .canonicalize()
        .and_then(|real| Ok(real.starts_with(folder.canonicalize()?)));
    match inside {
        Ok(true) => {}
        Ok(false) => return Err(failed("it leads out of the workspace folder")),
        Err(_) => return Err(failed("it is a link that leads nowhere")),
    }
    if let Some(directory) = whole.parent() {
        std::fs::create_dir_all(directory).map_err(|error| failed(&plain(&error)))?;
    }
    rewrite(&[Rewrite {
        path: whole,
        before: before.map(|file| content_hash(file.text.as_bytes())),
        after: text.to_owned(),
    }])
}

fn unreadable(why: String) -> Problem {
    Problem {
        range: TextRange::default(),
        kind: ProblemKind::Unreadable(why),
    }
}

/// Today, in UTC: the same day for an editor and for CI.
pub(crate) fn today() -> settings::Date {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let days = since.map_or(0, |since| since.as_secs() / 86_400);
    settings::Date::from_days(u32::try_from(days).unwrap_or(u32::MAX))
}
