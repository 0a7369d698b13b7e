//! Which services there are, what they need of each other, and the order that follows.
#![expect(clippy::expect_used, reason = "a test may panic")]
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use fixture::Fixture;
use text::FileId;
use trace::Services;

/// Fifteen repositories: packages of four ecosystems, containers, calls of routes, and a ring of three.
const SHOP: &[(&str, &str)] = &[
    (
        "shared:/package.json",
        r#"{"name": "@shop/shared", "version": "1.0.0"}"#,
    ),
    ("shared:/src/money.ts", "export type Money = number;\n"),
    (
        "kit:/package.json",
        r#"{"name": "@shop/kit", "dependencies": {"@shop/shared": "^1"}}"#,
    ),
    (
        "storefront:/package.json",
        r#"{"name": "storefront", "dependencies": {"@shop/kit": "^1", "react": "^19"}}"#,
    ),
    (
        "storefront:/src/track.ts",
        "export const track = (code: string) => fetch(`/parcels/${code}`);\n",
    ),
    (
        "admin:/package.json",
        r#"{"name": "admin", "dependencies": {"@shop/kit": "^1"}, "devDependencies": {"storefront": "*"}}"#,
    ),
    (
        "parcels:/go.mod",
        "module shop.test/parcels\n\ngo 1.24\n\nrequire shop.test/wire v0.3.0\n",
    ),
    (
        "parcels:/main.go",
        "package main\n\nimport \"net/http\"\n\nfunc main() {\n\thttp.HandleFunc(\"GET /parcels/{code}\", show)\n}\n\nfunc show(w http.ResponseWriter, r *http.Request) {}\n",
    ),
    ("wire:/go.mod", "module shop.test/wire\n\ngo 1.24\n"),
    (
        "orders:/Cargo.toml",
        "[package]\nname = \"orders\"\n\n[dependencies]\nledger-client = { git = \"https://shop.test/ledger\" }\n",
    ),
    ("orders:/src/main.rs", "fn main() {}\n"),
    (
        "ledger:/Cargo.toml",
        "[workspace]\nmembers = [\"client\", \"server\"]\n",
    ),
    (
        "ledger:/client/Cargo.toml",
        "[package]\nname = \"ledger-client\"\n",
    ),
    (
        "ledger:/server/Cargo.toml",
        "[package]\nname = \"ledger-server\"\n\n[dependencies]\nledger_client = { path = \"../client\" }\n",
    ),
    (
        "billing:/pyproject.toml",
        "[project]\nname = \"billing\"\ndependencies = [\"tax-tables>=2\"]\n",
    ),
    (
        "tax:/pyproject.toml",
        "[project]\nname = \"tax_tables\"\ndependencies = [\"audit-log\"]\n",
    ),
    (
        "audit:/pyproject.toml",
        "[project]\nname = \"audit-log\"\ndependencies = [\"billing\"]\n",
    ),
    (
        "reports:/Reports.csproj",
        "<Project><ItemGroup><ProjectReference Include=\"..\\Core\\Core.csproj\" /></ItemGroup></Project>\n",
    ),
    ("mobile:/settings.gradle", "include ':app', ':core'\n"),
    (
        "mobile:/app/build.gradle",
        "dependencies {\n    implementation project(':core')\n    testImplementation project(':app')\n}\n",
    ),
    (
        "mobile:/core/build.gradle",
        "dependencies {\n    implementation 'com.squareup.okhttp3:okhttp:4.12.0'\n}\n",
    ),
    (
        "deploy:/compose.yaml",
        "services:\n  orders:\n    build: ../orders\n    depends_on: [db]\n    environment:\n      BILLING_URL: http://billing:8000/v1\n  billing:\n    build: ../billing\n  db:\n    image: postgres:17\n",
    ),
    (
        "deploy:/k8s/admin.yaml",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: admin\nspec:\n  template:\n    spec:\n      containers:\n        - name: admin\n          image: registry.shop.test/admin:3\n          env:\n            - name: ORDERS\n              value: http://orders.shop.svc:8080\n",
    ),
    ("handbook:/README.md", "# Handbook\n"),
];

fn services(files: &[(&str, &str)]) -> (Fixture, Services) {
    let mut text = String::new();
    for (path, content) in files {
        let path = if path.contains(":/") {
            (*path).to_owned()
        } else {
            format!("/{path}")
        };
        writeln!(text, "//- {path}\n{content}").expect("a String takes all");
    }
    let fixture = Fixture::parse(&text);
    let manifests: Vec<(FileId, code::Manifest)> = (0..)
        .zip(&fixture.files)
        .filter_map(|(id, (path, text))| Some((FileId(id), code::manifest(path, text)?)))
        .collect();
    let services = Services::of(&fixture.graph, &manifests);
    (fixture, services)
}

/// Every service with what it needs and why, then the order of them all.
fn told(files: &[(&str, &str)]) -> String {
    let (_, services) = services(files);
    let name = |id: u32| services.get(id).expect("a service").name.as_str();
    let mut out = String::new();
    for (id, service) in (0..).zip(&services.all) {
        writeln!(out, "{} at `{}`", service.name, service.place).expect("a String takes all");
        for need in services.needs.iter().filter(|need| need.of == id) {
            let on = name(need.on);
            writeln!(out, "  {:?} {on}: {} in {}", need.kind, need.what, need.at)
                .expect("a String takes all");
        }
    }
    for image in &services.images {
        writeln!(out, "beside: {}", image.image).expect("a String takes all");
    }
    let all: Vec<u32> = (0..services.all.len() as u32).collect();
    for (at, step) in services.order(&all).into_iter().enumerate() {
        let names: Vec<&str> = step.services.iter().map(|id| name(*id)).collect();
        write!(out, "{}. {}", at + 1, names.join(", ")).expect("a String takes all");
        let ring: Vec<&str> = step.ring.iter().map(|id| name(*id)).collect();
        if !ring.is_empty() {
            write!(out, " (ring: {})", ring.join(" -> ")).expect("a String takes all");
        }
        out.push('\n');
    }
    out
}

fn check(files: &[(&str, &str)], expected: &Expect) {
    expected.assert_eq(&told(files));
}

#[test]
fn fifteen_repositories_with_a_ring() {
    check(
        SHOP,
        &expect![[r#"
        admin at `admin`
          Package kit: @shop/kit in admin/package.json
          Container orders: orders in deploy/k8s/admin.yaml
        audit-log at `audit`
          Package billing: billing in audit/pyproject.toml
        billing at `billing`
          Package tax_tables: tax-tables in billing/pyproject.toml
        deploy at `deploy`
        handbook at `handbook`
        kit at `kit`
          Package shared: @shop/shared in kit/package.json
        ledger at `ledger`
        ledger-client at `ledger/client`
        ledger-server at `ledger/server`
          Package ledger-client: ledger_client in ledger/server/Cargo.toml
        mobile at `mobile`
        app at `mobile/app`
          Package core: :core in mobile/app/build.gradle
        core at `mobile/core`
        orders at `orders`
          Container billing: billing in deploy/compose.yaml
          Package ledger-client: ledger-client in orders/Cargo.toml
        parcels at `parcels`
          Package wire: shop.test/wire in parcels/go.mod
        Reports at `reports`
        shared at `shared`
        storefront at `storefront`
          Package kit: @shop/kit in storefront/package.json
          Call parcels: GET /parcels/{code} in storefront/src/track.ts
        tax_tables at `tax`
          Package audit-log: audit-log in tax/pyproject.toml
        wire at `wire`
        beside: postgres:17
        1. audit-log, billing, tax_tables (ring: audit-log -> billing -> tax_tables)
        2. deploy
        3. handbook
        4. ledger
        5. ledger-client
        6. ledger-server
        7. mobile
        8. core
        9. app
        10. orders
        11. Reports
        12. shared
        13. kit
        14. admin
        15. wire
        16. parcels
        17. storefront
    "#]],
    );
}

#[test]
fn the_order_of_roots_and_files_says_nothing() {
    let expected = told(SHOP);
    for by in 1..SHOP.len() {
        let mut files = SHOP.to_vec();
        files.rotate_left(by);
        assert_eq!(told(&files), expected, "rotated by {by}");
        files.reverse();
        assert_eq!(told(&files), expected, "rotated by {by} and reversed");
    }
}

#[test]
fn chosen_services_keep_the_order_that_leads_over_others() {
    let (_, services) = services(SHOP);
    let id = |name: &str| {
        let at = services.all.iter().position(|it| it.name == name);
        u32::try_from(at.expect("a service")).expect("few services")
    };
    let order = |names: [&str; 2]| {
        let steps = services.order(&names.map(id));
        let name = |id: &u32| services.get(*id).expect("a service").name.to_string();
        let steps = steps.iter();
        let steps = steps.map(|step| step.services.iter().map(name).collect::<Vec<_>>());
        steps.collect::<Vec<_>>()
    };
    // Over `kit`, which does not change.
    assert_eq!(
        order(["storefront", "shared"]),
        [["shared"], ["storefront"]]
    );
    // Over the third of a ring.
    assert_eq!(order(["audit-log", "billing"]), [["audit-log", "billing"]]);
}

#[test]
fn one_repository_without_a_manifest_is_one_service() {
    check(
        &[("src/main.c", "int main() {}\n"), ("README.md", "# Shop\n")],
        &expect![[r#"
            workspace at ``
            1. workspace
        "#]],
    );
}

#[test]
fn samples_are_no_services_and_tests_need_nothing() {
    check(
        &[
            (
                "package.json",
                r#"{"name": "shop", "workspaces": ["packages/*"]}"#,
            ),
            (
                "packages/web/package.json",
                r#"{"name": "web", "devDependencies": {"testing": "*"}}"#,
            ),
            (
                "packages/web/src/cart.ts",
                "import { price } from '../../prices/src/price';\n",
            ),
            (
                "packages/web/src/cart.test.ts",
                "import { y } from '../../testing/y';\nimport x from 'testing/x';\n",
            ),
            ("packages/prices/package.json", r#"{"name": "prices"}"#),
            ("packages/prices/src/price.ts", "export const price = 1;\n"),
            (
                "packages/testing/package.json",
                r#"{"name": "testing", "dependencies": {"web": "*"}}"#,
            ),
            ("packages/testing/y.ts", "export const y = 1;\n"),
            (
                "examples/demo/package.json",
                r#"{"name": "demo", "dependencies": {"web": "*"}}"#,
            ),
        ],
        &expect![[r#"
            shop at ``
            prices at `packages/prices`
            testing at `packages/testing`
              Package web: web in packages/testing/package.json
            web at `packages/web`
              Import prices: ../../prices/src/price in packages/web/src/cart.ts
            1. shop
            2. prices
            3. web
            4. testing
        "#]],
    );
}
