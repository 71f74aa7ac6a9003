//! The words in which two statements differ.

use serde::Serialize;
use similar::{ChangeTag, TextDiff};
use tera::Value;

use crate::parse::{Inline, RichText};
use crate::text::escape;
use crate::translation::{DifferenceSegment, edits};

/// The share of two texts that must be equal for the rest to be worth marking. A translation may differ where its
/// source did not.
const CLOSE: f32 = 0.5;

/// Old and new words of a text.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Difference {
    /// The language, if it is not that of the reader.
    pub(crate) language: Option<String>,
    pub(crate) html: Value,
}

impl Difference {
    /// Returns the difference of two texts, word by word.
    pub(crate) fn of(old: &str, new: &str, language: Option<String>) -> Self {
        Self { language, html: Value::safe_string(&edited(old, new)) }
    }
}

/// Returns both statements as HTML, with what each has of its own marked. None if they are too different to be compared
/// word by word, or hold markup that the marks would cut.
pub(crate) fn marked(a: &RichText, b: &RichText) -> Option<(String, String)> {
    let (a, b) = (plain(a)?, plain(b)?);
    let difference = TextDiff::from_unicode_words(a.as_str(), b.as_str());
    let (mut left, mut right) = (MarkedText::default(), MarkedText::default());
    let mut shared = 0;
    for change in difference.iter_all_changes() {
        let words = change.value();
        match change.tag() {
            ChangeTag::Equal => {
                shared += letters(words);
                left.keep(words);
                right.keep(words);
            }
            ChangeTag::Delete => left.mark(words),
            ChangeTag::Insert => right.mark(words),
        }
    }
    // Spaces and points would make any two sentences alike.
    let close = 2.0 * shared as f32 >= CLOSE * (letters(&a) + letters(&b)) as f32;
    close.then(|| (left.html(), right.html()))
}

/// Returns the changes of a text as HTML: removed words in `del`, and added ones in `ins`.
pub(crate) fn edited(old: &str, new: &str) -> String {
    let mut html = String::new();
    for edit in edits(old, new) {
        match edit {
            DifferenceSegment::Kept(words) => escape(&words, &mut html),
            DifferenceSegment::Changed(old, new) => {
                element("del", &old, &mut html);
                element("ins", &new, &mut html);
            }
        }
    }
    html
}

fn element(name: &str, text: &str, html: &mut String) {
    if !text.is_empty() {
        html.push_str(&format!("<{name}>"));
        escape(text, html);
        html.push_str(&format!("</{name}>"));
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

fn plain(text: &RichText) -> Option<String> {
    let markup = |inline: &Inline| !matches!(inline, Inline::Text(_));
    (!text.inlines.iter().any(markup)).then(|| text.plain())
}

/// One of two texts, as runs of words that are marked or not.
#[derive(Default)]
struct MarkedText {
    runs: Vec<(bool, String)>,
}

impl MarkedText {
    fn keep(&mut self, words: &str) {
        self.push(false, words);
    }

    fn mark(&mut self, words: &str) {
        // What stands between two marked words, such as a space, belongs to the mark.
        let joins = |run: &(bool, String)| !run.0 && !run.1.contains(char::is_alphanumeric);
        if self.runs.len() > 1 && self.runs.last().is_some_and(joins) {
            let space = self.runs.pop().map(|(_, space)| space).unwrap_or_default();
            self.push(true, &space);
        }
        self.push(true, words);
    }

    fn push(&mut self, marked: bool, words: &str) {
        match self.runs.last_mut() {
            Some((last, text)) if *last == marked => text.push_str(words),
            _ => self.runs.push((marked, words.to_owned())),
        }
    }

    fn html(self) -> String {
        let mut html = String::new();
        for (marked, words) in self.runs {
            if marked && !words.trim().is_empty() {
                html.push_str("<mark>");
                escape(&words, &mut html);
                html.push_str("</mark>");
            } else {
                escape(&words, &mut html);
            }
        }
        html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> RichText {
        RichText { inlines: vec![Inline::Text(text.to_owned())], span: (0..text.len()).into() }
    }

    #[test]
    fn words_that_changed_are_marked_on_their_sides() {
        let (a, b) = marked(&text("Spends 40-80% at level T5."), &text("Spends 30-60% at level T6.")).unwrap();
        assert_eq!(a, "Spends <mark>40-80</mark>% at level <mark>T5</mark>.");
        assert_eq!(b, "Spends <mark>30-60</mark>% at level <mark>T6</mark>.");
    }

    #[test]
    fn han_characters_are_compared_one_by_one() {
        let (a, b) = marked(&text("通常具有2年的經驗。"), &text("通常具有12年的經驗。")).unwrap();
        assert_eq!((a.as_str(), b.as_str()), ("通常具有<mark>2</mark>年的經驗。", "通常具有<mark>12</mark>年的經驗。"));
    }

    #[test]
    fn edits_are_shown_word_by_word() {
        assert_eq!(
            edited("Spends 40-80% of time at level T5.", "Spends 30-60% of the time at level T5."),
            "Spends <del>40-80</del><ins>30-60</ins>% of <ins>the </ins>time at level T5."
        );
        assert_eq!(edited("Owns <code>.", "Owns it all."), "Owns <del>&lt;code&gt;</del><ins>it all</ins>.");
    }

    #[test]
    fn chinese_is_compared_in_words_of_its_own() {
        assert_eq!(edited("帶領團隊完成專案。", "帶領部門完成專案。"), "帶領<del>團隊</del><ins>部門</ins>完成專案。");
    }

    #[test]
    fn statements_with_little_in_common_are_left_alone() {
        assert_eq!(marked(&text("Reviews all RFCs."), &text("Delegates strategies to TDs.")), None);
    }
}
