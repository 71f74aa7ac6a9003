//! Display width of text in a terminal.

use unicode_width::UnicodeWidthStr;

/// Returns how many columns of a terminal a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Returns what fills a text up to a number of columns.
pub(crate) fn padding(columns: usize, text: &str) -> String {
    " ".repeat(columns.saturating_sub(width(text)))
}

/// Returns a line for each pair of texts, in which the second texts stand below each other.
pub(crate) fn columns<T: AsRef<str>>(pairs: &[(T, T)]) -> Vec<String> {
    let widest = pairs.iter().map(|(first, _)| width(first.as_ref())).max().unwrap_or_default();
    let line = |(first, second): &(T, T)| {
        let (first, second) = (first.as_ref(), second.as_ref());
        format!("{first}{}  {second}", padding(widest, first)).trim_end().to_owned()
    };
    pairs.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_takes_the_columns_that_a_terminal_gives_it_in_any_script() {
        let widths = ["abc", "職級", "기술", "カタカナ", "ｶﾅ", "e\u{301}", "「、」", "𠮷", ""].map(width);
        assert_eq!(widths, [3, 4, 4, 8, 2, 1, 6, 2, 0]);
    }

    #[test]
    fn second_texts_stand_below_each_other() {
        assert_eq!(columns(&[("기술", "a"), ("cd", ""), ("職級表", "b")]), ["기술    a", "cd", "職級表  b"]);
    }
}
