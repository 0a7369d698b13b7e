//! Packages and services of all roots, what each needs of the others, and the order in which they can be changed.
//!
//! What is needed is read off manifests, compose files, objects of Kubernetes, calls of routes and imports; what only
//! developers and tests need orders nothing. Made when asked for, from manifests that are read for it. Names and paths
//! decide every order, so that it does not hang on the order of roots and files.

mod needs;
mod nodes;
mod order;

use code::Manifest;
use smol_str::SmolStr;
use text::FileId;

use crate::{Graph, RootId};

pub use order::Step;

/// Position of a [`Service`] in [`Services::all`].
pub type ServiceId = u32;

/// A package or service: a directory with a manifest, or one that a container is built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Workspace folder.
    pub root: RootId,
    /// Its directory, from there; empty at the top.
    pub path: SmolStr,
    /// The same behind the folder's name, where there are several folders.
    pub place: SmolStr,
    /// What people call it: its package's name without a scope, else its directory's.
    pub name: SmolStr,
    /// All names it goes by: packages, containers, objects.
    pub(crate) names: Vec<Name>,
    /// Manifests of its directory, by path.
    pub manifests: Vec<FileId>,
    /// Files that say how it runs: compose files, objects of Kubernetes, by path.
    pub runs: Vec<FileId>,
    /// It is only the top of a repository, which nothing describes.
    pub is_rest: bool,
}

/// A name and who knows it by that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// `None`: containers and objects.
    pub(crate) of: Option<code::Ecosystem>,
    pub(crate) name: SmolStr,
}

/// How one service needs another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NeedKind {
    /// A manifest lists it.
    Package,
    /// Its container waits for the other, or is given its address.
    Container,
    /// It calls what the other serves.
    Call,
    /// It imports a file of it.
    Import,
}

/// Why one service needs another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need {
    /// Who needs.
    pub of: ServiceId,
    /// Whom.
    pub on: ServiceId,
    /// How.
    pub kind: NeedKind,
    /// Where that is said: a path behind its folder's name, where there are several folders.
    pub at: SmolStr,
    /// What is said there: the package, the container, `GET /parcels/{id}`, the import.
    pub what: SmolStr,
}

/// Something that runs beside the services and is built elsewhere: a database, a queue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Image {
    /// Workspace folder.
    pub root: RootId,
    /// `postgres:16`
    pub image: SmolStr,
    /// The file that says so.
    pub file: FileId,
}

/// All services and what they need of each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Services {
    /// By folder's name and path.
    pub all: Vec<Service>,
    /// The strongest few of each pair, sorted.
    pub needs: Vec<Need>,
    /// What is not built here, by image.
    pub images: Vec<Image>,
}

/// Most reasons that are kept of one pair.
const REASONS: usize = 3;

impl Services {
    /// The services of a workspace. `manifests`: all that is read of manifests and descriptions of containers.
    #[must_use]
    pub fn of(graph: &Graph, manifests: &[(FileId, Manifest)]) -> Self {
        let mut nodes = nodes::Nodes::of(graph, manifests);
        let mut needs = needs::found(graph, manifests, &nodes);
        needs.sort_unstable();
        needs.dedup();
        let mut kept: Vec<Need> = Vec::with_capacity(needs.len());
        for need in needs {
            let same = kept.iter().rev().take(REASONS);
            let same = same.filter(|known| (known.of, known.on) == (need.of, need.on));
            if same.count() < REASONS {
                kept.push(need);
            }
        }
        nodes.images.sort_unstable();
        nodes.images.dedup();
        Self {
            all: nodes.all,
            needs: kept,
            images: nodes.images,
        }
    }

    /// A service.
    #[must_use]
    pub fn get(&self, id: ServiceId) -> Option<&Service> {
        self.all.get(id as usize)
    }

    /// The service that a path is part of: the nearest one around it.
    #[must_use]
    pub fn of_path(&self, root: RootId, path: &str) -> Option<ServiceId> {
        nodes::around(&self.all, root, path)
    }

    /// Who needs a service, by name and path.
    #[must_use]
    pub fn consumers(&self, of: ServiceId) -> Vec<ServiceId> {
        let needs = self.needs.iter().filter(|need| need.on == of);
        let mut all: Vec<ServiceId> = needs.map(|need| need.of).collect();
        all.dedup();
        all
    }

    /// Why one service needs another.
    pub fn reasons(&self, of: ServiceId, on: ServiceId) -> impl Iterator<Item = &Need> {
        let needs = self.needs.iter();
        needs.filter(move |need| (need.of, need.on) == (of, on))
    }
}
