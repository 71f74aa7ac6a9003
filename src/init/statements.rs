//! What a person counts in a document: items of lists, what cells of tables say, paragraphs of expectations.

use super::cell::parts;
use super::page::DraftPage;
use super::table::grids;
use crate::diagnostic::{Place, Span};
use crate::parse::{Block, BlockKind, Inline, Item, List, RichText, asks_nothing, label};
use crate::text::han::is_han;

/// Returns where the statements of a page were written.
pub(crate) fn statements(page: &DraftPage, are_paragraphs_criteria: bool) -> Vec<Place> {
    let mut spans = Vec::new();
    for section in page.sections() {
        of_blocks(&section.blocks, &mut spans);
    }
    for grid in grids(page, page.sections()).iter().filter(|grid| !grid.is_index()) {
        let cells = grid.asking().into_iter();
        spans.extend(cells.flat_map(|cell| parts(&page.text, cell.span.clone())));
    }
    paragraphs(page, are_paragraphs_criteria || spans.is_empty(), &mut spans);
    // A statement may be made of several pieces of its document, all of one line or a few.
    let place = |span: Span| {
        let places = page.places(span);
        let (first, last) = (places.first()?, places.last()?);
        let end = if last.path == first.path { last.span().end } else { first.span().end };
        Some(Place::new(first.path.clone(), first.span().start..end.max(first.span().end)))
    };
    let mut places: Vec<_> = spans.into_iter().filter_map(place).collect();
    places.sort();
    places.dedup();
    places
}

/// Adds the items of lists, also of those in quotations.
fn of_blocks(blocks: &[Block], spans: &mut Vec<Span>) {
    for block in blocks {
        match &block.kind {
            BlockKind::List(list) => of_list(list, spans),
            BlockKind::Quote(quoted) | BlockKind::Alert { blocks: quoted, .. } => of_blocks(quoted, spans),
            _ => {}
        }
    }
}

fn of_list(list: &List, spans: &mut Vec<Span>) {
    for item in &list.items {
        match (own_words(item), lists(item)) {
            // What only names a list is no statement, but each item of the list is one.
            (Some(text), nested) if !nested.is_empty() && is_name(text) => {
                nested.iter().for_each(|it| of_list(it, spans))
            }
            (None, nested) => nested.iter().for_each(|it| of_list(it, spans)),
            (Some(text), _) if only_links(text) => {}
            (Some(text), _) => spans.push(text.span.0.clone()),
        }
    }
}

pub(crate) fn own_words(item: &Item) -> Option<&RichText> {
    match &item.blocks.first()?.kind {
        BlockKind::Paragraph(paragraph) if paragraph.text.plain().contains(char::is_alphanumeric) => {
            Some(&paragraph.text)
        }
        _ => None,
    }
}

pub(crate) fn lists(item: &Item) -> Vec<&List> {
    let list = |block: &'_ Block| matches!(block.kind, BlockKind::List(_));
    let nested = item.blocks.iter().filter(|block| list(block));
    nested.filter_map(|block| if let BlockKind::List(list) = &block.kind { Some(list) } else { None }).collect()
}

/// Whether a text has its name in bold before it.
fn begins_in_bold(text: &RichText) -> bool {
    matches!(text.inlines.as_slice(), [Inline::Strong(_), Inline::Text(rest), ..] if rest.starts_with([':', '：', ' ']))
        || matches!(text.inlines.as_slice(), [Inline::Strong(inner), _, ..]
            if matches!(inner.last(), Some(Inline::Text(text)) if text.ends_with([':', '：'])))
}

/// Whether words above a list name it and say nothing else.
pub(crate) fn is_name(text: &RichText) -> bool {
    const WORDS: usize = 2;
    const HAN: usize = 4;
    let plain = text.plain();
    let is_short = match plain.contains(is_han) {
        true => plain.trim().chars().count() <= HAN,
        false => plain.split_whitespace().count() <= WORDS,
    };
    label(text).is_some() || is_short && !plain.trim_end().ends_with(['.', '。'])
}

/// Whether a text leads elsewhere and says nothing else.
pub(crate) fn only_links(text: &RichText) -> bool {
    let (mut links, mut words) = (0, 0);
    let silent = text.inlines.iter().all(|inline| match inline {
        Inline::Link { .. } | Inline::Image { .. } => {
            links += 1;
            true
        }
        // `See` before a link says no more.
        Inline::Text(text) => {
            let is_word = |word: &&str| word.contains(char::is_alphanumeric);
            words += text.split_whitespace().filter(is_word).count();
            words <= 1 && text.chars().filter(|c| c.is_alphanumeric()).count() <= 3
        }
        Inline::HardBreak => true,
        _ => false,
    });
    silent && links > 0
}

/// Adds the paragraphs of levels and categories that have neither lists nor tables.
fn paragraphs(page: &DraftPage, all: bool, spans: &mut Vec<Span>) {
    // The headings above a section, each with its depth and whether it names a level.
    let mut open: Vec<(u8, bool)> = Vec::new();
    let sections = page.sections();
    for (at, section) in sections.iter().enumerate() {
        let Some(heading) = &section.heading else { continue };
        let title = heading.text.plain();
        open.retain(|(depth, _)| *depth < heading.depth);
        open.push((heading.depth, page.is_level(&title)));
        let next = sections.get(at + 1).and_then(|next| Some(next.heading.as_ref()?.depth));
        let is_leaf = next.is_none_or(|depth| depth <= heading.depth);
        let is_of_level = open.iter().any(|(_, is_level)| *is_level) || (all && open.len() > 1);
        let is_bare = !section.blocks.iter().any(|it| matches!(it.kind, BlockKind::List(_) | BlockKind::Table(_)));
        // Below a level, a question asks for something, too.
        let is_below_level = open.iter().any(|(_, is_level)| *is_level);
        if !is_of_level || (asks_nothing(&title) && !is_below_level) {
            continue;
        }
        let all = is_leaf && is_bare;
        for block in &section.blocks {
            // `**Scope**: Works on features.` asks for something wherever it stands.
            if let BlockKind::Paragraph(paragraph) = &block.kind
                && (all || (page.is_level(&title) && begins_in_bold(&paragraph.text)))
                && label(&paragraph.text).is_none()
                && !only_links(&paragraph.text)
                && paragraph.text.plain().contains(char::is_alphanumeric)
            {
                spans.push(paragraph.text.span.0.clone());
            }
        }
    }
}
