//! Hover: an item with its chain, a path with its fate, a symbol with what asks for it.

mod elsewhere;

use std::collections::HashSet;
use std::fmt::Write as _;

use documents::ItemKind;
use rules::Locale;

use text::{FileId, TextRange, TextSize};
use trace::{
    Basis, Chain, Fate, Graph, ItemRef, PathLink, Resolution, RootId, SourceFile, SymbolRef,
};

use crate::Analysis;
use crate::deltas;
use crate::target::{self, Declared, Target};
use crate::test_runs;
use crate::wording::{self, Noun, say};
use elsewhere::{elsewhere, path_from};

/// Most lines shown of one list.
const MAX_LINES: usize = 8;

/// What to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// Exactly the token.
    pub range: TextRange,
    /// Markdown.
    pub markdown: String,
}

impl Analysis {
    /// What is known of the token at `offset`.
    #[must_use]
    pub fn hover(&self, file: FileId, offset: TextSize, locale: Locale) -> Option<Hover> {
        let graph = &self.graph;
        if let Some((range, markdown)) = self.bound_text(file, offset, locale) {
            return Some(Hover { range, markdown });
        }
        let found = target::at(graph, file, offset)?;
        let markdown = match &found.target {
            Target::Definition(item) => {
                self.with_acceptance(*item, item_text(graph, *item, None, locale)?, locale)
            }
            Target::Mention(items, basis) => items
                .iter()
                .take(MAX_LINES)
                .filter_map(|item| {
                    let text = item_text(graph, *item, Some(*basis), locale)?;
                    Some(self.with_acceptance(*item, text, locale))
                })
                .collect::<Vec<_>>()
                .join("\n\n---\n\n"),
            Target::Ambiguous(items) => candidates(graph, items, locale),
            Target::Undefined(feature) => {
                let feature = graph.feature(*feature)?;
                {
                    let name = wording::code(&feature.name);
                    match locale {
                        Locale::English => format!("Not defined in {name}."),
                        Locale::Japanese => format!("{name} では定義されていません。"),
                    }
                }
            }
            Target::Path(link) => path_text(graph, link, locale)?,
            Target::Symbols(symbols) => symbols
                .iter()
                .take(MAX_LINES)
                .filter_map(|symbol| symbol_text(graph, *symbol, locale))
                .collect::<Vec<_>>()
                .join("\n\n---\n\n"),
            Target::Declared(declared) => declared_text(graph, declared, locale),
        };
        let document = graph
            .feature_of(file)
            .and_then(|feature| feature.document(file));
        let difference =
            document.and_then(|document| deltas::difference(graph, document, found.range, locale));
        let markdown = match difference {
            Some(difference) => format!("{markdown}\n\n---\n\n{difference}"),
            None => markdown,
        };
        if markdown.is_empty() {
            return None;
        }
        let more = graph.inputs().tree.is_partial().then(|| {
            say(
                locale,
                "\n\n*The workspace is still being read: there may be more.*",
                "\n\n*ワークスペースを読み込み中です。ほかにもある可能性があります。*",
            )
        });
        Some(Hover {
            range: found.range,
            markdown: markdown + more.unwrap_or_default(),
        })
    }
}

impl Analysis {
    fn with_acceptance(&self, item: ItemRef, mut text: String, locale: Locale) -> String {
        if let Some(accepted) = self.accepted_text(item, locale) {
            let _ = write!(text, "\n\n{accepted}");
        }
        text
    }
}

/// Item, feature, chain; `basis` says how sure the mention is.
fn item_text(graph: &Graph, item: ItemRef, basis: Option<Basis>, locale: Locale) -> Option<String> {
    let (feature, it) = graph.item(item)?;
    let mut out = String::new();
    let words = wording::words_of(feature, item);
    let name = wording::name(graph, item);
    if let Some(task) = &it.task {
        out.push(wording::state(task.state));
        out.push(' ');
    }
    if !name.is_empty() {
        let _ = write!(out, "**{name}** ");
    }
    out.push_str(&words);
    if let Some(text) = deltas::body(feature, item) {
        out.truncate(out.trim_end().len());
        let _ = write!(out, "\n\n{text}");
    }
    let mut about = vec![
        wording::kind(it.kind, locale).to_owned(),
        wording::code(&feature.name),
    ];
    if it.kind == ItemKind::Story
        && let Some(priority) = it.story.as_ref().and_then(|story| story.priority.as_ref())
    {
        about.insert(1, priority.text.to_string());
    }
    if basis == Some(Basis::Inferred) {
        about.push(wording::basis(Basis::Inferred, locale).into());
    }
    let _ = write!(out, "\n\n{}", about.join(" · "));
    let chain = graph.chain(item);
    let mut stories = graph.stories_among(item, &chain.tasks);
    stories.truncate(MAX_LINES);
    if !stories.is_empty() {
        out.push_str("\n\n");
        let names = stories.iter().map(|&story| {
            let title = graph
                .item(story)
                .map(|(feature, _)| wording::words_of(feature, story))
                .unwrap_or_default();
            format!("**{}** {title}", wording::name(graph, story))
        });
        out.push_str(&names.collect::<Vec<_>>().join("  \n"));
    }
    if it.kind != ItemKind::Task {
        tasks(graph, &chain, locale, &mut out);
    }
    linked(graph, &chain, feature.root, locale, &mut out);
    elsewhere(graph, item, &chain, locale, &mut out);
    if let Some((changes, _)) = deltas::changes(graph, item, locale) {
        let _ = write!(out, "\n\n{changes}");
    }
    Some(out)
}

/// A line for each, written where it is shown.
fn list<T>(out: &mut String, head: &str, locale: Locale, all: &[T], line: impl Fn(&T) -> String) {
    if all.is_empty() {
        return;
    }
    if head.is_empty() {
        out.push('\n');
    } else {
        let _ = write!(out, "\n\n{head}");
    }
    for each in all.iter().take(MAX_LINES) {
        let _ = write!(out, "\n- {}", line(each));
    }
    if all.len() > MAX_LINES {
        let more = all.len() - MAX_LINES;
        let _ = match locale {
            Locale::English => write!(out, "\n- … and {more} more"),
            Locale::Japanese => write!(out, "\n- … 他 {more} 件"),
        };
    }
}

fn tasks(graph: &Graph, chain: &Chain, locale: Locale, out: &mut String) {
    let (done, all) = (chain.done, chain.tasks.len());
    let head = match locale {
        Locale::English => format!("Tasks: {done} of {all} done"),
        Locale::Japanese => format!("タスク: {all} 件中 {done} 件完了"),
    };
    let line = |task: &ItemRef| task_line(graph, *task);
    list(out, &head, locale, &chain.tasks, line);
}

fn task_line(graph: &Graph, task: ItemRef) -> String {
    let mark = graph.task_state(task).map_or('○', wording::state);
    let words = graph
        .item(task)
        .map(|(feature, _)| wording::words_of(feature, task));
    let name = wording::name(graph, task);
    format!("{mark} {name} {}", words.unwrap_or_default())
}

/// Files, symbols, tests and mentions of a chain. `home` is the repository of the item.
fn linked(graph: &Graph, chain: &Chain, home: RootId, locale: Locale, out: &mut String) {
    // A file whose symbols are listed needs no line of its own.
    let mut listed: HashSet<FileId> = chain.symbols.iter().map(|it| it.file).collect();
    listed.extend(chain.tests.iter().map(|it| it.file));
    let files = chain.files.iter().map(|linked| linked.file);
    let files: Vec<FileId> = files.filter(|file| !listed.contains(file)).collect();
    list(
        out,
        say(locale, "Files", "ファイル"),
        locale,
        &files,
        |file| wording::code(&path_from(graph, home, *file)),
    );
    let symbols = chain.symbols.iter();
    let symbols: Vec<_> = symbols.filter_map(|it| symbol_of(graph, *it)).collect();
    list(
        out,
        say(locale, "Symbols", "シンボル"),
        locale,
        &symbols,
        |symbol| symbol_line(graph, *symbol, home, locale),
    );
    let tests = chain.tests.iter().filter_map(|test| {
        let source = graph.source(test.file)?;
        Some((test, source, source.facts.tests.get(test.test as usize)?))
    });
    let tests: Vec<_> = tests.collect();
    list(
        out,
        say(locale, "Tests", "テスト"),
        locale,
        &tests,
        |(test, source, it)| {
            let skipped = if it.skipped {
                say(locale, ", skipped", "、スキップ")
            } else {
                ""
            };
            let line = source.lines.line(it.name_range.start()) + 1;
            let path = path_from(graph, home, test.file);
            let name = wording::code(&it.full_name);
            let run = test_runs::of_test(graph, test, locale);
            let run = run.map_or(String::new(), |run| format!(", {run}"));
            format!(
                "{name} {path}:{line} ({}{skipped}{run})",
                wording::basis(test.basis, locale)
            )
        },
    );
    if !chain.mentions.is_empty() {
        let inferred = chain
            .mentions
            .iter()
            .filter(|(.., basis)| *basis == Basis::Inferred)
            .count();
        let places = wording::count(chain.mentions.len(), Noun::Place, locale);
        let head = say(locale, "Mentioned in code", "コード内の言及");
        let _ = write!(out, "\n\n{head}: {places}");
        if inferred > 0 {
            let _ = match locale {
                Locale::English => write!(out, ", {inferred} inferred"),
                Locale::Japanese => write!(out, " (うち推測 {inferred})"),
            };
        }
    }
}

/// A symbol, the file around it and why we believe it.
type Symbol<'a> = (&'a SourceFile, &'a code::Symbol, SymbolRef);

fn symbol_of(graph: &Graph, symbol: SymbolRef) -> Option<Symbol<'_>> {
    let source = graph.source(symbol.file)?;
    let it = source.facts.symbols.get(symbol.symbol as usize)?;
    Some((source, it, symbol))
}

fn symbol_line(
    graph: &Graph,
    (source, it, symbol): Symbol<'_>,
    home: RootId,
    locale: Locale,
) -> String {
    let line = source.lines.line(it.name_range.start()) + 1;
    format!(
        "{} {} {} ({})",
        wording::symbol_kind(it.kind),
        wording::code(&it.qualified_name()),
        format_args!("{}:{line}", path_from(graph, home, symbol.file)),
        wording::basis(symbol.basis, locale)
    )
}

fn candidates(graph: &Graph, items: &[ItemRef], locale: Locale) -> String {
    let known = items
        .iter()
        .filter_map(|&item| Some((item, graph.item(item)?.0)));
    let known: Vec<_> = known.collect();
    let mut out = String::from(say(
        locale,
        "Several features define this id; nothing here says which is meant.",
        "この ID は複数の機能で定義されており、どれを指すかはここからは分かりません。",
    ));
    list(&mut out, "", locale, &known, |(item, feature)| {
        let words = wording::words_of(feature, *item);
        format!("{} {words}", wording::code(&feature.name))
    });
    out
}

fn path_text(graph: &Graph, link: &PathLink, locale: Locale) -> Option<String> {
    let tree = &graph.inputs().tree;
    Some(match &link.resolution {
        Resolution::File(file) => {
            let mut out = wording::code(tree.path_str(*file));
            if let Some(source) = graph.source(*file) {
                let (symbols, tests) = (source.facts.symbols.len(), source.facts.tests.len());
                let symbols = wording::count(symbols, Noun::Symbol, locale);
                let tests = wording::count(tests, Noun::Test, locale);
                let _ = write!(out, "\n\n{symbols} · {tests}");
            }
            let tasks = graph.tasks_naming(*file);
            let head = say(locale, "Named by", "名指しするもの");
            list(&mut out, head, locale, &tasks, |task| {
                let feature = graph.feature(task.feature);
                let name = feature.map_or("", |feature| feature.name.as_str());
                format!("{} ({name})", task_line(graph, *task))
            });
            out
        }
        Resolution::Directory(dir) => {
            let root = graph.feature_of(link.file)?.root;
            let count = tree.below(root, dir).count();
            let files = wording::count(count, Noun::File, locale);
            {
                let dir = wording::code(dir);
                match locale {
                    Locale::English => format!("Directory {dir} with {files}"),
                    Locale::Japanese => format!("ディレクトリ {dir} ({files})"),
                }
            }
        }
        Resolution::Several(files) => {
            let mut out = String::from(say(
                locale,
                "Several files end in this path",
                "このパスで終わるファイルが複数あります",
            ));
            list(&mut out, "", locale, files, |file| {
                wording::code(tree.path_str(*file))
            });
            out
        }
        Resolution::SeveralDirectories => say(
            locale,
            "Several directories end in this path",
            "このパスで終わるディレクトリが複数あります",
        )
        .into(),
        Resolution::Outside | Resolution::Unread => return None,
        Resolution::Missing(fate) => fate_text(fate, locale),
    })
}

/// What became of a path.
fn fate_text(fate: &Fate, locale: Locale) -> String {
    let fixed = |en, ja| say(locale, en, ja).to_owned();
    match fate {
        Fate::Present => fixed(
            "On disk, but hidden or ignored.",
            "ディスク上にありますが、隠されているか無視されています。",
        ),
        Fate::Moved { to, commit, .. } => {
            let to = wording::code(to);
            match locale {
                Locale::English => format!("Moved to {to} in {commit}."),
                Locale::Japanese => format!("{commit} で {to} に移動しました。"),
            }
        }
        Fate::Deleted { commit, .. } => match locale {
            Locale::English => format!("Deleted in {commit}."),
            Locale::Japanese => format!("{commit} で削除されました。"),
        },
        Fate::Removed { .. } => fixed(
            "In git's last commit, but not on disk: deleted or moved since.",
            "git の最後のコミットにはありますが、ディスク上にはありません。その後に削除または移動されました。",
        ),
        Fate::Existed => fixed(
            "Several files had this path; none is there now.",
            "このパスのファイルは複数ありましたが、今は一つもありません。",
        ),
        Fate::Never {
            name_existed: true, ..
        } => fixed(
            "Never existed at this path; a file of that name did elsewhere.",
            "このパスに存在したことはありません。同じ名前のファイルは別の場所にありました。",
        ),
        Fate::Never { .. } => fixed("Does not exist yet.", "まだ存在しません。"),
        Fate::Unknown(why) | Fate::Lost(why) => match locale {
            Locale::English => format!("Not there; what became of it is unknown: {why}."),
            Locale::Japanese => format!("ここにはありません。どうなったかは不明です: {why}"),
        },
    }
}

/// A symbol with the tasks that name it and the items mentioned in it.
fn symbol_text(graph: &Graph, symbol: SymbolRef, locale: Locale) -> Option<String> {
    let known = symbol_of(graph, symbol)?;
    let (home, _) = graph.inputs().tree.path(symbol.file)?;
    let mut out = symbol_line(graph, known, home, locale);
    let tasks = graph.tasks_naming_symbol(symbol.file, symbol.symbol);
    let mut items: Vec<(ItemRef, Basis)> = Vec::new();
    for link in graph.code_links(symbol.file) {
        let mention = known.0.facts.mentions.get(link.mention as usize);
        if mention.is_some_and(|mention| mention.symbol == Some(symbol.symbol))
            && let trace::Resolved::Items(found, basis) = &link.resolved
        {
            items.extend(found.iter().map(|&item| (item, *basis)));
        }
    }
    items.sort_unstable();
    items.dedup_by_key(|(item, _)| *item);
    list_items(
        graph,
        say(locale, "Mentions", "言及"),
        &items,
        locale,
        &mut out,
    );
    list_naming(graph, &tasks, locale, &mut out);
    Some(out)
}

/// What a symbol or test is for: a requirement with all that is linked to it, or a line for each of several.
fn declared_text(graph: &Graph, declared: &Declared, locale: Locale) -> String {
    let mut items = declared.items.clone();
    if items.is_empty() {
        let of_tasks = declared.tasks.iter().flat_map(|&(task, basis)| {
            let items = graph.items_of_task(task).into_iter();
            items.map(move |item| (item, basis.max(Basis::Task)))
        });
        items.extend(of_tasks);
        items.sort_unstable();
        items.dedup_by_key(|(item, _)| *item);
    }
    let mut out = String::new();
    let mut shown = Vec::new();
    match items.as_slice() {
        // A story's chain is most of a feature.
        [(item, basis)]
            if graph
                .item(*item)
                .is_some_and(|(_, it)| it.kind != ItemKind::Story) =>
        {
            out = item_text(graph, *item, Some(*basis), locale).unwrap_or_default();
            shown = graph.tasks_of(*item);
        }
        _ => {
            list_items(graph, say(locale, "For", "対象"), &items, locale, &mut out);
        }
    }
    let mut tasks = declared.tasks.clone();
    tasks.retain(|(task, _)| !shown.contains(task));
    list_naming(graph, &tasks, locale, &mut out);
    out.trim_start().to_owned()
}

/// A line for each item: id, words, feature, how we know.
fn list_items(
    graph: &Graph,
    head: &str,
    items: &[(ItemRef, Basis)],
    locale: Locale,
    out: &mut String,
) {
    let known = items
        .iter()
        .filter_map(|&(item, basis)| Some((item, basis, graph.item(item)?.0)));
    let known: Vec<_> = known.collect();
    list(out, head, locale, &known, |&(item, basis, feature)| {
        let words = wording::words_of(feature, item);
        let name = wording::name(graph, item);
        let basis = wording::basis(basis, locale);
        format!("**{name}** {words} ({}, {basis})", feature.name)
    });
}

/// A line for each task that names something.
fn list_naming(graph: &Graph, tasks: &[(ItemRef, Basis)], locale: Locale, out: &mut String) {
    let head = say(locale, "Named by", "名指しするもの");
    list(out, head, locale, tasks, |&(task, basis)| {
        let feature = graph.feature(task.feature);
        let name = feature.map_or("", |feature| feature.name.as_str());
        let line = task_line(graph, task);
        format!("{line} ({name}, {})", wording::basis(basis, locale))
    });
}
