//! Plain BM25 over words: what the suggestions are compared with.

use std::collections::BTreeMap;

const K1: f64 = 1.2;
const B: f64 = 0.75;

/// Places of `texts` by how well they answer `query`, best first; of equals, the first.
#[must_use]
pub(super) fn ranked(query: &str, texts: &[&str]) -> Vec<usize> {
    let documents: Vec<BTreeMap<String, f64>> = texts.iter().map(|text| counted(text)).collect();
    let lengths: Vec<f64> = documents.iter().map(|each| each.values().sum()).collect();
    let count = float(texts.len());
    let mean = (lengths.iter().sum::<f64>() / count.max(1.0)).max(1.0);
    let mut scores = vec![0.0; texts.len()];
    for (word, asked) in counted(query) {
        let holding = documents.iter().filter(|each| each.contains_key(&word));
        let holding = float(holding.count());
        let rare = ((count - holding + 0.5) / (holding + 0.5)).ln_1p();
        for (at, document) in documents.iter().enumerate() {
            if let Some(often) = document.get(&word) {
                let length = K1 * (1.0 - B + B * lengths[at] / mean);
                scores[at] += asked * rare * often * (K1 + 1.0) / (often + length);
            }
        }
    }
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by(|one, other| scores[*other].total_cmp(&scores[*one]));
    order
}

/// Words in lower case with how often they stand; of Chinese and Japanese, each character.
fn counted(text: &str) -> BTreeMap<String, f64> {
    let mut words: BTreeMap<String, f64> = BTreeMap::new();
    let lower = text.to_lowercase();
    for run in lower.split(|c: char| !c.is_alphanumeric()) {
        let mut word = String::new();
        for c in run.chars() {
            if u32::from(c) < 0x2e80 {
                word.push(c);
            } else {
                *words.entry(c.to_string()).or_default() += 1.0;
            }
        }
        if !word.is_empty() {
            *words.entry(word).or_default() += 1.0;
        }
    }
    words
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::ranked;

    #[test]
    fn the_rare_word_decides_and_equals_keep_their_order() {
        let texts = ["store the token", "store the session", "draw a page"];
        assert_eq!(ranked("the session token of a session", &texts), [1, 0, 2]);
        assert_eq!(ranked("nothing", &texts), [0, 1, 2]);
    }
}
