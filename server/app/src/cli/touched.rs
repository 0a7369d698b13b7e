//! What a change touches, as plain values: requirements that say something else with what relied on them, and code that
//! is not what it was with what it serves. `drift` and the pull request comment show the same.

use std::fmt::Write as _;

use serde::Serialize;
use trace::{CodeChange, Graph, ItemRef, RootId};

use super::human::plural;
use super::links::{ChainOf, ItemLink, Links, Place};
use super::markup::{code, one_line, plain};

/// Characters of a text that are shown before and behind what is another.
const AROUND: usize = 60;

/// Entries of one list that a comment shows; the rest is counted.
const SHOWN: usize = 12;

/// Everything that a change touches.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Touched {
    /// What is wanted and says something else than it did.
    pub(crate) items: Vec<TouchedItem>,
    /// Symbols and tests that serve an item and are not what they were.
    pub(crate) code: Vec<TouchedCode>,
}

/// A requirement, story or criterion that says something else.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct TouchedItem {
    /// Its address, as it was.
    pub(crate) address: String,
    /// `reworded` or `gone`.
    pub(crate) change: &'static str,
    /// What it said, on one line, around what is another.
    pub(crate) was: String,
    /// What it says; null where it is gone.
    pub(crate) now: Option<String>,
    /// Where it is; where it was, if it is gone.
    #[serde(flatten)]
    pub(crate) place: Place,
    /// What rested on the old text.
    pub(crate) relied: Vec<Relied>,
}

/// Something that rests on the text of an item.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Relied {
    /// `task`, `code`, `test` or `document`.
    pub(crate) what: &'static str,
    /// Its address, or its name with the names around it; of a place in a document the text there.
    pub(crate) name: String,
    #[serde(flatten)]
    pub(crate) place: Place,
    /// Whether it is another, too.
    pub(crate) changed: bool,
}

/// A symbol or test that is not what it was.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct TouchedCode {
    /// With the names around it.
    pub(crate) name: String,
    /// `signature`, `body` or `gone`.
    pub(crate) change: &'static str,
    /// Its name; where it was, if it is gone.
    #[serde(flatten)]
    pub(crate) place: Place,
    /// The items it serves.
    pub(crate) serves: Vec<ItemLink>,
}

/// Compares two states of a workspace.
pub(crate) fn touched(before: &Graph, after: &Graph) -> Touched {
    let all = trace::touched(before, after);
    let code: Vec<TouchedCode> = all
        .code
        .iter()
        .map(|it| {
            let links = Links {
                graph: if it.change == CodeChange::Gone {
                    before
                } else {
                    after
                },
            };
            let serves = it.serves.iter();
            TouchedCode {
                name: it.name.clone(),
                change: match it.change {
                    CodeChange::Gone => "gone",
                    CodeChange::Signature => "signature",
                    CodeChange::Body => "body",
                },
                place: links.place(it.file, it.range),
                serves: serves
                    .filter_map(|served| links.item(served.item, Some(served.basis)))
                    .collect(),
            }
        })
        .collect();
    let items = all.items.iter().filter_map(|it| {
        let (graph, at) = it.now.map_or((before, it.was), |now| (after, now));
        let links = Links { graph };
        let chain = links.chain(at)?;
        let old = text_of(before, it.was);
        let (was, now) = match it.now {
            Some(now) => {
                let (was, now) = around(&old, &text_of(after, now));
                (was, Some(now))
            }
            None => (shortened(&old, 2 * AROUND), None),
        };
        Some(TouchedItem {
            address: it.key.to_string(),
            change: if it.now.is_some() { "reworded" } else { "gone" },
            was,
            now,
            place: chain.item.place.clone(),
            relied: relied(&chain, before, it.now.map(|_| after), &code),
        })
    });
    Touched {
        items: items.collect(),
        code,
    }
}

/// What rests on an item: tasks, code, tests, and other documents that name it. What did not change comes first.
fn relied(
    chain: &ChainOf,
    before: &Graph,
    after: Option<&Graph>,
    code: &[TouchedCode],
) -> Vec<Relied> {
    let is_new_line = |place: &Place| after.is_some_and(|after| is_new(before, after, place));
    let is_touched = |place: &Place| {
        code.iter().any(|it| {
            (&it.place.root, &it.place.path, it.place.range.start.line)
                == (&place.root, &place.path, place.range.start.line)
        })
    };
    let mut relied: Vec<Relied> = Vec::new();
    relied.extend(chain.tasks.iter().map(|task| Relied {
        what: "task",
        name: task.shown().to_owned(),
        changed: is_new_line(&task.place),
        place: task.place.clone(),
    }));
    relied.extend(chain.symbols.iter().map(|symbol| Relied {
        what: "code",
        name: symbol.name.clone(),
        changed: is_touched(&symbol.place),
        place: symbol.place.clone(),
    }));
    relied.extend(chain.tests.iter().map(|test| Relied {
        what: "test",
        name: test.name.clone(),
        changed: is_touched(&test.place),
        place: test.place.clone(),
    }));
    let own = &chain.item.place;
    let is_told = |place: &Place| {
        (&place.root, &place.path) == (&own.root, &own.path)
            || chain.tasks.iter().any(|task| {
                (&task.place.path, task.place.range.start.line)
                    == (&place.path, place.range.start.line)
            })
    };
    let named = chain.mentions.iter();
    let mut named: Vec<Relied> = named
        .filter(|it| it.r#in == "document" && !is_told(&it.place))
        .map(|it| Relied {
            what: "document",
            name: String::new(),
            changed: is_new_line(&it.place),
            place: it.place.clone(),
        })
        .collect();
    named.dedup_by_key(|it| (it.place.path.clone(), it.place.range.start.line));
    relied.append(&mut named);
    relied.sort_by_key(|it| it.changed);
    relied
}

/// Whether a line of a document stands nowhere in the document as it was.
fn is_new(before: &Graph, after: &Graph, place: &Place) -> bool {
    let document = |graph: &Graph| {
        let roots = graph.inputs().tree.roots();
        let root = roots.iter().position(|root| *root.name == *place.root)?;
        let root = RootId(u16::try_from(root).ok()?);
        let file = graph.inputs().tree.file(root, &place.path)?;
        let document = graph.inputs().documents.get(&file)?;
        Some(document.text.clone())
    };
    let (Some(was), Some(now)) = (document(before), document(after)) else {
        return true;
    };
    let at = (place.range.start.line as usize).saturating_sub(1);
    now.lines()
        .nth(at)
        .is_some_and(|line| !was.lines().any(|old| old.trim_end() == line.trim_end()))
}

/// What an item says behind its id, on one line.
fn text_of(graph: &Graph, at: ItemRef) -> String {
    let Some((feature, item)) = graph.item(at) else {
        return String::new();
    };
    let document = feature.document(at.file);
    let text = document.map_or("", |document| document.slice(item.range));
    let behind = usize::from(item.id_range.end()).checked_sub(usize::from(item.range.start()));
    let text = behind.and_then(|behind| text.get(behind..)).unwrap_or(text);
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !"`\"'(".contains(c));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Both texts, each with as much around what is another as is of use.
fn around(was: &str, now: &str) -> (String, String) {
    let same = was
        .char_indices()
        .zip(now.chars())
        .find(|((_, a), b)| a != b)
        .map_or(was.len().min(now.len()), |((at, _), _)| at);
    let from = was[..same]
        .char_indices()
        .rev()
        .take(AROUND)
        .last()
        .map_or(same, |(at, _)| at);
    // A word is never cut.
    let from = was[..from].rfind(' ').map_or(0, |at| at + 1);
    let cut = |text: &str| {
        let rest = shortened(&text[from..], 3 * AROUND);
        if from == 0 {
            rest
        } else {
            format!("… {rest}")
        }
    };
    (cut(was), cut(now))
}

fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{} …", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

impl Touched {
    /// Whether nothing is touched.
    pub(crate) fn is_empty(&self) -> bool {
        self.items.is_empty() && self.code.is_empty()
    }

    /// `2 requirements say something else, 3 symbols that serve requirements changed`
    pub(crate) fn counted(&self) -> String {
        let (items, symbols) = (self.items.len(), self.code.len());
        format!(
            "{items} {} something else, {symbols} {} changed",
            if items == 1 {
                "requirement says"
            } else {
                "requirements say"
            },
            plural(symbols, "linked symbol"),
        )
    }

    /// As a section of a comment for a pull request.
    pub(crate) fn markdown(&self) -> String {
        let mut out = String::new();
        for item in self.items.iter().take(SHOWN) {
            // Writing to a string cannot fail.
            let _ = match &item.now {
                Some(now) => writeln!(
                    out,
                    "- {} says something else: ~~{}~~ {}",
                    code(&item.address),
                    plain(&item.was),
                    plain(now)
                ),
                None => writeln!(
                    out,
                    "- {} is gone: ~~{}~~",
                    code(&item.address),
                    plain(&item.was)
                ),
            };
            for relied in item.relied.iter().take(SHOWN) {
                let _ = writeln!(out, "  - {}", relied_in_comment(relied));
            }
            more(item.relied.len(), "  ", &mut out);
        }
        more(self.items.len(), "", &mut out);
        for it in self.code.iter().take(SHOWN) {
            let serves: Vec<String> = it.serves.iter().map(|item| code(item.shown())).collect();
            let _ = writeln!(
                out,
                "- {} in {}: {}. It serves {}",
                code(&it.name),
                code(&format!("{}:{}", it.place.path, it.place.range.start.line)),
                said(it.change),
                serves.join(", ")
            );
        }
        more(self.code.len(), "", &mut out);
        out
    }

    /// For a terminal. `roots`: names of folders stand before paths.
    pub(crate) fn human(&self, roots: bool) -> String {
        let at = |place: &Place| {
            let path = format!("{}:{}", place.path, place.range.start.line);
            one_line(&if roots {
                format!("{}/{path}", place.root)
            } else {
                path
            })
        };
        let mut out = String::new();
        for item in &self.items {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "\n{}  at {}", one_line(&item.address), at(&item.place));
            let _ = writeln!(out, "  was  {}", one_line(&item.was));
            let now = item.now.as_deref().map_or("(gone)".to_owned(), one_line);
            let _ = writeln!(out, "  now  {now}");
            for relied in &item.relied {
                let name = if relied.name.is_empty() {
                    "names it"
                } else {
                    &relied.name
                };
                let _ = writeln!(
                    out,
                    "  {:8} {}  {}{}",
                    relied.what,
                    one_line(name),
                    at(&relied.place),
                    if relied.changed { "  changed, too" } else { "" }
                );
            }
            if item.relied.is_empty() {
                out.push_str("  nothing is known to rest on it\n");
            }
        }
        for it in &self.code {
            let serves: Vec<String> = it
                .serves
                .iter()
                .map(|item| one_line(item.shown()))
                .collect();
            let _ = writeln!(
                out,
                "\n{}  at {}: {}\n  serves   {}",
                one_line(&it.name),
                at(&it.place),
                said(it.change),
                serves.join(", ")
            );
        }
        out
    }
}

fn relied_in_comment(relied: &Relied) -> String {
    let place = code(&format!(
        "{}:{}",
        relied.place.path, relied.place.range.start.line
    ));
    let changed = if relied.changed {
        "changed, too"
    } else {
        "**not changed**"
    };
    if relied.name.is_empty() {
        format!("{} {place}: {changed}", relied.what)
    } else {
        format!(
            "{} {} at {place}: {changed}",
            relied.what,
            code(&relied.name)
        )
    }
}

fn said(change: &str) -> &'static str {
    match change {
        "gone" => "it is gone",
        "signature" => "its declaration changed",
        _ => "its body changed",
    }
}

fn more(all: usize, indent: &str, out: &mut String) {
    if all > SHOWN {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{indent}- and {} more", all - SHOWN);
    }
}
