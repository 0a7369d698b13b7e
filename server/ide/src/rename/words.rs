//! What is said of a rename.

use generate::{Refusal, Unwritable, Why};
use rules::{Locale, Message, Template};
use text::{FileId, TextRange};
use trace::Graph;

const fn template(en: &'static str, ja: &'static str) -> Template {
    Template { en, ja }
}

pub(super) const RENUMBER: Template = template(
    "Renumber {stem}… in order ({count} ids)",
    "{stem}… を順番どおりに振り直す ({count} 件)",
);
pub(super) const RENAMED: Template = template("Rename {old} to {new}", "{old} を {new} に変更");
pub(super) const RENUMBERED: Template =
    template("Renumber {count} ids", "{count} 件の ID を振り直す");
pub(super) const REACH: Template =
    template("{places} in {files}", "{files} ファイルの {places} か所");
pub(super) const LEFT: Template =
    template("; left as they are: {list}", "。そのまま残るもの: {list}");

/// How many places were left for a reason.
pub(super) fn why(why: Why) -> Template {
    match why {
        Why::Ambiguous => template("{count} ambiguous", "あいまい {count} か所"),
        Why::Inferred => template("{count} guessed", "推測 {count} か所"),
        Why::Twice => template("{count} of an id defined twice", "重複した ID {count} か所"),
        Why::Code => template("{count} in code blocks", "コードブロック内 {count} か所"),
    }
}

/// Why a place was left.
pub(super) fn reason(why: Why) -> Template {
    match why {
        Why::Ambiguous => template(
            "several features define it, nothing says which is meant",
            "複数の機能が定義していて、どれか決まらない",
        ),
        Why::Inferred => template(
            "that this one is meant is only a guess",
            "これを指すというのは推測でしかない",
        ),
        Why::Twice => template("the id is defined twice", "ID が二重に定義されている"),
        Why::Code => template(
            "in a code block, where ids are not read",
            "コードブロック内の ID は読まれない",
        ),
    }
}

/// A refusal as a sentence.
pub(crate) fn refusal(graph: &Graph, refusal: &Refusal, locale: Locale) -> String {
    let say =
        |en, ja, facts: &[(&'static str, &str)]| Message::new(template(en, ja), facts).text(locale);
    match refusal {
        Refusal::NoId => say(
            "Only stories, requirements, success criteria, tasks and checklist items have an id to rename.",
            "ID を変更できるのは、ストーリー、要件、成功基準、タスク、チェック項目だけです。",
            &[],
        ),
        Refusal::OddStory(id) => say(
            "{id} is called by a letter or a decimal number, which other lines cannot name.",
            "{id} は文字または小数の番号で、他の行から参照できません。",
            &[("id", id)],
        ),
        Refusal::Malformed(given) => say(
            "“{given}” is no id.",
            "「{given}」は ID ではありません。",
            &[("given", given)],
        ),
        Refusal::OtherKind { given, old } => say(
            "{given} is the id of another kind of item than {old}.",
            "{given} は {old} と違う種類の ID です。",
            &[("given", given), ("old", old)],
        ),
        Refusal::Same(id) => say(
            "It is called {id} already.",
            "すでに {id} です。",
            &[("id", id)],
        ),
        Refusal::Open(id, Why::Inferred) => say(
            "Which {id} is meant here is only a guess.",
            "ここの {id} がどれを指すかは推測でしかありません。",
            &[("id", id)],
        ),
        Refusal::Open(id, _) => say(
            "Several features define {id}, and nothing says which is meant here.",
            "{id} は複数の機能にあり、ここでどれを指すか決まりません。",
            &[("id", id)],
        ),
        Refusal::Taken { id, file, range } => say(
            "{id} is defined already, at {place}.",
            "{id} はすでに {place} で定義されています。",
            &[("id", id), ("place", &place(graph, *file, *range))],
        ),
        Refusal::Twice(id) => say(
            "{id} is defined twice, and either may be meant.",
            "{id} は二重に定義されていて、どちらを指すか決まりません。",
            &[("id", id)],
        ),
        Refusal::File(file, why) => {
            let (en, ja) = match why {
                Unwritable::Missing => ("{file} cannot be read.", "{file} を読めません。"),
                Unwritable::TooLarge => (
                    "{file} is too large to be edited.",
                    "{file} は大きすぎて編集できません。",
                ),
                Unwritable::NotUtf8 => ("{file} is not UTF-8.", "{file} は UTF-8 ではありません。"),
                Unwritable::Changed => (
                    "{file} has changed since it was read.",
                    "{file} は読み込んだ後に変更されています。",
                ),
            };
            say(en, ja, &[("file", graph.inputs().tree.path_str(*file))])
        }
        Refusal::Unreadable(file, range) => say(
            "At {place} the new id cannot be written so that it is read again.",
            "{place} では、新しい ID を読み取れる形で書けません。",
            &[("place", &place(graph, *file, *range))],
        ),
        Refusal::Captured(file, range) => say(
            "What stands at {place} would come to mean something else.",
            "{place} の参照の意味が変わってしまいます。",
            &[("place", &place(graph, *file, *range))],
        ),
        Refusal::InOrder => say(
            "The numbers are in order already.",
            "番号はすでに順番どおりです。",
            &[],
        ),
    }
}

/// `specs/001-a/tasks.md:12`
pub(crate) fn place(graph: &Graph, file: FileId, range: TextRange) -> String {
    let inputs = graph.inputs();
    let lines = match inputs.documents.get(&file) {
        Some(document) => Some(&document.lines),
        None => inputs.sources.get(&file).map(|source| &source.lines),
    };
    let path = inputs.tree.path_str(file);
    match lines {
        Some(lines) => format!("{path}:{}", lines.line(range.start()) + 1),
        None => path.to_owned(),
    }
}
