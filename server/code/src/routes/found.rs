//! Routers, mounts and routes while a file is read, and what they come to.

use std::ops::Range;

use smol_str::{SmolStr, ToSmolStr};
use tree_sitter::Node;

use super::{Framework, MAX_ROUTES, Methods, Mount, Route, join, template, template::Parameters};
use crate::{Language, SourceFacts, SymbolKind, calls::Calls};

/// Routers of one file that are followed.
const MAX_ROUTERS: usize = 500;

/// Mounts of one router that give routes of their own.
const MAX_MOUNTS: usize = 4;

/// Routers in routers.
const DEEPEST: usize = 8;

pub(super) type RouterId = usize;

/// A prefix: `None` if something is written that is no plain string.
pub(super) type Prefix = Option<SmolStr>;

struct Router<'t> {
    /// What it is bound to, and where.
    names: Vec<(&'t str, Option<u32>)>,
    /// What it is called where it has no name: the function that gives it.
    label: Option<&'t str>,
    own: Prefix,
    /// Nothing is before it.
    whole: bool,
    mounts: Vec<Mounted>,
    /// Its name is another router's too, in the same function: which one is meant is not certain.
    vague: bool,
}

#[derive(Clone)]
struct Mounted {
    parent: Option<RouterId>,
    prefix: Prefix,
    /// The prefix stands instead of the router's own.
    instead: bool,
}

/// A route before its prefix is known.
pub(super) struct Registered<'t> {
    pub(super) methods: Methods,
    /// The path's bytes between its quotes.
    pub(super) path: Option<Range<usize>>,
    /// What stands in the path's place.
    pub(super) place: Range<usize>,
    /// What the path means, if not its bytes; `None` where it is no template.
    pub(super) template: Option<String>,
    pub(super) router: Option<RouterId>,
    pub(super) handler: Handler<'t>,
    /// Without a router: whether all is known.
    pub(super) complete: bool,
}

/// What answers.
pub(super) enum Handler<'t> {
    None,
    /// An expression.
    Is(Node<'t>),
    /// What is written below a byte.
    Below(usize),
}

struct Outside {
    parent: Option<RouterId>,
    prefix: Prefix,
    target: Range<usize>,
    named: bool,
}

pub(super) struct Found<'t> {
    framework: Framework,
    routers: Vec<Router<'t>>,
    routes: Vec<Registered<'t>>,
    outside: Vec<Outside>,
}

impl<'t> Found<'t> {
    pub(super) fn new(framework: Framework) -> Self {
        Self {
            framework,
            routers: Vec::new(),
            routes: Vec::new(),
            outside: Vec::new(),
        }
    }

    pub(super) fn router(&mut self, own: Prefix, whole: bool) -> Option<RouterId> {
        (self.routers.len() < MAX_ROUTERS).then(|| {
            self.routers.push(Router {
                names: Vec::new(),
                label: None,
                own,
                whole,
                mounts: Vec::new(),
                vague: false,
            });
            self.routers.len() - 1
        })
    }

    pub(super) fn name(&mut self, router: RouterId, name: &'t str, function: Option<u32>) {
        if name.is_empty() {
            return;
        }
        let mut others = false;
        for (index, other) in self.routers.iter_mut().enumerate() {
            if index != router && other.names.contains(&(name, function)) {
                other.vague = true;
                others = true;
            }
        }
        if let Some(router) = self.routers.get_mut(router)
            && !router.names.contains(&(name, function))
        {
            router.names.push((name, function));
            router.vague |= others;
        }
    }

    pub(super) fn label(&mut self, router: RouterId, label: &'t str) {
        if let Some(router) = self.routers.get_mut(router) {
            router.label = Some(label);
        }
    }

    /// Whether a router has a name in exactly this function.
    pub(super) fn is_named_in(&self, router: RouterId, name: &str, function: Option<u32>) -> bool {
        self.routers
            .get(router)
            .is_some_and(|router| router.names.contains(&(name, function)))
    }

    pub(super) fn is_whole(&mut self, router: RouterId) {
        if let Some(router) = self.routers.get_mut(router) {
            router.whole = true;
        }
    }

    pub(super) fn is_mounted(&self, router: RouterId) -> bool {
        self.routers
            .get(router)
            .is_some_and(|router| router.whole || !router.mounts.is_empty())
    }

    /// The router of a name, as seen from inside a function.
    pub(super) fn find(
        &self,
        calls: &Calls<'t>,
        name: &str,
        mut function: Option<u32>,
    ) -> Option<RouterId> {
        if name.is_empty() {
            return None;
        }
        for _ in 0..=DEEPEST * 2 {
            let known = self
                .routers
                .iter()
                .rposition(|router| router.names.contains(&(name, function)));
            if known.is_some() {
                return known;
            }
            function = calls.parent(function?);
        }
        None
    }

    pub(super) fn mount(&mut self, parent: Option<RouterId>, prefix: Prefix, child: RouterId) {
        self.put(parent, prefix, child, false);
    }

    /// As [`Self::mount`], but the prefix stands instead of the router's own.
    pub(super) fn mount_instead(
        &mut self,
        parent: Option<RouterId>,
        prefix: Prefix,
        child: RouterId,
    ) {
        self.put(parent, prefix, child, true);
    }

    fn put(&mut self, parent: Option<RouterId>, prefix: Prefix, child: RouterId, instead: bool) {
        if parent != Some(child)
            && let Some(router) = self.routers.get_mut(child)
            && router.mounts.len() < MAX_MOUNTS
        {
            router.mounts.push(Mounted {
                parent,
                prefix,
                instead,
            });
        }
    }

    /// Something from another file is mounted.
    pub(super) fn outside(
        &mut self,
        parent: Option<RouterId>,
        prefix: Prefix,
        target: Range<usize>,
    ) {
        self.outside.push(Outside {
            parent,
            prefix,
            target,
            named: true,
        });
    }

    /// A prefix for every route of the framework, with the bytes that say so.
    pub(super) fn everywhere(&mut self, prefix: Prefix, place: Range<usize>) {
        self.outside.push(Outside {
            parent: None,
            prefix,
            target: place,
            named: false,
        });
    }

    pub(super) fn route(&mut self, route: Registered<'t>) {
        if self.routes.len() < MAX_ROUTES {
            self.routes.push(route);
        }
    }

    /// A route whose path is an expression.
    pub(super) fn at(
        &mut self,
        calls: &Calls<'t>,
        parameters: Parameters,
        path: Node<'t>,
        router: Option<RouterId>,
        methods: Methods,
        handler: Handler<'t>,
    ) {
        let constant = calls.constant(path);
        let template = constant
            .clone()
            .and_then(|range| template(parameters, calls.text.get(range)?));
        self.route(Registered {
            methods,
            place: constant.clone().unwrap_or_else(|| path.byte_range()),
            path: constant,
            template,
            router,
            handler,
            complete: false,
        });
    }

    /// Everything that is before a router, and whether it is all.
    fn before(&self, router: RouterId, deep: usize) -> Vec<(String, bool)> {
        let known = self.routers.get(router);
        let Some(known) = known.filter(|known| deep < DEEPEST && !known.vague) else {
            return vec![(String::new(), false)];
        };
        let extend = |(before, complete): (String, bool), part: &Prefix| match part {
            Some(part) => (join(&before, part), complete),
            None => (String::new(), false),
        };
        if known.mounts.is_empty() {
            return vec![extend((String::new(), known.whole), &known.own)];
        }
        let mut all = Vec::new();
        for mounted in &known.mounts {
            let parents = match mounted.parent {
                Some(parent) => self.before(parent, deep + 1),
                None => vec![(String::new(), false)],
            };
            for parent in parents {
                let mut full = extend(parent, &mounted.prefix);
                if !mounted.instead {
                    full = extend(full, &known.own);
                }
                all.push(full);
            }
        }
        all.dedup();
        all.truncate(MAX_MOUNTS);
        all
    }

    /// Turns what was found into facts.
    pub(super) fn settle(self, calls: &Calls<'t>, facts: &mut SourceFacts) {
        let none = |complete| vec![(String::new(), complete)];
        for route in &self.routes {
            let (handler, symbol) = handler(calls, facts, &route.handler);
            let before = match route.router {
                Some(router) => self.before(router, 0),
                None => none(route.complete),
            };
            // Where the path is unknown, prefixes say nothing.
            let many = if route.template.is_some() {
                before.len()
            } else {
                1
            };
            for (before, complete) in before.into_iter().take(many) {
                if facts.routes.len() >= MAX_ROUTES {
                    facts.truncated = true;
                    return;
                }
                let template = route.template.as_deref().map(|path| {
                    let full = join(&before, path);
                    if full.is_empty() {
                        "/".into()
                    } else {
                        full.to_smolstr()
                    }
                });
                let path = route.path.clone();
                facts.routes.push(Route {
                    framework: self.framework,
                    methods: route.methods.clone(),
                    path: path.and_then(|path| calls.text.get(path)).map(SmolStr::new),
                    range: text::span(route.place.start, route.place.end),
                    complete: complete && template.is_some(),
                    template,
                    router: route
                        .router
                        .and_then(|router| {
                            let router = self.routers.get(router)?;
                            let named = router.names.first().map(|(name, _)| *name);
                            named.or(router.label)
                        })
                        .map(SmolStr::new),
                    handler: handler.clone(),
                    symbol,
                });
            }
        }
        for outside in &self.outside {
            let before = match outside.parent {
                Some(parent) => self.before(parent, 0),
                None => none(!outside.named),
            };
            for (before, complete) in before {
                if facts.mounts.len() >= MAX_ROUTES {
                    facts.truncated = true;
                    return;
                }
                let target = calls.text.get(outside.target.clone()).unwrap_or_default();
                facts.mounts.push(Mount {
                    framework: self.framework,
                    complete: complete && outside.prefix.is_some(),
                    prefix: outside
                        .prefix
                        .as_deref()
                        .map(|prefix| join(&before, prefix).into()),
                    target: if outside.named {
                        target.into()
                    } else {
                        SmolStr::default()
                    },
                    range: text::span(outside.target.start, outside.target.end),
                });
            }
        }
    }
}

/// A handler's name, and the symbol it is if that is in this file.
fn handler(
    calls: &Calls<'_>,
    facts: &SourceFacts,
    handler: &Handler<'_>,
) -> (Option<SmolStr>, Option<u32>) {
    match handler {
        Handler::None => (None, None),
        Handler::Below(offset) => {
            let symbol = below(facts, *offset, |kind| {
                matches!(kind, SymbolKind::Function | SymbolKind::Method)
            });
            let name = symbol.and_then(|index| facts.symbols.get(index as usize));
            (name.map(|symbol| symbol.name.clone()), symbol)
        }
        Handler::Is(node) => {
            let written = calls.short(*node);
            let is_name =
                |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ':' | '$' | '#' | '/');
            if written.is_empty() || !written.chars().all(is_name) {
                return (None, None);
            }
            let (owner, name) = match written
                .rsplit_once("::")
                .or_else(|| written.rsplit_once('.'))
            {
                Some((owner, name)) => (Some(owner), name),
                None => (None, written),
            };
            let own = match owner {
                None | Some("this" | "self" | "Self" | "cls") => true,
                Some(owner) => is_receiver(calls, node.start_byte(), owner),
            };
            // Where every function is a method, a bare name is one.
            let classes = matches!(calls.language, Language::CSharp | Language::Java);
            let wanted = |kind| match owner {
                None if classes => kind == SymbolKind::Method,
                None => kind == SymbolKind::Function,
                Some(_) => kind == SymbolKind::Method,
            };
            let mut same = (0_u32..)
                .zip(&facts.symbols)
                .filter(|(_, symbol)| symbol.name == name && wanted(symbol.kind));
            let symbol = match (own, same.next(), same.next()) {
                (true, Some((index, _)), None) => Some(index),
                _ => None,
            };
            (Some(SmolStr::new(written)), symbol)
        }
    }
}

/// Whether a name is the receiver or a parameter of a function around a byte.
fn is_receiver(calls: &Calls<'_>, at: usize, name: &str) -> bool {
    calls.functions.iter().any(|function| {
        function.range.contains(&at)
            && function
                .parameters
                .first()
                .is_some_and(|(parameter, _)| *parameter == name)
    })
}

/// The first symbol whose name stands behind a byte.
pub(super) fn below(
    facts: &SourceFacts,
    offset: usize,
    wanted: impl Fn(SymbolKind) -> bool,
) -> Option<u32> {
    let at = text::TextSize::new(offset as u32);
    (0_u32..)
        .zip(&facts.symbols)
        .filter(|(_, symbol)| symbol.name_range.start() >= at && wanted(symbol.kind))
        .min_by_key(|(_, symbol)| symbol.name_range.start())
        .map(|(index, _)| index)
}
