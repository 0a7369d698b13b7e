//! What is looked for in the sources because of one node, and what it means where it stands.

use code::{Language, SymbolKind};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::{FileId, TextRange};

use super::{Asked, Node};
use crate::Graph;
use crate::inputs::SourceFile;

/// Names of one file that are looked for; a file that declares more is a table.
const NAMES: usize = 400;

/// A node whose users are looked for.
pub(super) struct Target {
    pub(super) node: Node,
    pub(super) file: FileId,
    pub(super) language: Option<Language>,
    pub(super) names: Vec<Name>,
    /// The word by which imports name the file.
    pub(super) stem: Option<SmolStr>,
    /// An import alone is a use.
    pub(super) whole: bool,
}

/// A name that is looked for.
pub(super) struct Name {
    pub(super) word: SmolStr,
    /// The innermost name around it, of a member.
    pub(super) container: Option<SmolStr>,
    /// Where it is declared.
    pub(super) own: Option<TextRange>,
}

impl Target {
    /// The users of one symbol.
    pub(super) fn of_symbol(
        graph: &Graph,
        file: FileId,
        source: &SourceFile,
        symbol: u32,
    ) -> Option<Self> {
        let it = source.facts.symbols.get(symbol as usize)?;
        Some(Self {
            node: Node::Symbol(file, symbol),
            file,
            language: source.facts.language,
            names: vec![name_of(source, it)],
            stem: stem(graph, file),
            whole: false,
        })
    }

    /// Who still uses a name that a file declared.
    pub(super) fn of_name(
        graph: &Graph,
        node: &Node,
        file: FileId,
        language: Option<Language>,
        name: &str,
    ) -> Self {
        let (container, word) = crate::chain::split_name(name);
        let container = crate::chain::split_name(container).1;
        Self {
            node: node.clone(),
            file,
            language,
            names: vec![Name {
                word: word.into(),
                container: (!container.is_empty()).then(|| container.into()),
                own: None,
            }],
            stem: stem(graph, file),
            whole: false,
        }
    }

    /// The users of a file. `said`: names that stand for it, where it is no source.
    pub(super) fn of_file(
        graph: &Graph,
        file: FileId,
        source: Option<&SourceFile>,
        said: &[SmolStr],
    ) -> Self {
        let mut names: Vec<Name> = said
            .iter()
            .map(|word| Name {
                word: word.clone(),
                container: None,
                own: None,
            })
            .collect();
        let symbols = source.iter().flat_map(|source| {
            let outer = source
                .facts
                .symbols
                .iter()
                .filter(|it| it.kind != SymbolKind::Module && is_outermost(source, it));
            outer.map(|it| name_of(source, it))
        });
        names.extend(symbols.take(NAMES));
        let path = graph.inputs().tree.path_str(file);
        let stem = match source {
            Some(_) => stem(graph, file),
            None => Some(crate::tree::file_name(path).into()),
        };
        Self {
            node: Node::File(file),
            file,
            language: source.and_then(|source| source.facts.language),
            names,
            stem,
            whole: true,
        }
    }
}

fn name_of(source: &SourceFile, symbol: &code::Symbol) -> Name {
    let member = !is_outermost(source, symbol);
    let container = symbol.container.as_deref().filter(|_| member);
    Name {
        word: symbol.name.clone(),
        container: container.map(|it| crate::chain::split_name(it).1.into()),
        own: Some(symbol.range),
    }
}

/// Whether a symbol stands in no other but modules.
pub(super) fn is_outermost(source: &SourceFile, symbol: &code::Symbol) -> bool {
    let Some(container) = &symbol.container else {
        return true;
    };
    let last = crate::chain::split_name(container).1;
    let mut modules = source.facts.symbols.iter();
    // A name space may have a name of several parts.
    modules.any(|it| {
        it.kind == SymbolKind::Module && (it.name == last || it.qualified_name() == *container)
    })
}

/// The word by which imports name a file: that of its directory where it stands for it.
fn stem(graph: &Graph, file: FileId) -> Option<SmolStr> {
    let path = graph.inputs().tree.path_str(file);
    let name = crate::tree::file_name(path);
    let stem = name.split('.').next().unwrap_or(name);
    let of_directory = matches!(stem, "index" | "__init__" | "mod" | "lib" | "main");
    let word = if of_directory {
        crate::tree::file_name(crate::tree::parent(path))
    } else {
        stem
    };
    (!word.is_empty()).then(|| word.into())
}

/// The words of all targets, each once.
pub(super) fn asked(targets: &[Target]) -> Vec<Asked> {
    let mut words: FxHashMap<SmolStr, (bool, bool)> = FxHashMap::default();
    let mut ask = |word: &SmolStr, passing: bool, member: bool| {
        if word.chars().count() > 1 {
            let known = words.entry(word.clone()).or_insert((passing, member));
            known.0 &= passing;
            known.1 &= member;
        }
    };
    for target in targets {
        for name in &target.names {
            let member = name.container.is_some() && !is_telling(&name.word);
            ask(&name.word, false, member);
            if let Some(container) = &name.container {
                ask(container, false, false);
            }
        }
        if let Some(stem) = &target.stem {
            ask(stem, !target.whole, false);
        }
    }
    let mut asked: Vec<Asked> = words
        .into_iter()
        .map(|(word, (passing, member))| Asked {
            word,
            passing,
            member,
        })
        .collect();
    asked.sort_unstable();
    asked
}

/// Whether a name is written as only symbols are, and long enough not to be met by chance.
pub(super) fn is_telling(name: &str) -> bool {
    let inner = name.chars().skip(1);
    let marked = name.trim_matches('_').contains('_')
        || inner.clone().any(char::is_uppercase) && inner.clone().any(char::is_lowercase);
    name.len() >= 6 && marked
}
