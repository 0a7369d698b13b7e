//! lcov's tracefiles.

use smol_str::SmolStr;

use super::{CoveredFile, MAX_ENTRIES, Report};

pub(super) fn read(text: &str) -> Result<Report, String> {
    let mut files: Vec<CoveredFile> = Vec::new();
    let mut open: Option<CoveredFile> = None;
    let mut entries = 0;
    for line in text.lines().map(str::trim) {
        if let Some(path) = line.strip_prefix("SF:") {
            files.extend(open.take().map(sorted));
            open = Some(CoveredFile {
                path: SmolStr::new(path.trim()),
                sources: Vec::new(),
                lines: Vec::new(),
            });
        } else if let Some(data) = line.strip_prefix("DA:") {
            let mut fields = data.split(',');
            let number = fields.next().and_then(|field| field.trim().parse().ok());
            // Some tools write counts with a sign or a fraction.
            let hits: Option<f64> = fields.next().and_then(|field| field.trim().parse().ok());
            if let (Some(file), Some(number), Some(hits)) = (&mut open, number, hits)
                && entries < MAX_ENTRIES
            {
                entries += 1;
                file.lines.push((number, hits > 0.0));
            }
        } else if line == "end_of_record" {
            files.extend(open.take().map(sorted));
        }
    }
    files.extend(open.take().map(sorted));
    if files.is_empty() {
        return Err("it names no file (no line begins with SF:)".to_owned());
    }
    Ok(Report {
        cases: Vec::new(),
        files,
    })
}

/// One entry per line; a line that was hit once was hit.
pub(super) fn sorted(mut file: CoveredFile) -> CoveredFile {
    file.lines.sort_unstable_by_key(|(line, hit)| (*line, !hit));
    file.lines.dedup_by_key(|(line, _)| *line);
    file
}
