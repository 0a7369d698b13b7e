//! One sample file per language: what is read from it, in readable form.
#![expect(clippy::expect_used, reason = "a test may panic")]

use std::fmt::Write as _;

use code::{
    Language,
    Place::{Comment, String as Title},
    SourceFacts, read,
};
use expect_test::{ExpectFile, expect_file};

/// The facts, one line each, positions as line numbers.
fn rendered(text: &str, facts: &SourceFacts) -> String {
    let line = |offset: text::TextSize| 1 + text[..usize::from(offset)].matches('\n').count();
    let lines = |range: text::TextRange| format!("{}-{}", line(range.start()), line(range.end()));
    let mut out = String::new();
    for head in &facts.head {
        writeln!(out, "head {} @{}", head.feature, line(head.range.start()))
            .expect("a String takes all");
    }
    for path in &facts.paths {
        writeln!(out, "path {} @{}", path.path, line(path.range.start()))
            .expect("a String takes all");
    }
    for symbol in &facts.symbols {
        let signature: Vec<&str> = text::slice(text, symbol.signature)
            .split_whitespace()
            .collect();
        let (kind, name) = (symbol.kind, symbol.qualified_name());
        writeln!(
            out,
            "{kind:?} {name} @{} `{}`",
            lines(symbol.range),
            signature.join(" ")
        )
        .expect("a String takes all");
    }
    for import in &facts.imports {
        let (path, names) = (&import.path, import.names.join(", "));
        writeln!(
            out,
            "import {path} [{names}] @{}",
            line(import.range.start())
        )
        .expect("a String takes all");
    }
    for group in &facts.groups {
        let skipped = if group.skipped { " skipped" } else { "" };
        let title = group.title.map_or(String::new(), |range| {
            format!(" title `{}`", text::slice(text, range))
        });
        writeln!(
            out,
            "group {} @{}{skipped}{title}",
            group.full_name,
            lines(group.range)
        )
        .expect("a String takes all");
    }
    for test in &facts.tests {
        let skipped = if test.skipped { " skipped" } else { "" };
        let asserts = match (test.asserts, test.may_assert) {
            (true, _) => " asserts",
            (false, true) => " may assert",
            (false, false) => "",
        };
        let title = test.title.map_or(String::new(), |range| {
            format!(" title `{}`", text::slice(text, range))
        });
        writeln!(
            out,
            "test {} @{}{skipped}{asserts}{title}",
            test.full_name,
            lines(test.range)
        )
        .expect("a String takes all");
    }
    for found in &facts.mentions {
        let symbol = found
            .symbol
            .map(|index| facts.symbols[index as usize].qualified_name());
        let case = found
            .test
            .map(|index| facts.tests[index as usize].name.as_str());
        let group = found
            .group
            .map(|index| facts.groups[index as usize].name.as_str());
        let (key, place) = (&found.mention.key, found.place);
        write!(
            out,
            "mention {key} {place:?} @{}",
            line(found.mention.range.start())
        )
        .expect("a String takes all");
        for (what, name) in [
            ("symbol", symbol.as_deref()),
            ("test", case),
            ("group", group),
        ] {
            if let Some(name) = name {
                write!(out, " {what}=`{name}`").expect("a String takes all");
            }
        }
        out.push('\n');
    }
    writeln!(
        out,
        "known {} truncated {}",
        facts.symbols_known, facts.truncated
    )
    .expect("a String takes all");
    out
}

fn check(language: Language, text: &str, expected: &ExpectFile) {
    let facts = read(language, text, &|| false);
    expected.assert_eq(&rendered(text, &facts));
    let crlf = text.replace('\n', "\r\n");
    let facts = read(language, &crlf, &|| false);
    expected.assert_eq(&rendered(&crlf, &facts));
}

#[test]
fn rust() {
    check(
        Language::Rust,
        include_str!("samples/sample.rs"),
        &expect_file!["samples/sample.rs.facts"],
    );
}

#[test]
fn python() {
    check(
        Language::Python,
        include_str!("samples/sample.py"),
        &expect_file!["samples/sample.py.facts"],
    );
}

#[test]
fn tsx() {
    check(
        Language::Tsx,
        include_str!("samples/sample.tsx"),
        &expect_file!["samples/sample.tsx.facts"],
    );
}

#[test]
fn typescript() {
    check(
        Language::TypeScript,
        include_str!("samples/sample.ts"),
        &expect_file!["samples/sample.ts.facts"],
    );
}

#[test]
fn javascript() {
    check(
        Language::JavaScript,
        include_str!("samples/sample.js"),
        &expect_file!["samples/sample.js.facts"],
    );
}

#[test]
fn ruby() {
    check(
        Language::Ruby,
        include_str!("samples/sample.rb"),
        &expect_file!["samples/sample.rb.facts"],
    );
}

#[test]
fn c() {
    check(
        Language::C,
        include_str!("samples/sample.c"),
        &expect_file!["samples/sample.c.facts"],
    );
}

#[test]
fn go() {
    check(
        Language::Go,
        include_str!("samples/sample.go"),
        &expect_file!["samples/sample.go.facts"],
    );
}

#[test]
fn cpp() {
    check(
        Language::Cpp,
        include_str!("samples/sample.cpp"),
        &expect_file!["samples/sample.cpp.facts"],
    );
}

#[test]
fn java() {
    check(
        Language::Java,
        include_str!("samples/Sample.java"),
        &expect_file!["samples/Sample.java.facts"],
    );
}

#[test]
fn kotlin() {
    check(
        Language::Kotlin,
        include_str!("samples/sample.kt"),
        &expect_file!["samples/sample.kt.facts"],
    );
}

#[test]
fn csharp() {
    check(
        Language::CSharp,
        include_str!("samples/Sample.cs"),
        &expect_file!["samples/Sample.cs.facts"],
    );
}

#[test]
fn php() {
    check(
        Language::Php,
        include_str!("samples/sample.php"),
        &expect_file!["samples/sample.php.facts"],
    );
}

#[test]
fn scala() {
    check(
        Language::Scala,
        include_str!("samples/sample.scala"),
        &expect_file!["samples/sample.scala.facts"],
    );
}

#[test]
fn swift() {
    check(
        Language::Swift,
        include_str!("samples/sample.swift"),
        &expect_file!["samples/sample.swift.facts"],
    );
}

#[test]
fn bash() {
    check(
        Language::Bash,
        include_str!("samples/sample.sh"),
        &expect_file!["samples/sample.sh.facts"],
    );
}

#[test]
fn bats() {
    check(
        Language::Bash,
        include_str!("samples/sample.bats"),
        &expect_file!["samples/sample.bats.facts"],
    );
}

#[test]
fn hcl() {
    check(
        Language::Hcl,
        include_str!("samples/sample.tf"),
        &expect_file!["samples/sample.tf.facts"],
    );
}

#[test]
fn sql() {
    check(
        Language::Sql,
        include_str!("samples/sample.sql"),
        &expect_file!["samples/sample.sql.facts"],
    );
}

/// While a name is typed its second quote is missing: what follows is not its name.
#[test]
fn a_name_in_sql_that_nothing_closes_is_none() {
    for text in [
        "CREATE TABLE \"open\r\n",
        "CREATE TABLE \"決済",
        "CREATE TABLE `open (id int);\n",
        "CREATE TYPE \"\"\"state\r\n",
    ] {
        let facts = read(Language::Sql, text, &|| false);
        assert!(facts.symbols.is_empty(), "{text:?}: {:?}", facts.symbols);
    }
    let facts = read(
        Language::Sql,
        "CREATE TYPE state AS ENUM ('one', 'two\n",
        &|| false,
    );
    let names: Vec<_> = facts.symbols.iter().map(|symbol| &symbol.name).collect();
    assert_eq!(names, ["state", "one"]);
}

#[test]
fn a_byte_order_mark_hides_nothing() {
    for (language, text) in [
        (Language::Sql, "CREATE TABLE a (b int);"),
        (Language::Cpp, "#define A 1\nclass API B : C {};\n"),
        (Language::Ruby, "class A\n  def b; end\nend\n"),
    ] {
        let facts = read(language, &format!("\u{feff}{text}"), &|| false);
        let names: Vec<_> = facts.symbols.iter().map(|symbol| &symbol.name).collect();
        assert_eq!(names.len(), 2, "{language:?}: {names:?}");
    }
}

/// The grammar of Bash looks characters up in a table of bytes.
#[test]
fn characters_beyond_bytes_are_harmless_in_bash() {
    for text in [
        "👩",
        "$👩",
        "echo 決済 > 👩\n",
        "((👩",
        "<👩",
        "{👩..👩}",
        "a=👩",
    ] {
        let facts = read(Language::Bash, text, &|| false);
        assert!(!facts.truncated, "{text}");
    }
    let facts = read(
        Language::Bash,
        "# 決済 FR-001\nf() { echo 👩; }\n",
        &|| false,
    );
    assert_eq!(facts.symbols[0].name, "f");
    assert_eq!(facts.mentions[0].mention.key, "FR-001");
}

#[test]
fn every_language_compiles_its_queries() {
    for language in Language::ALL {
        let facts = read(*language, "", &|| false);
        assert!(facts.symbols_known && !facts.truncated, "{language:?}");
    }
}

#[test]
fn syntax_errors_make_absence_unknown() {
    let facts = read(Language::Rust, "fn a() {}\nfn b( { \"\n", &|| false);
    assert!(!facts.symbols_known);
    assert_eq!(facts.symbols[0].name, "a");
}

#[test]
fn a_cancelled_read_says_so() {
    let text = "fn a() { let x = [1, 2, 3]; }\n".repeat(20_000);
    let facts = read(Language::Rust, &text, &|| true);
    assert!(facts.truncated && !facts.symbols_known && facts.symbols.is_empty());
    let facts = read(Language::Rust, "fn after() {}", &|| false);
    assert_eq!(facts.symbols[0].name, "after");
}

#[test]
fn symbols_are_capped() {
    let text = "const A: u8 = 1;\n".repeat(code::MAX_SYMBOLS + 1);
    let facts = read(Language::Rust, &text, &|| false);
    assert_eq!(facts.symbols.len(), code::MAX_SYMBOLS);
    assert!(facts.truncated);
}

#[test]
fn hostile_depth_is_refused() {
    let facts = read(Language::Rust, &"(".repeat(200_000), &|| false);
    assert!(facts.truncated && !facts.symbols_known);
}

#[test]
fn other_languages_give_mentions_only() {
    let zig = "// Spec 027.\nconst login = 1;\n\n// FR-001: keeps\nfn keep() string {\n\turl = \"http://x/FR-009\" // SC-002\n}\n/* US1\n FR-003 */\nfn t() { run(\"FR-004: loses nothing\", null) }\n";
    let facts = code::read_path("a/login.zig", zig, &|| false).expect("a String takes all");
    let found: Vec<_> = facts
        .mentions
        .iter()
        .map(|found| (found.mention.key.as_str(), found.place))
        .collect();
    assert_eq!(
        found,
        [
            ("FR-001", Comment),
            ("SC-002", Comment),
            ("US1", Comment),
            ("FR-003", Comment),
            ("FR-004", Title)
        ]
    );
    assert_eq!(facts.head[0].feature, "027");
    assert!(facts.symbols.is_empty() && !facts.symbols_known && facts.language.is_none());
    assert_eq!(code::read_path("spec.md", "FR-001", &|| false), None);
}
