//! The same over real repositories, where a directory of them is given in `SPEC_ANALYZER_CORPUS`.

use std::path::Path;

use super::round_trip::{Count, Way, by_difference, every_id};

#[test]
fn every_id_of_a_corpus() {
    let Ok(corpus) = std::env::var("SPEC_ANALYZER_CORPUS") else {
        return;
    };
    let step: usize = std::env::var("SPEC_ANALYZER_STEP")
        .ok()
        .and_then(|step| step.parse().ok())
        .unwrap_or(1);
    let way = Way {
        step,
        rebuild: by_difference,
        exact: true,
    };
    let mut all = Count::default();
    let mut roots: Vec<_> = std::fs::read_dir(Path::new(&corpus))
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.is_dir())
        .collect();
    roots.sort();
    for root in roots {
        let mut files = fixture::Fixture::directory(&root).files;
        // Only what is read matters, and the rest costs time.
        files
            .retain(|(path, _)| trace::document_kind(path).is_some() || code::is_source_path(path));
        let count = every_id(&files, way);
        eprintln!("{}: {count:?}", root.display());
        all.add(&count);
    }
    eprintln!("all: {all:?}");
}
