//! Finds the item that a line of the lock speaks of: by key and text, else by its text alone (renumbered, renamed), else
//! by its key, and then its text is another one.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::{FileId, TextSize};

use super::altered::CodePastQuestion;
use super::lock::encode;
use super::standing::Search;
use super::target::TargetName;
use super::{
    Accepted, AcceptedItem, AcceptedLink, CodeStanding, Fact, LockFile, LockLine, wording,
};
use crate::feature::{Feature, ItemRef};
use crate::inputs::Inputs;

/// Items of a feature as lines of a lock name them.
pub(crate) struct Found {
    /// By document and place: item, encoded key, print.
    items: Vec<(ItemRef, SmolStr, u64)>,
    by_key: FxHashMap<SmolStr, usize>,
    /// Positions by print; `None`: several items say the same.
    by_text: FxHashMap<u64, Option<usize>>,
}

impl Found {
    pub(crate) fn of(feature: &Feature) -> Self {
        let mut found = Self {
            items: Vec::new(),
            by_key: FxHashMap::default(),
            by_text: FxHashMap::default(),
        };
        for document in &feature.documents {
            let facts = document.facts();
            for (at, item) in (0..).zip(&facts.items) {
                if !wording::is_acceptable(document.kind, item.kind) || item.id.is_empty() {
                    continue;
                }
                let it = ItemRef {
                    feature: feature.id,
                    file: document.file,
                    item: at,
                };
                let Some(key) = key_of(feature, it) else {
                    continue;
                };
                let Some(print) = wording::print(facts, &document.doc.text, at) else {
                    continue;
                };
                let place = found.items.len();
                found.by_key.entry(key.clone()).or_insert(place);
                found
                    .by_text
                    .entry(print)
                    .and_modify(|at| *at = None)
                    .or_insert(Some(place));
                found.items.push((it, key, print));
            }
        }
        found
    }

    fn unique(&self, text: u64) -> Option<usize> {
        self.by_text.get(&text).copied().flatten()
    }

    /// The encoded key and the print of an item.
    pub(super) fn item(&self, item: ItemRef) -> Option<(&SmolStr, u64)> {
        let mut items = self.items.iter();
        items
            .find(|(it, ..)| *it == item)
            .map(|(_, key, print)| (key, *print))
    }
}

/// What follows the `#` of an item's address, encoded for a lock.
fn key_of(feature: &Feature, item: ItemRef) -> Option<SmolStr> {
    let mut key = feature.key(item)?;
    key.unit = SmolStr::default();
    let shown = key.to_string();
    // Segments are percent-encoded already, but for blanks.
    Some(encode(shown.strip_prefix('#')?, |c| c == '%').into())
}

/// The directory of a feature from its project's, encoded for a lock.
pub(crate) fn unit_of(feature: &Feature) -> SmolStr {
    let project = feature.project.path.as_str();
    let own = feature
        .path
        .strip_prefix(project)
        .filter(|_| !project.is_empty());
    let below = own.map_or(feature.path.as_str(), |own| own.trim_start_matches('/'));
    encode(below, |_| false).replace('#', "%23").into()
}

/// Finds what the lines of a lock say of one feature.
pub(crate) struct Reader<'a> {
    pub(crate) inputs: &'a Inputs,
    pub(crate) file: FileId,
    pub(crate) lock: &'a LockFile,
    /// Features of the lock's directory.
    pub(crate) units: &'a FxHashMap<SmolStr, usize>,
}

impl Reader<'_> {
    /// What was accepted of a feature. `found`: its items; `lost`: lines whose feature is not there and whose text is an
    /// item's of this one alone.
    pub(crate) fn of(&self, feature: &Feature, found: &Found, lost: &[usize]) -> Accepted {
        let unit = unit_of(feature);
        let mut same: FxHashMap<&Fact, Vec<u32>> = FxHashMap::default();
        // In the order of the file, so that equal states are told alike.
        let mut ids: Vec<u64> = Vec::new();
        let mut lines: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        for (at, line) in self.lock.lock.lines.iter().enumerate() {
            let own = line.fact.unit == unit || lost.contains(&at);
            if !own {
                continue;
            }
            let repeated = same.entry(&line.fact).or_default();
            repeated.push(at as u32);
            if repeated.len() == 1 {
                let of_id = lines.entry(line.fact.id).or_insert_with(|| {
                    ids.push(line.fact.id);
                    Vec::new()
                });
                of_id.push(at as u32);
            }
        }
        if ids.is_empty() {
            return Accepted::default();
        }
        ids.sort_unstable();
        let line = |at: &u32| &self.lock.lock.lines[*at as usize];
        let mut of_item: FxHashMap<usize, (u64, Vec<u32>)> = FxHashMap::default();
        let mut rest: Vec<u64> = Vec::new();
        for id in ids {
            let facts = || lines[&id].iter().map(|at| &line(at).fact);
            let exact = facts().find_map(|fact| {
                let place = *found.by_key.get(&fact.key)?;
                (fact.unit == unit && found.items[place].2 == fact.text).then_some(place)
            });
            let place = exact.or_else(|| facts().find_map(|fact| found.unique(fact.text)));
            match place {
                None => rest.push(id),
                Some(place) => {
                    let known = of_item.entry(place).or_insert_with(|| (id, Vec::new()));
                    known.1.extend(&lines[&id]);
                }
            }
        }
        let mut dead: Vec<u32> = Vec::new();
        for id in rest {
            // Who else is found by its text is not meant by this key.
            let mut keys = lines[&id].iter().map(|at| &line(at).fact.key);
            let free = keys.find_map(|key| {
                let place = *found.by_key.get(key)?;
                (!of_item.contains_key(&place)).then_some(place)
            });
            match free {
                Some(place) => {
                    of_item.insert(place, (id, lines[&id].clone()));
                }
                None => dead.extend(&lines[&id]),
            }
        }
        dead.sort_unstable();
        let mut items: Vec<AcceptedItem> = of_item
            .into_iter()
            .map(|(place, (id, lines))| {
                let (item, _, print) = found.items[place];
                self.item(feature, (item, print, id), &lines, &same)
            })
            .collect();
        items.sort_unstable_by_key(|item| item.item);
        Accepted {
            lock: Some(self.file),
            items,
            dead,
            pasts: Vec::new(),
        }
    }

    fn item(
        &self,
        feature: &Feature,
        (item, print, id): (ItemRef, u64, u64),
        lines: &[u32],
        same: &FxHashMap<&Fact, Vec<u32>>,
    ) -> AcceptedItem {
        let search = Search {
            inputs: self.inputs,
            root: feature.root,
            directory: &feature.project.path,
        };
        let line = |at: u32| &self.lock.lock.lines[at as usize];
        let mut by_target: FxHashMap<&TargetName, Vec<u32>> = FxHashMap::default();
        for at in lines {
            by_target
                .entry(&line(*at).fact.target)
                .or_default()
                .push(*at);
        }
        let mut links: Vec<AcceptedLink> = by_target
            .into_iter()
            .map(|(target, at)| {
                let judged = at.iter().map(|at| judge(&search, line(*at), print));
                // The same line whatever stands where.
                let best = judged.min_by_key(|each| (each.rank(), each.line.fact.to_string()));
                (target, at, best)
            })
            .filter_map(|(target, at, best)| {
                let Judged {
                    line: best,
                    text,
                    code,
                    question,
                    past,
                } = best?;
                let all = at.iter().filter_map(|at| same.get(&line(*at).fact));
                let mut all: Vec<u32> = all.flatten().copied().collect();
                all.sort_unstable();
                Some(AcceptedLink {
                    target: target.clone(),
                    line: best.range,
                    reason: best.fact.reason.as_str().into(),
                    lines: all,
                    text,
                    code,
                    question,
                    past,
                    altered: None,
                })
            })
            .collect();
        links.sort_unstable_by(|a, b| a.target.cmp(&b.target));
        let texts = lines.iter().map(|at| line(*at).fact.text);
        AcceptedItem {
            item,
            id,
            text: texts.clone().any(|text| text == print),
            accepted_text: texts.max().unwrap_or_default(),
            links,
            change: None,
        }
    }

    /// Lines of features that are not there, by the only feature that has an item of that text.
    pub(crate) fn lost<'f>(
        &self,
        found: &(impl Iterator<Item = (usize, &'f Found)> + Clone),
    ) -> FxHashMap<usize, Vec<usize>> {
        let mut lost: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (at, line) in self.lock.lock.lines.iter().enumerate() {
            if self.units.contains_key(&line.fact.unit) {
                continue;
            }
            let mut homes = found
                .clone()
                .filter(|(_, each)| each.by_text.contains_key(&line.fact.text));
            if let (Some((home, each)), None) = (homes.next(), homes.next())
                && each.unique(line.fact.text).is_some()
            {
                lost.entry(home).or_default().push(at);
            }
        }
        lost
    }

    /// Whether some line speaks of a feature that is not there.
    pub(crate) fn has_lost(&self) -> bool {
        let mut lines = self.lock.lock.lines.iter();
        lines.any(|line| !self.units.contains_key(&line.fact.unit))
    }
}

struct Judged<'a> {
    line: &'a LockLine,
    text: bool,
    code: CodeStanding,
    question: Option<crate::PathQuestion>,
    past: Option<(CodePastQuestion, TextSize)>,
}

impl Judged<'_> {
    /// Lower fits better.
    fn rank(&self) -> u8 {
        let code = match self.code {
            CodeStanding::Same(_) => 0,
            CodeStanding::Body(_) => 1,
            CodeStanding::Unknown(_) => 2,
            CodeStanding::Signature(_) => 3,
            CodeStanding::Gone(_) => 4,
        };
        if self.text { code } else { 8 + code }
    }
}

fn judge<'a>(search: &Search<'_>, line: &'a LockLine, print: u64) -> Judged<'a> {
    let (code, question) = search.standing(&line.fact);
    Judged {
        line,
        text: line.fact.text == print,
        past: search.past(&line.fact, &code),
        code,
        question,
    }
}
