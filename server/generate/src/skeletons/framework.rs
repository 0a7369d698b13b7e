//! What a framework of tests is asked, and what all of them write alike: comments, indentation, line breaks.

use code::{SourceFacts, TestGroup};
use grammar::IdKind;
use text::{Edit, TextRange, TextSize};
use trace::{Feature, Tree};

use super::case::{Case, Group};
use super::naming;
use super::place::{Sample, Site};

/// A test as it is written.
pub(super) struct Written<'a> {
    pub(super) case: &'a Case,
    /// Lines of a comment that make it the test of its item, without the comment's marks.
    pub(super) link: &'a [String],
    /// Without its steps.
    pub(super) plain: bool,
}

/// Tests that stand together.
pub(super) struct Part<'a> {
    pub(super) group: &'a Group,
    pub(super) tests: Vec<Written<'a>>,
}

/// Where a new file of tests may go in a package that has none.
pub(super) struct Ground<'a> {
    pub(super) tree: &'a Tree,
    pub(super) root: trace::RootId,
    /// Directory of the manifest, from the root; empty for the root itself.
    pub(super) package: &'a str,
    /// A source file that the tests are about, there or planned.
    pub(super) code: Option<&'a str>,
    /// Words of the file's name.
    pub(super) words: &'a [String],
}

impl Ground<'_> {
    /// A path in the package.
    pub(super) fn inside(&self, path: &str) -> String {
        if self.package.is_empty() {
            path.to_owned()
        } else {
            format!("{}/{path}", self.package)
        }
    }
}

/// A framework of tests.
pub(super) trait Framework: Sync {
    fn name(&self) -> &'static str;
    /// Endings of files it tests and of its tests.
    fn extensions(&self) -> &'static [&'static str];
    /// What a package's directory holds, the most telling first.
    fn manifests(&self) -> &'static [&'static str];
    /// Whether a package is tested with it, told from the text of its manifest and its tests.
    fn is_used(&self, manifest: Option<&str>, samples: &[Sample]) -> bool;
    /// Whether a file of tests is one of it.
    fn wrote(&self, text: &str) -> bool;
    /// Where a path that a task names can be a file of its tests.
    fn takes(&self, path: &str, package: &str) -> bool;
    /// The path of a file where no others tell.
    fn new_path(&self, ground: &Ground<'_>) -> Option<String>;
    /// Words of a file's name, joined as is usual.
    fn stem(&self, words: &[String]) -> String {
        naming::snake(words)
    }
    /// Whether a file's name that ends in this word means something of its own.
    fn reserves(&self, _word: &str) -> bool {
        false
    }
    /// Tests of other files in its directory share its names.
    fn shares_names(&self) -> bool {
        false
    }
    /// A whole file. `head` is the text of its first comment.
    fn whole(&self, site: &Site, head: &str, parts: &[Part<'_>]) -> Option<String>;
    /// The same tests in a file that is there.
    fn more(&self, site: &Site, there: &Sample, parts: &[Part<'_>]) -> Option<Vec<Edit>>;
}

/// The edits that write some tests: a whole file, or what a file lacks.
pub(super) fn edits(site: &Site, feature: &Feature, parts: &[Part<'_>]) -> Option<Vec<Edit>> {
    if let Some((_, there)) = &site.there {
        let mut edits = site.framework.more(site, there, parts)?;
        if there.text.contains("\r\n") {
            for edit in &mut edits {
                edit.insert = edit.insert.replace('\n', "\r\n");
            }
        }
        edits.sort_by_key(|edit| edit.range.start());
        return Some(edits);
    }
    let head = format!("Acceptance tests of {}.", feature.path);
    let text = site.framework.whole(site, &head, parts)?;
    Some(vec![Edit::insert(TextSize::new(0), text)])
}

/// Lines while they are written.
pub(super) struct Lines {
    out: String,
    unit: String,
    /// Stands before every line.
    outer: String,
}

impl Lines {
    pub(super) fn new(unit: &str, outer: &str) -> Self {
        Self {
            out: String::new(),
            unit: unit.to_owned(),
            outer: outer.to_owned(),
        }
    }

    /// A line; an empty one has no blanks.
    pub(super) fn add(&mut self, depth: usize, line: &str) {
        if !line.is_empty() {
            self.out.push_str(&self.outer);
            self.out.push_str(&self.unit.repeat(depth));
            self.out.push_str(line);
        }
        self.out.push('\n');
    }

    /// The comment that links a test.
    pub(super) fn link(&mut self, depth: usize, marks: &str, test: &Written<'_>) {
        for line in test.link {
            self.add(depth, &format!("{marks}{line}"));
        }
    }

    /// The steps of a test as comments.
    pub(super) fn steps(&mut self, depth: usize, marks: &str, test: &Written<'_>) {
        if test.plain {
            return;
        }
        for step in test.case.steps.iter().filter(|step| !names_others(step)) {
            for line in naming::wrapped(step) {
                self.add(depth, &format!("{marks} {line}"));
            }
        }
    }

    pub(super) fn text(self) -> String {
        self.out
    }
}

/// Whether words name another scenario, task or feature: a test that says them would be read as that one's, too.
/// Requirements that a scenario names are tested by it.
pub(super) fn names_others(words: &str) -> bool {
    let mut mentions = Vec::new();
    grammar::mentions(words, TextSize::new(0), &mut mentions);
    let mut tags = Vec::new();
    grammar::tags(words, TextSize::new(0), &mut tags);
    let mut mentions = mentions.iter();
    !tags.is_empty()
        || mentions.any(|it| {
            it.qualifier.is_some()
                || !matches!(
                    it.kind,
                    IdKind::Requirement | IdKind::Success | IdKind::Other
                )
        })
}

/// What a file, or the files around it, are indented with.
pub(super) fn unit<'a>(texts: impl Iterator<Item = &'a str>, usual: &str) -> String {
    for text in texts {
        let mut least: Option<usize> = None;
        for line in text.lines().take(400) {
            let rest = line.trim_start_matches(' ');
            if line.starts_with('\t') {
                return "\t".to_owned();
            }
            let blanks = line.len() - rest.len();
            if blanks > 1 && !rest.is_empty() && !rest.starts_with('*') {
                least = Some(least.map_or(blanks, |known| known.min(blanks)));
            }
        }
        if let Some(blanks) = least.filter(|blanks| matches!(blanks, 2 | 4 | 8)) {
            return " ".repeat(blanks);
        }
    }
    usual.to_owned()
}

/// Whether the tests around mention ids in their names more often than in comments.
pub(super) fn names_ids(samples: &[Sample]) -> bool {
    let mentions = samples.iter().flat_map(|sample| &sample.facts.mentions);
    let (mut names, mut others) = (0, 0);
    for mention in mentions.filter(|it| it.test.is_some()) {
        if mention.place == code::Place::TestName {
            names += 1;
        } else {
            others += 1;
        }
    }
    names > others
}

/// The words of a test's name, with its id before them where the tests around have theirs; never none.
pub(super) fn words(site: &Site, test: &Written<'_>) -> Vec<String> {
    let mut words = Vec::new();
    let said = naming::words(&test.case.title);
    let plain_id = test.case.id.is_ascii() && test.case.id.len() < 24;
    if plain_id && (site.names_ids && !test.plain) {
        words.extend(naming::words(&test.case.id));
    }
    if !test.plain && !names_others(&test.case.title) {
        words.extend(said);
    }
    if words.is_empty() {
        words.push("scenario".to_owned());
        words.push((test.case.item.item + 1).to_string());
    }
    words
}

/// The title of a test in quotes, with its id before it where the tests around have theirs.
pub(super) fn title(site: &Site, test: &Written<'_>) -> String {
    let title = naming::short(&test.case.title);
    if test.plain || names_others(&title) {
        return words(site, test).join(" ");
    }
    if site.names_ids && test.case.id.len() < 24 && test.case.id != test.case.title {
        return format!("{}: {title}", naming::clean(&test.case.id));
    }
    title
}

/// The only group of a file that holds all of its tests and stands in no other.
pub(super) fn only_group(facts: &SourceFacts) -> Option<&TestGroup> {
    let holds = |group: &&TestGroup| {
        facts
            .tests
            .iter()
            .all(|test| group.range.contains_range(test.range))
    };
    let mut outer = facts.groups.iter().filter(|group| {
        !facts
            .groups
            .iter()
            .any(|other| other.range != group.range && other.range.contains_range(group.range))
    });
    let only = outer.next().filter(holds)?;
    (outer.next().is_none() && !facts.tests.is_empty() && !only.skipped).then_some(only)
}

/// The start of the line that closes what a range holds, and the blanks before its bracket.
pub(super) fn closing(text: &str, range: TextRange) -> Option<(TextSize, &str)> {
    let body = text.get(..usize::from(range.end()))?;
    let bracket = body.rfind('}')?;
    let start = body[..bracket].rfind('\n')? + 1;
    let blanks = &text[start..bracket];
    let inside = usize::from(range.start()) < start;
    (inside && blanks.trim().is_empty()).then(|| {
        (
            TextSize::new(u32::try_from(start).unwrap_or(u32::MAX)),
            blanks,
        )
    })
}

/// The edit that adds text behind a file, parted from what is there by empty lines.
pub(super) fn at_end(text: &str, empty: usize, insert: &str) -> Edit {
    let kept = text.trim_end_matches(['\n', '\r', ' ', '\t']);
    let breaks = text[kept.len()..].matches('\n').count();
    let wanted = if kept.is_empty() { 0 } else { empty + 1 };
    let gap = "\n".repeat(wanted.saturating_sub(breaks));
    let end = TextSize::new(u32::try_from(text.len()).unwrap_or(u32::MAX));
    Edit::insert(end, format!("{gap}{insert}"))
}

/// What a path ends in behind its last dot.
pub(super) fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// Text in double quotes, as the languages of C's family and Python read it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}
