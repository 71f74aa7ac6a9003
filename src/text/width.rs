//! How wide a text stands in a terminal.

use crate::text::han::{is_han, is_han_punctuation};

/// How many columns of a terminal a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(|c| if is_han(c) || is_han_punctuation(c) { 2 } else { 1 }).sum()
}

/// What fills a text up to a number of columns.
pub(crate) fn blank(columns: usize, text: &str) -> String {
    " ".repeat(columns.saturating_sub(width(text)))
}
