//! Words of software and management that Mainland China has and Taiwan calls otherwise.
//!
//! Only words that are hardly ever right in Taiwan stand in the table; 項目, 質量, 代碼 or 程序 mean something there too,
//! and so stand in it only as parts of longer words.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::CheckInput;
use super::{Finding, find};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::{either, slice};

/// One word in each line: the word, what Taiwan says, and longer words in which it is part of something else.
struct ReplacedTerm {
    word: &'static str,
    taiwanese: &'static str,
    unless: Vec<&'static str>,
}

/// By the first character; of several the longest first.
static TERMS: LazyLock<HashMap<char, Vec<ReplacedTerm>>> = LazyLock::new(|| {
    let mut terms: HashMap<char, Vec<ReplacedTerm>> = HashMap::new();
    for line in include_str!("terms.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split_whitespace();
        let (Some(word), Some(taiwanese)) = (columns.next(), columns.next()) else { continue };
        let term = ReplacedTerm { word, taiwanese, unless: columns.collect() };
        terms.entry(word.chars().next().unwrap_or_default()).or_default().push(term);
    }
    terms.values_mut().for_each(|same_start| same_start.sort_by_key(|term| std::cmp::Reverse(term.word.len())));
    terms
});

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    find(checked, Code::MainlandTerm, |_, text| {
        let mut findings = Vec::new();
        let mut from = 0;
        for (at, c) in text.char_indices() {
            let terms = if at < from || c.is_ascii() { None } else { TERMS.get(&c) };
            let is_meant =
                |term: &&ReplacedTerm| slice(text, at..).starts_with(term.word) && !term.is_part_of_another(text, at);
            let Some(term) = terms.and_then(|terms| terms.iter().find(is_meant)) else { continue };
            from = at + term.word.len();
            let message = format!("`{word}` is used in Mainland China", word = term.word);
            let help =
                format!("write {words}", words = either(term.taiwanese.split('／').map(|word| format!("`{word}`"))));
            findings.push(Finding { part: at..from, message, help, edits: Vec::new() });
        }
        findings
    })
}

impl ReplacedTerm {
    fn is_part_of_another(&self, text: &str, at: usize) -> bool {
        self.unless.iter().any(|longer| {
            let Some((before, behind)) = longer.split_once(self.word) else { return false };
            slice(text, ..at).ends_with(before) && slice(text, at + self.word.len()..).starts_with(behind)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_exception_holds_its_word_and_no_word_stands_twice() {
        let terms: Vec<_> = TERMS.values().flatten().collect();
        for term in &terms {
            assert!(term.unless.iter().all(|longer| longer.contains(term.word)), "{}", term.word);
            assert_eq!(terms.iter().filter(|other| other.word == term.word).count(), 1, "{}", term.word);
            let is_safe = !term.taiwanese.contains(term.word) || term.unless.contains(&term.taiwanese);
            assert!(is_safe, "{}", term.word);
        }
    }
}
