//! Ranks tasks for requirements by words and by all that a flat text ranker does not know: stories, groups, order,
//! phases, and that a task which is best for another requirement is less likely meant for this one.
//!
//! A function of plain values: the same material gives the same ranking, in whatever order it is handed over.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{self, Sort};

/// What a requirement is compared by.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    /// Its place among the feature's requirements, ascending.
    pub(super) place: u32,
    /// Its own text.
    pub(super) text: String,
    /// The number of its section, or of its requirement of Kiro; the same for all that belong together.
    pub(super) group: Option<usize>,
    /// Which of [`Material::stories`] it stands in.
    pub(super) story: Option<usize>,
}

/// What a task is compared by.
#[derive(Debug, Clone, Default)]
pub(super) struct Offered {
    /// Its place among the feature's tasks, ascending.
    pub(super) place: u32,
    /// Its own text.
    pub(super) text: String,
    /// Its phase's title and the task it is part of.
    pub(super) around: String,
    /// Which of [`Material::stories`] it works for.
    pub(super) stories: Vec<usize>,
    /// What its phase is for.
    pub(super) role: Role,
    /// It tests, runs or looks after what another task makes.
    pub(super) proves: bool,
}

/// What a phase of a task list is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// Anything.
    #[default]
    Work,
    /// Before everything: directories, dependencies.
    Setup,
    /// After everything: polish, documentation.
    Polish,
}

/// A feature as ranking sees it.
#[derive(Debug, Clone, Default)]
pub(super) struct Material {
    pub(super) asked: Vec<Asked>,
    pub(super) offered: Vec<Offered>,
    /// Texts of stories.
    pub(super) stories: Vec<String>,
}

/// One task for one requirement.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ranked {
    /// Which of [`Material::offered`].
    pub(super) offered: usize,
    /// Comparable within one requirement only.
    pub(super) score: f64,
    /// How likely it is the right one, from 0 to 1; see [`Weights::sure`].
    pub(super) confidence: f64,
    /// Words that both have, what weighs most first, as the requirement writes them.
    pub(super) shared: Vec<String>,
    /// Names that both have, as the requirement writes them.
    pub(super) names: Vec<String>,
    /// Texts in quotation marks that both have.
    pub(super) quoted: Vec<String>,
    /// The story both belong to.
    pub(super) story: Option<usize>,
}

/// How much each thing counts. Found on the twenty repositories of the census and nowhere else.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    pub(super) k1: f64,
    pub(super) b: f64,
    /// How much of a word's rarity is its rarity among requirements, not tasks.
    pub(super) rare_asked: f64,
    pub(super) pair: f64,
    pub(super) name: f64,
    pub(super) directory: f64,
    /// Words of the phase and of the task above.
    pub(super) around: f64,
    /// Words of the tasks before and behind.
    pub(super) beside: f64,
    pub(super) story: f64,
    /// Tasks follow the order of requirements.
    pub(super) order: f64,
    /// What is good for the requirements before and behind.
    pub(super) neighbours: f64,
    /// What is good for the whole group.
    pub(super) kin: f64,
    /// What is better for another requirement.
    pub(super) exclusive: f64,
    pub(super) quoted: f64,
    pub(super) setup: f64,
    pub(super) polish: f64,
    pub(super) proves: f64,
    /// Constant, margin to the runner-up, share of the requirement's words found, lead over other requirements: the
    /// logistic function of their sum is the confidence.
    pub(super) sure: [f64; 4],
}

/// The weights in use.
pub(super) const WEIGHTS: Weights = Weights {
    k1: 1.19,
    b: 0.68,
    rare_asked: 0.8,
    pair: 0.052,
    name: 1.35,
    directory: 0.835,
    around: 0.147,
    beside: 0.24,
    story: 0.034,
    order: 0.03,
    neighbours: 0.397,
    kin: 0.4,
    exclusive: 0.179,
    quoted: 0.112,
    setup: 0.03,
    polish: 0.02,
    proves: 0.024,
    sure: [-0.85, 2.94, 2.38, 0.17],
};

/// Candidates that are worth less of the best one than this are left out.
const WORTH_TELLING: f64 = 0.2;

/// A text as numbers of terms, ascending, with how much of each it has.
type Bag = Vec<(usize, f64)>;

/// Tasks for each requirement, best first, at most `most`; none that nothing speaks for.
pub(super) fn rank(material: &Material, weights: &Weights, most: usize) -> Vec<Vec<Ranked>> {
    let mut asked: Vec<usize> = (0..material.asked.len()).collect();
    asked.sort_by_key(|at| (material.asked[*at].place, &material.asked[*at].text));
    let mut offered: Vec<usize> = (0..material.offered.len()).collect();
    offered.sort_by_key(|at| (material.offered[*at].place, &material.offered[*at].text));
    let ranking = Ranking::new(material, weights, &asked, &offered);
    let scores = ranking.scores();
    let mut ranked = vec![Vec::new(); asked.len()];
    for (row, at) in asked.iter().enumerate() {
        ranked[*at] = ranking.best(row, &scores, most);
    }
    ranked
}

/// Everything counted once. Rows are requirements and columns tasks, both by place.
struct Ranking<'a> {
    material: &'a Material,
    weights: &'a Weights,
    asked: &'a [usize],
    offered: &'a [usize],
    /// Rarity times sort of each term.
    worth: Vec<f64>,
    asked_bags: Vec<Bag>,
    offered_bags: Vec<Bag>,
    around_bags: Vec<Bag>,
    story_bags: Vec<Bag>,
    mean: f64,
    /// How a term is written in a requirement, by row.
    written: Vec<BTreeMap<usize, String>>,
    sorts: Vec<Sort>,
}

impl<'a> Ranking<'a> {
    fn new(
        material: &'a Material,
        weights: &'a Weights,
        asked: &'a [usize],
        offered: &'a [usize],
    ) -> Self {
        let asked_terms: Vec<_> = asked
            .iter()
            .map(|at| words::terms(&material.asked[*at].text))
            .collect();
        let offered_terms: Vec<_> = offered
            .iter()
            .map(|at| words::terms(&material.offered[*at].text))
            .collect();
        let mut numbers: BTreeMap<&str, (usize, Sort)> = BTreeMap::new();
        for term in asked_terms.iter().chain(&offered_terms).flatten() {
            let known = numbers.entry(&term.key).or_insert((0, term.sort));
            known.1 = known.1.min(term.sort);
        }
        for (number, known) in numbers.values_mut().enumerate() {
            known.0 = number;
        }
        let bag = |terms: &[words::Term]| -> Bag {
            let mut counts: BTreeMap<usize, f64> = BTreeMap::new();
            for term in terms {
                if let Some((number, _)) = numbers.get(term.key.as_str()) {
                    let often = if term.sort == Sort::Directory {
                        weights.directory
                    } else {
                        1.0
                    };
                    *counts.entry(*number).or_default() += often;
                }
            }
            counts.into_iter().collect()
        };
        let texts = |texts: &[String]| -> Vec<Bag> {
            texts.iter().map(|text| bag(&words::terms(text))).collect()
        };
        let asked_bags: Vec<Bag> = asked_terms.iter().map(|terms| bag(terms)).collect();
        let offered_bags: Vec<Bag> = offered_terms.iter().map(|terms| bag(terms)).collect();
        let around_bags = offered
            .iter()
            .map(|at| bag(&words::terms(&material.offered[*at].around)))
            .collect();
        let sorts: Vec<Sort> = numbers.values().map(|(_, sort)| *sort).collect();
        let rare_asked = rarity(&asked_bags, sorts.len());
        let rare_offered = rarity(&offered_bags, sorts.len());
        let share = weights.rare_asked;
        let worth = (0..sorts.len())
            .map(|at| {
                let sort = match sorts[at] {
                    Sort::Pair => weights.pair,
                    Sort::Name => weights.name,
                    Sort::Word | Sort::Directory => 1.0,
                };
                sort * (share * rare_asked[at] + (1.0 - share) * rare_offered[at])
            })
            .collect();
        let total: f64 = offered_bags.iter().map(length).sum();
        let written = asked_terms
            .iter()
            .map(|terms| {
                let mut written = BTreeMap::new();
                for term in terms {
                    if let Some((number, _)) = numbers.get(term.key.as_str()) {
                        written
                            .entry(*number)
                            .or_insert_with(|| term.written.clone());
                    }
                }
                written
            })
            .collect();
        Self {
            mean: (total / float(offered_bags.len().max(1))).max(1.0),
            story_bags: texts(&material.stories),
            material,
            weights,
            asked,
            offered,
            worth,
            asked_bags,
            offered_bags,
            around_bags,
            written,
            sorts,
        }
    }

    /// How much of the worth of `query` stands in `text`, from 0 to about 1.
    fn likeness(&self, query: &Bag, text: &Bag, normed: bool) -> f64 {
        let (k1, b) = (self.weights.k1, if normed { self.weights.b } else { 0.0 });
        let all: f64 = query
            .iter()
            .map(|(term, often)| self.worth[*term] * damped(*often))
            .sum();
        if all <= 0.0 {
            return 0.0;
        }
        let norm = k1 * (1.0 - b + b * length(text) / self.mean);
        let found: f64 = common(query, text)
            .map(|(term, asked, often)| {
                self.worth[term] * damped(asked) * often * (1.0 + k1) / (often + norm)
            })
            .sum();
        found / all
    }

    /// For each requirement and task, how well they go together.
    fn scores(&self) -> Vec<Vec<f64>> {
        let weights = self.weights;
        let (rows, columns) = (self.asked.len(), self.offered.len());
        let mut scores: Vec<Vec<f64>> = Vec::with_capacity(rows);
        for row in 0..rows {
            let asked = &self.material.asked[self.asked[row]];
            let own = self.against(&self.asked_bags[row], &self.offered_bags);
            let around = self.against(&self.asked_bags[row], &self.around_bags);
            let stories = self.stories(row);
            let quotes = words::quoted(&asked.text);
            let line = (0..columns).map(|column| {
                let task = &self.material.offered[self.offered[column]];
                let before = column.checked_sub(1).map_or(0.0, |at| own[at]);
                let behind = own.get(column + 1).copied().unwrap_or(0.0);
                let story = task
                    .stories
                    .iter()
                    .map(|story| stories[*story])
                    .fold(0.0, f64::max);
                let distance = (position(row, rows) - position(column, columns)).abs();
                let role = match task.role {
                    Role::Work => 0.0,
                    Role::Setup => weights.setup,
                    Role::Polish => weights.polish,
                };
                let proves = if task.proves { weights.proves } else { 0.0 };
                let said = if quotes.is_empty() {
                    0.0
                } else {
                    let text = task.text.to_lowercase();
                    float(quotes.iter().filter(|quote| text.contains(*quote)).count()).min(1.0)
                };
                own[column]
                    + weights.around * around[column]
                    + weights.beside * before.max(behind)
                    + weights.story * story
                    + weights.quoted * said
                    - weights.order * distance
                    - role
                    - proves
            });
            scores.push(line.collect());
        }
        self.exclusive(&self.kin(&scores))
    }

    fn against(&self, query: &Bag, texts: &[Bag]) -> Vec<f64> {
        texts
            .iter()
            .map(|text| self.likeness(query, text, true))
            .collect()
    }

    /// How far each story is the one of a requirement: of the one it stands in fully, else by words.
    fn stories(&self, row: usize) -> Vec<f64> {
        let own = self.material.asked[self.asked[row]].story;
        let likeness = |story: &Bag| self.likeness(&self.asked_bags[row], story, false);
        let mut all: Vec<f64> = match own {
            Some(own) => (0..self.story_bags.len())
                .map(|at| f64::from(u8::from(at == own)))
                .collect(),
            None => self.story_bags.iter().map(likeness).collect(),
        };
        let most = all.iter().copied().fold(0.0, f64::max);
        if most > 0.0 && all.len() > 1 {
            let least = all.iter().copied().fold(most, f64::min);
            let spread = (most - least).max(f64::EPSILON);
            for each in &mut all {
                *each = (*each - least) / spread;
            }
        }
        all
    }

    /// With what is good for the requirements beside it and in its group.
    fn kin(&self, scores: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let group = |row: usize| self.material.asked[self.asked[row]].group;
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for row in 0..scores.len() {
            if let Some(group) = group(row) {
                members.entry(group).or_default().push(row);
            }
        }
        let mut mixed = scores.to_vec();
        for (row, line) in mixed.iter_mut().enumerate() {
            let beside: Vec<&Vec<f64>> = [row.checked_sub(1), Some(row + 1)]
                .into_iter()
                .flatten()
                .filter(|other| group(*other.min(&(scores.len() - 1))) == group(row))
                .filter_map(|other| scores.get(other))
                .collect();
            let kin = group(row).and_then(|group| members.get(&group));
            for (column, score) in line.iter_mut().enumerate() {
                if !beside.is_empty() {
                    let sum: f64 = beside.iter().map(|other| other[column]).sum();
                    *score += self.weights.neighbours * sum / float(beside.len());
                }
                if let Some(kin) = kin {
                    let sum: f64 = kin.iter().map(|other| scores[*other][column]).sum();
                    *score += self.weights.kin * sum / float(kin.len());
                }
            }
        }
        mixed
    }

    /// Less for tasks that are better for another requirement.
    fn exclusive(&self, scores: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let mut left = scores.to_vec();
        for column in 0..self.offered.len() {
            let most = scores
                .iter()
                .map(|line| line[column])
                .fold(f64::MIN, f64::max);
            for line in &mut left {
                line[column] -= self.weights.exclusive * (most - line[column]).max(0.0);
            }
        }
        left
    }

    fn best(&self, row: usize, scores: &[Vec<f64>], most: usize) -> Vec<Ranked> {
        let line = &scores[row];
        let asked = &self.material.asked[self.asked[row]];
        let bag = &self.asked_bags[row];
        // What goes with a group may have no word of its own in common with a task.
        let own = |column: usize| common(bag, &self.offered_bags[column]).next().is_some();
        let mut order: Vec<usize> = (0..line.len())
            .filter(|column| line[*column] > 0.0 && (asked.group.is_some() || own(*column)))
            .collect();
        order.sort_by(|one, other| line[*other].total_cmp(&line[*one]).then(one.cmp(other)));
        let runner_up = order.get(1).map_or(0.0, |column| line[*column]);
        let best = order.first().map_or(0.0, |column| line[*column]);
        order.retain(|column| line[*column] >= WORTH_TELLING * best);
        let quotes = words::quoted(&asked.text);
        let stories = self.stories(row);
        let ranked = order.iter().take(most).enumerate().map(|(at, &column)| {
            let task = &self.material.offered[self.offered[column]];
            let others = scores.iter().enumerate().filter(|(other, _)| *other != row);
            let others = others
                .map(|(_, line)| line[column])
                .fold(f64::MIN, f64::max);
            let score = line[column];
            let margin = if at == 0 {
                relative(score, runner_up)
            } else {
                0.0
            };
            let lead = if scores.len() > 1 {
                relative(score, others)
            } else {
                0.0
            };
            let found = self.likeness(bag, &self.offered_bags[column], true);
            let (shared, names) = self.shared(row, column);
            let text = task.text.to_lowercase();
            let story = task
                .stories
                .iter()
                .copied()
                .find(|story| stories[*story] >= 1.0);
            Ranked {
                offered: self.offered[column],
                score,
                confidence: if at == 0 {
                    self.confidence([margin, found, lead])
                } else {
                    0.0
                },
                shared,
                names,
                quoted: quotes
                    .iter()
                    .filter(|quote| text.contains(*quote))
                    .cloned()
                    .collect(),
                story,
            }
        });
        ranked.collect()
    }

    fn confidence(&self, features: [f64; 3]) -> f64 {
        let [constant, weights @ ..] = self.weights.sure;
        let sum: f64 = weights
            .iter()
            .zip(features)
            .map(|(weight, each)| weight * each)
            .sum();
        1.0 / (1.0 + (-(constant + sum)).exp())
    }

    /// Words and names that a requirement and a task have in common, by worth.
    fn shared(&self, row: usize, column: usize) -> (Vec<String>, Vec<String>) {
        let mut found: Vec<(f64, usize)> =
            common(&self.asked_bags[row], &self.offered_bags[column])
                .map(|(term, ..)| (self.worth[term], term))
                .collect();
        found.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let (mut shared, mut names): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        let written = &self.written[row];
        // Two words are said as one where they stand side by side.
        let text = self.material.asked[self.asked[row]].text.to_lowercase();
        found.retain(|(_, term)| {
            let pair = self.sorts[*term] == Sort::Pair;
            !pair || written.get(term).is_some_and(|pair| text.contains(pair))
        });
        let pairs: BTreeSet<&str> = found
            .iter()
            .filter(|(_, term)| self.sorts[*term] == Sort::Pair)
            .filter_map(|(_, term)| written.get(term))
            .flat_map(|pair| pair.split(' '))
            .collect();
        for (_, term) in &found {
            let Some(word) = written.get(term) else {
                continue;
            };
            let (list, new) = match self.sorts[*term] {
                Sort::Name => (&mut names, true),
                // A word is said with its pair.
                Sort::Word | Sort::Directory => (&mut shared, !pairs.contains(word.as_str())),
                Sort::Pair => (&mut shared, true),
            };
            if new && !list.contains(word) {
                list.push(word.clone());
            }
        }
        (shared, names)
    }
}

/// How far one number is ahead of another, of the larger one.
fn relative(one: f64, other: f64) -> f64 {
    let most = one.abs().max(other.abs());
    if most > 0.0 {
        ((one - other) / most).clamp(-1.0, 1.0)
    } else {
        0.0
    }
}

/// Where in a list something stands, from 0 to 1.
fn position(at: usize, count: usize) -> f64 {
    if count > 1 {
        float(at) / float(count - 1)
    } else {
        0.5
    }
}

fn damped(often: f64) -> f64 {
    if often > 1.0 { 1.0 + often.ln() } else { often }
}

fn length(bag: &Bag) -> f64 {
    bag.iter().map(|(_, often)| often).sum()
}

/// Terms that both have, with how often in each.
fn common<'b>(one: &'b Bag, other: &'b Bag) -> impl Iterator<Item = (usize, f64, f64)> + 'b {
    let mut rest = other.as_slice();
    one.iter().filter_map(move |(term, often)| {
        let skip = rest.iter().take_while(|(each, _)| each < term).count();
        rest = &rest[skip..];
        let (first, there) = rest.first()?;
        (first == term).then_some((*term, *often, *there))
    })
}

/// How rare each term is among these texts.
fn rarity(bags: &[Bag], terms: usize) -> Vec<f64> {
    let mut holding = vec![0_usize; terms];
    for (term, _) in bags.iter().flatten() {
        holding[*term] += 1;
    }
    let count = float(bags.len());
    holding
        .into_iter()
        .map(|texts| {
            let texts = float(texts);
            ((count - texts + 0.5) / (texts + 0.5)).ln_1p()
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests;
