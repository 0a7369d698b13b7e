//! A member that a type has because another type declares it: between an interface, trait or base and what implements it.

use code::{Language, Symbol, SymbolKind};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::{FileId, TextRange};

use super::targets::{Name, Target};
use super::{Sighting, Why};
use crate::chain::split_name;

/// A member of the same name in a type that is kin, with the name of the one that both are of.
pub(super) struct Kin {
    pub(super) symbol: u32,
    pub(super) at: TextRange,
    pub(super) why: Why,
}

/// The members of one source that are kin of a member. `own`: the source that declares it, if that was looked into;
/// `alone`: no third source declares its name.
pub(super) fn kin(
    target: &Target,
    name: &Name,
    own: Option<&Sighting>,
    sighting: &Sighting,
    alone: bool,
) -> Vec<Kin> {
    let Some(container) = name.container.as_deref() else {
        return Vec::new();
    };
    let symbols = &sighting.source.facts.symbols;
    let alike = (0..)
        .zip(symbols)
        .filter(|(_, it)| it.name == name.word && is_member(it) && type_of(it) != container);
    let bases = own.map(|own| bases(own, container)).unwrap_or_default();
    let mut found = Vec::new();
    for (at, symbol) in alike {
        let other = type_of(symbol);
        let base = if bases.contains(other) {
            Some(other)
        } else if self::bases(sighting, other).contains(container) {
            Some(container)
        } else if target.language == Some(Language::Go) {
            own.and_then(|own| go(own, container, sighting, other, alone))
        } else {
            None
        };
        found.extend(base.map(|base| Kin {
            symbol: at,
            at: symbol.name_range,
            why: Why::Implements(base.into()),
        }));
    }
    found
}

/// Whether a symbol is a function of a type.
fn is_member(symbol: &Symbol) -> bool {
    symbol.container.is_some()
        && matches!(
            symbol.kind,
            SymbolKind::Method | SymbolKind::Function | SymbolKind::Field
        )
}

/// The innermost name around a symbol.
fn type_of(symbol: &Symbol) -> &str {
    split_name(symbol.container.as_deref().unwrap_or_default()).1
}

/// The words in the head of a type that say what it extends and implements.
fn bases<'s>(sighting: &'s Sighting, name: &str) -> FxHashSet<&'s str> {
    let text = &*sighting.text;
    let facts = &sighting.source.facts;
    if facts.language == Some(Language::Rust) {
        return traits(text, name);
    }
    let mut words = FxHashSet::default();
    for symbol in &facts.symbols {
        let is_type = matches!(
            symbol.kind,
            SymbolKind::Class | SymbolKind::Struct | SymbolKind::Interface | SymbolKind::Trait
        );
        let head = TextRange::new(
            symbol.name_range.end(),
            symbol.signature.end().max(symbol.name_range.end()),
        );
        if let Some(head) = text
            .get(std::ops::Range::<usize>::from(head))
            .filter(|_| is_type && symbol.name == name)
        {
            // What a constructor takes is no base.
            let python = facts.language == Some(Language::Python);
            let mut depth = 0_u32;
            for part in head.split_inclusive(['(', ')']) {
                if python || depth == 0 {
                    words.extend(super::words::in_text(part).map(|(_, word)| word));
                }
                match part.as_bytes().last() {
                    Some(b'(') => depth += 1,
                    Some(b')') => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
        }
    }
    words.remove(name);
    words
}

/// The traits that a text implements for a type.
fn traits<'t>(text: &'t str, name: &str) -> FxHashSet<&'t str> {
    let mut found = FxHashSet::default();
    for line in text
        .lines()
        .filter(|line| line.trim_start().starts_with("impl"))
    {
        if let Some((of, what)) = line.split_once(" for ")
            && super::words::in_text(what).any(|(_, word)| word == name)
        {
            found.extend(
                super::words::in_text(of)
                    .map(|(_, word)| word)
                    .filter(|word| *word != "impl"),
            );
        }
    }
    found
}

/// Of Go nothing says who implements what: one of both is an interface, all of whose methods the other has in the same source,
/// or nothing else has a method of the name.
fn go<'n>(
    own: &Sighting,
    container: &'n str,
    sighting: &Sighting,
    other: &'n str,
    alone: bool,
) -> Option<&'n str> {
    let interface = |of: &Sighting, name: &str| {
        let mut symbols = of.source.facts.symbols.iter();
        symbols.any(|it| it.kind == SymbolKind::Interface && it.name == name)
    };
    let methods = |of: &Sighting, name: &str| -> FxHashSet<SmolStr> {
        let symbols = of.source.facts.symbols.iter();
        let members = symbols
            .filter(|it| is_member(it) && it.kind != SymbolKind::Field && type_of(it) == name);
        members.map(|it| it.name.clone()).collect()
    };
    let (base, (declaring, implementing)) =
        match (interface(own, container), interface(sighting, other)) {
            (true, false) => (
                container,
                (methods(own, container), methods(sighting, other)),
            ),
            (false, true) => (other, (methods(sighting, other), methods(own, container))),
            _ => return None,
        };
    (alone || declaring.is_subset(&implementing)).then_some(base)
}

/// The source that declares what is looked for, among those that were looked into.
pub(super) fn own(sightings: &[Sighting], file: FileId) -> Option<&Sighting> {
    let at = sightings
        .binary_search_by_key(&file, |each| each.file)
        .ok()?;
    sightings.get(at)
}
