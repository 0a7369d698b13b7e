//! Reads what was written and compares: the new citations are there, and nothing else is different.

use documents::Item;
use smol_str::SmolStr;
use trace::{Basis, Feature, FeatureDocument, Graph, ItemRef, Target};

use crate::planned::Planned;

/// Whether a task list with its edits cites what is new, and otherwise says what it said.
pub(super) fn prove(
    graph: &Graph,
    feature: &Feature,
    document: &FeatureDocument,
    planned: &Planned,
    new: &[(ItemRef, ItemRef)],
) -> Option<()> {
    let after = graph.apply(vec![planned.change(graph, document.file)?]);
    let now = after.feature_of(document.file)?;
    let list = now.document(document.file)?;
    let same = |one: &Item, other: &Item| {
        let of = |item: &Item| {
            let task = item.task.as_ref();
            let stories: Vec<SmolStr> = task
                .iter()
                .flat_map(|task| &task.stories)
                .map(|label| label.text.clone())
                .collect();
            let state = task.map(|task| (task.state, task.parallel.is_some(), task.indent));
            (
                item.kind,
                item.id.clone(),
                item.parent,
                item.section,
                state,
                stories,
            )
        };
        of(one) == of(other)
    };
    let (then, facts) = (document.facts(), list.facts());
    let items = then.items.len() == facts.items.len()
        && then
            .items
            .iter()
            .zip(&facts.items)
            .all(|(one, other)| same(one, other));
    let paths = then
        .paths
        .iter()
        .map(|path| &path.path)
        .eq(facts.paths.iter().map(|path| &path.path));
    let edges = then
        .dependencies
        .iter()
        .map(|it| (it.task, it.on))
        .eq(facts.dependencies.iter().map(|it| (it.task, it.on)));
    let cited = new
        .iter()
        .all(|(item, task)| after.tasks_citing(*item).contains(task));
    let before = meanings(feature, document);
    let mut added = meanings(now, list);
    let kept = before.iter().all(|known| {
        let at = added.iter().position(|each| each == known);
        at.map(|at| added.remove(at)).is_some()
    });
    let declared = added.iter().all(|(_, target)| {
        let items = target.items();
        matches!(target, Target::Items(_, Basis::Declared))
            && new.iter().any(|(item, _)| items.contains(item))
    });
    (items && paths && edges && cited && kept && declared && added.len() == new.len()).then_some(())
}

/// What each mention of a document means, in its order.
fn meanings(feature: &Feature, document: &FeatureDocument) -> Vec<(SmolStr, Target)> {
    let own = feature
        .references
        .iter()
        .filter(|it| it.file == document.file);
    own.filter_map(|reference| {
        let mention = document.facts().mentions.get(reference.mention as usize)?;
        Some((mention.key.clone(), reference.target.clone()))
    })
    .collect()
}
