//! Which services there are, and what they are called.

use code::{Ecosystem, Manifest, ManifestKind};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::FileId;

use super::{Image, Name, Service, ServiceId};
use crate::tree::{file_name, join, parent};
use crate::{Graph, RootId, Tree};

/// Services while they are found.
pub(super) struct Nodes {
    pub(super) all: Vec<Service>,
    pub(super) images: Vec<Image>,
}

/// What stands in such a directory is a sample of something, not part of what is built.
const SAMPLES: &[&str] = &[
    "__tests__",
    "benches",
    "docs",
    "e2e",
    "example",
    "examples",
    "fixture",
    "fixtures",
    "node_modules",
    "sample",
    "samples",
    "template",
    "templates",
    "test",
    "testdata",
    "tests",
    "third_party",
    "vendor",
];

impl Nodes {
    pub(super) fn of(graph: &Graph, manifests: &[(FileId, Manifest)]) -> Self {
        let tree = &graph.inputs().tree;
        let mut found: FxHashMap<(RootId, SmolStr), Service> = FxHashMap::default();
        for (at, root) in (0..).zip(tree.roots()) {
            if !root.absent && !tree.has_dir(RootId(at), "") {
                continue;
            }
            let mut rest = service(tree, RootId(at), "");
            rest.name.clone_from(&root.name);
            found.insert((RootId(at), SmolStr::default()), rest);
        }
        let mut sorted: Vec<(RootId, &SmolStr, FileId, &Manifest)> = manifests
            .iter()
            .filter_map(|(file, manifest)| {
                let (root, path) = tree.path(*file)?;
                Some((root, path, *file, manifest))
            })
            .collect();
        sorted.sort_unstable_by_key(|(root, path, ..)| (tree.root_name(*root), *path));
        for (root, path, file, manifest) in &sorted {
            if describes_package(path, manifest) && !is_sample(path) {
                let at = parent(path);
                let node = node(&mut found, tree, *root, at);
                node.is_rest = false;
                node.manifests.push(*file);
                if let Some(name) = package_name(path, manifest) {
                    if node.names.is_empty() {
                        node.name = spoken(&name);
                    }
                    let of = code::ecosystem(path);
                    let name = of.map_or_else(|| name.to_string(), |of| of.normal(&name));
                    node.names.push(Name {
                        of,
                        name: name.into(),
                    });
                }
            }
        }
        // What containers are built from is a service, with a manifest or without.
        for (root, path, file, manifest) in &sorted {
            if manifest.kind != ManifestKind::Compose || is_sample(path) {
                continue;
            }
            for container in &manifest.services {
                let built = container.build.as_ref();
                let Some((root, at)) = built.and_then(|it| directory(tree, *root, path, &it.text))
                else {
                    continue;
                };
                let node = node(&mut found, tree, root, &at);
                node.is_rest = false;
                push(&mut node.runs, *file);
                if let Some(name) = &container.name {
                    node.names.push(Name {
                        of: None,
                        name: name.text.clone(),
                    });
                }
            }
        }
        let mut all: Vec<Service> = found.into_values().collect();
        all.sort_unstable_by_key(|node| (tree.root_name(node.root), node.path.clone()));
        let mut nodes = Self {
            all,
            images: Vec::new(),
        };
        for (root, path, file, manifest) in &sorted {
            if !is_sample(path) {
                nodes.run(*root, *file, manifest);
            }
        }
        nodes.tell_apart();
        nodes
    }

    /// Takes in what runs without being built where it is said.
    fn run(&mut self, root: RootId, file: FileId, manifest: &Manifest) {
        if !matches!(
            manifest.kind,
            ManifestKind::Compose | ManifestKind::Kubernetes
        ) {
            return;
        }
        for container in manifest.services.iter().filter(|it| it.build.is_none()) {
            let mut known = Vec::new();
            for image in &container.images {
                match self.called(root, None, image_name(&image.text)) {
                    Some(id) => known.push(id),
                    None => self.images.push(Image {
                        root,
                        image: image.text.clone(),
                        file,
                    }),
                }
            }
            // A Service object is known by the name of what it leads to.
            let named = container.name.as_ref();
            if container.images.is_empty() {
                known.extend(named.and_then(|name| self.called(root, None, &name.text)));
            }
            for id in known {
                let Some(node) = self.all.get_mut(id as usize) else {
                    continue;
                };
                push(&mut node.runs, file);
                if let Some(name) = named {
                    let name = Name {
                        of: None,
                        name: name.text.clone(),
                    };
                    push(&mut node.names, name);
                }
            }
        }
    }

    /// The one service of a name: of the same folder, else of all. An ecosystem asks for packages of it, `None` for
    /// containers, packages and directories.
    pub(super) fn called(
        &self,
        root: RootId,
        of: Option<Ecosystem>,
        name: &str,
    ) -> Option<ServiceId> {
        let is = |node: &Service| {
            let mut names = node.names.iter();
            let named = |each: &Name| match of {
                Some(_) => each.of == of && each.name == name,
                None => each.name == name || spoken(&each.name) == name,
            };
            names.any(named) || of.is_none() && file_name(&node.place) == name && !node.is_rest
        };
        let mut found: Vec<(bool, ServiceId)> = (0..)
            .zip(&self.all)
            .filter(|(_, node)| is(node))
            .map(|(id, node)| (node.root != root, id))
            .collect();
        found.sort_unstable();
        match found.as_slice() {
            [(_, id)] | [(false, id), (true, _), ..] => Some(*id),
            _ => None,
        }
    }

    /// Two of one name are called by their places.
    fn tell_apart(&mut self) {
        let mut count: FxHashMap<SmolStr, u32> = FxHashMap::default();
        for node in &self.all {
            *count.entry(node.name.clone()).or_default() += 1;
        }
        for node in &mut self.all {
            if count.get(&node.name).is_some_and(|count| *count > 1) && !node.place.is_empty() {
                node.name.clone_from(&node.place);
            }
        }
    }
}

/// The nearest service around a path.
pub(super) fn around(all: &[Service], root: RootId, path: &str) -> Option<ServiceId> {
    let holds = |node: &Service| {
        node.root == root
            && (node.path.is_empty()
                || path
                    .strip_prefix(node.path.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    };
    (0..)
        .zip(all)
        .filter(|(_, node)| holds(node))
        .max_by_key(|(_, node)| node.path.len())
        .map(|(id, _)| id)
}

/// The directory that a path in a file means; what leads out of the folder may lead into one beside it.
pub(super) fn directory(
    tree: &Tree,
    root: RootId,
    file: &str,
    written: &str,
) -> Option<(RootId, SmolStr)> {
    let written = written.replace('\\', "/");
    if written.contains("://") || written.starts_with('/') || written.contains('$') {
        return None;
    }
    if let Some(at) = join(parent(file), &written) {
        return (at.is_empty() || tree.has_dir(root, &at)).then(|| (root, at.into()));
    }
    let beside = join(
        &format!("{}/{}", tree.root_name(root), parent(file)),
        &written,
    )?;
    let (name, below) = beside.split_once('/').unwrap_or((&beside, ""));
    let mut roots = (0..).zip(tree.roots());
    let (at, _) = roots.find(|(_, root)| root.name == name)?;
    Some((RootId(at), below.into()))
}

/// What an image is called: `web` of `registry.shop.test:5000/shop/web:1.4@sha256:...`.
pub(super) fn image_name(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or(image);
    let last = file_name(image);
    last.split(':').next().unwrap_or(last)
}

/// A name without its scope, its group or its host: `shared` of `@shop/shared`.
pub(super) fn spoken(name: &str) -> SmolStr {
    match name.rsplit_once('/') {
        // `/v2` is a version.
        Some((before, last))
            if last
                .strip_prefix('v')
                .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit())) =>
        {
            file_name(before).into()
        }
        Some((_, last)) => last.into(),
        None => name.into(),
    }
}

pub(super) fn is_sample(path: &str) -> bool {
    let mut parts = parent(path).split('/');
    parts.any(|part| SAMPLES.contains(&part))
}

/// Whether a manifest says that a package is where it stands.
fn describes_package(path: &str, manifest: &Manifest) -> bool {
    let name = file_name(path);
    match manifest.kind {
        ManifestKind::Cargo => manifest.name.is_some(),
        ManifestKind::Npm => name == "package.json",
        ManifestKind::Requirements => name == "requirements.txt",
        ManifestKind::DotNet => name != "Directory.Packages.props",
        ManifestKind::Python
        | ManifestKind::Go
        | ManifestKind::Maven
        | ManifestKind::Gradle
        | ManifestKind::Bundler
        | ManifestKind::Composer => true,
        _ => false,
    }
}

/// The package's name; of a project of .NET the file's, if it says no other.
fn package_name(path: &str, manifest: &Manifest) -> Option<SmolStr> {
    let said = manifest.name.as_ref().map(|name| name.text.clone());
    said.filter(|name| !name.contains('$')).or_else(|| {
        let stem = file_name(path).rsplit_once('.')?.0;
        (manifest.kind == ManifestKind::DotNet).then(|| stem.into())
    })
}

fn node<'n>(
    found: &'n mut FxHashMap<(RootId, SmolStr), Service>,
    tree: &Tree,
    root: RootId,
    path: &str,
) -> &'n mut Service {
    found
        .entry((root, path.into()))
        .or_insert_with(|| service(tree, root, path))
}

fn service(tree: &Tree, root: RootId, path: &str) -> Service {
    let place = tree
        .qualified(root, path)
        .unwrap_or_else(|| path.to_owned());
    Service {
        root,
        path: path.into(),
        name: file_name(path).into(),
        place: place.trim_end_matches('/').into(),
        names: Vec::new(),
        manifests: Vec::new(),
        runs: Vec::new(),
        is_rest: true,
    }
}

fn push<T: PartialEq>(all: &mut Vec<T>, one: T) {
    if !all.contains(&one) {
        all.push(one);
    }
}
