//! What stands at a byte of a file: the one question all positional features ask.

use text::{FileId, TextRange, TextSize};
use trace::{Basis, FeatureDocument, FeatureId, Graph, ItemRef, PathLink, Resolved, SymbolRef};

use documents::ItemKind;

/// A token and what it means.
#[derive(Debug, Clone)]
pub(crate) struct Found<'a> {
    /// Exactly the token.
    pub(crate) range: TextRange,
    pub(crate) target: Target<'a>,
}

#[derive(Debug, Clone)]
pub(crate) enum Target<'a> {
    /// The place that defines an item: its id, or the words of its heading.
    Definition(ItemRef),
    /// An id that means these items; several when it stands for a range or is defined twice.
    Mention(Vec<ItemRef>, Basis),
    /// An id that several features define.
    Ambiguous(Vec<ItemRef>),
    /// An id that this feature does not define.
    Undefined(FeatureId),
    /// A path.
    Path(&'a PathLink),
    /// A name of source code, in a document.
    Symbols(Vec<SymbolRef>),
    /// The name of a symbol, a test or a group of tests where it is declared, and what says which items it is for.
    Declared(Declared),
}

/// What is said of a symbol or a test itself, not of the file around it.
#[derive(Debug, Clone)]
pub(crate) struct Declared {
    /// Items that mentions name which are about it.
    pub(crate) items: Vec<(ItemRef, Basis)>,
    /// The symbol, where a task names it.
    pub(crate) symbol: Option<u32>,
    /// Tasks that name it.
    pub(crate) tasks: Vec<(ItemRef, Basis)>,
}

impl Found<'_> {
    /// The items the token defines or means for certain or by inference; nothing for an ambiguous one.
    pub(crate) fn items(&self) -> &[ItemRef] {
        match &self.target {
            Target::Definition(item) => std::slice::from_ref(item),
            Target::Mention(items, _) => items,
            _ => &[],
        }
    }
}

/// How well a token's range fits an offset: inside beats touching its end, short beats long.
fn fit(range: TextRange, offset: TextSize) -> Option<(bool, TextSize)> {
    (!range.is_empty() && range.contains_inclusive(offset))
        .then(|| (range.end() == offset, range.len()))
}

/// What stands at `offset` of `file`.
pub(crate) fn at(graph: &Graph, file: FileId, offset: TextSize) -> Option<Found<'_>> {
    if let Some(feature) = graph.feature_of(file) {
        let document = feature.document(file)?;
        return in_document(graph, feature, document, offset);
    }
    in_source(graph, file, offset)
}

fn in_document<'a>(
    graph: &'a Graph,
    feature: &'a trace::Feature,
    document: &'a FeatureDocument,
    offset: TextSize,
) -> Option<Found<'a>> {
    let facts = document.facts();
    let mut best: Option<((bool, TextSize), Found<'a>)> = None;
    // What a token means is looked at only where the offset is in it.
    let mut offer = |range: TextRange, target: &dyn Fn() -> Option<Target<'a>>| {
        let Some(fit) = fit(range, offset) else {
            return;
        };
        let Some(target) = target() else {
            return;
        };
        match &mut best {
            Some((known, found)) if *known == fit && found.range == range => {
                if let (Target::Mention(items, _), Target::Mention(more, _)) =
                    (&mut found.target, &target)
                {
                    items.extend(
                        more.iter()
                            .filter(|item| !items.contains(item))
                            .copied()
                            .collect::<Vec<_>>(),
                    );
                }
            }
            Some((known, _)) if *known <= fit => {}
            _ => best = Some((fit, Found { range, target })),
        }
    };
    let mention = |items: &[ItemRef], basis| Some(Target::Mention(items.to_vec(), basis));
    // A requirement that a delta changes is defined in the main spec.
    for link in feature.delta_links(document.file) {
        offer(link.range, &|| mention(&[link.target], Basis::Declared));
    }
    for (at, item) in (0..).zip(&facts.items) {
        let this = ItemRef {
            feature: feature.id,
            file: document.file,
            item: at,
        };
        offer(item.id_range, &|| Some(Target::Definition(this)));
        // A heading's words stand for its item; the words of a list item are prose.
        if matches!(item.kind, ItemKind::Story | ItemKind::Phase) {
            offer(item.title_range, &|| Some(Target::Definition(this)));
        }
        for label in item.task.iter().flat_map(|task| &task.stories) {
            offer(label.range, &|| {
                let stories = feature.defined(&label.text);
                mention(stories, Basis::Declared).filter(|_| !stories.is_empty())
            });
        }
    }
    let references = feature.references.iter();
    for reference in references.filter(|it| it.file == document.file) {
        let Some(at) = facts.mentions.get(reference.mention as usize) else {
            continue;
        };
        offer(at.range, &|| match &reference.target {
            trace::Target::Items(items, basis) => mention(items, *basis),
            trace::Target::Ambiguous(items) if !items.is_empty() => {
                Some(Target::Ambiguous(items.to_vec()))
            }
            trace::Target::Undefined(feature) => Some(Target::Undefined(*feature)),
            _ => None,
        });
    }
    if let Some((range, terms)) = feature.term_at(document, offset) {
        offer(range, &|| mention(terms, Basis::Declared));
    }
    for link in feature.paths.iter().filter(|it| it.file == document.file) {
        let Some(path) = facts.paths.get(link.mention as usize) else {
            continue;
        };
        offer(path.range, &|| Some(Target::Path(link)));
        if let Some((name, range)) = &path.symbol {
            offer(*range, &|| {
                let files = link.resolution.files();
                let symbols = files.iter().flat_map(|&file| graph.symbols_in(file, name));
                Some(Target::Symbols(symbols.collect()))
            });
        }
    }
    for span in &facts.code_spans {
        offer(span.range, &|| {
            let symbols = graph.symbols_named_by(feature, document, span);
            (!symbols.is_empty()).then_some(Target::Symbols(symbols))
        });
    }
    best.map(|(_, found)| found)
}

fn in_source<'a>(graph: &'a Graph, file: FileId, offset: TextSize) -> Option<Found<'a>> {
    let source = graph.source(file)?;
    let mut best: Option<((bool, TextSize), Found<'a>)> = None;
    for link in graph.code_links(file) {
        let Some(mention) = source.facts.mentions.get(link.mention as usize) else {
            continue;
        };
        let range = mention.mention.range;
        let Some(fit) = fit(range, offset) else {
            continue;
        };
        if best.as_ref().is_some_and(|(known, _)| *known <= fit) {
            continue;
        }
        let target = match &link.resolved {
            Resolved::Items(items, basis) => Target::Mention(items.clone(), *basis),
            Resolved::Ambiguous(items) => Target::Ambiguous(items.clone()),
            Resolved::Undefined(feature) => Target::Undefined(*feature),
        };
        best = Some((fit, Found { range, target }));
    }
    if let Some((_, found)) = best {
        return Some(found);
    }
    let (range, places) = declared_at(&source.facts, offset)?;
    let mut items: Vec<(ItemRef, Basis)> = Vec::new();
    for link in graph.code_links(file) {
        let Some(mention) = source.facts.mentions.get(link.mention as usize) else {
            continue;
        };
        if places.contains(&Some(about(mention)))
            && let Resolved::Items(found, basis) = &link.resolved
        {
            items.extend(found.iter().map(|&item| (item, *basis)));
        }
    }
    items.sort_unstable();
    items.dedup_by_key(|(item, _)| *item);
    let symbol = places.into_iter().flatten().find_map(|it| match it {
        About::Symbol(at) => Some(at),
        _ => None,
    });
    let tasks = symbol.map_or_else(Vec::new, |at| graph.tasks_naming_symbol(file, at));
    let declared = Declared {
        items,
        symbol: symbol.filter(|_| !tasks.is_empty()),
        tasks,
    };
    // Whatever nothing is said of is the language's own.
    let linked = !declared.items.is_empty() || !declared.tasks.is_empty();
    linked.then_some(Found {
        range,
        target: Target::Declared(declared),
    })
}

/// What a mention is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    Symbol(u32),
    Test(u32),
    Group(u32),
    File,
}

/// A test stands in its group, and often in a symbol: the innermost is meant.
fn about(mention: &code::SourceMention) -> About {
    match (mention.test, mention.symbol, mention.group) {
        (Some(test), ..) => About::Test(test),
        (None, Some(symbol), _) => About::Symbol(symbol),
        (None, None, Some(group)) => About::Group(group),
        (None, None, None) => About::File,
    }
}

/// The name at a byte of a source file with all that it names: a test function is a symbol too, a class a group.
fn declared_at(
    facts: &code::SourceFacts,
    offset: TextSize,
) -> Option<(TextRange, [Option<About>; 3])> {
    let symbols = facts.symbols.iter().map(|it| it.name_range);
    let tests = facts.tests.iter().map(|it| it.name_range);
    let groups = facts.groups.iter().map(|it| it.name_range);
    let names = symbols.clone().chain(tests.clone()).chain(groups.clone());
    let range = names
        .filter_map(|range| Some((fit(range, offset)?, range)))
        .min_by_key(|(fit, _)| *fit)?
        .1;
    let symbol = place_of(symbols, range);
    let test = place_of(tests, range);
    let group = place_of(groups, range);
    Some((
        range,
        [
            symbol.map(About::Symbol),
            test.map(About::Test),
            group.map(About::Group),
        ],
    ))
}

fn place_of(mut names: impl Iterator<Item = TextRange>, name: TextRange) -> Option<u32> {
    u32::try_from(names.position(|it| it == name)?).ok()
}
