//! Operations of contracts find the routes that serve them; where that cannot be told it is unknown.

use fixture::Fixture;
use trace::{BreakKind, Graph, Serving, Use};

const API: &str = "openapi: 3.1.0
info: { title: x, version: '1' }
servers: [{ url: 'https://x.example/api' }]
paths:
  /users:
    get: { operationId: listUsers, responses: { '200': { description: x } } }
  /users/{id}:
    get: { responses: { '200': { description: x } } }
    delete: { responses: { '204': { description: x } } }
";

fn operations(code: &str) -> Fixture {
    Fixture::parse(&format!(
        "//- /specs/001-users/spec.md\n# Feature Specification: x\n//- /specs/001-users/tasks.md\n- [x] T001 do\n\
         //- /specs/001-users/contracts/api.yaml\n{API}{code}"
    ))
}

fn said(graph: &Graph) -> Vec<String> {
    let feature = &graph.features()[0];
    let links = feature.contracts.operations.iter();
    links
        .map(|link| {
            let item = feature
                .document(link.file)
                .and_then(|document| document.facts().items.get(link.item as usize));
            let id = item.map_or("?", |item| item.id.as_str());
            let paths = |routes: &[trace::RoutePlace]| {
                let routes = routes.iter();
                let routes = routes.map(|route| format!("{} {}", route.methods, route.path));
                routes.collect::<Vec<_>>().join(" + ")
            };
            match &link.serving {
                Serving::Served(routes) => format!("{id}: {}", paths(routes)),
                Serving::Perhaps(routes, _) => format!("{id}? {}", paths(routes)),
                Serving::Absent { others, .. } => format!("{id} absent; {}", paths(others)),
                Serving::Unknown(why) => format!("{id} unknown, {why}"),
            }
        })
        .collect()
}

#[test]
fn a_route_serves_by_method_and_path() {
    let fixture = operations(
        "//- /app/main.py
from fastapi import FastAPI
app = FastAPI()
@app.get('/api/users')
def list_users(): ...
@app.get('/api/users/{user_id}/')
def find(user_id): ...
",
    );
    assert_eq!(
        said(&fixture.graph),
        [
            "GET /users: GET /api/users",
            "GET /users/{id}: GET /api/users/{user_id}",
            "DELETE /users/{id} absent; GET /api/users/{user_id}",
        ]
    );
}

#[test]
fn mounted_routers_are_followed_over_files() {
    let fixture = operations(
        "//- /package.json
{}
//- /src/app.js
const express = require('express');
const users = require('./routes/users');
const app = express();
app.use('/api/users', users);
//- /src/routes/users.js
const express = require('express');
const router = express.Router();
router.get('/', (req, res) => {});
router.get('/:id', (req, res) => {});
router.delete('/:id', (req, res) => {});
module.exports = router;
",
    );
    assert_eq!(
        said(&fixture.graph),
        [
            "GET /users: GET /api/users",
            "GET /users/{id}: GET /api/users/{id}",
            "DELETE /users/{id}: DELETE /api/users/{id}",
        ]
    );
}

#[test]
fn what_is_mounted_somewhere_is_unknown_and_never_absent() {
    let fixture = operations(
        "//- /src/routes/users.js
const express = require('express');
const router = express.Router();
router.get('/users', (req, res) => {});
router.get('/users/:id', (req, res) => {});
module.exports = router;
",
    );
    let said = said(&fixture.graph);
    assert!(said.iter().all(|line| !line.contains("absent")), "{said:?}");
    let none = operations("");
    assert_eq!(
        self::said(&none.graph)[0],
        "GET /users unknown, no operation of its contract has a route in code"
    );
}

const PARCEL: &str = "openapi: 3.1.0
info: { title: x, version: '1' }
paths:
  /parcels/{code}:
    get:
      operationId: findParcel
      responses:
        '200':
          description: x
          content: { application/json: { schema: { $ref: '#/components/schemas/Parcel' } } }
components:
  schemas:
    Parcel:
      type: object
      required: [code, email]
      properties:
        code: { type: string }
        email: { type: string }
        weight: { type: integer }
";

fn broken(now: &str, rest: &str) -> Fixture {
    Fixture::parse(&format!(
        "//- /specs/001-parcels/spec.md\n# Feature Specification: x\n//- /specs/001-parcels/contracts/api.yaml\n{now}\
         //- base /specs/001-parcels/contracts/api.yaml\n{PARCEL}{rest}"
    ))
}

const CONSUMERS: &str = "//- shop:/src/track.ts
import type { Parcel } from './types';
export async function track(code: string) {
  const answer = await fetch(`https://intake.example/parcels/${code}`);
  const parcel = (await answer.json()) as Parcel;
  return parcel.email;
}
//- shop:/src/types.ts
export interface Parcel {
  code: string;
  email: string;
}
//- desk:/desk/parcel.py
import requests
def find(code):
    answer = requests.get(f'https://intake.example/parcels/{code}').json()
    return answer['email']
//- desk:/desk/other.py
import requests
def find(code):
    return requests.get(f'https://intake.example/users/{code}').json()['email']
";

#[test]
fn a_renamed_property_finds_who_reads_it() {
    let fixture = broken(&PARCEL.replace("email", "recipient"), CONSUMERS);
    let contracts = &fixture.graph.features()[0].contracts;
    let [broken] = contracts.breaks.as_slice() else {
        panic!("{:#?}", contracts.breaks);
    };
    assert_eq!(broken.kind, BreakKind::PropertyRenamed);
    assert_eq!(
        (broken.owner.as_str(), broken.name.as_str()),
        ("Parcel", "email")
    );
    assert_eq!(broken.now.as_deref(), Some("recipient"));
    let consumers: Vec<String> = broken
        .consumers
        .iter()
        .map(|each| {
            format!(
                "{}/{}:{} {:?}",
                each.repository, each.at.path, each.at.line, each.how
            )
        })
        .collect();
    assert_eq!(
        consumers,
        [
            "shop/src/types.ts:3 Field",
            "shop/src/track.ts:5 Member",
            "desk/desk/parcel.py:4 Key",
        ]
    );
    assert!(matches!(broken.consumers[0].how, Use::Field));
}

#[test]
fn what_is_added_or_reworded_breaks_nothing() {
    for now in [
        PARCEL.to_owned(),
        PARCEL.replace(
            "        weight:",
            "        height: { type: integer }\n        weight:",
        ),
        PARCEL.replace("{code}", "{parcel}"),
        PARCEL.replace("[code, email]", "[code]"),
        PARCEL.replace("description: x", "description: The parcel"),
    ] {
        let fixture = broken(&now, CONSUMERS);
        let contracts = &fixture.graph.features()[0].contracts;
        assert_eq!(contracts.breaks, [], "{now}");
    }
}

#[test]
fn every_kind_of_break_is_seen() {
    for (from, to, kind) in [
        (
            "        weight: { type: integer }\n",
            "",
            BreakKind::PropertyRemoved,
        ),
        (
            "weight: { type: integer }",
            "weight: { type: number }",
            BreakKind::PropertyType,
        ),
        ("    get:\n", "    put:\n", BreakKind::OperationRemoved),
        (
            "      operationId: findParcel\n",
            "      parameters: [{ name: full, in: query, required: true, schema: { type: boolean } }]\n",
            BreakKind::ParameterRequired,
        ),
    ] {
        assert!(PARCEL.contains(from), "{from}");
        let fixture = broken(&PARCEL.replace(from, to), CONSUMERS);
        let contracts = &fixture.graph.features()[0].contracts;
        let kinds: Vec<BreakKind> = contracts.breaks.iter().map(|each| each.kind).collect();
        assert_eq!(kinds, [kind], "{to}");
    }
}
