use proptest::prelude::*;

use super::*;

fn fact(unit: &str, key: &str, path: &str, name: &str, reason: &str) -> Fact {
    let part = (!name.is_empty()).then(|| super::super::Part {
        test: false,
        name: name.into(),
        nth: 1,
    });
    Fact {
        id: 7,
        unit: unit.into(),
        key: key.into(),
        text: 0xff,
        code: part.is_some().then_some(CodePrint {
            version: code::PRINTS_VERSION,
            signature: 1,
            body: 2,
            raw: 3,
        }),
        target: TargetName {
            path: path.into(),
            part,
        },
        reason: reason.to_owned(),
    }
}

#[test]
fn a_line_is_read_as_it_was_printed() {
    for line in [
        fact(
            "specs/003-auth",
            "FR-008",
            "src/a.rs",
            "Session.create",
            "read with the team",
        ),
        fact("specs/1", "US1", "src/my file#1.rs", "", ""),
        fact(
            "specs/1",
            "Wrong%20password",
            "../a%b.rs",
            "test:odd ~ name",
            "said \"yes\"\n100 %",
        ),
    ] {
        let text = line.to_string();
        let lock = Lock::read(&text);
        assert!(lock.problems.is_empty(), "{text}");
        assert_eq!(lock.lines[0].fact, line, "{text}");
        assert!(!text.contains('\n'));
    }
    let text = fact("specs/003-auth", "FR-008", "src/a.rs", "f", "why").to_string();
    let lock = Lock::read(&text);
    let of = |range| text::slice(&text, range);
    let line = &lock.lines[0];
    assert_eq!(of(line.range), text);
    assert_eq!(of(line.key), "specs/003-auth#FR-008");
    assert_eq!(of(line.target), "src/a.rs#f");
    assert_eq!(of(line.reason), "why");
}

#[test]
fn what_is_no_line_is_said_and_stays() {
    let own = fact("specs/1", "FR-001", "src/a.rs", "f", "x").to_string();
    let text = format!(
        "\u{feff}# note\r\n<<<<<<< HEAD\r\n{own}\r\n=======\r\nno line\r\n>>>>>>> x\r\n\r\n"
    );
    let lock = Lock::read(&text);
    assert_eq!(lock.lines.len(), 1);
    let said: Vec<_> = lock
        .problems
        .iter()
        .map(|(range, why)| (text::slice(&text, *range), *why))
        .collect();
    assert_eq!(
        said,
        [
            ("<<<<<<< HEAD", LockProblem::Conflict),
            ("=======", LockProblem::Conflict),
            ("no line", LockProblem::Unreadable),
            (">>>>>>> x", LockProblem::Conflict),
        ]
    );
    assert!(lock.is_conflicted());
    let edits = lock.edits(&text, &[0].into_iter().collect(), &[]);
    let after = text::apply(&text, &edits).expect("they fit");
    assert_eq!(after, text.replace(&format!("{own}\r\n"), ""));
}

#[test]
fn a_new_file_says_what_it_is_and_new_lines_find_their_place() {
    let (a, b) = (
        fact("specs/1", "A", "a.rs", "f", ""),
        fact("specs/1", "C", "a.rs", "f", ""),
    );
    let lock = Lock::default();
    let none = FxHashSet::default();
    let text = text::apply(
        "",
        &lock.edits("", &none, &[b.clone(), a.clone(), a.clone()]),
    )
    .expect("fits");
    assert_eq!(text, format!("{HEADER}\n{a}\n{b}\n"));
    let between = fact("specs/1", "B", "a.rs", "f", "");
    let text = text.trim_end().to_owned();
    let lock = Lock::read(&text);
    let last = fact("specs/1", "D", "a.rs", "f", "");
    let edits = lock.edits(&text, &none, &[last.clone(), between.clone(), a.clone()]);
    let text = text::apply(&text, &edits).expect("fits");
    assert_eq!(text, format!("{HEADER}\n{a}\n{between}\n{b}\n{last}\n"));
}

proptest! {
    /// Whatever stands in a lock: it is read without a panic, every range is a whole line, and edits touch lines of facts
    /// alone.
    #[test]
    fn nothing_that_cannot_be_read_is_lost(
        noise in prop::collection::vec("[^\n]{0,30}", 0..6),
        keys in prop::collection::vec("[A-D]", 0..6),
        gone in prop::collection::hash_set(0_usize..12, 0..6),
        new in prop::collection::vec("[A-F]", 0..4),
        windows in any::<bool>(),
        last in any::<bool>(),
    ) {
        let newline = if windows { "\r\n" } else { "\n" };
        let facts = keys.iter().map(|key| fact("specs/1", key, "a.rs", "f", "").to_string());
        let mut lines: Vec<String> = Vec::new();
        let mut noise_left = noise.iter();
        for line in facts {
            lines.extend(noise_left.next().cloned());
            lines.push(line);
        }
        lines.extend(noise_left.cloned());
        let mut text = lines.join(newline);
        if last {
            text.push_str(newline);
        }
        let lock = Lock::read(&text);
        let gone = gone.into_iter().filter(|at| *at < lock.lines.len()).collect();
        let new: Vec<Fact> = new.iter().map(|key| fact("specs/1", key, "a.rs", "f", "")).collect();
        let after = text::apply(&text, &lock.edits(&text, &gone, &new)).expect("they fit");
        let rest = |text: &str| {
            let lock = Lock::read(text);
            let facts: Vec<_> = lock.lines.iter().map(|line| line.range).collect();
            let mut rest = String::new();
            let mut at = 0;
            for line in text.split_inclusive('\n') {
                if !facts.iter().any(|fact| usize::from(fact.start()) == at + if at == 0 { bom_len(text) } else { 0 }) {
                    rest.push_str(line.trim_end_matches(['\n', '\r']));
                    rest.push('\n');
                }
                at += line.len();
            }
            rest
        };
        let before = rest(&text);
        let left = rest(&after);
        let left = left.strip_prefix(&format!("{HEADER}\n")).unwrap_or(&left);
        prop_assert_eq!(left, before.as_str());
        for wanted in new {
            prop_assert!(Lock::read(&after).lines.iter().any(|line| line.fact == wanted));
        }
    }
}
