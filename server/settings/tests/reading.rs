//! What a settings file may say, and how exactly its mistakes are named.

use settings::{
    Baseline, Date, Entry, Level, Scope, Settings, Weakening, add_suppression, read, weakening,
};

const CODES: &[&str] = &["story-without-task", "phantom-task", "broken-path"];

/// `covered text: sentence` of each problem.
fn problems(text: &str) -> Vec<String> {
    let read = read(text, CODES);
    let say = |problem: &settings::Problem| {
        assert!(
            problem.kind.en().ends_with(['.', '?']),
            "{}",
            problem.kind.en()
        );
        assert!(!problem.kind.ja().is_empty());
        format!(
            "{}: {}",
            text::slice(text, problem.range),
            problem.kind.en()
        )
    };
    read.problems.iter().map(say).collect()
}

fn good(text: &str) -> Settings {
    assert_eq!(problems(text), Vec::<String>::new());
    read(text, CODES).settings
}

#[test]
fn every_key_is_read() {
    let settings = good(
        r#"spec-roots = ["specledger/", "docs/specs"]
scope = "all"
baseline = "ci/specs.baseline"

[severity] # for this team
story-without-task = "off"
phantom-task = "error"

[[suppress]]
address = "specs/003-auth#FR-008"
code = "broken-path"
reason = "The file is generated."
until = "2027-01-31"

[[suppress]]
address = "specs/003-auth"
code = "phantom-task"
fingerprint = "0123456789abcdef"
reason = "日本語の理由 🎉"
until = 2027-02-01
"#,
    );
    assert_eq!(settings.spec_roots, ["specledger", "docs/specs"]);
    assert_eq!(settings.scope, Scope::All);
    assert_eq!(settings.baseline_path(), "ci/specs.baseline");
    assert_eq!(settings.severity["story-without-task"], Level::Off);
    assert_eq!(settings.severity["phantom-task"], Level::Error);
    let [first, second] = settings.suppressions.as_slice() else {
        panic!("{settings:?}");
    };
    let (last, next) = (
        Date::parse("2027-01-31").unwrap(),
        Date::parse("2027-02-01").unwrap(),
    );
    assert!(!first.is_expired(last) && first.is_expired(next));
    assert!(first.matches("broken-path", "specs/003-auth#FR-008", "any"));
    assert!(!first.matches("phantom-task", "specs/003-auth#FR-008", "any"));
    assert!(second.matches("phantom-task", "specs/003-auth#T001", "0123456789abcdef"));
    assert!(!second.matches("phantom-task", "specs/003-auth#T001", "any"));
}

#[test]
fn an_empty_file_changes_nothing() {
    for text in ["", "\n", "# later\n", "\u{feff}", "\u{feff}# later\r\n"] {
        assert_eq!(good(text), Settings::default(), "{text:?}");
    }
}

#[test]
fn mistakes_are_named_where_they_are() {
    for (text, expected) in [
        (
            "sevrity = 1",
            "sevrity: Nothing here is called `sevrity`; did you mean `severity`?",
        ),
        ("colour = 1", "colour: Nothing here is called `colour`."),
        (
            "phantom-task = \"off\"",
            "phantom-task: Nothing here is called `phantom-task`; did you mean `severity.phantom-task`?",
        ),
        (
            "scope = \"activ\"",
            "\"activ\": `scope` is `activ`, not one of `active`, `all`; did you mean `active`?",
        ),
        ("あ = 1", "あ: "),
        ("scope = 3", "3: `scope` is an integer, not a string."),
        (
            "spec-roots = 'x'",
            "'x': `spec-roots` is a string, not an array of strings.",
        ),
        (
            "spec-roots = ['../x']",
            "'../x': `../x` is no path with `/` below the workspace folder.",
        ),
        (
            "spec-roots = ['']",
            "'': `` is no path with `/` below the workspace folder.",
        ),
        ("baseline = '/etc/x'", "'/etc/x': `/etc/x` is no path"),
        (
            "[severity]\nphantom = 'off'",
            "phantom: There is no rule `phantom`; did you mean `phantom-task`?",
        ),
        (
            "severity.phantom-task = 'warn'",
            "'warn': `phantom-task` is `warn`, not one of `error`, `warning`, `information`, `hint`, `off`; did you mean `warning`?",
        ),
        (
            "suppress = 1",
            "1: `suppress` is an integer, not an array of tables.",
        ),
    ] {
        let found = problems(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        if expected == "あ: " {
            // A bare key of TOML is ASCII; the parser says so in its own words.
            assert!(found[0].contains("This is no TOML"), "{found:?}");
        } else {
            assert!(found[0].starts_with(expected), "{text}: {found:?}");
        }
    }
}

#[test]
fn a_suppression_has_an_address_a_code_and_a_reason() {
    let text = "[[suppress]]\naddress = 'specs/a/'\ncode = 'broken-pth'\nreason = ' '\nuntil = '2027-02-30'\nby = 'me'\n";
    assert_eq!(
        problems(text),
        [
            "'specs/a/': `specs/a/` is no address: a segment of its path is empty or dots.",
            "'broken-pth': There is no rule `broken-pth`; did you mean `broken-path`?",
            "' ': `reason` is empty.",
            "'2027-02-30': `2027-02-30` is no day of the form `2027-01-31`.",
            "by: Nothing here is called `by`.",
        ]
    );
    let bare = problems("[[suppress]]\nuntil = 2027-01-31T10:00:00Z\n");
    assert_eq!(bare.len(), 4, "{bare:?}");
    assert!(
        bare[0].starts_with("[[suppress]]: This table has no `address`."),
        "{bare:?}"
    );
}

#[test]
fn no_toml_is_one_problem_not_many() {
    for text in [
        "scope = ",
        "[[suppress",
        "scope = \"a\nseverity = 1",
        "a = 1\na = 2",
    ] {
        let found = problems(text);
        assert!(!found.is_empty(), "{text}");
        assert!(found.iter().all(|it| it.contains("no TOML")), "{found:?}");
    }
}

#[test]
fn a_suppression_is_added_at_the_end_and_all_else_stays() {
    let new = &good("[[suppress]]\naddress = 'specs/a#\"x\\'\ncode = 'broken-path'\nreason = 'a \"quoted\" reason'\nuntil = '2027-01-31'\n")
        .suppressions[0];
    for text in [
        "",
        "\u{feff}",
        "scope = 'all'",
        "# mine\r\nscope = 'all' # kept\r\n",
        "[[suppress]]\naddress = 'specs/b'\ncode = 'broken-path'\nreason = 'r'\n\n[severity]\nphantom-task = 'off'\n",
    ] {
        let (edit, reason) = add_suppression(text, new).unwrap();
        let edited = text::apply(text, &[edit]).unwrap();
        assert!(edited.starts_with(text), "{edited}");
        assert_eq!(edited.contains("\r\n"), text.contains("\r\n"));
        assert_eq!(text::slice(&edited, reason), r#""a \"quoted\" reason""#);
        let settings = good(&edited);
        assert_eq!(
            settings.suppressions.len(),
            good(text).suppressions.len() + 1
        );
        let last = settings.suppressions.last().unwrap();
        assert_eq!(
            (last.key(), &last.reason, last.until),
            (new.key(), &new.reason, new.until)
        );
        assert_eq!(settings.severity, good(text).severity);
    }
    for broken in ["scope = ", "suppress = []", "suppress = 1"] {
        assert_eq!(add_suppression(broken, new), None, "{broken}");
    }
}

fn entry(fingerprint: &str, code: &str, address: &str) -> Entry {
    Entry {
        address: address.to_owned(),
        code: code.to_owned(),
        fingerprint: fingerprint.to_owned(),
    }
}

#[test]
fn a_baseline_is_a_set_of_lines_sorted_by_address() {
    let one = entry("00000000000000aa", "broken-path", "specs/002-b#a b");
    let two = entry("00000000000000bb", "phantom-task", "specs/001-a");
    let baseline: Baseline = [one.clone(), two.clone(), one.clone()]
        .into_iter()
        .collect();
    let text = baseline.to_text();
    assert_eq!(
        text.lines().skip(1).collect::<Vec<_>>(),
        [
            "00000000000000bb phantom-task specs/001-a",
            "00000000000000aa broken-path specs/002-b#a b"
        ]
    );
    assert_eq!(Baseline::read(&text), (baseline.clone(), Vec::new()));
    // Both sides of a merge, in any order, with other line ends.
    let merged = format!("{text}{text}").replace('\n', "\r\n");
    assert_eq!(Baseline::read(&merged), (baseline, Vec::new()));
    let broken = "<<<<<<< ours\n00000000000000aa broken-path specs/002-b\n00000000000000 x y\n";
    let (read, problems) = Baseline::read(broken);
    assert_eq!(read.len(), 1);
    let covered: Vec<_> = problems
        .iter()
        .map(|it| text::slice(broken, it.range))
        .collect();
    assert_eq!(covered, ["<<<<<<< ours", "00000000000000 x y"]);
}

#[test]
fn only_what_was_weakened_is_told() {
    let shown = |code: &str| {
        if code == "phantom-task" {
            Level::Warning
        } else {
            Level::Information
        }
    };
    let block = |address: &str, until: &str| {
        format!(
            "[[suppress]]\naddress = '{address}'\ncode = 'broken-path'\nreason = 'r'\n{until}\n"
        )
    };
    let old = good(&format!(
        "spec-roots = ['old', 'kept']\nscope = 'all'\nseverity = {{ broken-path = 'error' }}\n{}{}{}",
        block("specs/a", ""),
        block("specs/b", "until = '2027-01-31'"),
        block("specs/gone", "")
    ));
    let new = good(&format!(
        "spec-roots = ['kept', 'new']\nseverity = {{ broken-path = 'error', phantom-task = 'hint', story-without-task = 'warning' }}\n{}{}{}",
        block("specs/a", "until = '2027-01-31'"),
        block("specs/b", "until = '2027-02-01'"),
        block("specs/c", "")
    ));
    let kept = entry("00000000000000aa", "broken-path", "specs/a");
    let added = entry("00000000000000bb", "broken-path", "specs/b");
    let before: Baseline = [kept.clone()].into_iter().collect();
    let after: Baseline = [kept, added.clone()].into_iter().collect();
    let told = weakening((&old, &before), (&new, &after), &shown);
    let addresses = |list: &[settings::Suppression]| -> Vec<String> {
        list.iter().map(|it| it.address.to_string()).collect()
    };
    assert_eq!(addresses(&told.suppressed), ["specs/c"]);
    assert_eq!(told.prolonged.len(), 1);
    assert_eq!(told.prolonged[0].0.address.as_str(), "specs/b");
    let lowered: Vec<_> = told
        .lowered
        .iter()
        .map(|it| (it.code.as_str(), it.from, it.to))
        .collect();
    assert_eq!(lowered, [("phantom-task", Level::Warning, Level::Hint)]);
    assert_eq!(told.baselined, [added]);
    assert_eq!((told.baseline_before, told.baseline_after), (1, 2));
    assert_eq!(told.roots_left, ["old"]);
    assert!(told.scope_narrowed && !told.is_empty());
    // A setting taken back is a rule that speaks more softly too.
    let back = weakening((&old, &before), (&Settings::default(), &before), &shown);
    assert_eq!(back.lowered[0].to, Level::Information);
    assert!(weakening((&new, &after), (&new, &after), &shown).is_empty());
    assert!(Weakening::default().is_empty());
}
