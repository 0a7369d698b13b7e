//! Values that are bound to what holds them, as the rules that judge them speak of them.

use documents::{Binding, Said};
use text::{Edit, TextRange};
use trace::{BoundStanding, BoundValue, Feature, FeatureDocument};

use crate::engine::Sink;
use crate::finding::Fix;
use crate::message::{Message, Template, shortened};
use crate::tasks::named;

/// Longest path and value of a sentence.
const LONGEST: usize = 28;

pub(crate) const GONE: Template = Template {
    en: "{who} binds {said} to `{name}`, which `{path}` does not have.",
    ja: "{who} は {said} を `{name}` に結び付けていますが、`{path}` にはありません。",
};
pub(crate) const RENAMED: Template = Template {
    en: "{who} binds {said} to `{name}`, but in `{path}` it is `{near}` that holds it.",
    ja: "{who} は {said} を `{name}` に結び付けていますが、`{path}` では `{near}` の値です。",
};
pub(crate) const HOLDS: Template = Template {
    en: "`{near}` holds {said} here.",
    ja: "`{near}` はここで {said} です。",
};
const REBIND: Template = Template {
    en: "Bind to `{near}`",
    ja: "`{near}` に結び付け",
};

/// One bound value and all that sentences on it name.
pub(crate) struct View<'a> {
    pub(crate) document: &'a FeatureDocument,
    pub(crate) binding: &'a Binding,
    pub(crate) bound: &'a BoundValue,
    /// The item it stands in, as people call it; else the document.
    pub(crate) who: String,
    /// The path as written.
    pub(crate) path: String,
    /// The name as written, and its bytes.
    pub(crate) name: String,
    name_range: TextRange,
}

/// Every bound value of a feature that is there to be judged; of what open tasks are to bring about nothing is said.
pub(crate) fn views(feature: &Feature) -> impl Iterator<Item = View<'_>> {
    feature.bound.iter().filter_map(|bound| {
        let (document, binding) = feature.binding(bound)?;
        let facts = document.facts();
        let path = facts.paths.get(binding.path as usize)?;
        let (name, name_range) = path.symbol.as_ref()?;
        let item = bound.item.and_then(|at| facts.items.get(at as usize));
        let who = item.map(|item| named(document, item));
        let file = document.path.rsplit('/').next().unwrap_or(&document.path);
        let who = who.filter(|who| !who.is_empty());
        Some(View {
            document,
            binding,
            bound,
            who: shortened(&who.unwrap_or_else(|| file.to_owned()), LONGEST),
            path: shortened(path.path.rsplit('/').next().unwrap_or(&path.path), LONGEST),
            name: shortened(name, LONGEST),
            name_range: *name_range,
        })
    })
}

impl View<'_> {
    /// What the document says, on one line.
    pub(crate) fn said(&self) -> String {
        match &self.binding.said {
            Said::Quantity { range, .. } => shortened(self.document.slice(*range), 20),
            Said::Values(values) => {
                let values: Vec<&str> = values.iter().map(|(value, _)| value.as_str()).collect();
                shortened(&values.join("/"), 20)
            }
        }
    }

    /// Reports that the name is nowhere, or counts why that cannot be told.
    pub(crate) fn undeclared(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let BoundStanding::Undeclared { stands, near, .. } = &self.bound.standing else {
            return;
        };
        let (file, range) = (self.bound.file, self.binding.range);
        match stands {
            None => {
                return sink.unknown_at(file, range, "the sources are still being read");
            }
            Some(true) => {
                return sink.unknown_at(file, range, "another source has that name");
            }
            Some(false) => {}
        }
        // The rule for symbols says it already.
        if feature
            .claims
            .iter()
            .any(|claim| claim.file == file && claim.range == self.name_range)
        {
            return sink.clean();
        }
        let said = self.said();
        // As long a name as the document writes.
        let whole = self.name_is_qualified();
        let near_name = near.as_ref().map_or("", |near| {
            let last = near.name.rsplit('.').next();
            last.filter(|_| !whole).unwrap_or(&near.name)
        });
        let near_shown = shortened(near_name, LONGEST);
        let facts = [
            ("who", self.who.as_str()),
            ("said", &said),
            ("name", &self.name),
            ("path", &self.path),
            ("near", &near_shown),
        ];
        let (template, count) = if near.is_some() {
            (RENAMED, 5)
        } else {
            (GONE, 4)
        };
        let message = Message::new(template, &facts[..count]);
        let mut draft = sink
            .report(file, self.name_range, message)
            .fact(self.name.as_str());
        if let Some(item) = self.bound.item {
            draft = draft.item(item);
        }
        if let Some(near) = near {
            let facts = [("near", near_shown.as_str()), ("said", &said)];
            draft = draft
                .related(near.file, near.range, Message::new(HOLDS, &facts))
                .fix(Fix {
                    title: Message::new(REBIND, &facts[..1]),
                    preferred: false,
                    edits: vec![(file, Edit::replace(self.name_range, near_name))],
                });
        }
        drop(draft);
    }

    fn name_is_qualified(&self) -> bool {
        self.document.slice(self.name_range).contains(['.', ':'])
    }
}
