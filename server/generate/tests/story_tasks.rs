//! What is generated, for people to read.
use expect_test::expect;
use fixture::Fixture;
use std::path::Path;
use trace::Graph;

fn directory(below: &str) -> Fixture {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests")
        .join(below);
    let mut files = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let name = path.strip_prefix(&root).unwrap();
                files.push((name.to_str().unwrap().replace('\\', "/"), text));
            }
        }
    }
    files.sort();
    let graph = Graph::new(fixture::inputs(&files));
    Fixture {
        graph,
        files,
        cursor: None,
    }
}

#[test]
fn probe() {
    let fixture = directory("workspaces/parcels");
    for f in fixture.graph.features() {
        if let Some(g) = generate::tasks_for_all_uncovered(&fixture.graph, f.id) {
            println!("=== {}\n{:?}\n{:#?}", f.path, g.edits, g.questions);
            println!("{}", g.preview);
        }
    }
    // drop the tasks of one story at a time
    for name in ["chinese", "japanese", "gen2"] {
        let dir = directory(&format!("fixtures/spec-kit/{name}"));
        for f in dir.graph.features() {
            let spec = f.spec().unwrap();
            let tasks = f.tasks_document().unwrap();
            for (_, story) in spec.facts().items_of(documents::ItemKind::Story) {
                // remove phases of the story
                let Some((_, phase)) = tasks
                    .facts()
                    .items_of(documents::ItemKind::Phase)
                    .find(|(_, p)| p.story.as_ref().is_some_and(|s| s.id == story.id))
                else {
                    continue;
                };
                let mut text = tasks.doc.text.to_string();
                let sec = &tasks.facts().sections[phase.section.unwrap() as usize];
                text.replace_range(
                    usize::from(sec.range.start())..usize::from(sec.range.end()),
                    "",
                );
                let graph = dir.graph.apply(vec![trace::Change::Document(
                    tasks.file,
                    fixture::document(&tasks.path, &text),
                )]);
                println!("=== {name} {} {}", f.path, story.id);
                match generate::tasks_for_story(&graph, f.id, &story.id) {
                    Some(g) => println!("{}", g.preview),
                    None => println!("NONE"),
                }
            }
        }
    }
    let _ = expect![""];
}
