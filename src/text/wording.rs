//! Wording of messages about several things.

use std::fmt::Display;

use super::slice;

/// Several things in a row: `a, b, c`.
pub(crate) fn list<T: Display>(things: impl IntoIterator<Item = T>) -> String {
    joined(things, ", ")
}

/// Lists alternatives: `a or b`.
pub(crate) fn either<T: Display>(things: impl IntoIterator<Item = T>) -> String {
    joined(things, " or ")
}

/// Returns a number with what it counts: `1 error`, `2 errors`.
pub(crate) fn counted(number: usize, one: &str, other: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { other })
}

fn joined<T: Display>(things: impl IntoIterator<Item = T>, between: &str) -> String {
    things.into_iter().map(|thing| thing.to_string()).collect::<Vec<_>>().join(between)
}

/// Returns the beginning of a text, cut behind a word. The length is in characters.
pub(crate) fn shortened(text: &str, length: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(length) else { return text.to_owned() };
    let kept = slice(text, ..end);
    let cut = kept.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '\'');
    let cut = if cut.is_empty() { kept } else { cut };
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_decides_about_the_form_of_the_word() {
        assert_eq!([0, 1, 2].map(|number| counted(number, "error", "errors")), ["0 errors", "1 error", "2 errors"]);
    }
}
