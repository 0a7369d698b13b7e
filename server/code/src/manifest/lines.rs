//! Files that are read line by line.

use super::{Manifest, ManifestKind, Written};

/// Lines with the offsets they begin at, line ends left out.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = text::bom_len(text);
    text[at..].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

/// A part of a line that is a slice of it.
pub(super) fn part(text: &str, start: usize, line: &str, part: &str) -> Option<Written> {
    let offset = (part.as_ptr() as usize).checked_sub(line.as_ptr() as usize)?;
    Written::at(text, start + offset..start + offset + part.len())
        .filter(|written| written.text == part)
}

/// `.nvmrc` and its kin: one line that is a version.
pub(super) fn toolchain(name: &str, text: &str) -> Option<Manifest> {
    let tool = match name {
        ".nvmrc" | ".node-version" => "node",
        ".python-version" => "python",
        ".ruby-version" => "ruby",
        ".java-version" => "java",
        _ => "rust",
    };
    let mut manifest = Manifest::new(ManifestKind::Toolchain);
    let (start, line) =
        lines(text).find(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))?;
    manifest.toolchain(tool, part(text, start, line, line.trim()));
    Some(manifest)
}
