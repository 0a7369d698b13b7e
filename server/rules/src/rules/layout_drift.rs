//! A directory of the source tree that the plan of finished work draws, and that is not there.

use documents::DocumentKind;
use trace::{DirectoryStanding, DrawnDirectory, DrawnTree, Fate, Feature, Resolution};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template, paths_apart};
use crate::outputs::is_output;
use crate::taking;
use crate::wording;

const NEVER: Template = Template {
    en: "The plan draws `{path}`, which is not there, nor in HEAD's history.",
    ja: "計画のツリーの `{path}` は存在せず、HEAD の履歴にもありません。",
};
const ELSEWHERE: Template = Template {
    en: "The plan draws `{path}`, which is at `{to}`.",
    ja: "計画のツリーの `{path}` は `{to}` にあります。",
};
const MOVED: Template = Template {
    en: "The plan draws `{path}`, which commit {commit} moved to `{to}`.",
    ja: "計画のツリーの `{path}` はコミット {commit} で `{to}` に移動しています。",
};
const DELETED: Template = Template {
    en: "The plan draws `{path}`, which commit {commit} deleted.",
    ja: "計画のツリーの `{path}` はコミット {commit} で削除されています。",
};
const REMOVED: Template = Template {
    en: "The plan draws `{path}`, which is gone from the working tree, but not from git.",
    ja: "計画のツリーの `{path}` は git にはありますが、作業ツリーからなくなっています。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "layout-drift",
    group: Group::Drift,
    severity: Severity::Information,
    summary: "The source tree in the plan of finished work has a directory that is not there.",
    explanation: "The project structure of a plan says where everything is. Whoever reads it later looks there, and so \
                  does an agent, which makes the directory anew.\n\nOnly directories are judged, and only those that \
                  are nowhere in the workspace, not below another path either: `src/shop` is there if \
                  `src/main/shop` is. Only features whose tasks are all ticked count, and only the newest plan that \
                  draws a place. All of one tree is one finding. What the line says to be optional, generated or taken \
                  away is left out, and so are results of runs. Files are `broken-path`'s.\n\nUnknown where the tree has \
                  names to be filled in, where the words beside it speak of an example or an option, where most of it \
                  is not there, and where git does not know the whole history.",
    bad: "├── services/   (all tasks are ticked, and the code went to src/domain/)",
    good: "├── domain/",
    messages: &[NEVER, ELSEWHERE, MOVED, DELETED, REMOVED],
    measured: Some(Measured {
        judged: 45,
        right: 44,
        seeded: 0,
        found: 0,
    }),
};

/// Most characters of a path that is the only one of its sentence.
const LONGEST: usize = 46;

/// Words on a line of a tree that leave open whether the directory is to be, in lower case.
const OPEN: [&str; 18] = [
    "optional",
    "future",
    "if needed",
    "if required",
    "or ",
    "later",
    "legacy",
    "deprecated",
    "placeholder",
    "generated",
    "ignored",
    "任意",
    "将来",
    "必要",
    "生成",
    "可选",
    "opcional",
    "or:",
];

pub(crate) struct LayoutDrift;

impl Rule for LayoutDrift {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[DocumentKind::Plan, DocumentKind::Tasks]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        for (number, tree) in feature.drawn.iter().enumerate() {
            if let Some(why) = tree.doubt {
                sink.unknown_at(tree.file, tree.range, why);
            } else if is_mostly_absent(tree) {
                sink.unknown_at(tree.file, tree.range, "most of the tree is not there");
            } else {
                judge(feature, tree, &format!("tree {number}"), sink);
            }
        }
    }
}

/// Whether the tree is of another repository, or was never followed.
fn is_mostly_absent(tree: &DrawnTree) -> bool {
    let told = tree.directories.iter().map(|each| &each.standing);
    let told = told.filter(|standing| !matches!(standing, DirectoryStanding::Unknown(_)));
    let (all, there) = told.fold((0, 0), |(all, there), standing| {
        (all + 1, there + usize::from(standing.is_there()))
    });
    there * 2 < all
}

fn judge(feature: &Feature, tree: &DrawnTree, group: &str, sink: &mut Sink<'_>) {
    // Where a directory is not there, nothing below it is.
    let mut above: Vec<&str> = Vec::new();
    for directory in &tree.directories {
        if directory.standing.is_there() {
            sink.clean();
            continue;
        }
        let path = directory.path.as_str();
        if above.iter().any(|above| is_below(path, above)) {
            continue;
        }
        above.push(path);
        if !is_output(path) && !is_left_open(feature, directory) && !is_broken_path(feature, path) {
            say(tree, directory, group, sink);
        }
    }
}

fn is_below(path: &str, directory: &str) -> bool {
    path.strip_prefix(directory)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether the line says that the directory need not be there, or goes away.
fn is_left_open(feature: &Feature, directory: &DrawnDirectory) -> bool {
    let Some(plan) = feature.plan() else {
        return true;
    };
    let note = plan.slice(directory.note);
    let small = note.to_lowercase();
    OPEN.iter().any(|word| small.contains(word))
        || wording::removes(note)
        || wording::leaves_open(note)
        || taking::notes_gone(note)
}

/// Whether `broken-path` speaks of a file that was in it.
fn is_broken_path(feature: &Feature, directory: &str) -> bool {
    feature.paths.iter().any(|link| {
        let Resolution::Missing(
            Fate::Moved { was, .. } | Fate::Deleted { was, .. } | Fate::Removed { was },
        ) = &link.resolution
        else {
            return false;
        };
        let project = feature.project.path.as_str();
        let was = was.strip_prefix(project).unwrap_or(was);
        is_below(was.trim_start_matches('/'), directory)
    })
}

/// As much of the end of a path as its sentence has room for.
fn ending(path: &str) -> String {
    let fits = |path: &str| path.chars().count() <= LONGEST;
    if fits(path) {
        return path.to_owned();
    }
    let starts = path.match_indices('/').map(|(at, _)| &path[at..]);
    let fitting = starts.skip(1).find(|rest| fits(rest));
    format!("…{}", fitting.unwrap_or("/"))
}

fn say(tree: &DrawnTree, directory: &DrawnDirectory, group: &str, sink: &mut Sink<'_>) {
    let path = format!("{}/", directory.path);
    let path = path.as_str();
    let alone = ending(path);
    let message = match &directory.standing {
        DirectoryStanding::At(to, _) => {
            let room = Message::room(ELSEWHERE, &[("path", ""), ("to", "")]);
            let to = format!("{to}/");
            let (path, to) = paths_apart(path, &to, room);
            Message::new(ELSEWHERE, &[("path", &path), ("to", &to)])
        }
        DirectoryStanding::Missing(fate, _) => match fate {
            Fate::Never { .. } => Message::new(NEVER, &[("path", &alone)]),
            Fate::Removed { .. } => Message::new(REMOVED, &[("path", &alone)]),
            Fate::Deleted { commit, .. } => {
                Message::new(DELETED, &[("path", &alone), ("commit", commit)])
            }
            Fate::Moved { to, commit, .. } => {
                let room = [("path", ""), ("to", ""), ("commit", commit.as_str())];
                let room = Message::room(MOVED, &room);
                let (path, to) = paths_apart(path, to, room);
                Message::new(MOVED, &[("path", &path), ("to", &to), ("commit", commit)])
            }
            Fate::Present => return sink.clean(),
            Fate::Existed => {
                let why = "several directories had this path once";
                return sink.unknown_at(tree.file, directory.range, why);
            }
            Fate::Lost(why) | Fate::Unknown(why) => {
                return sink.unknown_at(tree.file, directory.range, why);
            }
        },
        DirectoryStanding::Unknown(why) => {
            return sink.unknown_at(tree.file, directory.range, why);
        }
        DirectoryStanding::There | DirectoryStanding::DrawnAnew => return,
    };
    drop(
        sink.report(tree.file, directory.range, message)
            .fact(directory.path.as_str())
            // One plan that was not followed is one thing to know.
            .group(group),
    );
}
