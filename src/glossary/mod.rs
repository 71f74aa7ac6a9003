//! The words that a site keeps to, from `glossary.toml`: one term of the source, one rendering in each translation.
//!
//! ```toml
//! [[term]]
//! en = ["technical lead", "tech lead"]
//! zh-TW = "技術負責人"
//! note = "Not 技術主管, which suggests a people manager."
//! ```
//!
//! Under the tag of the source stands the term, perhaps with other words for it; under that of a translation its
//! rendering. Of several renderings all may be used, and the first is preferred; `……` in one stands for other words.
//! A `note` is one text of the source, or a table with one for each language.
//! `also` has words under which people look for it and which no text uses, in the same two forms: only the search knows
//! them. `was` names what a term was called before, whose anchor leads on. `context` tells one meaning of a word from
//! another, and `link = false` keeps notes from linking to a word that means nothing in particular.

mod matcher;
mod read;

use std::collections::BTreeMap;

pub(crate) use matcher::{Match, Matcher};

use crate::config::Config;
use crate::diagnostic::{Place, Problems};
use crate::locale::LocaleIndex;
use crate::source::Sources;

/// Where it is written.
pub(crate) const GLOSSARY: &str = "glossary.toml";

/// All terms of a site, in the order in which they are written.
#[derive(Debug, Default)]
pub struct Glossary {
    pub terms: Vec<Term>,
}

/// A word of the source that is always rendered alike.
#[derive(Debug)]
pub struct Term {
    /// The part of the glossary's page that explains it. The same in all languages.
    pub anchor: String,
    /// The anchors that it had before.
    pub(crate) was: Vec<String>,
    /// The meaning of the term that applies: `of a team`.
    pub(crate) context: Option<String>,
    /// The words of each locale, the preferred ones first. The source has at least one.
    words: BTreeMap<LocaleIndex, Vec<String>>,
    /// What people write who look for it and do not know its words, by locale.
    also: BTreeMap<LocaleIndex, Vec<String>>,
    /// A remark for each language that has one.
    notes: BTreeMap<LocaleIndex, String>,
    /// Whether notes link to it.
    pub(crate) is_linked: bool,
    /// The term in the glossary.
    pub(crate) place: Place,
}

impl Glossary {
    /// Reads the glossary of a site, if it has one, and reports its problems.
    pub(crate) fn read(sources: &Sources, config: &Config, problems: &Problems) -> Self {
        read::read(sources, config, problems)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

impl Term {
    /// Returns the term as the source says it.
    pub(crate) fn name(&self) -> &str {
        self.words(LocaleIndex::SOURCE).first().map_or("", String::as_str)
    }

    /// Returns the words of a locale. Empty if the glossary has none.
    pub(crate) fn words(&self, locale: LocaleIndex) -> &[String] {
        self.words.get(&locale).map_or(&[], Vec::as_slice)
    }

    /// Returns under which other words people of a locale look for it.
    pub(crate) fn also(&self, locale: LocaleIndex) -> &[String] {
        self.also.get(&locale).map_or(&[], Vec::as_slice)
    }

    /// Returns the note on it for readers of a locale, with the language that it is in: theirs, or else the source's.
    pub(crate) fn note(&self, locale: LocaleIndex) -> Option<(&str, LocaleIndex)> {
        let find = |locale: LocaleIndex| Some((self.notes.get(&locale)?.as_str(), locale));
        find(locale).or_else(|| find(LocaleIndex::SOURCE))
    }

    /// Returns whether a text of a locale has one of its renderings.
    pub(crate) fn is_rendered_in(&self, text: &str, locale: LocaleIndex) -> bool {
        self.words(locale).iter().any(|rendering| {
            let mut parts = rendering.split('…').map(str::trim).filter(|part| !part.is_empty());
            let mut rest = text;
            parts.all(|part| rest.split_once(part).map(|(_, behind)| rest = behind).is_some())
        })
    }
}
