//! A server with a spec open in it, in which one digit of a citation is typed again and again.

use std::path::Path;
use std::time::{Duration, Instant};

use pulldown_cmark::{Options, Parser};
use serde_json::{Value, json};

use crate::Outcome;
use crate::project::CITED;
use crate::server::{Server, uri};

pub(crate) struct Editing {
    pub(crate) server: Server,
    spec: String,
    place: Place,
    version: u64,
    /// Diagnostics and bytes of the last answer.
    pub(crate) count: usize,
    pub(crate) len: usize,
}

impl Editing {
    /// Opens the spec of this text in a server.
    pub(crate) fn open(mut server: Server, spec: &Path, text: &str) -> Outcome<Self> {
        let spec = uri(spec);
        let place = Place::of(text).ok_or("the spec has no citation to edit")?;
        server.notify(
            "textDocument/didOpen",
            &json!({"textDocument": {"uri": spec, "languageId": "markdown", "version": 1, "text": text}}),
        )?;
        Ok(Self {
            server,
            spec,
            place,
            version: 1,
            count: 0,
            len: 0,
        })
    }

    /// Types one digit. From the write to the last byte of the diagnostics of that version.
    pub(crate) fn keystroke(&mut self) -> Outcome<Duration> {
        self.version += 1;
        let version = self.version;
        let digit = if version.is_multiple_of(2) { "9" } else { "0" };
        let sent = self.server.notify(
            "textDocument/didChange",
            &json!({
                "textDocument": {"uri": self.spec, "version": version},
                "contentChanges": [{"range": self.place.digit(), "text": digit}],
            }),
        )?;
        let told = self.diagnostics(version)?;
        Ok(told - sent)
    }

    /// Whether the citation leads somewhere now.
    pub(crate) fn leads(&self) -> bool {
        !self.version.is_multiple_of(2)
    }

    /// When the diagnostics of this version were told.
    fn diagnostics(&mut self, version: u64) -> Outcome<Instant> {
        let spec = self.spec.as_str();
        let told = self.server.wait_for(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == spec
                && message["params"]["version"] == version
        })?;
        let diagnostics = told.message["params"]["diagnostics"].as_array();
        self.count = diagnostics.map_or(0, Vec::len);
        self.len = told.len;
        Ok(told.at)
    }

    /// Asks at the citation. From the write to the last byte of the answer, and the answer.
    pub(crate) fn ask(&mut self, method: &str) -> Outcome<(Duration, Value)> {
        let (asked, answer) = self.server.ask(method, &self.at())?;
        Ok((answer.at - asked, answer.message["result"].clone()))
    }

    /// The same; `each` is shown every message up to the answer.
    pub(crate) fn ask_noting(
        &mut self,
        method: &str,
        each: impl FnMut(&Value),
    ) -> Outcome<Duration> {
        let (asked, answer) = self.server.ask_noting(method, &self.at(), each)?;
        Ok(answer.at - asked)
    }

    fn at(&self) -> Value {
        json!({
            "textDocument": {"uri": self.spec},
            "position": self.place.position(0),
            "context": {"includeDeclaration": false},
        })
    }
}

/// One parse with every extension, with offsets.
pub(crate) fn parse(text: &str) -> Duration {
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
