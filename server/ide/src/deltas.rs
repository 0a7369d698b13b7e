//! Deltas of `OpenSpec` beside their main specs: what a MODIFIED requirement changes, word by word, and which changes
//! speak of a requirement.

use std::fmt::Write as _;

use rules::Locale;
use similar::{ChangeTag, TextDiff};
use text::{FileId, TextRange};
use trace::{Feature, FeatureDocument, Graph, ItemRef};

use crate::definition::Place;
use crate::wording;

/// Most lines shown of a difference.
const MAX_LINES: usize = 40;

/// The text of a requirement of a main spec or delta, without its scenarios.
pub(crate) fn body(feature: &Feature, item: ItemRef) -> Option<String> {
    let unit = feature.openspec.as_ref()?;
    let id = feature.item(item)?.id_range;
    let main = unit.capability.iter();
    let main = main.filter(|(file, _)| *file == item.file);
    let main = main.flat_map(|(_, spec)| &spec.blocks);
    let delta = unit.delta(item.file);
    let delta = delta.into_iter().flat_map(|file| file.delta.blocks());
    let mut blocks = main.chain(delta.map(|(_, block)| block));
    let block = blocks.find(|block| block.name_range == id)?;
    let range = block.body.as_ref()?.range;
    Some(feature.document(item.file)?.slice(range).to_owned())
}

/// What a MODIFIED requirement changes, if `name` is that of one in this document.
pub(crate) fn difference(
    graph: &Graph,
    document: &FeatureDocument,
    name: TextRange,
    locale: Locale,
) -> Option<String> {
    let feature = graph.feature_of(document.file)?;
    let delta = feature.openspec.as_ref()?.delta(document.file)?;
    let (new, old, base) = delta.modified_at(name)?;
    let (new, old) = (document.slice(new.range), base.document.slice(old.range));
    let place = wording::code(&base.document.path);
    if unspaced(new).eq(unspaced(old)) {
        return Some(match locale {
            Locale::English => format!("The same as in {place}."),
            Locale::Japanese => format!("{place} と同じです。"),
        });
    }
    let marked = words(old, new);
    let lines: Vec<&str> = marked.lines().collect();
    let changed = |line: &&str| line.contains("[-") || line.contains("{+");
    let mut shown: Vec<&str> = lines.iter().copied().filter(changed).collect();
    let more = shown.len().saturating_sub(MAX_LINES);
    shown.truncate(MAX_LINES);
    let fence = fence_for(&marked);
    let mut out = match locale {
        Locale::English => format!("Against {place}, `[-gone-]` and `{{+new+}}`:"),
        Locale::Japanese => format!("{place} との差 (`[-削除-]`、`{{+追加+}}`):"),
    };
    let _ = write!(out, "\n\n{fence}text\n{}\n{fence}", shown.join("\n"));
    if more > 0 {
        let _ = match locale {
            Locale::English => write!(out, "\n\n{more} more lines"),
            Locale::Japanese => write!(out, "\n\nほか {more} 行"),
        };
    }
    Some(out)
}

/// Words without the blanks between them.
fn unspaced(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

/// Both texts as one, with what is gone and what is new between marks; marks never cross lines.
fn words(old: &str, new: &str) -> String {
    let unix = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    let (old, new) = (unix(old), unix(new));
    let difference = TextDiff::from_words(&old, &new);
    let mut out = String::new();
    let mut run: Option<(ChangeTag, String)> = None;
    let mut flush = |run: Option<(ChangeTag, String)>| {
        let Some((tag, text)) = run else {
            return;
        };
        let (open, close) = match tag {
            ChangeTag::Equal => ("", ""),
            ChangeTag::Delete => ("[-", "-]"),
            ChangeTag::Insert => ("{+", "+}"),
        };
        for (nth, line) in text.split('\n').enumerate() {
            if nth > 0 {
                out.push('\n');
            }
            if line.trim().is_empty() {
                out.push_str(line);
            } else {
                out.push_str(open);
                out.push_str(line);
                out.push_str(close);
            }
        }
    };
    for change in difference.iter_all_changes() {
        match &mut run {
            Some((tag, text)) if *tag == change.tag() => text.push_str(change.value()),
            _ => {
                flush(run.take());
                run = Some((change.tag(), change.value().to_owned()));
            }
        }
    }
    flush(run);
    out
}

/// A fence longer than every run of ticks in a text.
fn fence_for(text: &str) -> String {
    let mut longest = 2;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    "`".repeat(longest + 1)
}

/// What changes in the making ask of a requirement: `MODIFIED in add-totp`, and where.
pub(crate) fn changes(
    graph: &Graph,
    item: ItemRef,
    locale: Locale,
) -> Option<(String, Vec<Place>)> {
    let changes = graph.changes_of(item);
    let named: Vec<String> = changes
        .iter()
        .map(|(name, operation, ..)| match locale {
            Locale::English => format!("{} in {name}", operation.as_str()),
            Locale::Japanese => format!("{name} で {}", operation.as_str()),
        })
        .collect();
    let places = changes
        .iter()
        .map(|(_, _, file, range)| place(*file, *range))
        .collect();
    (!named.is_empty()).then(|| (named.join(" · "), places))
}

fn place(file: FileId, range: TextRange) -> Place {
    Place {
        file,
        range,
        focus: range,
    }
}
