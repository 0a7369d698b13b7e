use super::*;

const TASKS: &str = "# Tasks\n\n## Phase 1: User Story 2 - Say it\n\n```\n- [ ] T000 no task\n```\n\
                     <!--\n- [ ] T000 no task\n-->\n- [x] T001 [P] [US2] Write `src/a/b.py` and tests/b.py\n  - more\n- [ ] **T002** Go\n";

fn tasks() -> Document {
    Document::new("specs/1/tasks.md", "specs/1", Role::Tasks, TASKS.to_owned())
}

#[test]
fn tasks_outside_fences_and_comments() {
    let document = tasks();
    let read = document.tasks();
    let text = |range: &Range<usize>| &document.text[range.clone()];
    assert_eq!(
        read.iter().map(|task| text(&task.id)).collect::<Vec<_>>(),
        ["T001", "T002"]
    );
    let [first, second] = read.as_slice() else {
        unreachable!()
    };
    assert!(first.ticked && !second.ticked);
    assert_eq!(text(&first.checkbox), "[x] ");
    assert_eq!(
        first.paths.iter().map(text).collect::<Vec<_>>(),
        ["src/a/b.py", "tests/b.py"]
    );
    assert_eq!(first.labels.iter().map(text).collect::<Vec<_>>(), ["[US2]"]);
    assert_eq!(first.parallel.as_ref().map(text), Some("[P]"));
    assert_eq!(first.under, Some(2));
    assert_eq!(document.behind_item(first.line), first.line + 2);
}

#[test]
fn edits_leave_every_other_byte() {
    let document = tasks();
    let task = &document.tasks()[1];
    let ticked = document.with(&[(task.state..task.state + 1, "x".to_owned())]);
    assert_eq!(ticked, TASKS.replace("[ ] **T002**", "[x] **T002**"));
    assert_eq!(
        document.with_lines(2, &["one"]),
        TASKS.replacen("## Phase", "one\n## Phase", 1)
    );
    assert_eq!(document.without_lines(|_| false), TASKS);
    let crlf = Document::new("t", "f", Role::Tasks, "a\r\nb".to_owned());
    assert_eq!(crlf.with_lines(2, &["c"]), "a\r\nb\r\nc\r\n");
}

#[test]
fn stories_and_sections() {
    let document = tasks();
    let stories = document.stories();
    assert_eq!(stories.len(), 1);
    assert_eq!(
        (stories[0].number, &document.text[stories[0].name.clone()]),
        (2, "User Story 2")
    );
    assert!(story_in("## User Story 3a").is_none());
    let headings = document.headings();
    assert_eq!(document.section(&headings[1]), 2..document.lines.len());
    assert_eq!(document.above(11).len(), 2);
}
