//! Lock files: what was resolved.
#![expect(clippy::unnecessary_wraps, reason = "every reader has one form")]

use text::data::{self, Node};

use super::{Manifest, ManifestKind, Scope, Written, lines, tree};

/// `Cargo.lock`, `poetry.lock`, `uv.lock`: tables of packages, always written the same way.
pub(super) fn tables(_: &str, text: &str) -> Option<Manifest> {
    let mut manifest = Manifest::new(ManifestKind::Lock);
    let (mut inside, mut name) = (false, None);
    for (start, line) in lines::lines(text) {
        if line.starts_with('[') {
            inside = line == "[[package]]";
            name = None;
            continue;
        }
        let quoted = |key: &str| {
            let value = line
                .strip_prefix(key)?
                .trim_start()
                .strip_prefix('=')?
                .trim();
            let value = value.strip_prefix('"')?.strip_suffix('"')?;
            lines::part(text, start, line, value)
        };
        if !inside {
            continue;
        }
        if let Some(written) = quoted("name") {
            name = Some(written);
        } else if let Some(version) = quoted("version")
            && let Some(name) = name.take()
        {
            manifest.depends(name, Some(version), Scope::Locked);
        }
    }
    Some(manifest)
}

/// `package-lock.json`.
pub(super) fn npm(_: &str, text: &str) -> Option<Manifest> {
    let start = text::bom_len(text);
    let root = data::read(text, start)?;
    let mut manifest = Manifest::new(ManifestKind::Lock);
    manifest.known = data::is_whole(text, start);
    if let Some(packages) = root.get(text, "packages") {
        for (path, package) in packages.entries() {
            let Some(path) = path.text() else { continue };
            let written = text.get(path.clone()).unwrap_or_default();
            let Some(at) = written.rfind("node_modules/") else {
                continue;
            };
            let name = Written::at(text, path.start + at + "node_modules/".len()..path.end);
            let version = tree::string(text, package.get(text, "version"));
            if let (Some(name), Some(version)) = (name, version) {
                manifest.depends(name, Some(version), Scope::Locked);
            }
        }
    } else {
        for (name, package) in root
            .get(text, "dependencies")
            .map_or(&[][..], Node::entries)
        {
            let name = tree::string(text, Some(name));
            let version = tree::string(text, package.get(text, "version"));
            if let (Some(name), Some(version)) = (name, version) {
                manifest.depends(name, Some(version), Scope::Locked);
            }
        }
    }
    Some(manifest)
}

/// `pnpm-lock.yaml`: the keys of `packages`.
pub(super) fn pnpm(_: &str, text: &str) -> Option<Manifest> {
    let mut manifest = Manifest::new(ManifestKind::Lock);
    let mut inside = false;
    for (start, line) in lines::lines(text) {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            inside = line == "packages:";
            continue;
        }
        let key = line
            .strip_prefix("  ")
            .filter(|key| inside && !key.starts_with(' '))
            .and_then(|key| key.strip_suffix(':'));
        let Some(key) = key else { continue };
        let key = key.trim_matches(['\'', '"']).trim_start_matches('/');
        let key = key.find('(').map_or(key, |end| &key[..end]);
        let Some((name, version)) = key.rsplit_once('@').filter(|(name, _)| !name.is_empty())
        else {
            continue;
        };
        if let Some(name) = lines::part(text, start, line, name) {
            let version = lines::part(text, start, line, version);
            manifest.depends(name, version, Scope::Locked);
        }
    }
    Some(manifest)
}

/// `yarn.lock`, of both generations.
pub(super) fn yarn(_: &str, text: &str) -> Option<Manifest> {
    let mut manifest = Manifest::new(ManifestKind::Lock);
    let mut name = None;
    for (start, line) in lines::lines(text) {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        if !line.starts_with(' ') {
            let key = line.trim_start_matches('"');
            let at = key
                .get(1..)
                .and_then(|rest| rest.find('@'))
                .map(|at| at + 1);
            name = at
                .and_then(|at| key.get(..at))
                .and_then(|key| lines::part(text, start, line, key));
            continue;
        }
        let version = line
            .strip_prefix("  version")
            .map(|rest| rest.trim_start_matches([':', ' ']).trim_matches('"'));
        if let Some(version) = version.filter(|version| !version.is_empty())
            && let Some(name) = name.take()
        {
            let version = lines::part(text, start, line, version);
            manifest.depends(name, version, Scope::Locked);
        }
    }
    Some(manifest)
}

/// `Gemfile.lock`: `    rails (7.1.2)` below `specs:`.
pub(super) fn bundler(_: &str, text: &str) -> Option<Manifest> {
    let mut manifest = Manifest::new(ManifestKind::Lock);
    let mut inside = false;
    for (start, line) in lines::lines(text) {
        if line.trim() == "specs:" {
            inside = true;
            continue;
        }
        inside &= line.starts_with("    ");
        let gem = line
            .strip_prefix("    ")
            .filter(|gem| inside && !gem.starts_with(' '));
        if let Some((name, version)) = gem.and_then(|gem| gem.split_once(" ("))
            && let Some(name) = lines::part(text, start, line, name)
        {
            let version = lines::part(text, start, line, version.trim_end_matches(')'));
            manifest.depends(name, version, Scope::Locked);
        }
    }
    Some(manifest)
}

/// `composer.lock`.
pub(super) fn composer(_: &str, text: &str) -> Option<Manifest> {
    let start = text::bom_len(text);
    let root = data::read(text, start)?;
    let mut manifest = Manifest::new(ManifestKind::Lock);
    manifest.known = data::is_whole(text, start);
    for key in ["packages", "packages-dev"] {
        for package in tree::items(root.get(text, key)) {
            if let Some(name) = tree::string(text, package.get(text, "name")) {
                let version = tree::string(text, package.get(text, "version"));
                manifest.depends(name, version, Scope::Locked);
            }
        }
    }
    Some(manifest)
}
