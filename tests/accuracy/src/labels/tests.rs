use super::*;

const GOOD: &str = "# judged by hand\n\n\
    acme/parcels@0123456789ab\tspecs/001-a/spec.md:66\tduplicate-id\ttrue\tthe number was taken\n\
    acme/parcels@0123456789ab\tspecs/001-a/spec.md:70:4\tduplicate-id\tfalse\tan example\n\
    acme/parcels@0123456789ab\tspecs/001-a/tasks.md:9\ttask-format\tunclear\ta heading, perhaps\n";

#[test]
fn labels_are_read_and_counted() {
    let labels = parse("a.tsv", GOOD).unwrap();
    assert_eq!(labels.len(), 3);
    assert!(repeated(&labels).is_empty());
    let by_code = precision(&labels);
    assert_eq!(
        (
            by_code["duplicate-id"].judged,
            by_code["duplicate-id"].right
        ),
        (2, 1)
    );
    assert_eq!(by_code["duplicate-id"].precision, Some(0.5));
    assert_eq!(
        (by_code["task-format"].right, by_code["task-format"].unclear),
        (0, 1)
    );
}

#[test]
fn every_wrong_line_is_told() {
    for (line, word) in [
        ("a/b@0123456\tp:1\tc\ttrue", "columns"),
        ("a/b\tp:1\tc\ttrue\twhy", "@commit"),
        ("a/b@xyz\tp:1\tc\ttrue\twhy", "repository@commit"),
        ("a/b@0123456\tp\tc\ttrue\twhy", "path:line"),
        ("a/b@0123456\tp:0\tc\ttrue\twhy", "path:line"),
        ("a/b@0123456\tp:1\tC!\ttrue\twhy", "no code"),
        ("a/b@0123456\tp:1\tc\tyes\twhy", "none of"),
        ("a/b@0123456\tp:1\tc\ttrue\t ", "why"),
    ] {
        let wrong = parse("x.tsv", &format!("\n{line}\n")).unwrap_err();
        assert_eq!(wrong.len(), 1, "{line}");
        assert!(
            wrong[0].starts_with("x.tsv:2: ") && wrong[0].contains(word),
            "{}",
            wrong[0]
        );
    }
}

#[test]
fn one_hit_judged_twice_is_told() {
    let mut labels = parse("a.tsv", GOOD).unwrap();
    labels.push(labels[0].clone());
    assert_eq!(repeated(&labels).len(), 1);
}
