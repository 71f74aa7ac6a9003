//! Emphasis beside Han punctuation.
//!
//! CommonMark decides by the characters beside `**` whether it opens or closes emphasis, and counts `：` and `」` as
//! punctuation that words are not joined to. In `**重點：**文字` the second `**` then closes nothing, though its writer
//! meant it to. Before parsing, such punctuation is replaced by a letter of the same length, so that all offsets stay;
//! afterwards the text is read from the original.

use crate::text::han::{is_han, is_han_punctuation, is_shared_punctuation};
use crate::text::{Edit, Edits, char_at, char_before};

/// Stands in for a punctuation mark of three bytes.
const LETTER: &str = "一";

/// The text with Han punctuation that touches `*` or `~` replaced, or none if there is nothing to replace.
pub fn mask(text: &str) -> Option<String> {
    let mut masked = Edits::of(text);
    let mut replace = |at: usize, c: char| {
        if c.len_utf8() == LETTER.len() {
            // A mark between two delimiters is replaced for the one, and the other asks for it once more.
            let _ = masked.add(Edit::replace(at..at + LETTER.len(), LETTER));
        }
    };
    let mut run_start = None;
    for (at, byte) in text.bytes().enumerate().chain([(text.len(), b' ')]) {
        let delimiter = matches!(byte, b'*' | b'~');
        if delimiter {
            run_start.get_or_insert(at);
        } else if let Some(start) = run_start.take() {
            let before = char_before(text, start);
            let after = char_at(text, at);
            if let Some(c) = before.filter(|&c| is_masked(c, after)) {
                replace(start - c.len_utf8(), c);
            }
            if let Some(c) = after.filter(|&c| is_masked(c, before)) {
                replace(at, c);
            }
        }
    }
    (!masked.is_empty()).then(|| masked.written())
}

fn is_masked(c: char, beyond: Option<char>) -> bool {
    is_han_punctuation(c) || (is_shared_punctuation(c) && beyond.is_some_and(is_han))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_punctuation_beside_a_delimiter_is_replaced_and_the_length_stays() {
        let text = "一、**重點：**文字，*（強調）*。";
        let masked = mask(text).unwrap();
        assert_eq!(masked, "一一**重點一**文字一*一強調一*一");
        assert_eq!(masked.len(), text.len());
        assert_eq!(mask("**bold:** text, plain。"), None);
    }
}
