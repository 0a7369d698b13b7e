//! A long sitting in an editor: opened, typed in, asked, and a branch switched beneath it.

use std::path::Path;
use std::time::{Duration, Instant};

use super::table::Table;
use crate::Outcome;
use crate::contender::Contender;
use crate::corpus::{LONG_SPEC_FEATURE, Size, write};
use crate::editing::{Editing, parse};
use crate::pipe::Echo;
use crate::process;
use crate::sample::Sample;
use crate::server::Server;

/// Files of the small workspace.
const SMALL: usize = 10_000;
/// Edits before anything is counted.
const WARM_UP: usize = 20;
/// Edits while sources are read for the first time.
const EARLY: usize = 60;

pub(super) fn measure(binary: &Path, tree: &Path, edits: usize, table: &Table) -> Outcome<()> {
    let spec = tree.join(LONG_SPEC_FEATURE).join("spec.md");
    let Ok(text) = std::fs::read_to_string(&spec) else {
        table.missing(
            "first answer, keystrokes, requests, a branch switch, memory of a server",
            "the tree has no spec of 2,000 lines; `benchmarks generate` writes one",
        );
        return Ok(());
    };
    let place = tempfile::tempdir().map_err(|error| error.to_string())?;
    let kept = place.path().join("kept");
    // What a run may keep for the next is kept.
    Contender::new("check", binary, &["check"])
        .keeping(&kept)
        .measure(tree)?;

    // Beside a server that still reads, it would take much longer.
    let list = Contender::new("rg --files", Path::new("rg"), &["--files", "."]).measure(tree)?;

    let start = Instant::now();
    let server = Server::start_keeping(binary, tree, &kept)?;
    let process = server.id();
    let mut large = Editing::open(server, &spec, &text)?;
    let mut told = None;
    large.ask_noting("textDocument/hover", |message| {
        if message["method"] == "textDocument/publishDiagnostics" {
            told.get_or_insert_with(Instant::now);
        }
    })?;
    let answered = start.elapsed().as_secs_f64();
    let told = if let Some(told) = told {
        told
    } else {
        // Nothing is wrong so far: a wrong digit is.
        large.keystroke()?;
        Instant::now()
    };
    let told = (told - start).as_secs_f64();
    table.row(
        "first answer",
        answered * 1e3,
        " ms",
        "process start to hover",
        50.0,
    );
    let beside = format!("{told:.2} s, rg --files {:.2} s", list.wall);
    table.row("first findings, wall", told / list.wall, "x", &beside, 1.3);

    let mut early = Sample::default();
    for _ in 0..EARLY {
        early.add(large.keystroke()?);
    }
    process::settle(process);
    // What was needed while the workspace was read is given back once all is calm.
    std::thread::sleep(Duration::from_secs(3));
    for (what, figure, bound) in [
        ("steady memory of a server", "RssAnon", 30.0),
        ("peak memory of a server", "VmHWM", 120.0),
    ] {
        match process::memory(process, figure) {
            Some(bytes) => table.bytes(what, bytes, bound),
            None => table.missing(what, "the system does not say"),
        }
    }
    type_and_ask(
        binary,
        place.path(),
        &mut large,
        &text,
        edits,
        &early,
        table,
    )?;
    super::switch::measure(tree, &mut large, table)?;
    large.server.leave()
}

/// Keystrokes in the large and in a small workspace, in turns, and requests.
fn type_and_ask(
    binary: &Path,
    place: &Path,
    large: &mut Editing,
    text: &str,
    edits: usize,
    early: &Sample,
    table: &Table,
) -> Outcome<()> {
    let root = place.join("small");
    let size = Size {
        files: SMALL,
        repositories: 15,
        seed: 2,
    };
    write(&root, &size)?;
    let spec = root.join(LONG_SPEC_FEATURE).join("spec.md");
    let mut small = Editing::open(Server::start(binary, &root)?, &spec, text)?;
    small.ask("textDocument/hover")?;
    process::settle(small.server.id());
    let mut echo = Echo::start()?;
    let names = [
        "textDocument/hover",
        "textDocument/definition",
        "textDocument/references",
    ];
    let mut requests = [Sample::default(), Sample::default(), Sample::default()];
    let (mut here, mut there) = (Sample::default(), Sample::default());
    let (mut parses, mut pipes, mut trips) =
        (Sample::default(), Sample::default(), Sample::default());
    let mut hits = 0;
    for edit in 0..WARM_UP + edits {
        let counts = edit >= WARM_UP;
        let took = [large.keystroke()?, small.keystroke()?];
        let pipe = echo.round_trip(large.len)?;
        let trip = echo.round_trip(200)?;
        let parse = parse(text);
        if counts {
            here.add(took[0]);
            there.add(took[1]);
            pipes.add(pipe);
            trips.add(trip);
            parses.add(parse);
        }
        if large.leads() {
            for (name, sample) in names.iter().zip(&mut requests) {
                let (took, answer) = large.ask(name)?;
                hits = answer.as_array().map_or(hits, Vec::len);
                if counts {
                    sample.add(took);
                }
            }
        }
    }
    small.server.leave()?;

    let ms = |sample: &Sample, share: f64| sample.quantile(share) * 1e3;
    let floor = parses.median();
    let beside = format!(
        "{:.2} ms, a parse {:.2} ms, a pipe {:.3} ms",
        ms(&here, 0.5),
        floor * 1e3,
        ms(&pipes, 0.5)
    );
    let ratio = (here.median() - pipes.median()) / floor;
    table.row("keystroke to diagnostics, p50", ratio, "x", &beside, 3.0);
    table.row(
        "keystroke to diagnostics, p99",
        ms(&here, 0.99),
        " ms",
        "",
        5.0,
    );
    let beside = format!("p50 {:.2} ms, {EARLY} edits", ms(early, 0.5));
    table.row(
        "the same during the first reading, p99",
        ms(early, 0.99),
        " ms",
        &beside,
        5.0,
    );
    let beside = format!("{:.2} ms with {SMALL} files", ms(&there, 0.5));
    table.row(
        "the same, large beside small, p50",
        here.median() / there.median(),
        "x",
        &beside,
        1.2,
    );
    for (at, what) in ["hover, p50", "definition, p50"].iter().enumerate() {
        let beside = format!(
            "{:.3} ms, a pipe {:.3} ms",
            ms(&requests[at], 0.5),
            ms(&trips, 0.5)
        );
        table.row(
            what,
            requests[at].median() / trips.median(),
            "x",
            &beside,
            2.0,
        );
    }
    let over = ms(&requests[2], 0.99) - ms(&trips, 0.5);
    let beside = format!("{hits} places, p50 {:.2} ms", ms(&requests[2], 0.5));
    table.row("references, p99 over a pipe", over, " ms", &beside, 1.0);
    Ok(())
}
