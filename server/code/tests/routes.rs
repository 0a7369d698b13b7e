//! One sample file per framework: which routes are read from it, and which are not.
#![expect(clippy::expect_used, reason = "a test may panic")]

use std::fmt::Write as _;

use code::{Methods, SourceFacts};
use expect_test::{ExpectFile, expect_file};

/// Routes and mounts, one line each.
fn rendered(text: &str, facts: &SourceFacts) -> String {
    let line =
        |range: text::TextRange| 1 + text[..usize::from(range.start())].matches('\n').count();
    let mut out = String::new();
    for route in &facts.routes {
        let methods = match &route.methods {
            Methods::Any => "*".to_owned(),
            Methods::Only(methods) => methods.join("|"),
            Methods::Unknown => "?".to_owned(),
        };
        write!(
            out,
            "{:?} {methods} {}{} `{}` @{}",
            route.framework,
            if route.complete { "" } else { "..." },
            route.template.as_deref().unwrap_or("?"),
            text::slice(text, route.range),
            line(route.range)
        )
        .expect("a String takes all");
        if let Some(router) = &route.router {
            write!(out, " on {router}").expect("a String takes all");
        }
        if let Some(handler) = &route.handler {
            write!(out, " -> {handler}").expect("a String takes all");
        }
        if let Some(symbol) = route.symbol {
            let name = facts.symbols[symbol as usize].qualified_name();
            write!(out, " = {name}").expect("a String takes all");
        }
        out.push('\n');
    }
    for mount in &facts.mounts {
        writeln!(
            out,
            "{:?} mounts `{}` {}{} @{}",
            mount.framework,
            mount.target,
            if mount.complete { "" } else { "..." },
            mount.prefix.as_deref().unwrap_or("?"),
            line(mount.range)
        )
        .expect("a String takes all");
    }
    out
}

fn check(path: &str, text: &str, expected: &ExpectFile) {
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        let facts = code::read_path(path, &text, &|| false).expect("a source file");
        for route in &facts.routes {
            if let Some(written) = route.path.as_ref().filter(|path| !path.is_empty()) {
                assert_eq!(text::slice(&text, route.range), written);
            }
        }
        expected.assert_eq(&rendered(&text, &facts));
    }
}

macro_rules! samples {
    ($($name:ident: $path:literal,)*) => {
        $(#[test]
        fn $name() {
            check(
                $path,
                include_str!(concat!("samples/routes/", $path)),
                &expect_file![concat!("samples/routes/", $path, ".facts")],
            );
        })*
    };
}

samples! {
    axum: "axum.rs",
    actix: "actix.rs",
    express: "express.ts",
    fastify: "fastify.ts",
    nest: "nest.ts",
    fastapi: "fastapi.py",
    flask: "flask.py",
    django: "django.py",
    rails: "rails.rb",
    gin: "gin.go",
    echo: "echo.go",
    chi: "chi.go",
    net_http: "nethttp.go",
    spring: "Spring.java",
    spring_kotlin: "spring.kt",
    asp_net: "AspNet.cs",
}

#[test]
fn a_call_named_as_a_verb_is_no_route_without_its_framework() {
    for (path, text) in [
        ("a.ts", "cache.get('/x', () => 1); app.get('/y', handler);"),
        ("a.py", "@cache.get('/x')\ndef f(): ...\n"),
        ("a.rs", "fn f() { map.route(\"/x\", get(f)); }"),
        ("a.rb", "get '/x', to: 'a#b'\n"),
        ("a.go", "package a\nfunc f() { r.GET(\"/x\", f) }\n"),
        ("A.java", "class A { @GetMapping(\"/x\") void f() {} }"),
        ("A.cs", "class A { void F() { m.Get(\"/x\", F); } }"),
    ] {
        let facts = code::read_path(path, text, &|| false).expect("a source file");
        assert_eq!(facts.routes, [], "{path}");
    }
}
