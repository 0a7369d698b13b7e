//! An id in a source file that only may mean an item, written so that it does.

use documents::Format;
use text::{Edit, FileId};
use trace::{Basis, CodeLink, Feature, Graph, ItemRef, Resolved};

use crate::Texts;
use crate::planned::{Planned, writable};

/// The edit that puts the feature of `item` before the id of a mention (by its position in the file); nothing where that
/// is not read as meaning the item for sure, or something else would mean anything else.
#[must_use]
pub fn qualify(
    graph: &Graph,
    item: ItemRef,
    (file, mention): (FileId, u32),
    texts: &Texts<'_>,
) -> Option<Edit> {
    let (feature, _) = graph.item(item)?;
    let said = &graph
        .source(file)?
        .facts
        .mentions
        .get(mention as usize)?
        .mention;
    if !said.written || said.qualifier.is_some() || feature.format() != Format::SpecKit {
        return None;
    }
    let place = said.range.start();
    let text = writable(graph, file, texts).ok()?;
    names(graph, feature).into_iter().find_map(|name| {
        let planned = Planned {
            text: text.clone(),
            edits: vec![Edit::insert(place, format!("{name}/"))],
        };
        is_proven(graph, item, (file, mention), &planned)?;
        planned.edits.into_iter().next()
    })
}

/// What a feature is called before an id: its number, if no other of the project has it, and its name.
fn names<'a>(graph: &Graph, feature: &'a Feature) -> Vec<&'a str> {
    let mut others = graph
        .features()
        .iter()
        .filter(|it| it.id != feature.id && it.project.id == feature.project.id);
    let alone = others.all(|it| it.number != feature.number);
    let number = feature.name.split_once('-').map(|(number, _)| number);
    let number = number.filter(|_| alone && feature.number.is_some());
    number.into_iter().chain([feature.name.as_str()]).collect()
}

/// Whether the mention means the item for sure, and all others what they meant. Those of a list become sure together.
fn is_proven(
    graph: &Graph,
    item: ItemRef,
    (file, mention): (FileId, u32),
    planned: &Planned,
) -> Option<()> {
    let after = graph.apply(vec![planned.change(graph, file)?]);
    let (then, now) = (graph.code_links(file), after.code_links(file));
    let kept = |(one, other): (&CodeLink, &CodeLink)| {
        let means = |it: &CodeLink| match &it.resolved {
            Resolved::Items(items, basis) => Some((items.clone(), *basis)),
            _ => None,
        };
        if one.mention != other.mention {
            return false;
        }
        if one.mention == mention {
            return means(other) == Some((vec![item], Basis::Declared));
        }
        one.resolved == other.resolved
            || matches!(
                (means(one), means(other)),
                (Some((was, Basis::Inferred)), Some((is, Basis::Declared))) if was == is
            )
    };
    let there = then.iter().any(|link| link.mention == mention);
    (there && then.len() == now.len() && then.iter().zip(now.iter()).all(kept)).then_some(())
}
