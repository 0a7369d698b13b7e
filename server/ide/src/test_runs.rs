//! What reports say of tests, in words.

use code::Outcome;
use rules::Locale;
use trace::{Age, Graph, TestRef};

use crate::wording::{self, Noun, say};

/// How the last run of a test ended, where a report says so.
pub(crate) fn of_test(graph: &Graph, test: &TestRef, locale: Locale) -> Option<&'static str> {
    let run = graph.test_run(test)?;
    Some(match (run.outcome, run.age) {
        (Outcome::Passed, Age::Newer) => say(locale, "passed", "成功"),
        (Outcome::Failed, Age::Newer) => say(locale, "failed", "失敗"),
        (Outcome::Passed, Age::Older) => say(
            locale,
            "passed before its file changed",
            "ファイル変更前に成功",
        ),
        (Outcome::Failed, Age::Older) => say(
            locale,
            "failed before its file changed",
            "ファイル変更前に失敗",
        ),
        (Outcome::Passed, Age::Unknown) => say(locale, "passed at some time", "過去に成功"),
        (Outcome::Failed, Age::Unknown) => say(locale, "failed at some time", "過去に失敗"),
        (Outcome::Skipped, _) => say(locale, "left out of the last run", "直近の実行では対象外"),
    })
}

/// `3 tests`, and how many of them pass and fail as they are now.
pub(crate) fn count(graph: &Graph, tests: &[TestRef], locale: Locale) -> String {
    let all = wording::count(tests.len(), Noun::Test, locale);
    let of = |outcome| {
        let runs = tests.iter().filter_map(|test| graph.test_run(test));
        runs.filter(|run| run.outcome == outcome && run.age == Age::Newer)
            .count()
    };
    let (passed, failed) = (of(Outcome::Passed), of(Outcome::Failed));
    let say = |number: usize, en, ja| {
        (number > 0).then(|| match locale {
            Locale::English => format!("{number} {en}"),
            Locale::Japanese => format!("{ja} {number}"),
        })
    };
    let said = [
        say(failed, "failing", "失敗"),
        (passed < tests.len() || passed == 0)
            .then(|| say(passed, "passing", "成功"))
            .flatten(),
    ];
    match locale {
        Locale::English if passed == tests.len() && passed > 0 => format!("{all} passing"),
        Locale::Japanese if passed == tests.len() && passed > 0 => format!("{all}すべて成功"),
        _ => [all]
            .into_iter()
            .chain(said.into_iter().flatten())
            .collect::<Vec<_>>()
            .join(", "),
    }
}
