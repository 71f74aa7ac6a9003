//! Which block of a source is which of an earlier version of it.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::align::SourceBlock;
use super::band::{CELLS, Table};
use crate::work;

/// The similarity of two texts from which one counts as the other, moved and changed.
const ALIKE: f32 = 0.6;

/// How one version of a source comes from another.
pub(super) struct Versions {
    /// For each block of the one, its place in the other.
    pub(super) matched: Vec<Option<usize>>,
    /// Whether there were too many blocks to look at all that could be the same.
    pub(super) is_coarse: bool,
}

/// For each block of one source, returns its place in the other: equal blocks first, wherever they stand, then similar
/// ones.
pub(super) fn versions(today: &[SourceBlock], recorded: &[SourceBlock]) -> Versions {
    let exact = |matched| Versions { matched, is_coarse: false };
    if recorded.is_empty() {
        return exact(vec![None; today.len()]);
    }
    if let Some(matched) = at_their_positions(today, recorded) {
        return exact(matched);
    }
    let texts = |blocks: &'_ [SourceBlock]| blocks.iter().map(|block| block.text.clone()).collect::<Vec<_>>();
    let (new, old) = (texts(today), texts(recorded));
    let mut matched = vec![None; today.len()];
    let mut free: Vec<bool> = vec![true; recorded.len()];
    for (before, now) in unmoved(&old, &new) {
        matched[now] = Some(before);
        free[before] = false;
    }
    let anchors = matched.clone();
    let mut by_text: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in (0..old.len()).rev().filter(|&at| free[at]) {
        by_text.entry(&old[at]).or_default().push(at);
    }
    for at in 0..new.len() {
        if matched[at].is_none()
            && let Some(moved) = by_text.get_mut(new[at].as_str()).and_then(Vec::pop)
        {
            matched[at] = Some(moved);
            free[moved] = false;
        }
    }
    if matched.iter().all(Option::is_some) {
        return exact(matched);
    }
    let new: Vec<_> = new.iter().zip(&matched).map(|(text, known)| Bigrams::of(text, known.is_none())).collect();
    let old: Vec<_> = old.iter().zip(&free).map(|(text, &is_free)| Bigrams::of(text, is_free)).collect();
    let mut is_coarse = fill_gaps(today, recorded, (&new, &old), &anchors, &mut matched, &mut free);
    // What was moved and changed.
    let open = matched.iter().filter(|known| known.is_none()).count();
    let mut left: Vec<_> = (0..recorded.len()).filter(|&other| free[other]).collect();
    let most = (CELLS / open.max(1)).max(1);
    for at in 0..today.len() {
        if matched[at].is_some() || left.is_empty() {
            continue;
        }
        // Of very many, those are looked at that stand where it would stand.
        let middle = left.partition_point(|&other| other * today.len() < at * recorded.len());
        let start = middle.saturating_sub(most / 2).min(left.len().saturating_sub(most));
        let near = start..left.len().min(start + most);
        is_coarse |= near.len() < left.len();
        work::add("compare two versions of a block", near.len());
        let is_open = |place: &usize| today[at].shape.kind == recorded[left[*place]].shape.kind;
        let alike = near.filter(is_open).map(|place| (new[at].similarity(&old[left[place]]), place));
        let best = alike.filter(|&(similarity, _)| similarity >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, place)) = best {
            matched[at] = Some(left.remove(place));
        }
    }
    Versions { matched, is_coarse }
}

/// For each block of one source, returns its place in the other, if all of the other stand where they stood and say what
/// they said. Other blocks may say the same.
fn at_their_positions(today: &[SourceBlock], recorded: &[SourceBlock]) -> Option<Vec<Option<usize>>> {
    let positions: HashMap<_, _> = recorded.iter().enumerate().map(|(at, block)| (&block.position, at)).collect();
    let same = |block: &SourceBlock| {
        let &at = positions.get(&block.position)?;
        (recorded[at].text == block.text).then_some(at)
    };
    let matched: Vec<_> = today.iter().map(same).collect();
    let is_each = positions.len() == recorded.len() && matched.iter().flatten().count() == recorded.len();
    is_each.then_some(matched)
}

/// Returns the places of the blocks that are equal and stand in the same order in both versions. Of very many blocks, only
/// those count that are there once.
fn unmoved(old: &[String], new: &[String]) -> Vec<(usize, usize)> {
    if old.len() * new.len() <= CELLS {
        let equal =
            capture_diff_slices(Algorithm::Myers, old, new).into_iter().filter_map(|operation| match operation {
                DiffOp::Equal { old_index, new_index, len } => Some((old_index..old_index + len).zip(new_index..)),
                _ => None,
            });
        return equal.flatten().collect();
    }
    let mut places: BTreeMap<&str, [Vec<usize>; 2]> = BTreeMap::new();
    for (side, texts) in [old, new].into_iter().enumerate() {
        for (at, text) in texts.iter().enumerate() {
            places.entry(text).or_default()[side].push(at);
        }
    }
    let once = places.into_values().filter_map(|[old, new]| match (&old[..], &new[..]) {
        (&[old], &[new]) => Some((old, new)),
        _ => None,
    });
    let mut pairs: Vec<_> = once.collect();
    pairs.sort_unstable();
    ascending(&pairs)
}

/// Returns as many of some pairs, which ascend on the left, as ascend on the right as well.
fn ascending(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The pair with the least right side on which a run of each length ends, and for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, &(_, right)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end| pairs[end].1 < right);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let last = ends.last().copied();
    let mut run: Vec<_> = std::iter::successors(last, |&at| before[at]).map(|at| pairs[at]).collect();
    run.reverse();
    run
}

/// Between blocks that are equal, matches those that changed. What stands alone on both sides changed altogether. Returns
/// whether there were too many to look at all pairs.
fn fill_gaps(
    today: &[SourceBlock],
    recorded: &[SourceBlock],
    (new, old): (&[Bigrams], &[Bigrams]),
    anchors: &[Option<usize>],
    matched: &mut [Option<usize>],
    free: &mut [bool],
) -> bool {
    let (mut start, mut old_start, mut is_coarse) = (0, 0, false);
    for at in 0..=today.len() {
        let old_end = match anchors.get(at) {
            Some(None) => continue,
            Some(&Some(anchor)) => anchor,
            None => recorded.len(),
        };
        let left: Vec<_> = (start..at).filter(|&at| matched[at].is_none()).collect();
        let right: Vec<_> = (old_start..old_end).filter(|&at| free[at]).collect();
        let fit = |a: usize, b: usize| {
            let alike = new[left[a]].similarity(&old[right[b]]);
            (today[left[a]].shape.kind == recorded[right[b]].shape.kind).then_some(alike + 0.1)
        };
        let (pairs, is_rough) = best_pairs(left.len(), right.len(), fit);
        is_coarse |= is_rough;
        for (a, b) in pairs {
            matched[left[a]] = Some(right[b]);
            free[right[b]] = false;
        }
        (start, old_start) = (at + 1, old_end + 1);
    }
    is_coarse
}

/// Returns the pairs of two rows of things, in order, that fit best together, and whether some pairs were not looked at.
fn best_pairs(left: usize, right: usize, fit: impl Fn(usize, usize) -> Option<f32>) -> (Vec<(usize, usize)>, bool) {
    if left == 0 || right == 0 {
        return (Vec::new(), false);
    }
    // For each place how well all behind it fits, and how well the two things there do.
    let mut best: Table<(f32, Option<f32>)> = Table::of(left, right);
    let rest = |best: &Table<(f32, Option<f32>)>, a, b| best.get(a, b).map_or(f32::MIN, |(rest, _)| rest);
    for a in (0..=left).rev() {
        let row = best.row(a);
        work::add("compare two versions of a block", row.len());
        for b in row.rev() {
            if a == left || b == right {
                best.set(a, b, (0.0, None));
                continue;
            }
            let fit = fit(a, b);
            let paired = fit.map_or(f32::MIN, |fit| fit + rest(&best, a + 1, b + 1));
            best.set(a, b, (paired.max(rest(&best, a + 1, b)).max(rest(&best, a, b + 1)), fit));
        }
    }
    let (mut a, mut b, mut pairs) = (0, 0, Vec::new());
    while a < left && b < right {
        let (all, fit) = best.get(a, b).expect("each step stays in the table");
        if fit.is_some_and(|fit| fit + rest(&best, a + 1, b + 1) >= all) {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if rest(&best, a + 1, b) >= rest(&best, a, b + 1) {
            a += 1;
        } else {
            b += 1;
        }
    }
    (pairs, !best.is_whole())
}

/// The pairs of letters in a text, each with how often it stands there, sorted.
#[derive(Default)]
struct Bigrams {
    counts: Vec<((char, char), u32)>,
    total: u32,
}

impl Bigrams {
    /// None are counted where none are asked for.
    fn of(text: &str, is_asked_for: bool) -> Self {
        if !is_asked_for {
            return Self::default();
        }
        let letters = std::iter::once(' ').chain(text.chars());
        let mut pairs: Vec<_> = letters.zip(text.chars().chain([' '])).collect();
        pairs.sort_unstable();
        let total = u32::try_from(pairs.len()).unwrap_or(u32::MAX);
        let mut counts: Vec<((char, char), u32)> = Vec::new();
        for pair in pairs {
            match counts.last_mut().filter(|(last, _)| *last == pair) {
                Some((_, count)) => *count += 1,
                None => counts.push((pair, 1)),
            }
        }
        Self { counts, total }
    }

    /// From zero, nothing in common, to one.
    fn similarity(&self, other: &Self) -> f32 {
        let (mut a, mut b, mut shared) = (self.counts.iter().peekable(), other.counts.iter().peekable(), 0);
        while let (Some((pair, n)), Some((other, m))) = (a.peek(), b.peek()) {
            match pair.cmp(other) {
                Ordering::Less => drop(a.next()),
                Ordering::Greater => drop(b.next()),
                Ordering::Equal => {
                    shared += n.min(m);
                    a.next();
                    b.next();
                }
            }
        }
        2.0 * shared as f32 / self.total.saturating_add(other.total).max(1) as f32
    }
}
