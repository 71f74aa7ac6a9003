//! What one level asks beside another.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::Ladder;

/// Two levels of a ladder, row by row. All numbers are places in [`Ladder::criteria`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The threads that both levels have criteria in.
    pub threads: Vec<ThreadRows>,
    /// What only the higher level asks.
    pub only_higher: Vec<usize>,
    /// What only the lower level asks. It carries over where levels accumulate.
    pub only_lower: Vec<usize>,
}

/// One thread on both levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadRows {
    /// Its place in [`Ladder::threads`].
    pub thread: usize,
    pub pairs: Vec<Pair>,
}

/// A criterion of the lower level beside the one of the higher level that is closest to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    pub lower: Option<usize>,
    pub higher: Option<usize>,
    /// Whether the two share so many words in the source that what differs is worth marking.
    pub close: bool,
}

/// Two statements are close if at least so many thousandths of their words are shared.
const CLOSE: usize = 450;

/// Compares two levels by their places in [`Ladder::levels`].
pub fn compare(ladder: &Ladder, lower: usize, higher: usize) -> Comparison {
    let of_level = |level| ladder.criteria_of(level).map(|(at, _)| at).collect::<Vec<_>>();
    let (mut only_lower, mut only_higher) = (of_level(lower), of_level(higher));
    let (mut threads, mut aligned) = (Vec::new(), HashSet::new());
    for (thread, of) in ladder.threads.iter().enumerate() {
        let on = |level: usize| {
            let on_level = |&&at: &&usize| ladder.criteria[at].level == level;
            of.criteria.iter().filter(on_level).copied().collect::<Vec<_>>()
        };
        let (low, high) = (on(lower), on(higher));
        if !low.is_empty() && !high.is_empty() {
            aligned.extend(low.iter().chain(&high).copied());
            threads.push(ThreadRows { thread, pairs: pair(ladder, low, high) });
        }
    }
    only_lower.retain(|at| !aligned.contains(at));
    only_higher.retain(|at| !aligned.contains(at));
    Comparison { threads, only_higher, only_lower }
}

/// With more pairs than these to choose from, criteria are put beside each other in the order of the file.
const CHOICE: usize = 10_000;

/// Puts beside each other what is closest, the closest first, and leaves the rest alone on its side.
fn pair(ladder: &Ladder, low: Vec<usize>, high: Vec<usize>) -> Vec<Pair> {
    let words = |places: &[usize]| -> Vec<_> {
        places.iter().map(|&at| (at, sorted_words(&ladder.criteria[at].text.source().plain))).collect()
    };
    let (low, high) = (words(&low), words(&high));
    let mut choices: Vec<(usize, usize, usize)> = if low.len() * high.len() > CHOICE {
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
    let alone = |places: &[(usize, Vec<&str>)]| -> Vec<usize> {
        places.iter().map(|(at, _)| *at).filter(|at| !taken.contains(at)).collect()
    };
    pairs.extend(alone(&low).into_iter().map(|at| Pair { lower: Some(at), higher: None, close: false }));
    pairs.extend(alone(&high).into_iter().map(|at| Pair { lower: None, higher: Some(at), close: false }));
    pairs.sort_by_key(|pair| pair.lower.or(pair.higher));
    pairs
}

/// How many of their words two texts share, in thousandths of all.
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
