//! The steps of a scenario or of an EARS criterion, as lines that begin with their word: given, when, then.

use grammar::TokenKind;

use super::naming::clean;

/// A step as it is written into a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// The word it begins with, as written; empty for words before the first.
    pub(super) word: String,
    /// What follows.
    pub(super) rest: String,
}

impl Step {
    /// Word and rest on one line.
    pub(super) fn line(&self) -> String {
        let joint = if self.word.is_empty() || self.word.is_ascii() {
            " "
        } else {
            ""
        };
        format!("{}{joint}{}", self.word, self.rest)
            .trim()
            .to_owned()
    }
}

/// The steps of a text, marks of lists and emphasis left out. Words of no step are one step.
pub(super) fn steps(text: &str) -> Vec<Step> {
    let mut found: Vec<Step> = Vec::new();
    for line in text.lines() {
        let line = bare(line);
        let mut from = 0;
        for (at, word) in begins(&line) {
            add(&mut found, "", &line[from..at]);
            found.push(Step {
                word: word.to_owned(),
                rest: String::new(),
            });
            from = at + word.len();
        }
        add(&mut found, "", &line[from..]);
    }
    for step in &mut found {
        let rest = clean(&step.rest);
        let rest = rest.trim_start_matches([':', '：', ',', '、', '，', ' ']);
        let rest = rest.trim_end_matches([',', ';', '、', '，', '；', ' ']);
        rest.clone_into(&mut step.rest);
    }
    found.retain(|step| !step.rest.is_empty());
    found
}

/// Words behind the last step, or before the first.
fn add(found: &mut Vec<Step>, word: &str, rest: &str) {
    if rest.trim().is_empty() {
        return;
    }
    match found.last_mut() {
        Some(last) => {
            last.rest.push(' ');
            last.rest.push_str(rest);
        }
        None => found.push(Step {
            word: word.to_owned(),
            rest: rest.to_owned(),
        }),
    }
}

/// A line without the mark of its list and without emphasis.
fn bare(line: &str) -> String {
    let start = grammar::line_start(line, grammar::TextSize::new(0));
    let content = line.get(usize::from(start.content)..).unwrap_or(line);
    content.replace("**", "").replace("__", "")
}

/// Where steps begin on a line, each with its word.
fn begins(line: &str) -> Vec<(usize, &str)> {
    let mut found: Vec<(usize, &str)> = Vec::new();
    for token in grammar::lex_line(line) {
        let (start, end) = (
            usize::from(token.range.start()),
            usize::from(token.range.end()),
        );
        let Some(word) = line.get(start..end) else {
            continue;
        };
        let known = match token.kind {
            TokenKind::ScenarioWord => !is_title(word),
            TokenKind::EarsWord => true,
            _ => matches!(word, "AND" | "BUT" | "OR" | "THE"),
        };
        let before = line[..start].trim_end();
        let first = before.is_empty()
            || before.ends_with([',', ';', '.', ':', '、', '，', '。', '；', '—', '|']);
        // EARS marks its clauses by capitals alone, wherever they stand.
        let loud = matches!(word, "WHEN" | "THEN" | "IF" | "WHILE" | "GIVEN");
        let subject = word == "THE" && !line[end..].contains("SHALL");
        if known && (first || loud) && !subject {
            found.push((start, word));
        }
    }
    found
}

/// Words that name a whole, not a step of it.
fn is_title(word: &str) -> bool {
    matches!(
        word,
        "Scenario" | "Background" | "Feature" | "Rule" | "Examples"
    )
}

/// What a test of these steps is called: what comes of it, and when.
pub(super) fn title(steps: &[Step]) -> String {
    let is = |step: &Step, words: &[&str]| {
        words
            .iter()
            .any(|word| step.word.eq_ignore_ascii_case(word))
    };
    let outcome = steps
        .iter()
        .find(|step| is(step, &["then", "the"]))
        .or(steps.last());
    let Some(outcome) = outcome else {
        return String::new();
    };
    let said = response(&outcome.rest);
    let when = steps.iter().find(|step| is(step, &["when", "if", "while"]));
    match when.filter(|when| *when != outcome) {
        Some(when) => format!("{said} {} {}", when.word.to_lowercase(), when.rest),
        None => said.to_owned(),
    }
}

/// What a system shall do: the words behind `SHALL`, where few stand before it.
fn response(text: &str) -> &str {
    let behind = [" SHALL ", " MUST "].iter().find_map(|word| {
        let (subject, rest) = text.split_once(word)?;
        (subject.split(' ').count() <= 5).then_some(rest)
    });
    behind.unwrap_or(text).trim_end_matches(['.', '。'])
}

#[cfg(test)]
mod tests {
    use super::{steps, title};

    #[test]
    fn steps_are_found_in_every_way_they_are_written() {
        let cases = [
            (
                "1. **Given** a user, **When** they sign in, **Then** they see home",
                "Given a user|When they sign in|Then they see home",
                "they see home when they sign in",
            ),
            (
                "- **WHEN** it is wrong\n- **THEN** it is refused\n- **AND** logged",
                "WHEN it is wrong|THEN it is refused|AND logged",
                "it is refused when it is wrong",
            ),
            (
                "1. IF a user fails, THE System SHALL show an error.",
                "IF a user fails|THE System SHALL show an error.",
                "show an error if a user fails",
            ),
            (
                "Given a, when given a second And a third\nof them, Then b.",
                "Given a, when given a second And a third of them|Then b.",
                "b",
            ),
            (
                "The system answers.",
                "The system answers.",
                "The system answers",
            ),
            (
                "**前提** 利用者、**もし** 押すと、**ならば** 開く",
                "前提利用者|もし押すと|ならば開く",
                "開く",
            ),
        ];
        for (text, lines, name) in cases {
            let steps = steps(text);
            let found: Vec<String> = steps.iter().map(super::Step::line).collect();
            assert_eq!(found.join("|"), lines);
            assert_eq!(title(&steps), name);
        }
    }
}
