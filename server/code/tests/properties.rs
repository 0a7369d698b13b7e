//! What holds for any text.

#[path = "holds/source.rs"]
mod holds;

use code::{GateWords, Language, gate, read, read_path, read_plain};
use holds::holds;
use proptest::prelude::*;

fn check(text: &str) {
    for language in Language::ALL {
        holds(&read(*language, text, &|| false), text);
    }
    for extension in ["zig", "rb", "sql", "vue", "lua", "ps1", "unknown"] {
        holds(&read_plain(text, extension), text);
    }
    if let Some(facts) = read_path("a.feature", text, &|| false) {
        holds(&facts, text);
    }
}

/// Pieces that make text look like source.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "fn ", "def ", "class ", "function ", "const ", "export default ", "impl ", "mod tests ", "#[test]\n",
            "@skip\n", "describe(", "it.each(", "it('", "')", "test(\"", "`", "'''", "\"\"\"", "//", "/*", "*/", "///", "# ",
            "<!--", "FR-001", "US1 ", "T004-T007", "specs/027-x/", "Feature: ", ".kiro/specs/", "{", "}", "(", ")", ":",
            "=> ", ";", "\n", "\r\n", "    ", "name", "決済", "👩‍👩‍👧", "\u{feff}", "\\", "r#\"", "<div>", "async ",
            "assert!(", "expect(", "proptest! {", "-- ", "[[", "r[impl a.b]", "[impl->req~FR-001~1]", "//= specs/027-x/spec.md#a", "//# ", "@Requirements(\"FR-002\")",
            "@FR-003", "Scenario: ", "implements ",
            "do |x|\n", "\nend", "struct ", "API ", "MACRO(", "#if A\n", "#else\n", "#endif\n", "template <", "::", "TEST(",
            "CREATE TABLE ", "CREATE FUNCTION ", "AS $$", "ALTER TABLE a ADD COLUMN ", ",", "@test \"x\" {\n", "resource \"a\" \"b\" ",
            "func ", "case ", "[A]", "'", "$",
            "func (s *S) ", "package a\n", "interface ", "fun `x y`() ", "@Test ", "[Fact(Skip = \"x\")]\n",
            "namespace A\\B;", "<?php\n", "object : ", "val (a, b)", "enum class ", "in {", " should \"", "t.Run(\"", "import a.{b => c}\n",
            "for _, tt := range []struct{ name string }{{\"x\"}} {", "record ", "#[", "case ",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(|c| c.to_string()),
    ]
}

/// Samples that register routes; ASCII, so that they may be cut anywhere.
const ROUTES: [(&str, &str); 14] = [
    ("a.rs", include_str!("samples/routes/axum.rs")),
    ("a.rs", include_str!("samples/routes/actix.rs")),
    ("a.ts", include_str!("samples/routes/express.ts")),
    ("a.ts", include_str!("samples/routes/fastify.ts")),
    ("a.ts", include_str!("samples/routes/nest.ts")),
    ("a.py", include_str!("samples/routes/fastapi.py")),
    ("a.py", include_str!("samples/routes/flask.py")),
    ("a.py", include_str!("samples/routes/django.py")),
    ("a.rb", include_str!("samples/routes/rails.rb")),
    ("a.go", include_str!("samples/routes/gin.go")),
    ("a.go", include_str!("samples/routes/chi.go")),
    ("a.go", include_str!("samples/routes/nethttp.go")),
    ("A.java", include_str!("samples/routes/Spring.java")),
    ("A.cs", include_str!("samples/routes/AspNet.cs")),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn source_like_text(pieces in prop::collection::vec(piece(), 0..60)) {
        check(&pieces.concat());
    }

    #[test]
    fn damaged_samples(cut in 0_usize..2_000, insert in piece()) {
        for (language, sample) in [
            (Language::Go, include_str!("samples/sample.go")),
            (Language::Java, include_str!("samples/Sample.java")),
            (Language::Kotlin, include_str!("samples/sample.kt")),
            (Language::CSharp, include_str!("samples/Sample.cs")),
            (Language::Php, include_str!("samples/sample.php")),
            (Language::Scala, include_str!("samples/sample.scala")),
            (Language::Rust, include_str!("samples/sample.rs")),
            (Language::Python, include_str!("samples/sample.py")),
            (Language::Tsx, include_str!("samples/sample.tsx")),
            (Language::Ruby, include_str!("samples/sample.rb")),
            (Language::C, include_str!("samples/sample.c")),
            (Language::Cpp, include_str!("samples/sample.cpp")),
            (Language::Swift, include_str!("samples/sample.swift")),
            (Language::Bash, include_str!("samples/sample.bats")),
            (Language::Hcl, include_str!("samples/sample.tf")),
            (Language::Sql, include_str!("samples/sample.sql")),
        ] {
            let mut text = sample.to_owned();
            text.insert_str(cut.min(sample.len()), &insert);
            holds(&read(language, &text, &|| false), &text);
        }
    }

    #[test]
    fn damaged_routes(which in 0_usize..ROUTES.len(), cut in 0_usize..1_200, drop in 0_usize..40, insert in piece()) {
        let (path, sample) = ROUTES[which];
        let (start, end) = (cut.min(sample.len()), (cut + drop).min(sample.len()));
        let mut text = sample.to_owned();
        text.replace_range(start..end, &insert);
        if let Some(facts) = code::read_path(path, &text, &|| false) {
            holds(&facts, &text);
        }
    }

    /// The gate stops no file that holds a mention with a standard prefix.
    #[test]
    fn what_has_mentions_passes_the_gate(pieces in prop::collection::vec(piece(), 0..60)) {
        let text = pieces.concat();
        let words = GateWords::new(&["FR", "NFR", "EC", "SC", "US", "AC", "T", "CHK"], &[]);
        let mentions = Language::ALL
            .iter()
            .any(|language| read(*language, &text, &|| false).mentions.iter().any(|found| found.mention.standard));
        if mentions {
            prop_assert!(gate(text.as_bytes(), &words), "{text:?}");
        }
    }
}
