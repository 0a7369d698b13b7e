//! From a keystroke to the diagnostics it causes. Each edit changes one digit of a citation, so that a finding comes or
//! goes with it; the time ends when the last byte of the new set is here.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use clap::Args;

use crate::Outcome;
use crate::editing::{Editing, parse};
use crate::pipe::Echo;
use crate::project::Project;
use crate::sample::Sample;
use crate::server::Server;

/// Parses that one keystroke may cost, besides the pipe.
const BOUND: f64 = 3.0;
/// Edits before anything is counted.
const WARM_UP: usize = 30;
/// Until slow work after opening (reading sources, asking git) has ended.
const SETTLING: Duration = Duration::from_millis(1500);

#[derive(Debug, Args)]
pub(crate) struct Keystroke {
    /// Lines of the spec
    #[arg(long, default_value_t = 2000)]
    lines: usize,
    /// Edits that are counted
    #[arg(long, default_value_t = 300)]
    edits: usize,
}

#[derive(Default)]
struct Samples {
    keystroke: Sample,
    parse: Sample,
    pipe: Sample,
    hover: Sample,
    definition: Sample,
}

impl Keystroke {
    pub(crate) fn run(&self, binary: &Path) -> Outcome<String> {
        let binary = binary
            .canonicalize()
            .map_err(|error| format!("{}: {error}", binary.display()))?;
        let directory = tempfile::tempdir().map_err(|error| error.to_string())?;
        let root = directory
            .path()
            .canonicalize()
            .map_err(|error| error.to_string())?;
        let project = Project::of(self.lines);
        let spec = project.write(&root)?;
        let mut editing = Editing::open(Server::start(&binary, &root)?, &spec, &project.spec)?;
        let mut echo = Echo::start()?;
        // The first answer comes when the workspace is read.
        editing.ask("textDocument/hover")?;
        std::thread::sleep(SETTLING);

        let mut samples = Samples::default();
        let mut most = 0;
        for edit in 0..WARM_UP + self.edits {
            let took = editing.keystroke()?;
            most = most.max(editing.count);
            let (hover, _) = editing.ask("textDocument/hover")?;
            let (definition, _) = editing.ask("textDocument/definition")?;
            let pipe = echo.round_trip(editing.len)?;
            let parse = parse(&project.spec);
            if edit >= WARM_UP {
                samples.keystroke.add(took);
                samples.hover.add(hover);
                samples.definition.add(definition);
                samples.pipe.add(pipe);
                samples.parse.add(parse);
            }
        }
        let len = editing.len;
        editing.server.leave()?;
        Ok(self.report(&project, &samples, most, len))
    }

    fn report(&self, project: &Project, samples: &Samples, most: usize, len: usize) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "spec of {} lines, {} bytes; {} edits; up to {most} diagnostics, {len} bytes in the last answer\n",
            project.spec.matches('\n').count(),
            project.spec.len(),
            self.edits,
        );
        out.push_str("| | p50 ms | p99 ms |\n|---|---|---|\n");
        out.push_str(&samples.keystroke.line("keystroke to diagnostics"));
        out.push_str(&samples.parse.line("one pulldown-cmark parse of the text"));
        out.push_str(&samples.pipe.line("pipe round trip of the answer's size"));
        out.push_str(&samples.hover.line("hover"));
        out.push_str(&samples.definition.line("definition"));
        let own = samples.keystroke.median() - samples.pipe.median();
        let ratio = own / samples.parse.median();
        let verdict = if ratio <= BOUND { "within" } else { "beyond" };
        let _ = writeln!(
            out,
            "\n(keystroke p50 - pipe p50) / parse p50 = {ratio:.2}, {verdict} the bound of {BOUND}"
        );
        out
    }
}
