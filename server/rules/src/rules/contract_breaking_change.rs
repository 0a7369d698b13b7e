//! A contract that does not promise any more what it promised at the merge base, and who relies on it.

use rustc_hash::FxHashSet;
use trace::{Basis, Break, BreakKind, Consumer, Feature};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};

const OPERATION: Template = Template {
    en: "`{owner}` was promised at the merge base and is gone; used by {who}.",
    ja: "`{owner}` はマージベースにありましたが、今はありません。利用元: {who}。",
};
const MOVED: Template = Template {
    en: "`{owner}` is `{now}` since the merge base; used by {who}.",
    ja: "`{owner}` はマージベース以降 `{now}` です。利用元: {who}。",
};
const NAME: Template = Template {
    en: "`{name}` of `{owner}` was promised at the merge base and is gone; used by {who}.",
    ja: "`{owner}` の `{name}` はマージベースにありましたが、今はありません。利用元: {who}。",
};
const RENAMED: Template = Template {
    en: "`{name}` of `{owner}` is `{now}` since the merge base; used by {who}.",
    ja: "`{owner}` の `{name}` はマージベース以降 `{now}` です。利用元: {who}。",
};
const TYPE: Template = Template {
    en: "`{name}` of `{owner}` has type `{now}` since the merge base; used by {who}.",
    ja: "`{owner}` の `{name}` の型はマージベース以降 `{now}` です。利用元: {who}。",
};
const REQUIRED: Template = Template {
    en: "`{name}` of `{owner}` is required since the merge base; used by {who}.",
    ja: "`{owner}` の `{name}` はマージベース以降必須です。利用元: {who}。",
};
const VALUE: Template = Template {
    en: "Value `{name}` of `{owner}` was promised at the merge base and is gone; used by {who}.",
    ja: "`{owner}` の値 `{name}` はマージベースにありましたが、今はありません。利用元: {who}。",
};
const USES: Template = Template {
    en: "{place} uses `{name}` ({requirements}; tests {tests}).",
    ja: "{place} は `{name}` を使っています ({requirements}、テスト {tests})。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "contract-breaking-change",
    group: Group::Drift,
    severity: Severity::Warning,
    summary: "A contract has lost an operation, a parameter, a field or a value since the merge base, or asks for more.",
    explanation: "Whoever calls the operation or reads the field breaks when this is merged. Compared are OpenAPI, Swagger \
                  and protocol buffers with the merge base with the default branch: an operation, a parameter, a field or a \
                  value that is gone, a field with another name or type, a field or parameter that is required now. What no \
                  operation carries is promised to nobody.\n\nListed is the code that relies on it: HTTP calls with a \
                  written path, calls by the operation's id, and the types and names that go with them, with the \
                  requirements they serve and their tests; in every repository of the workspace, and in facts files \
                  (`index --export facts`) of those that are not checked out. Without any it is a hint.\n\nUnknown where \
                  there is no merge base, and where one of the two texts cannot be read whole.",
    bad: "properties:\n  recipient: { type: string }   # recipient_email at the merge base",
    good: "properties:\n  recipient: { type: string }\n  recipient_email: { type: string, deprecated: true }",
    messages: &[OPERATION, MOVED, NAME, RENAMED, TYPE, REQUIRED, VALUE, USES],
    measured: Some(Measured {
        judged: 0,
        right: 0,
        seeded: 0,
        found: 0,
    }),
};

pub(crate) struct ContractBreakingChange;

impl Rule for ContractBreakingChange {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        for (file, why) in &feature.contracts.uncompared {
            sink.unknown_in(*file, why);
        }
        let broken: FxHashSet<_> = feature
            .contracts
            .breaks
            .iter()
            .map(|each| each.file)
            .collect();
        for _ in feature
            .base
            .iter()
            .filter(|base| !broken.contains(&base.file))
        {
            sink.clean();
        }
        for each in &feature.contracts.breaks {
            report(each, sink);
        }
    }
}

fn report(broken: &Break, sink: &mut Sink<'_>) {
    let template = match (broken.kind, &broken.now) {
        (BreakKind::OperationRemoved, None) => OPERATION,
        (BreakKind::OperationRemoved, Some(_)) => MOVED,
        (BreakKind::PropertyRenamed, _) => RENAMED,
        (BreakKind::ParameterType | BreakKind::PropertyType, _) => TYPE,
        (BreakKind::ParameterRequired | BreakKind::PropertyRequired, _) => REQUIRED,
        (BreakKind::ValueRemoved, _) => VALUE,
        (BreakKind::ParameterRemoved | BreakKind::PropertyRemoved, _) => NAME,
    };
    let who = who(&broken.consumers);
    let facts = [
        ("owner", broken.owner.as_str()),
        ("name", broken.name.as_str()),
        ("now", broken.now.as_deref().unwrap_or_default()),
        ("who", who.as_str()),
    ];
    let fact = format!("{:?} {} {}", broken.kind, broken.owner, broken.name);
    let mut draft = sink
        .report(broken.file, broken.range, Message::new(template, &facts))
        .basis(Basis::Contract)
        .fact(fact);
    if broken.consumers.is_empty() {
        draft = draft.severity(Severity::Hint);
    }
    for consumer in &broken.consumers {
        let list = |all: &[smol_str::SmolStr]| match all {
            [] => "0".to_owned(),
            [one] => one.to_string(),
            [first, rest @ ..] => format!("{first} + {}", rest.len()),
        };
        let requirements = consumer.requirements.join(", ");
        let facts = [
            ("place", consumer.place.as_str()),
            ("name", consumer.name.as_str()),
            (
                "requirements",
                if requirements.is_empty() {
                    "-"
                } else {
                    &requirements
                },
            ),
            ("tests", &list(&consumer.tests)),
        ];
        // What is not checked out has no place here but that of the promise.
        let (file, range) = consumer.at.here.unwrap_or((broken.file, broken.range));
        draft = draft.related(file, range, Message::new(USES, &facts));
    }
    drop(draft);
}

/// Files by repository: `storefront (1), desk (2)`; `0`.
fn who(consumers: &[Consumer]) -> String {
    let mut files: Vec<(&str, Vec<&str>)> = Vec::new();
    for consumer in consumers {
        let path = consumer.at.path.as_str();
        let known = files
            .iter_mut()
            .find(|(name, _)| *name == consumer.repository);
        match known {
            Some((_, paths)) if paths.contains(&path) => {}
            Some((_, paths)) => paths.push(path),
            None => files.push((&consumer.repository, vec![path])),
        }
    }
    if files.is_empty() {
        return "0".to_owned();
    }
    let parts = files
        .iter()
        .map(|(name, paths)| format!("{name} ({})", paths.len()));
    parts.collect::<Vec<_>>().join(", ")
}
