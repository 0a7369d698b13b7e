//! Cobertura's XML.

use roxmltree::Document;
use smol_str::SmolStr;

use super::{CoveredFile, MAX_ENTRIES, Report, lcov};

pub(super) fn read(document: &Document<'_>) -> Report {
    let sources: Vec<SmolStr> = document
        .descendants()
        .filter(|node| node.has_tag_name("source"))
        .filter_map(|node| node.text())
        .map(|text| SmolStr::new(text.trim()))
        .filter(|source| !source.is_empty())
        .take(64)
        .collect();
    let mut files: Vec<CoveredFile> = Vec::new();
    let mut entries = 0;
    for class in document
        .descendants()
        .filter(|node| node.has_tag_name("class"))
    {
        let Some(path) = class.attribute("filename") else {
            continue;
        };
        let lines = class
            .descendants()
            .filter(|node| node.has_tag_name("line"))
            .filter_map(|line| {
                let number = line.attribute("number")?.trim().parse().ok()?;
                let hits: f64 = line.attribute("hits")?.trim().parse().ok()?;
                Some((number, hits > 0.0))
            })
            .take(MAX_ENTRIES - entries);
        let lines: Vec<(u32, bool)> = lines.collect();
        entries += lines.len();
        // Classes of one file come one after the other.
        match files.last_mut() {
            Some(last) if last.path == path => last.lines.extend(lines),
            _ => files.push(CoveredFile {
                path: SmolStr::new(path),
                sources: sources.clone(),
                lines,
            }),
        }
    }
    Report {
        cases: Vec::new(),
        files: files.into_iter().map(lcov::sorted).collect(),
    }
}
