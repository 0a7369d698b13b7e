//! Items by what people type: an address, an id, an id with its feature.

use std::sync::Arc;

use documents::Item;
use smol_str::SmolStr;

use crate::feature::{Feature, ItemRef};
use crate::{Graph, RootId};

/// What a feature is called behind its number: `auth` of `003-auth`.
pub(crate) fn unnumbered(name: &str) -> Option<&str> {
    let (number, slug) = name.split_once('-')?;
    let numbered = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    numbered.then_some(slug)
}

impl Feature {
    /// Whether people may mean this feature: by path, name, number, or name without its number.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        let name = name.trim_end_matches('/');
        self.name == name
            || self.path == name
            || self.number.is_some() && self.number == name.parse().ok()
            || unnumbered(&self.name) == Some(name)
    }

    /// Every item of its documents.
    pub fn items(&self) -> impl Iterator<Item = (ItemRef, &Item)> {
        self.documents.iter().flat_map(|document| {
            (0..).zip(&document.facts().items).map(|(at, item)| {
                let item_ref = ItemRef {
                    feature: self.id,
                    file: document.file,
                    item: at,
                };
                (item_ref, item)
            })
        })
    }
}

impl Graph {
    /// The items that `what` may mean: `specs/003-auth#FR-008`, `003/FR-008`, `FR-008`, `2.3`, `auth/Session expires`.
    /// `feature` is where to look, by path, name or number. Nothing where nobody knows it, several where it is ambiguous.
    /// Where there are several roots, the name of one may stand before each: `api/specs/003-auth#FR-008`.
    #[must_use]
    pub fn look_up(&self, what: &str, feature: Option<&str>) -> Vec<ItemRef> {
        let own = self.inputs().tree.behind_root(what);
        let in_root = |(root, rest)| self.look_up_in(Some(root), rest, feature);
        // What was printed with the name of a root is that root's; a bare id behind a name is a feature's first.
        let (printed, bare) = own.map_or((None, None), |own| {
            if own.1.contains(['/', '#']) {
                (Some(own), None)
            } else {
                (None, Some(own))
            }
        });
        let found = |items: &Vec<ItemRef>| !items.is_empty();
        printed
            .map(in_root)
            .filter(found)
            .or_else(|| Some(self.look_up_in(None, what, feature)).filter(found))
            .or_else(|| bare.map(in_root))
            .unwrap_or_default()
    }

    /// The features that people may mean by a name, behind the name of their root or without it.
    pub fn called<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Arc<Feature>> {
        let own = self.inputs().tree.behind_root(name);
        let in_root = move |each: &Feature| {
            own.is_some_and(|(root, name)| each.root == root && each.is_called(name))
        };
        let qualified = self.features().iter().any(|each| in_root(each));
        let meant = move |each: &&Arc<Feature>| {
            if qualified {
                in_root(each)
            } else {
                each.is_called(name)
            }
        };
        self.features().iter().filter(meant)
    }

    fn look_up_in(&self, root: Option<RootId>, what: &str, feature: Option<&str>) -> Vec<ItemRef> {
        let all = || {
            let features = self.features().iter();
            features.filter(|each| root.is_none_or(|root| each.root == root))
        };
        if let Some(feature) = feature {
            let named = self.called(feature);
            let named = named.filter(|each| root.is_none_or(|root| each.root == root));
            return found(named, |each| within(each, what));
        }
        for (at, _) in what.match_indices('#') {
            let (unit, key) = (&what[..at], &what[at + 1..]);
            let exact = all().filter(|each| each.path == unit);
            let items = found(exact, |each| addressed(each, key));
            if !items.is_empty() {
                return items;
            }
            let called = all().filter(|each| each.is_called(unit));
            let items = found(called, |each| {
                let items = addressed(each, key);
                if items.is_empty() {
                    within(each, key)
                } else {
                    items
                }
            });
            if !items.is_empty() {
                return items;
            }
        }
        // A name may have slashes of its own: the id as a whole comes first.
        let items = found(all(), |each| within(each, what));
        if !items.is_empty() {
            return items;
        }
        for (at, _) in what.match_indices('/') {
            let (unit, key) = (&what[..at], &what[at + 1..]);
            let called = all().filter(|each| each.is_called(unit));
            let items = found(called, |each| within(each, key));
            if !items.is_empty() {
                return items;
            }
        }
        Vec::new()
    }
}

fn found<'a>(
    features: impl Iterator<Item = &'a Arc<Feature>>,
    items: impl Fn(&Feature) -> Vec<ItemRef>,
) -> Vec<ItemRef> {
    features.flat_map(|feature| items(feature)).collect()
}

/// The items of an address' key, exactly as it is displayed.
fn addressed(feature: &Feature, key: &str) -> Vec<ItemRef> {
    let wanted = |item: &ItemRef| {
        let address = feature.key(*item).map(|key| key.to_string());
        address.is_some_and(|address| {
            let shown = address.strip_prefix(feature.path.as_str());
            shown.and_then(|shown| shown.strip_prefix('#')) == Some(key)
        })
    };
    // Most are defined for the feature by an id that is in the address as it is.
    let plain = key.split('~').next().unwrap_or_default();
    let defined: Vec<ItemRef> = feature
        .defined(plain)
        .iter()
        .filter(|item| wanted(item))
        .copied()
        .collect();
    if !defined.is_empty() {
        return defined;
    }
    let named = feature.items().filter(|(_, item)| !item.id.is_empty());
    named.map(|(at, _)| at).filter(wanted).collect()
}

/// The items of an id in a feature: as written, else but for the case of its letters, else of those that are numbered
/// in their document only.
fn within(feature: &Feature, id: &str) -> Vec<ItemRef> {
    let exact = feature.defined(id);
    if !exact.is_empty() {
        return exact.to_vec();
    }
    let alike = |known: &SmolStr| known.eq_ignore_ascii_case(id);
    let items: Vec<ItemRef> = feature
        .defined_ids()
        .filter(|(known, _)| alike(known))
        .flat_map(|(_, items)| items)
        .copied()
        .collect();
    if !items.is_empty() {
        return items;
    }
    let numbered = feature.items().filter(|(_, item)| alike(&item.id));
    let named = numbered.filter(|(_, item)| !item.id.is_empty());
    named.map(|(at, _)| at).collect()
}
