//! Ladders that are tables: levels in the one direction, categories in the other, criteria in the cells.

use std::collections::BTreeSet;

use super::around::{Around, Texts};
use super::cell::{lines, trimmed};
use super::columns::{describes, gives_titles, is_generic, names_categories};
use super::draft::TextDraft;
use super::entries::Entries;
use super::page::DraftPage;
use crate::diagnostic::Span;
use crate::parse::{
    BlockKind, LevelHeading, LevelSign, RichText, Section, asks_nothing, counts_levels, is_level_name, is_role,
    level_sign,
};
use crate::text::Edit;

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
    pub(super) headings: Vec<Span>,
    /// Where the text begins that stands below the names of levels in their cells.
    pub(super) summed: BTreeSet<usize>,
}

/// The orientation of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    LevelsAcross,
    /// The first column is a level, too, and the heading above the table names the category.
    EveryColumn,
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
    pub(super) fn is_of_one_level(self) -> bool {
        matches!(self, Self::OneLevel | Self::Columns)
    }
}

/// A table of a page.
pub(crate) struct Grid<'a> {
    pub(super) page: &'a DraftPage,
    pub(crate) heading: Option<&'a RichText>,
    /// Whether no heading stands above it but the first one of the page.
    pub(super) is_below_title: bool,
    /// The nearest heading above it that names a level.
    pub(super) level: Option<&'a RichText>,
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
    /// The name of a level alone, where more stands below it.
    pub(crate) plain: String,
    pub(super) name: Span,
    /// What stands below the name.
    pub(super) rest: Option<Span>,
}

impl Cell {
    fn read(page: &DraftPage, cell: &RichText) -> Self {
        let span = cell.span.0.clone();
        let whole = |plain: String| Self { span: span.clone(), plain, name: span.clone(), rest: None };
        let lines: Vec<_> = lines(&page.text, span.clone()).into_iter().map(|line| trimmed(&page.text, line)).collect();
        let words = |line: &Span| page.written(line).replace(['*', '_', '`'], "").trim().to_owned();
        let Some(first) = lines.iter().position(|line| !line.is_empty()) else { return whole(String::new()) };
        let (name, below) = (words(&lines[first]), &lines[first + 1..]);
        let rest = below.iter().map(words).collect::<Vec<_>>().join(" ");
        // `Senior` above `Engineer` or above `(L5)` is one name.
        let goes_on = is_role(&rest) || rest.starts_with(['(', '（']) || level_sign(&rest) == Some(LevelSign::Code);
        match below.first().zip(below.last()) {
            None => whole(cell.plain().trim().to_owned()),
            Some((start, end)) if page.is_level(&name) && !goes_on && rest.contains(char::is_alphanumeric) => {
                Self { span, plain: name, name: lines[first].clone(), rest: Some(start.start..end.end) }
            }
            Some(_) => whole(lines.iter().map(words).collect::<Vec<_>>().join(" ").trim().to_owned()),
        }
    }
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
    let tables: Vec<_> = grids.iter().zip(&ways).filter_map(|(grid, way)| Some((grid, (*way)?))).collect();
    let mut texts = Texts::of(page, &tables);
    let mut entries = Vec::new();
    for (grid, way) in &tables {
        entries.extend(texts.before(grid.span.start));
        entries.extend(grid.entries(*way, several, &mut tabled));
    }
    entries.extend(texts.before(page.text.len()));
    let entries = Entries::new(page, entries);
    if entries.is_empty() {
        return None;
    }
    // A name in several tables is taken over once.
    for grid in grids.iter().enumerate().filter(|&(at, _)| is_ladder(at)).map(|(_, grid)| grid) {
        let named = ways.iter().flatten().map(|way| grid.naming_columns(*way).len()).max().unwrap_or(1).max(1);
        let names = grid.head.iter().chain(grid.rows.iter().flat_map(|row| row.iter().take(named)));
        tabled.repeated.extend(names.filter(|cell| entries.repeat(&cell.name)).map(|cell| cell.name.clone()));
    }
    let spans: Vec<_> = grids.iter().enumerate().filter(|&(at, _)| is_ladder(at)).map(|(_, grid)| &grid.span).collect();
    let (first, last) = (spans.first()?.start, spans.last()?.end);
    let used: BTreeSet<usize> = entries.names().chain(&tabled.headings).map(|span| span.start).collect();
    tabled.understood.append(&mut tabled.headings);
    let tables = spans.into_iter().cloned().collect();
    let moved = texts.sections;
    let around = Around { page, used, tables, moved, first, last };
    around.before(&mut tabled.draft);
    entries.write(&mut tabled.draft);
    around.behind(&mut tabled.draft);
    Some(tabled)
}

/// Returns the tables of some sections of a page.
pub(crate) fn grids<'a>(page: &'a DraftPage, sections: &'a [Section]) -> Vec<Grid<'a>> {
    let mut grids = Vec::new();
    let mut open: Vec<(u8, &RichText)> = Vec::new();
    let mut headings = 0;
    for section in sections {
        if let Some(heading) = &section.heading {
            headings += 1;
            open.retain(|(depth, _)| *depth < heading.depth);
            open.push((heading.depth, &heading.text));
        }
        let mut level = None;
        for block in &section.blocks {
            if let BlockKind::Table(table) = &block.kind {
                let cells =
                    |cells: &[RichText]| -> Vec<Cell> { cells.iter().map(|cell| Cell::read(page, cell)).collect() };
                let named = || open.iter().rev().map(|(_, name)| *name).find(|name| page.is_level(&name.plain()));
                grids.push(Grid {
                    page,
                    heading: section.heading.as_ref().map(|heading| &heading.text),
                    is_below_title: headings <= 1,
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
    let by_rows: Vec<bool> = (0..grids.len()).map(|at| begins_with_row(&grids, at)).collect();
    for (grid, _) in grids.iter_mut().zip(by_rows).filter(|(_, it)| *it) {
        let unnamed = |cell: &Cell| {
            let span = cell.span.start..cell.span.start;
            Cell { span: span.clone(), plain: String::new(), name: span, rest: None }
        };
        let names = grid.head.iter().map(unnamed).collect();
        grid.rows.insert(0, std::mem::replace(&mut grid.head, names));
    }
    grids
}

/// Whether the first row of a table below a level says what the others say, too, and does not name columns.
fn begins_with_row(grids: &[Grid<'_>], at: usize) -> bool {
    let grid = &grids[at];
    let [first, second] = grid.head.as_slice() else { return false };
    let names = |grid: &Grid<'_>| grid.head.iter().map(|cell| cell.plain.to_lowercase()).collect::<Vec<_>>();
    let is_same = |(other, it): (usize, &Grid<'_>)| other != at && names(it) == names(grid);
    grid.way() == Some(Way::OneLevel)
        && [first, second].into_iter().all(|cell| is_named(cell) && !is_generic(cell))
        && !grid.page.is_level(&second.plain)
        && !grids.iter().enumerate().any(is_same)
}

/// Decides how each table is read. None for a table that is no ladder, and for all if none is one.
fn ways(grids: &[Grid<'_>]) -> Option<Vec<Option<Way>>> {
    let mut ways: Vec<_> = grids.iter().map(Grid::way).collect();
    // Beside a table with categories, one without any says what is said nowhere else of the levels.
    let is_bare = |at: usize, way: Option<Way>| way == Some(Way::EveryColumn) && grids[at].is_below_title;
    if (0..grids.len()).any(|at| ways[at].is_some() && !is_bare(at, ways[at])) {
        (0..grids.len()).filter(|&at| is_bare(at, Some(Way::EveryColumn))).for_each(|at| {
            ways[at] = ways[at].filter(|way| *way != Way::EveryColumn);
        });
    }
    if ways.iter().flatten().any(|way| !way.is_of_one_level()) || ways.iter().flatten().count() >= 2 {
        return Some(ways);
    }
    // Where nothing else is a ladder, the widest table is one whose levels have names that nobody else uses.
    let is_wide =
        |grid: &&(usize, &Grid<'_>)| grid.1.head.len() > 2 && !grid.1.is_index() && grid.1.rows_with_headings() < 2;
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
        // One cell of a head may be called as no level, but the first is called so where all are levels.
        let is_called = |cell: &Cell| self.page.is_level(&cell.plain) || is_level_name(&cell.plain);
        let is_first = self.head.first().is_some_and(is_called);
        if is_first && self.level.is_none() && columns.is_empty() && across >= 1 && (across + 1) * 2 > self.head.len() {
            return Some(Way::EveryColumn);
        }
        let paired = columns.iter().copied().find(|&column| self.recurs(column) && self.head.len() > 2);
        match (paired, columns.first()) {
            _ if across >= 2 && across >= self.column(0).filter(|cell| self.page.is_level(&cell.plain)).count() => {
                Some(Way::LevelsAcross)
            }
            (Some(level), _) => {
                let title = columns.iter().copied().find(|&column| column != level);
                let category = (0..self.head.len()).find(|&column| column != level && Some(column) != title)?;
                Some(Way::Pairs { level, title, category })
            }
            (None, Some(0)) if !self.sums_up_headings() => {
                Some(Way::LevelsDown { title: columns.get(1).copied().or_else(|| self.column_of_titles()) })
            }
            _ if self.names_categories => Some(Way::Columns),
            _ if self.is_below_level() && self.head.len() == 2 => Some(Way::OneLevel),
            _ => None,
        }
    }

    pub(super) fn is_below_level(&self) -> bool {
        self.level.is_some()
    }

    /// Returns the heading between the table and its level.
    pub(super) fn part(&self) -> Option<&RichText> {
        let is_other = |heading: &&RichText| self.level.is_some_and(|level| level.span.0 != heading.span.0);
        self.heading.filter(is_other)
    }

    /// Returns the names of the levels in a table that has them for certain.
    pub(crate) fn levels(&self) -> Vec<String> {
        let named = |cell: &Cell| cell.plain.to_lowercase();
        match self.way() {
            Some(Way::LevelsAcross) => {
                let naming = self.naming_columns(Way::LevelsAcross);
                let levels = self.head.iter().enumerate().filter(|(column, _)| !naming.contains(column));
                levels.filter(|(_, head)| !describes(&head.plain)).map(|(_, head)| named(head)).collect()
            }
            Some(Way::EveryColumn) => self.head.iter().map(named).collect(),
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
            Some(way @ Way::LevelsAcross) => {
                self.naming_columns(way).into_iter().chain(self.describing_columns(way)).collect()
            }
            Some(Way::Columns | Way::EveryColumn) => Vec::new(),
            _ => vec![0],
        }
    }

    /// Returns the columns whose cells name what their rows ask for.
    pub(super) fn naming_columns(&self, way: Way) -> Vec<usize> {
        match way {
            Way::LevelsAcross => {
                let describing: Vec<_> = self.describing_columns(way).collect();
                (0..=self.last_name()).filter(|column| !describing.contains(column)).collect()
            }
            Way::LevelsDown { .. } | Way::OneLevel => vec![0],
            Way::Pairs { category, .. } => vec![category],
            Way::Columns | Way::EveryColumn => Vec::new(),
        }
    }

    /// Returns the last column before the levels that names what its rows are about: the column says so, or the first one
    /// has the same for several rows.
    fn last_name(&self) -> usize {
        let first_level = (1..self.head.len()).find(|&column| self.page.is_level(&self.head[column].plain));
        let recurs = self.recurs(0) || self.column(0).count() < self.rows.len();
        let is_name = |&column: &usize| {
            let head = &self.head[column];
            is_generic(head) || describes(&head.plain) || (recurs && !is_role(&head.plain))
        };
        (1..first_level.unwrap_or(1)).take_while(is_name).last().unwrap_or(0)
    }

    /// Whether several rows have the same in a column.
    pub(super) fn recurs(&self, column: usize) -> bool {
        let names: BTreeSet<_> = self.column(column).map(|cell| cell.plain.to_lowercase()).collect();
        names.len() < self.column(column).count()
    }

    /// Returns the column that gives titles to codes: `Title` beside `S1`.
    fn column_of_titles(&self) -> Option<usize> {
        let is_numbered = |cell: &Cell| matches!(level_sign(&cell.plain), Some(LevelSign::Code | LevelSign::Number));
        let is_title = |&column: &usize| gives_titles(&self.head[column].plain) && self.column(column).all(is_short);
        (1..self.head.len()).find(is_title).filter(|_| self.column(0).all(is_numbered) && self.head.len() > 2)
    }

    /// Returns the row that gives titles to the codes of the columns.
    pub(super) fn title_row(&self, way: Way) -> Option<usize> {
        let is_code = |cell: &Cell| {
            let heading = LevelHeading::read(&cell.plain);
            !heading.codes.is_empty() && heading.title.is_empty()
        };
        let gives = |row: &Vec<Cell>| {
            row.first().is_some_and(|first| gives_titles(&first.plain)) && row.iter().skip(1).all(is_short)
        };
        let coded = way == Way::LevelsAcross && self.head.len() > 1 && self.head.iter().skip(1).all(is_code);
        self.rows.iter().position(gives).filter(|_| coded && self.rows.len() > 1)
    }

    /// Returns the columns that say what the name of their row is, beside others that ask for something.
    pub(super) fn describing_columns(&self, way: Way) -> impl Iterator<Item = usize> {
        let asking = match way {
            Way::LevelsAcross => Some(0),
            Way::LevelsDown { title } => Some(title.unwrap_or(0)),
            _ => None,
        };
        let columns = (1..self.head.len()).filter(move |&column| asking.is_some_and(|title| column != title));
        let last_name = if way == Way::LevelsAcross { self.last_name() } else { 0 };
        let (describing, others): (Vec<_>, Vec<_>) = columns.partition(|&column| {
            let head = &self.head[column].plain;
            // `Notes` beside levels is about all of them.
            let is_note = way == Way::LevelsAcross && asks_nothing(head) && !self.page.is_level(head);
            describes(head) || is_note || (column <= last_name && self.holds_text(column))
        });
        describing.into_iter().filter(move |_| !others.is_empty())
    }

    /// Whether a column holds sentences or numbers, and no names.
    fn holds_text(&self, column: usize) -> bool {
        const WORDS: usize = 5;
        let is_text = |cell: &Cell| {
            let words = cell.plain.split_whitespace().count();
            words > WORDS || cell.plain.ends_with(['.', '。', '?', '？']) || !cell.plain.contains(char::is_alphabetic)
        };
        self.column(column).filter(|cell| is_text(cell)).count() * 2 > self.column(column).count()
    }

    pub(super) fn column(&self, at: usize) -> impl Iterator<Item = &Cell> {
        self.rows.iter().filter_map(move |row| row.get(at)).filter(|cell| !cell.plain.is_empty())
    }

    /// Whether a column names levels: its cells do, or its head says so. The one row of a table without names of columns
    /// may name one.
    fn names_levels(&self, column: usize) -> bool {
        let all = self.column(column).count();
        let named = self.column(column).filter(|cell| self.page.is_level(&cell.plain)).count();
        let is_only_row = column == 0 && self.rows.len() == 1 && !self.head.iter().any(is_named);
        let is_said = all >= 2
            && self.head.get(column).is_some_and(|head| counts_levels(&head.plain))
            && self.column(column).all(is_short);
        (named >= 2 && named * 10 >= all * MOST) || (is_only_row && named == 1) || is_said || self.lists_roles(column)
    }
}

pub(super) fn is_named(cell: &Cell) -> bool {
    cell.plain.contains(char::is_alphanumeric)
}

/// Whether a cell is as short as the name of a level.
pub(super) fn is_short(cell: &Cell) -> bool {
    const WORDS: usize = 4;
    cell.plain.split_whitespace().count() <= WORDS
}

/// Returns the edits that write names of levels and categories in one line, which break in their cells.
pub(crate) fn joined_names(page: &DraftPage) -> Vec<Edit> {
    let mut edits = Vec::new();
    for grid in grids(page, page.sections()) {
        let Some(way) = grid.way() else { continue };
        let naming = grid.naming_columns(way);
        let names = grid.rows.iter().flat_map(|row| naming.iter().filter_map(|&column| row.get(column)));
        for cell in grid.head.iter().chain(names).filter(|cell| cell.rest.is_none()) {
            let lines = lines(&page.text, cell.span.clone());
            edits.extend(lines.windows(2).map(|pair| Edit::replace(pair[0].end..pair[1].start, " ")));
        }
    }
    edits
}
