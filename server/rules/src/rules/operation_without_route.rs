//! An operation of a contract that no route of its service answers.

use trace::{Basis, Feature, Phase, Serving};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};

const ABSENT: Template = Template {
    en: "`{operation}` has no route, though every task is ticked and `{source}` has others of its contract.",
    ja: "`{operation}` のルートがありません。タスクはすべて完了し、`{source}` には同じ契約の他のルートがあります。",
};
const OTHER: Template = Template {
    en: "`{operation}` has no route; `{path}` in `{source}` answers {methods} only.",
    ja: "`{operation}` のルートがありません。`{source}` の `{path}` は {methods} だけに応答します。",
};
const PLACE: Template = Template {
    en: "`{methods} {path}` is registered here.",
    ja: "`{methods} {path}` はここで登録されています。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "operation-without-route",
    group: Group::Drift,
    severity: Severity::Warning,
    summary: "All tasks are ticked, and an operation of the contract has no route in the service that has the others.",
    explanation: "Who reads the contract calls an operation that nobody answers: it was not built, or it was built under \
                  another path or method.\n\nOperations of OpenAPI and Swagger are held against the routes of axum, actix, \
                  Express, Fastify, Nest, FastAPI, Flask, Django, Spring, Gin, Echo, chi, net/http, Rails and ASP.NET. Names of \
                  parameters and slashes at the end do not count; the path of `servers` may stand before. Only a service that \
                  answers at least half of the contract is looked at, and only where each of its routes is plain text.\n\n\
                  Unknown where a path is computed, where a router is mounted in a way that is not plain, and where no route \
                  of the contract is found.",
    bad: "paths:\n  /parcels/{code}:\n    delete: ...        # all tasks ticked; the code has only @app.get(\"/parcels/{code}\")",
    good: "@app.get(\"/parcels/{code}\")\n@app.delete(\"/parcels/{code}\")",
    messages: &[ABSENT, OTHER, PLACE],
    // Judged blind in 300 repositories; the mutations are of the sample workspace.
    measured: Some(Measured {
        judged: 16,
        right: 12,
        seeded: 6,
        found: 6,
    }),
};

pub(crate) struct OperationWithoutRoute;

impl Rule for OperationWithoutRoute {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        // What is not ticked is to be built.
        if feature.phase != Phase::Done {
            return;
        }
        // Where nothing of a contract is served here, one question is open, not one for each operation.
        let mut elsewhere = Vec::new();
        for link in &feature.contracts.operations {
            let document = feature.document(link.file);
            let item = document.and_then(|it| it.facts().items.get(link.item as usize));
            let Some(item) = item else { continue };
            match &link.serving {
                Serving::Served(_) => sink.clean(),
                Serving::Perhaps(_, why) => sink.unknown_at(link.file, item.id_range, why),
                Serving::Unknown(why) => {
                    if !elsewhere.contains(&(link.file, *why)) {
                        elsewhere.push((link.file, *why));
                        sink.unknown_in(link.file, why);
                    }
                }
                Serving::Absent { others, service } => {
                    let (template, places) = if others.is_empty() {
                        (ABSENT, service)
                    } else {
                        (OTHER, others)
                    };
                    let facts = |at: &trace::RoutePlace| {
                        [
                            ("operation", item.id.to_string()),
                            ("path", at.path.to_string()),
                            ("source", at.source.to_string()),
                            ("methods", at.methods.to_string()),
                        ]
                    };
                    let Some(first) = places.first() else {
                        continue;
                    };
                    let first = facts(first);
                    let first = first.each_ref().map(|(name, fact)| (*name, fact.as_str()));
                    let mut draft = sink
                        .report(link.file, item.id_range, Message::new(template, &first))
                        .item(link.item)
                        .basis(Basis::Contract);
                    for place in places {
                        let told = facts(place);
                        let told = told.each_ref().map(|(name, fact)| (*name, fact.as_str()));
                        draft = draft.related(place.file, place.range, Message::new(PLACE, &told));
                    }
                    drop(draft);
                }
            }
        }
    }
}
