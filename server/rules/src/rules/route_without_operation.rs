//! A route that no contract has, in a service whose contract has most of its routes.

use trace::{Basis, Feature, Phase};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};

const EXCESS: Template = Template {
    en: "`{methods} {path}` in `{source}` is in no contract; {with} of {all} routes of its service are in this one.",
    ja: "`{source}` の `{methods} {path}` はどの契約にもありません。同じサービスの {all} 件中 {with} 件はこの契約にあります。",
};
const PLACE: Template = Template {
    en: "`{methods} {path}` is registered here.",
    ja: "`{methods} {path}` はここで登録されています。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "route-without-operation",
    group: Group::Drift,
    severity: Severity::Information,
    summary: "The code answers a route that no contract has, in a service whose contract has most of its routes.",
    explanation: "What is not in the contract is promised to nobody and reviewed by nobody.\n\nOnly a service of at least five \
                  routes, all of them plain text, of which one contract has at least four of five, is looked at; a route \
                  that any contract of any feature may mean is not told.",
    bad: "@app.post(\"/parcels/{code}/reset\")   # the contract has all others",
    good: "paths:\n  /parcels/{code}/reset:\n    post: ...",
    messages: &[EXCESS, PLACE],
    measured: Some(Measured {
        judged: 1,
        right: 0,
        seeded: 0,
        found: 0,
    }),
};

pub(crate) struct RouteWithoutOperation;

impl Rule for RouteWithoutOperation {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        if feature.phase < Phase::Implementing {
            return;
        }
        for excess in &feature.contracts.excess {
            let (with, all) = (excess.covered.0.to_string(), excess.covered.1.to_string());
            let facts = [
                ("methods", excess.route.methods.as_str()),
                ("path", excess.route.path.as_str()),
                ("source", excess.route.source.as_str()),
                ("with", &with),
                ("all", &all),
            ];
            let draft = sink
                .report(excess.file, excess.range, Message::new(EXCESS, &facts))
                .basis(Basis::Contract)
                .fact(format!("{} {}", excess.route.methods, excess.route.path))
                .related(
                    excess.route.file,
                    excess.route.range,
                    Message::new(PLACE, &facts[..2]),
                )
                .group("excess");
            drop(draft);
        }
    }
}
