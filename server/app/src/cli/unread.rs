//! Documents that were not understood: said wherever silence would look like praise.

use trace::Feature;

use super::load::Loaded;

/// One line for each document of these features that was not understood.
pub(crate) fn lines<'a>(
    loaded: &Loaded,
    features: impl IntoIterator<Item = &'a Feature>,
) -> Vec<String> {
    let documents = features.into_iter().flat_map(Feature::unread);
    documents
        .map(|(document, why)| {
            let path = loaded.shown(document.file);
            format!("{path} was not understood: {}", why.as_str())
        })
        .collect()
}

/// The same in one line; `None` where everything was understood.
pub(crate) fn line<'a>(
    loaded: &Loaded,
    features: impl IntoIterator<Item = &'a Feature>,
) -> Option<String> {
    let lines = lines(loaded, features);
    let first = lines.first()?;
    Some(match lines.len() {
        1 => format!("{first}.\n"),
        2 => format!("{first}; 1 more such document (`spec-analyzer doctor`).\n"),
        all => format!(
            "{first}; {} more such documents (`spec-analyzer doctor`).\n",
            all - 1
        ),
    })
}
