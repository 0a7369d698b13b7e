//! Words of acceptance scenarios (Given, When, Then) in the languages seen.

/// The steps of a scenario in one language.
struct Steps {
    given: &'static [&'static str],
    when: &'static [&'static str],
    then: &'static [&'static str],
}

const STEPS: &[Steps] = &[
    Steps {
        given: &["given"],
        when: &["when"],
        then: &["then"],
    },
    Steps {
        given: &["dado", "dada", "dados", "dadas"],
        when: &["cuando", "quando", "when"],
        then: &["entonces", "então", "then"],
    },
    Steps {
        given: &["gegeben", "angenommen"],
        when: &["wenn", "when"],
        then: &["dann", "then"],
    },
    Steps {
        given: &["étant donné", "etant donné"],
        when: &["quand", "lorsque", "when"],
        then: &["alors", "then"],
    },
    Steps {
        given: &["给定", "假设", "假如", "假定", "給定", "假設"],
        when: &["当", "當", "when"],
        then: &["那么", "那麼", "则", "則", "然后", "然後", "then"],
    },
    Steps {
        given: &["前提"],
        when: &["操作", "もし", "when"],
        then: &["期待", "結果", "ならば", "それなら", "その場合", "then"],
    },
];

/// What a label or heading of acceptance is called.
const ACCEPTANCE: &[&str] = &[
    "acceptance",
    "accepted",
    "受け入れ",
    "受入",
    "验收",
    "驗收",
    "인수",
    "수용",
    "aceptación",
    "aceitação",
    "acceptation",
    "akzeptanz",
    "abnahme",
    "scenario",
    "シナリオ",
    "场景",
    "場景",
    "시나리오",
    "escenario",
    "cenário",
    "szenario",
    "scénario",
];

/// Whether a line, a table cell or a bold phrase of `text` begins with a word like *Given*.
pub(crate) fn has_given(text: &str) -> bool {
    let text = text.to_lowercase();
    pieces(&text).any(|piece| begins(piece, grammar::GIVEN))
}

/// Whether a heading or a label of `text` speaks of acceptance or scenarios and has something behind or below it.
pub(crate) fn speaks_of_acceptance(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some((label, behind)) = label(line.trim_start()) else {
            continue;
        };
        let filled = |text: &str| text.chars().any(char::is_alphanumeric);
        if ACCEPTANCE.iter().any(|word| label.contains(word))
            && (filled(behind) || lines.clone().any(filled))
        {
            return true;
        }
    }
    false
}

/// What names the rest of a line or what stands below it: a heading, a phrase in bold, the start of a list item or a
/// cell up to its colon; and what follows on the line.
fn label(line: &str) -> Option<(&str, &str)> {
    if line.starts_with('#') {
        return Some((line, ""));
    }
    let bare = line.trim_start_matches(['-', '*', '+', '|', ' ', '_']);
    if bare.len() == line.len() {
        return None;
    }
    let end = bare.find(['*', '_', ':', '：', '|'])?;
    Some((&bare[..end], &bare[end..]))
}

/// Whether a scenario that begins with a first step and goes on with a second lacks what it ends in: the word is not
/// there, or nothing follows it. `None` where its language is not known or it is written otherwise.
pub(crate) fn lacks_outcome(scenario: &str) -> Option<bool> {
    let text = scenario.to_lowercase();
    let head = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let steps = STEPS.iter().find(|steps| begins(head, steps.given))?;
    if says(&text, steps.then) {
        return Some(false);
    }
    says(&text, steps.when).then_some(true)
}

/// Whether one of the words stands in `text`, and something behind it.
fn says(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.match_indices(word).any(|(at, word)| {
            let behind = &text[at + word.len()..];
            let whole = !word.is_ascii()
                || !(text[..at].ends_with(|c: char| c.is_alphanumeric())
                    || behind.starts_with(|c: char| c.is_alphanumeric()));
            whole && behind.contains(char::is_alphanumeric)
        })
    })
}

/// Whether a line begins with the word of an outcome, in any language.
pub(crate) fn is_outcome(line: &str) -> bool {
    let line = line.to_lowercase();
    let head = line.trim_start_matches(|c: char| !c.is_alphabetic());
    STEPS.iter().any(|steps| begins(head, steps.then))
}

/// Where a step may begin: lines, cells and emphasised phrases, marks left out.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let parts = text
        .split(['\n', '\r', '|'])
        .flat_map(|line| line.split("**"));
    parts.map(|part| part.trim_start_matches(|c: char| !c.is_alphabetic()))
}

fn begins(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            !word.is_ascii() || !rest.starts_with(|c: char| c.is_alphanumeric())
        })
    })
}
