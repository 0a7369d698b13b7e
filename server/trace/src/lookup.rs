//! Items by what people type: an address, an id, an id with its feature.

use std::sync::Arc;

use documents::Item;
use smol_str::SmolStr;

use crate::Graph;
use crate::feature::{Feature, ItemRef};

impl Feature {
    /// Whether people may mean this feature: by path, name, number, or name without its number.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        let name = name.trim_end_matches('/');
        let slug = || {
            let (number, slug) = self.name.split_once('-')?;
            let numbered = number.bytes().all(|byte| byte.is_ascii_digit());
            numbered.then_some(slug)
        };
        self.name == name
            || self.path == name
            || self.number.is_some() && self.number == name.parse().ok()
            || slug() == Some(name)
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
    #[must_use]
    pub fn look_up(&self, what: &str, feature: Option<&str>) -> Vec<ItemRef> {
        let all = || self.features().iter();
        if let Some(feature) = feature {
            let named = all().filter(|each| each.is_called(feature));
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
