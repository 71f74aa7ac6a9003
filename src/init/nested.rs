//! Ladders that are lists of lists: levels are items, and what they ask for stands in the lists below them.

use super::draft::TextDraft;
use super::entries::{Content, Entries, Entry};
use super::page::DraftPage;
use super::statements::{is_name, lists, own_words};
use crate::diagnostic::Span;
use crate::parse::{Block, BlockKind, Item, List};

/// Makes headings of items that are called as levels. None if there are no two such items in one list.
pub(crate) fn restructure(page: &DraftPage) -> Option<TextDraft> {
    let blocks = page.sections().iter().flat_map(|section| &section.blocks);
    let (block, list) = blocks.filter_map(as_list).find(|(_, list)| are_levels(page, list))?;
    let mut entries = Vec::new();
    for item in &list.items {
        let Some(level) = own_words(item).map(|text| text.span.0.clone()) else { continue };
        for nested in lists(item).into_iter().flat_map(|list| &list.items) {
            let below: Vec<_> = lists(nested).into_iter().flat_map(|list| &list.items).collect();
            let name = own_words(nested).filter(|text| is_name(text) && !below.is_empty());
            let (category, items) = match name {
                Some(name) => (vec![named(page, name.span.0.clone())], below),
                None => (Vec::new(), vec![nested]),
            };
            let criteria = items.into_iter().filter_map(|item| content(page, item)).collect();
            entries.push(Entry { level: vec![level.clone()], category, content: Content::Criteria(criteria) });
        }
    }
    // Criteria without a category stand before those with one.
    entries.sort_by_key(|entry| !entry.category.is_empty());
    let entries = Entries::new(page, entries);
    if entries.is_empty() {
        return None;
    }
    let mut draft = page.part(0..block.span.start);
    entries.write(&mut draft);
    draft.part();
    draft.append(page.part(block.span.end..page.text.len()));
    Some(draft)
}

fn as_list(block: &Block) -> Option<(&Block, &List)> {
    match &block.kind {
        BlockKind::List(list) => Some((block, list)),
        _ => None,
    }
}

fn are_levels(page: &DraftPage, list: &List) -> bool {
    let is_level = |item: &&Item| own_words(item).is_some_and(|text| page.is_level(&text.plain()));
    let levels = list.items.iter().filter(is_level).filter(|item| !lists(item).is_empty()).count();
    levels >= 2 && levels * 2 > list.items.len()
}

/// Returns a label without its colon.
fn named(page: &DraftPage, span: Span) -> Span {
    span.start..span.start + page.written(&span).trim_end_matches(['*', '_', ':', '：', ' ']).len()
}

fn content(page: &DraftPage, item: &Item) -> Option<Span> {
    let start = item.blocks.first()?.span.start;
    Some(start..start + page.written(&(start..item.span.end)).trim_end().len())
}
