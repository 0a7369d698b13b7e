//! Requirement tracing at the size other tools were measured at: a cold scan beside `rg -c` and duvet, and a keystroke in
//! the whole workspace. In each dialect the defects that are reported must be exactly those that were seeded.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Args;
use serde_json::{Value, json};

use crate::Outcome;
use crate::contender::Contender;
use crate::peer_corpus::{Corpus, DIALECTS, Dialect, corpus};
use crate::sample::Sample;
use crate::server::{Server, uri};

/// Times the CPU of `rg -c` that duvet was measured at, for machines without it.
const DUVET: f64 = 10.0;
/// Milliseconds from a keystroke to its diagnostics, for 95 of 100.
const KEYSTROKE: f64 = 10.0;
/// Edits before anything is counted.
const WARM_UP: usize = 10;

#[derive(Debug, Args)]
pub(crate) struct Peers {
    /// The program `duvet`, to run on the same tree
    #[arg(long)]
    duvet: Option<PathBuf>,
    /// Source files
    #[arg(long, default_value_t = 5000)]
    files: usize,
    /// Requirements; there are twice as many markers
    #[arg(long, default_value_t = 1000)]
    requirements: usize,
    /// Counted rounds
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// Counted edits
    #[arg(long, default_value_t = 200)]
    edits: usize,
    /// Only write the trees there, one directory per dialect
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
}

impl Peers {
    pub(crate) fn run(&self, binary: &Path) -> Outcome<String> {
        if let Some(directory) = &self.write {
            for dialect in DIALECTS {
                let root = directory.join(format!("{dialect:?}"));
                write(&root, &corpus(dialect, self.files, self.requirements))?;
            }
            return Ok(format!("written to {}\n", directory.display()));
        }
        let binary = binary
            .canonicalize()
            .map_err(|error| format!("{}: {error}", binary.display()))?;
        let mut out = format!(
            "{} source files, {} requirements, {} rounds; means and medians\n\n\
             | dialect | defects | rg -c CPU s | check CPU s | CPU / rg | duvet CPU / rg | keystroke p50 ms | p95 ms | publishes per edit |\n\
             |---|---|---|---|---|---|---|---|---|\n",
            self.files, self.requirements, self.rounds
        );
        let mut beyond = Vec::new();
        for dialect in DIALECTS {
            let directory = tempfile::tempdir().map_err(|error| error.to_string())?;
            let root = directory
                .path()
                .canonicalize()
                .map_err(|error| error.to_string())?;
            let corpus = corpus(dialect, self.files, self.requirements);
            write(&root, &corpus)?;
            let defects = defects(&binary, &root, &corpus)?;
            let (rg, check, duvet) = self.scan(&binary, &root, dialect)?;
            let (keystroke, published) = self.type_in(&binary, &root, &corpus)?;
            let ratio = check / rg;
            let theirs = duvet.map_or(DUVET, |duvet| duvet / rg);
            let shown = duvet.map_or_else(|| format!("({DUVET:.0})"), |_| format!("{theirs:.1}"));
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "| {dialect:?}, {} markers | {defects} | {rg:.3} | {check:.3} | {ratio:.1} | {shown} | {:.2} | {:.2} | {published:.2} |",
                corpus.markers,
                keystroke.median() * 1000.0,
                keystroke.quantile(0.95) * 1000.0,
            );
            if ratio >= theirs {
                beyond.push(format!("{dialect:?}: {ratio:.1} times rg"));
            }
            if keystroke.quantile(0.95) * 1000.0 > KEYSTROKE {
                beyond.push(format!("{dialect:?}: a keystroke beyond {KEYSTROKE} ms"));
            }
        }
        let verdict = if beyond.is_empty() {
            "within every bound".to_owned()
        } else {
            format!("beyond: {}", beyond.join("; "))
        };
        let _ = writeln!(out, "\n{verdict}");
        Ok(out)
    }

    /// CPU seconds of `rg -c`, of a check, and of duvet where it is there and the tree is in its dialect.
    fn scan(
        &self,
        binary: &Path,
        root: &Path,
        dialect: Dialect,
    ) -> Outcome<(f64, f64, Option<f64>)> {
        let mut contenders = vec![
            Contender::new("rg -c", Path::new("rg"), &["-c", "FR-[0-9]+", "."]),
            Contender::new(
                "check",
                binary,
                &["check", "--all", "--no-cache", "--format", "json"],
            ),
        ];
        if let Some(duvet) = self.duvet.as_deref().filter(|_| dialect == Dialect::Duvet) {
            contenders.push(Contender::new("duvet", duvet, &["report"]));
        }
        for round in 0..=self.rounds {
            for contender in &mut contenders {
                let run = contender.measure(root)?;
                if round > 0 {
                    contender.count(&run);
                }
            }
        }
        // The clock of processes ticks a hundred times a second: means say more than medians.
        let mean = |at: usize| contenders.get(at).map(|contender| contender.cpu.mean());
        let rg = mean(0).unwrap_or_default().max(0.001);
        Ok((rg, mean(1).unwrap_or_default(), mean(2)))
    }

    /// From a keystroke in a source file to its diagnostics: an id that is there becomes one that is not, and back.
    fn type_in(&self, binary: &Path, root: &Path, corpus: &Corpus) -> Outcome<(Sample, f64)> {
        let (path, line) = corpus.broken.iter().next().ok_or("no marker to edit")?;
        let text = corpus
            .files
            .iter()
            .find_map(|(known, text)| (known == path).then_some(text))
            .ok_or("no file to edit")?;
        let edited = uri(&root.join(path));
        let mut server = Server::start(binary, root)?;
        server.notify(
            "textDocument/didOpen",
            &json!({"textDocument": {"uri": edited, "languageId": "plaintext", "version": 1, "text": text}}),
        )?;
        // Sources were read once the marker is known to lead nowhere.
        server.wait_for(|message| is_published(message, &edited) && count(message) > 0)?;
        let row = line - 1;
        let lines: Vec<&str> = text.lines().collect();
        let written = lines.get(row).ok_or("no marker to edit")?;
        let (from, there, gone) = if let Some(at) = written.find("FR-9") {
            (at + 3, "001", &written[at + 3..at + 6])
        } else {
            let at = written.find("#gone").ok_or("no id to edit")? + 1;
            (at, "functional-requirements", "gone")
        };
        let mut keystroke = Sample::default();
        let (mut version, mut published, mut len) = (1, 0_usize, gone.len());
        for edit in 0..WARM_UP + self.edits {
            version += 1;
            let now = if edit % 2 == 0 { there } else { gone };
            let sent = server.notify(
                "textDocument/didChange",
                &json!({
                    "textDocument": {"uri": edited, "version": version},
                    "contentChanges": [{
                        "range": {"start": {"line": row, "character": from}, "end": {"line": row, "character": from + len}},
                        "text": now,
                    }],
                }),
            )?;
            len = now.len();
            let mut all = 0;
            let told = server.wait_for_counting(
                |message| is_published(message, &edited) && message["params"]["version"] == version,
                |message| {
                    all += usize::from(message["method"] == "textDocument/publishDiagnostics");
                },
            )?;
            if edit >= WARM_UP {
                keystroke.add(told.at - sent);
                published += all;
            }
        }
        server.leave()?;
        #[expect(clippy::cast_precision_loss, reason = "small")]
        let published = published as f64 / self.edits.max(1) as f64;
        Ok((keystroke, published))
    }
}

fn is_published(message: &Value, uri: &str) -> bool {
    message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
}

fn count(message: &Value) -> usize {
    let diagnostics = &message["params"]["diagnostics"];
    diagnostics.as_array().map_or(0, Vec::len)
}

fn write(root: &Path, corpus: &Corpus) -> Outcome<()> {
    for (path, text) in &corpus.files {
        let path = root.join(path);
        let parent = path.parent().unwrap_or(root);
        std::fs::create_dir_all(parent)
            .and_then(|()| std::fs::write(&path, text))
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

/// How many defects of each kind are reported, as long as they are the seeded ones and nothing else is.
fn defects(binary: &Path, root: &Path, corpus: &Corpus) -> Outcome<String> {
    // One of the three rules speaks only where it is asked; a peer would take the file for one of its own.
    let settings = root.join("spec-analyzer.toml");
    std::fs::write(
        &settings,
        "[severity]\nrequirement-without-task = \"hint\"\n",
    )
    .map_err(|error| error.to_string())?;
    let output = Command::new(binary)
        .args(["check", "--all", "--format", "json"])
        .current_dir(root)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string());
    std::fs::remove_file(&settings).map_err(|error| error.to_string())?;
    let output = output?;
    let report: Value =
        serde_json::from_slice(&output.stdout).map_err(|error| format!("not JSON: {error}"))?;
    let findings = report["findings"].as_array().map_or(&[][..], Vec::as_slice);
    let of = |code: &'static str| {
        findings
            .iter()
            .filter(move |finding| finding["code"] == code)
    };
    let addresses = |code: &'static str| -> BTreeSet<String> {
        let items = of(code).filter_map(|finding| finding["item"]["address"].as_str());
        items.map(str::to_owned).collect()
    };
    let places: BTreeSet<(String, usize)> = of("dangling-mention")
        .filter_map(|finding| {
            let line = finding["range"]["start"]["line"].as_u64()?;
            Some((finding["path"].as_str()?.to_owned(), line as usize))
        })
        .collect();
    let exact = addresses("requirement-without-task") == corpus.uncovered
        && addresses("requirement-without-test") == corpus.untested
        && places == corpus.broken
        && findings.len() == corpus.uncovered.len() + corpus.untested.len() + corpus.broken.len();
    if exact {
        Ok(format!(
            "{} + {} + {}, exactly the seeded",
            corpus.uncovered.len(),
            corpus.untested.len(),
            corpus.broken.len()
        ))
    } else {
        Err(format!(
            "not the seeded defects: {} uncovered, {} untested, {} broken, {} findings in all",
            addresses("requirement-without-task").len(),
            addresses("requirement-without-test").len(),
            places.len(),
            findings.len()
        ))
    }
}
