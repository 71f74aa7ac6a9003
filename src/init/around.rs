//! What a page has around the tables that are its ladder.

use std::collections::BTreeSet;

use super::cell::trimmed;
use super::columns::says_nothing;
use super::draft::TextDraft;
use super::entries::{Content, Entry};
use super::page::DraftPage;
use super::table::{Grid, Way};
use crate::diagnostic::Span;
use crate::parse::{RichText, Section};

/// Text that stands with the tables of a level or a category, and belongs to it.
pub(super) struct Texts {
    /// Where each stood, in the order of the page.
    entries: Vec<(usize, Entry)>,
    /// Where the sections begin that it is all of.
    pub(super) sections: BTreeSet<usize>,
}

impl Texts {
    pub(super) fn of(page: &DraftPage, tables: &[(&Grid<'_>, Way)]) -> Self {
        let mut texts = Self { entries: Vec::new(), sections: BTreeSet::new() };
        let has_levels_above = tables.iter().any(|(_, way)| way.is_of_one_level());
        let last = tables.last().map_or(0, |(grid, _)| grid.span.end);
        let mut open: Vec<(u8, &RichText)> = Vec::new();
        for section in page.sections().iter().filter(|section| section.span.start < last) {
            let Some(heading) = &section.heading else { continue };
            open.retain(|(depth, _)| *depth < heading.depth);
            open.push((heading.depth, &heading.text));
            let mut own = tables.iter().filter(|(grid, _)| section.span.contains(&grid.span.start));
            let way = own.clone().next().map(|(_, way)| *way);
            let level = open.iter().rev().map(|(_, name)| *name).find(|name| page.is_level(&name.plain()));
            let name = heading.text.span.0.clone();
            let (level, category) = match (way, level) {
                (Some(Way::EveryColumn), _) if own.all(|(grid, _)| !grid.is_below_title) => (Vec::new(), vec![name]),
                (None | Some(Way::OneLevel | Way::Columns), Some(level)) if has_levels_above => {
                    let is_part = way.is_none() && level.span.0 != name && !says_nothing(&heading.text.plain());
                    (vec![level.span.0.clone()], Some(name).filter(|_| is_part).into_iter().collect())
                }
                _ => continue,
            };
            let is_table = |span: &Span| tables.iter().any(|(grid, _)| grid.span == *span);
            let blocks = section.blocks.iter().map(|block| block.span.0.clone()).filter(|span| !is_table(span));
            let blocks: Vec<_> = blocks.map(|span| trimmed(&page.text, span)).collect();
            texts.sections.insert(section.span.start);
            texts.entries.push((section.span.start, Entry { level, category, content: Content::Blocks(blocks) }));
        }
        texts
    }

    /// Takes those that stand before a place.
    pub(super) fn before(&mut self, at: usize) -> Vec<Entry> {
        let count = self.entries.partition_point(|(start, _)| *start < at);
        self.entries.drain(..count).map(|(_, entry)| entry).collect()
    }
}

/// The page around the tables.
pub(super) struct Around<'a> {
    pub(super) page: &'a DraftPage,
    /// Where the headings begin that name levels or categories now.
    pub(super) used: BTreeSet<usize>,
    /// The tables that are ladders.
    pub(super) tables: Vec<Span>,
    /// Where the sections begin whose text stands with their levels.
    pub(super) moved: BTreeSet<usize>,
    /// Where the first begins, and where the last one ends.
    pub(super) first: usize,
    pub(super) last: usize,
}

impl Around<'_> {
    /// Copies the text before the first table, and the text right after the last one, which would otherwise seem to
    /// belong to the last category.
    pub(super) fn before(&self, draft: &mut TextDraft) {
        let start = self.page.text.len() - self.page.text.trim_start().len();
        for section in self
            .page
            .sections()
            .iter()
            .filter(|section| section.span.start < self.first && !self.moved.contains(&section.span.start))
        {
            let heading = section.heading.as_ref();
            let is_used = heading.is_some_and(|heading| self.used.contains(&heading.text.span.start));
            let text = if is_used { self.blocks_start(section) } else { section.span.start.max(start) };
            let end = section.span.end.min(self.first);
            if text < end {
                draft.append(self.page.part(text..end));
            }
        }
        for section in self.page.sections().iter().filter(|section| !self.moved.contains(&section.span.start)) {
            let late = section.blocks.iter().filter(|block| block.span.start >= self.first);
            for block in late.filter(|block| !self.tables.contains(&block.span) && self.is_inside(section)) {
                draft.part();
                draft.append(self.page.part(trimmed(&self.page.text, block.span.0.clone())));
            }
        }
    }

    /// Returns whether a section stands among the tables.
    fn is_inside(&self, section: &Section) -> bool {
        section.span.start < self.last
    }

    fn blocks_start(&self, section: &Section) -> usize {
        section.blocks.first().map_or(section.span.end, |block| block.span.start)
    }

    /// Copies the sections behind the last table.
    pub(super) fn behind(&self, draft: &mut TextDraft) {
        for section in self
            .page
            .sections()
            .iter()
            .filter(|section| !self.is_inside(section) && !self.moved.contains(&section.span.start))
        {
            let depth = section.heading.as_ref().map_or(0, |heading| heading.depth);
            draft.part();
            let written = self.page.written(&section.span);
            if depth > 2 && written.trim_start().starts_with('#') {
                let hashes = section.span.start + written.find('#').unwrap_or_default();
                draft.append(self.page.part(hashes + usize::from(depth) - 2..section.span.end));
            } else {
                draft.append(self.page.part(section.span.0.clone()));
            }
        }
    }
}
