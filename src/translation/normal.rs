//! The normal form of source texts, in which what does not matter to a translation makes no difference.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::text::slice;

/// Returns a title: in NFC, with single spaces between words.
pub(crate) fn normal(text: &str) -> String {
    composed(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Markdown as [`crate::parse`] writes it, in NFC. Spaces stand alone, except in code and at the beginnings of lines.
pub(crate) fn normal_markdown(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    for line in text.trim_end().lines() {
        let words = line.trim_start_matches([' ', '>']);
        let opened = slice(words, ..words.len() - words.trim_start_matches('`').len());
        match fence {
            Some(open) if opened.len() >= open.len() && words == opened => fence = None,
            Some(_) => {}
            None if opened.len() >= 3 => fence = Some(opened),
            None => {
                normal.push_str(line.strip_suffix(words).unwrap_or_default());
                normal.push_str(&single_spaced(words));
                normal.push('\n');
                continue;
            }
        }
        normal.push_str(line);
        normal.push('\n');
    }
    normal.truncate(normal.trim_end().len());
    composed(normal)
}

/// Returns a text in NFC. Most texts are.
fn composed(text: String) -> String {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text,
        IsNormalized::No | IsNormalized::Maybe => text.nfc().collect(),
    }
}

fn single_spaced(words: &str) -> String {
    let mut single = String::with_capacity(words.len());
    for word in words.split([' ', '\t']).filter(|word| !word.is_empty()) {
        if !single.is_empty() {
            single.push(' ');
        }
        single.push_str(word);
    }
    single
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_the_way_letters_are_composed_make_no_difference() {
        assert_eq!(normal(" Cafe\u{301}  of\n L5 "), "Café of L5");
        assert_eq!(normal_markdown("- one  two\n  - three   four\n"), "- one two\n  - three four");
    }

    #[test]
    fn code_keeps_its_spaces() {
        let code = "- words  here\n\n  ```rust\n  let a  =  1;\n      b();\n  ```\n\nmore  words\n";
        let normal = "- words here\n\n  ```rust\n  let a  =  1;\n      b();\n  ```\n\nmore words";
        assert_eq!(normal_markdown(code), normal);
    }
}
