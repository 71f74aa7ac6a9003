//! Alignment of the blocks of a translation with those of its source.
//!
//! Blocks of prose have no ids, so they are matched by what they say and how they are built. Three texts are looked at:
//! the source of today, the source that was recorded when the translation was last known to be right, and the
//! translation. The two sources are in one language and are compared by their words; a translation is compared by the
//! kinds of its blocks, their lengths, and by what is the same in every language: references, addresses, numbers, code.
//!
//! The cheapest alignment wins, in the manner of Needleman and Wunsch, with pairs of one and two as in the work of Gale
//! and Church on sentences.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::band::Table;
use super::versions::{Versions, versions};
use crate::work;

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
    /// Where it stands, as keys of units have it. Empty for a block that no key names.
    pub(crate) position: String,
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
    /// The places in the recorded source of blocks that today's source lacks, and whose translations are still there.
    pub(crate) remaining: HashSet<usize>,
    /// Whether there were too many blocks to look at all that could belong together.
    pub(crate) is_coarse: bool,
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

/// Aligns a translation with the source of today, by way of the recorded source, which may be empty.
pub(crate) fn align(today: &[SourceBlock], recorded: &[SourceBlock], own: &[BlockShape]) -> BlockAlignment {
    work::count("align");
    let Versions { matched, is_coarse } = versions(today, recorded);
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
    let is_coarse = is_coarse || best.is_coarse;
    let remaining = remaining(&best);
    BlockAlignment { rows: rows(&best, today.len(), own.len()), recorded: matched, remaining, is_coarse }
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
    /// Whether there may be a cheaper one that was not looked at.
    is_coarse: bool,
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
        let mut path = Path { cost: 0, columns: columns.to_vec(), steps: Vec::new(), is_coarse: false };
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
        let mut best: Table<(u32, Step)> = Table::of(height, width);
        for a in (0..=height).rev() {
            let row = best.row(a);
            work::add("weigh a pair of blocks", row.len());
            for b in row.rev() {
                let steps = [(1, 1), (1, 2), (2, 1), (1, 0), (0, 1)];
                let possible = steps.into_iter().filter(|&(down, right)| a + down <= height && b + right <= width);
                let costs = possible.filter_map(|(down, right)| {
                    let rest = best.get(a + down, b + right)?.0;
                    let cost = self.cost(&columns[a..a + down], &self.own[b..b + right])?;
                    Some((cost + rest, (down, right)))
                });
                let cheapest = costs.min_by_key(|&(cost, _)| cost);
                best.set(a, b, cheapest.unwrap_or((0, (0, 0))));
            }
        }
        let (mut a, mut b) = (0, 0);
        let at = |a, b| best.get(a, b).expect("each step stays in the table");
        let is_coarse = !best.is_whole();
        let mut path = Path { cost: at(0, 0).0, columns: columns.to_vec(), steps: Vec::new(), is_coarse };
        while a < height || b < width {
            let step = at(a, b).1;
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
    let mut marks: Vec<_> = first.marks.iter().chain(&second.marks).collect();
    marks.sort();
    let stretch = 800.0 * stretch(one.length, first.length + second.length);
    Some(MERGED + (80.0 * mismatch(&one.marks, &marks) + stretch).round() as u32)
}

/// Returns the distance of two lengths: zero for equal ones, and for those of headings that are yet to be translated.
fn stretch(a: usize, b: usize) -> f32 {
    if a == 0 || b == 0 { 0.0 } else { (a as f32 / b as f32).ln().abs() }
}

/// Returns the share of two sorted lists that the other one lacks: from zero to one.
fn mismatch<M: AsRef<str>>(a: &[String], b: &[M]) -> f32 {
    let all = a.len() + b.len();
    if all == 0 {
        return 0.0;
    }
    let (mut shared, mut rest) = (0, b);
    for mark in a {
        let at = rest.partition_point(|other| other.as_ref() < mark.as_str());
        rest = &rest[at..];
        if rest.first().is_some_and(|other| other.as_ref() == mark) {
            shared += 1;
            rest = &rest[1..];
        }
    }
    1.0 - 2.0 * shared as f32 / all as f32
}

/// Returns the recorded blocks that today's source lacks, and whose translations are still there.
fn remaining(path: &Path) -> HashSet<usize> {
    let own = path.steps.iter().flat_map(|&(down, right)| std::iter::repeat_n(right, down));
    let still = path.columns.iter().zip(own).filter(|(column, own)| column.today.is_none() && *own > 0);
    still.filter_map(|(column, _)| column.recorded).collect()
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
    let rows: Vec<AlignedRow> = of_source.into_iter().flatten().collect();
    // What stands alone follows the row that ends where it begins, or else it comes first.
    let ends = rows.iter().enumerate().filter(|(_, row)| !row.own.is_empty());
    let mut slots: HashMap<usize, usize> = ends.map(|(at, row)| (row.own.end, at + 1)).collect();
    let mut behind: Vec<Vec<Range<usize>>> = vec![Vec::new(); rows.len() + 1];
    for range in alone {
        let slot = slots.get(&range.start).copied().unwrap_or(0);
        slots.insert(range.end, slot);
        behind[slot].push(range);
    }
    let mut all = Vec::with_capacity(rows.len());
    let mut rows = rows.into_iter();
    let mut source = 0;
    for alone in behind {
        all.extend(alone.into_iter().map(|own| AlignedRow { source: source..source, own }));
        let next = rows.next();
        source = next.as_ref().map_or(source, |row| row.source.end);
        all.extend(next);
    }
    all
}
