//! Words: which of them tell of a story, and how names are compared.

use documents::Item;
use rustc_hash::{FxHashMap, FxHashSet};
use trace::FeatureDocument;

use crate::tasks::ground;

/// What each word says of each story: nothing if all have it. A title says most.
pub(super) fn weights(
    spec: &FeatureDocument,
    stories: &[&Item],
    texts: &[FxHashSet<String>],
) -> Vec<FxHashMap<String, f64>> {
    let titles: Vec<FxHashSet<String>> = stories
        .iter()
        .map(|story| words("", spec.slice(story.title_range)))
        .collect();
    let (in_texts, in_titles) = (rarity(texts), rarity(&titles));
    let both = texts.iter().zip(&titles);
    both.map(|(words, title)| {
        let weigh = |word: &String| {
            let text = in_texts.get(word).copied().unwrap_or(0.0);
            let title = in_titles.get(word).filter(|_| title.contains(word));
            (word.clone(), text + 2.0 * title.copied().unwrap_or(0.0))
        };
        words.iter().map(weigh).collect()
    })
    .collect()
}

/// How few of the texts have each word: nothing for what stands in all of them.
fn rarity(texts: &[FxHashSet<String>]) -> FxHashMap<&String, f64> {
    let mut having: FxHashMap<&String, f64> = FxHashMap::default();
    for word in texts.iter().flatten() {
        *having.entry(word).or_default() += 1.0;
    }
    let all = f64::from(u32::try_from(texts.len()).unwrap_or(u32::MAX));
    for weight in having.values_mut() {
        *weight = (all / *weight).ln();
    }
    having
}

/// The words of a path or name and of a text, English plurals as one, without those of fewer than three letters.
pub(crate) fn words(name: &str, text: &str) -> FxHashSet<String> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut words = ground::words_of(stem);
    words.extend(ground::words_of(text));
    let one = |word: String| match word.strip_suffix('s') {
        Some(one) if one.len() > 3 => one.to_owned(),
        _ => word,
    };
    words
        .into_iter()
        .filter(|word| word.chars().count() > 2 || !word.is_ascii())
        .map(one)
        .collect()
}

/// The name of a file without what stands behind its first dot.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}

/// Which of some paths has most of the words, at least so many and more than any other path: a guess is asked about, not
/// written.
pub(in crate::tasks) fn nearest<'a>(
    paths: impl Iterator<Item = (&'a str, &'a FxHashSet<String>)>,
    words: &FxHashSet<String>,
    least: usize,
) -> Option<&'a str> {
    let mut best: Option<(usize, &str)> = None;
    let mut is_alone = false;
    for (path, own) in paths {
        let shared = own.intersection(words).count();
        match best {
            Some((most, known)) if shared == most => is_alone = is_alone && path == known,
            Some((most, _)) if shared < most => {}
            _ => (best, is_alone) = (Some((shared, path)), true),
        }
    }
    best.filter(|(shared, _)| is_alone && *shared >= least)
        .map(|(_, path)| path)
}

/// Letters and digits alone, in lower case.
pub(super) fn squeezed(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
