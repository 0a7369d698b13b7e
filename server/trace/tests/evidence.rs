//! Which case of a report is which test, as seven frameworks name them; ages; coverage.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use std::sync::Arc;

use code::Outcome;
use fixture::Fixture;
use text::FileId;
use trace::{Age, Basis, Change, Evidence, Graph, ReportFile, RootId, SymbolRef, TestRef};

const WORKSPACE: &str = r#"
//- /specs/001-login/spec.md
## Requirements
- **FR-001**: Sign in.
//- /tests/test_login.py
class TestLogin:
    def test_locks(self):
        assert True

def test_plain():
    assert True
//- /tests/test_logout.py
def test_plain():
    assert True
//- /web/login.test.ts
describe('Login', () => {
  describe('form', () => {
    it('rejects wrong', () => { expect(1).toBe(1) })
  })
})
//- /crates/core/src/session.rs
pub fn open() -> u32 {
    if true {
        return 1;
    }
    2
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_works() {
        assert_eq!(1, 1);
    }
}
//- /crates/other/src/session.rs
#[cfg(test)]
mod tests {
    #[test]
    fn it_works() {
        assert_eq!(1, 1);
    }
}
//- /src/test/scala/com/acme/StoreFlat.scala
class StoreFlat extends AnyFlatSpec {
  "A store" should "keep" in { assert(true) }
  "A shelf" should "keep" in { assert(true) }
}
class StoreWord extends AnyWordSpec {
  "A store" when { "full" should { "refuse" in { assert(true) } } }
}
//- /store/store_test.go
package store

var _ = DescribeTable("adding", func(a int) { Expect(a).To(Equal(a)) },
	Entry("nothing", 0),
	Entry("one", 1))
//- /src/test/java/com/acme/LoginTest.kt
class Nothing
"#;

fn with(path: &str, written: u64, text: &str) -> (Fixture, Graph) {
    let fixture = Fixture::parse(WORKSPACE);
    let graph = reported(&fixture.graph, path, written, text);
    (fixture, graph)
}

fn reported(graph: &Graph, path: &str, written: u64, text: &str) -> Graph {
    let evidence = Evidence {
        reports: vec![ReportFile {
            root: RootId(0),
            path: path.into(),
            written,
            report: Arc::new(code::read_report(text).unwrap()),
        }],
        changed: graph
            .inputs()
            .sources
            .keys()
            .map(|file| (*file, 100))
            .collect(),
    };
    graph.apply(vec![Change::Evidence(Arc::new(evidence))])
}

/// Tests of which the report says something.
fn runs(graph: &Graph) -> Vec<String> {
    let mut said = Vec::new();
    for (file, source) in &graph.inputs().sources {
        for (at, test) in (0..).zip(&source.facts.tests) {
            let test_ref = TestRef {
                file: *file,
                test: at,
                basis: Basis::Declared,
            };
            if let Some(run) = graph.test_run(&test_ref) {
                let path = graph.inputs().tree.path_str(*file);
                said.push(format!("{path} {} {:?}", test.full_name, run.outcome));
            }
        }
    }
    said.sort();
    said
}

fn suite(cases: &str) -> String {
    format!("<testsuites><testsuite name=\"s\">{cases}</testsuite></testsuites>")
}

#[test]
fn cases_find_their_tests() {
    for (cases, expected) in [
        // pytest: module and class with dots, parameters.
        (
            "<testcase classname=\"tests.test_login.TestLogin\" name=\"test_locks[1]\"/>\
             <testcase classname=\"tests.test_login.TestLogin\" name=\"test_locks[2]\"><failure/></testcase>",
            vec!["tests/test_login.py TestLogin > test_locks Failed"],
        ),
        (
            "<testcase classname=\"tests.test_logout\" name=\"test_plain\"/>",
            vec!["tests/test_logout.py test_plain Passed"],
        ),
        // By file.
        (
            "<testcase classname=\"x\" name=\"test_plain\" file=\"tests/test_login.py\"/>",
            vec!["tests/test_login.py test_plain Passed"],
        ),
        // Jest: groups and title in one name; Vitest: the file as the class.
        (
            "<testcase classname=\"Login form rejects wrong\" name=\"Login form rejects wrong\"/>",
            vec!["web/login.test.ts Login > form > rejects wrong Passed"],
        ),
        (
            "<testcase classname=\"web/login.test.ts\" name=\"Login &gt; form &gt; rejects wrong\"><skipped/></testcase>",
            vec!["web/login.test.ts Login > form > rejects wrong Skipped"],
        ),
        // ScalaTest: subject and verb in the name.
        (
            "<testcase classname=\"com.acme.StoreFlat\" name=\"A shelf should keep\"/>",
            vec![
                "src/test/scala/com/acme/StoreFlat.scala StoreFlat > A shelf > should keep Passed",
            ],
        ),
        (
            "<testcase classname=\"com.acme.StoreWord\" name=\"A store when full should refuse\"/>",
            vec![
                "src/test/scala/com/acme/StoreFlat.scala StoreWord > A store when > full should > refuse Passed",
            ],
        ),
        // Ginkgo: the kind of node before the name.
        (
            "<testcase classname=\"Store Suite\" name=\"[It] adding one\"/>",
            vec!["store/store_test.go adding > one Passed"],
        ),
        // nextest: the crate as the class, the module in the name.
        (
            "<testcase classname=\"core\" name=\"session::tests::it_works\"/>",
            vec!["crates/core/src/session.rs tests > it_works Passed"],
        ),
        // Two tests, and nothing says which.
        (
            "<testcase classname=\"\" name=\"session::tests::it_works\"/>",
            vec![],
        ),
        (
            "<testcase classname=\"tests\" name=\"test_plain\"/>",
            vec![],
        ),
        // Of another file.
        (
            "<testcase classname=\"tests.test_other\" name=\"test_plain\"/>",
            vec![],
        ),
        (
            "<testcase classname=\"x\" name=\"test_plain\" file=\"tests/test_other.py\"/>",
            vec![],
        ),
        (
            "<testcase classname=\"tests.test_login\" name=\"test_none\"/>",
            vec![],
        ),
    ] {
        let (_, graph) = with("junit.xml", 200, &suite(cases));
        assert_eq!(runs(&graph), expected, "{cases}");
    }
}

fn only(fixture: &Fixture, path: &str) -> (FileId, TestRef) {
    let file = fixture.file(path);
    let test = TestRef {
        file,
        test: 0,
        basis: Basis::Task,
    };
    (file, test)
}

#[test]
fn a_report_is_as_good_as_its_age() {
    let cases = suite("<testcase classname=\"tests.test_logout\" name=\"test_plain\"/>");
    for (written, age) in [
        (200, Age::Newer),
        (100, Age::Newer),
        (99, Age::Older),
        (0, Age::Unknown),
    ] {
        let (fixture, graph) = with("junit.xml", written, &cases);
        let (file, test) = only(&fixture, "tests/test_logout.py");
        let run = graph.test_run(&test).unwrap();
        assert_eq!((run.outcome, run.age), (Outcome::Passed, age));
        // The file changed in an editor.
        let mut evidence = Evidence::clone(&graph.inputs().evidence);
        evidence.changed.remove(&file);
        let graph = graph.apply(vec![Change::Evidence(Arc::new(evidence))]);
        assert_eq!(graph.test_run(&test).unwrap().age, Age::Unknown);
    }
}

#[test]
fn the_newest_report_counts() {
    let fixture = Fixture::parse(WORKSPACE);
    let report = |written, inner: &str| ReportFile {
        root: RootId(0),
        path: "junit.xml".into(),
        written,
        report: Arc::new(
            code::read_report(&suite(&format!(
                "<testcase classname=\"tests.test_logout\" name=\"test_plain\">{inner}</testcase>"
            )))
            .unwrap(),
        ),
    };
    let evidence = Evidence {
        reports: vec![report(300, ""), report(200, "<failure/>")],
        ..Evidence::default()
    };
    let graph = fixture
        .graph
        .apply(vec![Change::Evidence(Arc::new(evidence))]);
    let (_, test) = only(&fixture, "tests/test_logout.py");
    assert_eq!(graph.test_run(&test).unwrap().outcome, Outcome::Passed);
}

#[test]
fn lines_that_ran_cover_their_symbol() {
    let covered = |path: &str, written, text: &str| {
        let (fixture, graph) = with(path, written, text);
        graph.covered(&SymbolRef {
            file: fixture.file("crates/core/src/session.rs"),
            symbol: 0,
            basis: Basis::Declared,
        })
    };
    let lcov = |path: &str, lines: &str| format!("SF:{path}\n{lines}end_of_record\n");
    let own = "crates/core/src/session.rs";
    assert_eq!(
        covered("lcov.info", 200, &lcov(own, "DA:2,1\nDA:5,0\n")),
        Some(true)
    );
    assert_eq!(
        covered("lcov.info", 200, &lcov(own, "DA:1,1\nDA:2,0\n")),
        Some(false)
    );
    // Nothing of it, or of old.
    assert_eq!(covered("lcov.info", 200, &lcov(own, "DA:12,1\n")), None);
    assert_eq!(covered("lcov.info", 99, &lcov(own, "DA:2,1\n")), None);
    // From the package, from another machine.
    assert_eq!(
        covered(
            "crates/core/coverage/lcov.info",
            200,
            &lcov("src/session.rs", "DA:2,1\n")
        ),
        Some(true)
    );
    assert_eq!(
        covered(
            "lcov.info",
            200,
            &lcov("/ci/repo/crates/core/src/session.rs", "DA:2,1\n")
        ),
        Some(true)
    );
    assert_eq!(
        covered("lcov.info", 200, &lcov("src/session.rs", "DA:2,1\n")),
        None
    );
    let cobertura = "<coverage><sources><source>/ci/repo/crates/core</source></sources>\
                     <class filename=\"src/session.rs\"><lines><line number=\"2\" hits=\"1\"/></lines></class></coverage>";
    assert_eq!(covered("coverage.xml", 200, cobertura), Some(true));
}
