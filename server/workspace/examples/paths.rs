//! Prints where every path that a task names leads, one per line, tab-separated: for judging by hand
//! (tests/accuracy/README.md). `cargo run -p workspace --example paths -- ROOT`
#![expect(clippy::print_stdout, reason = "its output is its purpose")]

use std::path::PathBuf;

use documents::{ItemKind, TaskState};
use trace::{Fate, Resolution};
use workspace::{Host, Options};

fn main() {
    let roots: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let roots = roots
        .iter()
        .map(|root| root.canonicalize().unwrap_or_else(|_| root.clone()));
    let mut host = Host::new(Options {
        roots: roots.collect(),
        ..Options::default()
    });
    host.scan();
    let snapshot = host.finish(false);
    let tree = &snapshot.graph.inputs().tree;
    for feature in snapshot.graph.features() {
        let Some(tasks) = feature.tasks_document() else {
            continue;
        };
        for (at, item) in tasks.facts().items_of(ItemKind::Task) {
            let Some(links) = feature.task(at) else {
                continue;
            };
            let done = item
                .task
                .as_ref()
                .is_some_and(|task| task.state == TaskState::Done);
            for link in &feature.paths[links.paths.start as usize..links.paths.end as usize] {
                let mention = &tasks.facts().paths[link.mention as usize];
                let line = tasks.doc.lines.line(mention.range.start()) + 1;
                let (verdict, target) = match &link.resolution {
                    Resolution::File(file) => ("file", tree.path_str(*file).to_owned()),
                    Resolution::Directory(dir) => ("directory", dir.to_string()),
                    Resolution::Several(files) => ("several", format!("{} files", files.len())),
                    Resolution::SeveralDirectories => ("several", "directories".to_owned()),
                    Resolution::Outside => ("outside", String::new()),
                    Resolution::Unread => ("unread", String::new()),
                    Resolution::Missing(Fate::Present) => ("present", String::new()),
                    Resolution::Missing(Fate::Moved { was, to, commit }) => {
                        ("moved", format!("{was} -> {to} in {commit}"))
                    }
                    Resolution::Missing(Fate::Deleted { was, commit }) => {
                        ("deleted", format!("{was} in {commit}"))
                    }
                    Resolution::Missing(Fate::Removed { was }) => ("removed", was.to_string()),
                    Resolution::Missing(Fate::Existed) => ("existed", String::new()),
                    Resolution::Missing(Fate::Never {
                        name_existed,
                        alike,
                    }) => (
                        "never",
                        format!("name existed: {name_existed}, alike: {alike}"),
                    ),
                    Resolution::Missing(Fate::Unknown(why) | Fate::Lost(why)) => {
                        ("unknown", why.to_string())
                    }
                };
                println!(
                    "{}:{line}\t{}\t{}\t{}\t{verdict}\t{target}",
                    tasks.path,
                    if done { "done" } else { "open" },
                    tasks.slice(mention.range),
                    mention.path,
                );
            }
        }
    }
}
