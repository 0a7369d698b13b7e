//! A file, or a directory with all that is in it, goes elsewhere.

use std::collections::BTreeSet;

use crate::checkout::{Change, Step};
use crate::drift::{Kind, Mutation};

pub(super) const KINDS: &[Kind] = &[FILE, DIRECTORY];

const FILE: Kind = Kind {
    name: "file-moved",
    codes: &[],
    about: "A file with linked code goes to another directory, in a commit. That documents name its old place is told by \
            other rules, and no mistake.",
    mutations: |scene| {
        let moved = scene.sources().into_iter().map(|path| {
            let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
            let to = format!("{directory}/quoll/{name}");
            Mutation {
                change: Change {
                    steps: vec![Step::Move(
                        path.to_owned(),
                        to.trim_start_matches('/').to_owned(),
                    )],
                    commit: true,
                },
                path: path.to_owned(),
                what: format!("moved to {to}"),
            }
        });
        moved.collect()
    },
};

const DIRECTORY: Kind = Kind {
    name: "directory-moved",
    codes: &[],
    about: "A directory with linked code gets another name, in a commit. That documents name its old place is told by other \
            rules, and no mistake.",
    mutations: |scene| {
        let sources = scene.sources();
        let directories = sources.iter().filter_map(|path| path.rsplit_once('/'));
        let directories: BTreeSet<&str> = directories.map(|(directory, _)| directory).collect();
        let moved = directories.into_iter().map(|directory| {
            let (above, name) = directory.rsplit_once('/').unwrap_or(("", directory));
            let to = format!("{above}/quoll_{name}");
            let to = to.trim_start_matches('/');
            let all = scene.files.iter().filter_map(|path| {
                let rest = path.strip_prefix(directory)?.strip_prefix('/')?;
                Some(Step::Move(path.clone(), format!("{to}/{rest}")))
            });
            Mutation {
                change: Change {
                    steps: all.collect(),
                    commit: true,
                },
                path: directory.to_owned(),
                what: format!("moved to {to}"),
            }
        });
        moved.collect()
    },
};
