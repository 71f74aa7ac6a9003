//! Alignment under random changes to a source with a known translation.

use proptest::prelude::*;

use super::align::{AlignedRow, BlockAlignment, BlockShape, SourceBlock, SourceBlockKind, align};
use crate::work::counted;

/// Returns a paragraph of the source that says what no other says.
fn paragraph(number: usize) -> SourceBlock {
    let words: Vec<_> = (0..20 + number * 7 % 40).map(|at| format!("w{}", number * 1000 + at * 37 % 997)).collect();
    block(SourceBlockKind::Paragraph, &words.join(" "))
}

fn block(kind: SourceBlockKind, text: &str) -> SourceBlock {
    SourceBlock {
        position: String::new(),
        shape: BlockShape { kind, size: 0, length: text.len(), marks: Vec::new() },
        text: text.to_owned(),
    }
}

/// Returns a translation of it, a little longer or shorter than it.
fn translated(block: &SourceBlock, number: usize) -> BlockShape {
    let length = block.shape.length;
    BlockShape { length: length * (90 + number * 13 % 20) / 100, ..block.shape.clone() }
}

/// Returns a text whose blocks are of many kinds, and its translation.
fn text(kinds: &[usize]) -> (Vec<SourceBlock>, Vec<BlockShape>) {
    let kind = |number: usize| {
        [
            SourceBlockKind::Paragraph,
            SourceBlockKind::Paragraph,
            SourceBlockKind::List,
            SourceBlockKind::Heading,
            SourceBlockKind::Quote,
        ][number]
    };
    let source: Vec<_> =
        kinds.iter().enumerate().map(|(at, &kind_number)| block(kind(kind_number), &paragraph(at).text)).collect();
    let own = source.iter().enumerate().map(|(at, block)| translated(block, at)).collect();
    (source, own)
}

/// Returns the blocks of the translation that belong to one of the source.
fn own(alignment: &BlockAlignment, at: usize) -> std::ops::Range<usize> {
    alignment.rows.iter().find(|row| row.source.contains(&at)).map(|row| row.own.clone()).unwrap()
}

/// Returns whether every block of both sides stands in one row, and those of the source in their order.
fn is_whole(alignment: &BlockAlignment, source: usize, own: usize) -> bool {
    let sources: Vec<_> = alignment.rows.iter().flat_map(|row| row.source.clone()).collect();
    let mut owns: Vec<_> = alignment.rows.iter().flat_map(|row| row.own.clone()).collect();
    owns.sort_unstable();
    sources == (0..source).collect::<Vec<_>>() && owns == (0..own).collect::<Vec<_>>()
}

/// A change that somebody makes to a source: at a place, a number of a kind of change, another place.
type Change = (u8, prop::sample::Index, prop::sample::Index);

fn changes() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec((0_u8..3, any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..6)
}

fn kinds() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0_usize..5, 1..14)
}

properties! {
    256 cases,

    #[test]
    fn an_untouched_unit_stays_matched_to_its_translation(kinds in kinds(), changes in changes()) {
        let (recorded, shapes) = text(&kinds);
        // For each block of today which of the recorded ones it is. None for a new one.
        let mut today: Vec<(SourceBlock, Option<usize>)> =
            recorded.iter().enumerate().map(|(at, block)| (block.clone(), Some(at))).collect();
        for (number, (change, at, to)) in changes.iter().enumerate() {
            let at = at.index(today.len() + 1);
            match change {
                0 => today.insert(at, (paragraph(500 + number), None)),
                1 if at < today.len() => drop(today.remove(at)),
                _ if at < today.len() => {
                    let moved = today.remove(at);
                    today.insert(to.index(today.len() + 1), moved);
                }
                _ => {}
            }
        }
        let (blocks, origins): (Vec<_>, Vec<_>) = today.into_iter().unzip();
        let alignment = align(&blocks, &recorded, &shapes);
        prop_assert!(is_whole(&alignment, blocks.len(), shapes.len()));
        for (at, origin) in origins.iter().enumerate().filter_map(|(at, origin)| Some((at, (*origin)?))) {
            prop_assert_eq!(alignment.recorded[at], Some(origin));
            prop_assert_eq!(own(&alignment, at), origin..origin + 1);
        }
    }

    #[test]
    fn one_inserted_block_is_missing_and_nothing_else_is_outdated(kinds in kinds(), at in any::<prop::sample::Index>()) {
        let (recorded, shapes) = text(&kinds);
        let at = at.index(recorded.len() + 1);
        let mut today = recorded.clone();
        today.insert(at, paragraph(700));
        let alignment = align(&today, &recorded, &shapes);
        for (block, origin) in (0..today.len()).filter(|&block| block != at).zip(0..) {
            prop_assert_eq!(alignment.recorded[block], Some(origin));
            prop_assert_eq!(own(&alignment, block), origin..origin + 1);
        }
        prop_assert_eq!(alignment.recorded[at], None);
        prop_assert!(own(&alignment, at).is_empty());
    }

    #[test]
    fn a_typo_changes_one_block_alone(kinds in kinds(), at in any::<prop::sample::Index>()) {
        let (recorded, shapes) = text(&kinds);
        let at = at.index(recorded.len());
        let mut today = recorded.clone();
        today[at].text = today[at].text.replacen('w', "v", 1);
        let alignment = align(&today, &recorded, &shapes);
        for block in 0..today.len() {
            prop_assert_eq!(alignment.recorded[block], Some(block));
            prop_assert_eq!(own(&alignment, block), block..block + 1);
            prop_assert_eq!(today[block] == recorded[block], block != at);
        }
    }

    #[test]
    fn a_translation_that_follows_an_insertion_is_found(kinds in kinds(), at in any::<prop::sample::Index>()) {
        let (recorded, shapes) = text(&kinds);
        let at = at.index(recorded.len() + 1);
        let (mut today, mut own_today) = (recorded.clone(), shapes);
        today.insert(at, paragraph(700));
        own_today.insert(at, translated(&paragraph(700), 3));
        let alignment = align(&today, &recorded, &own_today);
        for block in 0..today.len() {
            prop_assert_eq!(own(&alignment, block), block..block + 1);
        }
        prop_assert_eq!(alignment.recorded[at], None);
    }

    #[test]
    fn nothing_is_lost_whatever_the_texts(
        (a, b, c) in (kinds(), kinds(), kinds()), number in 0_usize..9,
    ) {
        let (mut today, (recorded, _), (_, shapes)) = (text(&a).0, text(&b), text(&c));
        today.rotate_left(number % a.len());
        let alignment = align(&today, &recorded, &shapes);
        prop_assert!(is_whole(&alignment, today.len(), shapes.len()));
        let mut matched: Vec<_> = alignment.recorded.iter().flatten().collect();
        matched.sort_unstable();
        let count = matched.len();
        matched.dedup();
        prop_assert_eq!(matched.len(), count);
    }
}

fn long(length: usize) -> BlockShape {
    BlockShape { kind: SourceBlockKind::Paragraph, size: 0, length, marks: Vec::new() }
}

fn said(length: usize) -> SourceBlock {
    SourceBlock { position: String::new(), shape: long(length), text: format!("{length} letters") }
}

#[test]
fn one_paragraph_that_is_two_in_the_other_text_is_one_row() {
    let rows = [(0..1, 0..1), (1..2, 1..3), (2..3, 3..4)].map(|(source, own)| AlignedRow { source, own });
    let source = [said(100), said(300), said(80)];
    let own = [long(110), long(140), long(150), long(85)];
    assert_eq!(align(&source, &[], &own).rows, rows);
    assert_eq!(align(&source, &source, &own).rows, rows);
    let rows = [(0..1, 0..1), (1..3, 1..2), (3..4, 2..3)].map(|(source, own)| AlignedRow { source, own });
    let source = [said(110), said(140), said(150), said(85)];
    let own = [long(100), long(300), long(80)];
    assert_eq!(align(&source, &[], &own).rows, rows);
    assert_eq!(align(&source, &source, &own).rows, rows);
}

#[test]
fn what_a_translation_alone_says_has_a_row_of_its_own() {
    let quote = BlockShape { kind: SourceBlockKind::Quote, ..long(90) };
    let alignment = align(&[said(100), said(80)], &[], &[long(100), quote, long(80)]);
    let rows = [(0..1, 0..1), (1..1, 1..2), (1..2, 2..3)].map(|(source, own)| AlignedRow { source, own });
    assert_eq!(alignment.rows, rows);
}

#[test]
fn references_tell_blocks_apart_of_which_nothing_is_recorded() {
    let marked = |length, mark: &str| BlockShape { marks: vec![mark.to_owned()], ..long(length) };
    let source = ["TL-001", "TL-002", "TL-003"].map(|mark| SourceBlock {
        position: String::new(),
        shape: marked(100, mark),
        text: mark.to_owned(),
    });
    let alignment = align(&source, &[], &[marked(95, "TL-001"), marked(105, "TL-003")]);
    assert_eq!([own(&alignment, 0), own(&alignment, 1), own(&alignment, 2)], [0..1, 1..1, 1..2]);
}

#[test]
fn a_translator_who_deletes_a_block_leaves_one_missing() {
    let source = [said(100), said(300), said(80), said(200)];
    let alignment = align(&source, &source, &[long(100), long(310), long(190)]);
    assert_eq!(alignment.rows.iter().map(|row| row.own.len()).collect::<Vec<_>>(), [1, 1, 0, 1]);
}

#[test]
fn a_record_is_of_the_block_at_its_position_where_others_say_the_same() {
    let at = |(position, number): (usize, usize)| SourceBlock { position: position.to_string(), ..paragraph(number) };
    let today = [(1, 7), (2, 8), (3, 7), (4, 8)].map(at);
    for kept in [[0, 1], [0, 3], [2, 3]] {
        let recorded = kept.map(|at| today[at].clone());
        let own: Vec<_> = recorded.iter().map(|block| translated(block, 0)).collect();
        let alignment = align(&today, &recorded, &own);
        let of_record = kept.map(|at| alignment.recorded[at]);
        assert_eq!(of_record, [Some(0), Some(1)], "{kept:?}");
        assert_eq!(kept.map(|at| self::own(&alignment, at)), [0..1, 1..2], "{kept:?}");
    }
}

/// What it takes to align a text of so many blocks, all of which were changed.
fn work_of(blocks: usize, change: impl Fn(usize) -> SourceBlock + Sync) -> (BlockAlignment, usize) {
    let recorded: Vec<_> = (0..blocks).map(paragraph).collect();
    let today: Vec<_> = (0..blocks).map(change).collect();
    let own: Vec<_> = recorded.iter().enumerate().map(|(at, block)| translated(block, at)).collect();
    let (alignment, counts) = counted(|| align(&today, &recorded, &own));
    assert!(is_whole(&alignment, blocks, blocks));
    (alignment, counts.into_values().sum())
}

#[test]
fn work_grows_as_the_blocks_do_and_not_as_their_pairs() {
    let reworded = |at: usize| {
        let SourceBlock { position, shape, text } = paragraph(at);
        SourceBlock { position, shape, text: text.replace('1', "one") }
    };
    let other_words = |at: usize| paragraph(100_000 + at);
    let other_kinds = |at: usize| block(SourceBlockKind::Heading, &format!("h{at}"));
    let reversed = |at: usize| paragraph(1_600 - at);
    let changes: [&(dyn Fn(usize) -> SourceBlock + Sync); 4] = [&reworded, &other_words, &other_kinds, &reversed];
    for change in changes {
        let [before, after] = [800, 1_600].map(|blocks| work_of(blocks, change).1);
        assert!(after <= before * 2, "{before} → {after}");
    }
    let (alignment, _) = work_of(1_600, reworded);
    assert!(alignment.is_coarse);
    assert!((0..1_600).all(|at| alignment.recorded[at] == Some(at) && own(&alignment, at) == (at..at + 1)));
}

#[test]
fn a_text_of_ordinary_length_is_compared_in_full() {
    let (alignment, _) = work_of(300, |at| paragraph(100_000 + at));
    assert!(!alignment.is_coarse);
}
