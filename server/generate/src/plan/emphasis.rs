//! Lines of the template in italics, as the project's own plans have them: a formatter that ran over the plans may have turned
//! the stars of `*GATE: ...*` into underscores, and not those of the template.

use super::facts::Facts;

/// The same lines, those that are whole in italics as the newest other plan with the same words has them.
pub(super) fn of_others(facts: &Facts<'_>, mut lines: Vec<String>) -> Vec<String> {
    for line in &mut lines {
        let Some(words) = within(line, '*') else {
            continue;
        };
        let mut plans = facts.others().filter_map(|other| other.plan());
        let found = plans.find_map(|plan| {
            let mut written = plan.doc.text.lines();
            written.find_map(|own| {
                let own = own.trim_end();
                let same = |mark| within(own, mark) == Some(words);
                (same('*') || same('_')).then(|| own.to_owned())
            })
        });
        if let Some(found) = found {
            *line = found;
        }
    }
    lines
}

/// The words of a line that stands between two marks, and nothing else.
fn within(line: &str, mark: char) -> Option<&str> {
    let words = line.trim_end().strip_prefix(mark)?.strip_suffix(mark)?;
    let is_plain = !words.is_empty()
        && !words.contains(mark)
        && !words.starts_with(' ')
        && !words.ends_with(' ');
    is_plain.then_some(words)
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn only_a_whole_line_in_italics_counts() {
        assert_eq!(within("*GATE: ready?*", '*'), Some("GATE: ready?"));
        assert_eq!(within("_GATE: ready?_", '_'), Some("GATE: ready?"));
        assert_eq!(within("**GATE**", '*'), None);
        assert_eq!(within("* GATE *", '*'), None);
        assert_eq!(within("*GATE*: *ready*", '*'), None);
    }
}
