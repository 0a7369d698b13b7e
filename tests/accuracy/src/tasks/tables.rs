//! What was measured, as Markdown.

use std::fmt::Write as _;

use super::{Share, Tally};

/// Features of one repository together; the last line is all of them.
#[must_use]
pub fn by_repository(all: &[Tally]) -> String {
    let mut rows: Vec<Tally> = Vec::new();
    let mut sum = Tally {
        name: "all".to_owned(),
        ..Tally::default()
    };
    for tally in all {
        let name = tally.name.split(' ').next().unwrap_or_default();
        if let Some(row) = rows.iter_mut().find(|row| row.name == name) {
            row.add(tally);
        } else {
            let mut row = Tally {
                name: name.to_owned(),
                ..Tally::default()
            };
            row.add(tally);
            rows.push(row);
        }
        sum.add(tally);
    }
    rows.push(sum);
    text(&rows)
}

/// One row each.
#[must_use]
pub fn text(rows: &[Tally]) -> String {
    let mut out = String::from(
        "| repository | features | paths: precision | recall | against the last list | plan's tree: precision | recall | \
         tasks | that ask | stories | requirements | entities | operations |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for row in rows {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} / {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            row.name,
            row.features,
            share(row.first.precision),
            share(row.first.recall),
            share(row.last.precision),
            share(row.last.recall),
            share(row.drawn.precision),
            share(row.drawn.recall),
            row.written.tasks,
            row.asking,
            part(row.stories),
            part(row.requirements),
            part(row.entities),
            part(row.operations),
        );
    }
    out.push_str(
        "\n| repository | `[P]` | on one file | one imports the other | imports in order | author's `[P]` | on one file | \
         one imports the other | imports in order | under the author's story | all in the first | by size | under none, as there | \
         questions | new findings |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|\n",
    );
    for row in rows {
        let findings: Vec<String> = row
            .findings
            .iter()
            .map(|(code, count)| format!("{code} {count}"))
            .collect();
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {:.1} | {} | {} | {} |",
            row.name,
            row.written.parallel,
            row.written.same_file,
            row.written.importing,
            part(row.written.order),
            row.real.parallel,
            row.real.same_file,
            row.real.importing,
            part(row.real.order),
            part(row.owners.same),
            row.owners.first,
            row.owners.random,
            part(row.owners.shared),
            row.questions,
            findings.join(", "),
        );
    }
    for why in rows.last().map_or(&[][..], |row| &row.wrong) {
        let _ = write!(out, "\nWRONG {}", why.trim());
    }
    out.push('\n');
    out
}

fn share(share: Share) -> String {
    if share.all == 0 {
        return "-".to_owned();
    }
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let part = share.hits as f64 / share.all as f64;
    format!("{part:.2}")
}

fn part(share: Share) -> String {
    format!("{}/{}", share.hits, share.all)
}
