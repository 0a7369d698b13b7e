//! From a keystroke to the diagnostics it causes. Each edit changes one digit of a citation, so that a finding comes or
//! goes with it; the time ends when the last byte of the new set is here.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use clap::Args;
use pulldown_cmark::{Options, Parser};
use serde_json::{Value, json};

use crate::Outcome;
use crate::pipe::Echo;
use crate::project::{CITED, Project};
use crate::sample::Sample;
use crate::server::{Server, uri};

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
        let spec = uri(&project.write(&root)?);
        let mut server = Server::start(&binary, &root)?;
        let mut echo = Echo::start()?;
        server.notify(
            "textDocument/didOpen",
            &json!({"textDocument": {"uri": spec, "languageId": "markdown", "version": 1, "text": project.spec}}),
        )?;
        let place = Place::of(&project.spec).ok_or("the spec has no citation to edit")?;
        // The first answer comes when the workspace is read.
        let at = json!({"textDocument": {"uri": spec}, "position": place.position(0)});
        server.ask("textDocument/hover", &at)?;
        std::thread::sleep(SETTLING);

        let mut samples = Samples::default();
        let (mut version, mut most, mut len) = (1, 0, 0);
        for edit in 0..WARM_UP + self.edits {
            version += 1;
            let digit = if edit % 2 == 0 { "9" } else { "0" };
            let sent = server.notify(
                "textDocument/didChange",
                &json!({
                    "textDocument": {"uri": spec, "version": version},
                    "contentChanges": [{"range": place.digit(), "text": digit}],
                }),
            )?;
            let told = server.wait_for(|message| {
                message["method"] == "textDocument/publishDiagnostics"
                    && message["params"]["uri"] == spec.as_str()
                    && message["params"]["version"] == version
            })?;
            let count = told.message["params"]["diagnostics"]
                .as_array()
                .map_or(0, Vec::len);
            most = most.max(count);
            len = told.len;
            let took = told.at - sent;
            let (asked, hover) = server.ask("textDocument/hover", &at)?;
            let hover = hover.at - asked;
            let (asked, definition) = server.ask("textDocument/definition", &at)?;
            let definition = definition.at - asked;
            let pipe = echo.round_trip(len)?;
            let parse = parse(&project.spec);
            if edit >= WARM_UP {
                samples.keystroke.add(took);
                samples.hover.add(hover);
                samples.definition.add(definition);
                samples.pipe.add(pipe);
                samples.parse.add(parse);
            }
        }
        server.leave()?;
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

/// One parse with every extension, with offsets.
fn parse(text: &str) -> Duration {
    let start = Instant::now();
    let events = Parser::new_ext(text, Options::all())
        .into_offset_iter()
        .count();
    std::hint::black_box(events);
    start.elapsed()
}

/// Where the edited citation stands; the text before it is ASCII.
struct Place {
    line: usize,
    column: usize,
}

impl Place {
    fn of(text: &str) -> Option<Self> {
        let at = text.find(&format!("See {CITED}."))? + "See ".len();
        let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
        Some(Self {
            line: text[..start].matches('\n').count(),
            column: at - start,
        })
    }

    fn position(&self, further: usize) -> Value {
        json!({"line": self.line, "character": self.column + further})
    }

    /// The first digit of the id.
    fn digit(&self) -> Value {
        let at = CITED.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        json!({"start": self.position(at), "end": self.position(at + 1)})
    }
}
