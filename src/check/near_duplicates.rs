//! Two criteria of a ladder should not say the same.
//!
//! Two statements say nearly the same if nine tenths of all their different words stand in both. If both are in one
//! thread they are steps of one expectation and meant to be alike.
//!
//! Comparing each criterion with each would take ten thousand of them fifty million comparisons. But two statements
//! that share nine tenths of their words share one of their rarest tenth too. So each is filed under its rarest words
//! only, and compared with what else is filed there, the rarest word first. Under one word no more than
//! [`MOST_COMPARED`] are looked at, since a word that so many begin with tells nothing apart: time grows with the
//! number of criteria alone, and only a pair that differs in all its rare words and hides in such a crowd is passed
//! over.

use std::collections::HashMap;

use rayon::prelude::*;
use typed_index_collections::TiVec;

use super::CheckInput;
use crate::diagnostic::{Code, Diagnostic};
use crate::handle::CriterionIndex;
use crate::model::{Criterion, Ladder};
use crate::text::han::is_han;
use crate::text::{slice, split};

/// The number of criteria sharing a rare word that each criterion is compared with.
const MOST_COMPARED: usize = 64;

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    checked.site.ladders.raw.par_iter().flat_map_iter(in_ladder).collect()
}

fn in_ladder(ladder: &Ladder) -> Vec<Diagnostic> {
    let sets: TiVec<CriterionIndex, _> =
        word_sets(ladder.criteria.iter().map(|criterion| criterion.text.source().plain.as_str())).into();
    let mut filed: HashMap<u32, Vec<CriterionIndex>> = HashMap::new();
    let mut problems = Vec::new();
    for (at, words) in sets.iter_enumerated() {
        let rarest = &words[..rarest(words.len())];
        let is_double = |&&other: &&CriterionIndex| {
            let (a, b) = (&ladder.criteria[at], &ladder.criteria[other]);
            (a.thread.is_none() || a.thread != b.thread) && are_near(words, &sets[other])
        };
        let candidates = rarest.iter().filter_map(|word| filed.get(word));
        let first = candidates.flat_map(|others| others.iter().take(MOST_COMPARED)).find(is_double);
        problems.extend(first.map(|&first| report(&ladder.criteria[at], &ladder.criteria[first])));
        for &word in rarest {
            filed.entry(word).or_default().push(at);
        }
    }
    problems
}

fn report(criterion: &Criterion, other: &Criterion) -> Diagnostic {
    let place = |criterion: &Criterion| criterion.text.source().place.clone();
    let message = format!("{id} says nearly the same as {other}", id = criterion.id, other = other.id);
    place(criterion)
        .problem(Code::NearDuplicate, message)
        .related(place(other), format!("{id} is here", id = other.id))
        .help("put both into one thread if one builds on the other, or remove one of them")
}

/// Returns the number of a statement's rarest words to index it by: one more than it may have alone.
fn rarest(words: usize) -> usize {
    if words == 0 { 0 } else { words - (words * 9).div_ceil(10) + 1 }
}

/// Returns whether nine tenths of all words of two statements stand in both. Each is in the same order of words.
fn are_near(a: &[u32], b: &[u32]) -> bool {
    // Of all words, shared ones counted twice, a nineteenth may stand in one statement only: that is a tenth of the
    // different words.
    let mut allowed = (a.len() + b.len()) / 19;
    let (mut a, mut b) = (a, b);
    while let ([first, rest @ ..], [other, others @ ..]) = (a, b) {
        if first != other {
            let Some(left) = allowed.checked_sub(1) else { return false };
            allowed = left;
        }
        (a, b) = (if first <= other { rest } else { a }, if other <= first { others } else { b });
    }
    a.len() + b.len() <= allowed
}

/// Returns the different words of each text as numbers, rare words having small ones, in ascending order.
fn word_sets<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<Vec<u32>> {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut uses: Vec<(u32, u32)> = Vec::new();
    let mut sets: Vec<Vec<u32>> = Vec::new();
    for text in texts {
        let mut set = Vec::new();
        words(&text.to_lowercase(), &mut |word| {
            let number = numbers.get(word).copied().unwrap_or_else(|| {
                let number = uses.len() as u32;
                numbers.insert(word.to_owned(), number);
                uses.push((0, number));
                number
            });
            set.push(number);
        });
        set.sort_unstable();
        set.dedup();
        set.iter().for_each(|&number| uses[number as usize].0 += 1);
        sets.push(set);
    }
    uses.sort_unstable();
    let mut ranks = vec![0; uses.len()];
    for (rank, &(_, number)) in uses.iter().enumerate() {
        ranks[number as usize] = rank as u32;
    }
    for set in &mut sets {
        set.iter_mut().for_each(|number| *number = ranks[*number as usize]);
        set.sort_unstable();
    }
    sets
}

/// Calls `visit` with each word. Han characters are taken two by two, since nothing stands between their words.
fn words(text: &str, visit: &mut dyn FnMut(&str)) {
    for run in text.split(|c: char| !c.is_alphanumeric()) {
        let mut rest = run;
        while let Some(first) = rest.chars().next() {
            let end = rest.find(|c| is_han(c) != is_han(first)).unwrap_or(rest.len());
            let (word, behind) = split(rest, end);
            if is_han(first) && word.chars().nth(1).is_some() {
                let second = word.char_indices().skip(1);
                let pairs = word.char_indices().zip(second);
                pairs.for_each(|((start, _), (last, c))| visit(slice(word, start..last + c.len_utf8())));
            } else {
                visit(word);
            }
            rest = behind;
        }
    }
}
