//! From bytes to the line and column that an editor shows.

/// A place in a text as a person counts: both numbers begin at one, columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Position {
    /// The position of a byte of `text`. An offset behind the end means the end.
    pub fn of(text: &str, offset: usize) -> Self {
        let before = &text.as_bytes()[..offset.min(text.len())];
        let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let is_character_start = |byte: &&u8| (**byte & 0xC0) != 0x80;
        Self {
            line: before.iter().filter(|&&byte| byte == b'\n').count() + 1,
            column: before[line_start..].iter().filter(is_character_start).count() + 1,
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
        assert_eq!(Position::of(text, text.find('x').unwrap()), Position { line: 2, column: 3 });
        assert_eq!(Position::of(text, 999), Position { line: 2, column: 4 });
    }
}
