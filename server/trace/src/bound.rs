//! Values that documents bind to constants, enumerations and keys of settings, held against what those hold.
//!
//! Nothing is compared but what a binding names. What is computed, read in another way or in another unit that nobody
//! writes is unknown.

use code::{Held, HeldItem, HeldValue, SourceFacts};
use documents::{Binding, ItemIndex, Said, TaskState};
use grammar::{Quantity, Sameness};
use smol_str::SmolStr;
use text::{FileId, TextRange};

use crate::Inputs;
use crate::chain::split_name;
use crate::feature::{Feature, FeatureDocument, UnitKind};
use crate::history::WordQuestion;
use crate::paths::Resolution;
use crate::scope::Phase;

/// A value of a document that is bound to what holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundValue {
    /// The document.
    pub file: FileId,
    /// Which of the document's bindings.
    pub binding: u32,
    /// The innermost item around it.
    pub item: Option<ItemIndex>,
    /// The file that is named.
    pub holder: Option<FileId>,
    /// Tasks that would change the code are open: it is to be written yet.
    pub awaited: bool,
    /// How the two stand.
    pub standing: BoundStanding,
}

/// How a value stands to what it is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BoundStanding {
    /// The code holds it.
    Agrees(HeldPlace),
    /// The code holds another quantity.
    Differs(HeldPlace, Quantity),
    /// The code has another list of values.
    Lists {
        /// Where.
        place: HeldPlace,
        /// Values of the document that the code does not have, as positions in its list.
        lacking: Vec<u32>,
        /// Values of the code that the document does not list, with their bytes.
        unsaid: Vec<(SmolStr, TextRange)>,
    },
    /// The file does not declare the name.
    Undeclared {
        /// What the sources are asked: whether the name stands anywhere. None of a file of settings, which is read whole.
        question: Option<WordQuestion>,
        /// Whether it does; `None`: unknown yet.
        stands: Option<bool>,
        /// The only name of the file that holds exactly this.
        near: Option<HeldPlace>,
    },
    /// Cannot be told; the words say why.
    Unknown(&'static str),
}

/// Where a value is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPlace {
    /// The file.
    pub file: FileId,
    /// The name there, with the names around it.
    pub name: SmolStr,
    /// Bytes of its last name.
    pub name_range: TextRange,
    /// Bytes of the value; of an enumeration those of its name.
    pub range: TextRange,
}

impl HeldPlace {
    fn of(file: FileId, held: &Held) -> Self {
        Self {
            file,
            name: held.name.clone(),
            name_range: held.name_range,
            range: held.range,
        }
    }
}

impl BoundValue {
    /// What the sources are to be asked.
    pub(crate) fn question(&self) -> Option<&WordQuestion> {
        match &self.standing {
            BoundStanding::Undeclared { question, .. } => question.as_ref(),
            _ => None,
        }
    }

    /// Where its value is held, if it is.
    #[must_use]
    pub fn place(&self) -> Option<&HeldPlace> {
        match &self.standing {
            BoundStanding::Agrees(place)
            | BoundStanding::Differs(place, _)
            | BoundStanding::Lists { place, .. } => Some(place),
            BoundStanding::Undeclared { .. } | BoundStanding::Unknown(_) => None,
        }
    }
}

impl Feature {
    /// The binding behind a bound value, with its document.
    #[must_use]
    pub fn binding(&self, bound: &BoundValue) -> Option<(&FeatureDocument, &Binding)> {
        let document = self.document(bound.file)?;
        let binding = document.facts().bindings.get(bound.binding as usize)?;
        Some((document, binding))
    }
}

/// The bound values of a feature whose paths are resolved.
pub(crate) fn of_feature(feature: &Feature, inputs: &Inputs) -> Vec<BoundValue> {
    let mut found = Vec::new();
    for document in &feature.documents {
        for (at, binding) in (0..).zip(&document.facts().bindings) {
            found.extend(bound(feature, inputs, document, at, binding));
        }
    }
    found
}

fn bound(
    feature: &Feature,
    inputs: &Inputs,
    document: &FeatureDocument,
    at: u32,
    binding: &Binding,
) -> Option<BoundValue> {
    let mut links = feature.paths.iter();
    let link = links.find(|link| link.file == document.file && link.mention == binding.path)?;
    let path = document.facts().paths.get(binding.path as usize)?;
    let (name, _) = path.symbol.as_ref()?;
    let item = document.facts().item_at(binding.range.start());
    let (holder, standing) = match &link.resolution {
        Resolution::File(file) => {
            let path = inputs.tree.path_str(*file);
            let settings = code::is_settings_path(path);
            if !settings && !code::is_source_path(path) {
                return None;
            }
            let standing = match inputs.sources.get(file) {
                Some(source) => standing(
                    feature,
                    inputs,
                    *file,
                    &source.facts,
                    settings,
                    name,
                    binding,
                ),
                None => BoundStanding::Unknown("the file named beside it was not read"),
            };
            (Some(*file), standing)
        }
        Resolution::Several(_) => (
            None,
            BoundStanding::Unknown("several files have the path named beside it"),
        ),
        Resolution::Directory(_) | Resolution::SeveralDirectories => return None,
        Resolution::Outside | Resolution::Missing(_) | Resolution::Unread => (
            None,
            BoundStanding::Unknown("the file named beside it is not there"),
        ),
    };
    Some(BoundValue {
        file: document.file,
        binding: at,
        item: item.map(|(at, _)| at),
        holder,
        awaited: is_awaited(feature, document, item.map(|(at, _)| at), holder),
        standing,
    })
}

/// Whether open tasks are to bring the code to what the document says: those that name the file or cite the item; of a
/// change, any.
fn is_awaited(
    feature: &Feature,
    document: &FeatureDocument,
    item: Option<ItemIndex>,
    holder: Option<FileId>,
) -> bool {
    if feature.phase == Phase::Done || feature.unit == UnitKind::Capability {
        return false;
    }
    if document.kind == documents::DocumentKind::OpenSpecDelta {
        return true;
    }
    let Some(tasks) = feature.tasks_document() else {
        return false;
    };
    let facts = tasks.facts();
    let open = feature.tasks.iter().filter_map(|links| {
        let it = facts.items.get(links.item as usize)?;
        let state = it.task.as_ref()?.state;
        (state != TaskState::Done).then_some((links, it))
    });
    let mut open = open.peekable();
    if open.peek().is_none() {
        return false;
    }
    let cited: Vec<TextRange> = feature
        .references
        .iter()
        .filter(|reference| reference.file == tasks.file)
        .filter(|reference| {
            let mut items = reference.target.items().iter();
            items.any(|meant| meant.file == document.file && Some(meant.item) == item)
        })
        .filter_map(|reference| Some(facts.mentions.get(reference.mention as usize)?.range))
        .collect();
    open.any(|(links, it)| {
        let paths = &feature.paths[links.paths.start as usize..links.paths.end as usize];
        let names = |file: FileId| {
            paths
                .iter()
                .any(|link| link.resolution.files().contains(&file))
        };
        holder.is_some_and(names)
            || cited.iter().any(|range| it.range.contains_range(*range))
            || document.file == tasks.file && item == Some(links.item)
    })
}

fn standing(
    feature: &Feature,
    inputs: &Inputs,
    file: FileId,
    facts: &SourceFacts,
    settings: bool,
    name: &str,
    binding: &Binding,
) -> BoundStanding {
    let named: Vec<&Held> = facts
        .held
        .iter()
        .filter(|held| is_called(&held.name, name))
        .collect();
    let exact = named.iter().filter(|held| *held.name == *dotted(name));
    let exact: Vec<&Held> = exact.copied().collect();
    let named = if exact.is_empty() { named } else { exact };
    if named.is_empty() {
        let last = split_name(name).1;
        let declared = facts.symbols.iter().any(|symbol| symbol.name == last);
        if declared {
            return BoundStanding::Unknown("what it is bound to is no literal");
        }
        if !facts.symbols_known || facts.truncated {
            return BoundStanding::Unknown("the file named beside it could not be read to its end");
        }
        let question = (!settings).then(|| WordQuestion {
            root: feature.root,
            word: last.into(),
            within: None,
        });
        let stands = match &question {
            Some(question) => inputs.history.words.get(question).copied(),
            None => Some(false),
        };
        return BoundStanding::Undeclared {
            question,
            stands,
            near: near(file, facts, last, binding),
        };
    }
    let fitting: Vec<&Held> = named
        .into_iter()
        .filter(|held| match (&binding.said, &held.value) {
            (Said::Quantity { .. }, HeldValue::Quantity(_)) => true,
            (Said::Values(_), HeldValue::List(items)) => !items.is_empty(),
            _ => false,
        })
        .collect();
    match fitting.as_slice() {
        [] => BoundStanding::Unknown("what it is bound to is no literal"),
        [held] => compare(file, held, &binding.said),
        _ => BoundStanding::Unknown("the file has several of that name"),
    }
}

fn compare(file: FileId, held: &Held, said: &Said) -> BoundStanding {
    let place = HeldPlace::of(file, held);
    match (said, &held.value) {
        (Said::Quantity { quantity, .. }, HeldValue::Quantity(own)) => {
            match Quantity::compare(*quantity, *own) {
                Sameness::Same => BoundStanding::Agrees(place),
                Sameness::Other => BoundStanding::Differs(place, *own),
                Sameness::Unknown => {
                    BoundStanding::Unknown("nobody says which unit the number in the code has")
                }
            }
        }
        (Said::Values(values), HeldValue::List(items)) => {
            let lacking: Vec<u32> = (0..)
                .zip(values)
                .filter(|(_, (value, _))| !items.iter().any(|item| is_same(value, item)))
                .map(|(at, _)| at)
                .collect();
            if lacking.len() == values.len() {
                return BoundStanding::Unknown("the code writes none of the values");
            }
            let unsaid: Vec<(SmolStr, TextRange)> = items
                .iter()
                .filter(|item| !values.iter().any(|(value, _)| is_same(value, item)))
                .map(|item| (spelled(values, items, item), item.range))
                .collect();
            if lacking.is_empty() && unsaid.is_empty() {
                BoundStanding::Agrees(place)
            } else {
                BoundStanding::Lists {
                    place,
                    lacking,
                    unsaid,
                }
            }
        }
        _ => BoundStanding::Unknown("what it is bound to is no literal"),
    }
}

/// The only other name of the file that holds what is said, in a unit that is written.
fn near(file: FileId, facts: &SourceFacts, name: &str, binding: &Binding) -> Option<HeldPlace> {
    // Any number without a unit stands in many places: the names share a word.
    let bare = matches!(&binding.said, Said::Quantity { quantity, .. } if quantity.unit.is_none());
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| word.len() > 2)
            .map(str::to_lowercase)
            .collect()
    };
    let own = words(name);
    let akin = |held: &&Held| !bare || words(&held.name).iter().any(|word| own.contains(word));
    let same =
        |held: &&Held| matches!(compare(file, held, &binding.said), BoundStanding::Agrees(_));
    let mut all = facts.held.iter().filter(same).filter(akin);
    let only = all.next()?;
    all.next().is_none().then(|| HeldPlace::of(file, only))
}

/// Whether a value of a document is one of the code: its name or what is written for it, in whatever case.
fn is_same(value: &str, item: &HeldItem) -> bool {
    let value = value.trim_matches(['"', '\'']);
    let last = plain(split_name(value).1);
    let whole = plain(value);
    let mut names = std::iter::once(&item.name).chain(&item.values);
    names.any(|name| {
        let name = plain(name);
        !name.is_empty() && (name == whole || name == last)
    })
}

/// A value of the code as the document writes the others: by what is written for them, by their names, or in small letters.
fn spelled(values: &[(SmolStr, TextRange)], items: &[HeldItem], item: &HeldItem) -> SmolStr {
    let said = |wanted: &SmolStr| values.iter().any(|(value, _)| value == wanted);
    let place = items
        .iter()
        .find_map(|known| known.values.iter().position(said));
    if let Some(written) = place.and_then(|at| item.values.get(at)) {
        return written.clone();
    }
    let by_name = items.iter().any(|known| said(&known.name));
    let small = |text: &str| !text.chars().any(char::is_uppercase);
    if !by_name && values.iter().all(|(value, _)| small(value)) && !item.name.contains(['_', '-']) {
        let mut chars = item.name.chars();
        let first = chars.next().map(char::to_lowercase);
        let rest: String = chars.collect();
        if let (Some(first), true) = (
            first,
            small(&rest) || !item.name.chars().any(char::is_lowercase),
        ) {
            return first.chain(rest.to_lowercase().chars()).collect();
        }
    }
    item.name.clone()
}

/// A name without its case and what joins its words.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '_' | '-' | ' ' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
}

fn dotted(name: &str) -> SmolStr {
    name.replace("::", ".").replace('#', ".").into()
}

/// Whether what is held under `full` is called `name` by who names it with the file: all of it, or its end.
fn is_called(full: &str, name: &str) -> bool {
    let name = dotted(name);
    full.strip_suffix(name.as_str())
        .is_some_and(|head| head.is_empty() || head.ends_with('.'))
}
