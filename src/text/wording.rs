//! Wording of messages about several things.

use std::fmt::Display;

use super::slice;

/// Several things in a row: `a, b, c`.
pub(crate) fn list<T: Display>(things: impl IntoIterator<Item = T>) -> String {
    things.into_iter().map(|thing| thing.to_string()).collect::<Vec<_>>().join(", ")
}

/// Lists alternatives: `a, b or c`.
pub(crate) fn either<T: Display>(things: impl IntoIterator<Item = T>) -> String {
    let things: Vec<_> = things.into_iter().map(|thing| thing.to_string()).collect();
    match things.as_slice() {
        [others @ .., last] if !others.is_empty() => format!("{} or {last}", list(others)),
        _ => things.concat(),
    }
}

/// Returns a number with what it counts: `1 error`, `2 errors`.
pub(crate) fn counted(number: usize, one: &str, other: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { other })
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
