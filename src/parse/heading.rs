//! Level headings: `CODE[/CODE…] [=|:|-|–|—] Title`, or `Title (CODE[/CODE…])`.

use crate::text::han::is_han;

/// The codes and the title in a level's heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelHeading {
    /// `T5` and `L5`. Empty if the heading is a title alone.
    pub codes: Vec<String>,
    pub title: String,
}

impl LevelHeading {
    /// Reads the plain text of a heading.
    pub(crate) fn read(text: &str) -> Self {
        let text = text.trim();
        let (codes, rest) = split_codes(text);
        if codes.is_empty() {
            return Self::in_parentheses(text).unwrap_or_else(|| Self { codes, title: text.to_owned() });
        }
        let title = rest.strip_prefix(['=', ':', '-', '–', '—', '/', '＝', '：', '－', '／']).unwrap_or(rest).trim();
        // `G2 (Senior)` is called as `G2 = Senior` is.
        let inside = title.strip_prefix(['(', '（']).and_then(|title| title.strip_suffix([')', '）']));
        let title = inside.filter(|inside| !inside.contains(['(', '（', ')', '）'])).map_or(title, str::trim);
        Self { codes, title: title.to_owned() }
    }

    /// Reads `Senior Engineer (L5)`.
    fn in_parentheses(text: &str) -> Option<Self> {
        let (title, inside) = text.strip_suffix([')', '）'])?.rsplit_once(['(', '（'])?;
        let (codes, rest) = split_codes(inside.trim());
        let is_whole = !codes.is_empty() && rest.is_empty() && !title.trim().is_empty();
        is_whole.then(|| Self { codes, title: title.trim().to_owned() })
    }
}

/// Splits a text behind the codes that it begins with.
fn split_codes(text: &str) -> (Vec<String>, &str) {
    let mut codes = Vec::new();
    let mut rest = text;
    while let Some((code, behind)) = split_code(rest) {
        codes.push(code.to_owned());
        rest = behind.trim_start();
        match rest.strip_prefix(['/', '／']) {
            Some(next) if split_code(next.trim_start()).is_some() => rest = next.trim_start(),
            _ => break,
        }
    }
    (codes, rest)
}

/// Splits a text behind the code that it begins with: up to four letters, up to three digits, perhaps a letter or `+`,
/// as in `L5`, `IC3`, `P2a`, `M1+`. A word that goes on is not a code.
fn split_code(text: &str) -> Option<(&str, &str)> {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let bare = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    if !(1..=4).contains(&(text.len() - digits.len())) || !(1..=3).contains(&(digits.len() - bare.len())) {
        return None;
    }
    let behind = bare.strip_prefix(|c: char| c.is_ascii_lowercase() || c == '+').unwrap_or(bare);
    let ends = |c: char| is_han(c) || !c.is_alphanumeric();
    if !behind.chars().next().is_none_or(ends) {
        return None;
    }
    text.split_at_checked(text.len() - behind.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let heading = LevelHeading::read(text);
        format!("{} | {}", heading.codes.join(" "), heading.title)
    }

    #[test]
    fn codes_and_title_are_told_apart_whatever_stands_between_them() {
        assert_eq!(read("T5/L5 = Senior Eng / Technical Lead"), "T5 L5 | Senior Eng / Technical Lead");
        assert_eq!(read("L7: Staff"), "L7 | Staff");
        assert_eq!(read("L7 – Staff"), "L7 | Staff");
        assert_eq!(read("IC3 Engineer"), "IC3 | Engineer");
        assert_eq!(read("E1 / Associate"), "E1 | Associate");
        assert_eq!(read("L9"), "L9 | ");
        assert_eq!(read("M1+ / E5a - Lead"), "M1+ E5a | Lead");
    }

    #[test]
    fn han_titles_may_follow_at_once_and_full_width_signs_separate_too() {
        assert_eq!(read("L9首席技術負責人"), "L9 | 首席技術負責人");
        assert_eq!(read("T5/L5＝資深工程師／技術負責人"), "T5 L5 | 資深工程師／技術負責人");
        assert_eq!(read("T5／L5：資深工程師"), "T5 L5 | 資深工程師");
    }

    #[test]
    fn codes_may_follow_in_parentheses() {
        assert_eq!(read("Senior Engineer (L5)"), "L5 | Senior Engineer");
        assert_eq!(read("資深工程師（T5／L5）"), "T5 L5 | 資深工程師");
        assert_eq!(read("Goals (Q3 and Q4)"), " | Goals (Q3 and Q4)");
        assert_eq!(read("(L5)"), " | (L5)");
        assert_eq!(read("G2（シニア）"), "G2 | シニア");
    }

    #[test]
    fn a_title_without_code_is_a_title() {
        assert_eq!(read("Senior Engineer"), " | Senior Engineer");
        assert_eq!(read("Level 3"), " | Level 3");
        assert_eq!(read("Q3goals and plans"), " | Q3goals and plans");
        assert_eq!(read("- dash"), " | - dash");
    }
}
