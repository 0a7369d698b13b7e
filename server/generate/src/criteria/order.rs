//! Which number each requirement and criterion has before and after a step.

use documents::{Document, ItemIndex, ItemKind};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::{SmolStr, format_smolstr};

use super::Uncounted;

/// A place among the requirements of a document, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Which requirement.
    pub requirement: usize,
    /// Which of its criteria; the requirement itself if `None`.
    pub criterion: Option<usize>,
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Something new comes in at a place; what stands there and behind it moves on.
    Insert(Position, String),
    /// What stands at a place goes away.
    Delete(Position),
    /// What stands at the first place stands at the second one afterwards. Both are requirements, or both criteria.
    Move(Position, Position),
}

/// A requirement with its criteria.
#[derive(Debug, Clone)]
pub(super) struct Requirement {
    pub(super) item: ItemIndex,
    pub(super) number: SmolStr,
    pub(super) criteria: Vec<ItemIndex>,
}

/// All numbers before and after.
pub(super) struct Order {
    pub(super) requirements: Vec<Requirement>,
    /// The new number by the old one; nothing for what goes away.
    becomes: FxHashMap<SmolStr, Option<SmolStr>>,
    /// Old and new number by item, in the order of the document.
    items: Vec<(ItemIndex, SmolStr, Option<SmolStr>)>,
    /// Every number there is afterwards.
    after: FxHashSet<SmolStr>,
    /// The number of a requirement that is new; its criteria are whatever its text says.
    new: Option<SmolStr>,
}

/// What stands at a place afterwards: something old, or something new.
type Slot = Option<usize>;

impl Order {
    pub(super) fn of(facts: &Document, step: &Step) -> Result<Self, Uncounted> {
        let requirements = requirements(facts);
        let (arranged, numbers) = arranged(facts, &requirements, step)?;
        let mut becomes = FxHashMap::default();
        let mut after = FxHashSet::default();
        let mut fresh = None;
        let mut new: FxHashMap<ItemIndex, SmolStr> = FxHashMap::default();
        for ((requirement, criteria), number) in arranged.iter().zip(&numbers) {
            after.insert(number.clone());
            match requirement {
                Some(requirement) => {
                    new.insert(requirements[*requirement].item, number.clone());
                }
                None => fresh = Some(number.clone()),
            }
            for (nth, slot) in (1..).zip(criteria) {
                let key = format_smolstr!("{number}.{nth}");
                after.insert(key.clone());
                if let Some(item) = slot {
                    new.insert(*item, key);
                }
            }
        }
        let mut items = Vec::new();
        for requirement in &requirements {
            let own = std::iter::once((requirement.item, requirement.number.clone()));
            let criteria = (1..)
                .zip(&requirement.criteria)
                .map(|(nth, item)| (*item, format_smolstr!("{}.{nth}", requirement.number)));
            for (item, old) in own.chain(criteria) {
                let new = new.get(&item).cloned();
                becomes.insert(old.clone(), new.clone());
                items.push((item, old, new));
            }
        }
        Ok(Self {
            requirements,
            becomes,
            items,
            after,
            new: fresh,
        })
    }

    /// The number of what `key` named; `key` itself where it named nothing.
    pub(super) fn becomes(&self, key: &str) -> Option<SmolStr> {
        match self.becomes.get(key) {
            Some(new) => new.clone(),
            None => Some(key.into()),
        }
    }

    /// Whether something has this number now.
    pub(super) fn knows(&self, key: &str) -> bool {
        self.becomes.contains_key(key)
    }

    /// Whether something may have this number afterwards.
    pub(super) fn will_know(&self, key: &str) -> bool {
        let of_new =
            || key.split_once('.').map(|(requirement, _)| requirement) == self.new.as_deref();
        self.after.contains(key) || self.new.is_some() && of_new()
    }

    /// Old and new numbers that are not the same.
    pub(super) fn changed(&self) -> impl Iterator<Item = (SmolStr, SmolStr)> {
        let items = self.items.iter();
        items.filter_map(|(_, old, new)| {
            let new = new.as_ref()?;
            (old != new).then(|| (old.clone(), new.clone()))
        })
    }

    /// Items with their old and new numbers; no new one for what goes away.
    pub(super) fn items(&self) -> impl Iterator<Item = (ItemIndex, &SmolStr, Option<&SmolStr>)> {
        let items = self.items.iter();
        items.map(|(item, old, new)| (*item, old, new.as_ref()))
    }
}

fn requirements(facts: &Document) -> Vec<Requirement> {
    facts
        .items_of(ItemKind::Requirement)
        .map(|(item, it)| Requirement {
            item,
            number: it.id.clone(),
            criteria: facts
                .items_of(ItemKind::Criterion)
                .filter(|(_, criterion)| criterion.parent == Some(item))
                .map(|(at, _)| at)
                .collect(),
        })
        .collect()
}

type Arranged = Vec<(Slot, Vec<Option<ItemIndex>>)>;

/// Requirements with their criteria as they stand afterwards, and the number of each requirement.
fn arranged(
    facts: &Document,
    requirements: &[Requirement],
    step: &Step,
) -> Result<(Arranged, Vec<SmolStr>), Uncounted> {
    let counted = |at: usize| {
        let requirement = requirements.get(at).ok_or(Uncounted::NoSuchPlace)?;
        let disputed = facts.kiro.disputed.iter();
        let doubtful = disputed
            .clone()
            .any(|(number, _)| *number == requirement.number);
        let twice = requirements
            .iter()
            .filter(|each| each.number == requirement.number);
        if doubtful || twice.count() > 1 {
            return Err(Uncounted::Disputed(requirement.number.clone()));
        }
        Ok(())
    };
    let mut all: Arranged = requirements
        .iter()
        .enumerate()
        .map(|(at, each)| (Some(at), each.criteria.iter().copied().map(Some).collect()))
        .collect();
    let mut numbers: Vec<SmolStr> = requirements
        .iter()
        .map(|each| each.number.clone())
        .collect();
    let of_requirements = matches!(
        step,
        Step::Insert(at, _) | Step::Delete(at) | Step::Move(at, _) if at.criterion.is_none()
    );
    if of_requirements {
        for (at, number) in numbers.iter().enumerate() {
            counted(at)?;
            if *number != format_smolstr!("{}", at + 1) {
                return Err(Uncounted::Disputed(number.clone()));
            }
        }
    }
    match step {
        Step::Insert(at, _) => match at.criterion {
            Some(criterion) => {
                counted(at.requirement)?;
                let list = &mut all[at.requirement].1;
                if list.is_empty() || criterion > list.len() {
                    return Err(Uncounted::NoSuchPlace);
                }
                list.insert(criterion, None);
            }
            None if at.requirement > all.len() || all.is_empty() => {
                return Err(Uncounted::NoSuchPlace);
            }
            None => all.insert(at.requirement, (None, Vec::new())),
        },
        Step::Delete(at) => match at.criterion {
            Some(criterion) => {
                counted(at.requirement)?;
                let list = &mut all[at.requirement].1;
                if criterion >= list.len() {
                    return Err(Uncounted::NoSuchPlace);
                }
                list.remove(criterion);
                if list.is_empty() {
                    return Err(Uncounted::Last);
                }
            }
            None if at.requirement >= all.len() => return Err(Uncounted::NoSuchPlace),
            None => {
                all.remove(at.requirement);
                if all.is_empty() {
                    return Err(Uncounted::Last);
                }
            }
        },
        Step::Move(from, to) if from == to => return Err(Uncounted::NoSuchPlace),
        Step::Move(from, to) => match (from.criterion, to.criterion) {
            (Some(criterion), Some(place)) => {
                counted(from.requirement)?;
                counted(to.requirement)?;
                let list = &mut all[from.requirement].1;
                if criterion >= list.len() {
                    return Err(Uncounted::NoSuchPlace);
                }
                let item = list.remove(criterion);
                if list.is_empty() {
                    return Err(Uncounted::Last);
                }
                let list = &mut all[to.requirement].1;
                if list.is_empty() || place > list.len() {
                    return Err(Uncounted::NoSuchPlace);
                }
                list.insert(place, item);
            }
            (None, None) if from.requirement < all.len() && to.requirement < all.len() => {
                let requirement = all.remove(from.requirement);
                all.insert(to.requirement, requirement);
            }
            _ => return Err(Uncounted::NoSuchPlace),
        },
    }
    if of_requirements {
        numbers = (1..=all.len())
            .map(|number| format_smolstr!("{number}"))
            .collect();
    }
    Ok((all, numbers))
}
