//! A contract against the merge base and the sources that call it: as somebody types it, and as `check` reads it.

use trace::{BreakKind, Graph, Serving};
use workspace::Host;

use crate::support::Repo;

const CONTRACT: &str = "specs/001-a/contracts/api.yaml";
const API: &str = "openapi: 3.1.0
info: { title: x, version: '1' }
paths:
  /parcels:
    get:
      responses:
        '200': { description: x, content: { application/json: { schema: { $ref: '#/components/schemas/Parcel' } } } }
components:
  schemas:
    Parcel: { type: object, properties: { email: { type: string } } }
";

fn repo() -> Repo {
    let repo = Repo::new();
    repo.write("specs/001-a/spec.md", "# Feature Specification: A\n")
        .write(CONTRACT, API)
        .write(
            "app/main.py",
            "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/parcels')\ndef all(): ...\n",
        )
        .write(
            "web/page.ts",
            "export const page = async () => (await (await fetch('https://x.example/parcels')).json()).email;\n",
        )
        .commit("first");
    repo
}

/// Breaks with the places that rely on them, and how many operations are served.
fn said(graph: &Graph) -> (Vec<(BreakKind, Vec<String>)>, usize) {
    let contracts = &graph.features()[0].contracts;
    let breaks = contracts.breaks.iter().map(|each| {
        let places = each.consumers.iter().map(|it| it.place.to_string());
        (each.kind, places.collect())
    });
    let served = contracts.operations.iter();
    let served = served.filter(|link| matches!(link.serving, Serving::Served(_)));
    (breaks.collect(), served.count())
}

fn work_off(host: &mut Host) {
    for _ in 0..4 {
        for job in host.jobs() {
            if let Some(answer) = job.run(&|| false) {
                host.post(answer);
            }
        }
        host.apply();
    }
}

#[test]
fn typed_and_saved_it_breaks_the_same() {
    let repo = repo();
    let wanted = (
        vec![(BreakKind::PropertyRenamed, vec!["web/page.ts:1".to_owned()])],
        1,
    );
    let now = API.replace("email", "mail");
    let mut host = repo.scanned();
    work_off(&mut host);
    assert_eq!(said(&host.snapshot().graph), (Vec::new(), 1));
    let path = repo.path.join(CONTRACT);
    host.set_overlay(&path, API, 1);
    host.set_overlay(&path, now.as_str(), 2);
    work_off(&mut host);
    assert_eq!(said(&host.snapshot().graph), wanted);
    // Typed back, nothing is broken.
    host.set_overlay(&path, API, 3);
    assert_eq!(said(&host.apply().graph), (Vec::new(), 1));
    repo.write(CONTRACT, &now);
    let mut check = repo.scanned();
    assert_eq!(said(&check.finish(false).graph), wanted);
}
