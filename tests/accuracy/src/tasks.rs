//! How much of a real task list is in the generated one: a repository is put back to where a feature had its plan and no
//! list yet, the program writes one, and the two are compared.

mod choose;
mod imports;
mod owners;
mod read;
pub mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use self::choose::Chosen;
pub use self::owners::Owners;
use self::read::List;
use crate::Outcome;
use crate::check::check;
use crate::checkout::{called, git};

/// What to measure and with what.
#[derive(Debug, Clone)]
pub struct Options {
    /// The program.
    pub binary: PathBuf,
    /// Features of each repository.
    pub per_repository: usize,
    /// Whether `check --all` is run before and after.
    pub check: bool,
    /// Generated lists are left here, as `REPOSITORY-FEATURE.md`, beside the real ones.
    pub keep: Option<PathBuf>,
}

/// Some of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Those that are.
    pub hits: usize,
    /// All of them.
    pub all: usize,
}

impl Share {
    fn of<T>(all: impl IntoIterator<Item = T>, is: impl Fn(&T) -> bool) -> Self {
        let mut share = Self::default();
        for each in all {
            share.all += 1;
            share.hits += usize::from(is(&each));
        }
        share
    }

    fn add(&mut self, other: Self) {
        self.hits += other.hits;
        self.all += other.all;
    }
}

/// How right paths are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paths {
    /// Of the paths that are written, those the author has.
    pub precision: Share,
    /// Of the author's paths, those that are written.
    pub recall: Share,
}

impl Paths {
    fn of(written: &BTreeSet<String>, real: &BTreeSet<String>) -> Self {
        Self {
            precision: Share::of(written, |path| real.iter().any(|it| read::same(path, it))),
            recall: Share::of(real, |path| written.iter().any(|it| read::same(it, path))),
        }
    }

    fn add(&mut self, other: Self) {
        self.precision.add(other.precision);
        self.recall.add(other.recall);
    }
}

/// What a list looks like by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Tasks.
    pub tasks: usize,
    /// Tasks with `[P]`.
    pub parallel: usize,
    /// Pairs of tasks with `[P]` in one phase with one file.
    pub same_file: usize,
    /// Pairs of tasks with `[P]` in one phase, where the code later written lets the file of one import that of the other.
    pub importing: usize,
    /// Of the imports of new files between files of the list, those whose file is first written before the one that needs it is
    /// last worked on; tests left out.
    pub order: Share,
}

impl Shape {
    fn add(&mut self, other: Self) {
        self.tasks += other.tasks;
        self.parallel += other.parallel;
        self.same_file += other.same_file;
        self.importing += other.importing;
        self.order.add(other.order);
    }
}

/// One feature, or several together.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Tally {
    /// What it is called.
    pub name: String,
    /// Features.
    pub features: usize,
    /// The generated list against the real one as first written.
    pub first: Paths,
    /// The same, against the list as it last was.
    pub last: Paths,
    /// The files that the plan's trees draw, against the list as first written.
    pub drawn: Paths,
    /// The generated list.
    pub written: Shape,
    /// The author's.
    pub real: Shape,
    /// Under which story files are.
    pub owners: Owners,
    /// Imports that the generated list has backwards.
    pub backwards: Vec<String>,
    /// Tasks that ask which file.
    pub asking: usize,
    /// Questions of all kinds.
    pub questions: usize,
    /// Stories of the spec that a task is for.
    pub stories: Share,
    /// Requirements of the spec that a task cites.
    pub requirements: Share,
    /// Entities of spec and data model that a task names.
    pub entities: Share,
    /// Operations of contracts that a task names.
    pub operations: Share,
    /// New findings by code, with those that are questions.
    pub findings: BTreeMap<String, usize>,
    /// What went wrong: a second run that wrote, other files that changed.
    pub wrong: Vec<String>,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.features += other.features;
        self.first.add(other.first);
        self.last.add(other.last);
        self.drawn.add(other.drawn);
        self.written.add(other.written);
        self.real.add(other.real);
        self.owners.add(&other.owners);
        self.backwards.extend(other.backwards.iter().cloned());
        self.asking += other.asking;
        self.questions += other.questions;
        self.stories.add(other.stories);
        self.requirements.add(other.requirements);
        self.entities.add(other.entities);
        self.operations.add(other.operations);
        for (code, count) in &other.findings {
            *self.findings.entry(code.clone()).or_default() += count;
        }
        self.wrong.extend(other.wrong.iter().cloned());
    }
}

/// Measures one repository; nothing in it is changed.
///
/// # Errors
/// The repository cannot be read or copied.
pub fn measure(repository: &Path, options: &Options) -> Outcome<Vec<Tally>> {
    let original = repository
        .canonicalize()
        .map_err(|error| format!("{}: {error}", repository.display()))?;
    let keep = TempDir::with_prefix("accuracy-").map_err(|error| error.to_string())?;
    let name = called(&original);
    let copy = keep.path().join(name.rsplit('/').next().unwrap_or(&name));
    let (from, to) = (original.to_string_lossy(), copy.to_string_lossy());
    git(
        keep.path(),
        ["clone", "--quiet", "--shared", "--no-checkout", &from, &to],
    )?;
    let head = git(&copy, ["rev-parse", "HEAD"])?.trim().to_owned();
    let chosen = choose::features(&copy, &head, options.per_repository)?;
    let mut tallies = Vec::new();
    for feature in &chosen {
        match one(&copy, &head, feature, &name, options) {
            Ok(tally) => tallies.push(tally),
            Err(why) => tallies.push(Tally {
                name: format!("{name} {}", feature.dir),
                wrong: vec![format!("{name} {}: {why}", feature.dir)],
                ..Tally::default()
            }),
        }
    }
    Ok(tallies)
}

fn one(
    copy: &Path,
    head: &str,
    feature: &Chosen,
    repository: &str,
    options: &Options,
) -> Outcome<Tally> {
    choose::put_back(copy, feature)?;
    let was_there: BTreeSet<String> = files(copy, "HEAD")?;
    let mut tally = Tally {
        name: format!("{repository} {}", feature.dir),
        features: 1,
        ..Tally::default()
    };
    let before = options
        .check
        .then(|| check(&options.binary, copy, true))
        .transpose()?;
    let said = generate(&options.binary, copy, &feature.dir)?;
    let target = copy.join(&feature.dir).join("tasks.md");
    let Ok(text) = std::fs::read_to_string(&target) else {
        return Err(format!("nothing was written: {}", said.trim()));
    };
    let changed = git(copy, ["status", "--porcelain", "--untracked-files=all"])?;
    if changed.lines().count() != 1 {
        tally
            .wrong
            .push(format!("{}: it also changed {changed}", tally.name));
    }
    if let Some(keep) = &options.keep {
        let name = tally.name.replace(['/', ' '], "-");
        let write = |end: &str, text: &str| {
            let path = keep.join(format!("{name}.{end}"));
            std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
        };
        write("md", &text)?;
        write("real.md", &feature.first)?;
    }
    if options.check {
        generate(&options.binary, copy, &feature.dir)?;
    }
    if std::fs::read_to_string(&target).ok().as_ref() != Some(&text) {
        tally
            .wrong
            .push(format!("{}: a second run changed it", tally.name));
    }
    if let Some(before) = before {
        let after = check(&options.binary, copy, true)?;
        let known: BTreeSet<&String> = before
            .report
            .findings
            .iter()
            .map(|finding| &finding.fingerprint)
            .collect();
        for finding in &after.report.findings {
            if !known.contains(&finding.fingerprint) && finding.path.starts_with(&feature.dir) {
                *tally.findings.entry(finding.code.clone()).or_default() += 1;
            }
        }
    }
    let (written, real) = (List::of(&text), List::of(&feature.first));
    tally.first = Paths::of(&written.paths(), &real.paths());
    tally.last = Paths::of(&written.paths(), &List::of(&feature.last).paths());
    let document = |name: &str| -> String {
        std::fs::read_to_string(copy.join(&feature.dir).join(name)).unwrap_or_default()
    };
    tally.drawn = Paths::of(&read::drawn(&document("plan.md")), &real.paths());
    tally.owners = Owners::of(&written, &real);
    tally.asking = written.tasks.iter().filter(|task| task.asks).count();
    tally.questions = text.matches("[NEEDS CLARIFICATION").count();
    let spec = document("spec.md");
    tally.stories = Share::of(read::stories(&spec), |id| {
        written.tasks.iter().any(|task| task.stories.contains(id))
    });
    tally.requirements = Share::of(read::requirements(&spec), |id| read::cites(&text, id));
    let entities = read::entities(&spec, &document("data-model.md"));
    // `MCP Server` of a spec is `MCPServer` of its data model.
    let joined = |text: &str| text.split_whitespace().collect::<String>();
    let said = joined(&text);
    tally.entities = Share::of(entities, |name| said.contains(&joined(name)));
    let contracts = copy.join(&feature.dir).join("contracts");
    tally.operations = Share::of(read::operations(&contracts), |name| {
        text.contains(name.as_str())
    });
    let later = |list: &List| shape(copy, head, list, &was_there);
    (tally.written, tally.backwards) = later(&written);
    (tally.real, _) = later(&real);
    Ok(tally)
}

/// What the code later written says of the order of a list, and what it has backwards.
fn shape(
    copy: &Path,
    head: &str,
    list: &List,
    was_there: &BTreeSet<String>,
) -> (Shape, Vec<String>) {
    let known = files(copy, head).unwrap_or_default();
    let mut shape = Shape {
        tasks: list.tasks.len(),
        parallel: list.tasks.iter().filter(|task| task.parallel).count(),
        ..Shape::default()
    };
    let of_task = |paths: &BTreeSet<String>| -> BTreeSet<String> {
        let whole = paths.iter().filter_map(|path| {
            if known.contains(path) {
                return Some(path.clone());
            }
            let mut ends = known.iter().filter(|it| read::same(it, path));
            ends.next().filter(|_| ends.next().is_none()).cloned()
        });
        whole.collect()
    };
    let tasks: Vec<BTreeSet<String>> = list.tasks.iter().map(|it| of_task(&it.paths)).collect();
    let all: BTreeSet<String> = tasks.iter().flatten().cloned().collect();
    let mut imports: BTreeMap<&String, BTreeSet<String>> = BTreeMap::new();
    for path in &all {
        let text = git(copy, ["show", &format!("{head}:{path}")]).unwrap_or_default();
        imports.insert(path, imports::of(path, &text, &all));
    }
    for (at, task) in list.tasks.iter().enumerate().filter(|(_, it)| it.parallel) {
        let beside = list.tasks.iter().enumerate().skip(at + 1);
        for (other, _) in beside.filter(|(_, it)| it.parallel && it.phase == task.phase) {
            if !task.paths.is_disjoint(&list.tasks[other].paths) {
                shape.same_file += 1;
                continue;
            }
            let needs = |one: &BTreeSet<String>, two: &BTreeSet<String>| {
                let new = |path: &&String| !was_there.contains(path.as_str());
                // A test is written before what it imports.
                let codes = one.iter().filter(|path| !read::is_test(path));
                let mut needed = codes.flat_map(|path| imports[path].iter().filter(new));
                needed.any(|it| two.contains(it))
            };
            if needs(&tasks[at], &tasks[other]) || needs(&tasks[other], &tasks[at]) {
                shape.importing += 1;
            }
        }
    }
    let first = |path: &String| tasks.iter().position(|paths| paths.contains(path));
    let last = |path: &String| tasks.iter().rposition(|paths| paths.contains(path));
    let mut backwards = Vec::new();
    for (path, needed) in imports.iter().filter(|(path, _)| !read::is_test(path)) {
        let new = needed
            .iter()
            .filter(|it| !was_there.contains(it.as_str()) && !read::is_test(it));
        // A package of Go is there with its first file.
        let mut earliest: BTreeMap<&str, &String> = BTreeMap::new();
        for it in new {
            let what = match it.rsplit_once('/') {
                Some((package, name)) if name.rsplit('.').next() == Some("go") => package,
                _ => it.as_str(),
            };
            let known = earliest.entry(what).or_insert(it);
            if first(it) < first(known) {
                *known = it;
            }
        }
        for it in earliest.into_values() {
            let (there, from) = (first(it), last(path));
            shape.order.add(Share::of([()], |()| there <= from));
            if there > from {
                let place = |at: Option<usize>| {
                    let task = at.and_then(|at| list.tasks.get(at).map(|task| (at + 1, task)));
                    task.map_or_else(String::new, |(at, task)| {
                        format!("{at} {}", task.under.as_deref().unwrap_or("-"))
                    })
                };
                backwards.push(format!(
                    "{path} ({}) imports {it} ({})",
                    place(from),
                    place(there)
                ));
            }
        }
    }
    (shape, backwards)
}

fn files(copy: &Path, commit: &str) -> Outcome<BTreeSet<String>> {
    let listed = git(copy, ["ls-tree", "-r", "-z", "--name-only", commit])?;
    Ok(listed.split('\0').map(str::to_owned).collect())
}

/// Runs `generate tasks`; what it says, whether it wrote or not.
fn generate(binary: &Path, copy: &Path, feature: &str) -> Outcome<String> {
    let output = Command::new(binary)
        .args(["generate", "tasks", feature])
        .current_dir(copy)
        .env("SPEC_ANALYZER_CACHE", "off")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{}: {error}", binary.display()))?;
    if output.status.code().is_none() {
        return Err(format!("{} was killed", binary.display()));
    }
    Ok(String::from_utf8_lossy(&output.stderr).into_owned())
}
