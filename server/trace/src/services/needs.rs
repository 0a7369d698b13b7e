//! What services need of each other, and where that is said.

use code::{Language, Manifest, ManifestKind, Scope, Written};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::FileId;

use super::nodes::{Nodes, around, directory, image_name, is_sample};
use super::{Need, NeedKind, ServiceId};
use crate::contracts::crossings;
use crate::inputs::SourceFile;
use crate::tree::parent;
use crate::{Graph, RootId};

/// All needs, in no order.
pub(super) fn found(graph: &Graph, manifests: &[(FileId, Manifest)], nodes: &Nodes) -> Vec<Need> {
    let mut search = Search {
        graph,
        nodes,
        needs: Vec::new(),
    };
    for (file, manifest) in manifests {
        let Some((root, path)) = graph.inputs().tree.path(*file) else {
            continue;
        };
        if is_sample(path) {
            continue;
        }
        match manifest.kind {
            ManifestKind::Compose => search.compose(root, path, manifest),
            ManifestKind::Kubernetes => search.objects(root, path, manifest),
            ManifestKind::Lock | ManifestKind::Toolchain | ManifestKind::Docker => {}
            _ => search.packages(root, path, manifest),
        }
    }
    search.calls();
    search.imports();
    search.needs
}

struct Search<'a> {
    graph: &'a Graph,
    nodes: &'a Nodes,
    needs: Vec<Need>,
}

impl Search<'_> {
    fn add(
        &mut self,
        of: Option<ServiceId>,
        on: Option<ServiceId>,
        (root, path): (RootId, &str),
        (kind, what): (NeedKind, &str),
    ) {
        let (Some(of), Some(on)) = (of, on) else {
            return;
        };
        if of != on {
            let tree = &self.graph.inputs().tree;
            let at = tree.qualified(root, path);
            self.needs.push(Need {
                of,
                on,
                kind,
                at: at.map_or_else(|| path.into(), SmolStr::from),
                what: what.into(),
            });
        }
    }

    fn packages(&mut self, root: RootId, path: &str, manifest: &Manifest) {
        let of = around(&self.nodes.all, root, path);
        let kind = NeedKind::Package;
        if let Some(ecosystem) = code::ecosystem(path) {
            for dependency in &manifest.dependencies {
                if matches!(
                    dependency.scope,
                    Scope::Runtime | Scope::Build | Scope::Optional
                ) {
                    let name = ecosystem.normal(&dependency.name.text);
                    let on = self.nodes.called(root, Some(ecosystem), &name);
                    self.add(of, on, (root, path), (kind, &dependency.name.text));
                }
            }
        }
        for project in &manifest.projects {
            let written = &project.text;
            let at = match written.strip_prefix(':') {
                // The paths of Gradle begin at the settings, which stand in a directory above.
                Some(inner) => self.gradle(root, path, &inner.replace(':', "/")),
                None => crate::tree::join(parent(path), &written.replace('\\', "/"))
                    .map(|file| parent(&file).to_owned()),
            };
            let on = at.and_then(|at| around(&self.nodes.all, root, &at));
            self.add(of, on, (root, path), (kind, written));
        }
    }

    fn gradle(&self, root: RootId, path: &str, inner: &str) -> Option<String> {
        let mut at = parent(path);
        loop {
            let whole = if at.is_empty() {
                inner.to_owned()
            } else {
                format!("{at}/{inner}")
            };
            let mut nodes = self.nodes.all.iter();
            if nodes.any(|node| node.root == root && node.path == whole && !node.is_rest) {
                return Some(whole);
            }
            if at.is_empty() {
                return None;
            }
            at = parent(at);
        }
    }

    fn compose(&mut self, root: RootId, path: &str, manifest: &Manifest) {
        let tree = &self.graph.inputs().tree;
        let mut here: FxHashMap<SmolStr, ServiceId> = FxHashMap::default();
        for container in &manifest.services {
            let Some(name) = &container.name else {
                continue;
            };
            let built = container.build.as_ref().and_then(|built| {
                let (root, at) = directory(tree, root, path, &built.text)?;
                around(&self.nodes.all, root, &at)
            });
            let mut images = container.images.iter();
            let id = built.or_else(|| {
                images.find_map(|image| self.nodes.called(root, None, image_name(&image.text)))
            });
            if let Some(id) = id {
                here.insert(name.text.clone(), id);
            }
        }
        for container in &manifest.services {
            let of = container
                .name
                .as_ref()
                .and_then(|name| here.get(&name.text));
            for other in container.depends_on.iter().chain(&container.hosts) {
                let on = here.get(&other.text).copied();
                let said = (NeedKind::Container, other.text.as_str());
                self.add(of.copied(), on, (root, path), said);
            }
        }
    }

    fn objects(&mut self, root: RootId, path: &str, manifest: &Manifest) {
        for object in &manifest.services {
            let mut images = object.images.iter();
            let of =
                images.find_map(|image| self.nodes.called(root, None, image_name(&image.text)));
            let hosts: Vec<&Written> = object.hosts.iter().collect();
            for host in hosts {
                let on = self.nodes.called(root, None, &host.text);
                let said = (NeedKind::Container, host.text.as_str());
                self.add(of, on, (root, path), said);
            }
        }
    }

    fn calls(&mut self) {
        for crossing in crossings(self.graph) {
            let (root, path) = &crossing.from;
            let of = around(&self.nodes.all, *root, path);
            let (to, served) = &crossing.to;
            let on = around(&self.nodes.all, *to, served);
            self.add(of, on, (*root, path), (NeedKind::Call, &crossing.what));
        }
    }

    fn imports(&mut self) {
        for (file, source) in &self.graph.inputs().sources {
            let Some((root, path)) = self.graph.inputs().tree.path(*file) else {
                continue;
            };
            // What tests import is not needed to run.
            if is_sample(path) || code::is_test_path(path) {
                continue;
            }
            let of = around(&self.nodes.all, root, path);
            for import in &source.facts.imports {
                let said = (NeedKind::Import, import.path.as_str());
                let on = self.imported(root, *file, source, import);
                self.add(of, on, (root, path), said);
            }
        }
    }

    fn imported(
        &self,
        root: RootId,
        file: FileId,
        source: &SourceFile,
        import: &code::Import,
    ) -> Option<ServiceId> {
        if let Some(other) = self.graph.imported(file, source, import, None) {
            let (root, path) = self.graph.inputs().tree.path(other)?;
            return around(&self.nodes.all, root, path);
        }
        let written = import.path.as_str();
        let (ecosystem, mark) = match source.facts.language? {
            Language::JavaScript | Language::TypeScript | Language::Tsx => {
                (code::Ecosystem::Npm, '/')
            }
            Language::Go => (code::Ecosystem::Go, '/'),
            Language::Rust => (code::Ecosystem::Cargo, ':'),
            Language::Python => (code::Ecosystem::Python, '.'),
            _ => return None,
        };
        // The longest part of the import that is a package's name.
        let ends = written.char_indices().rev().filter(|(_, c)| *c == mark);
        let mut heads = std::iter::once(written.len()).chain(ends.map(|(at, _)| at));
        heads.find_map(|end| {
            let name = ecosystem.normal(written.get(..end)?);
            self.nodes.called(root, Some(ecosystem), &name)
        })
    }
}
