//! A file goes elsewhere.

use crate::checkout::{Change, Step};
use crate::drift::{Kind, Mutation};

pub(super) const KINDS: &[Kind] = &[Kind {
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
}];
