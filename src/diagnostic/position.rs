//! From bytes to the line and column that an editor shows.

use crate::text::slice;

/// The mark that some editors put at the start of a file. It takes no column.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// A place in a text as a person counts: both numbers begin at one, columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Position {
    /// Returns the position of a byte of `text`. An offset behind the end means the end.
    pub fn of(text: &str, offset: usize) -> Self {
        let before = slice(text, ..text.floor_char_boundary(offset));
        let text_start = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        let line_start = before.rfind('\n').map_or(text_start, |at| at + 1);
        Self {
            line: before.bytes().filter(|&byte| byte == b'\n').count() + 1,
            column: before.get(line_start..).map_or(0, |line| line.chars().count()) + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_not_bytes() {
        let text = "一二\n三四x";
        assert_eq!(Position::of(text, 0), Position { line: 1, column: 1 });
        assert_eq!(Position::of(text, 1), Position { line: 1, column: 1 });
        assert_eq!(Position::of(text, text.find('x').unwrap()), Position { line: 2, column: 3 });
        assert_eq!(Position::of(text, 999), Position { line: 2, column: 4 });
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        assert_eq!(Position::of("\u{FEFF}x", 3), Position { line: 1, column: 1 });
        assert_eq!(Position::of("\u{FEFF}x", 0), Position { line: 1, column: 1 });
    }
}
