//! Which ids a line names: one table row per form.

use grammar::{Mention, TextSize, mentions, mentions_in_identifier};

/// `key@written`, then what is special: `^story`, `<feature>` (`<feature/>` from a path), `..` in a range,
/// `?` without bytes of its own, `!` not standard.
fn show(text: &str, found: &[Mention]) -> String {
    let shown: Vec<String> = found
        .iter()
        .map(|m| {
            let mut line = m.key.to_string();
            let written = &text[m.range];
            if written != m.key {
                line = format!("{line}@{written}");
            }
            if let Some((key, range)) = &m.story {
                line = format!("{line}^{key}({})", &text[*range]);
            }
            if let Some(q) = &m.qualifier {
                line = format!("{line}<{}{}>", q.feature, if q.path { "/" } else { "" });
            }
            if m.in_range {
                line += "..";
            }
            if !m.written {
                line += "?";
            }
            if !m.standard {
                line += "!";
            }
            line
        })
        .collect();
    shown.join(" | ")
}

fn read(text: &str) -> String {
    let mut found = Vec::new();
    mentions(text, TextSize::new(0), &mut found);
    show(text, &found)
}

#[track_caller]
fn table(rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(text, want)| read(text) != *want)
        .map(|(text, want)| format!("{text:?}\n  want {want}\n  got  {}", read(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn letters_behind_a_task_make_another_one() {
    table(&[
        ("T076-I: tests", "T076-I"),
        ("T076-I.1 and T076-I.2", "T076-I.1 | T076-I.2"),
        ("(T025-NEW)", "T025-NEW"),
        ("T076-I/T077", "T076-I | T077"),
        ("T001-T003", "T001.. | T002@T001-T003..? | T003.."),
        ("T001-004-T", "T001"),
        ("T001-US2", "T001 | US2"),
        ("T102-S1", "T102-S1"),
        ("T102-S1.2, T102-S2.1", "T102-S1.2 | T102-S2.1"),
        ("T102-S1/T103", "T102-S1 | T103"),
        // A priority, a word.
        ("T102-P1", "T102"),
        ("T102-S1a", "T102"),
        ("T102-S1-2", "T102"),
        // Words.
        ("T012-based", "T012"),
        ("T012-ABCDE", "T012"),
        (
            "FR-001-FR-003",
            "FR-001.. | FR-002@FR-001-FR-003..? | FR-003..",
        ),
        ("US2-AC1", "US2 | AC1^US2(US2)"),
    ]);
}

#[test]
fn single_ids() {
    table(&[
        ("FR-001", "FR-001"),
        ("**FR-001**: System MUST", "FR-001"),
        ("- **FR-016f** text", "FR-016f"),
        ("§FR-001, Spec §NFR-2", "FR-001 | NFR-2"),
        ("[FR-011](x)", "FR-011"),
        ("`FR-001`", "FR-001"),
        ("_Requirements: FR-001_", "FR-001"),
        (
            "FR-001a FR-A1 FR-V01 FR-1.1 FR1 NFR-2 EC-001",
            "FR-001a | FR-A1 | FR-V01 | FR-1.1 | FR1 | NFR-2 | EC-001",
        ),
        ("NFR-PERF-01", "NFR-PERF-01"),
        ("FR-1.1. Then", "FR-1.1"),
        ("FR-001.Then", "FR-001"),
        ("FR-001's FR-001-based", "FR-001 | FR-001"),
        ("AC-11 SC-002 CHK003", "AC-11 | SC-002 | CHK003"),
        (
            "T001 T10 T034k T-001 T-1 T1.2 T1000",
            "T001 | T10 | T034k | T-001 | T-1 | T1.2 | T1000",
        ),
        ("CN-001, UTF-8 and SHA-256", "CN-001! | UTF-8! | SHA-256!"),
        ("FR-001は必須", "FR-001"),
        ("根据FR-001实现", "FR-001"),
        ("FR-001을", "FR-001"),
        ("FR－００１", "FR-001@FR－００１"),
        (
            "ＦＲ－００１、ＦＲ－００２",
            "FR-001@ＦＲ－００１ | FR-002@ＦＲ－００２",
        ),
        ("FR‑001", "FR-001@FR‑001"),
        ("(T031A) FR-001A", "T031A | FR-001A"),
        (r#"spec = "\nFR-001 and\tT001""#, "FR-001 | T001"),
    ]);
}

#[test]
fn stories() {
    table(&[
        ("US1 [US1] US-1 US01", "US1 | US1 | US1@US-1 | US1@US01"),
        (
            "### User Story 3 - Title (Priority: P1)",
            "US3@User Story 3",
        ),
        ("Story 3a is done", "US3a@Story 3a"),
        ("Phase 2: User Story 2 + 3", "US2@User Story 2 | US3@3"),
        (
            "User Stories 1, 2 and 3",
            "US1@User Stories 1 | US2@2 | US3@3",
        ),
        ("ユーザーストーリー1 - 登録", "US1@ユーザーストーリー1"),
        ("用户故事 2", "US2@用户故事 2"),
        ("사용자 스토리 2", "US2@사용자 스토리 2"),
        ("Historia de Usuario 1", "US1@Historia de Usuario 1"),
        ("User Story 1, 200 users", "US1@User Story 1"),
        ("User Story 1/2", "US1@User Story 1 | US2@2"),
        (
            "User Stories 1-3",
            "US1@User Stories 1.. | US2@User Stories 1-3..? | US3@3..",
        ),
        ("### User Story 3 - 5 things", "US3@User Story 3"),
        ("history 3", ""),
    ]);
}

#[test]
fn criteria_of_stories() {
    table(&[
        ("US2-AC1", "US2 | AC1^US2(US2)"),
        ("per US1/AC2 (missing)", "US1 | AC2^US1(US1)"),
        ("US2 AC-11", "US2 | AC-11^US2(US2)"),
        (
            "US2-AC1..AC4",
            "US2 | AC1^US2(US2).. | AC2@AC1..AC4^US2(US2)..? | AC3@AC1..AC4^US2(US2)..? | AC4^US2(US2)..",
        ),
        ("US1 AC1 and AC2", "US1 | AC1^US1(US1) | AC2^US1(US1)"),
        ("US-17 / FR-098", "US17@US-17 | FR-098"),
        ("US1 works. AC2 does not", "US1 | AC2"),
    ]);
}

#[test]
fn lists() {
    table(&[
        ("FR-005/006/007", "FR-005 | FR-006@006 | FR-007@007"),
        ("FR-001, 002", "FR-001 | FR-002@002"),
        ("FR-001, 002/FR-003", "FR-001 | FR-003<002>"),
        ("FR-003/FR-004", "FR-003 | FR-004"),
        ("FR-001, FR-002 and FR-003", "FR-001 | FR-002 | FR-003"),
        ("SC-002/003", "SC-002 | SC-003@003"),
        ("FR-001, 002, 003", "FR-001 | FR-002@002 | FR-003@003"),
        ("FR-001、002", "FR-001 | FR-002@002"),
        ("FR-001, 200 ms", "FR-001"),
        ("FR-001/1000", "FR-001"),
        ("FR-B1/B2", "FR-B1 | FR-B2@B2"),
        ("T034a/b/c", "T034a | T034b@b | T034c@c"),
        ("T012, T013", "T012 | T013"),
    ]);
}

#[test]
fn ranges() {
    let t4_7 = |sep: &str| {
        let whole = format!("T004{sep}T007");
        format!("T004.. | T005@{whole}..? | T006@{whole}..? | T007..")
    };
    for sep in [
        "-",
        "–",
        "—",
        "〜",
        "～",
        "..",
        "...",
        "…",
        " to ",
        " through ",
        " – ",
        " - ",
        " 〜 ",
        "から",
    ] {
        let text = format!("(T004{sep}T007)");
        assert_eq!(read(&text), t4_7(sep), "{text}");
    }
    table(&[
        (
            "T004-007",
            "T004.. | T005@T004-007..? | T006@T004-007..? | T007@007..",
        ),
        (
            "FR-001..FR-003",
            "FR-001.. | FR-002@FR-001..FR-003..? | FR-003..",
        ),
        (
            "FR-1.1-FR-1.3",
            "FR-1.1.. | FR-1.2@FR-1.1-FR-1.3..? | FR-1.3..",
        ),
        ("[US1-US3]", "US1.. | US2@US1-US3..? | US3.."),
        ("US9-US11", "US9.. | US10@US9-US11..? | US11.."),
        ("T034a-c", "T034a.. | T034b@T034a-c..? | T034c@c.."),
        ("T034a..T034c", "T034a.. | T034b@T034a..T034c..? | T034c.."),
        (
            "**FR-001** to **FR-003**",
            "FR-001.. | FR-002@FR-001** to **FR-003..? | FR-003..",
        ),
        ("T007-T004", "T007 | T004"),
        ("T004-FR-007", "T004 | FR-007"),
        ("FR-001 → FR-003", "FR-001 | FR-003"),
        ("T001-T900", "T001 | T900"),
        ("AC-1-2", "AC-1-2"),
    ]);
}

#[test]
fn qualifiers() {
    table(&[
        ("083/FR-008", "FR-008<083>"),
        ("006/FR-012, FR-013", "FR-012<006> | FR-013<006>"),
        ("Spec 083 US2, FR-008", "US2<083> | FR-008<083>"),
        ("spec-083: FR-001", "FR-001<083>"),
        (
            "SPEC-1921 US-17 / FR-098",
            "US17@US-17<1921> | FR-098<1921>",
        ),
        (
            "SPEC-1939 US-2 AC-11",
            "US2@US-2<1939> | AC-11^US2(US-2)<1939>",
        ),
        ("feature 027 T042", "T042<027>"),
        ("see specs/018-foo/spec.md FR-003", "FR-003<018-foo/>"),
        ("018-foo FR-003", "FR-003<018-foo>"),
        ("018 FR-003, FR-004", "FR-003<018> | FR-004<018>"),
        ("404 FR-003", "FR-003"),
        ("0180 FR-003", "FR-003"),
        ("018  FR-003", "FR-003"),
        ("018-foo/FR-003", "FR-003<018-foo>"),
        ("018-foo/spec.md FR-003", "FR-003<018-foo/>"),
        ("specs/018-foo/contracts/x.md#FR-003", "FR-003<018-foo/>"),
        ("FR-008 of Spec 083", "FR-008<083>"),
        ("FR-003, FR-004 (feature 018)", "FR-003<018> | FR-004<018>"),
        (
            "FR-003 (Spec 018), FR-007 here",
            "FR-003<018> | FR-007<018>",
        ),
        ("From Spec 083. FR-008 is ours", "FR-008"),
        ("From Spec 083. FR-008, FR-009 are ours", "FR-008 | FR-009"),
        (
            "083/FR-008 is theirs, FR-009 and FR-010 ours",
            "FR-008<083> | FR-009 | FR-010",
        ),
        ("FR-001: 100-line limit, FR-002", "FR-001 | FR-002"),
        ("(Spec 041 US4)", "US4<041>"),
        (
            "specs/20260102-030405-foo/ FR-001",
            "FR-001<20260102-030405-foo/>",
        ),
        ("Feature #27: FR-001", "FR-001<27>"),
    ]);
}

#[test]
fn what_is_no_id() {
    table(&[
        ("P1 is a priority, (P2)", ""),
        ("US dollars, AC current, T1, T5", ""),
        ("EC2 H264 R1 S3 OAuth2 HTTP2", ""),
        ("at 2026-01-01T10:30 and T10:30", ""),
        ("https://example.com/FR-001?x=T001", ""),
        ("S002-T003.WAV", ""),
        ("xFR-001 FR-001x1 FR_001 TestX_FR007", ""),
        ("FR-1234567", ""),
        ("1.2.3 and 50%", ""),
    ]);
}

#[test]
fn an_id_that_begins_inside_the_name_of_a_feature_has_no_feature() {
    let found = read("voir sp/0119-f-récit utilisateur 8");
    assert_eq!(found, "US8@récit utilisateur 8");
}

#[test]
fn names_of_tests() {
    for (name, want) in [
        ("TestX_FR007", "FR-007@FR007"),
        ("test_fr004_prefers_disk", "FR-004@fr004"),
        ("test_fr_004_prefers_disk", "FR-004@fr_004"),
        ("TestFR007Handler", "FR-007@FR007"),
        ("TestUS2_T012", "US2 | T012"),
        ("test_t012_runs", "T012@t012"),
        ("test_sc_001_and_nfr02", "SC-001@sc_001 | NFR-02@nfr02"),
        ("test_offr004", ""),
        ("utf8_base64_t12", ""),
        ("status404", ""),
        ("test_fr004ab", ""),
        ("FR016fR02", "FR-016f@FR016f"),
    ] {
        let mut found = Vec::new();
        mentions_in_identifier(name, TextSize::new(0), &mut found);
        assert_eq!(show(name, &found), want, "{name}");
    }
}

#[test]
fn offsets_are_counted_from_the_base() {
    let mut found = Vec::new();
    mentions("é FR-001", TextSize::new(100), &mut found);
    assert_eq!(u32::from(found[0].range.start()), 103);
    assert_eq!(u32::from(found[0].range.end()), 109);
}
