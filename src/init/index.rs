//! Tables that only list the levels: they give codes to the names of levels.

use std::collections::BTreeSet;

use super::cell::is_amount;
use super::columns::names_roles;
use super::page::DraftPage;
use super::table::{Cell, Grid, MOST, grids, is_named, is_short};
use crate::parse::{BlockKind, LevelHeading, Section, is_level_name, is_proficiency, is_title};
use crate::text::Edit;

/// The number of words of a cell that only sums up what is said elsewhere.
const SUMMARY: usize = 1;

/// Returns the edits that put the codes of an index before the headings of the levels that it names.
pub(crate) fn codes(page: &DraftPage) -> Vec<Edit> {
    let grids = grids(page, page.sections());
    let codes: Vec<_> = grids.iter().flat_map(Grid::codes).collect();
    let headings = page.sections().iter().filter_map(|section| section.heading.as_ref());
    let code_of = |name: &str| {
        let is_meant = |(_, title): &&(String, String)| title.eq_ignore_ascii_case(name.trim());
        let mut meant = codes.iter().filter(is_meant);
        meant.next().filter(|_| meant.next().is_none())
    };
    let is_free = |name: &str| LevelHeading::read(name).codes.is_empty();
    headings
        .filter(|heading| is_free(&heading.text.plain()))
        .filter_map(|heading| {
            let (code, _) = code_of(&heading.text.plain())?;
            Some(Edit::insert(heading.text.span.start, format!("{code} = ")))
        })
        .collect()
}

impl Grid<'_> {
    /// Whether the cells name levels, say yes or no, count or link, and ask for nothing; or sum up in a word each what
    /// stands below the headings of the same levels.
    pub(crate) fn is_index(&self) -> bool {
        let cells = || self.rows.iter().flat_map(|row| row.iter().skip(1));
        let sums_up = |cell: &Cell| says_nothing(&cell.plain) || cell.plain.split_whitespace().count() <= SUMMARY;
        (cells().all(|cell| says_nothing(&cell.plain)) && self.gives_titles())
            || (cells().all(sums_up) && self.names_headings())
    }

    /// Whether each row is a role, by its name in the first column, and no heading has these names.
    pub(super) fn lists_roles(&self, column: usize) -> bool {
        const COLUMNS: usize = 3;
        let is_said = column == 0 && self.head.len() >= COLUMNS && names_roles(&self.head[0].plain);
        is_said
            && self.level.is_none()
            && self.column(0).count() >= 2
            && !self.recurs(0)
            && self.column(0).all(is_short)
            && self.rows_with_headings() < 2
    }

    /// Whether each row is a heading, too, with lists below it.
    pub(super) fn sums_up_headings(&self) -> bool {
        let sections = self.page.sections();
        let has_list = |section: &Section| section.blocks.iter().any(|it| matches!(it.kind, BlockKind::List(_)));
        let asks = |name: &str| {
            sections.iter().enumerate().any(|(at, section)| {
                let heading = section.heading.as_ref().filter(|it| it.text.plain().trim().eq_ignore_ascii_case(name));
                heading.is_some_and(|heading| {
                    let is_below = |other: &&Section| other.heading.as_ref().is_some_and(|it| it.depth > heading.depth);
                    has_list(section) || sections[at + 1..].iter().take_while(is_below).any(has_list)
                })
            })
        };
        self.column(0).count() >= 2 && self.column(0).all(|cell| asks(&cell.plain))
    }

    /// Returns the number of rows whose names are headings, too: what they say is told there at length.
    pub(super) fn rows_with_headings(&self) -> usize {
        let headings = self.page.sections().iter().filter_map(|section| section.heading.as_ref());
        let names: BTreeSet<_> = headings.map(|heading| heading.text.plain().trim().to_lowercase()).collect();
        self.column(0).filter(|cell| names.contains(&cell.plain.to_lowercase())).count()
    }

    /// Whether cells that name levels are names and no more: `Senior Engineer`, and not `Senior work with little help`.
    fn gives_titles(&self) -> bool {
        let cells = self.rows.iter().flat_map(|row| row.iter().skip(1));
        let named: Vec<_> = cells.filter(|cell| is_level_name(&cell.plain)).collect();
        let titles = named.iter().filter(|cell| is_title(&cell.plain)).count();
        titles * 10 >= named.len() * MOST || self.names_headings()
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
}

/// Whether a cell names a level, says yes or no, counts, or links.
fn says_nothing(plain: &str) -> bool {
    const ANSWERS: [&str; 8] = ["yes", "no", "x", "true", "false", "link", "tbd", "n/a"];
    let is_number = plain.chars().all(|c| !c.is_alphabetic());
    is_number
        || is_amount(plain)
        || ANSWERS.contains(&plain.to_lowercase().as_str())
        || (is_level_name(plain) && !is_proficiency(plain))
}
