//! Values that are bound to what holds them, in plain Markdown.

use documents::{Document, DocumentKind, Said, read};
use proptest::prelude::*;

fn of(text: &str) -> Document {
    read(DocumentKind::Spec, text)
}

/// What is bound in a text: value, path and name, and the bytes that only bind.
fn bound(text: &str) -> Vec<String> {
    let document = of(text);
    let slice = |range| text::slice(text, range);
    let all = document.bindings.iter().map(|each| {
        let path = &document.paths[each.path as usize];
        let name = path.symbol.as_ref().map_or("", |(name, _)| name);
        let said = match &each.said {
            Said::Quantity { number, unit, .. } => {
                let unit = unit.map_or("", |unit| slice(unit));
                format!("{}|{unit}", slice(*number))
            }
            Said::Values(values) => {
                let values: Vec<&str> = values.iter().map(|(_, range)| slice(*range)).collect();
                values.join("+")
            }
        };
        format!("{said} {}#{name} {}", path.path, slice(each.mark))
    });
    all.collect()
}

#[test]
fn a_quantity_is_bound_by_a_bracket_or_a_link() {
    for (line, expected) in [
        (
            "- **FR-001**: System MUST give up after 30 s (`src/http.rs#TIMEOUT`).",
            "30|s src/http.rs#TIMEOUT (`src/http.rs#TIMEOUT`)",
        ),
        (
            "- **FR-001**: System MUST give up after [30 s](../../src/http.rs#TIMEOUT).",
            "30|s ../../src/http.rs#TIMEOUT ](../../src/http.rs#TIMEOUT)",
        ),
        (
            "the **30 s** (`src/http.rs#TIMEOUT`) limit",
            "30|s src/http.rs#TIMEOUT (`src/http.rs#TIMEOUT`)",
        ),
        (
            "a `5 MB` (`src/Limits.java#Limits.MAX_UPLOAD`) limit",
            "5|MB src/Limits.java#Limits.MAX_UPLOAD (`src/Limits.java#Limits.MAX_UPLOAD`)",
        ),
        (
            "after 3 failed attempts (`config/app.yaml#login.max-attempts`)",
            "3| config/app.yaml#login.max-attempts (`config/app.yaml#login.max-attempts`)",
        ),
        (
            "30 秒以内（`src/http.rs#TIMEOUT`）に応答する",
            "30|秒 src/http.rs#TIMEOUT （`src/http.rs#TIMEOUT`）",
        ),
        (
            "keep them 90 days (`.env#RETENTION_DAYS`)",
            "90|days .env#RETENTION_DAYS (`.env#RETENTION_DAYS`)",
        ),
        (
            "wait 1,000 ms\n  (`src/a.ts#WAIT`)",
            "1,000|ms src/a.ts#WAIT (`src/a.ts#WAIT`)",
        ),
    ] {
        assert_eq!(bound(line), [expected], "{line}");
    }
}

#[test]
fn a_list_of_values_is_bound() {
    for (line, expected) in [
        (
            "one of `draft`, `sent`, `paid` (`src/invoice.ts#Status`)",
            "draft+sent+paid",
        ),
        (
            "`draft`, `sent`, and `paid` (`src/invoice.ts#Status`)",
            "draft+sent+paid",
        ),
        (
            "either `draft` or `sent` states (`src/invoice.ts#Status`)",
            "draft+sent",
        ),
        ("answers `400`/`404` (`src/invoice.ts#Status`)", "400+404"),
        (
            "`下書き`、`送信済み`のいずれか（`src/invoice.ts#Status`）",
            "下書き+送信済み",
        ),
        ("[`draft`, `sent`](src/invoice.ts#Status)", "draft+sent"),
    ] {
        let found = bound(line);
        assert_eq!(found.len(), 1, "{line}");
        assert_eq!(found[0].split(' ').next(), Some(expected), "{line}");
    }
}

#[test]
fn nothing_else_binds() {
    for line in [
        "give up after 30 s (`TIMEOUT`)",
        "give up after 30 s (see `src/http.rs#TIMEOUT`)",
        "give up after 30 s (`src/http.rs`)",
        "give up after 30 s (`src/http.rs:12`)",
        "give up after 30 s, `src/http.rs#TIMEOUT`",
        "the timeout (`src/http.rs#TIMEOUT`)",
        "the `Client` class (`src/http.rs#Client`)",
        "FR-005 (`src/http.rs#TIMEOUT`)",
        "[the timeout](src/http.rs#TIMEOUT)",
        "[30 s](src/http.rs#L12)",
        "[30 s](https://example.org/a.rs#TIMEOUT)",
        "```\n30 s (`src/http.rs#TIMEOUT`)\n```",
        "<!-- 30 s (`src/http.rs#TIMEOUT`) -->",
        "30 s (src/http.rs#TIMEOUT)",
    ] {
        assert_eq!(bound(line), Vec::<String>::new(), "{line}");
    }
}

proptest! {
    #[test]
    fn ranges_are_those_of_the_text(
        head in "\\PC{0,20}", value in "(30 s|1,000|`a`, `b`|[0-9]{1,4} ?(ms|MB|秒|items)?)", tail in "\\PC{0,20}",
        link in any::<bool>(), crlf in any::<bool>(),
    ) {
        let text = if link {
            format!("{head} [{value}](src/a.rs#X) {tail}")
        } else {
            format!("{head} {value}\n(`src/a.rs#X`) {tail}")
        };
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        for each in &of(&text).bindings {
            prop_assert!(each.range.end() <= each.mark.start() || each.mark.contains_range(each.range));
            prop_assert!(!text::slice(&text, each.range).is_empty());
            let mark = text::slice(&text, each.mark);
            prop_assert!(mark.contains("src/a.rs#X") && mark.ends_with([')', '）']));
        }
    }
}
