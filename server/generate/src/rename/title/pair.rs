//! The pair `FROM:`, `TO:` of a delta, written as the document writes its own, and taken out again.

use documents::openspec::{Delta, Operation};
use text::{Edit, TextRange, TextSize};
use trace::FeatureDocument;

/// A new pair behind the last one; in a section of its own where there is none.
pub(super) fn addition(document: &FeatureDocument, delta: &Delta, from: &str, to: &str) -> Edit {
    let line_break = if document.facts().style.crlf {
        "\r\n"
    } else {
        "\n"
    };
    if let Some((last_from, last_to)) = delta.renamed.last() {
        let like = |named: &documents::openspec::Named, name: &str| {
            let before = TextRange::new(named.line.start(), named.range.start());
            let behind = TextRange::new(named.range.end(), named.line.end());
            format!("{}{name}{}", document.slice(before), document.slice(behind))
        };
        let text = [like(last_from, from), like(last_to, to)];
        let insert = text.map(|line| format!("{line_break}{line}")).concat();
        return Edit::insert(last_to.line.end(), insert);
    }
    let bullet = document.facts().style.bullet.unwrap_or('-');
    let pair = format!(
        "{line_break}{line_break}{bullet} FROM: `### Requirement: {from}`{line_break}{bullet} TO: `### Requirement: {to}`"
    );
    let own = delta
        .sections
        .iter()
        .find(|(operation, _)| *operation == Operation::Renamed);
    if let Some((_, heading)) = own {
        return Edit::insert(heading.end(), pair);
    }
    let heading = heading(document, delta);
    let insert = format!("{line_break}{line_break}{heading}{pair}");
    Edit::insert(end(document), insert)
}

/// `## RENAMED Requirements`, in the letters of the section that the requirement stands in.
fn heading(document: &FeatureDocument, delta: &Delta) -> String {
    let model = delta
        .sections
        .iter()
        .find(|(operation, _)| *operation == Operation::Modified)
        .map_or("## MODIFIED Requirements", |(_, range)| {
            document.slice(*range)
        });
    let model = model.trim_end();
    for (own, new) in [("Modified", "Renamed"), ("modified", "renamed")] {
        if model.contains(own) {
            return model.replacen(own, new, 1);
        }
    }
    model.replacen("MODIFIED", "RENAMED", 1)
}

/// Behind the last line that says something.
fn end(document: &FeatureDocument) -> TextSize {
    let text = &document.doc.text;
    TextSize::new(text.trim_end().len() as u32)
}

/// Takes out a pair; with it its section, where nothing else stands there.
pub(super) fn removal(document: &FeatureDocument, delta: &Delta, at: usize) -> Vec<Edit> {
    let (from, to) = &delta.renamed[at];
    let text = &document.doc.text;
    let section = delta
        .sections
        .iter()
        .filter(|(operation, range)| {
            *operation == Operation::Renamed && range.end() <= from.line.start()
        })
        .map(|(_, range)| *range)
        .max_by_key(|range| range.start());
    let is_blank = |from: TextSize, to: TextSize| {
        from <= to && document.slice(TextRange::new(from, to)).trim().is_empty()
    };
    if let Some(heading) = section {
        let next = document
            .facts()
            .spec_lines
            .iter()
            .filter(|line| !line.fenced && line.range.start() > to.line.end())
            .find(|line| !document.slice(line.range).trim().is_empty());
        let ends =
            next.is_none_or(|line| documents::openspec::level(document.slice(line.range)) == 2);
        let alone = is_blank(heading.end(), from.line.start())
            && is_blank(from.line.end(), to.line.start())
            && ends;
        if alone {
            let before = &text[..usize::from(heading.start())];
            let start = TextSize::new(before.trim_end().len() as u32);
            return vec![Edit::delete(TextRange::new(start, to.line.end()))];
        }
    }
    [from, to]
        .map(|named| {
            // With the line break before it.
            let before = &text[..usize::from(named.line.start())];
            let before = before
                .strip_suffix("\r\n")
                .or_else(|| before.strip_suffix(['\n', '\r']))
                .unwrap_or(before);
            let start = TextSize::new(before.len() as u32);
            Edit::delete(TextRange::new(start, named.line.end()))
        })
        .to_vec()
}
