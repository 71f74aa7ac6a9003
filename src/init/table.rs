//! Ladders that are tables: levels in the one direction, categories in the other, criteria in the cells.

use std::collections::BTreeSet;

use super::cell::{is_nothing, parts, trimmed};
use super::columns::{describes, is_generic, names_categories, says_nothing};
use super::draft::TextDraft;
use super::entries::{Content, Entries, Entry};
use super::page::DraftPage;
use crate::diagnostic::Span;
use crate::parse::{BlockKind, RichText, Section, asks_nothing, counts_levels};

/// A table as a list of levels.
#[derive(Debug, Default)]
pub(crate) struct Tabled {
    pub(crate) draft: TextDraft,
    /// Text of cells that is no criterion and can be left out.
    pub(crate) understood: Vec<Span>,
    /// Names that stand in it more than once, but for the first one.
    pub(crate) repeated: Vec<Span>,
    /// Names of columns that name neither levels nor categories.
    pub(crate) columns: Vec<Span>,
    /// Headings that say that a table follows, and nothing else.
    headings: Vec<Span>,
}

/// The orientation of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    LevelsAcross,
    /// The name of a level is in the first column, and perhaps goes on in another one.
    LevelsDown {
        title: Option<usize>,
    },
    /// Each row has a level and a category, in these columns.
    Pairs {
        level: usize,
        title: Option<usize>,
        category: usize,
    },
    /// The heading above it names a level, and each row a category.
    OneLevel,
    /// The heading above it names a level, and each column a category.
    Columns,
}

impl Way {
    /// Whether the heading above the table names its only level.
    fn is_of_one_level(self) -> bool {
        matches!(self, Self::OneLevel | Self::Columns)
    }
}

/// A table of a page.
pub(crate) struct Grid<'a> {
    pub(super) page: &'a DraftPage,
    pub(crate) heading: Option<&'a RichText>,
    /// The nearest heading above it that names a level.
    level: Option<&'a RichText>,
    pub(crate) span: Span,
    pub(crate) head: Vec<Cell>,
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Whether each column is a category of the level that the heading names.
    names_categories: bool,
}

/// A cell with its words as they are read.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) span: Span,
    pub(crate) plain: String,
}

/// The share of the cells of a column, in tenths, that name levels where it is a column of levels.
pub(super) const MOST: usize = 8;

/// Turns the tables of a page with levels in tables into headings and lists. None for tables of another kind.
pub(crate) fn restructure(page: &DraftPage) -> Option<Tabled> {
    let grids = grids(page, page.sections());
    let ways = ways(&grids)?;
    let is_ladder = |at: usize| ways[at].is_some();
    let headings = grids.iter().zip(&ways).filter(|(_, way)| way.is_some()).map(|(grid, _)| grid.heading);
    let headings: BTreeSet<_> = headings.map(|heading| heading.map(|heading| heading.span.start)).collect();
    let several = headings.len() > 1;
    let mut tabled = Tabled::default();
    let mut entries = Vec::new();
    for (grid, way) in grids.iter().zip(&ways) {
        if let Some(way) = way {
            entries.extend(grid.entries(*way, several, &mut tabled));
        }
    }
    let entries = Entries::new(page, entries);
    if entries.is_empty() {
        return None;
    }
    // A name in several tables is taken over once.
    for grid in grids.iter().enumerate().filter(|&(at, _)| is_ladder(at)).map(|(_, grid)| grid) {
        let names = grid.head.iter().chain(grid.rows.iter().filter_map(|row| row.first()));
        tabled.repeated.extend(names.filter(|cell| entries.repeat(&cell.span)).map(|cell| cell.span.clone()));
    }
    let spans: Vec<_> = grids.iter().enumerate().filter(|&(at, _)| is_ladder(at)).map(|(_, grid)| &grid.span).collect();
    let (first, last) = (spans.first()?.start, spans.last()?.end);
    let used: BTreeSet<usize> = entries.names().chain(&tabled.headings).map(|span| span.start).collect();
    tabled.understood.append(&mut tabled.headings);
    let tables = spans.into_iter().cloned().collect();
    let around = Around { page, used, tables, first, last };
    around.before(&mut tabled.draft);
    entries.write(&mut tabled.draft);
    around.behind(&mut tabled.draft);
    Some(tabled)
}

/// Returns the tables of some sections of a page.
pub(crate) fn grids<'a>(page: &'a DraftPage, sections: &'a [Section]) -> Vec<Grid<'a>> {
    let mut grids = Vec::new();
    let mut open: Vec<(u8, &RichText)> = Vec::new();
    for section in sections {
        if let Some(heading) = &section.heading {
            open.retain(|(depth, _)| *depth < heading.depth);
            open.push((heading.depth, &heading.text));
        }
        let mut level = None;
        for block in &section.blocks {
            if let BlockKind::Table(table) = &block.kind {
                let cells = |cells: &[RichText]| -> Vec<Cell> {
                    let cell =
                        |cell: &RichText| Cell { span: cell.span.0.clone(), plain: cell.plain().trim().to_owned() };
                    cells.iter().map(cell).collect()
                };
                let named = || open.iter().rev().map(|(_, name)| *name).find(|name| page.is_level(&name.plain()));
                grids.push(Grid {
                    page,
                    heading: section.heading.as_ref().map(|heading| &heading.text),
                    level: *level.get_or_insert_with(named),
                    span: block.span.0.clone(),
                    head: cells(&table.head),
                    rows: table.rows.iter().map(|row| cells(row)).collect(),
                    names_categories: false,
                });
            }
        }
    }
    let by_columns: Vec<bool> = (0..grids.len()).map(|at| names_categories(&grids, at)).collect();
    grids.iter_mut().zip(by_columns).for_each(|(grid, it)| grid.names_categories = it);
    grids
}

/// Decides how each table is read. None for a table that is no ladder, and for all if none is one.
fn ways(grids: &[Grid<'_>]) -> Option<Vec<Option<Way>>> {
    let ways: Vec<_> = grids.iter().map(Grid::way).collect();
    if ways.iter().flatten().any(|way| !way.is_of_one_level()) || ways.iter().flatten().count() >= 2 {
        return Some(ways);
    }
    // Where nothing else is a ladder, the widest table is one whose levels have names that nobody else uses.
    let is_wide = |grid: &&(usize, &Grid<'_>)| grid.1.head.len() > 2 && !grid.1.is_index();
    let widest = grids.iter().enumerate().collect::<Vec<_>>();
    let widest = widest.iter().filter(is_wide).max_by_key(|(_, grid)| grid.head.len())?.0;
    Some((0..grids.len()).map(|at| (at == widest).then_some(Way::LevelsAcross)).collect())
}

impl Grid<'_> {
    /// Returns how the table says for certain that it is read.
    pub(crate) fn way(&self) -> Option<Way> {
        if self.is_index() {
            return None;
        }
        let across = self.head.iter().skip(1).filter(|cell| self.page.is_level(&cell.plain)).count();
        let columns: Vec<_> = (0..self.head.len()).filter(|&column| self.names_levels(column)).collect();
        let recurs = |column: usize| {
            let names: BTreeSet<_> = self.column(column).map(|cell| cell.plain.to_lowercase()).collect();
            names.len() < self.column(column).count()
        };
        let paired = columns.iter().copied().find(|&column| recurs(column) && self.head.len() > 2);
        match (paired, columns.first()) {
            _ if across >= 2 && across >= self.column(0).filter(|cell| self.page.is_level(&cell.plain)).count() => {
                Some(Way::LevelsAcross)
            }
            (Some(level), _) => {
                let title = columns.iter().copied().find(|&column| column != level);
                let category = (0..self.head.len()).find(|&column| column != level && Some(column) != title)?;
                Some(Way::Pairs { level, title, category })
            }
            (None, Some(0)) => Some(Way::LevelsDown { title: columns.get(1).copied() }),
            _ if self.names_categories => Some(Way::Columns),
            _ if self.is_below_level() && self.head.len() == 2 => Some(Way::OneLevel),
            _ => None,
        }
    }

    pub(super) fn is_below_level(&self) -> bool {
        self.level.is_some()
    }

    /// Returns the heading between the table and its level.
    fn part(&self) -> Option<&RichText> {
        let is_other = |heading: &&RichText| self.level.is_some_and(|level| level.span.0 != heading.span.0);
        self.heading.filter(is_other)
    }

    /// Returns the names of the levels in a table that has them for certain.
    pub(crate) fn levels(&self) -> Vec<String> {
        let named = |cell: &Cell| cell.plain.to_lowercase();
        match self.way() {
            Some(Way::LevelsAcross) => {
                self.head.iter().skip(1).filter(|head| !describes(&head.plain)).map(named).collect()
            }
            Some(Way::LevelsDown { .. }) => self.column(0).map(named).collect(),
            Some(Way::Pairs { level, .. }) => self.column(level).map(named).collect(),
            Some(Way::OneLevel | Way::Columns) | None => Vec::new(),
        }
    }

    /// Returns the columns that name what the others ask.
    pub(crate) fn leading_columns(&self) -> Vec<usize> {
        match self.way() {
            Some(Way::Pairs { level, title, category }) => [level, category].into_iter().chain(title).collect(),
            Some(way @ Way::LevelsDown { title }) => {
                std::iter::once(0).chain(title).chain(self.describing_columns(way)).collect()
            }
            Some(way @ Way::LevelsAcross) => std::iter::once(0).chain(self.describing_columns(way)).collect(),
            Some(Way::Columns) => Vec::new(),
            _ => vec![0],
        }
    }

    /// Returns the columns that say what the name of their row is, beside others that ask for something.
    fn describing_columns(&self, way: Way) -> impl Iterator<Item = usize> {
        let asking = match way {
            Way::LevelsAcross => Some(0),
            Way::LevelsDown { title } => Some(title.unwrap_or(0)),
            _ => None,
        };
        let columns = (1..self.head.len()).filter(move |&column| asking.is_some_and(|title| column != title));
        let (describing, others): (Vec<_>, Vec<_>) = columns.partition(|&column| describes(&self.head[column].plain));
        describing.into_iter().filter(move |_| !others.is_empty())
    }

    pub(super) fn column(&self, at: usize) -> impl Iterator<Item = &Cell> {
        self.rows.iter().filter_map(move |row| row.get(at)).filter(|cell| !cell.plain.is_empty())
    }

    /// Whether a column names levels: its cells do, or its head says so. The one row of a table without names of columns
    /// may name one.
    fn names_levels(&self, column: usize) -> bool {
        const WORDS: usize = 4;
        let all = self.column(column).count();
        let named = self.column(column).filter(|cell| self.page.is_level(&cell.plain)).count();
        let is_only_row = column == 0 && self.rows.len() == 1 && !self.head.iter().any(is_named);
        let is_short = |cell: &Cell| cell.plain.split_whitespace().count() <= WORDS;
        let is_said = all >= 2
            && self.head.get(column).is_some_and(|head| counts_levels(&head.plain))
            && self.column(column).all(is_short);
        (named >= 2 && named * 10 >= all * MOST) || (is_only_row && named == 1) || is_said
    }

    fn entries(&self, way: Way, several: bool, tabled: &mut Tabled) -> Vec<Entry> {
        let (page, mut entries) = (self.page, Vec::new());
        let span = |heading: &RichText| heading.span.0.clone();
        let (heading, level) = (self.heading.map(span), self.level.map(span));
        // `Expectations` between a level and its table says nothing.
        let (silent, part): (Vec<_>, Vec<_>) = self.part().into_iter().partition(|part| says_nothing(&part.plain()));
        let of_table = match way.is_of_one_level() {
            true => part.first().map(|part| span(part)),
            false => heading.filter(|_| several),
        };
        if way.is_of_one_level() {
            tabled.headings.extend(silent.into_iter().map(span));
        }
        self.understand_head(way, tabled);
        if let (Way::Columns, Some(level)) = (way, &level) {
            for (column, head) in self.head.iter().enumerate() {
                let mut criteria = Vec::new();
                for cell in self.rows.iter().filter_map(|row| row.get(column)) {
                    let of_cell = parts(&page.text, cell.span.clone());
                    tabled.understood.extend(gaps(&cell.span, &of_cell));
                    criteria.extend(of_cell);
                }
                if criteria.is_empty() {
                    tabled.understood.push(head.span.clone());
                }
                let category = Some(head.span.clone()).filter(|_| is_named(head));
                let category = of_table.clone().into_iter().chain(category).collect();
                entries.push(Entry { level: vec![level.clone()], category, content: Content::Criteria(criteria) });
            }
            return entries;
        }
        let describing: Vec<_> = self.describing_columns(way).collect();
        tabled.understood.extend(describing.iter().map(|&column| self.head[column].span.clone()));
        let mut last: Option<&Cell> = None;
        for row in &self.rows {
            let leading = match way {
                Way::Pairs { category, .. } => category,
                _ => 0,
            };
            // What stands in a cell also holds for the empty ones below it, where every row needs a name.
            let first = row.get(leading).filter(|first| is_named(first));
            let Some(first) = first.or(last.filter(|_| matches!(way, Way::Pairs { .. }))) else { continue };
            last = Some(first);
            for (column, cell) in row.iter().enumerate() {
                let head = self.head.get(column);
                let describes = describing.contains(&column);
                let (level, category) = match (way, head, &level) {
                    (Way::LevelsAcross, Some(head), _) if column > 0 && !asks_nothing(&head.plain) => {
                        let level = Some(head.span.clone()).filter(|_| !describes);
                        (level.into_iter().collect(), Some(first.span.clone()))
                    }
                    (Way::LevelsDown { title }, Some(head), _) if column > 0 && title != Some(column) => {
                        let title = title.and_then(|title| row.get(title)).filter(|cell| is_named(cell));
                        let names = std::iter::once(first).chain(title).map(|cell| cell.span.clone());
                        (names.collect(), Some(head.span.clone()).filter(|_| !describes))
                    }
                    (Way::Pairs { level, title, category }, ..)
                        if column != level && column != category && Some(column) != title =>
                    {
                        let Some(level) = row.get(level).filter(|cell| is_named(cell)) else { continue };
                        let title = title.and_then(|title| row.get(title)).filter(|cell| is_named(cell));
                        let names = std::iter::once(level).chain(title).map(|cell| cell.span.clone());
                        (names.collect(), Some(first.span.clone()))
                    }
                    (Way::OneLevel, _, Some(level)) if column > 0 => (vec![level.clone()], Some(first.span.clone())),
                    _ => continue,
                };
                let named = |span: &Span| page.written(span).contains(char::is_alphanumeric);
                if level.iter().all(named) {
                    // `Description` adds nothing to the name of its table.
                    let says_more = |_: &Span| {
                        way == Way::OneLevel || !(head.is_some_and(is_generic) && matches!(way, Way::LevelsDown { .. }))
                    };
                    let written = category.filter(|span| of_table.is_none() || says_more(span));
                    if written.is_none() {
                        tabled.understood.extend(head.map(|head| head.span.clone()));
                    }
                    let category = written;
                    let category = of_table.clone().into_iter().chain(category).filter(named).collect();
                    let criteria = parts(&page.text, cell.span.clone());
                    if !criteria.is_empty() || is_nothing(page.written(&cell.span)) {
                        tabled.understood.extend(gaps(&cell.span, &criteria));
                    }
                    let content = if describes { Content::Paragraphs(criteria) } else { Content::Criteria(criteria) };
                    entries.push(Entry { level, category, content });
                }
            }
        }
        if let Way::Pairs { .. } = way {
            let columns = self.leading_columns().into_iter();
            let repeated = columns.map(|column| self.column(column).map(|cell| cell.span.clone()));
            tabled.understood.extend(repeated.into_iter().flatten());
        }
        entries
    }

    /// The names of columns say how the table is read, and are no part of the ladder.
    fn understand_head(&self, way: Way, tabled: &mut Tabled) {
        let unused: Vec<&Cell> = match way {
            Way::OneLevel | Way::Pairs { .. } => self.head.iter().collect(),
            Way::LevelsAcross => self.head.iter().take(1).collect(),
            Way::Columns => Vec::new(),
            Way::LevelsDown { title } => self.head.iter().take(1).chain(title.map(|at| &self.head[at])).collect(),
        };
        let (names, sentences): (Vec<_>, Vec<_>) = unused.into_iter().partition(|cell| is_generic(cell));
        tabled.understood.extend(names.into_iter().map(|cell| cell.span.clone()));
        tabled.columns.extend(sentences.into_iter().map(|cell| cell.span.clone()));
    }
}

pub(super) fn is_named(cell: &Cell) -> bool {
    cell.plain.contains(char::is_alphanumeric)
}

/// Returns the gaps between the criteria of a cell: line breaks and bullets.
fn gaps(cell: &Span, criteria: &[Span]) -> Vec<Span> {
    let starts = std::iter::once(cell.start).chain(criteria.iter().map(|criterion| criterion.end));
    let ends = criteria.iter().map(|criterion| criterion.start).chain([cell.end]);
    starts.zip(ends).map(|(start, end)| start..end.max(start)).collect()
}

/// The page around the tables.
struct Around<'a> {
    page: &'a DraftPage,
    /// Where the headings begin that name levels or categories now.
    used: BTreeSet<usize>,
    /// The tables that are ladders.
    tables: Vec<Span>,
    /// Where the first begins, and where the last one ends.
    first: usize,
    last: usize,
}

impl Around<'_> {
    /// Copies the text before the first table, and the text right after the last one, which would otherwise seem to
    /// belong to the last category.
    fn before(&self, draft: &mut TextDraft) {
        let start = self.page.text.len() - self.page.text.trim_start().len();
        for section in self.page.sections().iter().filter(|section| section.span.start < self.first) {
            let heading = section.heading.as_ref();
            let is_used = heading.is_some_and(|heading| self.used.contains(&heading.text.span.start));
            let text = if is_used { self.blocks_start(section) } else { section.span.start.max(start) };
            let end = section.span.end.min(self.first);
            if text < end {
                draft.append(self.page.part(text..end));
            }
        }
        for section in self.page.sections() {
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
    fn behind(&self, draft: &mut TextDraft) {
        for section in self.page.sections().iter().filter(|section| !self.is_inside(section)) {
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
