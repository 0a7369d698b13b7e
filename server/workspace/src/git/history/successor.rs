//! What took the place of a file whose commit has no rename for it.

use rustc_hash::FxHashSet;

use super::{Event, History};
use crate::git::similarity::{Rename, written_anew};

/// Endings of one language, between which files are converted with their names kept.
const CONVERTED: &[&[&str]] = &[
    &["js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts"],
    &["java", "kt"],
    &["c", "cc", "cpp", "cxx"],
    &["m", "mm", "swift"],
    &["md", "mdx"],
    &["yml", "yaml"],
];

/// Endings of a copy that is kept until somebody cleans up.
const PUT_ASIDE: &[&str] = &["backup", "bak", "old", "orig", "save"];

/// Whether a path is that of a copy put aside: `a.js.backup` or `a.old.js` of `a.js`. The file itself went away.
pub(super) fn is_copy_put_aside(path: &str, copy: &str) -> bool {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let (path, copy) = (name(path), name(copy));
    let (stem, ending) = path.rsplit_once('.').unwrap_or((&path, ""));
    let behind = copy.strip_prefix(&format!("{path}."));
    let between = copy
        .strip_prefix(&format!("{stem}."))
        .and_then(|rest| rest.strip_suffix(&format!(".{ending}")));
    let aside = [behind, between].into_iter().flatten();
    aside
        .map(str::to_ascii_lowercase)
        .any(|word| PUT_ASIDE.contains(&word.as_str()))
}

impl History {
    /// The file that a path which went away with `event` lives on as.
    pub(super) fn successor(
        &self,
        local: &gix::Repository,
        path: &str,
        event: &Event,
    ) -> Option<Rename> {
        self.same_body(path, event)
            .or_else(|| self.converted(path, event))
            .or_else(|| self.rewritten(local, path, event))
            .or_else(|| self.with_its_directory(local, path, event))
    }

    /// The only file beside it that came with the deletion under the same name with another ending of its language:
    /// `a.ts` for `a.js`.
    fn converted(&self, path: &str, event: &Event) -> Option<Rename> {
        let (stem, ending) = path.rsplit_once('.')?;
        let family = CONVERTED.iter().find(|family| family.contains(&ending))?;
        let mut came = family
            .iter()
            .map(|other| format!("{stem}.{other}"))
            .filter(|to| *to != path && self.now.contains_key(to))
            .filter(|to| {
                let events = self.files.get(to.as_str()).into_iter().flatten();
                let mut came = events.filter(|each| !each.deleted);
                came.next().is_some_and(|each| each.commit == event.commit) && came.next().is_none()
            });
        let to = came.next()?;
        // How many bytes are the same says nothing across two languages.
        let similarity = 0;
        came.next().is_none().then_some(Rename { to, similarity })
    }

    /// A file of the same name with exactly the lost bytes that came with or after the deletion.
    fn same_body(&self, path: &str, event: &Event) -> Option<Rename> {
        let name = path.rsplit('/').next()?;
        if event.id.is_empty_blob() {
            return None;
        }
        let mut same = self.now_by_id.get(&event.id)?.iter().filter(|now| {
            now.rsplit('/').next() == Some(name)
                && self.files.get(now.as_str()).is_some_and(|events| {
                    events
                        .iter()
                        .filter(|event| !event.deleted)
                        .all(|came| came.commit <= event.commit)
                })
        });
        let to = same.next()?.clone();
        let similarity = 100;
        same.next().is_none().then_some(Rename { to, similarity })
    }

    /// The file of this name that came with the deletion, when no third file ever had the name and some of the old is
    /// in it. Less than that may be the work of another layer under the same name.
    fn rewritten(&self, local: &gix::Repository, path: &str, event: &Event) -> Option<Rename> {
        let name = path.rsplit('/').next()?;
        let [one, other] = self.by_name.get(name)?.as_slice() else {
            return None;
        };
        let to = if &**one == path { other } else { one };
        let mut came = self.files.get(to)?.iter().filter(|event| !event.deleted);
        let new = came.next().filter(|came| came.commit == event.commit)?;
        if came.next().is_some() || !self.now.contains_key(&**to) {
            return None;
        }
        let similarity = written_anew(local, event.id, new.id)?;
        let to = to.to_string();
        Some(Rename { to, similarity })
    }

    /// The file of this name in the only directory that the commit moved the rest of this one to: an `__init__.py`
    /// that is empty, or says other names now, goes with its package.
    fn with_its_directory(
        &self,
        local: &gix::Repository,
        path: &str,
        event: &Event,
    ) -> Option<Rename> {
        let (directory, name) = path.rsplit_once('/')?;
        let renames = self.renames_in(local, event);
        let moved = renames.by_source.iter().filter_map(|(from, rename)| {
            let (from, file) = from.rsplit_once('/')?;
            let to = rename.to.strip_suffix(file)?.strip_suffix('/')?;
            (from == directory).then_some((to, rename.similarity))
        });
        let targets: FxHashSet<&str> = moved.clone().map(|(to, _)| to).collect();
        let [target] = targets.into_iter().collect::<Vec<_>>()[..] else {
            return None;
        };
        let to = format!("{target}/{name}");
        let mut events = self.files.get(to.as_str())?.iter();
        let came = events.any(|each| each.commit == event.commit && !each.deleted);
        let similarity = moved.map(|(_, similarity)| similarity).min()?;
        (came && self.now.contains_key(&to)).then_some(Rename { to, similarity })
    }
}
