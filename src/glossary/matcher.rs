//! Finds terms in texts, the longest first.
//!
//! A text is a row of words, and each Han character is a word, since nothing tells where a longer one ends. A term is
//! met where its words stand one after another; in English its last word may also be a plural, or a verb's third
//! person. Capital letters do not count, but in abbreviations: `ED` is not `ed`.

use std::collections::HashMap;

use super::Glossary;
use crate::config::Config;
use crate::diagnostic::Span;
use crate::locale::LocaleIndex;
use crate::text::han::is_han;
use crate::text::slice;

/// The terms of a glossary as one locale says them.
#[derive(Debug)]
pub(crate) struct Matcher {
    /// By the first word in lower case, the longest first.
    forms: HashMap<String, Vec<TermForm>>,
}

#[derive(Debug)]
struct TermForm {
    /// As they are compared: those that begin with `=` letter by letter, the others in lower case.
    words: Vec<String>,
    /// Its place in [`Glossary::terms`].
    term: usize,
}

/// A term that was met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Match {
    /// Where it stands in the text.
    pub(crate) span: Span,
    /// The places of the terms that are said like that: several if a word has several meanings.
    pub(crate) terms: Vec<usize>,
}

impl Matcher {
    /// Knows all terms as a locale says them.
    pub(crate) fn new(glossary: &Glossary, config: &Config, locale: LocaleIndex) -> Self {
        let is_english = config.locale(locale).tag.split('-').next() == Some("en");
        let mut forms: HashMap<String, Vec<TermForm>> = HashMap::new();
        for (term, term_data) in glossary.terms.iter().enumerate() {
            for said in term_data.words(locale).iter().filter(|said| !said.contains('…')) {
                for words in inflected(words(said).map(|(_, word)| word).collect(), is_english) {
                    let Some(first) = words.first() else { continue };
                    let key = first.trim_start_matches('=').to_lowercase();
                    forms.entry(key).or_default().push(TermForm { words, term });
                }
            }
        }
        forms.values_mut().for_each(|candidates| candidates.sort_by_key(|form| std::cmp::Reverse(form.words.len())));
        Self { forms }
    }

    /// Returns the terms in a text. None of them overlap.
    pub(crate) fn find(&self, text: &str) -> Vec<Match> {
        let row: Vec<_> = words(text).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(&(start, first)) = row.get(at) {
            let forms = self.forms.get(&first.to_lowercase()).map_or(&[][..], Vec::as_slice);
            let is_here = |form: &&TermForm| {
                row.len() - at >= form.words.len()
                    && form.words.iter().zip(&row[at..]).all(|(word, (_, written))| is_same(word, written))
            };
            let Some(longest) = forms.iter().find(is_here).map(|form| form.words.len()) else {
                at += 1;
                continue;
            };
            let alike = forms.iter().filter(|form| form.words.len() == longest).filter(is_here);
            let mut terms: Vec<_> = alike.map(|form| form.term).collect();
            terms.sort_unstable();
            terms.dedup();
            let (last, word) = row[at + longest - 1];
            found.push(Match { span: start..last + word.len(), terms });
            at += longest;
        }
        found
    }
}

/// Returns the words of a text with where they begin: runs of letters and digits, and single other characters but
/// spaces.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_letter = |c: char| c.is_alphanumeric() && !is_han(c);
    let mut rest = text;
    std::iter::from_fn(move || {
        let from = rest.trim_start();
        let first = from.chars().next()?;
        rest = if is_letter(first) { from.trim_start_matches(is_letter) } else { from.strip_prefix(first)? };
        let start = text.len() - from.len();
        Some((start, slice(text, start..text.len() - rest.len())))
    })
}

/// Returns a term in the ways in which a text may say it.
fn inflected(words: Vec<&str>, is_english: bool) -> Vec<Vec<String>> {
    let is_abbreviation =
        |word: &str| word.chars().filter(|c| c.is_uppercase()).count() > 1 && word.to_uppercase() == word;
    let compared = |word: &str| if is_abbreviation(word) { format!("={word}") } else { word.to_lowercase() };
    let base: Vec<_> = words.iter().map(|word| compared(word)).collect();
    let mut forms = vec![base.clone()];
    let Some(last) = base.last().filter(|last| is_english && last.ends_with(|c: char| c.is_alphabetic())) else {
        return forms;
    };
    let mut endings = vec![format!("{last}s"), format!("{last}es")];
    endings.extend(last.strip_suffix('y').map(|stem| format!("{stem}ies")));
    for ending in endings {
        let mut form = base.clone();
        form.pop();
        form.push(ending);
        forms.push(form);
    }
    forms
}

fn is_same(word: &str, written: &str) -> bool {
    match word.strip_prefix('=') {
        Some(exact) if !exact.is_empty() => exact == written,
        _ => written.to_lowercase() == word,
    }
}
