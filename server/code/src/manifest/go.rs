//! `go.mod`.
#![expect(clippy::unnecessary_wraps, reason = "every reader has one form")]

use super::{Manifest, ManifestKind, Scope, lines};

pub(super) fn read(_: &str, text: &str) -> Option<Manifest> {
    let mut manifest = Manifest::new(ManifestKind::Go);
    let mut block = "";
    for (start, line) in lines::lines(text) {
        let code = line.find("//").map_or(line, |end| &line[..end]);
        let indirect = line.contains("// indirect");
        let mut words = code.split_whitespace();
        let part = |word: Option<&str>| {
            let word = word?.trim_matches(['"', '`']);
            lines::part(text, start, line, word)
        };
        let first = words.next();
        let directive = match (block, first) {
            ("", Some(directive)) => directive,
            (_, Some(")")) => {
                block = "";
                continue;
            }
            (block, Some(_)) => {
                words = code.split_whitespace();
                block
            }
            (_, None) => continue,
        };
        if code.trim_end().ends_with('(') {
            block = directive;
            continue;
        }
        match directive {
            "module" => manifest.name = part(words.next()),
            "go" => manifest.toolchain("go", part(words.next())),
            "require" | "tool" => {
                let scope = if indirect {
                    Scope::Indirect
                } else {
                    Scope::Runtime
                };
                if let Some(name) = part(words.next()) {
                    manifest.depends(name, part(words.next()), scope);
                }
            }
            _ => {}
        }
    }
    Some(manifest)
}
