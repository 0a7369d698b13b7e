//! Which services change, and in which order: who is needed first, who needs it next, removals last.

use std::fmt::Write as _;

use documents::ItemKind;
use trace::{NeedKind, ServiceId, Step};

use super::facts::Facts;
use super::words::Sentence;
use super::{Part, PartKind};

const TITLE: Sentence = ["Service Order", "サービスの変更順", "服务变更顺序"];
const INTRO: Sentence = [
    "From manifests, containers, calls and imports: what others need is changed first and stays compatible, those that need it follow.",
    "マニフェスト、コンテナ、呼び出し、インポートから: 必要とされる側を互換性を保って先に変更し、必要とする側が続く。",
    "依据清单、容器、调用和导入: 被依赖方先改并保持兼容，依赖方随后。",
];
const NEEDS: Sentence = ["needs {}", "{} を必要とする", "依赖 {}"];
const WHERE: Sentence = [" ({} in `{}`)", " ({}、`{}`)", "（{}，`{}`）"];
const CHECKED: Sentence = [
    "Not changed, but checked against the change: {}.",
    "変更しないが、変更に対して確認する: {}。",
    "不改动，但需对照改动检查: {}。",
];
const RING: Sentence = [
    "These need each other ({}): ",
    "互いに必要としている ({}): ",
    "它们互相依赖（{}）: ",
];
const WHICH_FIRST: Sentence = [
    "Which of {} changes first, or do they go together?",
    "{} のどれを先に変更するか、同時に変更するか?",
    "{} 中哪个先改，还是同时改?",
];
const WHICH: Sentence = [
    "Which of {} change for this feature?",
    "この機能で変更するのは {} のどれか?",
    "此功能要改动 {} 中的哪些?",
];
const REMOVED: Sentence = [
    "Last, when nothing relies on it any more: remove {}.",
    "最後に、依存がなくなってから削除する: {}。",
    "最后，在不再有依赖之后删除: {}。",
];

/// Most services that a question names.
const ASKED: usize = 8;

pub(super) fn part(facts: &Facts<'_>) -> Option<Part> {
    let tongue = facts.tongue;
    let title = tongue.pick(TITLE);
    let kind = PartKind::Services;
    if facts.changed.is_empty() {
        // Who runs or is needed is what people name.
        let mut asked: Vec<ServiceId> = facts.candidates.clone();
        if asked.is_empty() {
            return None;
        }
        asked.sort_by_key(|id| {
            let runs = facts.service(*id).is_some_and(|it| !it.runs.is_empty());
            (
                !runs,
                std::cmp::Reverse(facts.known.services.consumers(*id).len()),
                *id,
            )
        });
        asked.truncate(ASKED);
        asked.sort_unstable();
        let lines = vec![tongue.ask(WHICH, &[&facts.names(&asked)])];
        return Some(Part { kind, title, lines });
    }
    let mut consumers: Vec<ServiceId> = facts
        .changed
        .iter()
        .flat_map(|id| facts.known.services.consumers(*id))
        .filter(|id| !facts.changed.contains(id))
        .collect();
    consumers.sort_unstable();
    consumers.dedup();
    let removed = removals(facts);
    let alone = facts.changed.len() < 2 && consumers.is_empty();
    if alone {
        return None;
    }
    let mut lines = vec![tongue.pick(INTRO).to_owned(), String::new()];
    for (at, step) in facts
        .known
        .services
        .order(&facts.changed)
        .iter()
        .enumerate()
    {
        lines.push(format!("{}. {}", at + 1, line(facts, step)));
    }
    if !removed.is_empty() {
        let number = lines.len() - 1;
        let said = tongue.say(REMOVED, &[&removed.join(tongue.comma())]);
        lines.push(format!("{number}. {said}"));
    }
    if !consumers.is_empty() {
        lines.push(String::new());
        lines.push(tongue.say(CHECKED, &[&facts.names(&consumers)]));
    }
    Some(Part { kind, title, lines })
}

fn line(facts: &Facts<'_>, step: &Step) -> String {
    let tongue = facts.tongue;
    let names = facts.names(&step.services);
    if step.services.len() > 1 {
        let ring: Vec<String> = step
            .ring
            .iter()
            .chain(step.ring.first())
            .map(|id| facts.name(*id))
            .collect();
        return format!(
            "{names}. {}{}",
            tongue.say(RING, &[&ring.join(" → ")]),
            tongue.ask(WHICH_FIRST, &[&names.replace('`', "")])
        );
    }
    let Some(of) = step.services.first() else {
        return names;
    };
    let mut reasons: Vec<String> = Vec::new();
    for on in facts.changed.iter().filter(|on| *on != of) {
        if let Some(need) = facts.known.services.reasons(*of, *on).next() {
            let mut said = tongue.say(NEEDS, &[&facts.name(*on)]);
            let what = match need.kind {
                NeedKind::Package | NeedKind::Container => String::new(),
                NeedKind::Call | NeedKind::Import => format!("`{}`", need.what),
            };
            if what.is_empty() {
                // A `String` takes all.
                let _ = write!(said, " (`{}`)", need.at);
            } else {
                said.push_str(&tongue.say(WHERE, &[&what, &need.at]));
            }
            reasons.push(said);
        }
    }
    if reasons.is_empty() {
        names
    } else {
        format!("{names}: {}", reasons.join(tongue.comma()))
    }
}

/// Names of requirements that a change removes.
pub(super) fn removals(facts: &Facts<'_>) -> Vec<String> {
    facts
        .items(ItemKind::Requirement)
        .into_iter()
        .filter(|(document, _, item)| super::openspec::operation(document, item) == "REMOVED")
        .map(|(_, _, item)| format!("\"{}\"", item.id))
        .collect()
}
