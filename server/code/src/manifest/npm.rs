//! `package.json`, `pnpm-workspace.yaml`.

use text::data::{self, Node};

use super::{
    Manifest, ManifestKind, Scope,
    tree::{at, string, strings},
};

pub(super) fn read(_: &str, text: &str) -> Option<Manifest> {
    let start = text::bom_len(text);
    let root = data::read(text, start)?;
    let mut manifest = Manifest::new(ManifestKind::Npm);
    manifest.known = data::is_whole(text, start);
    manifest.name = string(text, root.get(text, "name"));
    manifest.version = string(text, root.get(text, "version"));
    manifest.toolchain("node", string(text, at(text, &root, &["engines", "node"])));
    manifest.toolchain("npm", string(text, root.get(text, "packageManager")));
    for (key, scope) in [
        ("dependencies", Scope::Runtime),
        ("devDependencies", Scope::Development),
        ("peerDependencies", Scope::Optional),
        ("optionalDependencies", Scope::Optional),
    ] {
        pairs(text, root.get(text, key), scope, &mut manifest);
    }
    let members = root.get(text, "workspaces");
    manifest.members = strings(text, members);
    if let Some(packages) = members.and_then(|members| members.get(text, "packages")) {
        manifest.members = strings(text, Some(packages));
    }
    Some(manifest)
}

/// Names with versions.
pub(super) fn pairs(text: &str, list: Option<&Node>, scope: Scope, manifest: &mut Manifest) {
    for (name, version) in list.map_or(&[][..], Node::entries) {
        match string(text, Some(name)) {
            Some(name) => manifest.depends(name, string(text, Some(version)), scope),
            None => manifest.known = false,
        }
    }
}

pub(super) fn workspace(_: &str, text: &str) -> Option<Manifest> {
    let start = text::bom_len(text);
    let root = data::read(text, start)?;
    let mut manifest = Manifest::new(ManifestKind::Npm);
    manifest.known = data::is_whole(text, start);
    manifest.members = strings(text, root.get(text, "packages"));
    pairs(
        text,
        root.get(text, "catalog"),
        Scope::Workspace,
        &mut manifest,
    );
    Some(manifest)
}
