//! Where the ids of a substitution stand, and the edits of each file.

use std::collections::BTreeMap;

use text::{FileId, TextSize};
use trace::Graph;

use super::expression::{self, Fate, Member};
use super::meaning::{self, Meaning, Meant};
use super::{Left, Refusal, Says, Substitution, Texts, Why};
use crate::planned::{Planned, writable};

/// What happens to all files.
pub(super) struct Plan {
    pub(super) files: BTreeMap<FileId, Planned>,
    pub(super) left: Vec<Left>,
}

/// Finds every place and writes it anew.
pub(super) fn plan(
    graph: &Graph,
    substitution: &Substitution,
    texts: &Texts<'_>,
) -> Result<Plan, Refusal> {
    let mut files = meaning::files_naming(graph, |item| substitution.holds(item));
    files.extend(substitution.new.keys().map(|item| item.file));
    files.sort_unstable();
    files.dedup();
    let mut plan = Plan {
        files: BTreeMap::new(),
        left: in_code(graph, substitution),
    };
    for file in files {
        let meant = meaning::of_file(graph, file);
        let mut members = Vec::with_capacity(meant.len());
        for each in &meant {
            let (fate, why) = fate(substitution, each);
            if why == Some(Why::Twice) && substitution.closes_gaps {
                return Err(Refusal::Twice(each.key.clone()));
            }
            plan.left.extend(why.map(|why| Left {
                file,
                range: each.range,
                why,
            }));
            members.push(Member { meant: each, fate });
        }
        drop_unwritten(substitution, &mut members);
        if members.iter().all(|member| member.fate == Fate::Keep) {
            continue;
        }
        let text = writable(graph, file, texts).map_err(|why| Refusal::File(file, why))?;
        let is_document = graph.feature_of(file).is_some();
        let edits = expression::edits(&text, &members, is_document)
            .map_err(|range| Refusal::Unreadable(file, range))?;
        if !edits.is_empty() {
            plan.files.insert(file, Planned { text, edits });
        }
    }
    Ok(plan)
}

fn fate(substitution: &Substitution, meant: &Meant) -> (Fate, Option<Why>) {
    let names = || {
        let mut items = meant.meaning.items().iter();
        items.any(|item| substitution.holds(item))
    };
    match &meant.meaning {
        // Read again afterwards like all others: a quote of the id itself is refused then.
        Meaning::Items(_) if meant.is_quote() => (Fate::Keep, None),
        Meaning::Items(items) => match substitution.says(items) {
            Says::New(new) => (Fate::Become(new.clone()), None),
            Says::Parted => (Fate::Keep, Some(Why::Twice)),
            Says::Nothing => (Fate::Keep, None),
        },
        Meaning::Inferred(_) => (Fate::Keep, names().then_some(Why::Inferred)),
        Meaning::Ambiguous(_) => (Fate::Keep, names().then_some(Why::Ambiguous)),
        Meaning::Undefined(_) | Meaning::Foreign => (Fate::Keep, None),
    }
}

/// What a range holds only because it runs over a gap: it goes where gaps close, and where an item of the same range
/// takes its number.
fn drop_unwritten(substitution: &Substitution, members: &mut [Member<'_>]) {
    let gaps: Vec<usize> = (0..members.len())
        .filter(|&at| {
            let meant = members[at].meant;
            !meant.written && meant.meaning == Meaning::Undefined(substitution.feature)
        })
        .collect();
    for gap in gaps {
        let (range, key) = (members[gap].meant.range, &members[gap].meant.key);
        let goes = members.iter().any(|member| match &member.fate {
            Fate::Become(new) => {
                range.contains_range(member.meant.range)
                    && (substitution.closes_gaps || new.key == *key)
            }
            Fate::Keep | Fate::Drop => false,
        });
        if goes {
            members[gap].fate = Fate::Drop;
        }
    }
}

/// Old ids in code blocks and comments of the feature's documents.
fn in_code(graph: &Graph, substitution: &Substitution) -> Vec<Left> {
    let mut left = Vec::new();
    let Some(feature) = graph.feature(substitution.feature) else {
        return left;
    };
    for document in &feature.documents {
        for opaque in &document.facts().opaque {
            let mut found = Vec::new();
            let mut start = opaque.start();
            for line in document.slice(*opaque).split_inclusive('\n') {
                grammar::mentions(line, start, &mut found);
                start += TextSize::of(line);
            }
            let named = found
                .into_iter()
                .filter(|mention| mention.written && substitution.old_keys.contains(&mention.key));
            left.extend(named.map(|mention| Left {
                file: document.file,
                range: mention.range,
                why: Why::Code,
            }));
        }
    }
    left
}
