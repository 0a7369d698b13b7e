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
    let all: Arranged = requirements
        .iter()
        .enumerate()
        .map(|(at, each)| (Some(at), each.criteria.iter().copied().map(Some).collect()))
        .collect();
    let (first, second) = match step {
        Step::Insert(at, _) | Step::Delete(at) => (at, at),
        Step::Move(from, to) if from == to => return Err(Uncounted::NoSuchPlace),
        Step::Move(from, to) => (from, to),
    };
    match (first.criterion, second.criterion) {
        (Some(criterion), Some(place)) => {
            for at in [first.requirement, second.requirement] {
                is_counted(facts, requirements, at)?;
            }
            let numbers = requirements.iter().map(|each| each.number.clone());
            let (from, to) = ((first.requirement, criterion), (second.requirement, place));
            Ok((criteria_after(all, step, from, to)?, numbers.collect()))
        }
        (None, None) => {
            for (at, requirement) in requirements.iter().enumerate() {
                is_counted(facts, requirements, at)?;
                if requirement.number != format_smolstr!("{}", at + 1) {
                    return Err(Uncounted::Disputed(requirement.number.clone()));
                }
            }
            let all = requirements_after(all, step, first.requirement, second.requirement)?;
            let numbers = (1..=all.len()).map(|number| format_smolstr!("{number}"));
            let numbers = numbers.collect();
            Ok((all, numbers))
        }
        _ => Err(Uncounted::NoSuchPlace),
    }
}

/// Whether places alone say how a requirement's criteria are called.
fn is_counted(facts: &Document, requirements: &[Requirement], at: usize) -> Result<(), Uncounted> {
    let requirement = requirements.get(at).ok_or(Uncounted::NoSuchPlace)?;
    let number = &requirement.number;
    let doubtful = facts.kiro.disputed.iter().any(|(each, _)| each == number);
    let alike = requirements.iter().filter(|each| each.number == *number);
    if doubtful || alike.count() > 1 {
        return Err(Uncounted::Disputed(number.clone()));
    }
    Ok(())
}

/// Criteria by requirement and place.
fn criteria_after(
    mut all: Arranged,
    step: &Step,
    (from, criterion): (usize, usize),
    (to, place): (usize, usize),
) -> Result<Arranged, Uncounted> {
    let mut moved = None;
    if !matches!(step, Step::Insert(..)) {
        let list = &mut all[from].1;
        if criterion >= list.len() {
            return Err(Uncounted::NoSuchPlace);
        }
        moved = list.remove(criterion);
        if list.is_empty() {
            return Err(Uncounted::Last);
        }
    }
    if !matches!(step, Step::Delete(_)) {
        let list = &mut all[to].1;
        if list.is_empty() || place > list.len() {
            return Err(Uncounted::NoSuchPlace);
        }
        list.insert(place, moved);
    }
    Ok(all)
}

fn requirements_after(
    mut all: Arranged,
    step: &Step,
    from: usize,
    to: usize,
) -> Result<Arranged, Uncounted> {
    let inserts = matches!(step, Step::Insert(..));
    if all.is_empty() || from.max(to) >= all.len() + usize::from(inserts) {
        return Err(Uncounted::NoSuchPlace);
    }
    let moved = if inserts {
        (None, Vec::new())
    } else {
        all.remove(from)
    };
    if all.is_empty() {
        return Err(Uncounted::Last);
    }
    if !matches!(step, Step::Delete(_)) {
        all.insert(to, moved);
    }
    Ok(all)
}
