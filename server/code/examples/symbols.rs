//! Symbols against lists made by reading: recall and precision by language.
//!
//! `symbols LABELS CHECKOUT [--list]`: `LABELS` holds `<language>.tsv` (`tests/accuracy/labels/symbols`), `CHECKOUT` the
//! files they speak of, as `<owner>+<name>/<path>`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use code::SymbolKind;

/// What a list says of one name on one line.
#[derive(Default)]
struct Row {
    kinds: BTreeSet<String>,
    standing: Standing,
    /// How often the name stands on the line.
    count: u32,
}

/// How sure the list is.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Firm,
    /// A good reader may leave it out.
    Arguable,
    /// Not in the list, but a reader that gives it is not wrong.
    #[default]
    Also,
}

#[derive(Default)]
struct Score {
    files: u32,
    missing_files: u32,
    firm: u32,
    found: u32,
    of_kind: u32,
    arguable: u32,
    arguable_found: u32,
    wrong: u32,
    notes: Vec<String>,
}

type Rows = BTreeMap<(u32, String), Row>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [labels, checkout, rest @ ..] = arguments.as_slice() else {
        say("usage: symbols LABELS CHECKOUT [--list]");
        return ExitCode::from(2);
    };
    let mut paths: Vec<_> = match std::fs::read_dir(labels) {
        Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
        Err(error) => {
            say(&format!("{labels}: {error}"));
            return ExitCode::from(2);
        }
    };
    paths.sort();
    say("| language | files | symbols | recall | precision | kind as read | arguable ones found |");
    say("|---|---|---|---|---|---|---|");
    for path in paths {
        let language = path.file_stem().and_then(|stem| stem.to_str());
        let (Some(language), Ok(text)) = (language, std::fs::read_to_string(&path)) else {
            continue;
        };
        let score = score(&text, Path::new(checkout));
        say(&row(language, &score));
        if rest.iter().any(|word| word == "--list") {
            score.notes.iter().for_each(|note| say(note));
        }
    }
    ExitCode::SUCCESS
}

fn row(language: &str, score: &Score) -> String {
    let found = score.found + score.arguable_found;
    let missing = match score.missing_files {
        0 => String::new(),
        missing => format!(" (and {missing} not there)"),
    };
    format!(
        "| {language} | {}{missing} | {} | {} | {} | {} | {} of {} |",
        score.files,
        score.firm,
        ratio(score.found, score.firm),
        ratio(found, found + score.wrong),
        ratio(score.of_kind, found),
        score.arguable_found,
        score.arguable,
    )
}

fn ratio(part: u32, whole: u32) -> String {
    if whole == 0 {
        return "-".to_owned();
    }
    format!("{:.3}", f64::from(part) / f64::from(whole))
}

fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

fn listed(labels: &str) -> BTreeMap<(&str, &str), Rows> {
    let mut files: BTreeMap<(&str, &str), Rows> = BTreeMap::new();
    for line in labels.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [repository, _, path, line, name, kind, others, standing] = columns[..] else {
            continue;
        };
        let rows = files.entry((repository, path)).or_default();
        let key = (line.parse().unwrap_or_default(), name.to_owned());
        let row = rows.entry(key).or_default();
        let kinds = others.split(['/', ',']).chain([kind]);
        row.kinds.extend(kinds.map(str::to_owned));
        row.count += 1;
        row.standing = match standing {
            "firm" => Standing::Firm,
            "arguable" => Standing::Arguable,
            _ => row.standing,
        };
    }
    files
}

fn score(labels: &str, checkout: &Path) -> Score {
    let mut score = Score::default();
    for ((repository, path), rows) in listed(labels) {
        let full = checkout.join(repository.replace('/', "+")).join(path);
        let text = std::fs::read_to_string(&full).unwrap_or_default();
        match code::read_path(path, &text, &|| false).filter(|_| !text.is_empty()) {
            Some(facts) => score.add(&format!("{repository}/{path}"), rows, &text, &facts),
            None => score.missing_files += 1,
        }
    }
    score
}

impl Score {
    fn add(&mut self, path: &str, mut rows: Rows, text: &str, facts: &code::SourceFacts) {
        self.files += 1;
        for row in rows.values() {
            match row.standing {
                Standing::Firm => self.firm += row.count,
                Standing::Arguable => self.arguable += row.count,
                Standing::Also => {}
            }
        }
        for symbol in &facts.symbols {
            let start = usize::from(symbol.name_range.start());
            let line = text[..start].matches('\n').count() as u32 + 1;
            let place = format!("{path}:{line} {} {:?}", symbol.name, symbol.kind);
            // HCL's blocks are listed by type and name: the end of our qualified name.
            let (own, whole) = (symbol.name.to_string(), symbol.qualified_name());
            let suffixes = whole
                .match_indices('.')
                .map(|(at, _)| whole[at + 1..].to_owned());
            let keys: Vec<_> = [own, whole.clone()].into_iter().chain(suffixes).collect();
            let keys = keys.into_iter().map(|name| (line, name));
            let key = keys.into_iter().find(|key| rows.contains_key(key));
            let row = key.and_then(|key| rows.get_mut(&key));
            let Some(row) = row.filter(|row| row.count > 0) else {
                self.wrong += 1;
                self.notes.push(format!("  wrong {place}"));
                continue;
            };
            row.count -= 1;
            match row.standing {
                Standing::Firm => self.found += 1,
                Standing::Arguable => self.arguable_found += 1,
                Standing::Also => continue,
            }
            if row.kinds.contains(word(symbol.kind)) {
                self.of_kind += 1;
            } else {
                self.notes.push(format!("  kind {place}: {:?}", row.kinds));
            }
        }
        for ((line, name), row) in rows {
            if row.count > 0 && row.standing == Standing::Firm {
                let kinds = row.kinds;
                self.notes
                    .push(format!("  missed {path}:{line} {name} {kinds:?}"));
            }
        }
    }
}

fn word(kind: SymbolKind) -> &'static str {
    match kind {
        SymbolKind::Module => "module",
        SymbolKind::Class => "class",
        SymbolKind::Struct => "struct",
        SymbolKind::Enum => "enum",
        SymbolKind::Variant => "variant",
        SymbolKind::Trait => "trait",
        SymbolKind::Interface => "interface",
        SymbolKind::TypeAlias => "type",
        SymbolKind::Function => "function",
        SymbolKind::Method => "method",
        SymbolKind::Constant => "constant",
        SymbolKind::Field => "field",
        SymbolKind::Macro => "macro",
    }
}
