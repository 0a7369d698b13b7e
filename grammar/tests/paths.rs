//! Which paths a line names: one table row per form.

use grammar::{PathStyle, TextSize, paths};

/// Path, then `` ` `` (code) or `()` (link), `*` glob, `~` home, `#symbol`, and `@written` where it differs.
fn read(text: &str) -> String {
    let mut found = Vec::new();
    paths(text, TextSize::new(0), &mut found);
    let shown: Vec<String> = found
        .iter()
        .map(|p| {
            assert_eq!(p.directory, p.path.ends_with('/'));
            let mut line = p.path.to_string();
            line += match p.style {
                PathStyle::Code => "`",
                PathStyle::Bare => "",
                PathStyle::Link => "()",
            };
            if p.glob {
                line += "*";
            }
            if p.home {
                line += "~";
            }
            if let Some((symbol, range)) = &p.symbol {
                assert_eq!(&text[*range], symbol.as_str());
                line = format!("{line}#{symbol}");
            }
            if text[p.range] != *p.path {
                line = format!("{line}@{}", &text[p.range]);
            }
            line
        })
        .collect();
    shown.join(" | ")
}

#[track_caller]
fn table(rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(text, want)| read(text) != *want)
        .map(|(text, want)| format!("{text:?}\n  want {want}\n  got  {}", read(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn bare_paths() {
    table(&[
        (
            "- [ ] T012 [P] [US1] Create User in src/models/user.py",
            "src/models/user.py",
        ),
        ("in backend/src/, then", "backend/src/"),
        ("Run ./x and ../y/z.sh.", "x@./x | ../y/z.sh"),
        ("see README.md, Cargo.toml.", "README.md | Cargo.toml"),
        ("(src/a.ts)", "src/a.ts"),
        ("**src/a.ts**: text", "src/a.ts"),
        ("_src/a.ts_", "src/a.ts"),
        ("**src/**: the source", "src/"),
        ("\"src/a.ts\"", "src/a.ts"),
        ("tests/unit and src/models", "tests/unit | src/models"),
        (
            "in src/app/(auth)/login/page.tsx",
            "src/app/(auth)/login/page.tsx",
        ),
        (
            "src/app/api/[id]/[...slug]/route.ts",
            "src/app/api/[id]/[...slug]/route.ts",
        ),
        ("update Makefile and Dockerfile", "Makefile | Dockerfile"),
        (
            "`tests/诗选3首【精选】.txt` と `src/設定（新）.md`",
            "tests/诗选3首【精选】.txt` | src/設定（新）.md`",
        ),
        ("`src/a.rs（新規）`", "src/a.rs`"),
        (
            "in configs/docker/frontend.Dockerfile",
            "configs/docker/frontend.Dockerfile",
        ),
        (
            ".github/workflows/ci.yml .env.example",
            ".github/workflows/ci.yml | .env.example",
        ),
        (
            "--config .github/.golangci.yml ./...",
            ".github/.golangci.yml",
        ),
        ("src\\Foo\\Bar.cs", "src/Foo/Bar.cs@src\\Foo\\Bar.cs"),
        ("test\\_foo.py", "test_foo.py@test\\_foo.py"),
        ("src/models/user.pyに実装", "src/models/user.py"),
        (
            "（src/models/user.py）、tests/x.py。",
            "src/models/user.py | tests/x.py",
        ),
        ("~/.config/app.toml", "~/.config/app.toml~"),
        ("src/**/*.ts and *.go", "src/**/*.ts* | *.go*"),
        ("CHANGELOG.md/README.md", "CHANGELOG.md | README.md"),
        ("src/routes/+page.svelte", "src/routes/+page.svelte"),
        ("/specs/001-x/plan.md", "/specs/001-x/plan.md"),
    ]);
}

#[test]
fn formatters_turn_underscores_into_stars() {
    table(&[
        ("Create **init**.py", "__init__.py@**init**.py"),
        (
            "Create src/**init**.py in",
            "src/__init__.py@src/**init**.py",
        ),
        (
            "in src/**tests**/a.ts",
            "src/__tests__/a.ts@src/**tests**/a.ts",
        ),
        ("src/__init__.py", "src/__init__.py"),
    ]);
}

#[test]
fn code_and_links() {
    table(&[
        ("`src/a.ts`", "src/a.ts`"),
        ("``src/a.ts``", "src/a.ts`"),
        (
            "`webview/src/spec-viewer` `user.py`",
            "webview/src/spec-viewer` | user.py`",
        ),
        (
            "run `go test ./internal/... -run X`",
            "internal/`*@./internal/...",
        ),
        ("`cd backend && pytest tests/unit`", "tests/unit`"),
        ("[plan](./plan.md)", "plan.md()@./plan.md"),
        ("[a](../x/y.md#top \"T\")", "../x/y.md()#top"),
        ("[a](my%20file.md)", "my file.md()@my%20file.md"),
        ("[a](https://x.y/z.md) [b](#top) [c](mailto:a@b.c)", ""),
        ("[src/a.ts](src/a.ts)", "src/a.ts | src/a.ts()"),
        ("![x](img/x.png)", "img/x.png()"),
    ]);
}

#[test]
fn suffixes() {
    table(&[
        ("src/a.rs:12 and src/b.rs:12-34", "src/a.rs | src/b.rs"),
        ("src/a.rs::process", "src/a.rs#process"),
        (
            "`tests/test_x.py::TestX::test_y`",
            "tests/test_x.py`#TestX::test_y",
        ),
        ("src/a.rs#process", "src/a.rs#process"),
        ("src/a.ts#L10-L20", "src/a.ts"),
        ("internal/oauth.Config", "internal/oauth#Config"),
        (
            "`internal/index.Manager.Batch`",
            "internal/index`#Manager.Batch",
        ),
        ("In src/a.rs: do", "src/a.rs"),
    ]);
}

#[test]
fn brace_groups() {
    table(&[
        (
            "`src/{a,b}.ts`",
            "src/a.ts`@src/{a,b}.ts | src/b.ts`@src/{a,b}.ts",
        ),
        (
            "src/a.{h,cpp}",
            "src/a.h@src/a.{h,cpp} | src/a.cpp@src/a.{h,cpp}",
        ),
        ("src/{a, b}/", "src/a/@src/{a, b}/ | src/b/@src/{a, b}/"),
    ]);
}

#[test]
fn what_is_no_path() {
    table(&[
        ("https://example.com/src/a.ts", ""),
        ("and/or, input/output, CI/CD, N/A, I/O", ""),
        ("frontend/backend and tests/docs", ""),
        ("GET /api/users and `POST /api/users.json`", ""),
        ("`/api/v1/users` /me /health/live", ""),
        ("@scope/pkg `@/lib/foo`", ""),
        ("application/json text/html", ""),
        ("1/2 24/7 2026/11/21 1.2.3 v2.0", ""),
        ("specs/[###-feature]/plan.md", ""),
        ("<placeholder>/x.md specs/<feature>/plan.md", ""),
        ("Node.js Next.js node.js TypeScript/Node.js", ""),
        ("src/Mango.<Context>.Application/Base.cs", ""),
        ("specs/NNN-name/plan.md `.Application/`", ""),
        ("age/`stale` over unset/'' `tray/web/CLI`", ""),
        ("`\\.offline` on `clips\\.`", ""),
        ("e.g. i.e. etc. vs.", ""),
        ("github.com/foo/bar/baz.go golang.org/x/net", ""),
        ("`tools/call` origin/main feature/x", ""),
        ("config.Load() res.json(x) mcp.WithString", ""),
        ("users/{id}.json src/.../a.ts", ""),
        ("w/ and/ a/b", ""),
        ("me@example.com", ""),
        ("#!/bin/sh /tmp/x.txt /etc/app.conf", ""),
        ("`.go` files", ""),
        ("// comment", ""),
    ]);
}
