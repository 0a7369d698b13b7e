//! `Cargo.toml`, `rust-toolchain.toml`.
#![expect(clippy::unnecessary_wraps, reason = "every reader has one form")]

use toml::de::DeTable;

use super::{Manifest, ManifestKind, Scope, table};

pub(super) fn read(_: &str, text: &str) -> Option<Manifest> {
    let (root, known) = table::parse(text);
    let root = root.get_ref();
    let mut manifest = Manifest::new(ManifestKind::Cargo);
    manifest.known = known;
    manifest.name = table::string(text, table::at(root, &["package", "name"]));
    let said = |key: &str| {
        table::string(text, table::at(root, &["package", key]))
            .or_else(|| table::string(text, table::at(root, &["workspace", "package", key])))
    };
    manifest.version = said("version");
    manifest.toolchain("rust", said("rust-version"));
    manifest.toolchain("rust-edition", said("edition"));
    manifest.members = table::strings(text, table::at(root, &["workspace", "members"]));
    lists(text, root, &mut manifest);
    if let Some(list) = table::table(root, &["workspace", "dependencies"]) {
        dependencies(text, list, Scope::Workspace, &mut manifest);
    }
    for (_, target) in table::table(root, &["target"]).into_iter().flatten() {
        if let Some(target) = target.get_ref().as_table() {
            lists(text, target, &mut manifest);
        }
    }
    Some(manifest)
}

fn lists(text: &str, around: &DeTable<'_>, manifest: &mut Manifest) {
    for (key, scope) in [
        ("dependencies", Scope::Runtime),
        ("dev-dependencies", Scope::Development),
        ("build-dependencies", Scope::Build),
    ] {
        if let Some(list) = table::table(around, &[key]) {
            dependencies(text, list, scope, manifest);
        }
    }
}

fn dependencies(text: &str, list: &DeTable<'_>, scope: Scope, manifest: &mut Manifest) {
    for (key, value) in list {
        let details = value.get_ref().as_table();
        let of = |name: &str| details.and_then(|details| details.get(name));
        let name = table::string(text, of("package"))
            .or_else(|| table::written(text, key.span(), key.get_ref()));
        let version =
            table::string(text, Some(value)).or_else(|| table::string(text, of("version")));
        let optional = of("optional").and_then(|value| value.get_ref().as_bool()) == Some(true);
        let scope = if optional { Scope::Optional } else { scope };
        match name {
            Some(name) => manifest.depends(name, version, scope),
            None => manifest.known = false,
        }
    }
}

pub(super) fn toolchain(_: &str, text: &str) -> Option<Manifest> {
    let (root, known) = table::parse(text);
    let mut manifest = Manifest::new(ManifestKind::Toolchain);
    manifest.known = known;
    let channel = table::at(root.get_ref(), &["toolchain", "channel"]);
    manifest.toolchain("rust", table::string(text, channel));
    Some(manifest)
}
