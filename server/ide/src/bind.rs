//! Bound values: the action that binds one, what a hover says of one, where it leads.

use documents::{Binding, Document, ItemKind, Said};
use grammar::{Quantity, Sameness, WrittenQuantity, quantities};
use rules::{Locale, Message, Template};
use smol_str::SmolStr;
use std::collections::BTreeSet;
use std::sync::Arc;
use text::{Edit, FileId, LineIndex, TextRange, TextSize, span};
use trace::{
    BoundStanding, BoundValue, Change, DocumentFile, Feature, FeatureDocument, ItemRef, parent,
};

use crate::code_actions::{Action, ActionKind, touches};
use crate::wording::{code, say};
use crate::{Analysis, Place};

const BIND: Template = Template {
    en: "Bind {said} to {path}#{name}",
    ja: "{said} を {path}#{name} に結び付ける",
};

/// Actions for one quantity.
const MOST: usize = 3;

/// A name of linked code that holds what is said.
struct Holder {
    file: FileId,
    name: SmolStr,
    path: SmolStr,
    /// The less, the better.
    rank: (bool, usize),
}

impl Analysis {
    /// Names that the quantity in `range` of a document may be bound to: constants and keys of linked code and settings
    /// that hold exactly that. Asked for on its own.
    #[must_use]
    pub fn binding(&self, file: FileId, range: TextRange, locale: Locale) -> Vec<Action> {
        let Some(feature) = self.graph.feature_of(file) else {
            return Vec::new();
        };
        let Some(document) = feature
            .document(file)
            .filter(|it| it.kind.is_spec() || it.kind.is_plan())
        else {
            return Vec::new();
        };
        let Some((found, place)) = unbound(document, range) else {
            return Vec::new();
        };
        let mut holders = self.holders(feature, document, place, found.quantity);
        holders.sort_by(|one, other| (one.rank, &one.name).cmp(&(other.rank, &other.name)));
        holders.dedup_by(|one, other| one.name == other.name && one.file == other.file);
        let said = document.slice(place);
        let action = |holder: Holder| {
            let facts = [
                ("said", said),
                ("path", holder.path.as_str()),
                ("name", holder.name.as_str()),
            ];
            Action {
                title: Message::new(BIND, &facts).text(locale),
                kind: ActionKind::Bind {
                    file,
                    at: place.start(),
                    path: holder.path.clone(),
                    name: holder.name.clone(),
                },
                finding: None,
                preferred: false,
            }
        };
        holders.into_iter().take(MOST).map(action).collect()
    }

    /// The edit that binds the quantity which begins at `at`; `None` if it would not then be bound to that and agree.
    pub(crate) fn bind(&self, file: FileId, at: TextSize, path: &str, name: &str) -> Option<Edit> {
        let feature = self.graph.feature_of(file)?;
        let document = feature.document(file)?;
        let (found, place) = unbound(document, TextRange::empty(at))?;
        if place.start() != at {
            return None;
        }
        let text = &document.doc.text;
        let wide = found.unit.is_some_and(|unit| !text[unit].is_ascii());
        let edit = if wide && !text[usize::from(place.end())..].starts_with(' ') {
            Edit::insert(place.end(), format!("（`{path}#{name}`）"))
        } else {
            Edit::insert(place.end(), format!(" (`{path}#{name}`)"))
        };
        let after: Arc<str> = text::apply(text, std::slice::from_ref(&edit)).ok()?.into();
        let facts: Document = documents::read(document.kind, &after);
        let read = DocumentFile {
            lines: LineIndex::new(&after),
            facts,
            text: after,
        };
        let graph = self
            .graph
            .apply(vec![Change::Document(file, Some(Arc::new(read)))]);
        let feature = graph.feature_of(file)?;
        let proof = feature.bound.iter().find(|bound| {
            bound.file == file
                && feature
                    .binding(bound)
                    .is_some_and(|(_, binding)| binding.range == place)
        })?;
        matches!(proof.standing, BoundStanding::Agrees(_)).then_some(edit)
    }

    fn holders(
        &self,
        feature: &Feature,
        document: &FeatureDocument,
        place: TextRange,
        said: Quantity,
    ) -> Vec<Holder> {
        let facts = document.facts();
        let item = facts.item_at(place.start());
        let mut linked: BTreeSet<FileId> = feature
            .bound
            .iter()
            .filter_map(|each| each.holder)
            .collect();
        let mut symbols: Vec<(FileId, TextRange)> = Vec::new();
        let mut at = item.map(|(at, _)| at);
        while let Some(this) = at {
            let item = ItemRef {
                feature: feature.id,
                file: document.file,
                item: this,
            };
            let chain = self.graph.chain(item);
            linked.extend(chain.files.iter().map(|each| each.file));
            linked.extend(chain.mentions.iter().map(|(file, ..)| *file));
            for symbol in &chain.symbols {
                linked.insert(symbol.file);
                let source = self.graph.source(symbol.file);
                let symbol = source
                    .and_then(|it| {
                        it.facts
                            .symbols
                            .get(symbol.symbol as usize)
                            .map(|it| it.name_range)
                    })
                    .map(|range| (symbol.file, range));
                symbols.extend(symbol);
            }
            let it = facts.items.get(this as usize);
            at = it
                .and_then(|it| it.parent)
                .filter(|_| it.is_some_and(|it| it.kind != ItemKind::Story));
        }
        if item.is_none() {
            linked.extend(feature.named_files());
        }
        let words: Vec<String> = {
            let range = item.map_or(place, |(_, item)| item.range);
            let words = document.slice(range).split(|c: char| !c.is_alphanumeric());
            words
                .filter(|word| word.len() > 2)
                .map(str::to_lowercase)
                .collect()
        };
        let mut found = Vec::new();
        for file in linked {
            let Some(source) = self.graph.source(file) else {
                continue;
            };
            let Some(path) = self.path_from(feature, file) else {
                continue;
            };
            for held in &source.facts.held {
                let code::HeldValue::Quantity(own) = held.value else {
                    continue;
                };
                if Quantity::compare(said, own) != Sameness::Same {
                    continue;
                }
                let name = held.name.to_lowercase();
                let shared = words
                    .iter()
                    .filter(|word| name.contains(word.as_str()))
                    .count();
                // A bare number alone says little: it is another one as likely as not.
                let is_symbol = symbols.contains(&(file, held.name_range));
                if own.unit.is_none() && said.unit.is_none() && shared == 0 && !is_symbol {
                    continue;
                }
                found.push(Holder {
                    file,
                    name: held.name.clone(),
                    path: path.clone(),
                    rank: (!is_symbol, usize::MAX - shared),
                });
            }
        }
        found
    }

    /// A path as documents of a feature name files: from its project.
    fn path_from(&self, feature: &Feature, file: FileId) -> Option<SmolStr> {
        let (root, path) = self.graph.inputs().tree.path(file)?;
        if root != feature.root {
            return None;
        }
        let project = feature.project.path.as_str();
        let own = path
            .strip_prefix(project)
            .and_then(|rest| rest.strip_prefix('/'));
        let path = if project.is_empty() {
            path.as_str()
        } else {
            own?
        };
        // What the grammar does not read in a code span cannot be written there.
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-');
        (path.chars().all(plain) && !parent(path).starts_with("..")).then(|| path.into())
    }

    /// The bound value at `offset` of a document: its value or the bracket behind it.
    fn bound_at(
        &self,
        file: FileId,
        offset: TextSize,
    ) -> Option<(&Feature, &FeatureDocument, &Binding, &BoundValue)> {
        let feature: &Feature = self.graph.feature_of(file)?;
        feature
            .bound
            .iter()
            .filter(|bound| bound.file == file)
            .find_map(|bound| {
                let (document, binding) = feature.binding(bound)?;
                let here =
                    binding.range.contains_inclusive(offset) || binding.mark.contains(offset);
                here.then_some((feature, document, binding, bound))
            })
    }

    /// What is bound at `offset`, with both values.
    pub(crate) fn bound_text(
        &self,
        file: FileId,
        offset: TextSize,
        locale: Locale,
    ) -> Option<(TextRange, String)> {
        let (_, document, binding, bound) = self.bound_at(file, offset)?;
        let path = document.facts().paths.get(binding.path as usize)?;
        let (name, name_range) = path.symbol.as_ref()?;
        let tree = &self.graph.inputs().tree;
        let file_path = bound
            .holder
            .map_or(path.path.as_str(), |file| tree.path_str(file));
        let holder = code(&format!("{file_path}#{name}"));
        let said = said(document, binding);
        let here = say(locale, "here", "ここ");
        let there = match &bound.standing {
            BoundStanding::Unknown(why) => format!("{}: {why}", say(locale, "unknown", "不明")),
            BoundStanding::Undeclared { .. } => {
                say(locale, "not there", "見つかりません").to_owned()
            }
            BoundStanding::Agrees(place)
            | BoundStanding::Differs(place, _)
            | BoundStanding::Lists { place, .. } => self.held_text(place)?,
        };
        let mark = match &bound.standing {
            BoundStanding::Agrees(_) => "=",
            BoundStanding::Differs(..) | BoundStanding::Lists { .. } => "≠",
            _ => "?",
        };
        let range = if binding.range.contains_inclusive(offset) {
            binding.range
        } else if name_range.contains_inclusive(offset) {
            *name_range
        } else if path.range.contains_inclusive(offset) {
            // The path itself is a file, and said to be one.
            return None;
        } else {
            binding.range
        };
        Some((range, format!("{here}: {said} {mark} {holder}: {there}")))
    }

    fn held_text(&self, place: &trace::HeldPlace) -> Option<String> {
        let source = self.graph.source(place.file)?;
        let held = source
            .facts
            .held
            .iter()
            .find(|held| held.name_range == place.name_range && held.range == place.range)?;
        Some(match &held.value {
            code::HeldValue::Quantity(quantity) => quantity.to_string(),
            code::HeldValue::List(items) => {
                let names = items.iter().take(12).map(|item| {
                    let value = item.values.first().unwrap_or(&item.name);
                    code(value)
                });
                names.collect::<Vec<_>>().join(", ")
            }
        })
    }

    /// Where the value that is bound at `offset` stands in code or settings.
    pub(crate) fn bound_place(&self, file: FileId, offset: TextSize) -> Option<(TextRange, Place)> {
        let (range, _) = self.bound_text(file, offset, Locale::English)?;
        let (.., bound) = self.bound_at(file, offset)?;
        let place = bound.place()?;
        Some((
            range,
            Place {
                file: place.file,
                range: place.name_range.cover(place.range),
                focus: place.name_range,
            },
        ))
    }
}

fn said(document: &FeatureDocument, binding: &Binding) -> String {
    match &binding.said {
        Said::Quantity { range, .. } => document.slice(*range).to_owned(),
        Said::Values(values) => {
            let values: Vec<String> = values.iter().map(|(value, _)| code(value)).collect();
            values.join(", ")
        }
    }
}

/// The quantity at `range` of a document that nothing binds yet, with its place: on one line, outside of code and links.
fn unbound(document: &FeatureDocument, range: TextRange) -> Option<(WrittenQuantity, TextRange)> {
    let text = &document.doc.text;
    let facts = document.facts();
    let at = usize::from(range.start());
    let start = text.get(..at)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text[at..].find('\n').map_or(text.len(), |len| at + len);
    let all = quantities(&text[start..end]).into_iter().map(|found| {
        let place = span(start + found.range.start, start + found.range.end);
        let unit = found.unit.map(|unit| start + unit.start..start + unit.end);
        (WrittenQuantity { unit, ..found }, place)
    });
    let mut here = all.filter(|(_, place)| touches(*place, range));
    let (found, place) = here.next()?;
    let paths = facts.paths.iter().map(|path| path.range);
    let mentions = facts.mentions.iter().map(|mention| mention.range);
    let ids = facts.items.iter().map(|item| item.id_range);
    let bindings = facts.bindings.iter();
    let bindings = bindings.map(|binding| binding.range.cover(binding.mark));
    let mut taken = facts
        .opaque
        .iter()
        .copied()
        .chain(paths)
        .chain(mentions)
        .chain(ids.filter(|range| !range.is_empty()))
        .chain(bindings);
    let hidden = taken.any(|range| range.intersect(place).is_some());
    let before = &text[start..usize::from(place.start())];
    let in_span = before.matches('`').count() % 2 == 1 || before.rfind('[') > before.rfind(']');
    (!hidden && !in_span).then_some((found, place))
}
