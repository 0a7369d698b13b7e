//! The house keeps its walls: which room may depend on which, what the pure rooms must not touch, and how large a
//! file may grow (docs/architecture.md, invariants 1 and 2).
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

mod imports;
mod links;
mod rooms;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Each room and the rooms it may use. Anything else is a wall broken through.
const ROOMS: &[(&str, &[&str])] = &[
    ("server/text", &[]),
    ("server/settings", &["text"]),
    ("grammar", &[]),
    ("server/documents", &["text", "grammar"]),
    ("server/code", &["text", "grammar"]),
    ("server/trace", &["text", "grammar", "documents", "code"]),
    (
        "server/rules",
        &["text", "grammar", "documents", "code", "trace", "settings"],
    ),
    (
        "server/generate",
        &["text", "grammar", "documents", "code", "trace"],
    ),
    (
        "server/ide",
        &[
            "text",
            "grammar",
            "documents",
            "code",
            "trace",
            "rules",
            "generate",
        ],
    ),
    (
        "server/workspace",
        &["text", "documents", "code", "trace", "settings"],
    ),
    (
        "server/app",
        &[
            "text",
            "documents",
            "trace",
            "rules",
            "ide",
            "settings",
            "workspace",
        ],
    ),
];

/// Rooms that do IO; all others are pure.
const IMPURE: &[&str] = &["server/workspace", "server/app"];

/// What no pure room may name.
const FORBIDDEN: &[&str] = &[
    "std::fs",
    "std::net",
    "std::process",
    "std::env",
    "std::time",
    "std::thread",
    "std::io",
    "tokio",
    "tower_lsp",
    "lsp_types",
    "gix",
    "async fn",
];

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn manifest(room: &str) -> toml::Table {
    let path = top().join(room).join("Cargo.toml");
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            found.push(path);
        }
    }
}

fn sources_of(room: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    sources(&top().join(room).join("src"), &mut found);
    assert!(!found.is_empty(), "no sources in {room}");
    found
}

/// The text above the file's own tests, comments left out.
fn program(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let above = text.split("#[cfg(test)]").next().unwrap_or_default();
    above
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn rooms_depend_one_way() {
    let names: BTreeMap<String, &str> = ROOMS
        .iter()
        .map(|(room, _)| {
            let name = manifest(room)["package"]["name"]
                .as_str()
                .unwrap()
                .to_owned();
            (name, *room)
        })
        .collect();
    for (room, allowed) in ROOMS {
        let manifest = manifest(room);
        let used: BTreeSet<&str> = manifest["dependencies"]
            .as_table()
            .unwrap()
            .keys()
            .map(String::as_str)
            .filter(|name| names.contains_key(*name))
            .collect();
        let allowed: BTreeSet<&str> = allowed.iter().copied().collect();
        let broken: Vec<_> = used.difference(&allowed).collect();
        assert!(broken.is_empty(), "{room} must not use {broken:?}");
    }
}

#[test]
fn every_package_of_the_server_is_a_known_room() {
    let on_disk: BTreeSet<String> = std::fs::read_dir(top().join("server"))
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().join("Cargo.toml").exists())
        .map(|entry| format!("server/{}", entry.file_name().to_string_lossy()))
        .collect();
    let known: BTreeSet<String> = ROOMS
        .iter()
        .map(|(room, _)| (*room).to_owned())
        .filter(|room| room.starts_with("server/"))
        .collect();
    assert_eq!(on_disk, known);
}

#[test]
fn pure_rooms_touch_nothing() {
    for (room, _) in ROOMS.iter().filter(|(room, _)| !IMPURE.contains(room)) {
        for path in sources_of(room) {
            let text = program(&path);
            for word in FORBIDDEN {
                assert!(!text.contains(word), "{} names {word}", path.display());
            }
        }
        let lib = std::fs::read_to_string(top().join(room).join("src/lib.rs")).unwrap();
        assert!(
            lib.contains("#![forbid(unsafe_code)]"),
            "{room} does not forbid unsafe code"
        );
    }
}

#[test]
fn only_the_protocol_knows_its_types() {
    for (room, _) in ROOMS {
        for path in sources_of(room) {
            let inside = path.components().any(|part| part.as_os_str() == "lsp");
            if inside {
                continue;
            }
            let text = program(&path);
            assert!(
                !text.contains("gen_lsp_types"),
                "{} names LSP types",
                path.display()
            );
        }
    }
}

#[test]
fn every_room_says_what_it_is_for() {
    for (room, _) in ROOMS {
        for path in sources_of(room) {
            let text = std::fs::read_to_string(&path).unwrap();
            let is_head = matches!(
                path.file_name().and_then(|name| name.to_str()),
                Some("lib.rs" | "main.rs")
            );
            assert!(
                !is_head || text.starts_with("//!"),
                "{} has no head",
                path.display()
            );
        }
    }
}

#[test]
fn files_stay_readable() {
    for (room, _) in ROOMS {
        for path in sources_of(room) {
            let lines = std::fs::read_to_string(&path).unwrap().lines().count();
            assert!(
                lines <= 650,
                "{} has {lines} lines; split it (500 is the house size)",
                path.display()
            );
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let vague = ["util", "utils", "misc", "helper", "helpers", "common"];
            assert!(
                !vague.contains(&name.as_str()),
                "{} says nothing by its name",
                path.display()
            );
        }
    }
}

#[test]
fn every_file_is_declared() {
    for (room, _) in ROOMS {
        for path in sources_of(room) {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            if matches!(name.as_str(), "lib" | "main" | "mod") {
                continue;
            }
            let folder = path.parent().unwrap();
            let above = [
                folder.with_extension("rs"),
                folder.join("mod.rs"),
                folder.join("lib.rs"),
                folder.join("main.rs"),
            ];
            let declared = declares(&above, &format!("mod {name};"));
            assert!(declared, "nothing declares {}", path.display());
        }
    }
}

/// The tests of a room are one program (`tests/it.rs`), so a file that it does not name would never run.
#[test]
fn every_file_of_tests_is_run() {
    let mut files = Vec::new();
    for (room, _) in ROOMS {
        sources(&top().join(room).join("tests"), &mut files);
    }
    for tests in ["protocol", "commands", "house"] {
        sources(&top().join("tests").join(tests), &mut files);
    }
    let roots = ["it.rs", "main.rs", "mod.rs"];
    for path in files {
        let folder = path.parent().unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name == "main.rs" {
            let above = folder.with_file_name("it.rs");
            let place = folder.file_name().unwrap().to_string_lossy();
            assert!(
                !above.exists() || declares(&[above], &format!("#[path = \"{place}/main.rs\"]")),
                "nothing runs {}",
                path.display()
            );
        }
        let heads = roots.map(|root| folder.join(root));
        if roots.contains(&name.as_str()) || !heads.iter().any(|head| head.exists()) {
            continue;
        }
        let stem = path.file_stem().unwrap().to_string_lossy();
        assert!(
            declares(&heads, &format!("mod {stem};")),
            "nothing runs {}",
            path.display()
        );
    }
}

/// Whether one of these files has this line, public or not.
fn declares(files: &[PathBuf], line: &str) -> bool {
    let texts = files
        .iter()
        .filter_map(|path| std::fs::read_to_string(path).ok());
    texts.into_iter().any(|text| {
        text.lines().map(str::trim).any(|each| {
            each == line || each.starts_with("pub") && each.ends_with(&format!(" {line}"))
        })
    })
}
