//! Five thousand files change at once, as when a branch is switched, and change back.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::table::Table;
use crate::Outcome;
use crate::corpus::LONG_SPEC_FEATURE;
use crate::editing::Editing;
use crate::process;
use crate::project::CITED;
use crate::server::uri;

/// Files that change.
const FILES: usize = 5000;

pub(super) fn measure(tree: &Path, editing: &mut Editing, table: &Table) -> Outcome<()> {
    let tasks = tree.join(LONG_SPEC_FEATURE).join("tasks.md");
    let mut paths = sources(tree);
    paths.truncate(FILES);
    let before: Vec<Vec<u8>> = paths
        .iter()
        .map(|path| std::fs::read(path).map_err(|error| error.to_string()))
        .collect::<Outcome<_>>()?;
    let (reading, wall) = reading(&paths)?;
    let text = std::fs::read_to_string(&tasks).map_err(|error| error.to_string())?;
    // No such requirement: its finding says that all is taken in.
    let other = text.replacen(CITED, "FR-903", 1);
    let changed: Vec<Vec<u8>> = before
        .iter()
        .map(|bytes| [bytes.as_slice(), b"\n"].concat())
        .collect();
    let there = absorb(editing, &paths, &changed, (&tasks, &other), true);
    let back = absorb(editing, &paths, &before, (&tasks, &text), false);
    let (there, back) = (there?, back?);
    let cpu = there.cpu.min(back.cpu);
    let beside = format!("{cpu:.2} s, reading them {reading:.2} s");
    let what = format!("a branch switch of {} files, CPU", paths.len());
    table.row(&what, cpu / reading.max(0.01), "x", &beside, 2.0);
    let over = there
        .wall
        .min(back.wall)
        .saturating_sub(Duration::from_secs(1));
    let beside = format!(
        "{:.2} s after the second of quiet, reading {:.2} s",
        over.as_secs_f64(),
        wall.as_secs_f64()
    );
    let ratio = over.as_secs_f64() / wall.as_secs_f64();
    table.row(
        "the same, wall, without the second of quiet",
        ratio,
        "x",
        &beside,
        2.0,
    );
    let longest = there.longest.max(back.longest);
    table.note(
        "longest wait for a hover meanwhile",
        &format!("{:.1} ms", longest.as_secs_f64() * 1e3),
        &format!("{} hovers", there.hovers + back.hovers),
    );
    Ok(())
}

/// What one switch cost.
struct Absorbed {
    cpu: f64,
    wall: Duration,
    /// Longest wait for an answer.
    longest: Duration,
    hovers: usize,
}

/// Writes and tells, asks until the finding of `tasks` is there (or gone).
fn absorb(
    editing: &mut Editing,
    paths: &[PathBuf],
    texts: &[Vec<u8>],
    (tasks, text): (&Path, &str),
    comes: bool,
) -> Outcome<Absorbed> {
    let write = |path: &Path, bytes: &[u8]| {
        std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
    };
    for (path, bytes) in paths.iter().zip(texts) {
        write(path, bytes)?;
    }
    write(tasks, text.as_bytes())?;
    let server = editing.server.id();
    let cpu = || process::cpu(&server.to_string()).ok_or("the system does not say");
    let before = cpu()?;
    let all = paths.iter().map(PathBuf::as_path).chain([tasks]);
    let changes: Vec<Value> = all
        .map(|path| json!({"uri": uri(path), "type": 2}))
        .collect();
    let start = editing.server.notify(
        "workspace/didChangeWatchedFiles",
        &json!({"changes": changes}),
    )?;
    let tasks = uri(tasks);
    let says = |message: &Value| {
        let findings = message["params"]["diagnostics"].to_string();
        message["params"]["uri"] == tasks.as_str() && findings.contains("FR-903") == comes
    };
    let (mut longest, mut hovers) = (Duration::ZERO, 0);
    let mut told = None;
    while told.is_none() {
        if start.elapsed() > Duration::from_secs(120) {
            return Err("a branch switch is not taken in within two minutes".to_owned());
        }
        std::thread::sleep(Duration::from_millis(10));
        let took = editing.ask_noting("textDocument/hover", |message| {
            if message["method"] == "textDocument/publishDiagnostics" && says(message) {
                told = Some(Instant::now());
            }
        })?;
        longest = longest.max(took);
        hovers += 1;
    }
    process::settle(server);
    Ok(Absorbed {
        cpu: cpu()? - before,
        wall: told.map_or(Duration::ZERO, |told| told - start),
        longest,
        hovers,
    })
}

/// CPU seconds and time of reading these files: as often as it takes for the clock of processes to tell.
fn reading(paths: &[PathBuf]) -> Outcome<(f64, Duration)> {
    const TIMES: u32 = 5;
    let cpu = || process::cpu("self").ok_or("the system does not say");
    let (before, start) = (cpu()?, Instant::now());
    for _ in 0..TIMES {
        for path in paths {
            let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
            std::hint::black_box(bytes);
        }
    }
    Ok((
        (cpu()? - before) / f64::from(TIMES),
        start.elapsed() / TIMES,
    ))
}

/// Sources of the first repository, in the order of their paths.
fn sources(tree: &Path) -> Vec<PathBuf> {
    let below = tree.join(LONG_SPEC_FEATURE).join("../../src");
    let mut found: Vec<PathBuf> = ignore::Walk::new(below)
        .flatten()
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .filter_map(|entry| entry.into_path().canonicalize().ok())
        .collect();
    found.sort();
    found
}
