//! What finds an item of the hierarchy again after edits: by its address or name, and where that is a place that moves
//! (`2.3`, a task without an id), by its words as well. What is not certain is not found.

use documents::{Format, ItemKind};
use text::FileId;
use trace::{Feature, FeatureDocument, Graph, ItemKey, ItemRef};

use super::Node;

/// Names something of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallKey {
    /// What is named.
    pub what: CallWhat,
    /// Address of an item, name of a symbol or test with what is around it; empty for a file.
    pub name: String,
    /// The words of an item whose address is a place; else empty.
    pub words: String,
    /// Which of those with this name, from 0.
    pub nth: u32,
    /// How many have this name.
    pub of: u32,
}

/// What a [`CallKey`] names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CallWhat {
    /// An item of a document.
    Item,
    /// The file.
    #[default]
    File,
    /// A symbol.
    Symbol,
    /// A test.
    Test,
}

impl CallKey {
    pub(super) fn of(graph: &Graph, node: Node) -> Option<Self> {
        let file = node.file();
        let (what, name, words) = match node {
            Node::File(_) => return Some(Self::default()),
            Node::Item(item) => {
                let (feature, _) = graph.item(item)?;
                let document = feature.document(file)?;
                let name = address(feature, item)?;
                (CallWhat::Item, name, words(feature, document, item))
            }
            Node::Symbol(_, at) => {
                let symbols = &graph.source(file)?.facts.symbols;
                let name = symbols.get(at as usize)?.qualified_name();
                (CallWhat::Symbol, name, String::new())
            }
            Node::Test(_, at) => {
                let tests = &graph.source(file)?.facts.tests;
                let name = tests.get(at as usize)?.full_name.clone();
                (CallWhat::Test, name, String::new())
            }
        };
        let named = called(graph, file, what, &name);
        let nth = named.iter().position(|each| *each == node)?;
        Some(Self {
            what,
            name,
            words,
            nth: nth as u32,
            of: named.len() as u32,
        })
    }

    /// What it names in `file` now.
    pub(super) fn find(&self, graph: &Graph, file: FileId) -> Option<Node> {
        let tree = &graph.inputs().tree;
        let (root, path) = tree.path(file)?;
        if self.what == CallWhat::File {
            return (tree.file(root, path) == Some(file)).then_some(Node::File(file));
        }
        let named = called(graph, file, self.what, &self.name);
        let same = named
            .get(self.nth as usize)
            .filter(|_| named.len() == self.of as usize);
        if self.words.is_empty() {
            return same.copied();
        }
        let feature = graph.feature_of(file)?;
        let document = feature.document(file)?;
        let says = |node: &Node| match node {
            Node::Item(item) => words(feature, document, *item) == self.words,
            _ => false,
        };
        if let Some(same) = same.filter(|node| says(node)) {
            return Some(*same);
        }
        let mut elsewhere = items(feature, document).filter(says);
        match (elsewhere.next(), elsewhere.next()) {
            (only, None) => only,
            _ => None,
        }
    }
}

/// What of a file has this name, in its order.
fn called(graph: &Graph, file: FileId, what: CallWhat, name: &str) -> Vec<Node> {
    let facts = graph.source(file).map(|source| &source.facts);
    match what {
        CallWhat::File => Vec::new(),
        CallWhat::Item => {
            let feature = graph.feature_of(file);
            let document = feature.and_then(|feature| Some((feature, feature.document(file)?)));
            let items = document.map(|(feature, document)| {
                items(feature, document)
                    .filter(|node| {
                        let Node::Item(item) = node else { return false };
                        address(feature, *item).is_some_and(|address| address == name)
                    })
                    .collect()
            });
            items.unwrap_or_default()
        }
        CallWhat::Symbol => {
            let symbols = facts.map_or(&[][..], |facts| &facts.symbols);
            let named = (0..)
                .zip(symbols)
                .filter(|(_, it)| name.ends_with(it.name.as_str()) && it.qualified_name() == name);
            named.map(|(at, _)| Node::Symbol(file, at)).collect()
        }
        CallWhat::Test => {
            let tests = facts.map_or(&[][..], |facts| &facts.tests);
            let named = (0..).zip(tests).filter(|(_, it)| it.full_name == name);
            named.map(|(at, _)| Node::Test(file, at)).collect()
        }
    }
}

/// The address of an item, the same for all that have its id.
fn address(feature: &Feature, item: ItemRef) -> Option<String> {
    let key = ItemKey {
        nth: 1,
        ..feature.key(item)?
    };
    Some(key.to_string())
}

fn items<'a>(
    feature: &'a Feature,
    document: &'a FeatureDocument,
) -> impl Iterator<Item = Node> + 'a {
    let count = document.facts().items.len() as u32;
    (0..count).map(move |item| {
        Node::Item(ItemRef {
            feature: feature.id,
            file: document.file,
            item,
        })
    })
}

/// The words of an item whose address says only where it stands among others.
fn words(feature: &Feature, document: &FeatureDocument, item: ItemRef) -> String {
    let Some(it) = feature.item(item) else {
        return String::new();
    };
    let own_id = feature.format() == Format::SpecKit
        && !it.id.is_empty()
        && matches!(
            it.kind,
            ItemKind::Story
                | ItemKind::Requirement
                | ItemKind::SuccessCriterion
                | ItemKind::Task
                | ItemKind::ChecklistItem
                | ItemKind::Entity
        );
    if own_id {
        return String::new();
    }
    document.slice(it.title_range).trim().to_owned()
}
