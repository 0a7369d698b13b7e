//! Feature files of Cucumber and its kin: scenarios are tests, tags are mentions, steps are prose.
//!
//! Read line by line, in the languages Gherkin's keywords were seen in.

use std::ops::Range;

use smol_str::SmolStr;
use text::{TextRange, TextSize};

use crate::{HeadQualifier, MAX_SYMBOLS, Place, SourceFacts, SourceMention, Test, TestGroup};

/// Keywords that begin a feature or a rule.
const GROUPS: &[&str] = &[
    "Feature",
    "Rule",
    "Business Need",
    "Ability",
    "Característica",
    "Necesidad del negocio",
    "Regla",
    "Funcionalidade",
    "Regra",
    "Fonctionnalité",
    "Règle",
    "Funktionalität",
    "Funktion",
    "Regel",
    "フィーチャ",
    "機能",
    "ルール",
    "功能",
    "规则",
    "規則",
    "기능",
    "규칙",
];

/// Keywords that begin a scenario.
const CASES: &[&str] = &[
    "Scenario Outline",
    "Scenario Template",
    "Scenario",
    "Example",
    "Esquema del escenario",
    "Escenario",
    "Ejemplo",
    "Esquema do Cenário",
    "Cenário",
    "Cenario",
    "Exemplo",
    "Plan du scénario",
    "Scénario",
    "Exemple",
    "Szenariogrundriss",
    "Szenarien",
    "Szenario",
    "Beispiel",
    "シナリオアウトライン",
    "シナリオテンプレート",
    "シナリオ",
    "场景大纲",
    "剧本大纲",
    "场景",
    "剧本",
    "場景大綱",
    "劇本大綱",
    "場景",
    "劇本",
    "시나리오 개요",
    "시나리오",
];

/// Keywords after which something is checked.
const CHECKS: &[&str] = &[
    "Then ",
    "Entonces ",
    "Então ",
    "Entao ",
    "Alors ",
    "Donc ",
    "Dann ",
    "ならば",
    "那么",
    "那麼",
    "그러면",
];

/// Tags that leave a scenario out.
const SKIPS: &[&str] = &[
    "@ignore",
    "@skip",
    "@skipped",
    "@disabled",
    "@wip",
    "@pending",
];

/// A scenario or group whose end is not known yet.
struct Open {
    name: SmolStr,
    name_range: TextRange,
    start: usize,
    skipped: bool,
    asserts: bool,
    tags: Vec<grammar::Mention>,
}

/// Reads a feature file.
pub(crate) fn read(text: &str) -> SourceFacts {
    let mut facts = SourceFacts::default();
    if text.len() > text::MAX_LEN {
        facts.truncated = true;
        return facts;
    }
    let mut file = File::default();
    let mut at = 0;
    let mut string: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let trimmed = line.trim_start_matches(['\u{feff}', ' ', '\t']);
        let from = start + (line.len() - trimmed.len());
        let trimmed = trimmed.trim_end();
        // Doc strings hold anything.
        if let Some(mark) = ["\"\"\"", "```"]
            .into_iter()
            .find(|mark| trimmed.starts_with(mark))
        {
            string = match string {
                Some(open) if open == mark => None,
                Some(open) => Some(open),
                None => Some(mark),
            };
            continue;
        }
        if string.is_none() && !trimmed.is_empty() {
            file.line(trimmed, from, &mut facts);
        }
    }
    file.close_case(at, &mut facts);
    file.close_group(at, &mut facts);
    file.close_feature(at, &mut facts);
    facts.symbols_known = true;
    facts.tests.truncate(MAX_SYMBOLS);
    facts.groups.truncate(MAX_SYMBOLS);
    facts.mentions.retain(|found| {
        let known =
            |index: Option<u32>, len: usize| index.is_none_or(|index| (index as usize) < len);
        known(found.test, facts.tests.len()) && known(found.group, facts.groups.len())
    });
    facts
        .mentions
        .sort_by_key(|found| found.mention.range.start());
    facts.truncated |= facts.mentions.len() > MAX_SYMBOLS;
    facts.mentions.truncate(MAX_SYMBOLS);
    facts
}

/// What is open while a file is read.
#[derive(Default)]
struct File {
    feature: Option<u32>,
    rule: Option<u32>,
    /// Names and skip marks of the groups around.
    around: Vec<(SmolStr, bool)>,
    case: Option<Open>,
    /// Tags waiting for what they stand above.
    tags: Vec<grammar::Mention>,
    named: Vec<HeadQualifier>,
    skipped: bool,
    tags_start: Option<usize>,
}

impl File {
    fn line(&mut self, line: &str, from: usize, facts: &mut SourceFacts) {
        if line.starts_with('@') {
            self.tags_start.get_or_insert(from);
            self.tag_line(line, from);
        } else if let Some(comment) = line.strip_prefix('#') {
            self.comment(comment, from + 1, facts);
        } else if let Some(title) = keyword(line, CASES) {
            let start = self.tags_start.take().unwrap_or(from);
            self.close_case(start, facts);
            self.case = Some(self.open(line, from, start, title));
        } else if let Some(title) = keyword(line, GROUPS) {
            let start = self.tags_start.take().unwrap_or(from);
            self.close_case(start, facts);
            self.close_group(start, facts);
            let open = self.open(line, from, start, title);
            self.group(open, facts);
        } else if let Some(case) = &mut self.case {
            case.asserts |= CHECKS.iter().any(|check| line.starts_with(check));
            // Tags above `Examples:` are the outline's.
            case.tags.append(&mut self.tags);
            self.tags_start = None;
        }
    }

    fn tag_line(&mut self, line: &str, from: usize) {
        let mut at = 0;
        for word in line.split_inclusive([' ', '\t']) {
            let start = from + at;
            at += word.len();
            let word = word.trim_end();
            if word.starts_with('#') {
                return;
            }
            let Some(name) = word.strip_prefix('@') else {
                continue;
            };
            self.skipped |= SKIPS.iter().any(|skip| word.eq_ignore_ascii_case(skip));
            let base = TextSize::new(start as u32 + 1);
            let mut ids = Vec::new();
            grammar::mentions(name, base, &mut ids);
            if ids.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_') {
                grammar::mentions_in_identifier(name, base, &mut ids);
            }
            if ids.is_empty() {
                self.named
                    .extend(feature_named(name).map(|range| HeadQualifier {
                        feature: SmolStr::new(&name[range.clone()]),
                        range: text::span(start + 1 + range.start, start + 1 + range.end),
                        repository: None,
                        section: None,
                    }));
            }
            self.tags.append(&mut ids);
        }
    }

    fn comment(&mut self, comment: &str, from: usize, facts: &mut SourceFacts) {
        if self.feature.is_none() {
            let mut names = crate::head::read(comment, from);
            facts.head.append(&mut names.own);
            facts.named.append(&mut names.others);
        }
        let mut found = Vec::new();
        grammar::mentions(comment, TextSize::new(from as u32), &mut found);
        let group = self.rule.or(self.feature);
        facts
            .mentions
            .extend(found.into_iter().map(|mention| SourceMention {
                mention,
                place: Place::Comment,
                symbol: None,
                test: None,
                group,
                tag: None,
            }));
    }

    fn open(&mut self, line: &str, from: usize, start: usize, title: &str) -> Open {
        let at = from + (line.len() - title.len());
        Open {
            name: SmolStr::new(title),
            name_range: text::span(at, at + title.len()),
            start,
            skipped: std::mem::take(&mut self.skipped)
                || self.around.iter().any(|(_, skipped)| *skipped),
            asserts: false,
            tags: std::mem::take(&mut self.tags),
        }
    }

    /// A feature or a rule begins; where it ends is known later.
    fn group(&mut self, open: Open, facts: &mut SourceFacts) {
        let index = facts.groups.len() as u32;
        if self.feature.is_none() {
            self.feature = Some(index);
            facts.head.append(&mut self.named);
        } else {
            self.rule = Some(index);
            self.named.clear();
        }
        facts.groups.push(TestGroup {
            full_name: self.full_name(&open.name),
            name: open.name.clone(),
            range: text::span(open.start, usize::from(open.name_range.end())),
            name_range: open.name_range,
            title: None,
            skipped: open.skipped,
        });
        mention(&open, None, Some(index), facts);
        self.around.push((open.name, open.skipped));
    }

    fn full_name(&self, name: &str) -> String {
        let mut full: Vec<&str> = self.around.iter().map(|(name, _)| name.as_str()).collect();
        full.push(name);
        full.join(" > ")
    }

    fn close_case(&mut self, end: usize, facts: &mut SourceFacts) {
        let Some(case) = self.case.take() else { return };
        self.named.clear();
        let index = facts.tests.len() as u32;
        facts.tests.push(Test {
            full_name: self.full_name(&case.name),
            name: case.name.clone(),
            range: text::span(case.start, end),
            name_range: case.name_range,
            title: None,
            skipped: case.skipped,
            asserts: case.asserts,
            may_assert: !case.asserts,
            prints: crate::Prints::default(),
        });
        mention(&case, Some(index), self.rule.or(self.feature), facts);
    }

    /// A rule ends where the next one begins.
    fn close_group(&mut self, end: usize, facts: &mut SourceFacts) {
        if let Some(rule) = self.rule.take() {
            stretch(rule, end, facts);
            self.around.pop();
        }
    }

    fn close_feature(&mut self, end: usize, facts: &mut SourceFacts) {
        if let Some(feature) = self.feature.take() {
            stretch(feature, end, facts);
        }
    }
}

fn stretch(group: u32, end: usize, facts: &mut SourceFacts) {
    if let Some(group) = facts.groups.get_mut(group as usize) {
        group.range = text::span(usize::from(group.range.start()), end);
    }
}

/// Tags and the ids of a title.
fn mention(open: &Open, test: Option<u32>, group: Option<u32>, facts: &mut SourceFacts) {
    let found = |mention: grammar::Mention, place, tag| SourceMention {
        mention,
        place,
        symbol: None,
        test,
        group,
        tag,
    };
    let tag = grammar::Tag {
        dialect: grammar::Dialect::Gherkin,
        role: Some(grammar::Role::Verifies),
        revision: None,
        quote: None,
    };
    for each in &open.tags {
        let tag = Some(Box::new(tag.clone()));
        facts
            .mentions
            .push(found(each.clone(), Place::Annotation, tag));
    }
    let mut ids = Vec::new();
    grammar::mentions(&open.name, open.name_range.start(), &mut ids);
    facts.mentions.extend(
        ids.into_iter()
            .map(|each| found(each, Place::TestName, None)),
    );
}

/// The title behind one of these keywords and its colon.
fn keyword<'a>(line: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| {
        let rest = line.strip_prefix(word)?;
        let rest = rest.strip_prefix(':').or_else(|| rest.strip_prefix('：'))?;
        Some(rest.trim())
    })
}

/// The feature in `001-login` and `spec:001-login`.
fn feature_named(tag: &str) -> Option<Range<usize>> {
    let start = ["spec", "feature"]
        .into_iter()
        .find_map(|word| {
            let rest = tag.strip_prefix(word)?;
            rest.starts_with([':', '-', '_', '='])
                .then_some(word.len() + 1)
        })
        .unwrap_or(0);
    let slug = &tag[start..];
    let digits = slug.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits >= 3 && (slug.len() == digits || slug.as_bytes()[digits] == b'-');
    let plain = slug
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    (plain && !slug.is_empty() && (numbered || start > 0)).then_some(start..tag.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "\
# language: en
@001-login @auth
Feature: Sign in
  A user signs in, see FR-009.

  Background:
    Given a user

  # FR-004 is shown elsewhere
  @FR-001 @us1 # FR-100
  Scenario: FR-002 wrong password
    When it is wrong
    Then it says so
    \"\"\"
    @FR-077
    Scenario: none
    \"\"\"

  @skip
  Scenario Outline: many
    When <n>

    @FR-003
    Examples:
      | n |

  Rule: Locks
    @SC-001
    Example: after three
      Then it locks
";

    #[test]
    fn scenarios_are_tests_and_tags_are_mentions() {
        let facts = read(SAMPLE);
        let tests: Vec<_> = facts
            .tests
            .iter()
            .map(|test| (test.full_name.as_str(), test.skipped, test.asserts))
            .collect();
        assert_eq!(
            tests,
            [
                ("Sign in > FR-002 wrong password", false, true),
                ("Sign in > many", true, false),
                ("Sign in > Locks > after three", false, true),
            ]
        );
        let mentions: Vec<_> = facts
            .mentions
            .iter()
            .map(|found| {
                assert!(text::slice(SAMPLE, found.mention.range).len() > 1);
                (
                    found.mention.key.as_str(),
                    found.test,
                    found.role().is_some(),
                )
            })
            .collect();
        assert_eq!(
            mentions,
            [
                ("FR-004", None, false),
                ("FR-001", Some(0), true),
                ("US1", Some(0), true),
                ("FR-002", Some(0), false),
                ("FR-003", Some(1), true),
                ("SC-001", Some(2), true),
            ]
        );
        let head: Vec<&str> = facts
            .head
            .iter()
            .map(|head| head.feature.as_str())
            .collect();
        assert_eq!(head, ["001-login"]);
        let whole = &facts.groups[0];
        assert_eq!(usize::from(whole.range.end()), SAMPLE.len());
        assert_eq!(facts.groups[1].full_name, "Sign in > Locks");
    }

    #[test]
    fn keywords_of_other_languages() {
        for text in [
            "機能: a\n シナリオ: b\n  ならば c",
            "Funktionalität: a\nSzenario: b\nDann c",
            "功能：a\n场景：b\n那么 c",
        ] {
            let facts = read(text);
            assert_eq!(facts.tests.len(), 1, "{text}");
            assert_eq!(facts.tests[0].full_name, "a > b");
            assert!(facts.tests[0].asserts, "{text}");
        }
    }
}
