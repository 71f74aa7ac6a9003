//! What the rows of a table ask for, as entries of levels and categories.

use super::cell::{is_amount, is_nothing, parts};
use super::columns::{is_generic, is_of_terms, says_nothing};
use super::entries::{Content, Entry};
use super::table::{Cell, Grid, Tabled, Way, is_named};
use crate::diagnostic::Span;
use crate::parse::RichText;

impl Grid<'_> {
    pub(super) fn entries(&self, way: Way, several: bool, tabled: &mut Tabled) -> Vec<Entry> {
        let (page, mut entries) = (self.page, Vec::new());
        let span = |heading: &RichText| heading.span.0.clone();
        let level = self.level.map(span);
        // `Expectations` between a level and its table says nothing.
        let (silent, part): (Vec<_>, Vec<_>) = self.part().into_iter().partition(|part| says_nothing(&part.plain()));
        let of_table = match way {
            _ if way.is_of_one_level() => part.first().map(|part| span(part)),
            Way::EveryColumn => self.heading.filter(|_| !self.is_below_title).map(span),
            _ => self.heading.filter(|_| several).map(span),
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
        let naming = self.naming_columns(way);
        let title_row = self.title_row(way);
        let mut above: Vec<Option<&Cell>> = vec![None; naming.len()];
        for (at, row) in self.rows.iter().enumerate() {
            if title_row == Some(at) {
                tabled.understood.extend(row.first().map(|cell| cell.span.clone()));
                continue;
            }
            let Some(names) = named(&naming, row, &mut above) else { continue };
            let is_prose = names.first().is_some_and(|name| is_of_terms(&name.plain));
            for (column, cell) in row.iter().enumerate().filter(|(column, _)| !naming.contains(column)) {
                let head = self.head.get(column);
                let describes = describing.contains(&column);
                let spans = || names.iter().map(|name| name.name.clone()).collect::<Vec<_>>();
                let (level, category, is_prose) = match (way, head, &level) {
                    (Way::LevelsAcross | Way::EveryColumn, Some(head), _) => {
                        if !describes && self.is_unwished(head) {
                            continue;
                        }
                        let title = title_row.and_then(|at| self.rows[at].get(column)).filter(|cell| is_named(cell));
                        let level = std::iter::once(head).chain(title).filter(|_| !describes).collect();
                        (level, spans(), is_prose)
                    }
                    (Way::LevelsDown { title }, Some(head), _) if title != Some(column) => {
                        if self.is_unwished(names[0]) {
                            continue;
                        }
                        let title = title.and_then(|title| row.get(title)).filter(|cell| is_named(cell));
                        let category = Some(head.name.clone()).filter(|_| !describes).into_iter().collect();
                        (names[..1].iter().copied().chain(title).collect(), category, is_of_terms(&head.plain))
                    }
                    (Way::Pairs { level, title, .. }, ..) if column != level && Some(column) != title => {
                        let Some(level) = row.get(level).filter(|cell| is_named(cell)) else { continue };
                        let title = title.and_then(|title| row.get(title)).filter(|cell| is_named(cell));
                        (std::iter::once(level).chain(title).collect::<Vec<_>>(), spans(), false)
                    }
                    (Way::OneLevel, _, Some(_)) => (Vec::new(), spans(), false),
                    _ => continue,
                };
                let is_written = |span: &Span| page.written(span).contains(char::is_alphanumeric);
                if !level.iter().all(|cell| is_named(cell)) {
                    continue;
                }
                // What stands below the name of a level in its cell sums it up.
                for cell in &level {
                    let level = || level.iter().map(|cell| cell.name.clone()).collect();
                    let is_new = |rest: &&Span| tabled.summed.insert(rest.start);
                    let rest: Vec<_> = cell.rest.iter().filter(is_new).cloned().collect();
                    let gaps = rest.iter().map(|rest| cell.name.end..rest.start);
                    tabled.understood.extend(gaps.filter(|gap| gap.start < gap.end));
                    entries.extend(rest.into_iter().map(|rest| Entry {
                        level: level(),
                        category: Vec::new(),
                        content: Content::Paragraphs(vec![rest]),
                    }));
                }
                let level: Vec<Span> = match way {
                    Way::OneLevel => self.level.map(span).into_iter().collect(),
                    _ => level.into_iter().map(|cell| cell.name.clone()).collect(),
                };
                // `Description` adds nothing to the name of its table.
                let says_more = !(head.is_some_and(is_generic) && matches!(way, Way::LevelsDown { .. }));
                let written: Vec<Span> = category.into_iter().filter(|_| of_table.is_none() || says_more).collect();
                if written.is_empty() {
                    tabled.understood.extend(head.map(|head| head.span.clone()));
                }
                let category = of_table.clone().into_iter().chain(written).filter(is_written).collect();
                let criteria = parts(&page.text, cell.span.clone());
                if !criteria.is_empty() || is_nothing(page.written(&cell.span)) {
                    tabled.understood.extend(gaps(&cell.span, &criteria));
                }
                let content = match describes || is_prose {
                    true => Content::Paragraphs(criteria),
                    false => Content::Criteria(criteria),
                };
                entries.push(Entry { level, category, content });
            }
        }
        if let Way::Pairs { .. } = way {
            let columns = self.leading_columns().into_iter();
            let repeated = columns.map(|column| self.column(column).map(|cell| cell.span.clone()));
            tabled.understood.extend(repeated.into_iter().flatten());
        }
        entries
    }

    /// Returns the cells that say what is asked: no names, and no terms such as salaries.
    pub(super) fn asking(&self) -> Vec<&Cell> {
        let (way, named) = (self.way(), self.leading_columns());
        let titles = way.and_then(|way| self.title_row(way));
        let asks = |row: usize, column: usize| {
            let name = match way {
                Some(Way::LevelsDown { .. }) => self.head.get(column),
                Some(Way::LevelsAcross) => self.rows[row].first(),
                _ => None,
            };
            let is_name = titles == Some(row) || named.contains(&column);
            !is_name && !name.is_some_and(|name| is_of_terms(&name.plain))
        };
        let cells = |(at, row)| -> Vec<&Cell> {
            let row: &Vec<Cell> = row;
            row.iter().enumerate().filter(|(column, _)| asks(at, *column)).map(|(_, cell)| cell).collect()
        };
        self.rows.iter().enumerate().flat_map(cells).filter(|cell| !is_amount(&cell.plain)).collect()
    }

    /// Whether somebody said which the levels are, and this is none of them.
    fn is_unwished(&self, name: &Cell) -> bool {
        self.page.names().are_wished() && !self.page.is_level(&name.plain)
    }

    /// The names of columns say how the table is read, and are no part of the ladder.
    fn understand_head(&self, way: Way, tabled: &mut Tabled) {
        let unused: Vec<&Cell> = match way {
            Way::OneLevel | Way::Pairs { .. } => self.head.iter().collect(),
            Way::LevelsAcross => self.naming_columns(way).into_iter().map(|column| &self.head[column]).collect(),
            Way::Columns | Way::EveryColumn => Vec::new(),
            Way::LevelsDown { title } => self.head.iter().take(1).chain(title.map(|at| &self.head[at])).collect(),
        };
        let (names, sentences): (Vec<_>, Vec<_>) = unused.into_iter().partition(|cell| is_generic(cell));
        tabled.understood.extend(names.into_iter().map(|cell| cell.span.clone()));
        tabled.columns.extend(sentences.into_iter().map(|cell| cell.span.clone()));
    }
}

/// Returns the names of a row, each from its own cell or from the nearest one above it, as a cell that reaches down. None
/// if it needs names and has none.
fn named<'a>(naming: &[usize], row: &'a [Cell], above: &mut [Option<&'a Cell>]) -> Option<Vec<&'a Cell>> {
    let own: Vec<_> = naming.iter().map(|&column| row.get(column).filter(|cell| is_named(cell))).collect();
    let is_bare = own.iter().all(Option::is_none);
    let first = own.iter().position(Option::is_some).unwrap_or(0);
    for (at, cell) in own.into_iter().enumerate() {
        if cell.is_some() || (!is_bare && at > first) {
            above[at] = cell;
        }
    }
    let names: Vec<_> = above.iter().flatten().copied().collect();
    (naming.is_empty() || !names.is_empty()).then_some(names)
}

/// Returns the gaps between the criteria of a cell: line breaks and bullets.
fn gaps(cell: &Span, criteria: &[Span]) -> Vec<Span> {
    let starts = std::iter::once(cell.start).chain(criteria.iter().map(|criterion| criterion.end));
    let ends = criteria.iter().map(|criterion| criterion.start).chain([cell.end]);
    starts.zip(ends).map(|(start, end)| start..end.max(start)).collect()
}
