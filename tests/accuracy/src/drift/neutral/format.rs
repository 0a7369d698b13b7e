//! What a language's own formatter makes of a file, in another width than the repository's, where it is installed.

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Stdio};

use crate::checkout::{Change, Step};
use crate::drift::harm::written;
use crate::drift::source::extension;
use crate::drift::{Kind, Mutation, Scene};

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "reformatted",
        codes: &[],
        about: "A file with linked code goes through its formatter: rustfmt, prettier (with its plug-ins for Java and PHP), \
                ruff, gofmt, clang-format for C, C++ and C#. What is not installed is said.",
        mutations: |scene| {
            let sources = scene.sources();
            let texts = scene.formatted().texts.iter();
            let texts = texts.filter(|(path, _)| sources.contains(path.as_str()));
            let each =
                texts.map(|(path, new)| written(path, new.clone(), "reformatted".to_owned()));
            each.collect()
        },
    },
    Kind {
        name: "document-formatted",
        codes: &[],
        about: "A spec, plan or task list goes through prettier, which wraps its prose at 72 columns.",
        mutations: |scene| {
            let texts = scene.formatted().texts.iter();
            let texts = texts.filter(|(path, _)| is_document(path));
            let each = texts.map(|(path, new)| written(path, new.clone(), "wrapped".to_owned()));
            each.collect()
        },
    },
    Kind {
        name: "repository-formatted",
        codes: &[],
        about: "All files with linked code and all documents of their features go through their formatters at once.",
        mutations: |scene| {
            let texts = scene.formatted().texts.iter();
            let steps: Vec<Step> = texts
                .map(|(path, new)| Step::Write(path.clone(), new.clone().into_bytes()))
                .collect();
            let whole = Mutation {
                what: format!("{} files reformatted", steps.len()),
                path: "everything".to_owned(),
                change: Change {
                    steps,
                    commit: false,
                },
            };
            if whole.change.steps.is_empty() {
                Vec::new()
            } else {
                vec![whole]
            }
        },
    },
];

/// A program that writes files anew in place.
struct Formatter {
    command: &'static [&'static str],
    extensions: &'static [&'static str],
}

const FORMATTERS: &[Formatter] = &[
    Formatter {
        command: &["rustfmt", "--edition", "2024", "--config", "max_width=72"],
        extensions: &["rs"],
    },
    Formatter {
        command: &["ruff", "format", "--isolated", "--line-length", "72"],
        extensions: &["py"],
    },
    Formatter {
        command: &[
            "prettier",
            "--write",
            "--no-config",
            "--no-semi",
            "--single-quote",
            "--print-width",
            "72",
        ],
        extensions: &["ts", "tsx", "js", "jsx", "mjs"],
    },
    Formatter {
        command: &[
            "prettier",
            "--write",
            "--no-config",
            "--prose-wrap",
            "always",
            "--print-width",
            "72",
        ],
        extensions: &["md"],
    },
    Formatter {
        command: &[
            "prettier",
            "--write",
            "--no-config",
            "--plugin",
            "prettier-plugin-java",
            "--print-width",
            "72",
        ],
        extensions: &["java"],
    },
    Formatter {
        command: &[
            "prettier",
            "--write",
            "--no-config",
            "--plugin",
            "@prettier/plugin-php",
            "--print-width",
            "72",
        ],
        extensions: &["php"],
    },
    Formatter {
        command: &["gofmt", "-w"],
        extensions: &["go"],
    },
    Formatter {
        command: &["clang-format", "-i", "--style=Google"],
        extensions: &["c", "h", "cpp", "cs"],
    },
];

/// What formatters made.
#[derive(Debug, Default)]
pub(in crate::drift) struct Formatted {
    /// New texts by path, where they differ.
    texts: BTreeMap<String, String>,
    /// What nothing was there for: `.kt: no formatter (12 files)`.
    pub(in crate::drift) left_out: Vec<String>,
}

impl Formatted {
    /// Formats copies of the files with linked code and of the documents of their features.
    pub(in crate::drift) fn of(scene: &Scene) -> Self {
        let features: BTreeSet<&str> = scene
            .links
            .iter()
            .filter_map(|link| Some(link.address.split_once('#')?.0))
            .collect();
        let documents = scene.files.iter().map(String::as_str).filter(|path| {
            let directory = path.rsplit_once('/').map_or("", |(directory, _)| directory);
            is_document(path) && features.contains(directory)
        });
        let mut by_extension: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for path in scene.sources().into_iter().chain(documents) {
            by_extension.entry(extension(path)).or_default().push(path);
        }
        let mut formatted = Self::default();
        for (extension, paths) in by_extension {
            let formatter = FORMATTERS
                .iter()
                .find(|formatter| formatter.extensions.contains(&extension));
            let done = formatter.is_some_and(|formatter| {
                let new = formatter.format(scene, &paths);
                new.map(|new| formatted.texts.extend(new)).is_some()
            });
            if !done {
                let program = formatter.map(|formatter| formatter.command[0]);
                let why = program.map_or("no formatter".to_owned(), |it| format!("no {it}"));
                let count = paths.len();
                let said = format!(".{extension}: {why} ({count} files)");
                formatted.left_out.push(said);
            }
        }
        formatted
    }
}

impl Formatter {
    /// Runs once over copies of files; `None` if it cannot be started or formats nothing at all.
    fn format(&self, scene: &Scene, paths: &[&str]) -> Option<Vec<(String, String)>> {
        let copies = tempfile::TempDir::with_prefix("format-").ok()?;
        let mut texts: Vec<(&str, String)> = Vec::new();
        for path in paths {
            let copy = copies.path().join(path);
            let text = scene.text(path)?;
            std::fs::create_dir_all(copy.parent()?).ok()?;
            std::fs::write(&copy, &text).ok()?;
            texts.push((path, text));
        }
        let (program, arguments) = self.command.split_first()?;
        Command::new(program)
            .args(arguments)
            .args(paths)
            .current_dir(copies.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .ok()?;
        // What cannot be parsed is left as it is, the rest is formatted all the same.
        let new = texts.into_iter().filter_map(|(path, text)| {
            let new = std::fs::read_to_string(copies.path().join(path)).ok()?;
            (new != text && !new.trim().is_empty()).then(|| (path.to_owned(), new))
        });
        Some(new.collect())
    }
}

fn is_document(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    matches!(
        file,
        "spec.md" | "plan.md" | "tasks.md" | "requirements.md" | "design.md" | "data-model.md"
    )
}
