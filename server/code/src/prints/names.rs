//! Names that are bound inside a body: which they are, and which words of the text mean them.

use std::ops::Range;

use rustc_hash::FxHashMap;
use text::TextRange;

type Span = Range<usize>;

/// What `locals.scm` finds.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Names where they are bound, and the node in which the name does not mean this yet.
    pub(crate) locals: Vec<(Span, Option<Span>)>,
    /// Bodies that names are bound in.
    pub(crate) scopes: Vec<Span>,
    /// Names around which a whole node may use them, before they are bound too: `[x for x in xs]`.
    pub(crate) around: Vec<(Span, Span)>,
    /// Words that mean something else than a bound name: labels, keys.
    pub(crate) labels: Vec<usize>,
}

/// One place where a name is bound.
#[derive(Debug)]
struct Binding {
    at: usize,
    /// From here on the word means it.
    from: usize,
    scope: u32,
    name: u32,
}

/// Bound names of one file.
#[derive(Debug, Default)]
pub(super) struct Bound<'a> {
    /// Each name in each body once: the body.
    pub(super) names: Vec<u32>,
    words: Vec<&'a str>,
    scopes: Vec<Span>,
    /// By where they begin to count.
    bindings: Vec<Binding>,
    /// Where names are bound, sorted, and the name.
    places: Vec<(usize, u32)>,
    labels: Vec<usize>,
}

impl Names {
    /// Puts names into their bodies. What is bound in a signature is a parameter, which is no local name; the name that has
    /// the signature is one, where it is bound in a body around. `signatures`: each with where its name begins.
    pub(super) fn bound(
        mut self,
        text: &str,
        signatures: impl Iterator<Item = (Span, usize)>,
    ) -> Bound<'_> {
        let mut bound = Bound::default();
        if self.locals.is_empty() && self.around.is_empty() {
            return bound;
        }
        self.scopes
            .sort_unstable_by_key(|scope| (scope.start, std::cmp::Reverse(scope.end)));
        self.scopes.dedup();
        self.labels.sort_unstable();
        let mut signatures: Vec<(Span, usize)> = signatures.collect();
        signatures.sort_unstable_by_key(|(signature, _)| signature.start);
        let mut all: Vec<(Span, usize)> = Vec::new();
        for (local, past) in &self.locals {
            all.push((
                local.clone(),
                past.as_ref().map_or(local.start, |past| past.end),
            ));
        }
        for (local, around) in &self.around {
            all.push((local.clone(), around.start));
        }
        all.sort_unstable_by_key(|(local, from)| (local.start, *from));
        all.dedup_by_key(|(local, _)| local.start);

        let mut known: FxHashMap<(u32, &str), u32> = FxHashMap::default();
        let (mut next_scope, mut open) = (0_usize, Vec::<u32>::new());
        let (mut next_signature, mut signature_end, mut named) = (0_usize, 0_usize, 0_usize);
        for (local, from) in all {
            while let Some((signature, name)) = signatures.get(next_signature)
                && signature.start <= local.start
            {
                if signature.end > signature_end {
                    (signature_end, named) = (signature.end, *name);
                }
                next_signature += 1;
            }
            while let Some(scope) = self.scopes.get(next_scope)
                && scope.start <= local.start
            {
                open.push(next_scope as u32);
                next_scope += 1;
            }
            while let Some(&scope) = open.last()
                && self.scopes[scope as usize].end <= local.start
            {
                open.pop();
            }
            let (Some(&scope), Some(word)) = (open.last(), text.get(local.clone())) else {
                continue;
            };
            if local.start < signature_end && local.start != named {
                continue;
            }
            let name = *known.entry((scope, word)).or_insert_with(|| {
                bound.names.push(scope);
                bound.words.push(word);
                bound.names.len() as u32 - 1
            });
            bound.places.push((local.start, name));
            bound.bindings.push(Binding {
                at: local.start,
                from: from.max(self.scopes[scope as usize].start),
                scope,
                name,
            });
        }
        bound
            .bindings
            .sort_unstable_by_key(|binding| (binding.from, binding.at));
        bound.scopes = self.scopes;
        bound.labels = self.labels;
        bound
    }
}

impl<'a> Bound<'a> {
    /// Whether the body that a name is bound in lies in `range`.
    pub(super) fn is_bound_in(&self, name: u32, range: TextRange) -> bool {
        let scope = self.names.get(name as usize);
        let scope = scope.and_then(|scope| self.scopes.get(*scope as usize));
        scope.is_some_and(|scope| {
            usize::from(range.start()) <= scope.start && scope.end <= usize::from(range.end())
        })
    }

    pub(super) fn follower(&'a self) -> Follower<'a> {
        Follower {
            bound: self,
            next: 0,
            next_place: 0,
            next_label: 0,
            active: FxHashMap::default(),
            open: Vec::new(),
        }
    }
}

/// Answers for the words of a file in the order of the text.
pub(super) struct Follower<'a> {
    bound: &'a Bound<'a>,
    next: usize,
    next_place: usize,
    next_label: usize,
    /// What a word means, the innermost last.
    active: FxHashMap<&'a str, Vec<u32>>,
    /// Names that count now, and the ends of their bodies; the ends fall towards the top as bodies nest.
    open: Vec<(usize, u32)>,
}

impl Follower<'_> {
    /// The bound name that the word at `at` means.
    pub(super) fn at(&mut self, at: usize, word: &str, after_dot: bool) -> Option<u32> {
        let bound = self.bound;
        if bound.names.is_empty() {
            return None;
        }
        while let Some((place, name)) = bound.places.get(self.next_place)
            && *place <= at
        {
            self.next_place += 1;
            if *place == at {
                self.begin(at);
                return Some(*name);
            }
        }
        if after_dot {
            return None;
        }
        while bound
            .labels
            .get(self.next_label)
            .is_some_and(|label| *label < at)
        {
            self.next_label += 1;
        }
        if bound.labels.get(self.next_label) == Some(&at) {
            return None;
        }
        self.begin(at);
        while let Some((end, name)) = self.open.last()
            && *end <= at
        {
            let word = bound.words[*name as usize];
            if let Some(names) = self.active.get_mut(word) {
                names.retain(|other| other != name);
            }
            self.open.pop();
        }
        let names = self.active.get(word)?;
        // A body that ended may lie below one that did not: only words of a body around count.
        names.iter().rev().copied().find(|name| {
            let scope = &bound.scopes[bound.names[*name as usize] as usize];
            scope.start <= at && at < scope.end
        })
    }

    fn begin(&mut self, at: usize) {
        while let Some(binding) = self.bound.bindings.get(self.next)
            && binding.from <= at
        {
            self.next += 1;
            let word = self.bound.words[binding.name as usize];
            let names = self.active.entry(word).or_default();
            let bound = self.bound;
            names.retain(|name| bound.scopes[bound.names[*name as usize] as usize].end > at);
            if !names.contains(&binding.name) {
                names.push(binding.name);
                let end = self.bound.scopes[binding.scope as usize].end;
                self.open.push((end, binding.name));
            }
        }
    }
}
