//! The way back of each service that changes: where it runs, where others need it, or where data changes with it.

use super::facts::Facts;
use super::words::Sentence;
use super::{Part, PartKind, migration, table};

const TITLE: Sentence = ["Rollback", "ロールバック", "回滚"];
const SERVICE: Sentence = ["Service", "サービス", "服务"];
const BACK: Sentence = ["Way back", "戻し方", "回退方式"];
const BEFORE: Sentence = ["Before it", "先に戻すもの", "先回退"];
const DEPLOYED: Sentence = [
    "run its last image again ({})",
    "直前のイメージを再び動かす ({})",
    "重新运行上一个镜像（{}）",
];
const RELEASED: Sentence = [
    "revert its commits and release it again",
    "コミットを取り消して再リリースする",
    "还原提交并重新发布",
];
const DATA: Sentence = [
    "What was added to the schema stays until the step *Contract*; behind that step the way back is a restore.",
    "スキーマに追加したものは「収縮」まで残す。それ以降の戻し方は復元になる。",
    "新增的结构保留到“收缩”之前；在那之后只能通过恢复回退。",
];

pub(super) fn part(facts: &Facts<'_>) -> Option<Part> {
    let tongue = facts.tongue;
    let services = facts.known.services;
    let stored = migration::stored(facts);
    let runs = |id: &u32| facts.service(*id).is_some_and(|it| !it.runs.is_empty());
    let asked = facts.changed.iter().any(runs) || facts.changed.len() > 1 || stored.is_some();
    if !asked || facts.changed.is_empty() {
        return None;
    }
    let mut rows = Vec::new();
    let order = services.order(&facts.changed).into_iter().rev();
    for id in order.flat_map(|step| step.services) {
        let Some(service) = facts.service(id) else {
            continue;
        };
        let files: Vec<String> = service
            .runs
            .iter()
            .take(2)
            .map(|file| format!("`{}`", facts.graph.inputs().tree.path_str(*file)))
            .collect();
        let back = if files.is_empty() {
            tongue.pick(RELEASED).to_owned()
        } else {
            tongue.say(DEPLOYED, &[&files.join(tongue.comma())])
        };
        let mut before = services.consumers(id);
        before.retain(|other| facts.changed.contains(other));
        let before = if before.is_empty() {
            "-".to_owned()
        } else {
            facts.names(&before)
        };
        rows.push(vec![facts.name(id), back, before]);
    }
    let head = [tongue.pick(SERVICE), tongue.pick(BACK), tongue.pick(BEFORE)];
    let mut lines = table::lines(&head, &rows);
    if stored.is_some_and(|stored| !stored.there.is_empty()) {
        lines.push(String::new());
        lines.push(tongue.pick(DATA).replace('*', "_"));
    }
    Some(Part {
        kind: PartKind::Rollback,
        title: tongue.pick(TITLE),
        lines,
    })
}
