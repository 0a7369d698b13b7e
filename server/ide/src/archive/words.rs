//! What is said of archiving.

use generate::{Fault, Objection, Passed};
use rules::{Locale, Message, Template};

/// Why archive refuses.
#[expect(clippy::too_many_lines, reason = "a list: one sentence for each")]
pub(crate) fn objection(why: &Objection, locale: Locale) -> String {
    let say = |en: &'static str, ja: &'static str, facts: &[(&'static str, &str)]| {
        Message::new(Template { en, ja }, facts).text(locale)
    };
    match why {
        Objection::NoChange => say(
            "This is no OpenSpec change in the making.",
            "これは進行中の OpenSpec の変更ではありません。",
            &[],
        ),
        Objection::Nested(first) => say(
            "This is a directory of changes, not a change; \"{first}\" is in it.",
            "これは変更ではなく、変更を収めるディレクトリです (「{first}」など)。",
            &[("first", first)],
        ),
        Objection::Taken(name) => say(
            "The archive has \"{name}\" already.",
            "アーカイブには「{name}」が既にあります。",
            &[("name", name)],
        ),
        Objection::SkipSpecs => say(
            "`skip_specs` is set, and there are files below `specs/`.",
            "`skip_specs` が設定されていますが、`specs/` にファイルがあります。",
            &[],
        ),
        Objection::Metadata => say(
            "`skip_specs` is written, but OpenSpec cannot read this file as metadata of a change.",
            "`skip_specs` がありますが、OpenSpec はこのファイルを変更のメタデータとして読めません。",
            &[],
        ),
        Objection::Unread => say(
            "This delta is in no `spec.md` of a capability, so nobody reads it.",
            "この差分は機能の `spec.md` ではないため、読まれません。",
            &[],
        ),
        Objection::Empty => say(
            "The delta adds, changes, removes and renames nothing.",
            "差分に追加、変更、削除、改名のいずれもありません。",
            &[],
        ),
        Objection::Unpaired(side, name) => say(
            "{side} \"{name}\" has no {other} behind it.",
            "{side} 「{name}」に対応する {other} がありません。",
            &[
                ("side", side.as_str()),
                ("name", name),
                ("other", side.other().as_str()),
            ],
        ),
        Objection::Twice(operation, name) => say(
            "{operation} has \"{name}\" twice.",
            "{operation} に「{name}」が 2 度あります。",
            &[("operation", operation.as_str()), ("name", name)],
        ),
        Objection::Both(one, other, name) => say(
            "\"{name}\" is both {one} and {other}.",
            "「{name}」は {one} と {other} の両方にあります。",
            &[
                ("name", name),
                ("one", one.as_str()),
                ("other", other.as_str()),
            ],
        ),
        Objection::OldName(new) => say(
            "MODIFIED has the old name of a requirement that is renamed to \"{new}\".",
            "MODIFIED が「{new}」に改名される要件の古い名前を使っています。",
            &[("new", new)],
        ),
        Objection::NoText(name) => say(
            "\"{name}\" has no text below its heading.",
            "「{name}」の見出しの下に本文がありません。",
            &[("name", name)],
        ),
        Objection::NoScenario(name) => say(
            "\"{name}\" has no scenario with something in it.",
            "「{name}」に中身のあるシナリオがありません。",
            &[("name", name)],
        ),
        Objection::NoBase(operation, name) => say(
            "{operation} \"{name}\": the capability has no main spec yet.",
            "{operation} 「{name}」: この機能にはまだメイン仕様がありません。",
            &[("operation", operation.as_str()), ("name", name)],
        ),
        Objection::Disordered => say(
            "This heading of the main spec stands at the wrong place, so the spec is not touched.",
            "メイン仕様のこの見出しの場所が誤っているため、仕様は変更されません。",
            &[],
        ),
        Objection::Missing(operation, name, None) => say(
            "{operation} \"{name}\": the main spec has no such requirement.",
            "{operation} 「{name}」: メイン仕様にその要件がありません。",
            &[("operation", operation.as_str()), ("name", name)],
        ),
        Objection::Missing(operation, name, Some(near)) => say(
            "{operation} \"{name}\": the main spec has \"{near}\", which is not the same name.",
            "{operation} 「{name}」: メイン仕様にあるのは「{near}」で、同じ名前ではありません。",
            &[
                ("operation", operation.as_str()),
                ("name", name),
                ("near", near),
            ],
        ),
        Objection::There(operation, name, near) if name == near => say(
            "{operation} \"{name}\": the main spec has a requirement of that name.",
            "{operation} 「{name}」: メイン仕様に同じ名前の要件があります。",
            &[("operation", operation.as_str()), ("name", name)],
        ),
        Objection::There(operation, name, near) => say(
            "{operation} \"{name}\": the main spec has \"{near}\", which is nearly the same name.",
            "{operation} 「{name}」: メイン仕様にほとんど同じ名前の「{near}」があります。",
            &[
                ("operation", operation.as_str()),
                ("name", name),
                ("near", near),
            ],
        ),
        Objection::Dropped(name, scenarios) => say(
            "\"{name}\" leaves out scenarios of the main spec: {list}.",
            "「{name}」はメイン仕様のシナリオを落としています: {list}。",
            &[("name", name), ("list", &quoted(scenarios))],
        ),
        Objection::Emptied(capability) => say(
            "`{capability}` loses its last requirement, and `retire_capabilities` is not set.",
            "`{capability}` の最後の要件がなくなりますが、`retire_capabilities` がありません。",
            &[("capability", capability)],
        ),
        Objection::MoreThere(line) => say(
            "The last requirement goes, and the main spec says more that would go with it: \"{line}\".",
            "最後の要件がなくなりますが、メイン仕様には他の内容もあります:「{line}」。",
            &[("line", line)],
        ),
        Objection::Invalid(capability, fault) => {
            let said = invalid(fault, locale);
            say(
                "`{capability}` would not be valid afterwards: {said}",
                "`{capability}` は適用後に妥当ではなくなります: {said}",
                &[("capability", capability), ("said", &said)],
            )
        }
    }
}

fn invalid(fault: &Fault, locale: Locale) -> String {
    let say = |en: &'static str, ja: &'static str, name: &str| {
        Message::new(Template { en, ja }, &[("name", name)]).text(locale)
    };
    match fault {
        Fault::NoPurpose => say("it has no purpose.", "目的がありません。", ""),
        Fault::NoSection => say(
            "it has no requirements section.",
            "要件の節がありません。",
            "",
        ),
        Fault::NoRequirement => say("it has no requirements.", "要件がありません。", ""),
        Fault::NoScenario(name) => say(
            "\"{name}\" has no scenario.",
            "「{name}」にシナリオがありません。",
            name,
        ),
        Fault::NoText(name) => say(
            "\"{name}\" has no text.",
            "「{name}」に本文がありません。",
            name,
        ),
        Fault::Misplaced(name) => say(
            "\"{name}\" stands at the wrong place.",
            "「{name}」の場所が誤っています。",
            name,
        ),
    }
}

/// What archiving passes over.
pub(super) fn passed(what: &Passed, locale: Locale) -> String {
    let say = |en: &'static str, ja: &'static str, facts: &[(&'static str, &str)]| {
        Message::new(Template { en, ja }, facts).text(locale)
    };
    match what {
        Passed::Outside(name) => say(
            "\"{name}\" stands in no delta section and is not applied.",
            "「{name}」は差分の節の外にあり、適用されません。",
            &[("name", name)],
        ),
        Passed::PurposeIgnored => say(
            "The main spec has another purpose, and keeps it.",
            "メイン仕様には別の目的があり、そのまま残ります。",
            &[],
        ),
        Passed::PurposeUnreadable => say(
            "The purpose would hide other parts of the main spec, so a placeholder is written.",
            "目的がメイン仕様の他の部分を隠すため、仮の文が書かれます。",
            &[],
        ),
        Passed::OpenTasks(open, all) => say(
            "{open} of {all} tasks are not done; archive asks before it goes on.",
            "{all} 件中 {open} 件のタスクが未完了です。アーカイブは続行前に確認します。",
            &[("open", &open.to_string()), ("all", &all.to_string())],
        ),
        Passed::AlreadyGone(name) => say(
            "\"{name}\" is not in the main spec, so there is nothing to remove.",
            "「{name}」はメイン仕様になく、削除するものがありません。",
            &[("name", name)],
        ),
        Passed::Swallowed {
            heading,
            requirement,
        } => say(
            "\"{heading}\" is part of \"{requirement}\" to OpenSpec and goes with it.",
            "OpenSpec は「{heading}」を「{requirement}」の一部と見なし、一緒に消します。",
            &[("heading", heading), ("requirement", requirement)],
        ),
    }
}

fn quoted(names: &[smol_str::SmolStr]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    quoted.join(", ")
}
