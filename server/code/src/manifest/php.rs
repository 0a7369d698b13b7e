//! `composer.json`.

use text::data;

use super::{Manifest, ManifestKind, Scope, npm::pairs, tree::string};

pub(super) fn read(_: &str, text: &str) -> Option<Manifest> {
    let start = text::bom_len(text);
    let root = data::read(text, start)?;
    let mut manifest = Manifest::new(ManifestKind::Composer);
    manifest.known = data::is_whole(text, start);
    manifest.name = string(text, root.get(text, "name"));
    manifest.version = string(text, root.get(text, "version"));
    pairs(
        text,
        root.get(text, "require"),
        Scope::Runtime,
        &mut manifest,
    );
    pairs(
        text,
        root.get(text, "require-dev"),
        Scope::Development,
        &mut manifest,
    );
    // The language stands among the packages.
    let php = manifest
        .dependencies
        .iter()
        .position(|dependency| dependency.name.text == "php");
    if let Some(php) = php {
        let version = manifest.dependencies.remove(php).version;
        manifest.toolchain("php", version);
    }
    Some(manifest)
}
