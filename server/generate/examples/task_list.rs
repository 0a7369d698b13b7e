//! Writes the task list of a feature that has none, as the graph of a directory tells it, with what the rules then find:
//! `cargo run -p generate --example task_list -- DIR FEATURE`
#![expect(clippy::print_stdout, reason = "a command-line tool")]

use std::path::Path;

use fixture::Fixture;
use rules::{Checked, Locale};
use trace::Change;

fn main() {
    let mut args = std::env::args().skip(1);
    let (Some(dir), Some(name)) = (args.next(), args.next()) else {
        return;
    };
    let graph = Fixture::directory(Path::new(&dir)).graph;
    let Some(feature) = graph.features().iter().find(|it| it.name == name) else {
        println!("no feature {name}");
        return;
    };
    let Some(new) = generate::task_list(&graph, feature.id) else {
        println!("nothing written");
        return;
    };
    println!("{}", new.text);
    let mut tree = graph.inputs().tree.clone();
    let file = tree.insert(new.root, &new.path);
    let document = fixture::document(&new.path, &new.text);
    let written = graph.apply(vec![Change::Tree(tree), Change::Document(file, document)]);
    let before = messages(&graph);
    for message in messages(&written) {
        if !before.contains(&message) {
            println!("!!! {message}");
        }
    }
    println!("??? {} questions", new.questions.len());
}

fn messages(graph: &trace::Graph) -> Vec<String> {
    let checked = Checked::new(graph);
    let all = checked.features().flat_map(|(_, found)| {
        let findings = found.findings.iter();
        let said = findings.map(|it| format!("{} {}", it.code, it.message.text(Locale::English)));
        said.collect::<Vec<_>>()
    });
    all.collect()
}
