//! All a file can mention, read without a parser: as if the whole of it were one comment.

use text::TextSize;

use crate::{Place, SourceFacts, SourceMention, cited, comments::tagged_mentions};

/// The mentions of a text as if all of it were comment, docstring and test name at once. [`crate::read`] finds no
/// others beyond places of Kiro specs, and fewer: what code says without meaning a spec stands here, too. `declared` holds
/// every Kiro spec that is named. Symbols, tests and heads are not looked for.
#[must_use]
pub fn skim(text: &str) -> SourceFacts {
    let mut mentions: Vec<SourceMention> = tagged_mentions(text)
        .into_iter()
        .map(|(mention, tag)| loose(mention, tag, Place::Comment))
        .collect();
    let mut linked = Vec::new();
    for (start, word) in behind_schemes(text) {
        grammar::mentions(word, TextSize::new(start as u32), &mut linked);
    }
    let linked = linked.into_iter();
    mentions.extend(linked.map(|mention| loose(mention, None, Place::Comment)));
    let mut annotated = Vec::new();
    grammar::annotations(text, TextSize::new(0), &mut annotated);
    mentions.extend(annotated.into_iter().map(|tagged| {
        let tag = Some(Box::new(tagged.tag));
        loose(tagged.mention, tag, Place::Annotation)
    }));
    let mut named = Vec::new();
    for (start, name) in names(text) {
        grammar::mentions_in_identifier(name, TextSize::new(start as u32), &mut named);
    }
    let named = named.into_iter();
    mentions.extend(named.map(|mention| loose(mention, None, Place::TestName)));
    SourceFacts {
        mentions,
        declared: cited::specs_named(text),
        ..SourceFacts::default()
    }
}

fn loose(mention: grammar::Mention, tag: Option<Box<grammar::Tag>>, place: Place) -> SourceMention {
    SourceMention {
        mention,
        place,
        symbol: None,
        test: None,
        group: None,
        tag,
    }
}

/// What stands behind `http:` up to a blank, and where it begins. In code that is broken a parser may take that for a
/// comment, and then it is no address.
fn behind_schemes(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices("://").map(|(at, _)| {
        let rest = &text[at + 1..];
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        (at + 1, &rest[..end])
    })
}

/// Names with a digit in them, and where they begin.
fn names(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))
        .filter(|name| name.bytes().any(|byte| byte.is_ascii_digit()))
        .map(move |name| (name.as_ptr() as usize - start, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        let mut keys: Vec<String> = skim(text)
            .mentions
            .iter()
            .map(|found| {
                if found.mention.written {
                    let range = found.mention.range;
                    assert!(!text::slice(text, range).is_empty());
                }
                found.mention.key.to_string()
            })
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    #[test]
    fn comments_names_tags_and_annotations_are_skimmed() {
        let text = "// 083/FR-001 holds\n// r[impl login.FR-002]\n@Requirements(\"REQ_003\")\n\
                    def test_fr_004_codes_expire():\n    x = 'FR-005: in a string'\n";
        let found = keys(text);
        for key in ["FR-001", "FR-002", "FR-004", "FR-005"] {
            assert!(found.iter().any(|each| each == key), "{key}: {found:?}");
        }
        assert!(found.iter().any(|each| each.contains("003")), "{found:?}");
    }

    /// Found by `tests/fuzz`: a quote too many, and the parser sees a comment in an address.
    #[test]
    fn addresses_may_be_comments() {
        let text = "\"\nhttp://x/FR-009\" // SC-002\n";
        assert_eq!(keys(text), ["FR-009", "SC-002"]);
    }

    #[test]
    fn specs_that_are_named_are_declared() {
        let text =
            "# Feature: login, Property 2: Round trip\n# see .kiro/specs/sign-up/design.md\n";
        assert_eq!(skim(text).declared, ["login", "sign-up"]);
    }

    #[test]
    fn code_without_ids_says_nothing() {
        assert!(keys("let x1 = f(2) + 3; // nothing\n").is_empty());
    }
}
