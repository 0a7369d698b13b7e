//! Every link of a page of ours to another file leads to one, and to a heading that is there.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::top;

/// Where pages are, besides the top. Workspaces and fixtures of tests have links that lead nowhere on purpose.
const PLACES: [&str; 6] = ["docs", "editors", "grammar", "release", "server", "tests"];
const NOT_OURS: [&str; 5] = [
    "fixtures",
    "workspaces",
    "node_modules",
    "target",
    "template",
];

struct Page {
    links: Vec<String>,
    anchors: BTreeSet<String>,
}

fn page(text: &str) -> Page {
    let mut found = Page {
        links: Vec::new(),
        anchors: BTreeSet::new(),
    };
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                found.links.push(dest_url.into_string());
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                found
                    .anchors
                    .extend(heading.take().map(|title| trace::anchor(&title)));
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some(title) = &mut heading {
                    title.push_str(&words);
                }
            }
            _ => {}
        }
    }
    found
}

fn pages(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if !NOT_OURS.iter().any(|other| name == *other) {
                pages(&path, found);
            }
        } else if path.extension().is_some_and(|ext| ext == "md") {
            found.push(path);
        }
    }
}

/// Without `.` and `..`, links of the file system left alone.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            other => out.push(other),
        }
    }
    out
}

/// What is wrong with a link on the page at `from`.
fn wrong(from: &Path, link: &str) -> Option<String> {
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = if path.is_empty() {
        from.to_path_buf()
    } else {
        plain(&from.parent()?.join(path))
    };
    if !target.exists() {
        return Some(format!("{}: {link} is not there", from.display()));
    }
    if anchor.is_empty() || target.extension().is_none_or(|ext| ext != "md") {
        return None;
    }
    let there = page(&std::fs::read_to_string(&target).unwrap());
    (!there.anchors.contains(anchor))
        .then(|| format!("{}: {link} has no such heading", from.display()))
}

#[test]
fn links_between_pages_lead_somewhere() {
    let top = top().canonicalize().unwrap();
    let mut all = vec![top.join("README.md")];
    for place in PLACES {
        pages(&top.join(place), &mut all);
    }
    all.sort();
    let mut seen = 0;
    let mut broken = Vec::new();
    for from in &all {
        for link in page(&std::fs::read_to_string(from).unwrap()).links {
            if !link.contains("://") && !link.starts_with("mailto:") {
                seen += 1;
                broken.extend(wrong(from, &link));
            }
        }
    }
    assert!(seen > 150, "only {seen} links on {} pages", all.len());
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_page_is_reached_from_the_first_one() {
    let top = top().canonicalize().unwrap();
    let mut all = Vec::new();
    pages(&top.join("docs"), &mut all);
    let mut reached = BTreeSet::new();
    let mut next = vec![top.join("README.md")];
    while let Some(from) = next.pop() {
        if !from.is_file() || !reached.insert(from.clone()) {
            continue;
        }
        if from.extension().is_none_or(|ext| ext != "md") {
            continue;
        }
        for link in page(&std::fs::read_to_string(&from).unwrap()).links {
            let path = link.split('#').next().unwrap_or_default();
            if !path.is_empty() && !path.contains("://") {
                next.push(plain(&from.parent().unwrap().join(path)));
            }
        }
    }
    all.retain(|page| !reached.contains(page));
    assert!(all.is_empty(), "no link leads to {all:?}");
}
