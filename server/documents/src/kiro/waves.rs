//! The task dependency graph: `{ "waves": [ { "id": 0, "tasks": ["1.1", "1.2"] } ] }` in a fenced block.

use crate::model::{Wave, WaveTask};
use smol_str::SmolStr;
use std::ops::Range;
use text::TextRange;

/// Reads the waves of the first fenced block that has some.
pub(super) fn read(text: &str, opaque: &[TextRange]) -> Vec<Wave> {
    for block in opaque {
        let range: Range<usize> = (*block).into();
        let written = &text[range.clone()];
        let Some(start) = written.find("\"waves\"") else {
            continue;
        };
        let waves = in_block(written, start, range.start);
        if !waves.is_empty() {
            return waves;
        }
    }
    Vec::new()
}

/// Every `"tasks": [...]` behind `start`; `base` is where the block begins.
fn in_block(written: &str, start: usize, base: usize) -> Vec<Wave> {
    const KEY: &str = "\"tasks\"";
    let mut waves = Vec::new();
    let mut at = start;
    while let Some(step) = written[at..].find(KEY) {
        at += step + KEY.len();
        let rest = &written[at..];
        let Some(open) = rest
            .trim_start()
            .strip_prefix(':')
            .and_then(|rest| rest.trim_start().strip_prefix('['))
        else {
            continue;
        };
        let from = written.len() - open.len();
        let end = from + open.find(']').unwrap_or(open.len());
        waves.push(Wave {
            tasks: tasks(written, from..end, base),
        });
        at = end;
    }
    waves
}

fn tasks(written: &str, list: Range<usize>, base: usize) -> Vec<WaveTask> {
    let mut found = Vec::new();
    let mut at = list.start;
    for part in written[list].split(',') {
        let bare = part.trim().trim_matches('"');
        let id = bare.trim_end_matches('*');
        let numbered = id.starts_with(|c: char| c.is_ascii_digit())
            && id
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
        if let Some(offset) = part.find(id).filter(|_| numbered) {
            let start = base + at + offset;
            found.push(WaveTask {
                id: SmolStr::new(id.trim_end_matches('.')),
                range: text::span(start, start + id.len()),
            });
        }
        at += part.len() + 1;
    }
    found
}
