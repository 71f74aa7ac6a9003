//! How alike a quotation and a statement are, word by word. Letter case, spaces, punctuation and marks of a form do not
//! count.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::reading::ReadText;
use crate::diagnostic::Span;
use crate::text::{list, slice};

/// Stands for words that are left out.
const ELLIPSIS: &str = "…";

/// A text in words, as they are compared. Each sign of Chinese and Japanese is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ComparedWords {
    words: Vec<String>,
    /// The same as they are written.
    written: Vec<String>,
    /// Where they stand in the text.
    spans: Vec<Span>,
}

/// How a quotation compares with a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Likeness {
    /// The number of words that both have.
    pub(super) common: usize,
    /// Whether longer words are among them, of which a sentence is not full anyhow.
    has_longer: bool,
    /// The words of the quotation, without those that it leaves out.
    quoted: usize,
    /// The words of the statement between the first and the last that both have, without those that are left out.
    between: usize,
    /// All words of the statement but those that are left out.
    stated: usize,
    /// Whether both begin with the same word.
    begins_alike: bool,
    /// Whether the quotation begins as the statement does, but for another form of its first word: `Showed`, `Shows`.
    begins_otherwise: bool,
    differences: Vec<Difference>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Difference {
    stated: String,
    quoted: String,
    /// The number of words of both.
    lengths: (usize, usize),
    /// Whether it is before the first word, or behind the last, that both have.
    is_outside: bool,
}

impl ComparedWords {
    pub(super) fn of(text: &str) -> Self {
        Self::read(&ReadText::plain(text).text)
    }

    /// Takes the words of a text that was read for its citations.
    pub(super) fn read(text: &str) -> Self {
        let mut found = Self { words: Vec::new(), written: Vec::new(), spans: Vec::new() };
        let mut is_open = false;
        let signs = signs(text);
        let mut signs = signs.iter().peekable();
        while let Some((c, span)) = signs.next().cloned() {
            let is_mark = c == '…' || (c == '.' && signs.peek().is_some_and(|(next, _)| *next == '.'));
            if is_mark {
                while signs.next_if(|(c, _)| matches!(c, '.' | '…')).is_some() {}
                if found.words.last().is_none_or(|word| word != ELLIPSIS) {
                    found.begin(ELLIPSIS, span);
                }
                is_open = false;
            } else if is_han(c) {
                found.begin(&c.to_string(), span);
                is_open = false;
            } else if c.is_alphanumeric() {
                if !is_open {
                    found.begin("", span.clone());
                }
                found.go_on(c, span);
                is_open = true;
            } else {
                // `don’t` is one word.
                let is_apostrophe = matches!(c, '\'' | '’');
                is_open &= is_apostrophe;
                if is_open && signs.peek().is_some_and(|(next, _)| next.is_alphanumeric()) {
                    found.written.last_mut().into_iter().for_each(|word| word.push(c));
                }
            }
        }
        found
    }

    fn begin(&mut self, word: &str, span: Span) {
        self.words.push(word.to_owned());
        self.written.push(word.to_owned());
        self.spans.push(span);
    }

    fn go_on(&mut self, c: char, span: Span) {
        self.words.last_mut().into_iter().for_each(|word| word.extend(c.to_lowercase()));
        self.written.last_mut().into_iter().for_each(|word| word.push(c));
        self.spans.last_mut().into_iter().for_each(|last| last.end = span.end);
    }

    pub(super) fn words(&self) -> &[String] {
        &self.words
    }

    /// Returns where some of the words stand in the text.
    pub(super) fn span(&self, words: Range<usize>) -> Span {
        match self.spans.get(words) {
            Some([first, .., last]) => first.start..last.end,
            Some([one]) => one.clone(),
            _ => 0..0,
        }
    }

    /// Whether so much of it is no chance: some words, or more signs of Chinese or Japanese.
    pub(super) fn is_long(&self) -> bool {
        let signs = self.words.iter().filter(|word| word.starts_with(is_han)).count();
        signs + 2 * (self.words.len() - signs) >= 8
    }

    pub(super) fn count(&self) -> usize {
        self.words.iter().filter(|word| *word != ELLIPSIS).count()
    }

    /// Whether a quotation has the words of a statement, but those that it says it leaves out.
    pub(super) fn is_quoted_by(&self, quotation: &Self) -> bool {
        let parts: Vec<_> = quotation.words.split(|word| word == ELLIPSIS).collect();
        let (Some((first, others)), stated) = (parts.split_first(), self.words.as_slice()) else { return false };
        let [middle @ .., last] = others else { return *first == stated };
        let Some(mut rest) = stated.strip_prefix(*first) else { return false };
        for part in middle {
            let Some(at) = place(rest, part) else { return false };
            rest = rest.get(at + part.len()..).unwrap_or_default();
        }
        rest.ends_with(last)
    }

    /// Whether a quotation is a part of a statement, word by word.
    pub(super) fn holds(&self, quotation: &Self) -> bool {
        let mut rest = self.words.as_slice();
        quotation.words.split(|word| word == ELLIPSIS).all(|part| match place(rest, part) {
            Some(at) => {
                rest = rest.get(at + part.len()..).unwrap_or_default();
                true
            }
            None => false,
        })
    }

    pub(super) fn likeness(&self, quotation: &Self) -> Likeness {
        /// What is so much longer than a statement is no quotation of it.
        const LONGER: usize = 4;
        let is_longer = quotation.words.len() > LONGER * self.words.len();
        let operations =
            if is_longer { Vec::new() } else { capture_diff_slices(Algorithm::Lcs, &self.words, &quotation.words) };
        let is_equal = |operation: &DiffOp| matches!(operation, DiffOp::Equal { .. });
        let first = operations.iter().position(is_equal).unwrap_or_default();
        let last = operations.iter().rposition(is_equal).unwrap_or_default();
        let mut found = Likeness {
            common: 0,
            has_longer: false,
            quoted: quotation.count(),
            between: 0,
            stated: self.words.len(),
            begins_alike: self.words.first() == quotation.words.first(),
            begins_otherwise: false,
            differences: Vec::new(),
        };
        for (at, operation) in operations.iter().enumerate() {
            let stated = self.written.get(operation.old_range()).unwrap_or_default();
            let quoted = quotation.written.get(operation.new_range()).unwrap_or_default();
            let is_outside = at < first || at > last;
            if is_equal(operation) {
                found.common += stated.len();
                found.has_longer |= stated.iter().any(|word| word.chars().count() > 3 || word.starts_with(is_han));
                found.between += stated.len();
                continue;
            }
            let own: Vec<_> = quoted.iter().filter(|word| *word != ELLIPSIS).map(String::as_str).collect();
            // What is left out differs in nothing.
            let stated = if own.len() < quoted.len() { &[] } else { stated };
            found.stated -= operation.old_range().len() - stated.len();
            found.between += if is_outside { 0 } else { stated.len() };
            if operation.old_range().start == 0
                && let ([stated], [own]) = (stated, own.as_slice())
            {
                found.begins_otherwise = letters_alike(stated, own) > 0;
            }
            if !own.is_empty() || !stated.is_empty() {
                let stated: Vec<_> = stated.iter().map(String::as_str).collect();
                let lengths = (stated.len(), own.len());
                found.differences.push(Difference {
                    stated: joined(&stated),
                    quoted: joined(&own),
                    lengths,
                    is_outside,
                });
            }
        }
        found
    }
}

impl Likeness {
    /// Whether the text is clearly meant as the statement, or as a part of it.
    pub(super) fn is_of_part(&self) -> bool {
        const FEWEST: usize = 4;
        self.common >= FEWEST && self.has_longer && share(self.common, self.quoted, self.between) >= 60
    }

    /// Whether the text is clearly meant as the whole statement: by so many of a hundred words.
    pub(super) fn is_of_whole(&self, least: usize) -> bool {
        const FEWEST: usize = 3;
        self.common >= FEWEST && self.has_longer && share(self.common, self.quoted, self.stated) >= least
    }

    /// Whether the text begins as the statement does.
    pub(super) fn begins_alike(&self) -> bool {
        self.begins_alike
    }

    /// Whether the text says in own words what somebody did: `Showed an apprentice …` is nobody's quotation of `Shows …`.
    pub(super) fn is_told(&self) -> bool {
        const TELLING: [&str; 14] =
            ["i", "my", "me", "we", "us", "she", "he", "我", "他", "她", "了", "過", "曾", "已"];
        let tells = |difference: &Difference| {
            let mut words = difference.quoted.split(' ').map(str::to_lowercase);
            words.any(|word| {
                TELLING.iter().any(|own| word == *own || (word.starts_with(is_han) && word.starts_with(own)))
            })
        };
        self.begins_otherwise || self.differences.iter().any(tells)
    }

    /// Says which words differ. Of a part of a statement the rest is not missing.
    pub(super) fn said(&self, is_part: bool) -> String {
        const FEW: usize = 4;
        let told = self.differences.iter().filter_map(|difference| {
            let quoted = difference.quoted.as_str();
            let (stated, own) = difference.lengths;
            let is_rest = is_part && difference.is_outside && stated > 2 * own;
            let stated = if is_rest { "" } else { difference.stated.as_str() };
            match (stated, quoted) {
                ("", "") => None,
                ("", quoted) => Some(format!("“{quoted}” is added")),
                (stated, "") => Some(format!("“{stated}” is missing")),
                (stated, quoted) => Some(format!("“{quoted}” replaces “{stated}”")),
            }
        });
        let told: Vec<_> = told.collect();
        match told.len().checked_sub(FEW) {
            None | Some(0) => list(&told),
            Some(rest) => format!("{}, and {rest} more", list(told.iter().take(FEW))),
        }
    }

    /// How many words of both are common, of a hundred, or of a part of the statement: to find the one that is most alike.
    pub(super) fn share(&self, is_part: bool) -> usize {
        share(self.common, self.quoted, if is_part { self.between } else { self.stated })
    }
}

fn share(common: usize, one: usize, other: usize) -> usize {
    (200 * common).checked_div(one + other).unwrap_or_default()
}

/// Returns the number of letters with which two words begin.
fn letters_alike(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(one, other)| one.to_lowercase().eq(other.to_lowercase())).count()
}

/// Returns where some words begin that others hold.
fn place(words: &[String], part: &[String]) -> Option<usize> {
    if part.is_empty() {
        return Some(0);
    }
    words.windows(part.len()).position(|window| window == part)
}

/// Writes words as they are read: signs of Chinese and Japanese without spaces.
fn joined(words: &[&str]) -> String {
    let mut joined = String::new();
    for word in words {
        let is_apart = !word.starts_with(is_han) || !joined.ends_with(is_han);
        if is_apart && !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns the signs of a text without what Markdown, HTML and TeX write into it: where links lead, tags, entities, words for
/// signs.
fn signs(text: &str) -> Vec<(char, Span)> {
    const SIGNS: [(&str, char); 9] = [
        ("&amp;", '&'),
        ("&lt;", ' '),
        ("&gt;", ' '),
        ("&quot;", ' '),
        ("&#39;", '\''),
        ("&nbsp;", ' '),
        ("\\textbackslash{}", ' '),
        ("\\textasciitilde{}", ' '),
        ("\\textasciicircum{}", ' '),
    ];
    // What nothing closes is looked for once.
    let mut closing = [(")", 0), (">", 0)];
    let mut closes = |which: usize, from: usize| {
        let (close, known) = closing.get_mut(which)?;
        if *known < from {
            *known = slice(text, from..).find(*close).map_or(text.len(), |at| from + at);
        }
        (*known < text.len()).then_some(*known + 1)
    };
    let mut found = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = slice(text, at..).chars().next() {
        let rest = slice(text, at..);
        let is_tag = || slice(rest, 1..).starts_with(|c: char| c == '/' || c.is_ascii_alphabetic());
        let end = match c {
            ']' if rest.starts_with("](") => closes(0, at + 2),
            '<' if is_tag() => closes(1, at + 1),
            _ => None,
        };
        if let Some(end) = end {
            at = end;
            continue;
        }
        let sign = SIGNS.iter().filter(|_| matches!(c, '&' | '\\')).find(|(written, _)| rest.starts_with(written));
        let (sign, length) = sign.map_or((c, c.len_utf8()), |(written, sign)| (*sign, written.len()));
        found.push((sign, at..at + length));
        at += length;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATED: &str = "Plans the maintenance of all machines, and keeps a record of it.";

    fn words(text: &str) -> ComparedWords {
        ComparedWords::of(text)
    }

    #[test]
    fn form_does_not_count() {
        for text in [
            "“plans the  *maintenance* of all\n> machines; and keeps a record of it”",
            "Plans the [maintenance](https://a.example/b) of all <b>machines</b>, and keeps a record of it",
            "Plans … and keeps a record of it.",
            "[…] the maintenance of all machines ...",
        ] {
            assert!(words(STATED).is_quoted_by(&words(text)), "{text}");
        }
        for text in ["Plans the maintenance of all machines", "Plans … keeps no record of it.", ""] {
            assert!(!words(STATED).is_quoted_by(&words(text)), "{text}");
        }
        assert!(words(STATED).holds(&words("the maintenance of all machines")));
        assert_eq!(words("它們don’t，Ａ…").words, ["它", "們", "dont", "a", "…"]);
    }

    #[test]
    fn the_words_that_differ_are_named() {
        let said = |stated: &str, quoted: &str| {
            let likeness = words(stated).likeness(&words(quoted));
            (likeness.is_of_whole(60), likeness.said(false))
        };
        let text = "Plans the care of all machines … keeps record of it yearly";
        assert_eq!(
            said(STATED, text),
            (true, "“care” replaces “maintenance”, “a” is missing, “yearly” is added".to_owned())
        );
        assert_eq!(
            said("規劃所有機器的保養，並留下紀錄。", "規劃所有機器的維修，並留下紀錄。"),
            (true, "“維修” replaces “保養”".to_owned())
        );
        assert!(!said(STATED, "She repaired the machines of our room").0);
        let part = words(STATED).likeness(&words("the upkeep of all machines"));
        assert!(part.is_of_part() && !part.is_of_whole(60), "{part:?}");
        assert_eq!(part.said(true), "“upkeep” replaces “maintenance”");
    }
}
