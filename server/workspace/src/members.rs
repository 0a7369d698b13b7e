//! Which folders make up a workspace: those that were opened, the stores that hold their `OpenSpec` specs, and those that
//! their `spec-workspace.toml` names.

use std::path::{Component, Path, PathBuf};

use settings::{Member, WORKSPACE_FILE, read_members};
use smol_str::{SmolStr, format_smolstr};

use crate::read::{ReadOutcome, read_document};
use crate::walk::{is_ignored, is_unseen};
use crate::{slashed, stores};

/// The repositories of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Members {
    /// Every folder once: the opened ones, their stores, then those that workspace files name, those that are not there
    /// last.
    pub roots: Vec<PathBuf>,
    /// Their names, each once.
    pub names: Vec<SmolStr>,
    /// Files with what repositories published that are not checked out, with the repository's name.
    pub facts: Vec<(Option<SmolStr>, PathBuf)>,
}

impl Members {
    /// The members of a workspace of these folders. A folder that another one holds is no member of its own: editors open
    /// a package beside the repository around it, and what names its files from there shall find them. What a workspace file names is found from that file's directory; a
    /// workspace file in a folder that was named itself says nothing here, so that no chain leads anywhere.
    ///
    /// What cannot be read of a workspace file is told with the settings of its folder; the rest of it counts.
    #[must_use]
    pub fn of(folders: &[PathBuf]) -> Self {
        let mut members = Self::default();
        let opened: Vec<(PathBuf, Vec<Member>)> = folders
            .iter()
            .filter(|folder| !folders.iter().any(|outer| is_part(outer, folder)))
            .map(|folder| (folder.clone(), named_in(folder)))
            .collect();
        // A name that was written down is the repository's, whichever way it came to be opened.
        let written = |path: &Path| -> Option<SmolStr> {
            opened.iter().find_map(|(folder, named)| {
                named.iter().find_map(|member| {
                    let same = resolved(folder, member.path.as_ref()?) == path;
                    (same && member.name.is_some()).then(|| member.called().into())
                })
            })
        };
        for (folder, _) in &opened {
            let name = written(folder).unwrap_or_else(|| last_segment(folder));
            members.add(folder.clone(), &name);
        }
        let data = stores::data_directory();
        for (folder, _) in &opened {
            if let Some((name, path)) = stores::declared(folder, data.as_deref())
                && path.is_dir()
            {
                members.add(path, &name);
            }
        }
        let named = || {
            opened.iter().flat_map(|(folder, named)| {
                named.iter().map(move |member| {
                    let path = member.path.as_ref().map(|path| resolved(folder, path));
                    (folder, member, path)
                })
            })
        };
        for (_, member, path) in named() {
            if let Some(path) = path.filter(|path| path.is_dir()) {
                members.add(path, member.called());
            }
        }
        for (folder, member, path) in named() {
            let name = match path {
                Some(path) if path.is_dir() => continue,
                Some(path) => members.add(path, member.called()),
                None => member.called().into(),
            };
            if let Some(facts) = &member.facts {
                members.facts.push((Some(name), resolved(folder, facts)));
            }
        }
        members
    }

    /// Adds a folder if it is not there yet, and gives the name it has.
    fn add(&mut self, path: PathBuf, name: &str) -> SmolStr {
        let same = |a: &Path, b: &Path| {
            a == b || matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
        };
        if let Some(at) = self.roots.iter().position(|root| same(root, &path)) {
            return self.names[at].clone();
        }
        let mut unique = SmolStr::new(name);
        let mut nth = 2;
        while self.names.contains(&unique) {
            unique = format_smolstr!("{name}-{nth}");
            nth += 1;
        }
        self.roots.push(path);
        self.names.push(unique.clone());
        unique
    }
}

/// Is `inner` seen with `outer`, and has nothing to say of itself: no repository, no settings, no members?
fn is_part(outer: &Path, inner: &Path) -> bool {
    let Some(below) = inner.strip_prefix(outer).ok().and_then(Path::to_str) else {
        return false;
    };
    let speaks = |dir: &Path, names: &[&str]| names.iter().any(|name| dir.join(name).exists());
    let between = || inner.ancestors().take_while(|dir| *dir != outer);
    !below.is_empty()
        && !speaks(
            inner,
            &[settings::FILE, WORKSPACE_FILE, "openspec/config.yaml"],
        )
        && !between().any(|dir| speaks(dir, &[".git"]))
        && !between().any(|dir| dir.file_name().is_some_and(is_unseen))
        && !between()
            .chain([outer])
            .any(|dir| speaks(dir, &[".ignore"]))
        && !is_ignored(outer, &format!("{}/", slashed(Path::new(below))))
}

fn named_in(folder: &Path) -> Vec<Member> {
    match read_document(&folder.join(WORKSPACE_FILE)) {
        ReadOutcome::Text(read) => read_members(&read.text).0,
        _ => Vec::new(),
    }
}

fn last_segment(folder: &Path) -> SmolStr {
    let name = folder.file_name().and_then(|name| name.to_str());
    name.unwrap_or("workspace").into()
}

/// A path of a workspace file as an absolute one, spelt as the folder is: editors know their files by that spelling.
fn resolved(folder: &Path, relative: &str) -> PathBuf {
    let mut path = folder.to_owned();
    for part in Path::new(relative).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    path
}
