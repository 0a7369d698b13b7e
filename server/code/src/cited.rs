//! What a comment or title cites of a Kiro spec, beside ids: `Feature: login, Property 2: Title`, `Requirement 3.4`.

use grammar::{Cited, IdKind, Mention};
use smol_str::SmolStr;
use text::TextSize;

use crate::PropertyTitle;

/// Most of the words behind a property that are kept, in bytes.
const MAX_SAID: usize = 300;

/// Appends what `written` cites to `found`, in order and apart from the ids that are there, and the titles of
/// properties to `titles`. A task is cited only together with its spec.
pub(crate) fn read(
    written: &str,
    base: TextSize,
    found: &mut Vec<Mention>,
    titles: &mut Vec<PropertyTitle>,
) {
    let mut cited = Vec::new();
    for citation in grammar::citations(written, base, &mut cited) {
        if citation.cited == Cited::Properties
            && let [only] = &cited[citation.mentions.clone()]
        {
            titles.extend(title(written, base, only));
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

fn title(written: &str, base: TextSize, mention: &Mention) -> Option<PropertyTitle> {
    let end = usize::from(mention.range.end() - base);
    let line = grammar::property_title(written, end)?;
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
    Some(PropertyTitle {
        number: mention.range,
        title: text::span(usize::from(base) + line.start, usize::from(base) + line.end),
        said: SmolStr::new(said),
    })
}
