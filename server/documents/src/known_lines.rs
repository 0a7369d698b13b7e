//! What lines named when they were last read. A keystroke changes one line; what the others name need not be looked
//! for again. Facts stay a function of the text: with or without known lines the same ones are read.

use grammar::{Mention, PathMention};
use rustc_hash::FxHashMap;
use text::{TextRange, TextSize};

/// Lines kept beyond those of the text.
const SPARE: usize = 1_000;

/// The lines of earlier states of one document and what they name.
#[derive(Debug, Default)]
pub struct KnownLines {
    lines: FxHashMap<Box<str>, Named>,
    /// Lines asked for since the last [`KnownLines::tidy`].
    asked: usize,
}

/// Ranges count from the start of the line.
#[derive(Debug)]
struct Named {
    mentions: Vec<Mention>,
    paths: Vec<PathMention>,
}

impl KnownLines {
    /// Appends what `line`, which begins at `base`, names.
    pub(crate) fn read(
        &mut self,
        line: &str,
        base: TextSize,
        mentions: &mut Vec<Mention>,
        paths: &mut Vec<PathMention>,
    ) {
        self.asked += 1;
        if !self.lines.contains_key(line) {
            let mut named = Named {
                mentions: Vec::new(),
                paths: Vec::new(),
            };
            grammar::mentions(line, TextSize::new(0), &mut named.mentions);
            grammar::paths(line, TextSize::new(0), &mut named.paths);
            self.lines.insert(line.into(), named);
        }
        if let Some(named) = self.lines.get(line) {
            mentions.extend(named.mentions.iter().map(|each| moved_mention(each, base)));
            paths.extend(named.paths.iter().map(|each| moved_path(each, base)));
        }
    }

    /// Forgets all where most of what is kept is of no use any more.
    pub(crate) fn tidy(&mut self) {
        if self.lines.len() > 2 * std::mem::take(&mut self.asked) + SPARE {
            self.lines.clear();
        }
    }
}

fn moved_mention(mention: &Mention, by: TextSize) -> Mention {
    let mut mention = mention.clone();
    move_by(&mut mention.range, by);
    if let Some(qualifier) = &mut mention.qualifier {
        move_by(&mut qualifier.range, by);
    }
    if let Some((_, range)) = &mut mention.story {
        move_by(range, by);
    }
    mention
}

fn moved_path(path: &PathMention, by: TextSize) -> PathMention {
    let mut path = path.clone();
    move_by(&mut path.range, by);
    if let Some((_, range)) = &mut path.symbol {
        move_by(range, by);
    }
    path
}

fn move_by(range: &mut TextRange, by: TextSize) {
    *range += by;
}
