//! What is no part of a ladder and would be an error of its site: headings without words, empty items, and marks that
//! keep an item from beginning with its sentence.

use super::page::DraftPage;
use crate::diagnostic::Span;
use crate::parse::{Block, BlockKind, Inline, Item, List, visit_inlines};
use crate::text::{Edit, line_end, line_start, next_line, slice};

/// Returns the edits that take out what no reader would miss.
pub(crate) fn tidied(page: &DraftPage) -> Vec<Edit> {
    let mut edits = Vec::new();
    for section in page.sections() {
        if section.heading.as_ref().is_some_and(|heading| heading.text.plain().trim().is_empty()) {
            edits.extend(heading_line(page, section.span.start));
        }
        blocks(page, &section.blocks, true, &mut edits);
    }
    edits
}

fn heading_line(page: &DraftPage, start: usize) -> Option<Edit> {
    let rest = slice(&page.text, start..);
    let start = start + rest.len() - rest.trim_start().len();
    slice(&page.text, start..).starts_with('#').then(|| Edit::delete(start..line_end(&page.text, start)))
}

fn blocks(page: &DraftPage, blocks: &[Block], is_top: bool, edits: &mut Vec<Edit>) {
    for block in blocks {
        if let BlockKind::List(list) = &block.kind {
            items(page, list, is_top, edits);
        }
    }
}

fn items(page: &DraftPage, list: &List, is_top: bool, edits: &mut Vec<Edit>) {
    for item in &list.items {
        match item.blocks.first() {
            None => edits.extend(empty(page, item)),
            // A list that an item begins with is the list itself.
            Some(first) if is_top && matches!(first.kind, BlockKind::List(_)) => {
                edits.extend(dedented(page, item.span.start, first.span.start..item.span.end));
            }
            Some(first) => edits.extend(mark(page, first)),
        }
        blocks(page, &item.blocks, false, edits);
    }
}

/// Returns where the ticked boxes stand before the items of a page.
pub(crate) fn ticks(page: &DraftPage) -> Vec<Span> {
    let mut ticks = Vec::new();
    for section in page.sections() {
        visit_inlines(&section.blocks, &mut |inline| {
            if let Inline::Box { ticked: true, span } = inline {
                ticks.push(span.0.clone());
            }
        });
    }
    ticks
}

/// Takes out the line of an item that has nothing.
fn empty(page: &DraftPage, item: &Item) -> Option<Edit> {
    let start = line_start(&page.text, item.span.start);
    let end = next_line(&page.text, item.span.start);
    let is_alone = slice(&page.text, start..item.span.start).trim().is_empty();
    let is_empty =
        slice(&page.text, item.span.start..end).trim_start_matches(|c: char| "-*+.)".contains(c) || c.is_ascii_digit());
    (is_alone && is_empty.trim().is_empty()).then(|| Edit::delete(start..end))
}

/// Takes out the marker that stands before a list, and as much before its other lines.
fn dedented(page: &DraftPage, marker: usize, list: Span) -> Vec<Edit> {
    let width = list.start - marker;
    let line = |(at, _): (usize, &str)| {
        let start = list.start + at + 1;
        let rest = slice(&page.text, start..list.end);
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        Edit::delete(start..start + blanks.min(width))
    };
    let lines = page.written(&list).match_indices('\n').map(line);
    std::iter::once(Edit::delete(marker..list.start)).chain(lines).collect()
}

/// Takes out what stands between the beginning of an item and its words.
fn mark(page: &DraftPage, first: &Block) -> Option<Edit> {
    let start = first.span.start;
    match &first.kind {
        BlockKind::Heading { text, .. } if text.span.start > start => Some(Edit::delete(start..text.span.start)),
        // An empty item below a line makes a heading of the line.
        BlockKind::Heading { text, .. } => {
            Some(Edit::delete(text.span.end..start + page.written(&first.span).trim_end().len()))
        }
        BlockKind::Paragraph(paragraph) => match paragraph.text.inlines.first()? {
            Inline::Box { span, .. } => Some(Edit::delete(span.start..span.end + 1)),
            _ => None,
        },
        BlockKind::Quote(quoted) => Some(Edit::delete(start..quoted.first()?.span.start)),
        _ => None,
    }
}
