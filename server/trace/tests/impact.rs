//! What a change reaches: one test for each kind of step, each beside a place that only looks like it.
#![expect(clippy::expect_used, reason = "a test may panic")]
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use expect_test::{Expect, expect};
use fixture::Fixture;
use rustc_hash::FxHashMap;
use trace::Graph;
use trace::impact::{
    Bounds, Impact, Node, Packages, Sighting, Uses, Walk, Why, passes_on, places_of,
};

/// Walks from `path#symbol`, `path` or an id, and tells each step.
fn reaches(workspace: &str, seed: &str, expected: &Expect) {
    let fixture = Fixture::parse(workspace);
    let graph = &fixture.graph;
    let impact = walk(&fixture, node(&fixture, seed), 3);
    let lines = impact.reached.iter().map(|each| {
        let edges: Vec<String> = each
            .edges
            .iter()
            .map(|edge| {
                let at = edge.at.as_ref();
                let at = at.map(|at| format!(" at {}:{}", at.path, at.line));
                format!("{}{}", said(&edge.why), at.unwrap_or_default())
            })
            .collect();
        let what = shown(graph, &impact, &each.node);
        format!("{} {what}: {}\n", each.distance, edges.join(", "))
    });
    expected.assert_eq(&lines.collect::<String>());
}

fn node(fixture: &Fixture, seed: &str) -> Node {
    let graph = &fixture.graph;
    let at = |path: &str| fixture.file(path);
    if let Some((path, name)) = seed.split_once('#') {
        let file = at(path);
        let source = graph.source(file).expect("a source");
        let symbols = (0..).zip(&source.facts.symbols);
        let mut named = symbols.filter(|(_, it)| it.name == name);
        let (symbol, _) = named.next().expect("a symbol of the name");
        return Node::Symbol(file, symbol);
    }
    if seed.contains('/') {
        return Node::File(at(seed));
    }
    let items = graph.features().iter().flat_map(|feature| feature.items());
    let mut called = items.filter(|(_, it)| it.id == seed);
    Node::Item(called.next().expect("an item of the id").0)
}

/// As the workspace does it: looks for the words that are asked.
fn walk(fixture: &Fixture, seed: Node, depth: u32) -> Impact {
    let graph = &fixture.graph;
    let packages = packages(fixture);
    let bounds = Bounds { depth, most: 100 };
    let none = FxHashMap::default();
    let mut walk = Walk::new(
        graph,
        &packages,
        vec![seed],
        none,
        FxHashMap::default(),
        bounds,
    );
    while let Some(asked) = walk.asks() {
        let sightings = fixture.files.iter().filter_map(|(path, text)| {
            let file = fixture.file(path);
            let source = graph.source(file)?;
            let words = (0..).zip(asked).filter_map(|(at, each)| {
                let told = !each.passing || passes_on(path);
                let places = places_of(text, &each.word, each.member);
                (told && !places.is_empty()).then_some((at, places))
            });
            let words: Vec<_> = words.collect();
            (!words.is_empty()).then(|| Sighting {
                file,
                source: std::sync::Arc::clone(source),
                text: text.as_str().into(),
                words,
            })
        });
        let sightings = sightings.collect();
        walk.take(sightings, 0);
    }
    walk.end()
}

fn packages(fixture: &Fixture) -> Packages {
    let graph = &fixture.graph;
    let read: Vec<_> = fixture
        .files
        .iter()
        .filter_map(|(path, text)| {
            let (root, path) = graph.inputs().tree.path(fixture.file(path))?;
            Some((root, path.as_str(), code::manifest(path, text)?))
        })
        .collect();
    let settings: Vec<_> = fixture
        .files
        .iter()
        .filter_map(|(path, text)| {
            let (root, path) = graph.inputs().tree.path(fixture.file(path))?;
            Some((root, path.as_str(), code::aliases(path, text)?))
        })
        .collect();
    Packages::of(read.iter().map(|(root, path, it)| (*root, *path, it)))
        .with_name_spaces(&graph.inputs().tree)
        .with_aliases(settings.iter().map(|(root, path, it)| (*root, *path, it)))
}

fn shown(graph: &Graph, impact: &Impact, node: &Node) -> String {
    let path = |file| graph.inputs().tree.path_str(file);
    let facts = |file| &impact.source(graph, file).expect("a source").facts;
    match node {
        Node::Symbol(file, at) => {
            let symbol = &facts(*file).symbols[*at as usize];
            format!("{}#{}", path(*file), symbol.name)
        }
        Node::Test(file, at) => {
            let test = &facts(*file).tests[*at as usize];
            format!("{} test {}", path(*file), test.name)
        }
        Node::File(file) => path(*file).to_owned(),
        Node::Gone(file, name) | Node::Part(file, name) => {
            format!("{} without {name}", path(*file))
        }
        Node::Item(item) => {
            let id = graph.item(*item).map(|(_, it)| it.id.to_string());
            format!("{} in {}", id.unwrap_or_default(), path(item.file))
        }
        Node::Elsewhere(repository, path) => format!("{repository}: {path}"),
    }
}

fn said(why: &Why) -> String {
    match why {
        Why::Uses(word) => format!("uses {word}"),
        Why::Imports(path) => format!("imports {path}"),
        Why::Names(word) => format!("names {word}"),
        Why::Implements(name) => format!("implements {name}"),
        Why::Tests(file) => format!("tests by the name {file}"),
        Why::Calls(route) => format!("calls {route}"),
        Why::Answers(route) => format!("answers {route}"),
        Why::Task => "task".to_owned(),
        Why::Mentions(id) => format!("mentions {id}"),
        Why::Linked => "linked".to_owned(),
    }
}

#[test]
fn an_import_leads_to_its_users_and_not_to_a_namesake() {
    reaches(
        "//- /shop/price.py\ndef rounded(x):\n    return x\n\
         //- /shop/cart.py\nfrom .price import rounded\n\n\ndef total():\n    return rounded(1)\n\
         //- /shop/own.py\ndef rounded(x):\n    return 0\n\n\ndef mine():\n    return rounded(1)\n\
         //- /shop/remark.py\n# rounded by hand\ndef other():\n    return 1\n",
        "shop/price.py#rounded",
        &expect![[r#"
            1 shop/cart.py#total: uses rounded at shop/cart.py:5
        "#]],
    );
}

#[test]
fn what_an_index_passes_on_is_seen_through_it() {
    reaches(
        "//- /web/money/adding.ts\nexport function sum(x: number) {\n  return x;\n}\n\
         //- /web/money/index.ts\nexport * from './adding';\n\
         //- /web/page.ts\nimport { sum } from './money';\n\nexport const page = () => sum(1);\n\
         //- /web/else/index.ts\nexport function sum() {\n  return 0;\n}\n\
         //- /web/there.ts\nimport { sum } from './else';\n\nexport const there = () => sum();\n",
        "web/money/adding.ts#sum",
        &expect![[r#"
            1 web/page.ts#page: uses sum at web/page.ts:3
        "#]],
    );
}

#[test]
fn a_member_is_seen_where_its_type_stands() {
    reaches(
        "//- /Web/Pages/Register.cs\nnamespace Shop.Web.Pages;\n\npublic class RegisterModel\n{\n    public void OnPost() { }\n}\n\
         //- /Web/Pages/Login.cs\nnamespace Shop.Web.Pages;\n\npublic class LoginModel\n{\n    public void OnPost() { }\n}\n\
         //- /Tests/RegisterUse.cs\nnamespace Shop.Tests;\n\npublic class RegisterUse\n{\n    public void Posts() { var model = new RegisterModel(); model.OnPost(); }\n}\n\
         //- /Tests/LoginUse.cs\nnamespace Shop.Tests;\n\npublic class LoginUse\n{\n    public void Posts() { var model = new LoginModel(); model.OnPost(); }\n}\n",
        "Web/Pages/Register.cs#OnPost",
        &expect![[r#"
            1 Tests/RegisterUse.cs#Posts: uses OnPost at Tests/RegisterUse.cs:5
        "#]],
    );
}

#[test]
fn a_package_of_go_is_seen_by_its_path_and_by_its_files() {
    reaches(
        "//- /go.mod\nmodule shop.test/parcels\n\
         //- /store/store.go\npackage store\n\nfunc Save() error { return nil }\n\
         //- /store/cache.go\npackage store\n\nfunc keep() error { return Save() }\n\
         //- /api/api.go\npackage api\n\nimport \"shop.test/parcels/store\"\n\nfunc Post() error { return store.Save() }\n\
         //- /other/store/save.go\npackage store\n\nfunc use() error { return Save() }\n\
         //- /api/far.go\npackage api\n\nimport \"far.test/store\"\n\nfunc Far() error { return store.Save() }\n",
        "store/store.go#Save",
        &expect![[r#"
            1 api/api.go#Post: uses Save at api/api.go:5
            1 store/cache.go#keep: uses Save at store/cache.go:3
        "#]],
    );
}

#[test]
fn a_route_leads_to_its_clients_and_not_to_those_of_another_method() {
    reaches(
        "//- parcels:/main.go\npackage main\n\nimport \"net/http\"\n\nfunc main() {\n\thttp.HandleFunc(\"GET /parcels/{code}\", show)\n}\n\nfunc show(w http.ResponseWriter, r *http.Request) {}\n\
         //- web:/src/track.ts\nexport const track = (code: string) => fetch(`/parcels/${code}`);\n\
         //- web:/src/drop.ts\nexport const drop = (code: string) => fetch(`/parcels/${code}`, { method: 'DELETE' });\n\
         //- web:/src/orders.ts\nexport const orders = (code: string) => fetch(`/orders/${code}`);\n",
        "parcels:/main.go#show",
        &expect![[r#"
            1 main.go#main: uses show at main.go:6
            1 src/track.ts#track: calls /parcels/{code} at src/track.ts:1
        "#]],
    );
}

#[test]
fn a_contract_leads_to_what_answers_and_calls_its_operations() {
    reaches(
        "//- /specs/001-parcels/spec.md\n# Feature Specification: x\n\
         //- /specs/001-parcels/contracts/api.yaml\nopenapi: 3.1.0\npaths:\n  /parcels/{code}:\n    get:\n      operationId: showParcel\n      responses: {}\n\
         //- /src/app.py\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get(\"/parcels/{code}\")\ndef show(code):\n    return code\n\n\n@app.get(\"/labels/{code}\")\ndef label(code):\n    return code\n\
         //- /web/track.ts\nexport const track = (code: string) => fetch(`/parcels/${code}`);\n\
         //- /web/label.ts\nexport const label = (code: string) => fetch(`/labels/${code}`);\n",
        "specs/001-parcels/contracts/api.yaml",
        &expect![[r#"
            1 src/app.py#show: linked at src/app.py:7, answers /parcels/{code} at src/app.py:6
            1 web/track.ts#track: calls GET /parcels/{code} at web/track.ts:1, calls /parcels/{code} at web/track.ts:1
            2 GET /parcels/{code} in specs/001-parcels/contracts/api.yaml: answers /parcels/{code} at src/app.py:6
        "#]],
    );
}

#[test]
fn an_id_leads_to_who_mentions_it_in_its_feature() {
    reaches(
        "//- /specs/001-login/spec.md\n# Feature Specification: x\n\n## Requirements\n\n### Functional Requirements\n\n- **FR-001**: System MUST greet.\n- **FR-002**: System MUST part.\n\
         //- /specs/001-login/tasks.md\n# Tasks: x\n\n- [ ] T001 Greet in src/greet.py (FR-001)\n- [ ] T002 Part in src/part.py (FR-002)\n\
         //- /src/greet.py\ndef greet():\n    return 1\n\
         //- /src/part.py\ndef part():\n    return 1\n\
         //- /specs/002-other/spec.md\n# Feature Specification: y\n\n## Requirements\n\n### Functional Requirements\n\n- **FR-001**: System MUST sleep.\n\
         //- /specs/002-other/tasks.md\n# Tasks: y\n\n- [ ] T001 Sleep in src/sleep.py (FR-001)\n\
         //- /src/sleep.py\ndef sleep():\n    return 1\n",
        "FR-001",
        &expect![[r#"
            1 T001 in specs/001-login/tasks.md: task at specs/001-login/tasks.md:3, mentions FR-001 at specs/001-login/tasks.md:3, task at specs/001-login/tasks.md:3
            1 src/greet.py: task at specs/001-login/tasks.md:3, task at specs/001-login/tasks.md:3
        "#]],
    );
}

#[test]
fn a_name_space_is_seen_by_its_directory_and_an_interface_leads_to_who_uses_it() {
    reaches(
        "//- /src/Shop.Core/Stock/IStore.cs\nnamespace Shop.Core.Stock;\npublic interface IStore\n{\n  int Count();\n}\n\
         //- /src/Shop.Data/Store.cs\nusing Shop.Core.Stock;\nnamespace Shop.Data;\npublic class Store : IStore\n{\n  public int Count()\n  {\n    return 1;\n  }\n}\n\
         //- /src/Shop.Web/Page.cs\nusing Shop.Core.Stock;\nnamespace Shop.Web;\npublic class Page(IStore store)\n{\n  public int Shown()\n  {\n    return store.Count();\n  }\n}\n\
         //- /src/Shop.Web/Else.cs\nnamespace Shop.Web;\npublic class Else\n{\n  public int Shown(Other other)\n  {\n    return other.Count();\n  }\n}\n",
        "src/Shop.Data/Store.cs#Count",
        &expect![[r#"
            1 src/Shop.Core/Stock/IStore.cs#Count: implements IStore at src/Shop.Core/Stock/IStore.cs:4
            2 src/Shop.Web/Page.cs#Shown: uses Count at src/Shop.Web/Page.cs:7
        "#]],
    );
}

#[test]
fn a_trait_leads_to_who_implements_it_and_a_namesake_does_not() {
    reaches(
        "//- /Cargo.toml\n[package]\nname = \"shop\"\n\
         //- /src/stock.rs\npub trait Stock {\n    fn count(&self) -> u32;\n}\n\
         //- /src/shelf.rs\nuse crate::stock::Stock;\n\npub struct Shelf;\n\nimpl Stock for Shelf {\n    fn count(&self) -> u32 {\n        1\n    }\n}\n\
         //- /src/words.rs\npub struct Words;\n\nimpl Words {\n    pub fn count(&self) -> u32 {\n        2\n    }\n}\n",
        "src/stock.rs#count",
        &expect![[r#"
            1 src/shelf.rs#count: implements Stock at src/shelf.rs:6, uses count at src/shelf.rs:6
        "#]],
    );
}

#[test]
fn of_go_the_methods_tell_who_implements_an_interface() {
    reaches(
        "//- /go.mod\nmodule shop\n\
         //- /stock/stock.go\npackage stock\n\ntype Stock interface {\n\tCount() int\n\tClose()\n}\n\
         //- /shelf/shelf.go\npackage shelf\n\ntype Shelf struct{}\n\nfunc (s *Shelf) Count() int {\n\treturn 1\n}\n\nfunc (s *Shelf) Close() {}\n\
         //- /words/words.go\npackage words\n\ntype Words struct{}\n\nfunc (w *Words) Count() int {\n\treturn 2\n}\n",
        "shelf/shelf.go#Count",
        &expect![[r#"
            1 stock/stock.go#Count: implements Stock at stock/stock.go:4
        "#]],
    );
}

#[test]
fn tests_are_found_by_the_name_of_the_file() {
    reaches(
        "//- /src/cart.py\ndef total():\n    return 1\n\
         //- /tests/test_cart.py\nimport subprocess\n\n\ndef test_shown():\n    assert subprocess.run(['cart'])\n\
         //- /tests/test_carts.py\ndef test_other():\n    assert True\n",
        "src/cart.py#total",
        &expect![[r#"
            1 tests/test_cart.py: tests by the name test_cart.py
        "#]],
    );
}

#[test]
fn what_a_symbol_uses_itself_is_told_apart() {
    used(
        "//- /web/money/adding.ts\nexport function sum(x: number) {\n  return x;\n}\n\nexport function unused() {}\n\
         //- /web/money/index.ts\nexport * from './adding';\n\
         //- /web/text.ts\nexport class Text {\n  bold() {}\n}\n\
         //- /web/page.ts\nimport { sum } from './money';\nimport { Text } from './text';\n\nexport function page(text: Text) {\n  text.bold();\n  // unused\n  return sum(1);\n}\n\nexport function other() {}\n",
        "web/page.ts#page",
        &expect![[r#"
            web/text.ts#Text at web/page.ts:4
            web/text.ts#bold at web/page.ts:5
            web/money/adding.ts#sum at web/page.ts:7
        "#]],
    );
    used(
        "//- /go.mod\nmodule shop\n\
         //- /stock/stock.go\npackage stock\n\nfunc Count() int {\n\treturn 1\n}\n\nfunc Close() {}\n\
         //- /page/near.go\npackage page\n\nfunc Near() {}\n\
         //- /page/page.go\npackage page\n\nimport \"shop/stock\"\n\nfunc Page() int {\n\tNear()\n\treturn stock.Count()\n}\n",
        "page/page.go#Page",
        &expect![[r#"
            stock/stock.go#Count at page/page.go:7
            page/near.go#Near at page/page.go:6
        "#]],
    );
}

/// What a symbol uses itself, as the workspace finds it.
fn used(workspace: &str, seed: &str, expected: &Expect) {
    let fixture = Fixture::parse(workspace);
    let graph = &fixture.graph;
    let Node::Symbol(file, symbol) = node(&fixture, seed) else {
        panic!("a symbol");
    };
    let source = graph.source(file).expect("a source");
    let text = fixture
        .files
        .iter()
        .find(|(path, _)| fixture.file(path) == file);
    let (_, text) = text.expect("a text");
    let packages = packages(&fixture);
    let mut uses = Uses::of(graph, &packages, file, source.clone(), text.as_str().into());
    let mut sources = FxHashMap::default();
    for _ in 0..2 {
        let asked: Vec<_> = uses.asks().collect();
        for file in asked {
            sources.insert(file, graph.source(file).expect("a source").clone());
        }
        uses.passed(&sources);
    }
    let lines = uses.by(symbol, &sources).into_iter().map(|each| {
        let at = each.edges.first().and_then(|edge| edge.at.clone());
        let at = at.expect("a place");
        format!(
            "{} at {}:{}\n",
            shown(graph, &Impact::default(), &each.node),
            at.path,
            at.line
        )
    });
    expected.assert_eq(&lines.collect::<String>());
}

/// Two apps with a file of the same name each, and settings that say which is meant.
const TWO_APPS: &str = "\
//- /web/lib/money.ts
export function sum(x: number) {
  return x;
}
//- /shop/src/lib/money.ts
export function sum(x: number) {
  return x + 1;
}
//- /base.json
{\"compilerOptions\": {\"paths\": {\"@/*\": [\"./nowhere/*\"]}}}
//- /tsconfig.base.json
// for all apps
{\"compilerOptions\": {\"strict\": true, /* none */}}
//- /web/tsconfig.json
{
  \"extends\": \"../tsconfig.base.json\", // as it is
  \"compilerOptions\": {
    \"baseUrl\": \".\",
    \"paths\": {\"@/*\": [\"./*\"], \"money\": [\"lib/money.ts\"],},
  },
}
//- /shop/package.json
{\"name\": \"shop\", \"imports\": {\"#lib/*\": \"./src/lib/*.js\"}}
//- /shop/tsconfig.json
{\"files\": [], \"references\": [{\"path\": \"./tsconfig.app.json\"}]}
//- /shop/tsconfig.app.json
{\"compilerOptions\": {\"paths\": {\"@/*\": [\"./src/*\"], \"@/gone/*\": [\"./gone/*\"]}}}
//- /web/pages/by_star.ts
import { sum } from '@/lib/money';

export const byStar = () => sum(1);
//- /web/pages/by_name.ts
import { sum } from 'money';

export const byName = () => sum(2);
//- /web/pages/by_base.ts
import { sum } from 'lib/money';

export const byBase = () => sum(3);
//- /shop/src/pages/by_star.ts
import { sum } from '@/lib/money';

export const ofShop = () => sum(4);
//- /shop/src/pages/by_import.ts
import { sum } from '#lib/money';

export const byImport = () => sum(5);
//- /shop/src/pages/gone.ts
import { sum } from '@/gone/lib/money';

export const gone = () => sum(6);
";

#[test]
fn settings_say_where_imports_of_scripts_lead() {
    reaches(
        TWO_APPS,
        "web/lib/money.ts#sum",
        &expect![[r#"
        1 web/pages/by_base.ts#byBase: uses sum at web/pages/by_base.ts:3
        1 web/pages/by_name.ts#byName: uses sum at web/pages/by_name.ts:3
        1 web/pages/by_star.ts#byStar: uses sum at web/pages/by_star.ts:3
    "#]],
    );
    reaches(
        TWO_APPS,
        "shop/src/lib/money.ts#sum",
        &expect![[r#"
        1 shop/src/pages/by_import.ts#byImport: uses sum at shop/src/pages/by_import.ts:3
        1 shop/src/pages/by_star.ts#ofShop: uses sum at shop/src/pages/by_star.ts:3
    "#]],
    );
}

#[test]
fn settings_that_go_round_lead_nowhere() {
    let round = TWO_APPS.replace(
        "{\"compilerOptions\": {\"strict\": true, /* none */}}",
        "{\"extends\": \"./web/tsconfig.json\"}",
    );
    reaches(
        &round,
        "web/lib/money.ts#sum",
        &expect![[r#"
        1 web/pages/by_base.ts#byBase: uses sum at web/pages/by_base.ts:3
        1 web/pages/by_name.ts#byName: uses sum at web/pages/by_name.ts:3
        1 web/pages/by_star.ts#byStar: uses sum at web/pages/by_star.ts:3
    "#]],
    );
}
