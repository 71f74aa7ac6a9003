//! Ladders that are lists of lists: levels are items, and what they ask for stands in the lists below them.

use std::collections::BTreeMap;

use super::draft::TextDraft;
use super::entries::{Content, Entries, Entry};
use super::leading::led_level;
use super::page::DraftPage;
use super::statements::{is_name, lists, own_words};
use crate::diagnostic::Span;
use crate::parse::{Block, BlockKind, Item, List};

/// A page whose levels are no items of lists.
pub(crate) struct Unnested {
    pub(crate) draft: TextDraft,
    /// Names of levels and competencies, each written once for all others of its name.
    pub(crate) repeated: Vec<Span>,
}

/// Makes headings of items that are called as levels, or of the levels that items below those of competencies begin with.
/// None if there are no two such items in one list.
pub(crate) fn restructure(page: &DraftPage) -> Option<Unnested> {
    let lists = || page.sections().iter().flat_map(|section| &section.blocks).filter_map(as_list);
    let of_levels = lists().find(|(_, list)| are_levels(page, list));
    let of_levels = of_levels.map(|(block, list)| (block, by_level(page, list)));
    let (block, mut entries) =
        of_levels.or_else(|| lists().find_map(|(block, list)| Some((block, by_competency(page, list)?))))?;
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
    let repeated = entries.names().filter(|name| entries.repeat(name)).cloned().collect();
    Some(Unnested { draft, repeated })
}

/// Reads items that are competencies, with lists whose items begin with levels. None if less than half of them do, or if
/// no level stands below two competencies.
fn by_competency(page: &DraftPage, list: &List) -> Option<Vec<Entry>> {
    let (mut entries, mut all) = (Vec::new(), 0);
    let mut competencies: BTreeMap<String, usize> = BTreeMap::new();
    for item in &list.items {
        let category = vec![named(page, own_words(item)?.span.0.clone())];
        for nested in lists(item).into_iter().flat_map(|list| &list.items) {
            all += 1;
            let led = own_words(nested).and_then(|text| led_level(page, Some(nested), text.span.0.clone()));
            let Some(led) = led else { continue };
            *competencies.entry(led.name.clone()).or_default() += 1;
            let content = Content::Criteria(led.criteria());
            entries.push(Entry { level: vec![led.label], category: category.clone(), content });
        }
    }
    let recurs = competencies.len() >= 2 && competencies.values().any(|&count| count >= 2);
    (recurs && entries.len() * 2 > all).then_some(entries)
}

fn by_level(page: &DraftPage, list: &List) -> Vec<Entry> {
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
    entries
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
