//! What frameworks with routers as values share: how routers are made, named, grouped and handed on.

use smol_str::SmolStr;
use tree_sitter::Node;

use super::{
    Methods,
    found::{Found, Prefix, RouterId},
    template,
    template::Parameters,
};
use crate::calls::{Call, Calls, elements};

/// Calls of one chain that are followed.
const DEEPEST: usize = 64;

/// The words of a framework.
pub(super) struct Style {
    pub(super) parameters: Parameters,
    /// Calls that register a route, with the HTTP method; `""` is every method.
    pub(super) verbs: &'static [(&'static str, &'static str)],
    /// Calls that make an application.
    pub(super) whole: &'static [&'static str],
    /// Calls that make a router that is mounted somewhere.
    pub(super) part: &'static [&'static str],
    /// The argument that is a router's own prefix.
    pub(super) own: &'static [&'static str],
    /// Calls on a router that give a router below the prefix that is their first argument.
    pub(super) groups: &'static [&'static str],
    /// Types of parameters that are routers, and whether they are applications.
    pub(super) types: &'static [(&'static str, bool)],
    /// Names of parameters and fields that are routers where no type is written.
    pub(super) names: &'static [&'static str],
}

impl Style {
    pub(super) fn method(&self, verb: &str) -> Option<Methods> {
        let (_, method) = self.verbs.iter().find(|(known, _)| *known == verb)?;
        Some(if method.is_empty() {
            Methods::Any
        } else {
            Methods::Only(vec![SmolStr::new_static(method)])
        })
    }

    /// A prefix that is written as an expression.
    pub(super) fn prefix<'t>(&self, calls: &Calls<'t>, written: Option<Node<'t>>) -> Prefix {
        match written {
            None => Some(SmolStr::default()),
            Some(node) => Some(template(self.parameters, calls.constant_text(node)?)?.into()),
        }
    }

    /// Finds every router that has a name: parameters, then bindings in the order of the text.
    pub(super) fn routers<'t>(&self, calls: &Calls<'t>, found: &mut Found<'t>) {
        for (index, function) in (0_u32..).zip(&calls.functions) {
            for (name, types) in &function.parameters {
                if let Some(whole) = self.of_type(name, types)
                    && let Some(router) = found.router(Some(SmolStr::default()), whole)
                {
                    found.name(router, name, Some(index));
                }
            }
        }
        for binding in &calls.bindings {
            if binding.name.is_empty() {
                continue;
            }
            let function = if binding.name.contains('.') {
                None
            } else {
                binding.function
            };
            let resolved = self.resolve(calls, found, binding.value, binding.function);
            if let Some(router) = resolved {
                found.name(router, binding.name, function);
            }
        }
    }

    fn of_type(&self, name: &str, types: &str) -> Option<bool> {
        let types = types.trim_start_matches(['*', '&']);
        if types.is_empty() {
            return self.names.contains(&name).then_some(false);
        }
        let types = &types[..types.find('<').unwrap_or(types.len())];
        self.types
            .iter()
            .find(|(known, _)| *known == types || types.rsplit('.').next() == Some(*known))
            .map(|(_, whole)| *whole)
    }

    /// The router that an expression is.
    pub(super) fn resolve<'t>(
        &self,
        calls: &Calls<'t>,
        found: &mut Found<'t>,
        node: Node<'t>,
        function: Option<u32>,
    ) -> Option<RouterId> {
        self.resolve_below(calls, found, node, function, 0)
    }

    fn resolve_below<'t>(
        &self,
        calls: &Calls<'t>,
        found: &mut Found<'t>,
        node: Node<'t>,
        function: Option<u32>,
        deep: usize,
    ) -> Option<RouterId> {
        if deep > DEEPEST {
            return None;
        }
        let Some(call) = calls.call(node) else {
            let written = calls.short(node);
            let known = found.find(calls, written, function);
            if known.is_some() {
                return known;
            }
            // `s.router` whose making is in another file.
            let (_, field) = written.rsplit_once('.')?;
            if !self.names.contains(&field) {
                return None;
            }
            let router = found.router(Some(SmolStr::default()), false)?;
            found.name(router, written, None);
            return Some(router);
        };
        let made = |list: &[&str]| {
            list.iter()
                .any(|known| *known == call.callee || *known == call.name && !known.contains('.'))
        };
        if made(self.whole) || made(self.part) {
            let own = self.own_prefix(calls, call);
            return found.router(own, made(self.whole));
        }
        let parent = self.resolve_below(calls, found, call.receiver?, function, deep + 1)?;
        if !self.groups.contains(&call.name) {
            // Calls on a router give the router.
            return Some(parent);
        }
        let prefix = self.prefix(calls, call.at(0));
        let router = found.router(Some(SmolStr::default()), false)?;
        found.mount(Some(parent), prefix, router);
        Some(router)
    }

    fn own_prefix<'t>(&self, calls: &Calls<'t>, call: &Call<'t>) -> Prefix {
        self.prefix(calls, call.named(self.own))
    }
}

/// `methods=[..]`, as the frameworks of Python have it; GET without it.
pub(super) fn methods_named<'t>(calls: &Calls<'t>, call: &Call<'t>) -> Methods {
    call.named(&["methods"]).map_or_else(
        || Methods::Only(vec![SmolStr::new_static("GET")]),
        |written| methods(calls, written),
    )
}

/// Methods of a list of strings: `["GET", "POST"]`; `RequestMethod.GET` counts by its last word.
pub(super) fn methods<'t>(calls: &Calls<'t>, written: Node<'t>) -> Methods {
    let mut all = Vec::new();
    for element in elements(written) {
        let word = calls.constant_text(element).unwrap_or_else(|| {
            let written = calls.short(element);
            written.rsplit(['.', ':']).next().unwrap_or(written)
        });
        let word = word.to_ascii_uppercase();
        if !is_method(&word) {
            return Methods::Unknown;
        }
        all.push(SmolStr::from(word));
    }
    if all.is_empty() {
        Methods::Unknown
    } else {
        Methods::Only(all)
    }
}

/// Whether a word is an HTTP method, upper case.
pub(crate) fn is_method(word: &str) -> bool {
    matches!(
        word,
        "GET" | "POST" | "PUT" | "DELETE" | "PATCH" | "HEAD" | "OPTIONS" | "TRACE" | "CONNECT"
    )
}
