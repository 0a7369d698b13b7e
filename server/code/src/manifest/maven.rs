//! `pom.xml`.

use roxmltree::{Document, Node};

use super::{Dependency, MAX_DEPENDENCIES, Manifest, ManifestKind, Scope, Written};

pub(super) fn read(_: &str, text: &str) -> Option<Manifest> {
    let document = Document::parse(text).ok()?;
    let project = document.root_element();
    if project.tag_name().name() != "project" {
        return None;
    }
    let mut manifest = Manifest::new(ManifestKind::Maven);
    manifest.name = value(text, project, "artifactId");
    manifest.version = value(text, project, "version");
    if let Some(properties) = child(project, "properties") {
        for name in [
            "java.version",
            "maven.compiler.release",
            "maven.compiler.source",
        ] {
            manifest.toolchain("java", value(text, properties, name));
        }
        manifest.toolchain("kotlin", value(text, properties, "kotlin.version"));
    }
    manifest.members = child(project, "modules")
        .into_iter()
        .flat_map(|modules| modules.children())
        .filter_map(|module| written(text, module))
        .collect();
    if let Some(parent) = child(project, "parent") {
        depends(text, parent, Scope::Build, &mut manifest);
    }
    if let Some(list) = child(project, "dependencies") {
        for dependency in list.children().filter(Node::is_element) {
            let scope = match child(dependency, "scope").and_then(|scope| scope.text()) {
                Some("test") => Scope::Development,
                Some("provided") => Scope::Build,
                _ => Scope::Runtime,
            };
            depends(text, dependency, scope, &mut manifest);
        }
    }
    let managed =
        child(project, "dependencyManagement").and_then(|managed| child(managed, "dependencies"));
    if let Some(list) = managed {
        for dependency in list.children().filter(Node::is_element) {
            depends(text, dependency, Scope::Workspace, &mut manifest);
        }
    }
    Some(manifest)
}

fn depends(text: &str, node: Node<'_, '_>, scope: Scope, manifest: &mut Manifest) {
    if manifest.dependencies.len() == MAX_DEPENDENCIES {
        manifest.known = false;
        return;
    }
    if let Some(name) = value(text, node, "artifactId") {
        manifest.dependencies.push(Dependency {
            name,
            group: value(text, node, "groupId"),
            version: value(text, node, "version"),
            scope,
        });
    }
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children()
        .find(|child| child.tag_name().name() == name)
}

fn value(text: &str, node: Node<'_, '_>, name: &str) -> Option<Written> {
    written(text, child(node, name)?)
}

/// An element's text, blanks around it left out; `None` if it is not as written.
pub(super) fn written(text: &str, element: Node<'_, '_>) -> Option<Written> {
    let inner = element.first_child().filter(Node::is_text)?;
    let range = inner.range();
    let whole = text.get(range.clone())?;
    let said = inner.text()?.trim();
    let at = range.start + whole.find(said)?;
    Written::at(text, at..at + said.len())
}
