//! What changes the prints of a symbol and what does not, in every language.

use code::{Language, Prints, SourceFacts, read};
use proptest::prelude::*;
use text::TextSize;

/// A sample of each language. Names that begin with `loc` are bound inside bodies.
const SAMPLES: [(Language, &str); 16] = [
    (Language::Rust, include_str!("samples/prints/sample.rs")),
    (
        Language::TypeScript,
        include_str!("samples/prints/sample.ts"),
    ),
    (Language::Python, include_str!("samples/prints/sample.py")),
    (Language::Go, include_str!("samples/prints/sample.go")),
    (Language::Java, include_str!("samples/prints/Sample.java")),
    (Language::Kotlin, include_str!("samples/prints/sample.kt")),
    (Language::CSharp, include_str!("samples/prints/Sample.cs")),
    (Language::Php, include_str!("samples/prints/sample.php")),
    (Language::Ruby, include_str!("samples/prints/sample.rb")),
    (Language::C, include_str!("samples/prints/sample.c")),
    (Language::Cpp, include_str!("samples/prints/sample.cpp")),
    (Language::Swift, include_str!("samples/prints/sample.swift")),
    (Language::Scala, include_str!("samples/prints/sample.scala")),
    (Language::Bash, include_str!("samples/prints/sample.sh")),
    (Language::Hcl, include_str!("samples/prints/sample.tf")),
    (Language::Sql, include_str!("samples/prints/sample.sql")),
];

fn facts(language: Language, text: &str) -> SourceFacts {
    read(language, text, &|| false)
}

/// Names and prints without what comments and blanks change.
fn prints(facts: &SourceFacts) -> Vec<(String, u64, u64)> {
    let symbols = facts.symbols.iter();
    let symbols = symbols.map(|symbol| (symbol.qualified_name(), symbol.prints));
    let tests = facts.tests.iter();
    let tests = tests.map(|test| (test.full_name.clone(), test.prints));
    let plain = |(name, prints): (String, Prints)| (name, prints.signature, prints.body);
    symbols.chain(tests).map(plain).collect()
}

fn line_comment(language: Language) -> &'static str {
    match language {
        Language::Python | Language::Ruby | Language::Bash | Language::Hcl => "# said aside",
        Language::Sql => "-- said aside",
        _ => "// said aside",
    }
}

#[test]
fn samples_are_read_whole() {
    for (language, sample) in SAMPLES {
        let facts = facts(language, sample);
        assert!(facts.symbols_known, "{language:?}");
        assert!(facts.symbols.len() > 1, "{language:?}");
        for symbol in &facts.symbols {
            assert!(symbol.prints.is_known(), "{language:?} {}", symbol.name);
        }
    }
}

#[test]
fn names_bound_inside_a_body_may_be_others() {
    for (language, sample) in SAMPLES {
        let renamed = ('A'..='Z').fold(sample.to_owned(), |text, letter| {
            text.replace(&format!("loc{letter}"), &format!("otherwise{letter}"))
        });
        let (before, after) = (facts(language, sample), facts(language, &renamed));
        assert_eq!(prints(&before), prints(&after), "{language:?}");
        if renamed != sample {
            let raw = |facts: &SourceFacts| -> Vec<u64> {
                facts.symbols.iter().map(|it| it.prints.raw).collect()
            };
            assert_ne!(raw(&before), raw(&after), "{language:?}");
        }
    }
}

/// Two bound names may not change places, nor become one.
#[test]
fn one_bound_name_is_not_another() {
    for (language, sample) in SAMPLES {
        if !sample.contains("locB") {
            continue;
        }
        let joined = sample.replace("locB", "locA");
        let (before, after) = (facts(language, sample), facts(language, &joined));
        assert_ne!(prints(&before), prints(&after), "{language:?}");
    }
}

/// Words of the code: lines that hold a comment or a docstring left out.
fn words(facts: &SourceFacts, sample: &str) -> Vec<std::ops::Range<usize>> {
    let is_spoken = |at: usize| {
        let start = sample[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = sample[start..].lines().next().unwrap_or_default();
        ["//", "/*", "--", "# ", "\"\"\""]
            .iter()
            .any(|mark| line.contains(mark))
    };
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in sample.char_indices().chain([(sample.len(), ' ')]) {
        if c.is_alphanumeric() || c == '_' {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            words.push(start..at);
        }
    }
    words.retain(|word| {
        let at = TextSize::from(word.start as u32);
        !is_spoken(word.start)
            && facts.symbols.iter().any(|symbol| symbol.range.contains(at))
            && !sample[word.clone()].starts_with("loc")
    });
    words
}

/// Any word that is not bound inside a body changes the prints of the symbols around it, and of no others.
#[test]
fn a_word_changes_what_is_around_it() {
    for (language, sample) in SAMPLES {
        let before = facts(language, sample);
        let mut tried = 0;
        for word in words(&before, sample) {
            let other = if sample[word.clone()].starts_with(|c: char| c.is_ascii_digit()) {
                "77"
            } else {
                "zebra"
            };
            let mut text = sample.to_owned();
            text.replace_range(word.clone(), other);
            let after = facts(language, &text);
            let same_shape = after.symbols_known
                && after.symbols.len() == before.symbols.len()
                && after
                    .symbols
                    .iter()
                    .zip(&before.symbols)
                    .all(|(new, old)| new.kind == old.kind);
            if !same_shape {
                continue;
            }
            tried += 1;
            let at = TextSize::from(word.start as u32);
            for (new, old) in after.symbols.iter().zip(&before.symbols) {
                let what = format!("{language:?}: {} in {}", &sample[word.clone()], old.name);
                // The value of a constant is its body.
                let value = sample[old.range]
                    .find('=')
                    .map(|value| usize::from(old.range.start()) + value)
                    .filter(|_| old.kind == code::SymbolKind::Constant);
                let in_signature =
                    old.signature.contains(at) && value.is_none_or(|value| usize::from(at) < value);
                let in_body = old.range.contains(at) && !in_signature;
                assert_eq!(
                    new.prints.signature != old.prints.signature,
                    in_signature,
                    "{what}"
                );
                assert_eq!(new.prints.body != old.prints.body, in_body, "{what}");
                let inside = old.range.contains(at);
                assert_eq!(new.prints.raw != old.prints.raw, inside, "{what}");
            }
        }
        assert!(tried > 5, "{language:?}: {tried}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Blanks, empty lines and comments at the ends of lines say nothing.
    #[test]
    fn blanks_and_comments_say_nothing(choices in prop::collection::vec(0_u8..5, 64)) {
        for (language, sample) in SAMPLES {
            let comment = line_comment(language);
            let mut text = String::new();
            for (line, choice) in sample.lines().zip(choices.iter().cycle()) {
                let continued = line.starts_with('#') && language == Language::C || line.ends_with('\\');
                text.push_str(line);
                match choice {
                    _ if continued => {}
                    1 => text.push_str("   "),
                    2 => text.push('\n'),
                    3 => text.extend([" ", comment]),
                    4 => text.extend(["\n", comment, "\n"]),
                    _ => {}
                }
                text.push('\n');
            }
            let (before, after) = (facts(language, sample), facts(language, &text));
            prop_assert_eq!(prints(&before), prints(&after), "{:?}\n{}", language, text);
        }
    }

    /// Where a symbol stands says nothing.
    #[test]
    fn the_place_says_nothing(lines in 1_usize..5) {
        for (language, sample) in SAMPLES {
            if language == Language::Php {
                continue;
            }
            let text = format!("{}{sample}", "\n".repeat(lines));
            prop_assert_eq!(prints(&facts(language, sample)), prints(&facts(language, &text)));
        }
    }
}

/// What formatters do: the same code before and after.
#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn formatters_change_nothing() {
    for (language, before, after) in [
        // rustfmt
        (
            Language::Rust,
            "fn a() { f(b, c) }",
            "fn a() {\n    f(\n        b,\n        c,\n    )\n}\n",
        ),
        (
            Language::Rust,
            "fn a() { match x { 1 => { b() } 2 => c(), } }",
            "fn a() {\n    match x {\n        1 => b(),\n        2 => {\n            c()\n        }\n    }\n}\n",
        ),
        (
            Language::Rust,
            "fn a() { if x { return 1 } x.map(|y| { y + 1 }) }",
            "fn a() {\n    if x {\n        return 1;\n    }\n    x.map(|y| y + 1)\n}\n",
        ),
        (
            Language::Rust,
            "mod m { use b::{d, c}; use a; fn f() {} }",
            "mod m {\n    use a;\n    use b::{c, d};\n    fn f() {}\n}\n",
        ),
        (
            Language::Rust,
            "struct A { b: u32 }",
            "struct A {\n    b: u32,\n}\n",
        ),
        // prettier
        (
            Language::TypeScript,
            "const f = x => { g('a', \"it's\") }",
            "const f = (x) => {\n  g(\"a\", 'it\\'s');\n};\n",
        ),
        (
            Language::TypeScript,
            "function f() { return a && b || c }",
            "function f() {\n  return (a && b) || c;\n}\n",
        ),
        (
            Language::TypeScript,
            "function f() { const a = {'b': 1, c: [1,2]}; return new A }",
            "function f() {\n  const a = {\n    b: 1,\n    c: [1, 2],\n  };\n  return new A();\n}\n",
        ),
        (
            Language::TypeScript,
            "type A = 'x' | 'y'\ninterface B { a: string, b: A }",
            "type A =\n  | \"x\"\n  | \"y\";\ninterface B {\n  a: string;\n  b: A;\n}\n",
        ),
        (
            Language::Tsx,
            "const A = () => <p className='x'>one two {' '}<b/></p>",
            "const A = () => (\n  <p className=\"x\">\n    one\n    two <b />\n  </p>\n);\n",
        ),
        // black and ruff
        (
            Language::Python,
            "def f(a, b):\n    return g('a', U'b', 0XFF)\n",
            "def f(\n    a,\n    b,\n):\n    return g(\n        \"a\",\n        \"b\",\n        0xFF,\n    )\n",
        ),
        (
            Language::Python,
            "class A():\n    '''Says.'''\n    x = 1,\n",
            "class A:\n    \"\"\"Says.\"\"\"\n\n    x = (1,)\n",
        ),
        (
            Language::Python,
            "def f():\n    for (a, b) in (c): print(f'{a} x'); del (b)\n",
            "def f():\n    for a, b in c:\n        print(f\"{a} x\")\n        del b\n",
        ),
        (
            Language::Python,
            "def f():\n    assert a == b and \\\n        c, 'long'\n",
            "def f():\n    assert (\n        a == b and c\n    ), \"long\"\n",
        ),
        // gofmt
        (
            Language::Go,
            "package a\nfunc f() { if (x) { g(1, 0XF); h() } }\n",
            "package a\n\nfunc f() {\n\tif x {\n\t\tg(1, 0xf)\n\t\th()\n\t}\n}\n",
        ),
        // ktlint, swift-format, scalafmt, rubocop, php-cs-fixer
        (
            Language::Kotlin,
            "fun f(a: Int, b: Int) { g(a, b); h() }\n",
            "fun f(\n    a: Int,\n    b: Int,\n) {\n    g(a, b)\n    h()\n}\n",
        ),
        (
            Language::Swift,
            "func f() { g([1, 2]); h() }\n",
            "func f() {\n    g([\n        1,\n        2,\n    ])\n    h()\n}\n",
        ),
        (
            Language::Ruby,
            "def f\n  g 'a', [1, 2]; h\nend\n",
            "def f\n  g(\"a\", [\n    1,\n    2,\n  ])\n  h\nend\n",
        ),
        (
            Language::Php,
            "<?php\nfunction f() { return [ 'a', \"b\" ]; }\n",
            "<?php\nfunction f()\n{\n    return [\n        \"a\",\n        'b',\n    ];\n}\n",
        ),
        (
            Language::Java,
            "class A { int[] a = {1, 2}; int f() { return (1); } }\n",
            "class A {\n  int[] a = {\n    1, 2,\n  };\n\n  int f() {\n    return 1;\n  }\n}\n",
        ),
        (
            Language::CSharp,
            "class A { int F() { return (G(1)); } }\n",
            "class A\n{\n    int F()\n    {\n        return G(1);\n    }\n}\n",
        ),
        (
            Language::Cpp,
            "int f(){ return a+b; }\n",
            "int f()\n{\n    return a + b;\n}\n",
        ),
        (
            Language::Bash,
            "f() { if a; then b; c; fi; }\n",
            "f() {\n  if a\n  then\n    b\n    c\n  fi\n}\n",
        ),
        (
            Language::Sql,
            "CREATE TABLE a (b INT, c TEXT);\n",
            "create table a (\n  b int,\n  c text\n);\n",
        ),
    ] {
        let (old, new) = (facts(language, before), facts(language, after));
        assert!(!old.symbols.is_empty() && old.symbols_known, "{before}");
        assert_eq!(prints(&old), prints(&new), "{language:?}: {before}");
    }
}

/// What looks like a formatter's work and is none.
#[test]
fn what_says_something_else_has_other_prints() {
    for (language, before, after) in [
        (
            Language::Rust,
            "fn a() { (b + c) * d }",
            "fn a() { b + c * d }",
        ),
        (
            Language::Rust,
            "fn a() { b - (c - d) }",
            "fn a() { b - c - d }",
        ),
        (Language::Rust, "fn a() { b(); }", "fn a() { b() }"),
        (Language::Rust, "fn a() { (b,) }", "fn a() { (b) }"),
        (Language::Rust, "fn a() { b(\"x\") }", "fn a() { b(x) }"),
        (
            Language::TypeScript,
            "function f() { return [a, , b] }",
            "function f() { return [a, b] }",
        ),
        (
            Language::TypeScript,
            "function f() { return\n x }",
            "function f() { return x }",
        ),
        (
            Language::TypeScript,
            "function f() { g(a, (b) => c) }",
            "function f() { g((a, b) => c) }",
        ),
        (
            Language::TypeScript,
            "function f() { for (;a;) {} }",
            "function f() { for (a;;) {} }",
        ),
        (
            Language::TypeScript,
            "const a = { b: 'x-y' }",
            "const a = { b: `x-y` }",
        ),
        (
            Language::Python,
            "def f():\n    x = 1,\n",
            "def f():\n    x = 1\n",
        ),
        (
            Language::Python,
            "def f():\n    if a:\n        b()\n        c()\n",
            "def f():\n    if a:\n        b()\n    c()\n",
        ),
        (
            Language::Python,
            "def f():\n    return f\"{a} 'x'\"\n",
            "def f():\n    return f\"{a} x\"\n",
        ),
        (
            Language::Python,
            "def f():\n    return (a or b) and c\n",
            "def f():\n    return a or b and c\n",
        ),
        (
            Language::Go,
            "package a\nfunc f() { return (a + b) * c }\n",
            "package a\nfunc f() { return a + b * c }\n",
        ),
        (Language::Bash, "f() { a; b; }\n", "f() { a b; }\n"),
    ] {
        let (old, new) = (facts(language, before), facts(language, after));
        assert!(old.symbols_known && new.symbols_known, "{before} {after}");
        assert_ne!(prints(&old), prints(&new), "{language:?}: {before} {after}");
    }
}

/// A parameter is no local name, and a name of the body around is none of a function in it.
#[test]
fn parameters_are_not_bound_in_the_body() {
    for (language, before, after) in [
        (
            Language::Rust,
            "fn a(b: u32) { c(b) }",
            "fn a(x: u32) { c(x) }",
        ),
        (
            Language::TypeScript,
            "const a = (b) => c(b);",
            "const a = (x) => c(x);",
        ),
        (
            Language::Python,
            "def a(b):\n    c(b)\n",
            "def a(x):\n    c(x)\n",
        ),
        (
            Language::Go,
            "package a\nfunc a(b int) { c(b) }\n",
            "package a\nfunc a(x int) { c(x) }\n",
        ),
    ] {
        let (old, new) = (facts(language, before), facts(language, after));
        let (old, new) = (old.symbols[0].prints, new.symbols[0].prints);
        assert_ne!(old.signature, new.signature, "{before}");
        assert_ne!(old.body, new.body, "{before}");
    }
    let nested = |name: &str| {
        format!(
            "def outer():\n    {name} = 1\n    def inner():\n        return {name}\n    return inner\n"
        )
    };
    let (old, new) = (nested("a"), nested("b"));
    let (old, new) = (facts(Language::Python, &old), facts(Language::Python, &new));
    assert_eq!(old.symbols[0].prints.body, new.symbols[0].prints.body);
    assert_ne!(old.symbols[1].prints.body, new.symbols[1].prints.body);
}

/// A function that is bound in a body is a local name there, wherever in the body it is used; for itself it is its name.
#[test]
fn functions_in_a_body_are_local_names() {
    let outer = |name: &str| {
        format!(
            "function outer() {{\n  on(() => {name}());\n  const {name} = (a: A) => a.{name};\n  return {name};\n}}\n"
        )
    };
    let (old, new) = (outer("load"), outer("fetch"));
    let new = new.replace("a.fetch", "a.load");
    let (old, new) = (
        facts(Language::TypeScript, &old),
        facts(Language::TypeScript, &new),
    );
    assert_eq!(old.symbols[0].prints.body, new.symbols[0].prints.body);
    let inner = |facts: &SourceFacts| facts.symbols.get(1).map(|inner| inner.prints.signature);
    assert_ne!(inner(&old), inner(&new));
    let other = facts(
        Language::TypeScript,
        &outer("load").replace("return load", "return fetch"),
    );
    assert_ne!(old.symbols[0].prints.body, other.symbols[0].prints.body);
}

/// Deep nesting costs no more than its length times a bound, and what is too deep has no prints.
#[test]
fn what_is_nested_too_deep_is_unknown() {
    let text = format!("{}{}", "mod a { fn f() {} ".repeat(60), "}".repeat(60));
    let facts = facts(Language::Rust, &text);
    let known = facts
        .symbols
        .iter()
        .filter(|symbol| symbol.prints.is_known());
    assert!(known.count() >= 60);
    assert!(facts.symbols.iter().any(|symbol| !symbol.prints.is_known()));
}
