//! A corpus to compare tools of requirement tracing on: the same source bodies and the same requirements in each dialect,
//! only the markers differ. Requirements stand in Spec Kit's documents. The same for the same size.
//!
//! Seeded defects: the last 20 requirements have no task and no marker, the 20 before them have code but no test, and 20
//! markers cite an id that is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// How markers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// `// Implements 007/FR-012`
    SpecKit,
    /// `// r[impl area-06.FR-012]`
    Tracey,
    /// `// [impl->req~area-06.FR-012~1]`
    OpenFastTrace,
    /// `//= specs/007-area-06/spec.md#functional-requirements` and the quote
    Duvet,
}

/// All dialects.
pub(crate) const DIALECTS: [Dialect; 4] = [
    Dialect::SpecKit,
    Dialect::Tracey,
    Dialect::OpenFastTrace,
    Dialect::Duvet,
];

/// Features; requirement `n` is of feature `n % FEATURES`.
pub(crate) const FEATURES: usize = 50;

/// Functions, and so places for markers, of one file.
const FUNCTIONS: usize = 4;

/// Defects of each kind at the full size.
const DEFECTS: usize = 20;

/// The corpus in one dialect.
pub(crate) struct Corpus {
    /// Path from the root and text.
    pub(crate) files: Vec<(String, String)>,
    /// Addresses of requirements without task and marker.
    pub(crate) uncovered: BTreeSet<String>,
    /// Addresses of requirements without a test.
    pub(crate) untested: BTreeSet<String>,
    /// Paths and lines, from 1, of markers that cite what is not there.
    pub(crate) broken: BTreeSet<(String, usize)>,
    /// Markers in all.
    pub(crate) markers: usize,
}

/// What a marker says.
#[derive(Clone, Copy)]
struct Marker {
    verifies: bool,
    requirement: usize,
}

/// A repeatable stream of numbers.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

const VERBS: [&str; 12] = [
    "parse", "emit", "load", "store", "merge", "split", "check", "fetch", "route", "encode",
    "decode", "plan",
];
const NOUNS: [&str; 12] = [
    "order", "token", "ledger", "frame", "cursor", "policy", "packet", "tenant", "digest",
    "window", "schema", "shard",
];

/// The corpus with so many source files and requirements.
pub(crate) fn corpus(dialect: Dialect, sources: usize, requirements: usize) -> Corpus {
    let defects = DEFECTS.min(requirements / 10);
    let mut numbers = Numbers(0x2026_0101);
    let languages: Vec<Language> = (0..sources)
        .map(|_| Language::of(numbers.below(10)))
        .collect();
    let untested = requirements - 2 * defects..requirements - defects;
    let mut markers: Vec<Marker> = Vec::new();
    for requirement in 0..requirements - defects {
        markers.push(Marker {
            verifies: false,
            requirement,
        });
        if !untested.contains(&requirement) {
            markers.push(Marker {
                verifies: true,
                requirement,
            });
        }
    }
    for stray in 0..defects {
        markers.push(Marker {
            verifies: false,
            requirement: requirements + stray,
        });
    }
    while markers.len() < 2 * requirements {
        let requirement = numbers.below(untested.start);
        markers.push(Marker {
            verifies: false,
            requirement,
        });
    }
    let mut slots: BTreeMap<(usize, usize), Marker> = BTreeMap::new();
    for marker in &markers {
        loop {
            let file = numbers.below(sources);
            let slot = (file, numbers.below(FUNCTIONS));
            if is_test(file) == marker.verifies && !slots.contains_key(&slot) {
                slots.insert(slot, *marker);
                break;
            }
        }
    }
    let mut corpus = Corpus {
        files: Vec::new(),
        uncovered: (requirements - defects..requirements)
            .map(address)
            .collect(),
        untested: untested.map(address).collect(),
        broken: BTreeSet::new(),
        markers: markers.len(),
    };
    // Per requirement: the first file that implements it, and the first that verifies it.
    let mut homes: BTreeMap<(usize, bool), String> = BTreeMap::new();
    for (at, language) in languages.iter().enumerate() {
        let path = language.path(at);
        let mut text = String::from(language.opening());
        for function in 0..FUNCTIONS {
            if let Some(marker) = slots.get(&(at, function)) {
                if marker.requirement >= requirements {
                    corpus
                        .broken
                        .insert((path.clone(), text.lines().count() + 1));
                }
                homes
                    .entry((marker.requirement, marker.verifies))
                    .or_insert_with(|| path.clone());
                text.push_str(&written(dialect, language.comment(), *marker, requirements));
            }
            language.function(at, function, &mut numbers, &mut text);
        }
        corpus.files.push((path, text));
    }
    for feature in 0..FEATURES.min(requirements) {
        let own: Vec<usize> = (feature..requirements).step_by(FEATURES).collect();
        let directory = directory(feature);
        corpus
            .files
            .push((format!("{directory}/spec.md"), spec(feature, &own)));
        corpus
            .files
            .push((format!("{directory}/plan.md"), plan(feature)));
        corpus.files.push((
            format!("{directory}/tasks.md"),
            tasks(feature, &own, &homes),
        ));
    }
    corpus.files.push((
        ".specify/memory/constitution.md".to_owned(),
        "# Bench Constitution\n\n## Core Principles\n\n### I. Measure\n\nEvery claim is measured.\n".to_owned(),
    ));
    if dialect == Dialect::Duvet {
        corpus
            .files
            .push((".duvet/config.toml".to_owned(), duvet_settings()));
    }
    corpus
}

/// One file of five holds tests.
fn is_test(file: usize) -> bool {
    file % 5 == 4
}

fn directory(feature: usize) -> String {
    format!("specs/{:03}-area-{feature:02}", feature + 1)
}

fn id(requirement: usize) -> String {
    format!("FR-{:03}", requirement / FEATURES + 1)
}

fn address(requirement: usize) -> String {
    format!("{}#{}", directory(requirement % FEATURES), id(requirement))
}

fn sentence(requirement: usize) -> String {
    let mut numbers = Numbers(7919 * (requirement as u64 + 1));
    format!(
        "The system MUST {} the {} {requirement:04} within {} ms and report the {}.",
        VERBS[numbers.below(12)],
        NOUNS[numbers.below(12)],
        10 + numbers.below(990),
        NOUNS[numbers.below(12)],
    )
}

/// The lines of a marker. Requirements beyond `all` do not exist.
fn written(dialect: Dialect, comment: &str, marker: Marker, all: usize) -> String {
    let feature = marker.requirement % FEATURES;
    let exists = marker.requirement < all;
    let id = if exists {
        id(marker.requirement)
    } else {
        format!("FR-{:03}", 900 + marker.requirement - all)
    };
    let name = format!("area-{feature:02}.{id}");
    match (dialect, marker.verifies) {
        (Dialect::SpecKit, false) => format!("{comment} Implements {:03}/{id}\n", feature + 1),
        (Dialect::SpecKit, true) => format!("{comment} Verifies {:03}/{id}\n", feature + 1),
        (Dialect::Tracey, false) => format!("{comment} r[impl {name}]\n"),
        (Dialect::Tracey, true) => format!("{comment} r[verify {name}]\n"),
        (Dialect::OpenFastTrace, false) => format!("{comment} [impl->req~{name}~1]\n"),
        (Dialect::OpenFastTrace, true) => format!("{comment} [utest->req~{name}~1]\n"),
        (Dialect::Duvet, verifies) => {
            let section = if exists {
                "functional-requirements"
            } else {
                "gone"
            };
            let kind = if verifies {
                format!("{comment}= type=test\n")
            } else {
                String::new()
            };
            format!(
                "{comment}= {}/spec.md#{section}\n{kind}{comment}# {}\n",
                directory(feature),
                sentence(marker.requirement),
            )
        }
    }
}

fn duvet_settings() -> String {
    // It refuses a file that does not say which version's it is.
    let mut out =
        "'$schema' = \"https://awslabs.github.io/duvet/config/v0.4.0.json\"\n\n".to_owned();
    // Writing to a string cannot fail.
    for directory in ["src", "tests"] {
        for (ending, style) in [
            ("rs", ""),
            ("ts", ""),
            (
                "py",
                "comment-style = { meta = \"#=\", content = \"##\" }\n",
            ),
        ] {
            let _ = writeln!(
                out,
                "[[source]]\npattern = \"{directory}/**/*.{ending}\"\n{style}"
            );
        }
    }
    for feature in 0..FEATURES {
        let _ = writeln!(
            out,
            "[[specification]]\nsource = \"{}/spec.md\"\n",
            directory(feature)
        );
    }
    out.push_str("[report.html]\nenabled = true\n");
    out
}

fn spec(feature: usize, own: &[usize]) -> String {
    let mut out = format!(
        "# Feature Specification: Area {feature:02}\n\n\
         **Feature Branch**: `{:03}-area-{feature:02}`\n\
         **Created**: 2026-01-01\n\
         **Status**: Draft\n\
         **Input**: User description: \"Records of area {feature:02}\"\n\n\
         ## User Scenarios & Testing *(mandatory)*\n\n\
         ### User Story 1 - Keep records (Priority: P1)\n\n\
         A clerk keeps the records of the area.\n\n\
         **Why this priority**: Everything else needs it.\n\n\
         **Independent Test**: Keep one record.\n\n\
         **Acceptance Scenarios**:\n\n\
         1. **Given** a record, **When** it comes in, **Then** it is kept.\n\n\
         ### Edge Cases\n\n\
         - An empty record is refused.\n\n\
         ## Requirements *(mandatory)*\n\n\
         ### Functional Requirements\n\n",
        feature + 1
    );
    for requirement in own {
        let _ = writeln!(
            out,
            "- **{}**: {}",
            id(*requirement),
            sentence(*requirement)
        );
    }
    out.push_str(
        "\n## Success Criteria *(mandatory)*\n\n\
         ### Measurable Outcomes\n\n\
         - **SC-001**: A record is kept within one second.\n",
    );
    out
}

fn plan(feature: usize) -> String {
    format!(
        "# Implementation Plan: Area {feature:02}\n\n## Summary\n\nRecords are kept.\n\n## Technical Context\n\n\
         **Language/Version**: Rust, TypeScript, Python\n\n## Constitution Check\n\n- I. Measure: PASS\n\n\
         ## Project Structure\n\nSources lie in `src/`, tests in `tests/`.\n"
    )
}

fn tasks(feature: usize, own: &[usize], homes: &BTreeMap<(usize, bool), String>) -> String {
    let mut out = format!(
        "# Tasks: Area {feature:02}\n\n## Phase 1: User Story 1 - Keep records (Priority: P1)\n\n"
    );
    let mut number = 0;
    for requirement in own {
        for (verifies, words) in [(false, "Build"), (true, "Prove")] {
            if let Some(path) = homes.get(&(*requirement, verifies)) {
                number += 1;
                let _ = writeln!(
                    out,
                    "- [x] T{number:03} [US1] {words} {} in {path}",
                    id(*requirement)
                );
            }
        }
    }
    out
}

#[derive(Clone, Copy)]
enum Language {
    Rust,
    TypeScript,
    Python,
}

impl Language {
    fn of(tenth: usize) -> Self {
        match tenth {
            0..4 => Self::Rust,
            4..7 => Self::TypeScript,
            _ => Self::Python,
        }
    }

    fn path(self, file: usize) -> String {
        let ending = match self {
            Self::Rust => "rs",
            Self::TypeScript => "ts",
            Self::Python => "py",
        };
        let (directory, before) = match (is_test(file), self) {
            (true, Self::Python) => ("tests", "test_"),
            (true, _) => ("tests", ""),
            (false, _) => ("src", ""),
        };
        format!(
            "{directory}/{ending}/m{:03}/{before}f{file:04}.{ending}",
            file / 50
        )
    }

    fn comment(self) -> &'static str {
        match self {
            Self::Rust | Self::TypeScript => "//",
            Self::Python => "#",
        }
    }

    fn opening(self) -> &'static str {
        match self {
            Self::Rust => "//! A module.\nuse std::collections::HashMap;\n\n",
            Self::TypeScript => "/** A module. */\nimport { readFileSync } from 'node:fs';\n\n",
            Self::Python => "\"\"\"A module.\"\"\"\nimport json\n\n",
        }
    }

    fn function(self, file: usize, nth: usize, numbers: &mut Numbers, out: &mut String) {
        let verb = VERBS[numbers.below(12)];
        let noun = NOUNS[numbers.below(12)];
        let name = format!("{verb}_{noun}_{file}_{nth}");
        let number = 1 + numbers.below(9998);
        let _ = match self {
            Self::Rust => writeln!(
                out,
                "/// Handles the {name} case of unit {number}.\n\
                 pub fn {name}(input: &str, seen: &mut HashMap<String, u64>) -> Result<u64, String> {{\n\
                 \x20   let mut total: u64 = {number};\n\
                 \x20   for (index, part) in input.split(',').enumerate() {{\n\
                 \x20       // add the part up; see note {number}\n\
                 \x20       let value = part.trim().parse::<u64>().map_err(|error| error.to_string())?;\n\
                 \x20       total = total.wrapping_mul(31).wrapping_add(value + index as u64);\n\
                 \x20       seen.entry(part.to_string()).and_modify(|known| *known += 1).or_insert(total);\n\
                 \x20   }}\n\
                 \x20   if total % 7 == 0 {{ return Err(format!(\"bad [total] {{}}\", total)); }}\n\
                 \x20   Ok(total)\n}}\n"
            ),
            Self::TypeScript => writeln!(
                out,
                "/** Handles the {name} case of unit {number}. */\n\
                 export function {name}(input: string, seen: Map<string, number>): number {{\n\
                 \x20 let total = {number};\n\
                 \x20 for (const [index, part] of input.split(',').entries()) {{\n\
                 \x20   // add the part up; see note {number}\n\
                 \x20   const value = Number.parseInt(part.trim(), 10);\n\
                 \x20   if (Number.isNaN(value)) throw new Error(`bad [part] ${{part}}`);\n\
                 \x20   total = (total * 31 + value + index) % 1000003;\n\
                 \x20   seen.set(part, (seen.get(part) ?? 0) + total);\n\
                 \x20 }}\n  return total;\n}}\n"
            ),
            Self::Python => writeln!(
                out,
                "def {name}(text, seen):\n\
                 \x20   \"\"\"Handles the {name} case of unit {number}.\"\"\"\n\
                 \x20   total = {number}\n\
                 \x20   for index, part in enumerate(text.split(',')):\n\
                 \x20       # add the part up; see note {number}\n\
                 \x20       value = int(part.strip())\n\
                 \x20       total = (total * 31 + value + index) % 1000003\n\
                 \x20       seen[part] = seen.get(part, 0) + total\n\
                 \x20   if total % 7 == 0:\n\
                 \x20       raise ValueError(json.dumps({{'bad': [total]}}))\n\
                 \x20   return total\n"
            ),
        };
    }
}
