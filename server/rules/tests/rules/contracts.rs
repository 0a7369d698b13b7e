//! What the rules on contracts say of a small service, and what they leave unsaid.

use super::{knows, related, says, severities};

const FEATURE: &str = "//- /specs/001-parcels/spec.md\n# Feature Specification: Parcels\n";
const DONE: &str = "//- /specs/001-parcels/tasks.md\n# Tasks: Parcels\n\n## Phase 1: Work\n\n- [x] T001 Serve it\n";
const OPEN: &str = "//- /specs/001-parcels/tasks.md\n# Tasks: Parcels\n\n## Phase 1: Work\n\n- [x] T001 Serve it\n- [ ] T002 More\n";
const API: &str = "//- /specs/001-parcels/contracts/api.yaml
openapi: 3.1.0
info: { title: Parcels, version: '1' }
paths:
  /parcels:
    get: { responses: { '200': { description: x } } }
    post: { responses: { '201': { description: x } } }
  /parcels/{code}:
    get: { responses: { '200': { description: x } } }
    delete: { responses: { '204': { description: x } } }
";
const CODE: &str = "//- /app/main.py
from fastapi import FastAPI
app = FastAPI()

@app.get('/parcels')
def all(): ...

@app.post('/parcels')
def add(): ...

@app.get('/parcels/{code}')
def find(code): ...
";

#[test]
fn an_operation_without_a_route() {
    let code = "operation-without-route";
    let workspace = format!("{FEATURE}{DONE}{API}{CODE}");
    assert_eq!(
        says(code, &workspace),
        [
            "[delete] `DELETE /parcels/{code}` has no route; `/parcels/{code}` in `app/main.py` answers GET only."
        ]
    );
    assert_eq!(related(code, &workspace), ["/parcels/{code}"]);
    assert_eq!(knows(code, &workspace), (4, Vec::new()));
    let open = format!("{FEATURE}{OPEN}{API}{CODE}");
    assert_eq!(says(code, &open), Vec::<String>::new());
    assert_eq!(knows(code, &open), (0, Vec::new()));
}

#[test]
fn what_is_not_plain_text_is_unknown() {
    let code = "operation-without-route";
    for more in [
        "@app.delete(PATH)\ndef drop(code): ...\n",
        "app.include_router(make_router())\n",
        "@app.api_route('/parcels/{code}', methods=METHODS)\ndef drop(code): ...\n",
    ] {
        let workspace = format!("{FEATURE}{DONE}{API}{CODE}{more}");
        assert_eq!(says(code, &workspace), Vec::<String>::new(), "{more}");
        let (_, unknown) = knows(code, &workspace);
        assert_eq!(unknown.len(), 1, "{more}");
    }
    let nothing = format!("{FEATURE}{DONE}{API}");
    assert_eq!(
        knows(code, &nothing).1,
        ["no operation of its contract has a route in code (1)"]
    );
}

#[test]
fn a_route_without_an_operation() {
    let code = "route-without-operation";
    let all = format!(
        "{CODE}\n@app.delete('/parcels/{{code}}')\ndef drop(code): ...\n\n@app.post('/parcels/{{code}}/reset')\ndef reset(code): ...\n"
    );
    assert_eq!(
        says(code, &format!("{FEATURE}{DONE}{API}{all}")),
        [
            "[paths] `POST /parcels/{code}/reset` in `app/main.py` is in no contract; 4 of 5 routes of its service are in this one."
        ]
    );
    // Three of four say little.
    assert_eq!(
        says(code, &format!("{FEATURE}{DONE}{API}{CODE}")),
        Vec::<String>::new()
    );
    let other = "//- /specs/002-reset/spec.md
# Feature Specification: Reset
//- /specs/002-reset/contracts/api.yaml
openapi: 3.1.0
paths:
  /parcels/{id}/reset:
    post: { responses: { '200': { description: x } } }
";
    assert_eq!(
        says(code, &format!("{FEATURE}{DONE}{API}{all}{other}")),
        Vec::<String>::new()
    );
}

const SHAPE: &str = "openapi: 3.1.0
info: { title: Parcels, version: '1' }
paths:
  /parcels/{code}:
    get:
      operationId: findParcel
      responses:
        '200': { description: x, content: { application/json: { schema: { $ref: '#/components/schemas/Parcel' } } } }
components:
  schemas:
    Parcel:
      type: object
      properties:
        code: { type: string }
        email: { type: string }
";

fn changed(from: &str, to: &str) -> String {
    assert!(SHAPE.contains(from));
    let now = SHAPE.replace(from, to);
    format!(
        "{FEATURE}//- /specs/001-parcels/contracts/api.yaml\n{now}//- base /specs/001-parcels/contracts/api.yaml\n{SHAPE}"
    )
}

const READER: &str = "//- shop:/src/track.ts
export async function track(code: string) {
  const parcel = await (await fetch(`https://parcels.example/parcels/${code}`)).json();
  return parcel.email;
}
";

#[test]
fn a_change_that_breaks_consumers() {
    let code = "contract-breaking-change";
    let workspace = changed("email:", "mail:") + READER;
    assert_eq!(
        says(code, &workspace),
        ["[mail] `email` of `Parcel` is `mail` since the merge base; used by shop (1)."]
    );
    assert_eq!(related(code, &workspace), ["email"]);
    for (from, to, sentence) in [
        (
            "        email: { type: string }\n",
            "",
            "[Parcel] `email` of `Parcel` was promised at the merge base and is gone; used by shop (1).",
        ),
        (
            "email: { type: string }",
            "email: { type: object }",
            "[email] `email` of `Parcel` has type `object` since the merge base; used by shop (1).",
        ),
        (
            "/parcels/{code}:",
            "/parcel/{code}:",
            "[get] `GET /parcels/{code}` is `GET /parcel/{code}` since the merge base; used by shop (1).",
        ),
    ] {
        assert_eq!(says(code, &(changed(from, to) + READER)), [sentence]);
    }
}

#[test]
fn a_change_that_nobody_relies_on_is_a_hint() {
    let code = "contract-breaking-change";
    let workspace = changed("email:", "mail:");
    assert_eq!(severities(code, &workspace), [rules::Severity::Hint]);
    assert_eq!(
        knows(code, &changed("title: Parcels", "title: All")),
        (1, Vec::new())
    );
    // A text that breaks off promises nothing less.
    let (_, unknown) = knows(
        code,
        &changed(
            "        email: { type: string }\n",
            "        email: { type: \n",
        ),
    );
    assert_eq!(
        unknown,
        ["the contract or its base cannot be read whole (1)"]
    );
}
