//! How data is migrated while the services run: only where entities or the schema change.

use documents::ItemKind;
use text::FileId;
use trace::Graph;

use super::facts::Facts;
use super::words::Sentence;
use super::{Part, PartKind};

const TITLE: Sentence = ["Data Migration", "データ移行", "数据迁移"];
const EXPAND: Sentence = [
    "**Expand**: add what is new of {} beside what is there{}; the versions that run keep working.",
    "**拡張**: {} の新しい部分を既存のものと並べて追加する{}。動作中のバージョンはそのまま動く。",
    "**扩展**: 在现有结构旁新增 {} 的内容{}；运行中的版本继续工作。",
];
const IN: Sentence = [", in `{}`", " (`{}`)", "（`{}`）"];
const BACKFILL: Sentence = [
    "**Backfill**: fill existing records of {} in batches that can be repeated. {}",
    "**バックフィル**: {} の既存レコードを、繰り返し実行できる単位で埋める。{}",
    "**回填**: 以可重复的批次填充 {} 的现有记录。{}",
];
const SWITCH: Sentence = [
    "**Switch**: {} write both forms, then read the new one only.",
    "**切り替え**: {} は両方の形に書き込み、その後は新しい形だけを読む。",
    "**切换**: {} 先同时写两种形式，然后只读新形式。",
];
const CONTRACT: Sentence = [
    "**Contract**: remove the old form when no version that runs uses it.",
    "**収縮**: 動作中のどのバージョンも使わなくなってから古い形を削除する。",
    "**收缩**: 在没有运行中的版本使用后删除旧形式。",
];
const NEW_ONLY: Sentence = [
    "Nothing that is stored changes its form: no backfill and nothing to remove.",
    "保存済みのデータの形は変わらない。バックフィルも削除も不要。",
    "已存储的数据形式不变: 无需回填，也无需删除。",
];
const WHICH_VALUES: Sentence = [
    "Which values do existing records of {} get?",
    "{} の既存レコードにはどの値を入れるか?",
    "{} 的现有记录取什么值?",
];

/// What the documents say of the entities that are stored.
pub(super) struct Stored {
    /// Those with a type in the code.
    pub(super) there: Vec<String>,
    /// Those without.
    pub(super) new: Vec<String>,
}

/// Entities, where the project keeps data; `None` where nothing says so.
pub(super) fn stored(facts: &Facts<'_>) -> Option<Stored> {
    if facts.migrations.is_none() && facts.stores.is_empty() {
        return None;
    }
    let (mut there, mut new) = (Vec::new(), Vec::new());
    for (_, _, item) in facts.items(ItemKind::Entity) {
        let name = item.id.trim().to_owned();
        let there_is = type_of(facts.graph, &name).is_some_and(|it| keeps(facts, it.file));
        let list = if there_is { &mut there } else { &mut new };
        if !list.contains(&name) {
            list.push(name);
        }
    }
    (!there.is_empty() || !new.is_empty()).then_some(Stored { there, new })
}

/// Whether a file is part of what keeps the data, where that is known.
fn keeps(facts: &Facts<'_>, file: FileId) -> bool {
    let Some(directory) = &facts.migrations else {
        return true;
    };
    let services = facts.known.services;
    let keeper = services.of_path(facts.feature.root, directory);
    let place = facts.graph.inputs().tree.path(file);
    place.is_some_and(|(root, path)| services.of_path(root, path) == keeper)
}

/// The one type in the sources that is called like an entity.
pub(super) fn type_of(graph: &Graph, entity: &str) -> Option<trace::SymbolRef> {
    let joined: String = entity
        .split(|c: char| !c.is_alphanumeric())
        .map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(|c| c.to_uppercase().collect::<String>());
            first.unwrap_or_default() + letters.as_str()
        })
        .collect();
    let found = graph.symbols_called(&joined);
    let mut types = found.into_iter().filter(|it| {
        let source = graph.inputs().sources.get(&it.file);
        let symbol = source.and_then(|source| source.facts.symbols.get(it.symbol as usize));
        let is_type = symbol.is_some_and(|symbol| {
            use code::SymbolKind as K;
            matches!(
                symbol.kind,
                K::Struct | K::Class | K::Interface | K::TypeAlias | K::Enum
            )
        });
        is_type && !code::is_test_path(graph.inputs().tree.path_str(it.file))
    });
    types.next()
}

pub(super) fn part(facts: &Facts<'_>) -> Option<Part> {
    let tongue = facts.tongue;
    let stored = stored(facts)?;
    let all: Vec<String> = stored.there.iter().chain(&stored.new).cloned().collect();
    let place = facts.migrations.as_ref();
    let place = place.map_or_else(String::new, |path| tongue.say(IN, &[path]));
    let mut lines = vec![format!(
        "1. {}",
        tongue.say(EXPAND, &[&all.join(tongue.comma()), &place])
    )];
    if stored.there.is_empty() {
        lines.push(String::new());
        lines.push(tongue.pick(NEW_ONLY).to_owned());
    } else {
        let there = stored.there.join(tongue.comma());
        let question = tongue.ask(WHICH_VALUES, &[&there]);
        lines.push(format!("2. {}", tongue.say(BACKFILL, &[&there, &question])));
        let changed = if facts.changed.is_empty() {
            facts.candidates.clone()
        } else {
            facts.changed.clone()
        };
        let order = facts.known.services.order(&changed);
        let order: Vec<u32> = order.into_iter().flat_map(|step| step.services).collect();
        let some = &order[..order.len().min(6)];
        lines.push(format!("3. {}", tongue.say(SWITCH, &[&facts.names(some)])));
        lines.push(format!("4. {}", tongue.pick(CONTRACT)));
    }
    Some(Part {
        kind: PartKind::Migration,
        title: tongue.pick(TITLE),
        lines,
    })
}
