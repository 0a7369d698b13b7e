//! Lines of the template in italics, as the project's own plans have them: a formatter that ran over the plans may have turned
//! the stars of `*GATE: ...*` into underscores, and not those of the template.

use trace::{FeatureDocument, join};

use super::facts::Facts;

/// Settings of prettier, which writes underscores.
const SETTINGS: [&str; 9] = [
    ".prettierrc",
    ".prettierrc.json",
    ".prettierrc.yaml",
    ".prettierrc.yml",
    ".prettierrc.toml",
    ".prettierrc.js",
    ".prettierrc.cjs",
    "prettier.config.js",
    "prettier.config.mjs",
];

/// The same lines, those that are whole in italics as the newest other plan with the same words has them; with underscores if
/// any has them so and the project has settings of prettier.
pub(super) fn of_others(facts: &Facts<'_>, mut lines: Vec<String>) -> Vec<String> {
    let tree = &facts.graph.inputs().tree;
    let root = facts.feature.root;
    let has_settings = SETTINGS.iter().any(|name| {
        let path = join(&facts.feature.project.path, name);
        path.is_some_and(|path| tree.file(root, &path).is_some())
    });
    for line in &mut lines {
        let Some(words) = within(line, '*') else {
            continue;
        };
        let plans = || facts.others().filter_map(|other| other.plan());
        let marked = |plan: &FeatureDocument| {
            let mut marks = plan.doc.text.lines().filter_map(|own| {
                let mut marks = ['*', '_'].into_iter();
                marks.find(|mark| within(own, *mark) == Some(words))
            });
            marks.next()
        };
        let is_formatted = has_settings && plans().any(|plan| marked(plan) == Some('_'));
        if is_formatted || plans().find_map(marked) == Some('_') {
            *line = format!("_{words}_");
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
