//! Front matter of steering files: when agents read them.

use crate::markdown::front_matter;
use crate::model::Inclusion;
use smol_str::SmolStr;

/// Reads `inclusion` and `fileMatchPattern`; without front matter a file is always read.
pub(super) fn read(text: &str) -> Inclusion {
    let text = &text[text::bom_len(text)..];
    let front = &text[..front_matter::len(text)];
    let mut inclusion = "always";
    let mut patterns: Vec<SmolStr> = Vec::new();
    let mut listing = false;
    for line in front.lines() {
        let trimmed = line.trim();
        if listing && let Some(pattern) = trimmed.strip_prefix("- ") {
            patterns.push(bare(pattern));
            continue;
        }
        listing = false;
        let Some((key, value)) = trimmed.split_once(':') else {
            continue;
        };
        match key.trim() {
            "inclusion" => inclusion = value.trim().trim_matches(['"', '\'']),
            "fileMatchPattern" => {
                let value = value.trim();
                listing = value.is_empty();
                let list = value.trim_start_matches('[').trim_end_matches(']');
                patterns.extend(
                    list.split(',')
                        .map(bare)
                        .filter(|pattern| !pattern.is_empty()),
                );
            }
            _ => {}
        }
    }
    match inclusion {
        "fileMatch" => Inclusion::FileMatch(patterns),
        "manual" => Inclusion::Manual,
        "auto" => Inclusion::Auto,
        _ => Inclusion::Always,
    }
}

fn bare(written: &str) -> SmolStr {
    SmolStr::new(written.trim().trim_matches(['"', '\'']))
}
