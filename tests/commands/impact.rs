//! `impact`: from a symbol, a file, a contract, a requirement or a diff to all that it reaches, each step with its evidence.
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use std::path::Path;

use expect_test::expect;
use serde_json::Value;

use crate::sandbox::{Sandbox, copy_tree, run_in};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/workspaces");

/// A shop in four languages, with a spec.
fn shop() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    for (path, text) in [
        (
            "web/src/money.ts",
            "export function total(prices: number[]): number {\n  return prices.length;\n}\n\nexport const RATE = 2;\n",
        ),
        ("web/src/index.ts", "export * from './money';\n"),
        (
            "web/src/cart.ts",
            "import { total } from './money';\n\n// total of nothing\nexport function checkout(prices: number[]) {\n  return total(prices);\n}\n",
        ),
        (
            "web/src/page.ts",
            "import { checkout } from '@/cart';\n\nexport const page = () => checkout([]);\n",
        ),
        (
            "web/src/cart.test.ts",
            "import { total } from '.';\n\ntest('sums up', () => {\n  expect(total([1])).toBe(1);\n});\n",
        ),
        (
            "web/src/other.ts",
            "export function total() {\n  return 0;\n}\n\nexport const mine = total();\n",
        ),
        ("go.mod", "module example.test/shop\n"),
        (
            "store/store.go",
            "package store\n\nfunc Save(x int) error { return nil }\n",
        ),
        (
            "store/cache.go",
            "package store\n\nfunc keep() error { return Save(1) }\n",
        ),
        (
            "api/api.go",
            "package api\n\nimport \"example.test/shop/store\"\n\nfunc Post() error { return store.Save(2) }\n",
        ),
        (
            "api/own.go",
            "package api\n\nfunc Save() {}\n\nfunc use() { Save() }\n",
        ),
        ("core/Cargo.toml", "[package]\nname = \"shop-core\"\n"),
        (
            "core/src/price.rs",
            "pub struct Price;\n\nimpl Price {\n    pub fn rounded(&self) -> u32 {\n        1\n    }\n}\n",
        ),
        ("tool/Cargo.toml", "[package]\nname = \"tool\"\n"),
        (
            "tool/src/main.rs",
            "use shop_core::price::Price;\n\nfn main() {\n    print(Price.rounded());\n}\n",
        ),
        ("src/form.rs", "// T001\npub fn form_of_login() {}\n"),
    ] {
        sandbox.write(path, text);
    }
    sandbox.commit("all");
    sandbox
}

/// `distance what name place: how word at place`, line by line.
fn told(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let all: Vec<&str> = ["impact"]
        .iter()
        .chain(arguments)
        .chain(&["--format", "json"])
        .copied()
        .collect();
    lines(&sandbox.run(&all).json())
}

fn lines(json: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let lines = json["reached"].as_array().unwrap().iter().map(|each| {
        let because = &each["because"][0];
        format!(
            "{} {} {} {}:{}: {} {} at {}:{}\n",
            each["distance"],
            text(&each["what"]),
            text(&each["name"]),
            text(&each["path"]),
            each["line"],
            text(&because["how"]),
            text(&because["word"]),
            text(&because["path"]),
            because["line"]
        )
    });
    lines.collect()
}

#[test]
fn a_function_of_a_script_reaches_who_imports_it_and_no_namesake() {
    let told = told(&shop(), &["web/src/money.ts#total"]);
    expect![[r#"
        1 test sums up web/src/cart.test.ts:3: uses total at web/src/cart.test.ts:4
        1 symbol checkout web/src/cart.ts:4: uses total at web/src/cart.ts:5
        2 symbol page web/src/page.ts:3: uses checkout at web/src/page.ts:3
    "#]]
    .assert_eq(&told);
}

#[test]
fn a_function_of_go_reaches_its_package_and_who_imports_it() {
    let told = told(&shop(), &["store/store.go#Save"]);
    expect![[r#"
        1 symbol Post api/api.go:5: uses Save at api/api.go:5
        1 symbol keep store/cache.go:3: uses Save at store/cache.go:3
    "#]]
    .assert_eq(&told);
}

#[test]
fn a_method_reaches_other_crates() {
    let told = told(&shop(), &["core/src/price.rs#Price.rounded"]);
    expect![[r#"
        1 symbol main tool/src/main.rs:3: uses rounded at tool/src/main.rs:4
    "#]]
    .assert_eq(&told);
}

#[test]
fn services_that_run_beside_what_changes_are_told_with_where_that_is_written() {
    let sandbox = shop();
    sandbox.write("api/package.json", "{\"name\": \"api\"}");
    sandbox.write("api/src/rates.ts", "export const rates = () => [1];\n");
    sandbox.write(
        "api/src/rates.test.ts",
        "import { rates } from './rates';\ntest('rates', () => { rates(); });\n",
    );
    sandbox.write("web/package.json", "{\"name\": \"web\"}");
    sandbox.write(
        "compose.yaml",
        "services:\n  rates:\n    build: ./api\n  web:\n    build: ./web\n    depends_on: [rates]\n  db:\n    image: postgres:17\n",
    );
    let run = |what: &str, format: &str| {
        let ran = sandbox.run(&["impact", what, "--format", format]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    let json: Value = serde_json::from_str(&run("api/src/rates.ts#rates", "json")).unwrap();
    let consumers = json["consumers"].as_array().unwrap();
    assert_eq!(consumers.len(), 1, "{consumers:?}");
    let told =
        ["path", "name", "needs", "word", "at"].map(|key| consumers[0][key].as_str().unwrap());
    assert_eq!(told, ["web", "web", "api", "rates", "compose.yaml"]);
    let lines = run("api/src/rates.ts#rates", "human");
    assert!(
        lines.contains("runs beside what changes\n  web  needs `rates` (compose.yaml)\n"),
        "{lines}"
    );
    let lines = run("api/src/rates.ts#rates", "markdown");
    assert!(
        lines.contains("- `web`: needs `rates` in `compose.yaml`\n"),
        "{lines}"
    );
    // Nobody waits for the other one, nor for a test.
    for what in ["web/src/money.ts#total", "api/src/rates.test.ts"] {
        let json: Value = serde_json::from_str(&run(what, "json")).unwrap();
        assert_eq!(json["consumers"], serde_json::json!([]), "{what}");
    }
}

#[test]
fn a_requirement_reaches_tasks_and_code() {
    let told = told(&shop(), &["US1"]);
    expect![[r#"
        1 phase specs/001-login#1 specs/001-login/tasks.md:3: mentions US1 at specs/001-login/tasks.md:3
        1 task specs/001-login#T001 specs/001-login/tasks.md:5: task  at specs/001-login/tasks.md:5
        1 task specs/001-login#T002 specs/001-login/tasks.md:6: task  at specs/001-login/tasks.md:6
        1 task specs/001-login#T003 specs/001-login/tasks.md:7: task  at specs/001-login/tasks.md:7
        1 file src/form.rs src/form.rs:0: task  at specs/001-login/tasks.md:5
        2 symbol form_of_login src/form.rs:2: linked  at src/form.rs:2
    "#]].assert_eq(&told);
}

#[test]
fn what_changed_since_a_commit_is_walked_from() {
    let sandbox = shop();
    sandbox.git(&["checkout", "-q", "-b", "work"]);
    sandbox.write(
        "web/src/money.ts",
        "export function total(prices: number[], rate: number): number {\n  return prices.length;\n}\n",
    );
    sandbox.commit("another signature, a constant less");
    let ran = sandbox
        .run(&["impact", "--since", "main", "--format", "json"])
        .json();
    let seeds: Vec<String> = ran["seeds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| {
            format!(
                "{} {}",
                each["name"].as_str().unwrap(),
                each["change"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(seeds, ["total signature", "RATE gone"]);
    assert!(lines(&ran).contains("checkout web/src/cart.ts:4: uses total at web/src/cart.ts:5"));
    let nothing = sandbox.run(&["impact", "--since", "HEAD"]);
    assert!(
        nothing
            .out
            .starts_with("nothing changes that anything could rest on"),
        "{}",
        nothing.out
    );
}

#[test]
fn what_a_symbol_uses_itself_is_a_list_of_its_own() {
    let ran = shop()
        .run(&["impact", "web/src/cart.ts#checkout", "--format", "json"])
        .json();
    let used = ran["uses"].as_array().unwrap().iter().map(|each| {
        let because = &each["because"][0];
        format!(
            "{} {} at {}:{}",
            each["name"], because["how"], because["path"], because["line"]
        )
    });
    let used: Vec<String> = used.collect();
    assert_eq!(used, [r#""total" "used" at "web/src/cart.ts":5"#]);
    let human = shop().run(&["impact", "web/src/cart.ts#checkout"]).out;
    assert!(human.contains("\nwhat it uses itself\n"), "{human}");
}

#[test]
fn of_a_contract_the_parts_that_changed_are_walked_from() {
    let api = "openapi: 3.0.0\ninfo: {title: Shop, version: '1'}\npaths:\n  /carts:\n    get:\n      operationId: listCarts\n      responses:\n        '200': {description: all}\n  /health:\n    get:\n      operationId: health\n      responses:\n        '200': {description: well}\n";
    let sandbox = shop();
    sandbox.write("api/openapi.yaml", api);
    sandbox.commit("a contract");
    sandbox.git(&["checkout", "-q", "-b", "work"]);
    sandbox.write("api/openapi.yaml", &api.replace("all", "all of them"));
    let ran = sandbox
        .run(&["impact", "--since", "main", "--format", "json"])
        .json();
    let seeds = ran["seeds"].as_array().unwrap().iter();
    let seeds: Vec<String> = seeds
        .map(|each| format!("{} {}", each["what"], each["name"]))
        .collect();
    assert_eq!(seeds, [r#""part" "GET /carts""#]);
}

#[test]
fn the_depth_bounds_the_steps_and_what_is_left_out_is_counted() {
    let sandbox = shop();
    let near = told(&sandbox, &["web/src/money.ts#total", "--depth", "1"]);
    assert!(near.lines().all(|line| line.starts_with('1')), "{near}");
    let few = sandbox
        .run(&[
            "impact",
            "web/src/money.ts#total",
            "--most",
            "1",
            "--format",
            "json",
        ])
        .json();
    assert_eq!(few["reached"].as_array().unwrap().len(), 1);
    assert!(few["left_out"].as_u64().unwrap() > 0);
}

#[test]
fn lines_are_told_to_people() {
    let ran = shop().run(&["impact", "web/src/money.ts:1"]);
    expect![[r#"
        total  at web/src/money.ts:1
        reaches 3 files in 1 package, 1 test, 0 items of specs

        breaks first
          checkout  web/src/cart.ts:4  uses `total` at web/src/cart.ts:5

        reached through these
          page  web/src/page.ts:3  uses `checkout` at web/src/page.ts:3

        tests to run
          sums up  web/src/cart.test.ts:3  uses `total` at web/src/cart.test.ts:4
    "#]]
    .assert_eq(&ran.out);
}

#[test]
fn what_is_not_there_is_refused_in_words() {
    let sandbox = shop();
    for (what, said) in [
        (
            "web/src/money.ts#gone",
            "`web/src/money.ts` declares no `gone`.",
        ),
        ("FR-404", "`FR-404` is neither an item"),
    ] {
        let ran = sandbox.run(&["impact", what]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains(said), "{}", ran.err);
    }
}

#[test]
fn the_picture_is_xml_and_the_same_each_time() {
    let sandbox = shop();
    sandbox.write(
        "web/src/a<b>&\"c.ts",
        "import { total } from './money';\nexport const x = () => total([]);\n",
    );
    let svg = sandbox
        .run(&["impact", "web/src/money.ts#total", "--format", "svg"])
        .out;
    let again = sandbox
        .run(&["impact", "web/src/money.ts#total", "--format", "svg"])
        .out;
    assert_eq!(svg, again);
    let read = roxmltree::Document::parse(&svg).unwrap();
    let texts: Vec<&str> = read
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .filter_map(|node| node.text())
        .collect();
    assert!(texts.contains(&"web/src/a<b>&\"c.ts"), "{texts:?}");
    let mermaid = sandbox
        .run(&["impact", "web/src/money.ts#total", "--format", "mermaid"])
        .out;
    assert!(mermaid.starts_with("flowchart LR\n"), "{mermaid}");
    assert!(mermaid.contains("a#60;b#62;#38;#34;c.ts"), "{mermaid}");
    let document = sandbox
        .run(&["impact", "web/src/money.ts#total", "--format", "markdown"])
        .out;
    assert!(
        document.contains("## Breaks first") && document.contains("```mermaid"),
        "{document}"
    );
}

#[test]
fn an_operation_reaches_its_route_and_its_consumers_in_other_repositories() {
    let sandbox = Sandbox::new();
    let folder = |name: &str| sandbox.path().join(name);
    for name in ["parcels", "storefront", "desk"] {
        copy_tree(&Path::new(SAMPLES).join(name), &folder(name));
    }
    let roots = ["parcels", "storefront", "desk"].map(|name| folder(name).display().to_string());
    let contract = "parcels/specs/001-parcel-intake/contracts/parcels.openapi.yaml";
    let all = [
        "impact", contract, "--format", "json", "-C", &roots[0], "-C", &roots[1], "-C", &roots[2],
    ];
    let json = run_in(sandbox.path(), &all).json();
    let files: Vec<String> = json["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| {
            format!(
                "{}/{}",
                each["root"].as_str().unwrap(),
                each["path"].as_str().unwrap()
            )
        })
        .collect();
    for wanted in [
        "parcels/services/intake/parcels/api.py",
        "storefront/src/tracking.ts",
        "desk/desk/lookup.py",
    ] {
        assert!(
            files.iter().any(|file| file == wanted),
            "{wanted}: {files:?}"
        );
    }
    // Without a checkout, by the facts that it published.
    let facts = folder("facts.json").display().to_string();
    run_in(
        &folder("desk"),
        &["index", "--export", "facts", "--output", &facts],
    );
    let alone = run_in(
        &folder("parcels"),
        &[
            "impact",
            &contract["parcels/".len()..],
            "--format",
            "json",
            "--with",
            &facts,
        ],
    );
    assert!(
        lines(&alone.json()).contains("elsewhere desk/desk/lookup.py"),
        "{}",
        alone.out
    );
}
