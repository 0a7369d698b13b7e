//! How a path can be written: from which directory, and what it then says.

use documents::Hyperlink;
use grammar::PathMention;
use smol_str::SmolStr;
use trace::{Feature, FeatureDocument, Graph, PathBase, Resolution, RootId, join, parent};

use super::moves::Moves;

/// What a path is to lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    File(RootId, SmolStr),
    Directory(RootId, SmolStr),
    /// A file that is not there yet, in a directory that is.
    Planned(RootId, SmolStr),
}

impl Named {
    fn place(&self) -> (RootId, &SmolStr) {
        match self {
            Self::File(root, path) | Self::Directory(root, path) | Self::Planned(root, path) => {
                (*root, path)
            }
        }
    }

    /// Whether that is what was found in `graph`.
    pub(super) fn is(&self, graph: &Graph, found: Option<&Resolution>) -> bool {
        let (root, path) = self.place();
        match (self, found) {
            (Self::File(..), Some(Resolution::File(file))) => {
                graph.inputs().tree.path(*file) == Some((root, path))
            }
            (Self::Directory(..), Some(Resolution::Directory(directory))) => directory == path,
            (Self::Planned(..), None | Some(Resolution::Missing(_))) => true,
            _ => false,
        }
    }
}

/// The directories a path may be written from.
pub(super) struct Bases {
    root: RootId,
    project: SmolStr,
    feature: SmolStr,
    document: SmolStr,
}

impl Bases {
    pub(super) fn of(feature: &Feature, document: &str) -> Self {
        Self {
            root: feature.root,
            project: feature.project.path.clone(),
            feature: feature.path.clone(),
            document: parent(document).into(),
        }
    }

    fn directory(&self, base: PathBase) -> Option<&str> {
        match base {
            PathBase::Project => Some(&self.project),
            PathBase::Feature => Some(&self.feature),
            PathBase::Document => Some(&self.document),
            PathBase::Root => Some(""),
            PathBase::Former | PathBase::Suffix | PathBase::Repositories => None,
        }
    }
}

/// From where a path is written.
pub(super) fn base_of(
    graph: &Graph,
    feature: &Feature,
    document: &FeatureDocument,
    moves: &Moves<'_>,
    path: &PathMention,
) -> Option<PathBase> {
    let anchored = document.slice(path.range).starts_with("./");
    let found = graph.path_from(feature, &document.path, &path.path, anchored);
    if let Some((_, base)) = found {
        return Some(base);
    }
    let bases = Bases::of(feature, &document.path);
    planned_from(&bases, moves, path).map(|(base, _)| base)
}

/// The file that a path means which is not there yet, if it lies in a directory that is moved.
pub(super) fn planned(bases: &Bases, moves: &Moves<'_>, path: &PathMention) -> Option<SmolStr> {
    planned_from(bases, moves, path).map(|(_, full)| full)
}

fn planned_from(
    bases: &Bases,
    moves: &Moves<'_>,
    path: &PathMention,
) -> Option<(PathBase, SmolStr)> {
    if path.glob || path.path.starts_with(['/', '~', '$']) || !path.path.contains('/') {
        return None;
    }
    let all = [
        PathBase::Project,
        PathBase::Feature,
        PathBase::Document,
        PathBase::Root,
    ];
    all.into_iter().find_map(|base| {
        let full = join(bases.directory(base)?, &path.path)?;
        let moved = moves.has(bases.root, &full);
        moved.then(|| (base, full.into()))
    })
}

/// The directory a Markdown link is written from, and the path from the root that it leads to.
pub(super) fn linked(
    feature: &Feature,
    document: &FeatureDocument,
    link: &Hyperlink,
) -> Option<(String, String)> {
    let before = document.doc.text.get(..usize::from(link.range.start()))?;
    // Kiro reads `#[[file:docs/api.md]]` from the project's directory.
    let included = before.trim_end_matches(' ').ends_with("#[[file:");
    let from = if included {
        feature.project.path.as_str()
    } else {
        parent(&document.path)
    };
    let full = if link.path.starts_with('/') {
        join("", &link.path)
    } else {
        join(from, &link.path)
    };
    Some((from.to_owned(), full.filter(|full| !full.is_empty())?))
}

/// The ways to write `goal`, the likest to `old` first.
pub(super) fn candidates(
    base: PathBase,
    was: &Bases,
    bases: &Bases,
    old: &str,
    goal: &Named,
    name: impl Fn(RootId) -> SmolStr,
) -> Vec<String> {
    let (root, path) = goal.place();
    let bare = old.trim_matches('/');
    let ups = up(bare);
    let mut ways = Vec::new();
    if root != bases.root {
        let up = if base == PathBase::Repositories || was.root == bases.root {
            ups
        } else {
            ""
        };
        ways.push(format!("{up}{}/{path}", name(root)));
    } else if base == PathBase::Suffix {
        let wanted = bare[ups.len()..].split('/').count();
        let parts: Vec<&str> = path.split('/').collect();
        // Names that say enough as they are stay.
        let enough = format!("/{path}").ends_with(&format!("/{}", &bare[ups.len()..]));
        if enough {
            ways.push(bare.to_owned());
        }
        for count in wanted.min(parts.len())..=parts.len() {
            ways.push(format!("{ups}{}", parts[parts.len() - count..].join("/")));
        }
    } else {
        let directory = bases.directory(base).unwrap_or(&bases.project);
        ways.push(relative(directory, path, bare));
        ways.push(relative(&bases.project, path, bare));
        ways.push(path.to_string());
    }
    let slash = old.starts_with('/');
    ways.into_iter()
        .filter(|way| !(slash && way.starts_with("..")))
        .map(|way| {
            let way = with_tail(way, old);
            if slash { format!("/{way}") } else { way }
        })
        .collect()
}

/// The `../../` a path begins with.
fn up(path: &str) -> &str {
    &path[..path.len() - path.trim_start_matches("../").len()]
}

/// With a slash at the end where `old` has one.
pub(super) fn with_tail(way: String, old: &str) -> String {
    if old.ends_with('/') && !way.ends_with('/') {
        format!("{way}/")
    } else {
        way
    }
}

/// Whether two ways are the same but for steps on the spot.
pub(super) fn same_way(one: &str, other: &str) -> bool {
    let plain = |way: &str| {
        let parts: Vec<&str> = way.split('/').filter(|part| *part != ".").collect();
        parts.join("/")
    };
    one == other || plain(one) == plain(other)
}

/// The way from a directory to a file or directory: with as many steps up as `old` has, where that is one, else with as
/// few as there can be.
pub(super) fn relative(directory: &str, path: &str, old: &str) -> String {
    let ups = up(old);
    let mut above = Some(directory);
    for _ in 0..ups.len() / "../".len() {
        above = above.filter(|it| !it.is_empty()).map(parent);
    }
    let below = above.and_then(|above| match above {
        "" => Some(path),
        above => path.strip_prefix(above)?.strip_prefix('/'),
    });
    if let Some(below) = below {
        return format!("{ups}{below}");
    }
    // A name in the directory stands for it.
    let inside = if directory.is_empty() {
        "_".to_owned()
    } else {
        format!("{directory}/_")
    };
    trace::link_to(&inside, path).to_string()
}
