//! `Dockerfile`: stages with the images they begin with, and ports.

use super::{Manifest, ManifestKind, Service, lines};

pub(super) fn read(_: &str, text: &str) -> Option<Manifest> {
    let mut manifest = Manifest::new(ManifestKind::Docker);
    // What a here-document or a continued line holds is no instruction.
    let mut until: Option<&str> = None;
    let mut continued = false;
    for (start, line) in lines::lines(text) {
        let code = line.trim();
        if let Some(end) = until {
            if code == end {
                until = None;
            }
            continue;
        }
        if code.is_empty() || code.starts_with('#') {
            continue;
        }
        let begins = !continued;
        continued = code.ends_with('\\');
        if !begins {
            continue;
        }
        let mut words = code
            .split_whitespace()
            .filter(|word| *word != "\\" && !word.starts_with("--"));
        let part = |word: &str| lines::part(text, start, line, word);
        match words.next().map(str::to_ascii_uppercase).as_deref() {
            Some("FROM") => {
                let image = words.next().and_then(part);
                let name = match words.next() {
                    Some(word) if word.eq_ignore_ascii_case("as") => words.next().and_then(part),
                    _ => None,
                };
                let mut stage = Service::new(name);
                stage.images.extend(image);
                manifest.services.push(stage);
            }
            Some("EXPOSE") => {
                if let Some(stage) = manifest.services.last_mut() {
                    stage.ports.extend(words.filter_map(part));
                }
            }
            Some("RUN" | "COPY") => {
                until = code.split_once("<<").and_then(|(_, rest)| {
                    let word = rest.trim_start_matches(['-', '"', '\'']);
                    let end = word
                        .find(|c: char| !c.is_alphanumeric() && c != '_')
                        .unwrap_or(word.len());
                    word.get(..end).filter(|word| !word.is_empty())
                });
            }
            _ => {}
        }
    }
    (!manifest.services.is_empty()).then_some(manifest)
}
