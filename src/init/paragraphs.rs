//! Ladders whose criteria are paragraphs: each of them becomes the item of a list, its words untouched.

use super::draft::TextDraft;
use super::page::DraftPage;
use crate::parse::{self, Block, BlockKind, Heading, LevelHeading, Outline, RichText, Section};
use crate::text::Edit;

/// The bullet of a list item.
const BULLET: &str = "- ";

/// Makes items of paragraphs that are criteria: of all below categories if the document says so or has no lists, and of
/// those of levels and categories that have nothing else. None if there are none.
pub(crate) fn itemised(page: &DraftPage, is_said: bool) -> Option<TextDraft> {
    let below =
        match is_said || !page.sections().iter().skip(1).any(has_list) || page.outline().levels().next().is_none() {
            true => page.edited(below_levels(page.sections())),
            false => None,
        };
    let page = below.as_ref().unwrap_or(page);
    page.edited(gaps(&page.outline())).or_else(|| below.clone()).map(|page| page.draft)
}

fn has_list(section: &Section) -> bool {
    section.blocks.iter().any(|block| matches!(block.kind, BlockKind::List(_)))
}

/// Returns the paragraphs of all levels, where no list says what a level is.
fn below_levels(sections: &[Section]) -> Vec<Edit> {
    let headed: Vec<(&Heading, &Section)> =
        sections.iter().filter_map(|section| Some((section.heading.as_ref()?, section))).collect();
    let top = headed.first().map(|(heading, _)| heading.depth);
    let is_titled = headed.len() > 1 && headed.iter().filter(|(heading, _)| Some(heading.depth) == top).count() == 1;
    let below: Vec<_> = headed.into_iter().skip(usize::from(is_titled)).collect();
    let is_coded = |heading: &Heading| !LevelHeading::read(&heading.text.plain()).codes.is_empty();
    let coded = below.iter().filter(|(heading, _)| is_coded(heading)).map(|(heading, _)| heading.depth).min();
    let Some(depth) = coded.or_else(|| below.iter().map(|(heading, _)| heading.depth).min()) else { return Vec::new() };
    let mut edits = Vec::new();
    let mut at = 0;
    while at < below.len() {
        let end = (at + 1..below.len()).find(|&next| below[next].0.depth <= depth).unwrap_or(below.len());
        if below[at].0.depth == depth && !parse::asks_nothing(&below[at].0.text.plain()) {
            let (own, categories) = (&below[at].1.blocks, &below[at + 1..end]);
            let label = own.windows(2).position(|pair| is_label(&pair[0]) && is_paragraph(&pair[1]));
            match label {
                Some(label) => items(&own[label..], &mut edits),
                None if categories.is_empty() => items(own, &mut edits),
                None => {}
            }
            categories.iter().for_each(|(_, section)| items(&section.blocks, &mut edits));
        }
        at = end;
    }
    edits
}

/// Returns the paragraphs of levels and categories that have no criteria.
fn gaps(outline: &Outline) -> Vec<Edit> {
    let mut edits = Vec::new();
    for level in outline.levels() {
        if level.categories.iter().all(|category| category.criteria.is_empty() && category.prose.is_empty()) {
            items(&level.summary, &mut edits);
        }
        for category in level.categories.iter().filter(|category| category.criteria.is_empty()) {
            items(&category.prose, &mut edits);
        }
    }
    edits
}

fn items(blocks: &[Block], edits: &mut Vec<Edit>) {
    for (at, block) in blocks.iter().enumerate() {
        let names_next = is_label(block) && blocks.get(at + 1).is_some_and(is_paragraph);
        if is_paragraph(block) && !names_next {
            edits.push(Edit::insert(block.span.start, BULLET));
        }
    }
}

fn is_paragraph(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph(_))
}

fn is_label(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Paragraph(paragraph) if label(&paragraph.text))
}

fn label(text: &RichText) -> bool {
    parse::label(text).is_some()
}
