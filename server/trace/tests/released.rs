//! Whether a version of the repository has what an item has now.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use std::sync::Arc;

use documents::DocumentKind;
use fixture::Fixture;
use trace::{DocumentFile, Released, Seen, SourceFile, Version, first_release};

const SPEC: &str = "//- /specs/001-a/spec.md
## Requirements
- **FR-001**: Codes are sent.
";
const TASKS: &str = "//- /specs/001-a/tasks.md
## Phase 1: Work
- [x] T001 Send codes with `send_code` (FR-001)
";
const CODE: &str = "//- /src/codes.rs
pub fn send_code() {}
";

/// What a tag has; what cannot be read says so in its text.
struct Tag(Fixture);

impl Tag {
    fn seen<T>(&self, path: &str, found: impl FnOnce(&Fixture) -> Option<T>) -> Seen<T> {
        let text = self.0.files.iter().find(|(each, _)| each == path);
        match text {
            Some((_, text)) if text.contains("unreadable") => Seen::Unreadable,
            Some(_) => found(&self.0).map_or(Seen::Missing, Seen::There),
            None => Seen::Missing,
        }
    }
}

impl Version for Tag {
    fn has(&self, path: &str) -> Seen<()> {
        self.seen(path, |_| Some(()))
    }

    fn document(&self, path: &str, _: DocumentKind) -> Seen<Arc<DocumentFile>> {
        let documents = |fixture: &Fixture| {
            let file = fixture.file(path);
            fixture.graph.inputs().documents.get(&file).cloned()
        };
        self.seen(path, documents)
    }

    fn source(&self, path: &str) -> Seen<Arc<SourceFile>> {
        let sources = |fixture: &Fixture| {
            let file = fixture.file(path);
            fixture.graph.inputs().sources.get(&file).cloned()
        };
        self.seen(path, sources)
    }
}

/// Which of two releases has FR-001 of `now`: `v1`, whose files are `then`, or `v2`, which is as it is now.
fn release(now: &str, then: &str) -> String {
    let now = Fixture::parse(now);
    let item = now.graph.features()[0].defined("FR-001")[0];
    let wanted = now.graph.implementation(item).unwrap();
    let first = Tag(Fixture::parse(then));
    let second = Tag(now);
    let tags = [
        ("v1", "1111111", &first as &dyn Version),
        ("v2", "2222222", &second),
    ];
    match first_release(&wanted, tags) {
        Released::In { tag, perhaps, .. } => match perhaps {
            Some(earlier) => format!("{tag}, perhaps {earlier}"),
            None => tag,
        },
        Released::No { tags } => format!("none of {tags}"),
        Released::Unknown(why) => why,
    }
}

#[test]
fn tasks_are_ticked_and_the_code_is_there() {
    let now = format!("{SPEC}{TASKS}{CODE}");
    assert_eq!(release(&now, &now), "v1");
    for (what, then) in [
        ("an open task", now.replace("[x]", "[ ]")),
        ("no tasks", format!("{SPEC}{CODE}")),
        (
            "another task",
            now.replace("T001 Send codes with `send_code`", "T002 Draw"),
        ),
    ] {
        assert_eq!(release(&now, &then), "v2", "{what}");
    }
    for (what, then) in [
        ("another symbol", now.replace("fn send_code", "fn other")),
        ("no file of code", format!("{SPEC}{TASKS}")),
        ("other words", now.replace("Send codes", "Send all codes")),
    ] {
        assert_eq!(release(&now, &then), "v2, perhaps v1", "{what}");
    }
    assert_eq!(
        release(&now, &now.replace("pub fn", "// unreadable\npub fn")),
        "git objects of v1 cannot be read"
    );
}

#[test]
fn a_number_that_is_the_same_counts_before_its_words() {
    let twice = "- [ ] T002 Send codes with `send_code` (FR-001)\n";
    let now = format!("{SPEC}{TASKS}{CODE}");
    assert_eq!(release(&now, &format!("{SPEC}{TASKS}{twice}{CODE}")), "v1");
    let renumbered = now.replace("T001", "T007");
    assert_eq!(release(&now, &renumbered), "v1");
}

#[test]
fn without_tasks_the_item_and_its_mention_count() {
    let now = format!("{SPEC}{}", CODE.replace("pub fn", "// 001/FR-001\npub fn"));
    assert_eq!(release(&now, &now), "v1");
    let unmentioned = format!("{SPEC}{CODE}");
    assert_eq!(release(&now, &unmentioned), "v2");
    let renumbered = now.replace("**FR-001**", "**FR-002**");
    assert_eq!(release(&now, &renumbered), "v1", "in the same words");
    let undefined = renumbered.replace("Codes are sent", "Codes are drawn");
    assert_eq!(release(&now, &undefined), "v2");
}
