//! Emphasis beside Han punctuation.
//!
//! CommonMark decides by the characters beside `**` whether it opens or closes emphasis, and counts `：` and `」` as
//! punctuation that words are not joined to. In `**重點：**文字` the second `**` then closes nothing, though its writer
//! meant it to. Before parsing, each such mark is replaced by a letter of its own and of the same length, so that all
//! offsets stay; afterwards the letters give way to the marks again.

use crate::text::han::{is_han, is_han_punctuation, is_shared_punctuation};
use crate::text::{Edit, Edits, char_at, char_before};

/// A text in which letters stand for punctuation.
pub(crate) struct Masked {
    pub(crate) text: String,
    letters: Letters,
}

impl Masked {
    /// Returns the original text of a masked one, with its punctuation.
    pub(crate) fn unmask(&self, seen: &str) -> String {
        seen.chars().map(|c| self.letters.mark(c).unwrap_or(c)).collect()
    }
}

/// Letters of three bytes for punctuation of three bytes: one for each mark, from the private use area.
#[derive(Clone, Copy)]
struct Letters {
    first: u32,
}

impl Letters {
    /// The blocks of 256 characters in which punctuation stands, by their numbers.
    const BLOCKS: [u32; 4] = [0x20, 0x30, 0xFE, 0xFF];
    const COUNT: u32 = Self::BLOCKS.len() as u32 * 0x100;

    /// Letters that a text does not use. None for a text that uses some of all there are.
    fn unused_in(text: &str) -> Option<Self> {
        let is_free = |first: u32| !text.chars().any(|c| (first..first + Self::COUNT).contains(&c.into()));
        (0xE000..0xF800).step_by(Self::COUNT as usize).find(|&first| is_free(first)).map(|first| Self { first })
    }

    fn letter(self, mark: char) -> Option<char> {
        let (block, place) = (u32::from(mark) / 0x100, u32::from(mark) % 0x100);
        let block = (0..).zip(Self::BLOCKS).find_map(|(at, number)| (number == block).then_some(at))?;
        char::from_u32(self.first + block * 0x100 + place)
    }

    fn mark(self, letter: char) -> Option<char> {
        let at = u32::from(letter).checked_sub(self.first)?;
        let block = Self::BLOCKS.get(usize::try_from(at / 0x100).ok()?)?;
        char::from_u32(block * 0x100 + at % 0x100)
    }
}

/// Returns the text with Han punctuation that touches `*` or `~` replaced, or none if there is nothing to replace.
pub(crate) fn mask(text: &str) -> Option<Masked> {
    let mut marks = Vec::new();
    let mut run_start = None;
    for (at, byte) in text.bytes().enumerate().chain([(text.len(), b' ')]) {
        let delimiter = matches!(byte, b'*' | b'~');
        if delimiter {
            run_start.get_or_insert(at);
        } else if let Some(start) = run_start.take() {
            let before = char_before(text, start);
            let after = char_at(text, at);
            marks.extend(before.filter(|&c| is_masked(c, after)).map(|c| (start - c.len_utf8(), c)));
            marks.extend(after.filter(|&c| is_masked(c, before)).map(|c| (at, c)));
        }
    }
    if marks.is_empty() {
        return None;
    }
    let letters = Letters::unused_in(text)?;
    let mut masked = Edits::of(text);
    for (at, mark) in marks {
        if let Some(letter) = letters.letter(mark) {
            // A mark between two delimiters is replaced for the one, and the other asks for it once more.
            let _ = masked.add(Edit::replace(at..at + mark.len_utf8(), letter));
        }
    }
    Some(Masked { text: masked.written(), letters })
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
        let seen: String = masked.text.chars().map(|c| if c.is_alphanumeric() || c == '*' { c } else { '.' }).collect();
        assert_eq!(seen, "一.**重點.**文字.*.強調.*.");
        assert_eq!(masked.text.len(), text.len());
        assert_eq!(masked.unmask(&masked.text), text);
        assert!(mask("**bold:** text, plain。").is_none());
    }

    #[test]
    fn letters_that_a_text_uses_stand_for_nothing_else_in_it() {
        let text = "\u{E001}*，*\u{E42C}";
        let masked = mask(text).unwrap();
        assert_eq!(masked.unmask(&masked.text), text);
        assert!(masked.text.starts_with("\u{E001}*") && masked.text.ends_with("*\u{E42C}"));
    }
}
