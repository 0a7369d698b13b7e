//! What the code of an accepted line is now.

use code::{PRINTS_VERSION, Prints, SourceFacts};
use smol_str::SmolStr;
use text::{FileId, TextRange, TextSize};

use super::altered::CodePastQuestion;
use super::lock::CodePrint;
use super::target::Part;
use super::{CodeSpot, CodeStanding, Fact, Whither};
use crate::history::{Fate, PathQuestion};
use crate::inputs::{Inputs, SourceFile};
use crate::tree::{file_name, join};
use crate::{RootId, alike};

/// Bodies shorter than this are alike by chance.
const TELLING_BODY: u32 = 24;

/// What a symbol or a test is now; `None` where its prints are unknown.
pub(super) fn print_of(prints: code::Prints) -> Option<CodePrint> {
    prints.is_known().then_some(CodePrint {
        version: PRINTS_VERSION,
        signature: prints.signature,
        body: prints.body,
        raw: prints.raw,
    })
}

/// A symbol or a test of a file.
pub(super) struct Code {
    /// Its name.
    pub(super) name: TextRange,
    /// All of it.
    pub(super) whole: TextRange,
    /// Its signature.
    pub(super) signature: TextRange,
    /// The end of what counts as its signature.
    pub(super) head: TextSize,
    pub(super) prints: Prints,
}

/// Symbols or tests of a file that a part names.
pub(super) fn named<'f>(facts: &'f SourceFacts, part: &'f Part) -> impl Iterator<Item = Code> + 'f {
    let symbols = facts
        .symbols
        .iter()
        .filter(|it| !part.test && is_named(it, &part.name));
    let tests = facts
        .tests
        .iter()
        .filter(|it| part.test && it.full_name == part.name.as_str());
    let symbols = symbols.map(|it| Code {
        name: it.name_range,
        whole: it.range,
        signature: it.signature,
        head: it.signature.end(),
        prints: it.prints,
    });
    symbols.chain(tests.map(|it| {
        let end = it.name_range.end();
        let head = it.title.map_or(end, |title| title.end().max(end));
        Code {
            name: it.name_range,
            whole: it.range,
            signature: TextRange::new(it.range.start(), head.max(it.range.start())),
            head,
            prints: it.prints,
        }
    }))
}

/// Whether code is as it was accepted; `None`: it cannot be told.
pub(super) fn is_same(now: Prints, then: &CodePrint) -> Option<bool> {
    if !now.is_known() {
        return None;
    }
    if now.raw == then.raw {
        return Some(true);
    }
    (then.version == PRINTS_VERSION)
        .then(|| (now.signature, now.body) == (then.signature, then.body))
}

/// Looks for accepted code in what is known.
pub(super) struct Search<'a> {
    pub(super) inputs: &'a Inputs,
    pub(super) root: RootId,
    /// Directory of the lock, from the root.
    pub(super) directory: &'a str,
}

impl Search<'_> {
    /// What became of an accepted fact's code, and what git is to be asked.
    pub(super) fn standing(&self, fact: &Fact) -> (CodeStanding, Option<PathQuestion>) {
        let Some(path) = join(self.directory, &fact.target.path) else {
            return (unknown("its path leaves the workspace folder"), None);
        };
        let Some(file) = self.inputs.tree.file(self.root, &path) else {
            return self.without_file(fact, &path);
        };
        let standing = match &fact.target.part {
            None => CodeStanding::Same(whole(file, false)),
            Some(part) => self.in_file(file, part, fact.code.as_ref(), false),
        };
        (standing, None)
    }

    fn without_file(&self, fact: &Fact, path: &str) -> (CodeStanding, Option<PathQuestion>) {
        let question = PathQuestion {
            root: self.root,
            project: self.directory.into(),
            directory: self.directory.into(),
            path: path.into(),
            anchored: true,
        };
        let elsewhere = match (&fact.target.part, &fact.code) {
            (Some(part), Some(code)) => self.elsewhere(part, code),
            _ => self.namesake(path),
        };
        if let Some(spot) = elsewhere {
            return (CodeStanding::Same(spot), Some(question));
        }
        let fate = self.inputs.history.fate(&question);
        let standing = match &fate {
            Fate::Moved { to, .. } => match self.inputs.tree.file(self.root, to) {
                Some(file) => match &fact.target.part {
                    None => CodeStanding::Same(whole(file, true)),
                    Some(part) => self.in_file(file, part, fact.code.as_ref(), true),
                },
                None => CodeStanding::Gone(Whither::File(fate)),
            },
            Fate::Present => unknown("its file is ignored"),
            Fate::Lost(why) | Fate::Unknown(why) => CodeStanding::Unknown(why.clone()),
            _ => CodeStanding::Gone(Whither::File(fate)),
        };
        (standing, Some(question))
    }

    /// The only file of the root with a telling name: whoever moves a directory tells git later.
    fn namesake(&self, path: &str) -> Option<CodeSpot> {
        let tree = &self.inputs.tree;
        let own = |file: &FileId| tree.path(*file).is_some_and(|(root, _)| root == self.root);
        let mut named = tree.named(file_name(path)).into_iter().filter(own);
        let (found, None) = (named.next()?, named.next()) else {
            return None;
        };
        let telling = !alike::is_generic_name(path) || shares_directory(path, tree.path_str(found));
        telling.then(|| whole(found, true))
    }

    fn in_file(
        &self,
        file: FileId,
        part: &Part,
        accepted: Option<&CodePrint>,
        moved: bool,
    ) -> CodeStanding {
        let Some(source) = self.inputs.sources.get(&file) else {
            return unknown("its file was not read");
        };
        let facts = &source.facts;
        let nth = (part.nth.max(1) - 1) as usize;
        let known = facts.symbols_known && !facts.truncated;
        let at = |range: TextRange| CodeSpot { file, range, moved };
        let named: Vec<Code> = named(facts, part).collect();
        let Some(accepted) = accepted else {
            return match named.get(nth) {
                Some(code) => CodeStanding::Same(at(code.name)),
                None if known => self.undeclared(file, None),
                None => unknown("its file cannot be parsed"),
            };
        };
        let same = |code: &&Code| is_same(code.prints, accepted) == Some(true);
        if let Some(code) = named.iter().find(same) {
            return CodeStanding::Same(at(code.name));
        }
        if !known {
            return unknown("its file cannot be parsed");
        }
        let Some(code) = named.get(nth) else {
            return match self.elsewhere(part, accepted) {
                Some(spot) => CodeStanding::Same(spot),
                None => self.undeclared(file, Some(accepted)),
            };
        };
        if accepted.version != PRINTS_VERSION {
            return unknown("it was accepted by another version of this program");
        }
        if !code.prints.is_known() {
            return unknown("it is nested too deep to be compared");
        }
        if code.prints.signature == accepted.signature {
            CodeStanding::Body(at(code.name))
        } else {
            CodeStanding::Signature(at(code.name))
        }
    }

    /// What git is asked of code that is not as it was accepted, and where that code starts.
    pub(super) fn past(
        &self,
        fact: &Fact,
        standing: &CodeStanding,
    ) -> Option<(CodePastQuestion, TextSize)> {
        let (CodeStanding::Signature(spot) | CodeStanding::Body(spot)) = standing else {
            return None;
        };
        let (part, then) = (fact.target.part.as_ref()?, fact.code.as_ref()?);
        let facts = &self.inputs.sources.get(&spot.file)?.facts;
        let now = named(facts, part).find(|code| code.name == spot.range)?;
        let question = CodePastQuestion {
            root: self.root,
            path: self.inputs.tree.path(spot.file)?.1.clone(),
            was: join(self.directory, &fact.target.path)?.into(),
            part: part.clone(),
            then: then.clone(),
            now: now.prints.raw,
        };
        Some((question, now.whole.start()))
    }

    /// The only symbol of that name in any known source that is as it was accepted.
    fn elsewhere(&self, part: &Part, accepted: &CodePrint) -> Option<CodeSpot> {
        let mut found = None;
        for (file, source) in self.own_sources() {
            for code in named(&source.facts, part) {
                if is_same(code.prints, accepted) == Some(true) {
                    if found.is_some() {
                        return None;
                    }
                    found = Some(CodeSpot {
                        file,
                        range: code.name,
                        moved: true,
                    });
                }
            }
        }
        found
    }

    fn undeclared(&self, file: FileId, accepted: Option<&CodePrint>) -> CodeStanding {
        let renamed = accepted
            .filter(|accepted| accepted.version == PRINTS_VERSION)
            .and_then(|accepted| self.same_body(file, accepted.body));
        CodeStanding::Gone(Whither::Undeclared { file, renamed })
    }

    /// The only symbol of a file with this body, and its name.
    fn same_body(&self, file: FileId, body: u64) -> Option<(CodeSpot, SmolStr)> {
        let symbols = &self.inputs.sources.get(&file)?.facts.symbols;
        let telling = |it: &&code::Symbol| {
            let length = u32::from(it.range.len()) - u32::from(it.signature.len());
            length >= TELLING_BODY && it.prints.body == body
        };
        let mut found = symbols.iter().filter(telling);
        let (only, None) = (found.next()?, found.next()) else {
            return None;
        };
        let range = only.name_range;
        let spot = CodeSpot {
            file,
            range,
            moved: false,
        };
        Some((spot, only.qualified_name().into()))
    }

    fn own_sources(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        let sources = self.inputs.sources.iter();
        sources
            .filter(|(file, _)| {
                let place = self.inputs.tree.path(**file);
                place.is_some_and(|(root, path)| {
                    root == self.root && self.inputs.tree.file(root, path) == Some(**file)
                })
            })
            .map(|(file, source)| (*file, source.as_ref()))
    }
}

fn unknown(why: &'static str) -> CodeStanding {
    CodeStanding::Unknown(SmolStr::new_static(why))
}

fn whole(file: FileId, moved: bool) -> CodeSpot {
    let range = TextRange::default();
    CodeSpot { file, range, moved }
}

/// Whether this is the symbol's qualified name.
pub(super) fn is_named(symbol: &code::Symbol, name: &str) -> bool {
    match &symbol.container {
        None => symbol.name == name,
        Some(container) => name
            .strip_suffix(symbol.name.as_str())
            .and_then(|rest| rest.strip_suffix('.'))
            .is_some_and(|rest| rest == container),
    }
}

/// Whether two files lie in directories of the same name.
fn shares_directory(one: &str, other: &str) -> bool {
    let last = |path| {
        crate::tree::parent(path)
            .rsplit('/')
            .next()
            .map(str::to_owned)
    };
    last(one) == last(other) && last(one).is_some_and(|name| !name.is_empty())
}
