//! Alignment of the blocks of a translation with those of its source.
//!
//! Blocks of prose have no ids, so they are matched by what they say and how they are built. Three texts are looked at:
//! the source of today, the source that was recorded when the translation was last known to be right, and the
//! translation. The two sources are in one language and are compared by their words; a translation is compared by the
//! kinds of its blocks, their lengths, and by what is the same in every language: references, addresses, numbers, code.
//!
//! The cheapest alignment wins, in the manner of Needleman and Wunsch, with pairs of one and two as in the work of Gale
//! and Church on sentences.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::work;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The kind of a block. Only blocks of similar kinds correspond.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SourceBlockKind {
    Heading,
    Paragraph,
    List,
    Quote,
    Footnote,
    Code,
    Table,
    Rule,
}

/// A block, as far as it can be compared with one in another language.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BlockShape {
    pub(crate) kind: SourceBlockKind,
    /// The depth of a heading, or how many items or rows there are. Zero if that is not known.
    pub(crate) size: usize,
    /// The length of its text. Zero for a heading that is yet to be translated.
    pub(crate) length: usize,
    /// Marks that are the same in every language, sorted.
    pub(crate) marks: Vec<String>,
}

/// A block of the source.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SourceBlock {
    pub(crate) shape: BlockShape,
    pub(crate) text: String,
}

/// Blocks that belong together. One side may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AlignedRow {
    /// Their places in the source of today.
    pub(crate) source: Range<usize>,
    /// Their places in the translation.
    pub(crate) own: Range<usize>,
}

/// The alignment of a translation with its source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct BlockAlignment {
    /// Every block of both, once, in the order of the source of today. What the source lacks stands behind the block
    /// that it follows in the translation.
    pub(crate) rows: Vec<AlignedRow>,
    /// For each block of today's source, its place in the recorded source.
    pub(crate) recorded: Vec<Option<usize>>,
}

/// The cost of a block of a translation without a source, or of a source without its translation.
const ALONE: u32 = 300;
/// The same for a block that came after the translation was recorded, which is likely to be untranslated.
const NEW: u32 = 100;
/// The same for a block that was taken out of the source since, which is likely to stand in the translation still.
const GONE: u32 = 130;
/// The cost of merging two blocks into one, in addition to their misfit.
const MERGED: u32 = 150;
/// The cost of a paragraph that is a list in the other language.
const OTHER_KIND: u32 = 200;
/// The advantage that another alignment needs over the one in which the translation was not edited.
const DOUBT: u32 = 100;
/// The similarity of two texts from which one counts as the other, moved and changed.
const ALIKE: f32 = 0.6;

/// Aligns a translation with the source of today, by way of the recorded source, which may be empty.
pub(crate) fn align(today: &[SourceBlock], recorded: &[SourceBlock], own: &[BlockShape]) -> BlockAlignment {
    work::count("align");
    let matched = sources(today, recorded);
    let by_record = columns(recorded.len(), today.len(), &inverse(&matched, recorded.len()), true);
    let by_today = columns(today.len(), recorded.len(), &matched, false);
    let shapes = Shapes { today, recorded, own };
    let untouched = shapes.untouched(&by_record);
    let best = match untouched {
        Some(path) if path.cost <= DOUBT => path,
        untouched => {
            let mut best = shapes.cheapest(&by_record);
            if by_today != by_record {
                let other = shapes.cheapest(&by_today);
                best = if other.cost < best.cost { other } else { best };
            }
            untouched.filter(|path| path.cost <= best.cost + DOUBT).unwrap_or(best)
        }
    };
    BlockAlignment { rows: rows(&best, today.len(), own.len()), recorded: matched }
}

/// For each block of one source, returns its place in the other: equal blocks first, wherever they stand, then similar
/// ones.
fn sources(today: &[SourceBlock], recorded: &[SourceBlock]) -> Vec<Option<usize>> {
    if recorded.is_empty() {
        return vec![None; today.len()];
    }
    if today.len() == recorded.len() && today.iter().zip(recorded).all(|(a, b)| a.text == b.text) {
        return (0..today.len()).map(Some).collect();
    }
    let texts = |blocks: &'_ [SourceBlock]| blocks.iter().map(|block| block.text.clone()).collect::<Vec<_>>();
    let (new, old) = (texts(today), texts(recorded));
    let mut matched = vec![None; today.len()];
    let mut free: Vec<bool> = vec![true; recorded.len()];
    for operation in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if let DiffOp::Equal { old_index, new_index, len } = operation {
            for at in 0..len {
                matched[new_index + at] = Some(old_index + at);
                free[old_index + at] = false;
            }
        }
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
        return matched;
    }
    let (new, old) = (Bigrams::of_all(&new), Bigrams::of_all(&old));
    fill_gaps(today, recorded, (&new, &old), &anchors, &mut matched, &mut free);
    // What was moved and changed.
    for at in 0..today.len() {
        let is_open = |&other: &usize| free[other] && today[at].shape.kind == recorded[other].shape.kind;
        if matched[at].is_none() {
            let alike = (0..recorded.len()).filter(is_open).map(|other| (new[at].similarity(&old[other]), other));
            let best = alike.filter(|&(similarity, _)| similarity >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0));
            if let Some((_, other)) = best {
                matched[at] = Some(other);
                free[other] = false;
            }
        }
    }
    matched
}

/// Between blocks that are equal, matches those that changed. What stands alone on both sides changed altogether.
fn fill_gaps(
    today: &[SourceBlock],
    recorded: &[SourceBlock],
    (new, old): (&[Bigrams], &[Bigrams]),
    anchors: &[Option<usize>],
    matched: &mut [Option<usize>],
    free: &mut [bool],
) {
    let (mut start, mut old_start) = (0, 0);
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
        for (a, b) in best_pairs(left.len(), right.len(), fit) {
            matched[left[a]] = Some(right[b]);
            free[right[b]] = false;
        }
        (start, old_start) = (at + 1, old_end + 1);
    }
}

/// Returns the pairs of two rows of things, in order, that fit best together.
fn best_pairs(left: usize, right: usize, fit: impl Fn(usize, usize) -> Option<f32>) -> Vec<(usize, usize)> {
    if left == 0 || right == 0 {
        return Vec::new();
    }
    let mut best = vec![vec![0.0_f32; right + 1]; left + 1];
    for a in (0..left).rev() {
        for b in (0..right).rev() {
            let paired = fit(a, b).map_or(f32::MIN, |fit| fit + best[a + 1][b + 1]);
            best[a][b] = paired.max(best[a + 1][b]).max(best[a][b + 1]);
        }
    }
    let (mut a, mut b, mut pairs) = (0, 0, Vec::new());
    while a < left && b < right {
        if fit(a, b).is_some_and(|fit| fit + best[a + 1][b + 1] >= best[a][b]) {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if best[a + 1][b] >= best[a][b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// The pairs of letters in a text, each with how often it stands there.
struct Bigrams(BTreeMap<(char, char), u32>);

impl Bigrams {
    fn of_all(texts: &[String]) -> Vec<Self> {
        texts.iter().map(|text| Self::of(text)).collect()
    }

    fn of(text: &str) -> Self {
        let mut counts = BTreeMap::new();
        let letters = std::iter::once(' ').chain(text.chars());
        for pair in letters.zip(text.chars().chain([' '])) {
            *counts.entry(pair).or_default() += 1;
        }
        Self(counts)
    }

    /// From zero, nothing in common, to one.
    fn similarity(&self, other: &Self) -> f32 {
        let count = |words: &Self| words.0.values().sum::<u32>();
        let shared: u32 = self.0.iter().map(|(pair, &n)| n.min(other.0.get(pair).copied().unwrap_or(0))).sum();
        2.0 * shared as f32 / (count(self) + count(other)).max(1) as f32
    }
}

fn inverse(matched: &[Option<usize>], length: usize) -> Vec<Option<usize>> {
    let mut inverse = vec![None; length];
    for (at, other) in matched.iter().enumerate() {
        if let Some(other) = other {
            inverse[*other] = Some(at);
        }
    }
    inverse
}

/// A block of the source, of today or as it was recorded or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct AlignmentColumn {
    today: Option<usize>,
    recorded: Option<usize>,
}

/// Merges both sources into one, in the order of the first. A block that only the second has follows its predecessor
/// there.
fn columns(first: usize, second: usize, matched: &[Option<usize>], first_is_record: bool) -> Vec<AlignmentColumn> {
    let column = |a: Option<usize>, b: Option<usize>| match first_is_record {
        true => AlignmentColumn { today: b, recorded: a },
        false => AlignmentColumn { today: a, recorded: b },
    };
    let mut behind: Vec<Vec<usize>> = vec![Vec::new(); second + 1];
    let mut follows = 0;
    let inverse = inverse(matched, second);
    for (at, other) in inverse.iter().enumerate() {
        match other {
            Some(_) => follows = at + 1,
            None => behind[follows].push(at),
        }
    }
    let alone = |follows: usize, columns: &mut Vec<AlignmentColumn>| {
        columns.extend(behind[follows].iter().map(|&at| column(None, Some(at))));
    };
    let mut columns = Vec::new();
    alone(0, &mut columns);
    for (at, &other) in matched.iter().enumerate().take(first) {
        columns.push(column(Some(at), other));
        if let Some(other) = other {
            alone(other + 1, &mut columns);
        }
    }
    columns
}

/// A step through columns and the blocks of a translation: how many of each belong together.
type Step = (usize, usize);

/// A way through both.
#[derive(Debug)]
struct Path {
    cost: u32,
    columns: Vec<AlignmentColumn>,
    steps: Vec<Step>,
}

struct Shapes<'a> {
    today: &'a [SourceBlock],
    recorded: &'a [SourceBlock],
    own: &'a [BlockShape],
}

impl Shapes<'_> {
    /// Returns the shape of a column, which is that of the recorded source if the translation was made from it.
    fn shape(&self, column: AlignmentColumn) -> &BlockShape {
        match (column.recorded, column.today) {
            (Some(at), _) => &self.recorded[at].shape,
            (None, Some(at)) => &self.today[at].shape,
            (None, None) => unreachable!("a column is made of a block"),
        }
    }

    /// Returns the way in which each block of the translation is that of a recorded one, if there are as many.
    fn untouched(&self, columns: &[AlignmentColumn]) -> Option<Path> {
        let mut blocks = self.own.iter();
        let mut path = Path { cost: 0, columns: columns.to_vec(), steps: Vec::new() };
        for &column in columns {
            if column.recorded.is_none() {
                path.cost += NEW;
                path.steps.push((1, 0));
                continue;
            }
            let (block, shape) = (blocks.next()?, self.shape(column));
            if block.kind != shape.kind {
                return None;
            }
            path.cost += misfit(shape, block)?;
            path.steps.push((1, 1));
        }
        (blocks.next().is_none() && !self.recorded.is_empty()).then_some(path)
    }

    fn cheapest(&self, columns: &[AlignmentColumn]) -> Path {
        let (height, width) = (columns.len(), self.own.len());
        let mut best: Vec<Vec<(u32, Step)>> = vec![vec![(0, (0, 0)); width + 1]; height + 1];
        for a in (0..=height).rev() {
            for b in (0..=width).rev() {
                let steps = [(1, 1), (1, 2), (2, 1), (1, 0), (0, 1)];
                let possible = steps.into_iter().filter(|&(down, right)| a + down <= height && b + right <= width);
                let costs = possible.filter_map(|(down, right)| {
                    let cost = self.cost(&columns[a..a + down], &self.own[b..b + right])?;
                    Some((cost + best[a + down][b + right].0, (down, right)))
                });
                if let Some(cheapest) = costs.min_by_key(|&(cost, _)| cost) {
                    best[a][b] = cheapest;
                }
            }
        }
        let (mut a, mut b) = (0, 0);
        let mut path = Path { cost: best[0][0].0, columns: columns.to_vec(), steps: Vec::new() };
        while a < height || b < width {
            let step = best[a][b].1;
            path.steps.push(step);
            (a, b) = (a + step.0, b + step.1);
        }
        path
    }

    /// Returns the cost of pairing these blocks. None if they cannot correspond.
    fn cost(&self, columns: &[AlignmentColumn], own: &[BlockShape]) -> Option<u32> {
        match (columns, own) {
            ([column], [own]) => misfit(self.shape(*column), own),
            ([_], []) if self.recorded.is_empty() => Some(ALONE),
            ([AlignmentColumn { recorded: None, .. }], []) => Some(NEW),
            ([AlignmentColumn { today: None, .. }], []) => Some(GONE),
            ([_], []) | ([], [_]) => Some(ALONE),
            ([column], [first, second]) => merged_misfit(self.shape(*column), first, second),
            ([first, second], [own]) => {
                // Two blocks of the source are one row only if they follow each other.
                let follow = first.today.zip(second.today).is_some_and(|(first, second)| first + 1 == second);
                follow.then(|| merged_misfit(own, self.shape(*first), self.shape(*second)))?
            }
            _ => None,
        }
    }
}

/// Returns the misfit of two blocks. None if they cannot correspond.
fn misfit(a: &BlockShape, b: &BlockShape) -> Option<u32> {
    let is_text = |shape: &BlockShape| {
        matches!(shape.kind, SourceBlockKind::Paragraph | SourceBlockKind::List | SourceBlockKind::Quote)
    };
    let kind = match a.kind == b.kind {
        true => 0,
        false if is_text(a) && is_text(b) => OTHER_KIND,
        false => return None,
    };
    let is_known = kind == 0 && a.size > 0 && b.size > 0;
    let size = if is_known && a.size != b.size { 20 } else { 0 };
    let marks = 40.0 * mismatch(&a.marks, &b.marks);
    let length = (60.0 * stretch(a.length, b.length)).min(40.0);
    Some(kind + size + (marks + length).round() as u32)
}

/// Returns the misfit of a paragraph and two paragraphs in the other text.
fn merged_misfit(one: &BlockShape, first: &BlockShape, second: &BlockShape) -> Option<u32> {
    let is_paragraph = |shape: &BlockShape| shape.kind == SourceBlockKind::Paragraph;
    if !(is_paragraph(one) && is_paragraph(first) && is_paragraph(second)) {
        return None;
    }
    let mut marks: Vec<_> = first.marks.iter().chain(&second.marks).cloned().collect();
    marks.sort();
    let stretch = 800.0 * stretch(one.length, first.length + second.length);
    Some(MERGED + (80.0 * mismatch(&one.marks, &marks) + stretch).round() as u32)
}

/// Returns the distance of two lengths: zero for equal ones, and for those of headings that are yet to be translated.
fn stretch(a: usize, b: usize) -> f32 {
    if a == 0 || b == 0 { 0.0 } else { (a as f32 / b as f32).ln().abs() }
}

/// Returns the share of two sorted lists that the other one lacks: from zero to one.
fn mismatch(a: &[String], b: &[String]) -> f32 {
    let all = a.len() + b.len();
    if all == 0 {
        return 0.0;
    }
    let (mut shared, mut rest) = (0, b);
    for mark in a {
        let at = rest.partition_point(|other| other < mark);
        rest = &rest[at..];
        if rest.first() == Some(mark) {
            shared += 1;
            rest = &rest[1..];
        }
    }
    1.0 - 2.0 * shared as f32 / all as f32
}

fn rows(path: &Path, today: usize, own: usize) -> Vec<AlignedRow> {
    let mut of_source: Vec<Option<AlignedRow>> = vec![None; today];
    let mut alone: Vec<Range<usize>> = Vec::new();
    let (mut column, mut block) = (0, 0);
    for &(down, right) in &path.steps {
        let sources: Vec<_> = path.columns[column..column + down].iter().filter_map(|block| block.today).collect();
        let range = block..block + right;
        match sources.as_slice() {
            [] if range.is_empty() => {}
            [] => alone.push(range),
            [first, ..] => of_source[*first] = Some(AlignedRow { source: *first..first + sources.len(), own: range }),
        }
        (column, block) = (column + down, block + right);
    }
    debug_assert_eq!(block, own, "every block of the translation has a place");
    let mut rows: Vec<AlignedRow> = of_source.into_iter().flatten().collect();
    for range in alone {
        let follows = |row: &AlignedRow| !row.own.is_empty() && row.own.end == range.start;
        let at = rows.iter().position(follows).map_or(0, |at| at + 1);
        let source = rows[..at].last().map_or(0, |row| row.source.end);
        rows.insert(at, AlignedRow { source: source..source, own: range });
    }
    rows
}
