//! What a comment or title cites of a Kiro spec, beside ids: `Feature: login, Property 2: Title`, `Requirement 3.4`.

use grammar::{Citation, Cited, IdKind, Mention};
use smol_str::SmolStr;
use text::{TextRange, TextSize};

use crate::PropertyTitle;

/// Most of the words behind a property that are kept, in bytes.
const MAX_SAID: usize = 300;

/// Where Kiro keeps its specs.
const SPECS: &str = ".kiro/specs/";

/// What is said of Kiro specs beyond mentions.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) titles: Vec<PropertyTitle>,
    pub(crate) lists: Vec<TextRange>,
    pub(crate) declared: Vec<SmolStr>,
}

impl Said {
    pub(crate) fn append(&mut self, mut other: Self) {
        self.titles.append(&mut other.titles);
        self.lists.append(&mut other.lists);
        self.declared.append(&mut other.declared);
    }
}

/// Appends what `written` cites to `found`, in order and apart from the ids that are there, and what is said with it to
/// `said`. A task is cited only together with its spec.
pub(crate) fn read(written: &str, base: TextSize, found: &mut Vec<Mention>, said: &mut Said) {
    let mut from = 0;
    while let Some((slug, end)) = grammar::feature_named(written, from) {
        said.declared.push(SmolStr::new(&written[slug]));
        from = end;
    }
    let mut cited = Vec::new();
    let citations = grammar::citations(written, base, &mut cited);
    for (at, citation) in citations.iter().enumerate() {
        if citation.cited == Cited::Requirements && citation.field {
            said.lists.push(citation.list);
        }
        if citation.cited == Cited::Properties
            && let [only] = &cited[citation.mentions.clone()]
            && let Some(mut title) = title(written, base, citation, only)
        {
            title.validates = validated(&citations[at + 1..], &cited);
            said.titles.push(title);
        }
    }
    let ids = found.len();
    cited.retain(|mention| {
        let apart = |id: &Mention| {
            id.range.end() <= mention.range.start() || mention.range.end() <= id.range.start()
        };
        (mention.kind != IdKind::Step || mention.qualifier.is_some())
            && found[..ids].iter().all(apart)
    });
    if !cited.is_empty() {
        found.append(&mut cited);
        found.sort_by_key(|mention| mention.range.start());
    }
}

/// Kiro specs that a text names in any way, sorted.
pub(crate) fn specs_named(text: &str) -> Vec<SmolStr> {
    let mut named = Vec::new();
    let mut from = 0;
    while let Some((slug, end)) = grammar::feature_named(text, from) {
        named.push(SmolStr::new(&text[slug]));
        from = end;
    }
    for (_, path) in text
        .match_indices(SPECS)
        .map(|(at, mark)| text.split_at(at + mark.len()))
    {
        let slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
        let end = path.find(|c| !slug(c)).unwrap_or(path.len());
        named.push(SmolStr::new(path[..end].trim_end_matches(['-', '_', '.'])));
    }
    named.sort_unstable();
    named.dedup();
    named
}

/// Criteria of the fields behind a property, up to the next one.
fn validated(behind: &[Citation], cited: &[Mention]) -> Vec<SmolStr> {
    let own = behind
        .iter()
        .take_while(|citation| citation.cited != Cited::Properties);
    own.filter(|citation| citation.cited == Cited::Requirements && citation.field)
        .flat_map(|citation| &cited[citation.mentions.clone()])
        .map(|mention| mention.key.clone())
        .collect()
}

fn title(
    written: &str,
    base: TextSize,
    citation: &Citation,
    mention: &Mention,
) -> Option<PropertyTitle> {
    let at = |offset: TextSize| usize::from(offset - base);
    let line = grammar::property_title(written, at(mention.range.end()))?;
    let mut said = String::new();
    let mut rest = &written[line.start..];
    // The title, and what follows: it may be wrapped.
    let stop = ["**Validates", "Validates:", "\"\"\"", "*/", "Feature:"]
        .into_iter()
        .filter_map(|mark| rest.find(mark))
        .min();
    rest = &rest[..stop.unwrap_or(rest.len())];
    for line in rest.lines() {
        let words = line
            .trim()
            .trim_start_matches(['/', '*', '#', '!', '-', ' ', '"']);
        if words.is_empty() && !said.is_empty() || said.len() > MAX_SAID {
            break;
        }
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(words.trim_end());
    }
    let tagged = mention.qualifier.as_ref().is_some_and(|qualifier| {
        let behind = at(qualifier.range.end());
        let between = written.get(behind..at(citation.label.start()));
        between.is_some_and(|between| {
            between
                .chars()
                .all(|c| c.is_whitespace() || ",，、;*`_/#!-—–\"'".contains(c))
        })
    });
    Some(PropertyTitle {
        number: mention.range,
        title: text::span(usize::from(base) + line.start, usize::from(base) + line.end),
        said: SmolStr::new(said),
        tagged,
        validates: Vec::new(),
    })
}
