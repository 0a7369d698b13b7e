use fixture::Fixture;

use super::{findings, fixed, fixes, knows, says};

const CODE: &str = "malformed-id";

fn spec(odd: &str) -> String {
    format!(
        "//- /specs/001-a/spec.md\n# A\n\n## Requirements\n\n- **FR-001**: One.\n- **FR-002**: Two.\n- **FR-003**: Three.\n{odd}\n"
    )
}

#[test]
fn an_id_that_is_written_otherwise() {
    for (odd, covered) in [
        ("- **FR_004**: Four.", "FR_004"),
        ("- **FR004**: Four.", "FR004"),
        ("- **FR 004**: Four.", "FR 004"),
        ("* **fr-004:** Four.", "fr-004"),
        ("- **FR-4**: Four.", "FR-4"),
        ("- **FR-04** Four.", "FR-04"),
        ("- **FR-0004**: Four.", "FR-0004"),
        ("- **FR–004**: Four 🎉.", "FR–004"),
        ("  - **FR-OO4**: Four.", "FR-OO4"),
    ] {
        assert_eq!(
            says(CODE, &spec(odd)),
            [format!(
                "[{covered}] `{covered}` is written otherwise than the 3 other FR ids of spec.md, such as `FR-001`."
            )]
        );
        assert!(
            fixed(CODE, &spec(odd)).ends_with(&format!("{}\n", odd.replace(covered, "FR-004")))
        );
    }
}

#[test]
fn it_is_a_finding_of_the_requirement() {
    let fixture = Fixture::parse(&spec("- **FR-04** Four."));
    let found = findings(CODE, &fixture);
    let items = found
        .iter()
        .map(|each| each.item.as_ref().map(ToString::to_string));
    assert_eq!(
        items.collect::<Vec<_>>(),
        [Some("specs/001-a#FR-04".to_owned())]
    );
}

#[test]
fn other_shapes_of_ids_are_accepted() {
    for fine in [
        "- **FR-003a**: Part.",
        "- **FR-A1**: Group.",
        "- **FR-1.2**: Part.",
        "- **FR-INV-001**: Group.",
        "- **FR-1000**: Thousand.",
        "- **NFR-1**: Other letters.",
        "- **Frozen**: Words.",
        "- **Fr 4**: Words.",
        "- FR_004 is what the old spec called it.",
        "| FR-04 | Four |",
        "```text\n- **FR_004**: Four.\n```",
        "\n## Notes\n\n- **FR-4**: what the meeting said.",
    ] {
        assert!(says(CODE, &spec(fine)).is_empty(), "{fine}");
    }
    assert_eq!(knows(CODE, &spec("")).0, 3);
}

#[test]
fn a_document_of_another_habit() {
    for text in [
        "- **FR-1**: One.\n- **FR-2**: Two.\n- **FR-3**: Three.\n- **FR-4**: Four.",
        "- **FR-001**: One.\n- **FR-002**: Two.\n- **FR-03**: Three.",
        "- **FR-001**: One.\n- **FR-002**: Two.\n- **FR-003**: Two.\n- **FR-04**: Three.\n- **FR-05**: Three.",
    ] {
        let text = format!("//- /specs/001-a/spec.md\n# A\n\n## Requirements\n\n{text}\n");
        assert!(says(CODE, &text).is_empty(), "{text}");
    }
}

#[test]
fn no_fix_where_the_number_is_taken_or_the_id_is_cited() {
    for odd in [
        "- **FR_003**: Three.",
        "- **FR_004**: Four.\n\nSee FR-004.",
        "- **FR_004**: Four.\n\nSee FR_004.",
    ] {
        assert_eq!(says(CODE, &spec(odd)).len(), 1);
        assert!(fixes(CODE, &spec(odd)).is_empty(), "{odd}");
    }
}

#[test]
fn a_letter_of_a_series_is_no_digit() {
    let series = "- **FR-020k**: K.\n- **FR-020l**: L.\n- **FR-020m**: M.";
    assert!(
        says(CODE, &spec(series)).is_empty(),
        "{:?}",
        says(CODE, &spec(series))
    );
    assert_eq!(says(CODE, &spec("- **FR-02l**: L.")).len(), 1);
}
