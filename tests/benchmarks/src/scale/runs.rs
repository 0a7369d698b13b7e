//! Whole runs of the program, in turns with `rg` and with a walk over the same tree.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::table::Table;
use crate::Outcome;
use crate::cold::PATTERN;
use crate::contender::{Contender, Run};
use crate::walked::count;

/// What is kept is believed once the tree was still for two seconds.
const STILL: Duration = Duration::from_millis(2500);

pub(super) fn measure(binary: &Path, tree: &Path, rounds: usize, table: &Table) -> Outcome<()> {
    let kept = tempfile::tempdir().map_err(|error| error.to_string())?;
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let rg = Path::new("rg");
    let mut search = Contender::new("rg -c", rg, &["-c", PATTERN, "."]);
    let mut list = Contender::new("rg --files", rg, &["--files", "."]);
    let mut stat = Contender::new("walk and stat", &own, &["stat", "."]);
    let check = ["check", "--format", "json"];
    let mut cold = Contender::new("check, cold", binary, &check).keeping(kept.path());
    let mut warm = Contender::new("check, warm", binary, &check).keeping(kept.path());
    std::thread::sleep(STILL);
    for round in 0..=rounds {
        for contender in [&mut search, &mut list, &mut stat] {
            let run = contender.measure(tree)?;
            if round > 0 {
                contender.count(&run);
            }
        }
        empty(kept.path())?;
        let first = cold.measure(tree)?;
        let second = warm.measure(tree)?;
        if (&first.out, first.code) != (&second.out, second.code) {
            return Err("a warm run says something else than a cold one".to_owned());
        }
        if round > 0 {
            cold.count(&first);
            warm.count(&second);
        }
    }
    compare(table, "cold `check`", &cold, &search, 2.0);
    table.bytes("peak memory of a cold `check`", cold.peak.median(), 120.0);
    compare(table, "warm `check`, all verified", &warm, &stat, 0.8);
    table.bytes("cache", length(kept.path()), 20.0);
    let beside = |contender: &Contender| format!("{:.2} s wall", contender.wall.median());
    for contender in [&search, &list, &stat] {
        table.note(
            contender.name,
            &format!("{:.2} CPU s", contender.cpu.median()),
            &beside(contender),
        );
    }
    second_checkout(binary, tree, table)
}

/// CPU and wall of one beside those of another.
fn compare(table: &Table, what: &str, one: &Contender, other: &Contender, bound: f64) {
    for (clock, ours, theirs) in [
        ("CPU", one.cpu.median(), other.cpu.median()),
        ("wall", one.wall.median(), other.wall.median()),
    ] {
        let beside = format!("{ours:.2} s, {} {theirs:.2} s", other.name);
        table.row(
            &format!("{what}, {clock}"),
            ours / theirs.max(1e-6),
            "x",
            &beside,
            bound,
        );
    }
}

fn empty(cache: &Path) -> Outcome<()> {
    for entry in std::fs::read_dir(cache).into_iter().flatten().flatten() {
        std::fs::remove_file(entry.path()).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn length(cache: &Path) -> f64 {
    let entries = std::fs::read_dir(cache).into_iter().flatten().flatten();
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let length = |entry: std::fs::DirEntry| entry.metadata().map_or(0.0, |meta| meta.len() as f64);
    entries.map(length).sum()
}

/// The first repository of the tree, committed, and a worktree of it, checked with what is kept of the first one.
fn second_checkout(binary: &Path, tree: &Path, table: &Table) -> Outcome<()> {
    const ROW: &str = "a second checkout, CPU";
    let Some(first) = first_repository(tree) else {
        table.missing(ROW, "no directory of the tree is a repository");
        return Ok(());
    };
    let place = tempfile::tempdir().map_err(|error| error.to_string())?;
    let (one, other, kept) = (
        place.path().join("one"),
        place.path().join("other"),
        place.path().join("kept"),
    );
    let copied = Command::new("cp").arg("-a").args([&first, &one]).status();
    let worktree = ["worktree", "add", "-q", "-b", "second"].map(OsStr::new);
    let made = copied.is_ok_and(|status| status.success())
        && git(&one, &["add", "-A"].map(OsStr::new))
        && git(
            &one,
            &["commit", "-q", "--allow-empty", "-m", "all"].map(OsStr::new),
        )
        && git(&one, &[worktree.as_slice(), &[other.as_os_str()]].concat());
    if !made {
        table.missing(ROW, "the repository cannot be checked out twice");
        return Ok(());
    }
    std::thread::sleep(STILL);
    let check = Contender::new("check", binary, &["check", "--format", "json"]).keeping(&kept);
    check.measure(&one)?;
    empty(&kept)?;
    let run = |at: &Path| -> Outcome<Run> { check.measure(at) };
    let (before, after) = (run(&one)?, run(&other)?);
    let (files, _) = count(&one);
    let beside = format!(
        "{:.2} s, the first one {:.2} s, {files} files",
        after.cpu, before.cpu
    );
    table.row(ROW, after.cpu / before.cpu.max(1e-6), "x", &beside, 0.1);
    Ok(())
}

/// The user's own settings have no say.
fn git(at: &Path, arguments: &[&OsStr]) -> bool {
    let done = Command::new("git")
        .args(["-c", "user.name=b", "-c", "user.email=b@example.com"])
        .args(["-c", "commit.gpgsign=false", "-c", "gc.auto=0"])
        .args([
            "-c",
            "core.hooksPath=/dev/null",
            "-c",
            "core.autocrlf=false",
        ])
        .args(arguments)
        .current_dir(at)
        .stdin(Stdio::null())
        .status();
    done.is_ok_and(|status| status.success())
}

fn first_repository(tree: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(tree).ok()?.flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    found.sort();
    let has_specs = |at: &PathBuf| {
        [".specify", ".kiro", "openspec"]
            .iter()
            .any(|name| at.join(name).is_dir())
    };
    found
        .into_iter()
        .find(|at| at.join(".git").is_dir() && has_specs(at))
}
