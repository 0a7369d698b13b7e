use proptest::prelude::*;

use super::*;

#[test]
fn junit_as_four_frameworks_write_it() {
    let text = r#"<?xml version="1.0"?>
<testsuites><testsuite name="com.acme.LoginTest">
  <testcase name="rejects" classname="com.acme.LoginTest" time="0.1"/>
  <testcase name="locks" classname="com.acme.LoginTest"><failure message="&lt;no&gt;">at x</failure></testcase>
  <testcase name="later" classname="com.acme.LoginTest"><skipped/></testcase>
  <testcase name="flaky" classname="com.acme.LoginTest"><flakyFailure>once</flakyFailure></testcase>
</testsuite>
<testsuite name="pytest"><testcase classname="tests.test_a.TestA" name="test_b[1-x]" file="tests/test_a.py" line="3"/></testsuite>
<testsuite name="my-crate::it"><testcase name="module::holds"><error/></testcase></testsuite>
<testsuite name="odd"><testcase/><testcase name="todo" status="notrun"/></testsuite></testsuites>"#;
    let report = read_report(text).unwrap_or_default();
    let said: Vec<String> = report
        .cases
        .iter()
        .map(|case| {
            format!(
                "{}|{}|{}|{:?}",
                case.class,
                case.name,
                case.file.as_deref().unwrap_or("-"),
                case.outcome
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            "com.acme.LoginTest|rejects|-|Passed",
            "com.acme.LoginTest|locks|-|Failed",
            "com.acme.LoginTest|later|-|Skipped",
            "com.acme.LoginTest|flaky|-|Passed",
            "tests.test_a.TestA|test_b[1-x]|tests/test_a.py|Passed",
            "my-crate::it|module::holds|-|Failed",
            "odd|todo|-|Skipped",
        ]
    );
}

#[test]
fn lines_of_lcov_and_cobertura() {
    let lcov = "TN:\nSF:src/a.rs\nFN:1,a\nDA:3,0\nDA:1,5\nDA:3,2\nDA:x,1\nend_of_record\nSF:src/b.rs\nDA:1,0\n";
    let report = read_report(lcov).unwrap_or_default();
    assert_eq!(report.files.len(), 2);
    assert_eq!(report.files[0].lines, [(1, true), (3, true)]);
    assert_eq!(report.files[1].lines, [(1, false)]);
    let cobertura = r#"<?xml version="1.0" ?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage><sources><source>/home/x/repo/src</source></sources><packages><package><classes>
<class filename="a.py"><methods><method><lines><line number="2" hits="1"/></lines></method></methods>
<lines><line number="2" hits="1"/><line number="3" hits="0"/></lines></class>
<class filename="a.py"><lines><line number="3" hits="4"/></lines></class>
</classes></package></packages></coverage>"#;
    let report = read_report(cobertura).unwrap_or_default();
    assert_eq!(report.files.len(), 1);
    assert_eq!(report.files[0].sources, ["/home/x/repo/src"]);
    assert_eq!(report.files[0].lines, [(2, true), (3, true)]);
}

#[test]
fn hostile_reports_are_refused() {
    let mut bomb = String::from("<!DOCTYPE testsuite [<!ENTITY a \"aaaaaaaaaa\">");
    for (name, of) in [
        ('b', 'a'),
        ('c', 'b'),
        ('d', 'c'),
        ('e', 'd'),
        ('f', 'e'),
        ('g', 'f'),
        ('h', 'g'),
    ] {
        let ten = format!("&{of};").repeat(10);
        bomb = format!("{bomb}<!ENTITY {name} \"{ten}\">");
    }
    bomb.push_str("]><testsuite><testcase name=\"x\">&h;</testcase></testsuite>");
    assert!(read_report(&bomb).is_err());
    let looped = "<!DOCTYPE t [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]><testsuite>&a;</testsuite>";
    assert!(read_report(looped).is_err());
    let outside = "<!DOCTYPE t [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><testsuite><testcase name=\"&a;\"/></testsuite>";
    let read = read_report(outside).map(|report| {
        report
            .cases
            .into_iter()
            .map(|case| case.name)
            .collect::<Vec<_>>()
    });
    assert!(
        read.is_err() || read == Ok(vec![SmolStr::default()]),
        "{read:?}"
    );
    assert!(read_report(&"<testsuite>".repeat(100_000)).is_err());
    assert!(read_report(&"<a>".repeat(100_000)).is_err());
    assert!(read_report("<html/>").is_err());
    assert!(read_report("").is_err());
    assert!(read_report("{\"a\": 1}").is_err());
    assert!(read_report("<testsuite><testcase name=\"x\">").is_err());
}

proptest! {
    #[test]
    fn nothing_panics(pieces in prop::collection::vec(prop::sample::select(vec![
        "<testsuite name=\"a\">", "</testsuite>", "<testcase name=\"b\" classname=\"c\">", "</testcase>", "<failure/>",
        "<coverage>", "</coverage>", "<class filename=\"a\">", "</class>", "<line number=\"1\" hits=\"1\"/>", "SF:a\n", "DA:1,1\n",
        "DA:99999999999,1e400\n", "&amp;", "&a;", "<!DOCTYPE a [", "<!ENTITY a \"b\">", "]>", "<![CDATA[", "]]>", "<!--", "-->", "é", "\u{0}", "<?xml?>",
    ]), 0..30)) {
        let _ = read_report(&pieces.concat());
    }
}
