//! Splits the text of a table cell into items.

use crate::diagnostic::Span;
use crate::text::han::is_han;
use crate::text::slice;

/// Bullets that may stand before an item in a cell.
const BULLETS: [&str; 8] = ["- ", "* ", "+ ", "• ", "•", "· ", "– ", "▪ "];

/// Words for an empty cell.
const NOTHING: [&str; 6] = ["&mdash;", "&nbsp;", "&ndash;", "n/a", "na", "none"];

/// Returns the parts of a cell that are criteria: what line breaks part or, without any, its sentences.
pub(crate) fn parts(text: &str, cell: Span) -> Vec<Span> {
    let lines = lines(text, cell);
    let is_list = lines.len() > 1;
    let mut parts = Vec::new();
    for line in lines {
        let line = trimmed(text, line);
        let written = slice(text, line.clone());
        let bullet = BULLETS.iter().find(|bullet| written.starts_with(**bullet)).map(|bullet| bullet.len());
        let bullet = bullet.or_else(|| number(written).filter(|_| is_list)).unwrap_or(0);
        let item = trimmed(text, line.start + bullet..line.end);
        if is_list || bullet > 0 { parts.push(item) } else { parts.extend(sentences(text, item)) }
    }
    parts.retain(|part| {
        let written = slice(text, part.clone());
        written.contains(char::is_alphanumeric) && !is_nothing(written)
    });
    parts
}

/// Returns the length of a number that counts the items of a list: `2. `.
fn number(text: &str) -> Option<usize> {
    let behind = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = behind.strip_prefix(". ").or_else(|| behind.strip_prefix(") "))?;
    (behind.len() < text.len()).then_some(text.len() - rest.len())
}

/// Returns whether a cell says that there is nothing to say.
pub(crate) fn is_nothing(text: &str) -> bool {
    NOTHING.contains(&text.trim().trim_end_matches('.').to_lowercase().as_str())
}

/// Returns whether a cell gives an amount and no words: `5+ years`, `$90k - $110k`.
pub(super) fn is_amount(text: &str) -> bool {
    const UNITS: [&str; 8] = ["to", "up", "year", "years", "yrs", "y", "年", "年以上"];
    let is_counted = |word: &str| {
        let signs = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let digits = signs.trim_start_matches(|c: char| c.is_ascii_digit() || "+-–,.".contains(c));
        digits.len() < signs.len() && digits.chars().filter(|c| c.is_alphabetic()).count() <= 1
    };
    let is_part = |word: &str| !word.contains(char::is_alphanumeric) || UNITS.contains(&word) || is_counted(word);
    text.contains(|c: char| c.is_ascii_digit()) && text.to_lowercase().split_whitespace().all(is_part)
}

pub(crate) fn trimmed(text: &str, span: Span) -> Span {
    let written = slice(text, span.clone());
    let start = span.start + written.len() - written.trim_start().len();
    start..start + written.trim().len()
}

/// Splits a cell at `<br>`.
pub(super) fn lines(text: &str, cell: Span) -> Vec<Span> {
    let mut lines = Vec::new();
    let (mut start, mut at) = (cell.start, cell.start);
    while let Some(open) = slice(text, at..cell.end).find('<').map(|open| at + open) {
        let tag = slice(text, open..cell.end).find('>').map(|close| open..open + close + 1);
        let is_break = |tag: &Span| {
            let name = slice(text, tag.start + 1..tag.end - 1).trim().trim_end_matches('/').trim_end();
            name.eq_ignore_ascii_case("br")
        };
        match tag.filter(is_break) {
            Some(tag) => {
                lines.push(start..tag.start);
                (start, at) = (tag.end, tag.end);
            }
            None => at = open + 1,
        }
    }
    lines.push(start..cell.end);
    lines
}

/// Splits a text after full stops: before a space and a capital letter, or after those of Han writing.
fn sentences(text: &str, span: Span) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = span.start;
    for (at, c) in slice(text, span.clone()).char_indices() {
        let end = span.start + at + c.len_utf8();
        let rest = slice(text, end..span.end);
        let begins = |c: char| c.is_uppercase() || is_han(c) || "*_`[\"“".contains(c);
        let is_end = match c {
            '。' | '！' | '？' => !rest.trim_start().is_empty() && !rest.starts_with(['」', '）', '』', '。']),
            '.' | '!' | '?' => {
                rest.starts_with(' ')
                    && rest.trim_start().starts_with(begins)
                    && !is_short(slice(text, start..span.start + at))
            }
            _ => false,
        };
        if is_end {
            sentences.push(trimmed(text, start..end));
            start = end;
        }
    }
    sentences.push(trimmed(text, start..span.end));
    sentences
}

/// Returns whether a text ends in a word that a full stop makes short, such as `e.g` and `etc`.
fn is_short(text: &str) -> bool {
    let word = text.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default().to_lowercase();
    word.chars().count() <= 1
        || word.contains('.')
        || ["etc", "vs", "cf", "approx", "incl", "mr", "dr"].contains(&&*word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<&str> {
        parts(text, 0..text.len()).into_iter().map(|part| &text[part]).collect()
    }

    #[test]
    fn line_breaks_bullets_and_full_stops_part_what_a_cell_says() {
        assert_eq!(read("- Writes code<br>- Tests it. Always.<br/>"), ["Writes code", "Tests it. Always."]);
        assert_eq!(read(" Writes code. Tests it, e.g. Unit tests. "), ["Writes code.", "Tests it, e.g. Unit tests."]);
        assert_eq!(read("寫程式。寫測試。"), ["寫程式。", "寫測試。"]);
        assert_eq!(read("1. One<br>2. Two"), ["One", "Two"]);
        assert_eq!(read("• One"), ["One"]);
        assert_eq!(read("a < b <BR /> c"), ["a < b", "c"]);
    }

    #[test]
    fn amounts_are_no_words() {
        for text in ["5+ years", "0-2", "$90k - $110k", "£40k", "€35k", "3 年"] {
            assert!(is_amount(text), "{text}");
        }
        for text in ["years", "L1 and L2", "severity 3", "2 reviewers", "-"] {
            assert!(!is_amount(text), "{text}");
        }
    }

    #[test]
    fn what_says_nothing_is_no_criterion() {
        for text in ["", "-", "—", "N/A", "<br>", "&nbsp;"] {
            assert_eq!(read(text), [""; 0], "{text}");
        }
    }
}
