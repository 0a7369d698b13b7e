//! `Gemfile`: a program, read line by line.

use std::sync::LazyLock;

use regex::Regex;

use super::{Manifest, ManifestKind, Scope, Written, lines};

/// `gem "rails", "~> 7.1"`.
static GEM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"^\s*(gem|ruby)\s*\(?\s*["']([^"']+)["'](?:\s*,\s*["']([^"']+)["'])?"#).ok()
});

pub(super) fn read(_: &str, text: &str) -> Option<Manifest> {
    let gem = GEM.as_ref()?;
    let mut manifest = Manifest::new(ManifestKind::Bundler);
    let mut development = false;
    for (start, line) in lines::lines(text) {
        let code = line.trim();
        if code.starts_with("group ") {
            development = code.contains(":development") || code.contains(":test");
        } else if code == "end" {
            development = false;
        } else if code.starts_with("eval_gemfile") || code.starts_with("gemspec") {
            manifest.known = false;
        }
        let Some(found) = gem.captures(line) else {
            continue;
        };
        let at = |index: usize| {
            let part = found.get(index)?;
            Written::at(text, start + part.start()..start + part.end())
        };
        if found.get(1).is_some_and(|word| word.as_str() == "ruby") {
            manifest.toolchain("ruby", at(2));
            continue;
        }
        let of_line = code.contains("group: :development")
            || code.contains("group: :test")
            || code.contains("group: [:development");
        let scope = if development || of_line {
            Scope::Development
        } else {
            Scope::Runtime
        };
        if let Some(name) = at(2) {
            manifest.depends(name, at(3), scope);
        }
    }
    Some(manifest)
}
