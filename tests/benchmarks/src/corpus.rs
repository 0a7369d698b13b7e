//! A workspace as large as is asked for: repositories side by side, each with its own language, its specs and a service
//! that calls others. The same for the same numbers.
//!
//! Sizes, depths and shares are those of public repositories (tests/benchmarks/README.md says which); the text is made
//! here.

mod random;
mod services;
mod sources;
mod specs;
mod words;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Outcome;
use crate::project::Project;
use random::Random;
use sources::{LANGUAGES, Language};
use specs::{Feature, Shape};

/// Files of a repository for each of its features.
const FILES_PER_FEATURE: usize = 620;
/// Files in one directory, on average.
const FILES_PER_DIRECTORY: u64 = 6;
/// Deepest directory below the sources.
const DEEPEST: usize = 8;
/// One file of so many names an id.
const CITING: u64 = 40;
/// Where that spec stands.
pub(crate) const LONG_SPEC_FEATURE: &str = "billing/specs/001-parcel-desk";
/// Lines of the spec that keystrokes are measured in; it stands in the first repository.
pub(crate) const LONG_SPEC: usize = 2000;
/// Threads that write.
const WRITERS: usize = 4;

/// How much to write.
pub(crate) struct Size {
    pub(crate) files: usize,
    pub(crate) repositories: usize,
    pub(crate) seed: u64,
}

/// What was written.
#[derive(Default, Clone, Copy)]
pub(crate) struct Written {
    pub(crate) files: usize,
    pub(crate) bytes: u64,
    pub(crate) citing: usize,
    pub(crate) features: usize,
}

/// Writes a workspace below `root`.
pub(crate) fn write(root: &Path, size: &Size) -> Outcome<Written> {
    std::fs::create_dir_all(root).map_err(|error| format!("{}: {error}", root.display()))?;
    let mut members = String::new();
    for at in 0..size.repositories {
        // Writing to a string cannot fail.
        let _ = writeln!(
            members,
            "[[repository]]\npath = \"{}\"\n",
            words::service(at)
        );
    }
    std::fs::write(root.join("spec-workspace.toml"), members).map_err(|error| error.to_string())?;
    let each = size.files / size.repositories.max(1);
    let mut all = Written::default();
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                scope.spawn(move || {
                    let mut written = Written::default();
                    for at in (writer..size.repositories).step_by(WRITERS) {
                        Repository::new(root, at, size).write(each, &mut written)?;
                    }
                    Ok(written)
                })
            })
            .collect();
        for writer in writers {
            let written: Outcome<Written> = writer.join().map_err(|_| "a writer stopped")?;
            let written = written?;
            all.files += written.files;
            all.bytes += written.bytes;
            all.citing += written.citing;
            all.features += written.features;
        }
        Ok(all)
    })
}

/// One repository while it is written.
struct Repository<'a> {
    root: std::path::PathBuf,
    at: usize,
    size: &'a Size,
    random: Random,
    language: &'static Language,
    shape: Shape,
}

impl<'a> Repository<'a> {
    fn new(root: &Path, at: usize, size: &'a Size) -> Self {
        Self {
            root: root.join(words::service(at)),
            at,
            size,
            random: Random::new(size.seed.wrapping_mul(1009).wrapping_add(at as u64)),
            language: &LANGUAGES[at % LANGUAGES.len()],
            shape: Shape::ALL[at % Shape::ALL.len()],
        }
    }

    fn write(mut self, files: usize, written: &mut Written) -> Outcome<()> {
        std::fs::create_dir_all(&self.root)
            .map_err(|error| format!("{}: {error}", self.root.display()))?;
        self.git(&["init", "-q", "--template=", "-b", "main"])?;
        // A commit, so that there is a history: with nothing in it.
        self.git(&["commit", "-q", "--allow-empty", "-m", "begin"])?;
        let mut texts = services::files(self.at, self.size.repositories, self.language);
        if self.at == 0 {
            Project::of(LONG_SPEC).write(&self.root)?;
            texts.push(services::notes());
        }
        let plans = self.plan(files.saturating_sub(texts.len()));
        let named: Vec<&str> = plans
            .iter()
            .filter(|plan| plan.language.is_some() && !plan.is_test)
            .map(|plan| plan.path.as_str())
            .collect();
        let features: Vec<Feature> = (0..=files / FILES_PER_FEATURE)
            .map(|number| Feature::new(number, &named, &mut self.random))
            .collect();
        let last = features.len().saturating_sub(2);
        for (number, feature) in features.iter().enumerate() {
            texts.extend(feature.documents(self.shape, number < last));
        }
        texts.extend(self.shape.project());
        written.features += features.len();
        for (path, text) in &texts {
            self.put(path, text.as_bytes(), written)?;
        }
        let rest = files.saturating_sub(texts.len()).min(plans.len());
        for plan in &plans[..rest] {
            let cites = plan.language.is_some() && self.random.below(CITING) == 0;
            let cited = cites.then(|| {
                written.citing += 1;
                let feature = self.random.below(features.len() as u64) as usize;
                features[feature].citation(self.shape, &mut self.random)
            });
            let text = sources::text(
                plan.language,
                &plan.path,
                plan.is_test,
                cited,
                &mut self.random,
            );
            self.put(&plan.path, text.as_bytes(), written)?;
        }
        Ok(())
    }

    /// The user's own settings have no say.
    fn git(&self, arguments: &[&str]) -> Outcome<()> {
        let done = Command::new("git")
            .args(["-c", "user.name=b", "-c", "user.email=b@example.com"])
            .args([
                "-c",
                "commit.gpgsign=false",
                "-c",
                "core.hooksPath=/dev/null",
            ])
            .args(arguments)
            .current_dir(&self.root)
            .stdin(Stdio::null())
            .status();
        if done.is_ok_and(|status| status.success()) {
            return Ok(());
        }
        Err("git does not work here".to_owned())
    }

    /// Which files there will be.
    fn plan(&mut self, files: usize) -> Vec<Plan> {
        let mut directories = vec![(self.language.root.to_owned(), 1_usize)];
        let mut taken: HashSet<String> = HashSet::new();
        let mut plans = Vec::with_capacity(files);
        let mut here = 0;
        while plans.len() < files {
            if self.random.below(FILES_PER_DIRECTORY) == 0 {
                here = self.directory(&mut directories, &mut taken);
            }
            let (language, ending) = self.kind();
            let is_test = language.is_some() && self.random.below(8) == 0;
            let (verb, noun) = (self.random.of(&words::VERBS), self.random.of(&words::NOUNS));
            let name = match (is_test, language) {
                (true, Some(language)) => language.test_name(verb, noun),
                _ => format!("{noun}_{verb}.{ending}"),
            };
            let mut path = format!("{}/{name}", directories[here].0);
            if taken.contains(&path) {
                path = format!("{}/{}_{name}", directories[here].0, plans.len());
            }
            taken.insert(path.clone());
            plans.push(Plan {
                path,
                language,
                is_test,
            });
        }
        plans
    }

    /// A new directory, and where it stands in the list.
    fn directory(
        &mut self,
        directories: &mut Vec<(String, usize)>,
        taken: &mut HashSet<String>,
    ) -> usize {
        let above = self.random.below(directories.len() as u64) as usize;
        let (above, depth) = &directories[above];
        let (above, depth) = if *depth < DEEPEST {
            (above.clone(), *depth)
        } else {
            (self.language.root.to_owned(), 1)
        };
        let mut path = format!("{above}/{}", self.random.of(&words::NOUNS));
        if !taken.insert(path.clone()) {
            path = format!("{path}_{}", directories.len());
            taken.insert(path.clone());
        }
        directories.push((path, depth + 1));
        directories.len() - 1
    }

    /// A file's language, or the ending of what is none.
    fn kind(&mut self) -> (Option<&'static Language>, &'static str) {
        match self.random.below(100) {
            0..64 => (Some(self.language), self.language.ending),
            64..80 => {
                let other = &LANGUAGES[self.random.below(LANGUAGES.len() as u64) as usize];
                (Some(other), other.ending)
            }
            80..88 => (None, "json"),
            88..92 => (None, "yaml"),
            92..96 => (None, "md"),
            96..98 => (None, "css"),
            _ => (None, "svg"),
        }
    }

    fn put(&self, path: &str, text: &[u8], written: &mut Written) -> Outcome<()> {
        let path = self.root.join(path);
        let there = std::fs::write(&path, text);
        let there = match (there, path.parent()) {
            (Err(error), Some(parent)) if error.kind() == std::io::ErrorKind::NotFound => {
                std::fs::create_dir_all(parent).and_then(|()| std::fs::write(&path, text))
            }
            (there, _) => there,
        };
        there.map_err(|error| format!("{}: {error}", path.display()))?;
        written.files += 1;
        written.bytes += text.len() as u64;
        Ok(())
    }
}

/// A file that is to be written.
struct Plan {
    path: String,
    language: Option<&'static Language>,
    is_test: bool,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::{Size, write};

    fn files(below: &Path, prefix: &str, into: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(below).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}/{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                if entry.file_name() != ".git" {
                    files(&entry.path(), &name, into);
                }
            } else {
                into.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }

    #[test]
    fn the_same_numbers_give_the_same_workspace() {
        let made = |seed| {
            let directory = tempfile::tempdir().unwrap();
            let size = Size {
                files: 900,
                repositories: 3,
                seed,
            };
            let written = write(directory.path(), &size).unwrap();
            let mut found = BTreeMap::new();
            files(directory.path(), "", &mut found);
            (written, found)
        };
        let (written, one) = made(1);
        assert_eq!(one, made(1).1);
        assert_ne!(one, made(2).1);
        // The long spec with its sources, and the file that names the members, come on top.
        assert!((850..=900).contains(&written.files), "{}", written.files);
        assert!(one.len() >= written.files);
        let citing = written.citing * 1000 / written.files;
        assert!((5..=45).contains(&citing), "{citing} of 1000 name an id");
        let has = |ending: &str| one.keys().any(|path| path.ends_with(ending));
        for ending in ["/spec.md", "/requirements.md", "openapi.yaml", "tasks.md"] {
            assert!(has(ending), "{ending}");
        }
        assert!(one.keys().any(|path| path.contains("/openspec/changes/")));
    }
}
