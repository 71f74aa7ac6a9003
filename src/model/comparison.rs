//! Comparison of two levels, of the same ladder or of two.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::Site;
use super::inheritance::{CategoryOrigin, ThreadOrigin};
use crate::handle::{CriterionAt, LevelAt, ThreadAt};
use crate::work;

/// Two levels, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comparison {
    /// The threads that both levels have criteria in.
    pub(crate) threads: Vec<ThreadRows>,
    /// Criteria of both levels in the same words: both inherit them, or one inherits them from the other.
    pub(crate) same: Vec<CriterionAt>,
    /// Criteria of both levels in the same words under ids of their own.
    pub(crate) alike: Vec<Pair>,
    /// The criteria of each category that both levels have: those beside each other that are close, then the others. Only
    /// levels of one ladder without a common thread have such pairs.
    pub(crate) categories: Vec<Vec<Pair>>,
    /// Criteria of the higher level only.
    pub(crate) only_higher: Vec<CriterionAt>,
    /// Criteria of the lower level alone. They carry over where levels accumulate.
    pub(crate) only_lower: Vec<CriterionAt>,
}

/// One thread on both levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ThreadRows {
    pub(crate) thread: ThreadAt,
    pub(crate) pairs: Vec<Pair>,
}

/// A criterion of the lower level beside the one of the higher level that is closest to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) lower: Option<CriterionAt>,
    pub(crate) higher: Option<CriterionAt>,
    /// Whether the two share so many words in the source that what differs is worth marking.
    pub(crate) close: bool,
}

/// The criteria of two levels in one category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CategoryRows {
    pub(crate) category: CategoryOrigin,
    pub(crate) lower: Vec<CriterionAt>,
    pub(crate) higher: Vec<CriterionAt>,
}

/// Two statements are close if at least so many thousandths of their words are shared.
const CLOSE: usize = 450;

/// Compares two levels. For levels of two ladders `lower` is the one whose pages it stands on.
pub(crate) fn compare(site: &Site, lower: LevelAt, higher: LevelAt) -> Comparison {
    work::count("compare");
    let (low, high): (Vec<_>, Vec<_>) = (site.criteria_on(lower).collect(), site.criteria_on(higher).collect());
    let same: Vec<_> = low.iter().filter(|criterion| high.contains(criterion)).copied().collect();
    let apart = |criterion: Vec<CriterionAt>| {
        criterion.into_iter().filter(|criterion| !same.contains(criterion)).collect::<Vec<_>>()
    };
    let (mut only_lower, mut only_higher) = (apart(low), apart(high));
    let (mut threads, mut aligned, mut seen) = (Vec::new(), HashSet::new(), HashSet::new());
    for ladder in std::iter::once(lower.ladder).chain(site.inheritance.line(lower.ladder)) {
        for thread in site[ladder].threads.keys().map(|thread| thread.of(ladder)) {
            let origin = site.inheritance.thread(thread);
            if !seen.insert(origin) {
                continue;
            }
            let of_thread = |criterion: &&CriterionAt| thread_of(site, **criterion) == Some(origin);
            let low: Vec<_> = only_lower.iter().filter(of_thread).copied().collect();
            let high: Vec<_> = only_higher.iter().filter(of_thread).copied().collect();
            if !low.is_empty() && !high.is_empty() {
                aligned.extend(low.iter().chain(&high).copied());
                threads.push(ThreadRows { thread, pairs: pair(site, low, high) });
            }
        }
    }
    only_lower.retain(|criterion| !aligned.contains(criterion));
    only_higher.retain(|criterion| !aligned.contains(criterion));
    let alike = take_alike(site, &mut only_lower, &mut only_higher);
    Comparison { threads, same, alike, categories: Vec::new(), only_higher, only_lower }
}

/// Compares levels of two ladders. What holds on a level because levels accumulate is asked there, too, and no difference.
pub(crate) fn compare_across(site: &Site, lower: LevelAt, higher: LevelAt) -> Comparison {
    let mut comparison = compare(site, lower, higher);
    let held = |level: LevelAt| -> Vec<CriterionAt> {
        let levels = site.inherited(level).into_iter();
        levels
            .flat_map(|at| site[at.ladder].criteria_of(at.level).map(move |(criterion, _)| criterion.of(at.ladder)))
            .collect()
    };
    let (mut on_lower, mut on_higher) = (held(lower), held(higher));
    let Comparison { same, alike, only_higher, only_lower, .. } = &mut comparison;
    same.extend(only_lower.extract_if(.., |criterion| on_higher.contains(criterion)));
    same.extend(only_higher.extract_if(.., |criterion| on_lower.contains(criterion)));
    alike.extend(take_alike(site, only_lower, &mut on_higher));
    alike.extend(take_alike(site, &mut on_lower, only_higher));
    comparison
}

/// Compares two levels of one ladder: by category where no thread is on both.
pub(crate) fn compare_within(site: &Site, lower: LevelAt, higher: LevelAt) -> Comparison {
    let mut comparison = compare(site, lower, higher);
    if comparison.threads.is_empty() {
        let rows = comparison.take_categories(site).into_iter();
        comparison.categories = rows.map(|rows| likened(site, rows)).collect();
    }
    comparison
}

/// Returns the criteria of a category in pairs. Likeness alone speaks for a pair, so others stay alone.
fn likened(site: &Site, CategoryRows { lower, higher, .. }: CategoryRows) -> Vec<Pair> {
    let (mut pairs, others): (Vec<_>, Vec<_>) = pair(site, lower, higher).into_iter().partition(|pair| pair.close);
    pairs.extend(others.iter().filter(|pair| pair.lower.is_some()).map(|pair| Pair { higher: None, ..*pair }));
    pairs.extend(others.iter().filter(|pair| pair.higher.is_some()).map(|pair| Pair { lower: None, ..*pair }));
    pairs
}

/// Takes the criteria out that say the same, whatever their letter case.
fn take_alike(site: &Site, lower: &mut Vec<CriterionAt>, higher: &mut Vec<CriterionAt>) -> Vec<Pair> {
    let words = |criterion: &CriterionAt| site[*criterion].text.source().plain.trim().to_lowercase();
    let mut alike = Vec::new();
    lower.retain(|&low| {
        let said = words(&low);
        let Some(at) = higher.iter().position(|high| words(high) == said) else { return true };
        alike.push(Pair { lower: Some(low), higher: Some(higher.remove(at)), close: false });
        false
    });
    alike
}

impl Comparison {
    /// Takes the criteria in categories that both levels have out of those that only one level has.
    pub(crate) fn take_categories(&mut self, site: &Site) -> Vec<CategoryRows> {
        let mut rows: Vec<CategoryRows> = Vec::new();
        for criterion in &self.only_lower {
            let category = category_of(site, *criterion);
            match rows.iter_mut().find(|row| row.category == category) {
                Some(row) => row.lower.push(*criterion),
                None => rows.push(CategoryRows { category, lower: vec![*criterion], higher: Vec::new() }),
            }
        }
        for criterion in &self.only_higher {
            if let Some(row) = rows.iter_mut().find(|row| row.category == category_of(site, *criterion)) {
                row.higher.push(*criterion);
            }
        }
        rows.retain(|row| !row.higher.is_empty());
        let is_left = |criterion: &CriterionAt| rows.iter().all(|row| row.category != category_of(site, *criterion));
        self.only_lower.retain(is_left);
        self.only_higher.retain(is_left);
        rows
    }
}

fn thread_of(site: &Site, criterion: CriterionAt) -> Option<ThreadOrigin> {
    Some(site.inheritance.thread(site[criterion].thread?.of(criterion.ladder)))
}

/// Returns the origin of a criterion's category, which is the same in all ladders that share it.
pub(crate) fn category_of(site: &Site, criterion: CriterionAt) -> CategoryOrigin {
    site.inheritance.category(site[criterion].category.of(criterion.ladder))
}

/// With more pairs than these to choose from, criteria are put beside each other in the order of the file.
const CHOICE: usize = 10_000;

/// Pairs the most similar criteria first, and leaves the rest unpaired.
fn pair(site: &Site, low: Vec<CriterionAt>, high: Vec<CriterionAt>) -> Vec<Pair> {
    let plain = |criterion: &CriterionAt| &site[*criterion].text.source().plain;
    let words = |places: &[CriterionAt]| -> Vec<_> { places.iter().map(|at| (*at, sorted_words(plain(at)))).collect() };
    let (low, high) = (words(&low), words(&high));
    let mut choices: Vec<(usize, CriterionAt, CriterionAt)> = if low.len() * high.len() > CHOICE {
        low.iter().zip(&high).map(|((lower, a), (higher, b))| (closeness(a, b), *lower, *higher)).collect()
    } else {
        let all = low.iter().flat_map(|lower| high.iter().map(move |higher| (lower, higher)));
        all.map(|((lower, a), (higher, b))| (closeness(a, b), *lower, *higher)).collect()
    };
    // Of equals the first is taken, so that the order of the file decides.
    choices.sort_by_key(|&(closeness, lower, higher)| (Reverse(closeness), lower, higher));
    let mut pairs = Vec::new();
    let mut taken = HashSet::new();
    for (closeness, lower, higher) in choices {
        if !taken.contains(&lower) && !taken.contains(&higher) {
            taken.extend([lower, higher]);
            pairs.push(Pair { lower: Some(lower), higher: Some(higher), close: closeness >= CLOSE });
        }
    }
    let alone = |places: &[(CriterionAt, Vec<&str>)]| -> Vec<CriterionAt> {
        places.iter().map(|(at, _)| *at).filter(|at| !taken.contains(at)).collect()
    };
    pairs.extend(alone(&low).into_iter().map(|at| Pair { lower: Some(at), higher: None, close: false }));
    pairs.extend(alone(&high).into_iter().map(|at| Pair { lower: None, higher: Some(at), close: false }));
    pairs.sort_by_key(|pair| pair.lower.or(pair.higher));
    pairs
}

/// Returns the share of words that two texts have in common, in thousandths.
fn closeness(a: &[&str], b: &[&str]) -> usize {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, shared) = (i + 1, j + 1, shared + 1),
        }
    }
    2000 * shared / (a.len() + b.len()).max(1)
}

fn sorted_words(text: &str) -> Vec<&str> {
    let mut words: Vec<_> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words
}
