//! Counts what is read from files, and how long it takes beside one Markdown parse.
//!
//! `cargo run --release -p documents --example measure -- [--items] FILE...`
#![expect(clippy::print_stdout, reason = "a command line tool")]

use documents::{DocumentKind, ItemKind, read};
use std::path::Path;
use std::time::{Duration, Instant};

fn main() -> std::io::Result<()> {
    let mut items = false;
    for path in std::env::args().skip(1) {
        if path == "--items" {
            items = true;
            continue;
        }
        let text = text::decode(std::fs::read(&path)?).text;
        let document = read(kind(Path::new(&path)), &text);
        if items {
            for item in &document.items {
                let line = text[..usize::from(item.range.start())]
                    .matches('\n')
                    .count()
                    + 1;
                let title = text::slice(&text, item.title_range);
                println!("{path}:{line}\t{:?}\t{}\t{title}", item.kind, item.id);
            }
            for dependency in &document.dependencies {
                let id = |at: u32| document.items[at as usize].id.as_str();
                let (task, on) = (id(dependency.task), id(dependency.on));
                let line = text[..usize::from(dependency.range.start())]
                    .matches('\n')
                    .count()
                    + 1;
                println!("{path}:{line}\tdependency\t{task}\t{on}");
            }
            for placeholder in &document.placeholders {
                println!(
                    "{path}\tplaceholder\t{}",
                    text::slice(&text, placeholder.range)
                );
            }
            for clarification in &document.clarifications {
                println!(
                    "{path}\tclarification\t{}",
                    text::slice(&text, clarification.range)
                );
            }
            continue;
        }
        let count = |kind| document.items_of(kind).count();
        println!(
            "{path}\tstories {}\tscenarios {}\trequirements {}\tcriteria {}\tentities {}\tphases {}\ttasks {}\tchecks {}\tmentions {}\tpaths {}\tread {:.0?}\tparse {:.0?}",
            count(ItemKind::Story),
            count(ItemKind::Scenario),
            count(ItemKind::Requirement),
            count(ItemKind::SuccessCriterion),
            count(ItemKind::Entity),
            count(ItemKind::Phase),
            count(ItemKind::Task),
            count(ItemKind::ChecklistItem),
            document.mentions.len(),
            document.paths.len(),
            best(|| drop(read(kind(Path::new(&path)), &text))),
            best(|| {
                let options = pulldown_cmark::Options::ENABLE_TABLES
                    | pulldown_cmark::Options::ENABLE_TASKLISTS;
                pulldown_cmark::Parser::new_ext(&text, options)
                    .into_offset_iter()
                    .for_each(drop);
            }),
        );
    }
    Ok(())
}

/// The quickest of some runs.
fn best(mut run: impl FnMut()) -> Duration {
    let time = |()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    std::iter::repeat_n((), 9)
        .map(time)
        .min()
        .unwrap_or_default()
}

fn kind(path: &Path) -> DocumentKind {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("");
    let checklist = path
        .parent()
        .is_some_and(|parent| parent.ends_with("checklists"));
    match name {
        "spec.md" => DocumentKind::Spec,
        "plan.md" => DocumentKind::Plan,
        "tasks.md" => DocumentKind::Tasks,
        "research.md" => DocumentKind::Research,
        "data-model.md" => DocumentKind::DataModel,
        "quickstart.md" => DocumentKind::Quickstart,
        "constitution.md" => DocumentKind::Constitution,
        _ if checklist => DocumentKind::Checklist,
        _ => DocumentKind::Other,
    }
}
