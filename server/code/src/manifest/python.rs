//! `pyproject.toml` (PEP 621, PEP 735, Poetry, uv), `requirements*.txt`.
#![expect(clippy::unnecessary_wraps, reason = "every reader has one form")]

use toml::de::DeTable;

use super::{Manifest, ManifestKind, Scope, Written, lines, table};

/// Words that name groups of dependencies for development.
const DEVELOPMENT: [&str; 6] = ["dev", "test", "tests", "testing", "lint", "docs"];

pub(super) fn project(_: &str, text: &str) -> Option<Manifest> {
    let (root, known) = table::parse(text);
    let root = root.get_ref();
    let mut manifest = Manifest::new(ManifestKind::Python);
    manifest.known = known;
    let said = |keys: &[&str]| table::string(text, table::at(root, keys));
    manifest.name = said(&["project", "name"]).or_else(|| said(&["tool", "poetry", "name"]));
    manifest.version =
        said(&["project", "version"]).or_else(|| said(&["tool", "poetry", "version"]));
    manifest.toolchain("python", said(&["project", "requires-python"]));
    manifest.members = table::strings(
        text,
        table::at(root, &["tool", "uv", "workspace", "members"]),
    );
    let listed = |keys: &[&str], scope: Scope, manifest: &mut Manifest| {
        for requirement in table::strings(text, table::at(root, keys)) {
            require(text, &requirement, scope, manifest);
        }
    };
    listed(&["project", "dependencies"], Scope::Runtime, &mut manifest);
    for (keys, usual) in [
        (&["project", "optional-dependencies"][..], Scope::Optional),
        (&["dependency-groups"][..], Scope::Development),
    ] {
        for (group, list) in table::table(root, keys).into_iter().flatten() {
            let scope = if DEVELOPMENT.contains(&&**group.get_ref()) {
                Scope::Development
            } else {
                usual
            };
            for requirement in table::strings(text, Some(list)) {
                require(text, &requirement, scope, &mut manifest);
            }
        }
    }
    listed(&["build-system", "requires"], Scope::Build, &mut manifest);
    poetry(text, root, &mut manifest);
    Some(manifest)
}

fn poetry(text: &str, root: &DeTable<'_>, manifest: &mut Manifest) {
    let mut list = |keys: &[&str], scope: Scope| {
        for (name, value) in table::table(root, keys).into_iter().flatten() {
            let details = value.get_ref().as_table();
            let of = |key: &str| details.and_then(|details| details.get(key));
            let version =
                table::string(text, Some(value)).or_else(|| table::string(text, of("version")));
            if &**name.get_ref() == "python" {
                manifest.toolchain("python", version);
                continue;
            }
            let optional = of("optional").and_then(|value| value.get_ref().as_bool()) == Some(true);
            if let Some(name) = table::written(text, name.span(), name.get_ref()) {
                let scope = if optional { Scope::Optional } else { scope };
                manifest.depends(name, version, scope);
            }
        }
    };
    list(&["tool", "poetry", "dependencies"], Scope::Runtime);
    list(&["tool", "poetry", "dev-dependencies"], Scope::Development);
    let groups = table::table(root, &["tool", "poetry", "group"]);
    for (group, _) in groups.into_iter().flatten() {
        let keys = ["tool", "poetry", "group", group.get_ref(), "dependencies"];
        list(&keys, Scope::Development);
    }
}

/// `fastapi[all]>=0.110,<1 ; python_version > "3.8"`.
fn require(text: &str, requirement: &Written, scope: Scope, manifest: &mut Manifest) {
    let line = requirement.text.as_str();
    let start = usize::from(requirement.range.start());
    let name_len = line
        .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.'))
        .unwrap_or(line.len());
    let Some(name) = Written::at(text, start..start + name_len) else {
        return;
    };
    let mut rest = name_len + (line[name_len..].len() - line[name_len..].trim_start().len());
    if line[rest..].starts_with('[') {
        rest += line[rest..].find(']').map_or(0, |end| end + 1);
    }
    let end = line[rest..].find(';').map_or(line.len(), |end| rest + end);
    let version = line[rest..end].trim();
    let at = rest + (line[rest..end].len() - line[rest..end].trim_start().len());
    let version = version
        .starts_with(['=', '<', '>', '~', '!', '('])
        .then(|| Written::at(text, start + at..start + at + version.len()))
        .flatten();
    manifest.depends(name, version, scope);
}

pub(super) fn requirements(name: &str, text: &str) -> Option<Manifest> {
    let mut manifest = Manifest::new(ManifestKind::Requirements);
    let scope = if DEVELOPMENT.iter().any(|word| name.contains(word)) {
        Scope::Development
    } else {
        Scope::Runtime
    };
    for (start, line) in lines::lines(text) {
        let code = line.find(" #").map_or(line, |end| &line[..end]).trim();
        if code.starts_with("-r") || code.starts_with("-c") || code.contains("://") {
            // Another file, or an address, says more.
            manifest.known &= code.starts_with("-c");
        }
        if !code.starts_with(|c: char| c.is_ascii_alphanumeric())
            || code.starts_with("http") && code.contains("://")
        {
            continue;
        }
        let code = code.trim_end_matches('\\').trim_end();
        let code = code.find(" --").map_or(code, |end| code[..end].trim_end());
        if let Some(requirement) = lines::part(text, start, line, code) {
            require(text, &requirement, scope, &mut manifest);
        }
    }
    Some(manifest)
}
