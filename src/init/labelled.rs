//! Levels as labels of lists: lines in bold below one heading. They become headings.

use super::draft::TextDraft;
use super::page::DraftPage;
use crate::parse::{Block, Section};
use crate::text::Edit;

/// Makes headings of labels that are called as levels. None if no section has two of them.
pub(crate) fn restructure(page: &DraftPage) -> Option<TextDraft> {
    let section = page.sections().iter().find(|section| levels_in(page, section).count() >= 2)?;
    let depth = section.heading.as_ref().map_or(1, |heading| heading.depth) + 1;
    let edits = levels_in(page, section).flat_map(|block| {
        let written = page.written(&block.span);
        let inside = written.trim_start_matches(['*', '_', ' ']);
        let start = block.span.start + written.len() - inside.len();
        let end = start + inside.trim_end_matches(['*', '_', ':', '：', ' ', '\n', '\r']).len();
        let behind = end..block.span.start + written.trim_end().len();
        let hashes = format!("{} ", "#".repeat(depth.min(6).into()));
        [Edit::replace(block.span.start..start, hashes), Edit::delete(behind)]
    });
    let edits = edits.collect();
    let mut draft = page.draft.clone();
    draft.edit(edits);
    Some(draft)
}

/// Returns the labels of a section that are called as levels.
fn levels_in<'a>(page: &'a DraftPage, section: &'a Section) -> impl Iterator<Item = &'a Block> {
    section.blocks.iter().filter(|block| page.level_label(block).is_some())
}
