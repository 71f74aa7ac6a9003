//! Levels that tables give by number alone, in a column that says so: `3` below `Level`.

use super::page::DraftPage;
use super::table::{Cell, Grid, grids};
use crate::parse::{counts_levels, is_number};
use crate::text::Edit;

/// Returns the edits that write before each number what it counts.
pub(crate) fn named(page: &DraftPage) -> Vec<Edit> {
    let grids = grids(page, page.sections());
    grids.iter().flat_map(|grid| (0..grid.head.len()).flat_map(|column| of_column(grid, column))).collect()
}

fn of_column(grid: &Grid<'_>, column: usize) -> Vec<Edit> {
    let head = &grid.head[column].plain;
    let is_numbered = |cell: &Cell| is_number(&cell.plain);
    if !counts_levels(head) || !grid.column(column).all(is_numbered) {
        return Vec::new();
    }
    let blank = if head.is_ascii() { " " } else { "" };
    grid.column(column).map(|cell| Edit::insert(cell.span.start, format!("{head}{blank}"))).collect()
}
