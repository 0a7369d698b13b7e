//! The picture of the rooms, drawn from what they import of each other, and what goes in circles inside of them.
//! `UPDATE_ROOMS=1 cargo test -p spec-analyzer --test house` writes `docs/rooms.svg` and `docs/rooms.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::OnceLock;

use super::imports::{paths, plain};
use super::{ROOMS, sources_of, top};

/// Where each room stands in the picture: column and half row.
const PLACES: &[(&str, u32, u32)] = &[
    ("grammar", 0, 0),
    ("text", 0, 3),
    ("documents", 1, 0),
    ("code", 1, 2),
    ("settings", 1, 5),
    ("trace", 2, 1),
    ("generate", 3, 0),
    ("rules", 3, 2),
    ("workspace", 3, 4),
    ("ide", 4, 1),
    ("app", 5, 2),
];

/// One file: the modules around it, its own last, and the paths in it.
struct File {
    module: Vec<String>,
    paths: Vec<Vec<String>>,
}

fn name_of(room: &str) -> &str {
    room.rsplit('/').next().unwrap_or(room)
}

fn files_of(room: &str) -> Vec<File> {
    let source = top().join(room).join("src");
    let mut files = Vec::new();
    for path in sources_of(room) {
        let inside = path.strip_prefix(&source).unwrap();
        let mut module: Vec<String> = inside
            .with_extension("")
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        if module.last().is_some_and(|name| name == "tests") {
            continue;
        }
        if matches!(
            module.last().map(String::as_str),
            Some("mod" | "lib" | "main")
        ) {
            module.pop();
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let paths = paths(&plain(&text));
        files.push(File { module, paths });
    }
    files
}

type Taken = BTreeMap<(&'static str, &'static str), BTreeSet<String>>;

/// What each room takes from each other: the names at the top of the other, as written behind its own.
fn taken() -> &'static Taken {
    static TAKEN: OnceLock<Taken> = OnceLock::new();
    TAKEN.get_or_init(|| {
        let mut taken = Taken::new();
        for (room, _) in ROOMS {
            for file in files_of(room) {
                // A module of the same name hides the room.
                let local = |name: &str| {
                    let own = file.paths.iter().any(|path| {
                        matches!(path[0].as_str(), "super" | "crate" | "self")
                            && path.last().is_some_and(|last| last == name)
                    });
                    own || declares(room, &file.module, name)
                };
                for path in &file.paths {
                    let other = ROOMS.iter().map(|(other, _)| *other).find(|other| {
                        other != room && name_of(other) == path[0] && !local(&path[0])
                    });
                    if let Some(other) = other {
                        taken
                            .entry((name_of(room), name_of(other)))
                            .or_default()
                            .insert(path[1].clone());
                    }
                }
            }
        }
        taken
    })
}

/// Whether a module of a room has a module of this name.
fn declares(room: &str, module: &[String], name: &str) -> bool {
    let folder = module
        .iter()
        .fold(top().join(room).join("src"), |folder, part| {
            folder.join(part)
        });
    folder.join(name).with_extension("rs").exists() || folder.join(name).join("mod.rs").exists()
}

/// Modules at the top of a room and those that each uses.
fn modules(room: &str) -> BTreeMap<String, BTreeSet<String>> {
    let files = files_of(room);
    let known: BTreeSet<String> = files
        .iter()
        .filter_map(|file| file.module.first().cloned())
        .collect();
    // What the head of the room shows again belongs to its module.
    let mut shown: BTreeMap<String, String> = BTreeMap::new();
    for file in files.iter().filter(|file| file.module.is_empty()) {
        for path in &file.paths {
            let path: Vec<&String> = path.iter().filter(|part| *part != "self").collect();
            if let [first, .., last] = path[..]
                && known.contains(first)
            {
                shown.insert(last.clone(), first.clone());
            }
        }
    }
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in &files {
        let Some(own) = file.module.first() else {
            continue;
        };
        let of_own = uses.entry(own.clone()).or_default();
        for path in &file.paths {
            let (mut at, mut rest) = (file.module.clone(), &path[..]);
            match rest[0].as_str() {
                "crate" => {
                    at.clear();
                    rest = &rest[1..];
                }
                "super" => {
                    while rest.first().is_some_and(|part| part == "super") {
                        at.pop();
                        rest = &rest[1..];
                    }
                }
                _ => continue,
            }
            if !at.is_empty() {
                continue;
            }
            let Some(first) = rest.first() else { continue };
            let target = known.get(first).or_else(|| shown.get(first));
            if let Some(target) = target.filter(|target| *target != own) {
                of_own.insert(target.clone());
            }
        }
    }
    uses
}

/// Everything reached from each name.
fn reached(uses: &BTreeMap<String, BTreeSet<String>>) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = uses.clone();
    loop {
        let before: usize = all.values().map(BTreeSet::len).sum();
        for name in uses.keys() {
            let next: BTreeSet<String> = all[name]
                .iter()
                .filter_map(|other| all.get(other))
                .flatten()
                .cloned()
                .collect();
            all.get_mut(name).unwrap().extend(next);
        }
        if all.values().map(BTreeSet::len).sum::<usize>() == before {
            return all;
        }
    }
}

/// Modules that reach each other.
fn circles(uses: &BTreeMap<String, BTreeSet<String>>) -> Vec<BTreeSet<String>> {
    let all = reached(uses);
    let mut circles: Vec<BTreeSet<String>> = Vec::new();
    for (name, others) in &all {
        let circle: BTreeSet<String> = others
            .iter()
            .filter(|other| all.get(*other).is_some_and(|back| back.contains(name)))
            .cloned()
            .collect();
        if !circle.is_empty() && !circles.contains(&circle) {
            circles.push(circle);
        }
    }
    circles
}

fn page() -> String {
    let taken = taken();
    let rooms: Vec<&str> = ROOMS.iter().map(|(room, _)| name_of(room)).collect();
    let mut page = String::from(
        "# The rooms, by their imports\n\nMade from the sources; `UPDATE_ROOMS=1 cargo test -p spec-analyzer --test house` writes it \
         anew.\n\n![The rooms and what crosses between them](rooms.svg)\n\n## What crosses\n\nHow many names of the room above \
         the room on the left uses. The picture leaves out what goes over another room too.\n\n| |",
    );
    for room in &rooms {
        _ = write!(page, " {room} |");
    }
    page.push_str("\n|---|");
    page.push_str(&"---:|".repeat(rooms.len()));
    page.push('\n');
    for room in &rooms {
        _ = write!(page, "| **{room}** |");
        for other in &rooms {
            let count = taken.get(&(*room, *other)).map_or(0, BTreeSet::len);
            if count == 0 {
                page.push_str("  |");
            } else {
                _ = write!(page, " {count} |");
            }
        }
        page.push('\n');
    }
    page.push_str(
        "\n## Inside\n\nModules at the top of each room, how often one uses another, and those that reach each other in a \
         circle.\n\n| room | modules | uses | in circles |\n|---|---:|---:|---|\n",
    );
    for (room, _) in ROOMS {
        let uses = modules(room);
        let count: usize = uses.values().map(BTreeSet::len).sum();
        let circles: Vec<String> = circles(&uses)
            .iter()
            .map(|circle| circle.iter().cloned().collect::<Vec<_>>().join(", "))
            .collect();
        _ = writeln!(
            page,
            "| {} | {} | {count} | {} |",
            name_of(room),
            uses.len(),
            if circles.is_empty() {
                "none".to_owned()
            } else {
                circles.join("; ")
            }
        );
    }
    page
}

/// Uses that do not go over another room too.
fn direct() -> Vec<(&'static str, &'static str, usize)> {
    let taken = taken();
    let over = |from: &str, to: &str| {
        let mut next: Vec<&str> = vec![from];
        let mut seen = BTreeSet::new();
        while let Some(room) = next.pop() {
            for (user, used) in taken.keys() {
                if *user == room && (*user, *used) != (from, to) && seen.insert(*used) {
                    next.push(used);
                }
            }
        }
        seen.contains(to)
    };
    let uses = taken.iter().filter(|((from, to), _)| !over(from, to));
    uses.map(|((from, to), names)| (*from, *to, names.len()))
        .collect()
}

const WIDTH: u32 = 104;
const HEIGHT: u32 = 40;

fn corner(room: &str) -> (u32, u32) {
    let (_, column, row) = PLACES.iter().find(|(name, ..)| *name == room).unwrap();
    (12 + column * 176, 16 + row * 36)
}

fn svg() -> String {
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1008 252\" font-family=\"sans-serif\" font-size=\"14\">\n\
         <defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">\
         <path d=\"M0 0 8 4 0 8z\" fill=\"#7d8590\"/></marker></defs>\n",
    );
    let mut labels = String::new();
    for (from, to, count) in direct() {
        let ((x, y), (left, other)) = (corner(from), corner(to));
        let (x, y, other) = (x, y + HEIGHT / 2, other + HEIGHT / 2);
        let end = left + WIDTH;
        // Through the gap before the room, then along the row.
        let turn = x - 60;
        _ = writeln!(
            svg,
            "<path d=\"M{x} {y}C{} {y} {} {other} {turn} {other}H{}\" fill=\"none\" stroke=\"#7d8590\" stroke-width=\"1.5\" marker-end=\"url(#tip)\"/>",
            x - 30,
            turn + 30,
            end + 1
        );
        let (middle, height) = (x - 30, u32::midpoint(y, other));
        _ = writeln!(
            labels,
            "<rect x=\"{}\" y=\"{}\" width=\"26\" height=\"16\" rx=\"8\" fill=\"#ffffff\" stroke=\"#7d8590\"/>\
             <text x=\"{middle}\" y=\"{}\" font-size=\"11\" text-anchor=\"middle\" fill=\"#24292f\">{count}</text>",
            middle - 13,
            height - 8,
            height + 4
        );
    }
    svg.push_str(&labels);
    for (room, _) in ROOMS {
        let room = name_of(room);
        let (x, y) = corner(room);
        let io = matches!(room, "workspace" | "app");
        let fill = if io { "#ffe2b8" } else { "#d3e8ff" };
        _ = writeln!(
            svg,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"6\" fill=\"{fill}\" stroke=\"#57606a\"/>\
             <text x=\"{}\" y=\"{}\" text-anchor=\"middle\" fill=\"#24292f\">{room}</text>",
            x + WIDTH / 2,
            y + HEIGHT / 2 + 5
        );
    }
    svg.push_str("</svg>\n");
    svg
}

#[test]
fn the_picture_is_that_of_the_imports() {
    for (name, text) in [("rooms.md", page()), ("rooms.svg", svg())] {
        let path = top().join("docs").join(name);
        if std::env::var_os("UPDATE_ROOMS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert_eq!(
            written, text,
            "docs/{name} is old; UPDATE_ROOMS=1 writes it anew"
        );
    }
}

#[test]
fn what_a_room_may_use_it_uses() {
    let taken = taken();
    for (room, allowed) in ROOMS {
        let room = name_of(room);
        let used: BTreeSet<&str> = taken
            .keys()
            .filter(|(from, _)| *from == room)
            .map(|(_, to)| *to)
            .collect();
        let allowed: BTreeSet<&str> = allowed.iter().copied().collect();
        assert_eq!(
            used, allowed,
            "of {room}: left what it uses, right what it may"
        );
    }
}

#[test]
fn paths_are_read() {
    let read = |text: &str| {
        let paths = paths(&plain(text)).into_iter();
        paths.map(|path| path.join("::")).collect::<Vec<_>>()
    };
    assert_eq!(
        read(
            "use trace::{Graph, layout::{self, Place as Spot}}; // use text::A;\nfn f() { text::span(\"rules::no\", 1) }"
        ),
        [
            "trace::Graph",
            "trace::layout::self",
            "trace::layout::Place",
            "text::span"
        ]
    );
    assert_eq!(
        read("crate::lines::of(b'\"', rules::rule)"),
        ["crate::lines::of", "rules::rule"]
    );
}
