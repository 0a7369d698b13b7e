//! The skeleton of a contract beside a new plan: operations that the spec names.
#![expect(
    clippy::needless_pass_by_value,
    reason = "`expect!` is written where it is used"
)]
#![expect(clippy::unwrap_used, reason = "a test's own text")]
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use documents::ItemKind;
use expect_test::{Expect, expect};
use fixture::Fixture;
use generate::{Known, Planned, plan};
use rules::Checked;
use text::FileId;
use trace::{FeatureId, Services};

const SPEC: &str = "\
//- /.specify/memory/constitution.md
# Constitution
//- /specs/004-lockers/spec.md
# Feature Specification: Parcel \"Lockers\"

### User Story 1 - Deposit a parcel (Priority: P1)

A courier puts a parcel into a compartment.

**Acceptance Scenarios**:

1. **Given** a parcel, **When** the courier calls `POST /api/lockers/:id/deposits`, **Then** it is taken.
2. **Given** a code, **When** GET /api/lockers/{id} is called, **Then** the door is told.

## Requirements

- **FR-001**: System MUST answer GET /api/lockers/{id}.
- **FR-002**: Clients POST `/api/codes?short=1`, and TARGET /no/method.

### Key Entities

- **Parcel**: what is sent: code, weight.
- **Opening Code**: what opens a door.
";

const ROUTES: &str = "\
//- /src/app.ts
import express from 'express';
const app = express();
export interface Parcel {
  code: string;
  weight?: number;
}
app.get('/api/lockers/:id', (req, res) => res.json({}));
app.listen(1);
";

fn planned(text: &str) -> (Fixture, FeatureId, Option<Planned>) {
    let fixture = Fixture::parse(text);
    let services = Services::of(&fixture.graph, &[] as &[(FileId, code::Manifest)]);
    let known = Known {
        services: &services,
        manifests: &[],
        today: Some("2026-11-23"),
    };
    let features = fixture.graph.features();
    let feature = features
        .iter()
        .find(|it| it.name == "004-lockers")
        .unwrap()
        .id;
    let done = plan(&fixture.graph, feature, &known);
    (fixture, feature, done)
}

/// Findings, but for questions in documents.
fn findings(fixture: &Fixture) -> Vec<String> {
    let checked = Checked::new(&fixture.graph);
    let features = fixture.graph.features().iter();
    let all = features.filter_map(|it| Some((it, checked.of(it.id)?)));
    let found = all.flat_map(|(feature, all)| {
        let told = all.findings.iter();
        told.map(|it| format!("{} {}", it.code, it.fingerprint(&feature.path)))
    });
    found
        .filter(|it| !it.starts_with("unresolved-clarification"))
        .collect()
}

#[track_caller]
fn check(text: &str, path: &str, expected: Expect) {
    let (before, _, done) = planned(text);
    let done = done.unwrap();
    let new = done
        .documents
        .iter()
        .find(|it| it.path.contains("/contracts/"));
    let new = new.unwrap();
    assert_eq!(new.path, format!("specs/004-lockers/contracts/{path}"));
    expected.assert_eq(&new.text);
    let questions = new.text.matches("[NEEDS CLARIFICATION: ").count();
    assert_eq!(questions, new.questions.len());
    let drawn = &done.documents[0].text;
    assert!(drawn.contains("├── contracts/"), "{drawn}");

    let mut with = text.to_owned();
    for new in &done.documents {
        with = format!("{with}//- /{}\n{}", new.path, new.text);
    }
    let (after, feature, again) = planned(&with);
    assert_eq!(again, None, "twice");
    let known = findings(&before);
    let mut fresh = findings(&after);
    fresh.retain(|it| !known.contains(it));
    assert_eq!(fresh, Vec::<String>::new());
    let feature = after.graph.feature(feature).unwrap();
    let contract = feature.documents.iter().find(|it| it.kind.is_contract());
    let facts = contract.unwrap().facts();
    let operations = facts.items_of(ItemKind::Operation);
    let operations: Vec<&str> = operations.map(|(_, it)| it.id.as_str()).collect();
    assert_eq!(
        operations,
        [
            "POST /api/codes",
            "GET /api/lockers/{id}",
            "POST /api/lockers/{id}/deposits"
        ]
    );
}

#[test]
fn operations_that_the_spec_names_where_the_code_has_routes() {
    check(
        &format!("{SPEC}{ROUTES}"),
        "api.yaml",
        expect![[r##"
        # Operations that spec.md names; from code facts, no AI.

        openapi: 3.1.0
        info:
          title: "Parcel \"Lockers\""
          version: 0.1.0
        paths:
          /api/codes:
            post:
              description: "FR-002"
              responses:
                default:
                  description: "[NEEDS CLARIFICATION: What does POST /api/codes take, what does it answer, and with which status?]"
          /api/lockers/{id}:
            get:
              description: "FR-001, US1/AC2; served in `src/app.ts`"
              parameters:
                - name: id
                  in: path
                  required: true
                  schema: {}
              responses:
                default:
                  description: "[NEEDS CLARIFICATION: What does GET /api/lockers/{id} take, what does it answer, and with which status?]"
          /api/lockers/{id}/deposits:
            post:
              description: "US1/AC1"
              parameters:
                - name: id
                  in: path
                  required: true
                  schema: {}
              responses:
                default:
                  description: "[NEEDS CLARIFICATION: What does POST /api/lockers/{id}/deposits take, what does it answer, and with which status?]"
        components:
          schemas:
            Parcel:
              type: object
              description: "what is sent: code, weight."
              properties:
                code: {}
                weight: {}
            OpeningCode:
              type: object
              description: "what opens a door."
    "##]],
    );
}

#[test]
fn as_the_project_s_other_contracts() {
    let other = "\
//- /specs/003-codes/spec.md
# Feature Specification: Codes
//- /specs/003-codes/contracts/openapi.yml
openapi: \"3.0.3\" # as agreed
info: {title: Codes, version: '1'}
paths:
  /codes: {get: {responses: {'200': {description: ok}}}}
";
    check(
        &format!("{SPEC}{other}"),
        "openapi.yml",
        expect![[r##"
        # Operations that spec.md names; from code facts, no AI.

        openapi: 3.0.3
        info:
          title: "Parcel \"Lockers\""
          version: 0.1.0
        paths:
          /api/codes:
            post:
              description: "FR-002"
              responses:
                default:
                  description: "[NEEDS CLARIFICATION: What does POST /api/codes take, what does it answer, and with which status?]"
          /api/lockers/{id}:
            get:
              description: "FR-001, US1/AC2"
              parameters:
                - name: id
                  in: path
                  required: true
                  schema: {}
              responses:
                default:
                  description: "[NEEDS CLARIFICATION: What does GET /api/lockers/{id} take, what does it answer, and with which status?]"
          /api/lockers/{id}/deposits:
            post:
              description: "US1/AC1"
              parameters:
                - name: id
                  in: path
                  required: true
                  schema: {}
              responses:
                default:
                  description: "[NEEDS CLARIFICATION: What does POST /api/lockers/{id}/deposits take, what does it answer, and with which status?]"
        components:
          schemas:
            Parcel:
              type: object
              description: "what is sent: code, weight."
            OpeningCode:
              type: object
              description: "what opens a door."
    "##]],
    );
}

#[test]
fn where_nothing_tells_the_format_it_is_asked_and_nothing_is_written_over() {
    let (_, _, done) = planned(SPEC);
    let done = done.unwrap();
    assert!(
        !done
            .documents
            .iter()
            .any(|it| it.path.contains("contracts"))
    );
    let asked: Vec<&String> = done
        .questions
        .iter()
        .filter(|it| it.contains("format"))
        .collect();
    let question = "In which format is the contract of `POST /api/codes`, `GET /api/lockers/{id}`, \
                    `POST /api/lockers/{id}/deposits` kept?";
    assert_eq!(asked, [question]);
    let own = "//- /specs/004-lockers/contracts/wire.proto\nsyntax = \"proto3\";\n";
    for text in [
        format!("{SPEC}{own}"),
        format!("{SPEC}{ROUTES}{own}"),
        SPEC.replace("/api/", "api "),
    ] {
        let done = planned(&text).2.unwrap();
        assert!(
            !done
                .documents
                .iter()
                .any(|it| it.path.contains("contracts"))
        );
        assert!(!done.questions.iter().any(|it| it.contains("format")));
    }
}
