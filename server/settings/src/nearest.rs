/// The candidate that `word` was most likely meant to be, if one is near.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| text.to_ascii_lowercase().replace('_', "-");
    let word = plain(word);
    let near = |candidate: &'a str| {
        let known = plain(candidate);
        let part = word.len() >= 4 && (known.contains(&word) || word.contains(&known));
        let likeness = strsim::normalized_damerau_levenshtein(&word, &known);
        (part || likeness >= 0.6).then_some((likeness, candidate))
    };
    candidates
        .into_iter()
        .filter_map(near)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_is_named_and_nothing_far() {
        let words = ["severity", "spec-roots", "scope", "suppress"];
        for (word, meant) in [
            ("sevrity", Some("severity")),
            ("spec_roots", Some("spec-roots")),
            ("specRoots", Some("spec-roots")),
            ("suppressions", Some("suppress")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, words), meant, "{word}");
        }
    }
}
