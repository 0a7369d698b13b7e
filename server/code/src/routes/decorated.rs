//! Annotations on classes and methods: what they stand on, and the class around it.

use std::ops::Range;

use tree_sitter::Node;

use super::{
    Methods,
    found::{Found, Handler, Prefix, Registered, RouterId, below},
    template,
    template::Parameters,
};
use crate::{
    SourceFacts, Symbol, SymbolKind,
    calls::{Call, Calls, elements},
};

/// Symbols that annotations stand on.
fn bears(kind: SymbolKind) -> bool {
    is_class(kind) || matches!(kind, SymbolKind::Method | SymbolKind::Function)
}

fn is_class(kind: SymbolKind) -> bool {
    matches!(
        kind,
        SymbolKind::Class
            | SymbolKind::Struct
            | SymbolKind::Interface
            | SymbolKind::Trait
            | SymbolKind::Enum
    )
}

/// What an annotation stands on, if it is a class.
pub(crate) fn class_below<'f>(
    facts: &'f SourceFacts,
    note: &Call<'_>,
) -> Option<(u32, &'f Symbol)> {
    let index = below(facts, note.node.end_byte(), bears)?;
    let symbol = facts.symbols.get(index as usize)?;
    is_class(symbol.kind).then_some((index, symbol))
}

/// What an annotation stands on, if it is a method, and the class around it.
pub(crate) fn method_below<'f>(
    facts: &'f SourceFacts,
    note: &Call<'_>,
) -> Option<(&'f Symbol, u32, &'f Symbol)> {
    let method = facts
        .symbols
        .get(below(facts, note.node.end_byte(), bears)? as usize)
        .filter(|symbol| !is_class(symbol.kind))?;
    let (index, class) = (0_u32..)
        .zip(&facts.symbols)
        .filter(|(_, symbol)| {
            is_class(symbol.kind) && crate::holds(symbol.range, method.name_range)
        })
        .max_by_key(|(_, symbol)| symbol.range.start())?;
    Some((method, index, class))
}

/// Routers of classes, made when they are first asked for.
#[derive(Default)]
pub(super) struct Classes {
    known: Vec<(u32, Option<RouterId>)>,
}

impl Classes {
    /// The router of a class with its prefixes.
    pub(super) fn router(
        &mut self,
        found: &mut Found<'_>,
        class: u32,
        whole: bool,
        prefixes: impl FnOnce() -> Vec<Prefix>,
    ) -> Option<RouterId> {
        if let Some((_, router)) = self.known.iter().find(|(known, _)| *known == class) {
            return *router;
        }
        let prefixes = prefixes();
        let router = match prefixes.as_slice() {
            [] => found.router(Some("".into()), whole),
            [one] => found.router(one.clone(), whole),
            many => {
                let root = found.router(Some("".into()), whole);
                let router = found.router(Some("".into()), whole);
                if let Some(router) = router {
                    for prefix in many {
                        found.mount(root, prefix.clone(), router);
                    }
                }
                router
            }
        };
        self.known.push((class, router));
        router
    }
}

/// Paths in an annotation's argument: one, or a list.
pub(super) fn prefixes<'t>(
    calls: &Calls<'t>,
    parameters: Parameters,
    written: Option<Node<'t>>,
) -> Vec<Prefix> {
    written.map_or_else(Vec::new, |written| {
        elements(written)
            .into_iter()
            .map(|path| Some(template(parameters, calls.constant_text(path)?)?.into()))
            .collect()
    })
}

/// A route of an annotation that names no path.
pub(super) fn without_path(
    place: Range<usize>,
    router: Option<RouterId>,
    methods: Methods,
    handler: Handler<'_>,
) -> Registered<'_> {
    Registered {
        methods,
        path: Some(place.end..place.end),
        place,
        template: Some(String::new()),
        router,
        handler,
        complete: false,
    }
}
