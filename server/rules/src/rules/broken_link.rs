//! A Markdown link that leads to nothing.

use documents::{Anchor, Format, Hyperlink};
use rustc_hash::FxHashMap;
use text::{Edit, TextRange};
use trace::{End, Fate, Feature, FeatureDocument, HyperlinkEnd, link_to};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template, shortened};
use crate::wording;

const NOTHING: Template = Template {
    en: "The link `{path}` leads to `{full}`, where no file is.",
    ja: "リンク `{path}` の先 `{full}` にファイルはありません。",
};
const INSTEAD: Template = Template {
    en: "The link `{path}` leads to no file from here; `{to}` does.",
    ja: "リンク `{path}` の先にファイルはありません (`{to}` にはあります)。",
};
const MOVED: Template = Template {
    en: "The link `{path}` leads to no file since commit {commit} moved it to `{to}`.",
    ja: "リンク `{path}` のファイルはコミット {commit} で `{to}` に移動しています。",
};
const DELETED: Template = Template {
    en: "The link `{path}` leads to a file that commit {commit} deleted.",
    ja: "リンク `{path}` のファイルはコミット {commit} で削除されています。",
};
const ANCHOR: Template = Template {
    en: "The link leads to `#{anchor}`, but `{file}` has no such heading.",
    ja: "リンク先 `#{anchor}` の見出しは `{file}` にありません。",
};
const REWRITE: Template = Template {
    en: "Write the way from this document",
    ja: "この文書からの相対パスに書き換え",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "broken-link",
    group: Group::Reference,
    severity: Severity::Warning,
    summary: "A Markdown link to a file or heading that is not there.",
    explanation: "A link is read from the directory of its document, here as in every viewer of Markdown, so \
                  `[plan](plan.md)` in `checklists/` leads to `checklists/plan.md`. Whoever follows it finds nothing.\n\n\
                  Addresses of the web are not followed, nor what leaves the workspace or starts at the root of a \
                  machine. What ignore rules keep out of git is unknown, and so are links in quotes to nothing, which show how one is \
                  written, and headings of files that are no document of the feature. Links of a document to missing files of one directory are one finding, and so are those that start from another directory.",
    bad: "**Feature**: [spec.md](spec.md)      (checklists/requirements.md)",
    good: "**Feature**: [spec.md](../spec.md)   (checklists/requirements.md)",
    messages: &[NOTHING, INSTEAD, MOVED, DELETED, ANCHOR],
    // Judged in the repositories kept back from all tuning.
    measured: Some(Measured {
        judged: 20,
        right: 20,
        seeded: 39,
        found: 39,
    }),
};

pub(crate) struct BrokenLink;

impl Rule for BrokenLink {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::SpecKit, Format::Kiro]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let mut headings: FxHashMap<text::FileId, Vec<String>> = FxHashMap::default();
        for link in &feature.hyperlinks {
            let Some(document) = feature.document(link.file) else {
                continue;
            };
            let Some(written) = document.facts().hyperlinks.get(link.link as usize) else {
                continue;
            };
            match &link.end {
                End::File(file) => {
                    let to = feature.document(*file);
                    let anchor = written.anchor.as_ref();
                    if let (Some(to), Some(anchor)) = (to, anchor) {
                        let known = headings.entry(*file).or_insert_with(|| names(to));
                        if has(known, to, &anchor.text) {
                            sink.clean();
                        } else {
                            no_heading(document, to, anchor, sink);
                        }
                    } else {
                        sink.clean();
                    }
                }
                End::Directory => sink.clean(),
                End::Outside => {}
                End::Missing { .. } => missing(document, link, written, sink),
            }
        }
    }
}

fn missing(
    document: &FeatureDocument,
    link: &HyperlinkEnd,
    written: &Hyperlink,
    sink: &mut Sink<'_>,
) {
    let End::Missing {
        path: full,
        fate,
        instead,
    } = &link.end
    else {
        return;
    };
    let path = shortened(&written.path, 40);
    let (message, to) = match fate {
        Fate::Present => {
            sink.clean();
            return;
        }
        Fate::Unknown(why) => {
            sink.unknown_at(document.file, written.range, why);
            return;
        }
        Fate::Moved { to, commit, .. } => {
            let way = link_to(&document.path, to);
            let facts = [
                ("path", path.as_str()),
                ("to", &shortened(&way, 40)),
                ("commit", commit),
            ];
            (Message::new(MOVED, &facts), Some(way))
        }
        Fate::Never { .. } | Fate::Existed if instead.is_none() && is_quoted(document, written) => {
            sink.unknown_at(
                document.file,
                written.range,
                "the link stands in quotes, as an example of how one is written",
            );
            return;
        }
        _ if instead.is_some() => {
            let way = instead.clone().unwrap_or_default();
            let facts = [("path", path.as_str()), ("to", &shortened(&way, 40))];
            (Message::new(INSTEAD, &facts), Some(way))
        }
        Fate::Deleted { commit, .. } => {
            let facts = [("path", path.as_str()), ("commit", commit)];
            (Message::new(DELETED, &facts), None)
        }
        Fate::Removed { .. } | Fate::Existed | Fate::Lost(_) | Fate::Never { .. } => {
            let full = shortened(full, 48);
            let facts = [("path", path.as_str()), ("full", &full)];
            (Message::new(NOTHING, &facts), None)
        }
    };
    // One author who writes from another directory does so in every link of a document, and directories go as a whole.
    // What git knows is no part of it: a shallow clone has the same findings.
    let group = match instead {
        Some(_) => "elsewhere",
        None => full.rsplit_once('/').map_or("", |(directory, _)| directory),
    };
    let draft = sink
        .report(document.file, written.range, message)
        .fact(format!("{} > {}", document.path, written.path))
        .group(format!("{} {group}", document.path));
    let plain = |way: &str| {
        way.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte))
    };
    drop(match to.filter(|way| plain(way)) {
        Some(way) => draft.fix(Fix {
            title: Message::new(REWRITE, &[]),
            preferred: true,
            edits: vec![(document.file, Edit::replace(written.range, way.as_str()))],
        }),
        None => draft,
    });
}

/// Whether the link stands between quotes on its line: `write it like "See [a](docs/a.md) for more"`.
fn is_quoted(document: &FeatureDocument, written: &Hyperlink) -> bool {
    let line = wording::line(&document.doc.text, written.range);
    let before = document.slice(TextRange::new(line.start(), written.range.start()));
    let behind = document.slice(TextRange::new(written.range.end(), line.end()));
    // The title of a link stands in quotes, too, before the bracket closes.
    let behind = behind.split_once(')').map_or("", |(_, behind)| behind);
    let plain = before.matches('"').count() % 2 == 1 && behind.contains('"');
    let curly = before.matches('\u{201c}').count() > before.matches('\u{201d}').count()
        && behind.contains('\u{201d}');
    plain || curly
}

fn no_heading(
    document: &FeatureDocument,
    to: &FeatureDocument,
    anchor: &Anchor,
    sink: &mut Sink<'_>,
) {
    let file = to.path.rsplit('/').next().unwrap_or_default();
    let facts = [
        ("anchor", shortened(&anchor.text, 56)),
        ("file", file.to_owned()),
    ];
    let facts = [
        ("anchor", facts[0].1.as_str()),
        ("file", facts[1].1.as_str()),
    ];
    drop(
        sink.report(document.file, anchor.range, Message::new(ANCHOR, &facts))
            .fact(format!("{} > {file}#{}", document.path, anchor.text)),
    );
}

/// What headings are called in an anchor, without the marks in which viewers differ.
fn names(document: &FeatureDocument) -> Vec<String> {
    let lines = document.doc.text.lines().filter_map(|line| {
        let line = line.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
        line.starts_with('#').then(|| bare(line))
    });
    let sections = document.facts().sections.iter();
    let titles = sections.map(|section| bare(document.slice(section.title_range)));
    lines.chain(titles).collect()
}

/// Letters and digits, lower case; the target of a link in a heading is not part of its name.
fn bare(title: &str) -> String {
    let mut out = String::new();
    let mut rest = title;
    while let Some((before, behind)) = rest.split_once("](") {
        out.extend(letters(before));
        rest = behind.split_once(')').map_or("", |(_, rest)| rest);
    }
    out.extend(letters(rest));
    out
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

/// Whether a document has a heading or mark of this name; the second of two headings ends in `-1`.
fn has(headings: &[String], document: &FeatureDocument, anchor: &str) -> bool {
    let counted = anchor
        .rsplit_once('-')
        .filter(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()))
        .map(|(name, _)| bare(name));
    let wanted = bare(anchor);
    let marks = ["id=\"", "id='", "name=\"", "name='", "{#", "id="];
    // `#L12-L20` are lines, as web sites show them.
    let lines = anchor.split('-').all(|part| {
        let number = part.strip_prefix('L').unwrap_or_default();
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    lines
        || wanted.is_empty()
        || headings
            .iter()
            .any(|heading| *heading == wanted || Some(heading) == counted.as_ref())
        || marks
            .iter()
            .any(|mark| document.doc.text.contains(&format!("{mark}{anchor}")))
}
