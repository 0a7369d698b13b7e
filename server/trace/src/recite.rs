//! Citations by place (`_Requirements: 1.1-1.4_`) written anew after what they cite moved to another place.

use grammar::{Cited, Mention};
use smol_str::SmolStr;
use std::ops::Range;
use text::{Edit, TextRange, TextSize};

/// The edits after which the citations of `text` name what `becomes` says of their keys.
///
/// `mentions` are those of `text` that may be written anew, `fields` the bytes of lists that stand without a word in
/// front (cells of a table). The error is a place that cannot be written: nothing would be left of its list, or only
/// more than its line tells what it names.
pub fn recited(
    text: &str,
    mentions: &[&Mention],
    fields: &[TextRange],
    becomes: &dyn Fn(&str) -> Option<SmolStr>,
) -> Result<Vec<Edit>, TextRange> {
    let changes = |mention: &Mention| becomes(&mention.key).as_ref() != Some(&mention.key);
    let mut edits: Vec<Edit> = Vec::new();
    let mut done = TextSize::new(0);
    for mention in mentions.iter().filter(|mention| changes(mention)) {
        if mention.range.start() < done {
            continue;
        }
        let (line, list) = list_around(text, mention, fields);
        let base = TextSize::new(line.start as u32);
        // A list that is not all ours is nobody's to rewrite.
        let ours = list.iter().all(|each| {
            let same = |own: &&&Mention| own.range == each.range && own.key == each.key;
            mentions.iter().any(|own| same(&own))
        });
        if !ours {
            return Err(mention.range);
        }
        let written = grammar::recite(&text[line], base, &list, becomes).ok_or(mention.range)?;
        let end = list.iter().map(|each| each.range.end()).max();
        done = end.unwrap_or(mention.range.end()).max(mention.range.end());
        edits.extend(
            written
                .into_iter()
                .map(|(range, new)| Edit::replace(range, new)),
        );
    }
    Ok(edits)
}

/// The bytes of a line, and the list on it that a mention is of.
fn list_around(
    text: &str,
    mention: &Mention,
    fields: &[TextRange],
) -> (Range<usize>, Vec<Mention>) {
    let holds = |list: &[Mention]| {
        list.iter()
            .any(|each| each.range == mention.range && each.key == mention.key)
    };
    let at = usize::from(mention.range.start());
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let end = text[at..]
        .find(['\n', '\r'])
        .map_or(text.len(), |end| at + end);
    let mut found = Vec::new();
    let lists = grammar::citations(&text[start..end], TextSize::new(start as u32), &mut found);
    for list in lists {
        let list = &found[list.mentions];
        if holds(list) {
            return (start..end, list.to_vec());
        }
    }
    let field = fields
        .iter()
        .find(|field| field.contains_range(mention.range));
    if let Some(field) = field {
        let range: Range<usize> = (*field).into();
        let mut found = Vec::new();
        grammar::cited_list(
            &text[range.clone()],
            field.start(),
            Cited::Requirements,
            &mut found,
        );
        if holds(&found) {
            return (range, found);
        }
    }
    (start..end, vec![mention.clone()])
}
