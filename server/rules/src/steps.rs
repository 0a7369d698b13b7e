//! Words of acceptance scenarios (Given, When, Then) in the languages seen.

/// Words that begin a scenario's first step.
const GIVEN: &[&str] = &[
    "given",
    "前提",
    "给定",
    "假设",
    "假如",
    "假定",
    "給定",
    "假設",
    "주어진",
    "dado",
    "dada",
    "dados",
    "gegeben",
    "angenommen",
    "étant donné",
];

/// Words that begin what a scenario ends in, by the language of its first step.
const OUTCOMES: &[(&[&str], &[&str])] = &[
    (&["given"], &["then"]),
    (&["dado", "dada", "dados"], &["entonces", "então", "then"]),
    (&["gegeben", "angenommen"], &["dann", "then"]),
    (&["étant donné"], &["alors", "then"]),
    (
        &["给定", "假设", "假如", "假定", "給定", "假設"],
        &["那么", "那麼", "则", "則", "然后", "然後", "then"],
    ),
    (
        &["前提"],
        &[
            "期待結果",
            "結果",
            "ならば",
            "それなら",
            "その場合",
            "期待",
            "then",
        ],
    ),
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
    pieces(&text).any(|piece| begins(piece, GIVEN))
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

/// Whether a scenario that begins with a first step lacks what it ends in: the word is not there, or nothing follows
/// it. `None` where its language is not known or it begins otherwise.
pub(crate) fn lacks_outcome(scenario: &str) -> Option<bool> {
    let text = scenario.to_lowercase();
    let head = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let (_, outcomes) = OUTCOMES.iter().find(|(given, _)| begins(head, given))?;
    let told = outcomes.iter().any(|word| {
        text.match_indices(word).any(|(at, word)| {
            let behind = &text[at + word.len()..];
            let whole = !word.is_ascii()
                || !(text[..at].ends_with(|c: char| c.is_alphanumeric())
                    || behind.starts_with(|c: char| c.is_alphanumeric()));
            whole && behind.chars().any(char::is_alphanumeric)
        })
    });
    Some(!told)
}

/// Whether a line begins with the word of an outcome, in any language.
pub(crate) fn is_outcome(line: &str) -> bool {
    let line = line.to_lowercase();
    let head = line.trim_start_matches(|c: char| !c.is_alphabetic());
    OUTCOMES.iter().any(|(_, outcomes)| begins(head, outcomes))
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
