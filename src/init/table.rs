//! Ladders that are tables: levels in the one direction, categories in the other, criteria in the cells.

use std::collections::BTreeSet;

use super::cell::{is_nothing, parts, trimmed};
use super::draft::{FoundDocument, TextDraft};
use crate::diagnostic::{Problems, Span};
use crate::parse::{self, BlockKind, RichText, Section};
use crate::text::slice;

/// A table as a list of levels.
#[derive(Debug, Default)]
pub(crate) struct Tabled {
    pub(crate) draft: TextDraft,
    /// Text of cells that is no criterion and can be left out.
    pub(crate) understood: Vec<Span>,
    /// Names of columns that name neither levels nor categories.
    pub(crate) columns: Vec<Span>,
}

/// An entry of a table: its level, its category and its criteria, as places in the document.
struct TableEntry {
    level: Span,
    /// One or two names: the table's, if there are several tables, and the row's.
    category: Vec<Span>,
    criteria: Vec<Span>,
}

/// The orientation of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    LevelsAcross,
    LevelsDown,
    /// The heading above it names a level, and each row a category.
    OneLevel,
}

struct Grid<'a> {
    heading: Option<&'a RichText>,
    span: Span,
    head: Vec<Span>,
    rows: Vec<Vec<Span>>,
}

/// Turns the tables of a document with levels in tables into headings and lists. `body` is its text with blanks in
/// place of everything before the Markdown, byte for byte. None for tables of another kind.
pub(crate) fn restructure(found: FoundDocument<'_>, body: &str, has_levels: bool) -> Option<Tabled> {
    let document = parse::parse(found.path, body, &Problems::default());
    let grids = grids(&document.sections);
    let ways = ways(&grids, body, has_levels)?;
    let is_ladder = |at: usize| ways[at].is_some();
    let several = ways.iter().flatten().count() > 1;
    let mut tabled = Tabled::default();
    let mut entries = Vec::new();
    for (grid, way) in grids.iter().zip(&ways) {
        if let Some(way) = way {
            entries.extend(grid.entries(*way, several, body, &mut tabled.understood));
            let unused = if *way == Way::OneLevel { grid.head.len() } else { 1 };
            tabled.columns.extend(grid.head.iter().take(unused).cloned());
        }
    }
    entries.retain(|entry| !entry.criteria.is_empty());
    if entries.is_empty() {
        return None;
    }
    let spans: Vec<_> = grids.iter().enumerate().filter(|&(at, _)| is_ladder(at)).map(|(_, grid)| &grid.span).collect();
    let (first, last) = (spans.first()?.start, spans.last()?.end);
    let used: BTreeSet<usize> =
        entries.iter().flat_map(|entry| entry.category.iter().chain([&entry.level])).map(|span| span.start).collect();
    let around = Around { found, sections: &document.sections, used, first, last, start: body_start(body) };
    around.before(&mut tabled.draft);
    lists(found, &entries, &mut tabled.draft);
    around.behind(&mut tabled.draft);
    Some(tabled)
}

fn body_start(body: &str) -> usize {
    body.len() - body.trim_start().len()
}

fn grids(sections: &[Section]) -> Vec<Grid<'_>> {
    let mut grids = Vec::new();
    for section in sections {
        for block in &section.blocks {
            if let BlockKind::Table(table) = &block.kind {
                let spans = |cells: &[RichText]| cells.iter().map(|cell| cell.span.0.clone()).collect::<Vec<_>>();
                grids.push(Grid {
                    heading: section.heading.as_ref().map(|heading| &heading.text),
                    span: block.span.0.clone(),
                    head: spans(&table.head),
                    rows: table.rows.iter().map(|row| spans(row)).collect(),
                });
            }
        }
    }
    grids
}

/// Decides how each table is read. None for a table that is no ladder, and for all if none is one.
fn ways(grids: &[Grid<'_>], body: &str, has_levels: bool) -> Option<Vec<Option<Way>>> {
    let levels_in =
        |spans: &[Span]| spans.iter().filter(|span| parse::is_level_name(slice(body, (*span).clone()))).count();
    let certain = |grid: &Grid<'_>| {
        let across = levels_in(grid.head.get(1..).unwrap_or_default());
        let first: Vec<_> = grid.rows.iter().filter_map(|row| row.first().cloned()).collect();
        let down = levels_in(&first);
        let above = grid.heading.is_some_and(|heading| parse::is_level_name(&heading.plain()));
        match () {
            () if across >= 2 && across >= down => Some(Way::LevelsAcross),
            () if down >= 2 => Some(Way::LevelsDown),
            () if above && grid.head.len() == 2 => Some(Way::OneLevel),
            () => None,
        }
    };
    let ways: Vec<_> = grids.iter().map(certain).collect();
    let of_one_level = ways.iter().filter(|way| **way == Some(Way::OneLevel)).count();
    let is_certain = ways.iter().flatten().any(|way| *way != Way::OneLevel) || of_one_level >= 2;
    if is_certain && !(has_levels && of_one_level == 0 && ways.iter().flatten().count() == 0) {
        return Some(ways);
    }
    // Where nothing else is a ladder, the widest table is one whose levels have names that nobody else uses.
    let widest =
        grids.iter().enumerate().filter(|(_, grid)| grid.head.len() > 2).max_by_key(|(_, grid)| grid.head.len())?;
    (!has_levels).then(|| (0..grids.len()).map(|at| (at == widest.0).then_some(Way::LevelsAcross)).collect())
}

impl Grid<'_> {
    fn entries(&self, way: Way, several: bool, body: &str, understood: &mut Vec<Span>) -> Vec<TableEntry> {
        let mut entries = Vec::new();
        let heading = self.heading.map(|heading| heading.span.0.clone());
        let named = |span: &Span| slice(body, span.clone()).contains(char::is_alphanumeric);
        for row in &self.rows {
            let Some(first) = row.first().filter(|first| named(first)) else { continue };
            for (column, cell) in row.iter().enumerate().skip(1) {
                let of_table = heading.clone().filter(|_| several && way != Way::OneLevel);
                let (level, category) = match (way, self.head.get(column), &heading) {
                    (Way::LevelsAcross, Some(head), _) => (head, first),
                    (Way::LevelsDown, Some(head), _) => (first, head),
                    (Way::OneLevel, _, Some(heading)) => (heading, first),
                    _ => continue,
                };
                if named(level) {
                    let category = of_table.into_iter().chain([category.clone()]).filter(|span| named(span)).collect();
                    let criteria = parts(body, cell.clone());
                    if !criteria.is_empty() || is_nothing(slice(body, cell.clone())) {
                        understood.extend(gaps(cell, &criteria));
                    }
                    entries.push(TableEntry { level: level.clone(), category, criteria });
                }
            }
        }
        entries
    }
}

/// Returns the gaps between the criteria of a cell: line breaks and bullets.
fn gaps(cell: &Span, criteria: &[Span]) -> Vec<Span> {
    let starts = std::iter::once(cell.start).chain(criteria.iter().map(|criterion| criterion.end));
    let ends = criteria.iter().map(|criterion| criterion.start).chain([cell.end]);
    starts.zip(ends).map(|(start, end)| start..end.max(start)).collect()
}

/// Writes the levels in the order of their names, each with its categories.
fn lists(found: FoundDocument<'_>, entries: &[TableEntry], draft: &mut TextDraft) {
    let words = |span: &Span| slice(found.text, span.clone()).trim().to_lowercase();
    let mut levels: Vec<&Span> = Vec::new();
    for entry in entries {
        if !levels.iter().any(|level| words(level) == words(&entry.level)) {
            levels.push(&entry.level);
        }
    }
    for level in levels {
        draft.part();
        draft.add("## ");
        draft.copy(found, trimmed(found.text, level.clone()));
        let mut last: Option<&[Span]> = None;
        for entry in entries.iter().filter(|entry| words(&entry.level) == words(level)) {
            if last != Some(&entry.category[..]) {
                heading(found, &entry.category, draft);
                last = Some(&entry.category);
            }
            for criterion in &entry.criteria {
                draft.add("- ");
                let mut start = criterion.start;
                if let Some(at) = guard(slice(found.text, criterion.clone())) {
                    draft.copy(found, start..start + at);
                    draft.add("\\");
                    start += at;
                }
                draft.copy(found, start..criterion.end);
                draft.add("\n");
            }
        }
    }
}

fn heading(found: FoundDocument<'_>, category: &[Span], draft: &mut TextDraft) {
    draft.part();
    draft.add("### ");
    for (at, part) in category.iter().enumerate() {
        if at > 0 {
            draft.add(": ");
        }
        draft.copy(found, trimmed(found.text, part.clone()));
    }
    draft.add("\n\n");
}

/// Returns where a backslash has to stand in words that would begin a heading, a quotation or a list and did not in a
/// cell.
fn guard(words: &str) -> Option<usize> {
    const BLOCKS: [&str; 9] = ["#", ">", "- ", "+ ", "* ", "---", "***", "```", "~~~"];
    let behind = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = words.len() - behind.len();
    let is_numbered = digits > 0 && behind.starts_with([')', '.']);
    let is_block = BLOCKS.iter().any(|block| words.starts_with(block));
    if is_block { Some(0) } else { is_numbered.then_some(digits) }
}

/// The document around the tables.
struct Around<'a> {
    found: FoundDocument<'a>,
    sections: &'a [Section],
    /// Where the headings begin that name levels or categories now.
    used: BTreeSet<usize>,
    /// The tables, from the first to the last.
    first: usize,
    last: usize,
    start: usize,
}

impl Around<'_> {
    /// Copies the text before the first table, and the text right after the last one, which would otherwise seem to
    /// belong to the last category.
    fn before(&self, draft: &mut TextDraft) {
        for section in self.sections.iter().filter(|section| section.span.start < self.first) {
            let heading = section.heading.as_ref();
            let is_used = heading.is_some_and(|heading| self.used.contains(&heading.text.span.start));
            let text = if is_used { self.blocks_start(section) } else { section.span.start.max(self.start) };
            let end = section.span.end.min(self.first);
            if text < end {
                draft.copy(self.found, text..end);
            }
        }
        for section in self.sections {
            let late = section.blocks.iter().filter(|block| block.span.start >= self.first);
            for block in late.filter(|block| !matches!(block.kind, BlockKind::Table(_)) && self.is_inside(section)) {
                draft.part();
                draft.copy(self.found, block.span.0.clone());
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
    fn behind(&self, draft: &mut TextDraft) {
        for section in self.sections.iter().filter(|section| !self.is_inside(section)) {
            let depth = section.heading.as_ref().map_or(0, |heading| heading.depth);
            draft.part();
            let written = slice(self.found.text, section.span.0.clone());
            if depth > 2 && written.trim_start().starts_with('#') {
                let hashes = section.span.start + written.find('#').unwrap_or_default();
                draft.copy(self.found, hashes + usize::from(depth) - 2..section.span.end);
            } else {
                draft.copy(self.found, section.span.0.clone());
            }
        }
    }
}
