//! Tables over two rows of blocks. A table of very many cells is filled along its diagonal only, so that work grows as the
//! blocks do and not as their pairs.

use std::ops::Range;

/// The most cells that a table has, as long as its rows leave it a choice.
pub(super) const CELLS: usize = 100_000;

/// A table with a cell for each place in two rows of things, their ends with them.
pub(super) struct Table<T> {
    height: usize,
    width: usize,
    /// How far a row reaches to both sides of the diagonal.
    half: usize,
    /// Where each row begins among the cells.
    starts: Vec<usize>,
    cells: Vec<Option<T>>,
}

impl<T: Copy> Table<T> {
    pub(super) fn of(height: usize, width: usize) -> Self {
        let rows = height + 1;
        let half = match rows.saturating_mul(width + 1) <= CELLS {
            true => width,
            // Each row reaches the next but one, wherever a step leads.
            false => (CELLS / rows / 2).max(2 * (width / height.max(1) + 1)),
        };
        let mut table = Self { height, width, half, starts: Vec::with_capacity(rows), cells: Vec::new() };
        let mut cells = 0;
        for a in 0..rows {
            table.starts.push(cells);
            cells += table.row(a).len();
        }
        table.cells = vec![None; cells];
        table
    }

    /// Returns whether each place has a cell.
    pub(super) fn is_whole(&self) -> bool {
        self.half >= self.width
    }

    /// Returns the places in one row that have cells.
    pub(super) fn row(&self, a: usize) -> Range<usize> {
        let middle = a * self.width / self.height.max(1);
        middle.saturating_sub(self.half)..(middle + self.half + 1).min(self.width + 1)
    }

    fn at(&self, a: usize, b: usize) -> Option<usize> {
        let row = self.row(a);
        (a <= self.height && row.contains(&b)).then(|| self.starts[a] + b - row.start)
    }

    pub(super) fn get(&self, a: usize, b: usize) -> Option<T> {
        self.at(a, b).and_then(|at| self.cells[at])
    }

    pub(super) fn set(&mut self, a: usize, b: usize, value: T) {
        if let Some(at) = self.at(a, b) {
            self.cells[at] = Some(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_table_is_whole_and_a_large_one_grows_as_its_rows() {
        let table: Table<u8> = Table::of(20, 30);
        assert!(table.is_whole() && (0..=20).all(|a| table.row(a) == (0..31)));
        for (height, width) in [(10_000, 10_000), (10, 1_000_000), (300_000, 10), (100_000, 100_001), (0, 300_000)] {
            let table: Table<u8> = Table::of(height, width);
            assert!(table.cells.len() <= CELLS + 8 * (height + width), "{height}, {width}");
            assert!(table.row(0).start == 0 && table.row(height).end == width + 1);
            let mut rows = (0..height).map(|a| (table.row(a), table.row(a + 1)));
            assert!(rows.all(|(row, next)| next.start < row.end), "{height}, {width}");
        }
    }
}
