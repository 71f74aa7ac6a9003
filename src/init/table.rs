//! Ladders that are tables: levels in the one direction, categories in the other, criteria in the cells.

use std::collections::BTreeSet;

use super::cell::{is_nothing, parts, trimmed};
use super::draft::TextDraft;
use super::entries::{Content, Entries, Entry};
use super::page::DraftPage;
use crate::diagnostic::Span;
use crate::parse::{BlockKind, LevelHeading, RichText, Section, asks_nothing, is_level_name};

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
        category: usize,
    },
    /// The heading above it names a level, and each row a category.
    OneLevel,
}

/// A table of a page.
pub(crate) struct Grid<'a> {
    page: &'a DraftPage,
    pub(crate) heading: Option<&'a RichText>,
    pub(crate) span: Span,
    pub(crate) head: Vec<Cell>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A cell with its words as they are read.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) span: Span,
    pub(crate) plain: String,
}

/// Names of columns that say what stands in them, and nothing else.
const COLUMNS: [&str; 32] = [
    "",
    "area",
    "aspect",
    "attribute",
    "capability",
    "categories",
    "category",
    "competencies",
    "competency",
    "description",
    "dimension",
    "expectation",
    "expectations",
    "grade",
    "job title",
    "level",
    "name",
    "pillar",
    "role",
    "skill",
    "skills",
    "title",
    "topic",
    "面向",
    "項目",
    "類別",
    "能力",
    "職級",
    "職等",
    "職稱",
    "等級",
    "レベル",
];

/// The number of words of a cell that only sums up what is said elsewhere.
const SUMMARY: usize = 1;

/// The share of the cells of a column, in tenths, that name levels where it is a column of levels.
const MOST: usize = 8;

/// Turns the tables of a page with levels in tables into headings and lists. None for tables of another kind.
pub(crate) fn restructure(page: &DraftPage) -> Option<Tabled> {
    let grids = grids(page, page.sections());
    let ways = ways(&grids)?;
    let is_ladder = |at: usize| ways[at].is_some();
    let several = ways.iter().flatten().count() > 1;
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
    let used: BTreeSet<usize> = entries.names().map(|span| span.start).collect();
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
    for section in sections {
        for block in &section.blocks {
            if let BlockKind::Table(table) = &block.kind {
                let cells = |cells: &[RichText]| -> Vec<Cell> {
                    let cell =
                        |cell: &RichText| Cell { span: cell.span.0.clone(), plain: cell.plain().trim().to_owned() };
                    cells.iter().map(cell).collect()
                };
                grids.push(Grid {
                    page,
                    heading: section.heading.as_ref().map(|heading| &heading.text),
                    span: block.span.0.clone(),
                    head: cells(&table.head),
                    rows: table.rows.iter().map(|row| cells(row)).collect(),
                });
            }
        }
    }
    grids
}

/// Decides how each table is read. None for a table that is no ladder, and for all if none is one.
fn ways(grids: &[Grid<'_>]) -> Option<Vec<Option<Way>>> {
    let ways: Vec<_> = grids.iter().map(Grid::way).collect();
    let of_one_level = ways.iter().filter(|way| **way == Some(Way::OneLevel)).count();
    if ways.iter().flatten().any(|way| *way != Way::OneLevel) || of_one_level >= 2 {
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
        let above = self.heading.is_some_and(|heading| self.page.is_level(&heading.plain()));
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
            (Some(level), _) => Some(Way::Pairs { level, category: usize::from(level == 0) }),
            (None, Some(0)) => Some(Way::LevelsDown { title: columns.get(1).copied() }),
            _ if above && self.head.len() == 2 => Some(Way::OneLevel),
            _ => None,
        }
    }

    /// Returns the names of the levels in a table that has them for certain.
    pub(crate) fn levels(&self) -> Vec<String> {
        let named = |cell: &Cell| cell.plain.to_lowercase();
        match self.way() {
            Some(Way::LevelsAcross) => self.head.iter().skip(1).map(named).collect(),
            Some(Way::LevelsDown { .. }) => self.column(0).map(named).collect(),
            Some(Way::Pairs { level, .. }) => self.column(level).map(named).collect(),
            Some(Way::OneLevel) | None => Vec::new(),
        }
    }

    /// Returns the columns that name what the others ask.
    pub(crate) fn leading_columns(&self) -> Vec<usize> {
        match self.way() {
            Some(Way::Pairs { level, category }) => vec![level, category],
            Some(Way::LevelsDown { title }) => std::iter::once(0).chain(title).collect(),
            _ => vec![0],
        }
    }

    fn column(&self, at: usize) -> impl Iterator<Item = &Cell> {
        self.rows.iter().filter_map(move |row| row.get(at)).filter(|cell| !cell.plain.is_empty())
    }

    fn names_levels(&self, column: usize) -> bool {
        let named = self.column(column).filter(|cell| self.page.is_level(&cell.plain)).count();
        named >= 2 && named * 10 >= self.column(column).count() * MOST
    }

    /// Whether the cells name levels, say yes or no, count or link, and ask for nothing; or sum up in a word each what
    /// stands below the headings of the same levels.
    pub(crate) fn is_index(&self) -> bool {
        let cells = || self.rows.iter().flat_map(|row| row.iter().skip(1));
        let sums_up = |cell: &Cell| says_nothing(&cell.plain) || cell.plain.split_whitespace().count() <= SUMMARY;
        cells().all(|cell| says_nothing(&cell.plain)) || (cells().all(sums_up) && self.names_headings())
    }

    /// Whether levels in the first column or row are headings, too.
    fn names_headings(&self) -> bool {
        let names = |cell: &Cell| {
            let heading = LevelHeading::read(&cell.plain);
            let words = if heading.codes.is_empty() { vec![heading.title] } else { heading.codes };
            words.into_iter().map(|word| word.to_lowercase()).collect::<Vec<_>>()
        };
        let cells = self.head.iter().chain(self.rows.iter().filter_map(|row| row.first()));
        let levels: BTreeSet<String> = cells.filter(|cell| self.page.is_level(&cell.plain)).flat_map(names).collect();
        let headings = self.page.sections().iter().filter_map(|section| section.heading.as_ref());
        let named = headings.map(|heading| LevelHeading::read(&heading.text.plain())).filter(|heading| {
            let mut words = heading.codes.iter().chain([&heading.title]).map(|word| word.to_lowercase());
            words.any(|word| levels.contains(&word))
        });
        named.map(|heading| (heading.codes, heading.title)).collect::<BTreeSet<_>>().len() >= 2
    }

    /// Returns the codes that an index gives to names: `L1` to `Junior`.
    pub(crate) fn codes(&self) -> Vec<(String, String)> {
        let of_row = |row: &Vec<Cell>| {
            let is_code = |cell: &&Cell| {
                let heading = LevelHeading::read(&cell.plain);
                !heading.codes.is_empty() && heading.title.is_empty()
            };
            let code = row.iter().find(is_code)?;
            let name = row.iter().find(|cell| cell.span != code.span && is_named(cell))?;
            Some((code.plain.clone(), name.plain.clone()))
        };
        if self.is_index() { self.rows.iter().filter_map(of_row).collect() } else { Vec::new() }
    }

    fn entries(&self, way: Way, several: bool, tabled: &mut Tabled) -> Vec<Entry> {
        let (page, mut entries) = (self.page, Vec::new());
        let heading = self.heading.map(|heading| heading.span.0.clone());
        let of_table = heading.clone().filter(|_| several && way != Way::OneLevel);
        self.understand_head(way, tabled);
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
                let (level, category) = match (way, head, &heading) {
                    (Way::LevelsAcross, Some(head), _) if column > 0 && !asks_nothing(&head.plain) => {
                        (vec![head.span.clone()], Some(first.span.clone()))
                    }
                    (Way::LevelsDown { title }, Some(head), _) if column > 0 && title != Some(column) => {
                        let title = title.and_then(|title| row.get(title)).filter(|cell| is_named(cell));
                        let names = std::iter::once(first).chain(title).map(|cell| cell.span.clone());
                        (names.collect(), Some(head.span.clone()))
                    }
                    (Way::Pairs { level, category }, ..) if column != level && column != category => {
                        let Some(level) = row.get(level).filter(|cell| is_named(cell)) else { continue };
                        (vec![level.span.clone()], Some(first.span.clone()))
                    }
                    (Way::OneLevel, _, Some(heading)) if column > 0 => {
                        (vec![heading.clone()], Some(first.span.clone()))
                    }
                    _ => continue,
                };
                let named = |span: &Span| page.written(span).contains(char::is_alphanumeric);
                if level.iter().all(named) {
                    // `Description` adds nothing to the name of its table.
                    let says_more =
                        |_: &Span| way == Way::OneLevel || !(is_generic(head) && matches!(way, Way::LevelsDown { .. }));
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
                    entries.push(Entry { level, category, content: Content::Criteria(criteria) });
                }
            }
        }
        if let Way::Pairs { level, category } = way {
            let repeated = [level, category].map(|column| self.column(column).map(|cell| cell.span.clone()));
            tabled.understood.extend(repeated.into_iter().flatten());
        }
        entries
    }

    /// The names of columns say how the table is read, and are no part of the ladder.
    fn understand_head(&self, way: Way, tabled: &mut Tabled) {
        let is_name = |cell: &&Cell| COLUMNS.contains(&cell.plain.to_lowercase().as_str());
        let unused: Vec<&Cell> = match way {
            Way::OneLevel | Way::Pairs { .. } => self.head.iter().collect(),
            Way::LevelsAcross => self.head.iter().take(1).collect(),
            Way::LevelsDown { title } => self.head.iter().take(1).chain(title.map(|at| &self.head[at])).collect(),
        };
        let (names, sentences): (Vec<_>, Vec<_>) = unused.into_iter().partition(is_name);
        tabled.understood.extend(names.into_iter().map(|cell| cell.span.clone()));
        tabled.columns.extend(sentences.into_iter().map(|cell| cell.span.clone()));
    }
}

fn is_generic(head: Option<&Cell>) -> bool {
    head.is_some_and(|head| COLUMNS.contains(&head.plain.to_lowercase().as_str()))
}

fn is_named(cell: &Cell) -> bool {
    cell.plain.contains(char::is_alphanumeric)
}

/// Whether a cell names a level, says yes or no, counts, or links.
fn says_nothing(plain: &str) -> bool {
    const ANSWERS: [&str; 8] = ["yes", "no", "x", "true", "false", "link", "tbd", "n/a"];
    let is_number = plain.chars().all(|c| !c.is_alphabetic());
    is_number || ANSWERS.contains(&plain.to_lowercase().as_str()) || is_level_name(plain)
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
