//! Symbols that finished work names together with a file, and whether they are there.
//!
//! Code spans are commands, fields and literals as often as symbols, so only what is written like one counts: a call
//! (`create_session()`), a member of a type (`Session::new`, `AuthService.login`), a name called a class, function or
//! method by the word beside it, and what stands behind a path (`src/run.rs::process`). That such a symbol is nowhere
//! is said only by the words of all sources ([`WordQuestion`]); a file's own symbols can only say that it is there.

use documents::{ItemKind, TaskState};
use rustc_hash::FxHashSet;
use smallvec::SmallVec;
use smol_str::SmolStr;
use text::{FileId, TextRange, TextSize, span};

use crate::Inputs;
use crate::chain::{is_inside, split_name};
use crate::feature::{Feature, FeatureDocument};
use crate::history::{WordPast, WordPastQuestion, WordQuestion};
use crate::paths::Resolution;
use crate::scope::Phase;
use crate::words::stem;

/// A symbol that a document names together with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SymbolClaim {
    /// The document.
    pub file: FileId,
    /// Bytes of the name there: `Session::new`.
    pub range: TextRange,
    /// What is said of it.
    pub form: ClaimForm,
    /// Files named with it that exist.
    pub within: SmallVec<[FileId; 1]>,
    /// Whether it is there.
    pub standing: Standing,
}

/// How a document says that a name is a symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClaimForm {
    /// `create_session()`
    Call,
    /// `Session::new`, `AuthService.login`
    Member,
    /// class `Session`
    Described,
    /// `src/run.rs::process`
    Path,
}

/// Whether a symbol is where a document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// One of the files declares it.
    Declared,
    /// The files do not declare it.
    Elsewhere {
        /// Its last name.
        name: SmolStr,
        /// Bytes of that name in the document.
        range: TextRange,
        /// What the sources are asked.
        question: WordQuestion,
        /// Whether the name stands in any of them; `None`: unknown yet.
        stands: Option<bool>,
        /// What git says of it in each of the files, once it stands in no source; `None`: unknown yet.
        past: SmallVec<[(WordPastQuestion, Option<WordPast>); 1]>,
        /// The only symbol of the files whose name is nearly its last name.
        near: Option<NearSymbol>,
    },
    /// The member of a type that the files do not declare: another program's, as likely as not, and no claim.
    Foreign,
    /// A file named with it was not read. If its last name stands in some source, it does not matter.
    Unread(WordQuestion),
    /// Cannot be told; the words say why.
    Unknown(&'static str),
}

/// A symbol whose name is nearly the one that is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearSymbol {
    /// Its source file.
    pub file: FileId,
    /// Its name.
    pub name: SmolStr,
    /// Bytes of its name there.
    pub range: TextRange,
}

impl SymbolClaim {
    /// What the sources are to be asked.
    pub(crate) fn question(&self) -> Option<&WordQuestion> {
        match &self.standing {
            Standing::Elsewhere { question, .. } => Some(question),
            _ => None,
        }
    }

    /// What git is to be asked, and what it answered.
    pub(crate) fn past(&self) -> &[(WordPastQuestion, Option<WordPast>)] {
        match &self.standing {
            Standing::Elsewhere { past, .. } => past,
            _ => &[],
        }
    }
}

/// The claims of a feature whose paths are resolved. Those of documents that are as in `claimed` are as there.
pub(crate) fn of_feature(
    feature: &Feature,
    inputs: &Inputs,
    claimed: Option<&Feature>,
) -> Vec<SymbolClaim> {
    let mut claims = Vec::new();
    let finished = feature.phase == Phase::Done;
    for document in &feature.documents {
        let plan = document.kind.is_plan();
        let looked_at = document.kind.is_tasks() || plan && finished;
        if !looked_at {
            continue;
        }
        let kept = claimed.filter(|before| before.phase == feature.phase);
        if let Some(before) = kept.filter(|before| before.holds(document)) {
            let own = before.claims.iter();
            claims.extend(own.filter(|claim| claim.file == document.file).cloned());
            continue;
        }
        let scribe = Scribe {
            feature,
            inputs,
            document,
        };
        if plan {
            scribe.read_lines(&mut claims);
        } else {
            scribe.read_tasks(&mut claims);
        }
    }
    claims
}

struct Scribe<'a> {
    feature: &'a Feature,
    inputs: &'a Inputs,
    document: &'a FeatureDocument,
}

/// Files that a stretch of text names.
#[derive(Default)]
struct Named {
    files: SmallVec<[FileId; 1]>,
    /// One of them was not read.
    unread: bool,
    doubt: Option<&'static str>,
}

/// A name in a document that is meant to be a symbol.
struct Name<'a> {
    text: &'a str,
    range: TextRange,
    form: ClaimForm,
    /// The path it stands behind.
    path: Option<TextRange>,
}

impl Scribe<'_> {
    fn read_tasks(&self, claims: &mut Vec<SymbolClaim>) {
        let facts = self.document.facts();
        let tasks: Vec<_> = facts.items_of(ItemKind::Task).collect();
        for (at, (_, item)) in tasks.iter().enumerate() {
            let ticked = |task: &documents::Task| task.state == TaskState::Done;
            if !item.task.as_ref().is_some_and(ticked) {
                continue;
            }
            let nested: Vec<TextRange> = tasks[at + 1..]
                .iter()
                .map(|(_, other)| other.range)
                .take_while(|other| other.start() < item.range.end())
                .collect();
            let own = |range: TextRange| !nested.iter().any(|inner| inner.contains_range(range));
            self.read(item.range, &own, claims);
        }
    }

    /// A line of running text is what a task is to a list.
    fn read_lines(&self, claims: &mut Vec<SymbolClaim>) {
        let facts = self.document.facts();
        let text = &*self.document.doc.text;
        let mut done = TextSize::new(0);
        for path in &facts.paths {
            if path.range.start() < done {
                continue;
            }
            let at = usize::from(path.range.start());
            let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
            let end = text[at..].find('\n').map_or(text.len(), |line| at + line);
            done = TextSize::new(end as u32);
            self.read(span(start, end), &|_| true, claims);
        }
    }

    fn read(
        &self,
        range: TextRange,
        own: &dyn Fn(TextRange) -> bool,
        claims: &mut Vec<SymbolClaim>,
    ) {
        let facts = self.document.facts();
        let paths = facts.paths_in(range);
        let spans = facts.code_spans_in(range);
        if paths.is_empty() || spans.is_empty() && paths.iter().all(|path| path.symbol.is_none()) {
            return;
        }
        let named = self.files(range, own);
        if named.files.is_empty() {
            return;
        }
        let mut names: Vec<Name<'_>> = Vec::new();
        for span in spans {
            if own(span.range)
                && let Some(form) = self.form(span, &named)
            {
                let (text, range) = (span.text.as_str(), span.range);
                names.push(Name {
                    text,
                    range,
                    form,
                    path: None,
                });
            }
        }
        for path in paths.iter().filter(|path| own(path.range)) {
            if let Some((symbol, range)) = &path.symbol
                && code::is_source_path(&path.path)
                && !symbol.contains('-')
                && self.document.slice(*range) == symbol
            {
                names.push(Name {
                    text: symbol,
                    range: *range,
                    form: ClaimForm::Path,
                    path: Some(path.range),
                });
            }
        }
        let all: FxHashSet<&str> = spans.iter().map(|span| split_name(&span.text).1).collect();
        for name in names {
            let (container, last) = split_name(name.text);
            if last.len() < 3 || !container.is_empty() && split_name(container).1.len() < 3 {
                continue;
            }
            let named = match name.path {
                Some(path) => &self.files(path, &|range| range == path),
                None => &named,
            };
            claims.push(SymbolClaim {
                file: self.document.file,
                range: name.range,
                form: name.form,
                standing: match named.doubt {
                    Some(why) => Standing::Unknown(why),
                    None if named.unread => self.of_unread(&name),
                    None => self.standing(&name, &named.files, &all),
                },
                within: named.files.clone(),
            });
        }
    }

    /// What the paths of a range lead to.
    fn files(&self, range: TextRange, own: &dyn Fn(TextRange) -> bool) -> Named {
        let mut named = Named::default();
        for link in self.feature.paths_in(self.document.file, range) {
            let Some(path) = self.document.facts().paths.get(link.mention as usize) else {
                continue;
            };
            if !own(path.range) {
                continue;
            }
            match &link.resolution {
                Resolution::File(_) | Resolution::Several(_) => {
                    for &file in link.resolution.files() {
                        let path = self.inputs.tree.path_str(file);
                        if !code::is_source_path(path) {
                            if !holds_no_symbols(path) {
                                named.doubt =
                                    Some("it may stand in a file beside it that is no source");
                            }
                            continue;
                        } else if !self.inputs.sources.contains_key(&file) {
                            named.unread = true;
                        }
                        if !named.files.contains(&file) {
                            named.files.push(file);
                        }
                    }
                }
                Resolution::Directory(_) | Resolution::SeveralDirectories => {}
                Resolution::Outside | Resolution::Missing(_) | Resolution::Unread => {
                    named.doubt = Some("a file named beside it is not there");
                }
            }
        }
        named
    }

    /// How a code span says that it is a symbol; `None` where it may be anything.
    fn form(&self, span: &documents::CodeSpan, named: &Named) -> Option<ClaimForm> {
        let text = &*self.document.doc.text;
        let (container, last) = split_name(&span.text);
        let holder = split_name(container).1;
        let of_type = holder.starts_with(char::is_uppercase);
        let of_file = || {
            let path = |file: &FileId| self.inputs.tree.path_str(*file);
            named.files.iter().any(|file| stem(path(file)) == holder)
        };
        if !container.is_empty() && !of_type && !of_file() {
            return None;
        }
        let behind = &text[usize::from(span.range.end())..];
        let end = behind.find('`').unwrap_or(behind.len());
        let (rest, behind) = behind.split_at(end);
        if let Some(handed) = rest.strip_prefix('(') {
            // What is handed over is a use of it; what is only named is its signature.
            let literal = rest.contains(['"', '\'', '{', '[']) || handed.starts_with(LITERAL);
            let shouted = last.chars().all(|c| !c.is_lowercase());
            return (!literal && !shouted).then_some(ClaimForm::Call);
        }
        if !rest.is_empty() {
            return None;
        }
        if !container.is_empty() {
            let method = last.starts_with(|c: char| c.is_lowercase() || c == '_');
            let joined = span.text.contains("::") || span.text.contains('#');
            return (method || joined).then_some(ClaimForm::Member);
        }
        let before = &text[..usize::from(span.range.start())];
        let before = before.trim_end_matches('`').trim_end();
        let behind = behind.trim_start_matches('`').trim_start();
        let word = |c: char| !c.is_alphanumeric();
        let last_word = before.rsplit(word).next().unwrap_or_default();
        let mut words = behind.split(word);
        let first_word = words.next().unwrap_or_default();
        // A message that is called is another program's.
        if words.next().is_some_and(|next| next.starts_with("call")) {
            return None;
        }
        let says = |word: &str| KINDS.iter().any(|kind| word.eq_ignore_ascii_case(kind));
        (says(last_word) || says(first_word)).then_some(ClaimForm::Described)
    }

    /// What the sources are asked of a name.
    fn question(&self, last: &str) -> WordQuestion {
        WordQuestion {
            root: self.feature.root,
            word: last.into(),
            within: None,
        }
    }

    /// Of a name beside files that were not read: where it stands in some source, they need not be.
    fn of_unread(&self, name: &Name<'_>) -> Standing {
        let (_, last) = split_name(name.text);
        let question = self.question(last);
        if self.inputs.history.words.get(&question) != Some(&true) {
            return Standing::Unread(question);
        }
        let end = usize::from(name.range.end());
        Standing::Elsewhere {
            name: last.into(),
            range: span(end - last.len(), end),
            stands: Some(true),
            past: SmallVec::new(),
            question,
            near: None,
        }
    }

    fn standing(&self, name: &Name<'_>, files: &[FileId], named: &FxHashSet<&str>) -> Standing {
        let (container, last) = split_name(name.text);
        let holder = split_name(container).1;
        let symbols = || {
            let sources = files.iter().filter_map(|file| {
                let source = self.inputs.sources.get(file)?;
                Some((*file, &source.facts.symbols))
            });
            sources.flat_map(|(file, symbols)| symbols.iter().map(move |each| (file, each)))
        };
        let of_type = holder.starts_with(char::is_uppercase);
        if symbols()
            .any(|(_, symbol)| symbol.name == last && (!of_type || is_inside(symbol, container)))
        {
            return Standing::Declared;
        }
        let plain = |name: &str| name.replace(['_', '-'], "").to_lowercase();
        let at_home =
            |file: &FileId| plain(stem(self.inputs.tree.path_str(*file))) == plain(holder);
        if of_type
            && !files.iter().any(at_home)
            && !symbols().any(|(_, symbol)| symbol.name == holder)
        {
            return Standing::Foreign;
        }
        let question = self.question(last);
        let end = usize::from(name.range.end());
        let mut near: Option<NearSymbol> = None;
        for (file, symbol) in symbols() {
            if named.contains(symbol.name.as_str()) || !is_near(last, &symbol.name) {
                continue;
            }
            match &near {
                Some(known) if known.name == symbol.name => {}
                Some(_) => {
                    near = None;
                    break;
                }
                None => {
                    near = Some(NearSymbol {
                        file,
                        name: symbol.name.clone(),
                        range: symbol.name_range,
                    });
                }
            }
        }
        let stands = self.inputs.history.words.get(&question).copied();
        let asked = if stands == Some(false) { files } else { &[] };
        let past = asked.iter().filter_map(|&file| {
            let (root, path) = self.inputs.tree.path(file)?;
            let question = WordPastQuestion {
                root,
                path: path.clone(),
                word: last.into(),
            };
            let past = self.inputs.history.word_pasts.get(&question).cloned();
            Some((question, past))
        });
        Standing::Elsewhere {
            name: last.into(),
            range: span(end - last.len(), end),
            stands,
            past: past.collect(),
            question,
            near,
        }
    }
}

/// Whether a file holds prose or data.
fn holds_no_symbols(path: &str) -> bool {
    let (_, extension) = path.rsplit_once('.').unwrap_or_default();
    DATA.contains(&extension)
}

/// Extensions of prose and data: what they name stands in some source, or nowhere.
const DATA: [&str; 14] = [
    "adoc", "csv", "env", "ini", "json", "lock", "md", "mdx", "rst", "toml", "txt", "xml", "yaml",
    "yml",
];

/// What an argument that is handed over begins with; `--` is a property of a style sheet.
const LITERAL: [char; 12] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-', '`'];

/// Words that say of the name beside them that it is a symbol.
const KINDS: [&str; 15] = [
    "class",
    "enum",
    "fn",
    "func",
    "function",
    "interface",
    "method",
    "struct",
    "trait",
    "クラス",
    "メソッド",
    "関数",
    "函数",
    "方法",
    "클래스",
];

/// Whether two names differ by a slip: in case and `_` only, or in a few letters. By a few letters a type is near no
/// function, and a name no other with other numbers.
fn is_near(one: &str, other: &str) -> bool {
    let begins = |name: &str| {
        let first = name.trim_start_matches('_').chars().next();
        first.is_some_and(char::is_uppercase)
    };
    let digits = |name: &str| -> String { name.chars().filter(char::is_ascii_digit).collect() };
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    let most = match one.len().min(other.len()) {
        0..4 => return false,
        4..8 => 1,
        _ => 2,
    };
    plain(one) == plain(other)
        || one.len().abs_diff(other.len()) <= most
            && begins(one) == begins(other)
            && digits(one) == digits(other)
            && strsim::osa_distance(one, other) <= most
}
