//! Shows what constitutions, plans and checklists say: `cargo run -p documents --example governance -- FILE...`
#![expect(clippy::print_stdout, reason = "a command line tool")]

use documents::{DocumentKind, read};
use text::slice;

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        let text = text::decode(std::fs::read(&path)?).text;
        let kind = if path.ends_with("research.md") {
            DocumentKind::Research
        } else if path.ends_with("data-model.md") {
            DocumentKind::DataModel
        } else if path.contains("/checklists/") {
            DocumentKind::Checklist
        } else if path.ends_with("constitution.md") {
            DocumentKind::Constitution
        } else {
            DocumentKind::Plan
        };
        let document = read(kind, &text);
        println!("== {path}");
        for each in &document.principles {
            let firm = each.non_negotiable.map(|range| slice(&text, range));
            println!("principle {:?} {:?} {firm:?}", each.number, each.name);
        }
        if let Some(version) = &document.version {
            let value = |meta: &documents::Meta| slice(&text, meta.value_range).to_owned();
            println!(
                "version {:?} {:?} {:?}",
                value(&version.version),
                version.ratified.as_ref().map(value),
                version.amended.as_ref().map(value)
            );
        }
        for each in &document.gates {
            let written = each.state_range.map(|range| slice(&text, range));
            println!(
                "gate {:?} {:?} {:?} {written:?}{} | {path}:{}",
                each.number,
                each.name,
                each.state,
                if each.again { " again" } else { "" },
                text[..usize::from(document.items[each.item as usize].range.start())]
                    .matches('\n')
                    .count()
                    + 1
            );
        }
        for each in &document.violations {
            let item = &document.items[each.item as usize];
            println!(
                "violation {:?} {:.60} | {:.40} | {:.40}",
                each.number,
                item.id,
                slice(&text, each.why),
                slice(&text, each.rejected)
            );
        }
        for each in &document.decisions {
            let item = &document.items[each.item as usize];
            let cut = |range: &Option<text::TextRange>| {
                let words = range.map(|range| slice(&text, range)).unwrap_or("NONE");
                words.chars().take(30).collect::<String>()
            };
            println!(
                "decision {:?} <{}> | {} | {} | {}",
                item.id,
                slice(&text, item.title_range),
                cut(&each.decision),
                cut(&each.rationale),
                cut(&each.alternatives)
            );
        }
        for each in &document.entities {
            let item = &document.items[each.item as usize];
            let fields: Vec<String> = each
                .fields
                .iter()
                .map(|field| {
                    let kind = field.type_range.map(|range| slice(&text, range));
                    format!("{}:{}", field.name, kind.unwrap_or("?"))
                })
                .collect();
            println!(
                "entity {:?} {fields:?} rel {} states {:?}",
                item.id,
                each.relationships.len(),
                each.states
                    .iter()
                    .map(|range| slice(&text, *range))
                    .collect::<Vec<_>>()
            );
        }
        for each in &document.checks {
            let item = &document.items[each.item as usize];
            let marks: Vec<&str> = each
                .marks
                .iter()
                .map(|range| slice(&text, *range))
                .collect();
            println!("check {} {marks:?}", item.id);
        }
    }
    Ok(())
}
