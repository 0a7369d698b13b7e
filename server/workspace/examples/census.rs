//! Counts what is read of whole repositories, one line of JSON each: `cargo run --release -p workspace --example census
//! -- ROOT[=SPEC_ROOT] ...`. `tests/accuracy/census.md` has the figures beside those of others.
#![expect(clippy::print_stdout, reason = "a command line tool")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use documents::{Document, DocumentKind, Generation, Item, ItemKind, PlaceholderKind, TaskState};
use rustc_hash::FxHashSet;
use trace::{Fate, Feature, Resolution, Target};
use workspace::{Host, Options};

type Counts = BTreeMap<String, usize>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for argument in std::env::args().skip(1) {
        let (root, spec_root) = match argument.split_once('=') {
            Some((root, spec_root)) => (root, Some(spec_root)),
            None => (argument.as_str(), None),
        };
        let root = PathBuf::from(root).canonicalize()?;
        let mut host = Host::new(Options {
            roots: vec![root.clone()],
            ..Options::default()
        });
        if let Some(path) = spec_root {
            let settings = format!("spec-roots = [\"{path}\"]\n");
            host.set_overlay(&root.join(settings::FILE), settings.as_str(), 0);
        }
        host.scan();
        let snapshot = host.finish(false);
        let mut counts = Counts::new();
        for feature in snapshot.graph.features() {
            of_feature(feature, &snapshot.graph, &mut counts);
        }
        let name = root
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        println!("{}", serde_json::json!({"root": name, "counts": counts}));
    }
    Ok(())
}

fn add(counts: &mut Counts, key: impl Into<String>, count: usize) {
    *counts.entry(key.into()).or_default() += count;
}

fn of_feature(feature: &Feature, graph: &trace::Graph, counts: &mut Counts) {
    add(counts, "features", 1);
    for document in &feature.documents {
        add(counts, format!("documents {:?}", document.kind), 1);
        let text: &str = &document.doc.text;
        match document.kind {
            DocumentKind::Spec => of_spec(document.facts(), text, counts),
            DocumentKind::Plan => of_plan(document.facts(), counts),
            DocumentKind::Tasks => of_tasks(document.facts(), text, counts),
            _ => {}
        }
    }
    coverage(feature, counts);
    references(feature, counts);
    files(feature, graph, counts);
}

fn of_spec(facts: &Document, text: &str, counts: &mut Counts) {
    add(counts, "spec crlf", usize::from(facts.style.crlf));
    add(
        counts,
        "spec gen1",
        usize::from(facts.generation == Some(Generation::First)),
    );
    let marked = !facts.clarifications.is_empty();
    add(counts, "spec with clarification", usize::from(marked));
    for placeholder in &facts.placeholders {
        let kind = match placeholder.kind {
            PlaceholderKind::Text => "spec placeholder text",
            PlaceholderKind::Comment => "spec placeholder comment",
        };
        add(counts, kind, 1);
    }
    let mut seen = FxHashSet::default();
    for section in facts.sections.iter().filter(|section| section.level == 2) {
        if seen.insert(section.title.to_lowercase()) {
            add(counts, format!("spec h2 {}", section.title), 1);
        }
    }
    if let Some(first) = facts.sections.iter().find(|section| section.level == 1) {
        let head = first.title.split([':', '：']).next().unwrap_or_default();
        add(counts, format!("spec h1 {head}"), 1);
    }
    let tagged = |section: &&documents::Section| section.tag == documents::SectionTag::Mandatory;
    add(
        counts,
        "spec mandatory",
        usize::from(facts.sections.iter().any(|section| tagged(&section))),
    );
    let mut metas = FxHashSet::default();
    for meta in &facts.metas {
        if metas.insert(meta.key.as_str()) {
            add(counts, format!("spec meta {}", meta.key), 1);
        }
        if meta.key == "Status" {
            let value = text::slice(text, meta.value_range);
            add(counts, "status draft", usize::from(value == "Draft"));
        }
    }
    let mut defined: BTreeMap<&str, usize> = BTreeMap::new();
    for item in &facts.items {
        match item.kind {
            ItemKind::Requirement | ItemKind::SuccessCriterion => {
                let digits = item.id.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
                let prefix = item.id[..digits].trim_end_matches('-');
                let family = prefix.split('-').next().unwrap_or(prefix);
                add(counts, format!("defined {family}"), 1);
                add(counts, format!("shape {}", shape(&item.id)), 1);
                *defined.entry(&item.id).or_default() += 1;
            }
            kind => add(counts, format!("spec {kind:?}"), 1),
        }
    }
    let twice = defined.values().filter(|count| **count > 1).count();
    add(counts, "duplicate ids", twice);
}

/// `FR-###` of `FR-001`.
fn shape(id: &str) -> String {
    id.chars()
        .map(|c| if c.is_ascii_digit() { '#' } else { c })
        .collect()
}

fn of_plan(facts: &Document, counts: &mut Counts) {
    let mut seen = FxHashSet::default();
    for section in facts.sections.iter().filter(|section| section.level == 2) {
        if seen.insert(section.title.to_lowercase()) {
            add(counts, format!("plan h2 {}", section.title), 1);
        }
    }
    add(counts, "plan gates", facts.gates.len());
    let table = facts
        .items_of(ItemKind::Gate)
        .any(|(_, item)| item.in_table);
    add(counts, "plan gate table", usize::from(table));
    add(counts, "plan violations", facts.violations.len());
}

fn of_tasks(facts: &Document, text: &str, counts: &mut Counts) {
    for (_, item) in facts.items_of(ItemKind::Task) {
        let Some(task) = &item.task else { continue };
        if item.id.is_empty() {
            add(counts, "task without id", 1);
            continue;
        }
        if task.missing_checkbox {
            add(counts, "task without checkbox", 1);
            continue;
        }
        add(counts, "task", 1);
        add(counts, format!("task shape {}", shape(&item.id)), 1);
        let state = match task.state {
            TaskState::Open => "open".to_owned(),
            TaskState::Done => format!("done {}", text::slice(text, task.state_range)),
            TaskState::Other(mark) => format!("other {mark}"),
        };
        add(counts, format!("task state {state}"), 1);
        add(counts, "task indented", usize::from(task.indent > 0));
        add(
            counts,
            "task parallel",
            usize::from(task.parallel.is_some()),
        );
        add(
            counts,
            "task labelled",
            usize::from(!task.stories.is_empty()),
        );
        let line = first_line(text, item);
        let before = &text[..usize::from(item.id_range.start())];
        add(counts, "task bold", usize::from(before.ends_with("**")));
        let named = facts.paths_in(line);
        add(counts, "task with path", usize::from(!named.is_empty()));
        let mut mentions = facts.mentions_in(line).iter();
        let cites = mentions.any(|mention| {
            ["FR", "NFR", "SC"]
                .iter()
                .any(|prefix| mention.key.starts_with(prefix))
        });
        add(counts, "task citing", usize::from(cites));
        if let (Some(parallel), Some(story)) = (task.parallel, task.stories.first()) {
            let reversed = story.range.start() < parallel.start();
            add(counts, "task label order reversed", usize::from(reversed));
        }
    }
}

fn first_line(text: &str, item: &Item) -> text::TextRange {
    let start = usize::from(item.range.start());
    let end = usize::from(item.range.end());
    let line = text[start..end].find(['\n', '\r']).unwrap_or(end - start);
    text::span(start, start + line)
}

/// Which requirements tasks cite, which stories have tasks.
fn coverage(feature: &Feature, counts: &mut Counts) {
    let (Some(spec), Some(tasks)) = (feature.spec(), feature.tasks_document()) else {
        return;
    };
    let facts = tasks.facts();
    if facts.items_of(ItemKind::Task).next().is_none() {
        return;
    }
    add(counts, "with tasks", 1);
    let cited: FxHashSet<&str> = facts
        .mentions
        .iter()
        .filter(|mention| mention.qualifier.is_none())
        .map(|mention| mention.key.as_str())
        .collect();
    let required: FxHashSet<&str> = spec
        .facts()
        .items_of(ItemKind::Requirement)
        .map(|(_, item)| item.id.as_str())
        .filter(|id| id.starts_with("FR"))
        .collect();
    let named = required.iter().filter(|id| cited.contains(*id)).count();
    add(counts, "FR", required.len());
    add(counts, "FR cited in tasks", named);
    add(counts, "features citing no FR", usize::from(named == 0));
    let all = named == required.len() && named > 0;
    add(counts, "features citing all FR", usize::from(all));
    let labels: FxHashSet<&str> = facts
        .items_of(ItemKind::Task)
        .filter_map(|(_, item)| item.task.as_ref())
        .flat_map(|task| task.stories.iter().map(|label| label.text.as_str()))
        .collect();
    let stories: FxHashSet<&str> = spec
        .facts()
        .items_of(ItemKind::Story)
        .map(|(_, item)| item.id.as_str())
        .collect();
    if !labels.is_empty() && !stories.is_empty() {
        add(counts, "stories", stories.len());
        let without = stories.difference(&labels).count();
        add(counts, "stories without labelled task", without);
        let unknown = labels.difference(&stories).count();
        add(counts, "labels without story", unknown);
    }
    let tasks = facts
        .items_of(ItemKind::Task)
        .filter_map(|(_, item)| item.task.as_ref());
    let open = tasks.filter(|task| task.state != TaskState::Done).count();
    add(counts, "all ticked", usize::from(open == 0));
    let draft = spec
        .facts()
        .metas
        .iter()
        .any(|meta| meta.key == "Status" && spec.slice(meta.value_range).starts_with("Draft"));
    add(
        counts,
        "all ticked and draft",
        usize::from(open == 0 && draft),
    );
}

fn references(feature: &Feature, counts: &mut Counts) {
    for reference in &feature.references {
        let Some(document) = feature.document(reference.file) else {
            continue;
        };
        let mention = &document.facts().mentions[reference.mention as usize];
        let counted = mention.key.starts_with("FR") && mention.qualifier.is_none();
        if !counted || document.kind == DocumentKind::Spec {
            continue;
        }
        match &reference.target {
            Target::Items(..) => add(counts, "FR mention known", 1),
            Target::Undefined(of) if *of == feature.id => add(counts, "FR mention unknown", 1),
            _ => add(counts, "FR mention elsewhere", 1),
        }
    }
}

/// Where the paths of tasks lead.
fn files(feature: &Feature, graph: &trace::Graph, counts: &mut Counts) {
    let Some(tasks) = feature.tasks_document() else {
        return;
    };
    for links in &feature.tasks {
        let Some(item) = tasks.facts().items.get(links.item as usize) else {
            continue;
        };
        let Some(task) = item.task.as_ref().filter(|task| !task.missing_checkbox) else {
            continue;
        };
        let state = match task.state {
            TaskState::Done => "done",
            _ => "open",
        };
        let mut named = 0;
        let (mut there, mut never) = (0, 0);
        for link in &feature.paths[links.paths.start as usize..links.paths.end as usize] {
            let path = &tasks.facts().paths[link.mention as usize];
            if path.glob || path.path.ends_with('/') || !path.path.contains('.') {
                continue;
            }
            named += 1;
            let root = &feature.project.path;
            let how = match &link.resolution {
                Resolution::File(file) => {
                    let at = graph.inputs().tree.path_str(*file);
                    let exact = at.strip_prefix(root.as_str()).is_some_and(|below| {
                        below.trim_start_matches('/') == path.path.trim_start_matches("./")
                    });
                    if exact { "exact" } else { "suffix" }
                }
                Resolution::Directory(_) | Resolution::SeveralDirectories => "directory",
                Resolution::Several(_) => "suffix",
                Resolution::Outside => "outside",
                Resolution::Unread => "unread",
                Resolution::Missing(Fate::Present) => "exact",
                Resolution::Missing(Fate::Moved { .. }) => "moved",
                Resolution::Missing(
                    Fate::Deleted { .. } | Fate::Removed { .. } | Fate::Existed,
                ) => "deleted",
                Resolution::Missing(Fate::Never { .. }) => "never",
                Resolution::Missing(_) => "unknown",
            };
            there += usize::from(matches!(how, "exact" | "suffix"));
            never += usize::from(how == "never");
            add(counts, format!("{state} path {how}"), 1);
        }
        if named > 0 {
            add(counts, format!("{state} tasks with files"), 1);
            add(
                counts,
                format!("{state} tasks, all files there"),
                usize::from(there == named),
            );
            add(
                counts,
                format!("{state} tasks, no file ever"),
                usize::from(never == named),
            );
        }
    }
}
