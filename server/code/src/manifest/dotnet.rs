//! `*.csproj` and its kin, `Directory.Packages.props`.

use roxmltree::{Document, Node};

use super::{Manifest, ManifestKind, Scope, Written, maven};

pub(super) fn read(_: &str, text: &str) -> Option<Manifest> {
    let start = text::bom_len(text);
    let document = Document::parse(&text[start..]).ok()?;
    let project = document.root_element();
    let mut manifest = Manifest::new(ManifestKind::DotNet);
    let moved = |written: Written| {
        let at = usize::from(written.range.start()) + start;
        Written::at(text, at..at + written.text.len())
    };
    for node in project.descendants().filter(Node::is_element) {
        let said = || maven::written(&text[start..], node).and_then(moved);
        match node.tag_name().name() {
            "TargetFramework" | "TargetFrameworks" => manifest.toolchain("dotnet", said()),
            "LangVersion" => manifest.toolchain("csharp", said()),
            "AssemblyName" => manifest.name = said(),
            "Version"
                if node
                    .parent_element()
                    .is_some_and(|around| around.tag_name().name() == "PropertyGroup") =>
            {
                manifest.version = said();
            }
            "ProjectReference" => {
                let mut attributes = node.attributes();
                let project = attributes.find(|attribute| attribute.name() == "Include");
                manifest.projects.extend(project.and_then(|project| {
                    let range = project.range_value();
                    Written::at(text, range.start + start..range.end + start)
                }));
            }
            kind @ ("PackageReference" | "PackageVersion") => {
                let attribute = |name: &str| {
                    let attribute = node
                        .attributes()
                        .find(|attribute| attribute.name() == name)?;
                    let range = attribute.range_value();
                    Written::at(text, range.start + start..range.end + start)
                };
                let scope = if kind == "PackageVersion" {
                    Scope::Workspace
                } else {
                    Scope::Runtime
                };
                let inner = node
                    .children()
                    .find(|child| child.tag_name().name() == "Version")
                    .and_then(|child| maven::written(&text[start..], child))
                    .and_then(moved);
                if let Some(name) = attribute("Include") {
                    manifest.depends(name, attribute("Version").or(inner), scope);
                }
            }
            _ => {}
        }
    }
    Some(manifest)
}
