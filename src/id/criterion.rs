//! Ids of criteria: their form, and their form in addresses.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::split;

/// The id of a criterion: the prefix of its ladder and a serial number, `TL-042`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
pub struct CriterionId {
    prefix: String,
    number: u32,
}

impl CriterionId {
    pub(crate) fn new(prefix: &str, number: u32) -> Self {
        Self { prefix: prefix.to_owned(), number }
    }

    /// Reads an id in its one canonical form: at least three digits, no more than needed.
    pub fn parse(text: &str) -> Option<Self> {
        let id = Self::parse_leniently(text)?;
        (id.to_string() == text).then_some(id)
    }

    /// Reads what a person may write for an id: `tl-42`, `TL42`.
    pub(crate) fn parse_leniently(text: &str) -> Option<Self> {
        let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
        let (prefix, number) = split(text, text.len() - digits);
        let prefix = prefix.strip_suffix('-').unwrap_or(prefix);
        let is_prefix = prefix.starts_with(|c: char| c.is_ascii_alphabetic())
            && prefix.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let number = number.parse().ok().filter(|&number| number > 0)?;
        is_prefix.then(|| Self { prefix: prefix.to_ascii_uppercase(), number })
    }

    /// Reads an id with a typical slip: letters in place of digits, or another dash: `TL-O42`.
    pub(crate) fn meant(text: &str) -> Option<Self> {
        let number_of = |digits: &str| -> String { digits.chars().map(digit_like).collect() };
        let parted = || {
            let (prefix, number) = text.rsplit_once(|c: char| !c.is_alphanumeric())?;
            Self::parse_leniently(&format!("{prefix}-{number}", number = number_of(number)))
        };
        Self::parse_leniently(text).or_else(parted)
    }

    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    pub(crate) fn number(&self) -> u32 {
        self.number
    }

    /// Returns the id in addresses and anchors: `tl-042`.
    pub(crate) fn slug(&self) -> String {
        self.to_string().to_ascii_lowercase()
    }
}

impl fmt::Display for CriterionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:03}", self.prefix, self.number)
    }
}

/// Returns the digit that a letter looks like.
fn digit_like(c: char) -> char {
    match c {
        'O' | 'o' => '0',
        'I' | 'l' | 'i' => '1',
        other => other,
    }
}

/// A text that is not the id of a criterion.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the id of a criterion")]
pub struct InvalidId(String);

impl TryFrom<String> for CriterionId {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text).ok_or(InvalidId(text))
    }
}

impl From<CriterionId> for String {
    fn from(id: CriterionId) -> Self {
        id.to_string()
    }
}

/// Returns the id of a level, category or thread in addresses, if it may be one: ASCII letters, digits and single
/// hyphens.
pub(crate) fn slug(id: &str) -> Option<String> {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    id.split('-').all(is_word).then(|| id.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_form_and_may_be_typed_in_several() {
        assert_eq!(CriterionId::parse("TL-042").unwrap().to_string(), "TL-042");
        assert_eq!(CriterionId::parse("TL-1042").unwrap().slug(), "tl-1042");
        assert_eq!(CriterionId::parse("TL-42"), None);
        assert_eq!(CriterionId::parse("TL-0042"), None);
        assert_eq!(CriterionId::parse("TL-000"), None);
        assert_eq!(CriterionId::parse_leniently("tl42"), CriterionId::parse("TL-042"));
        assert_eq!(CriterionId::parse_leniently("42"), None);
        assert_eq!(CriterionId::parse_leniently("L6"), Some(CriterionId::new("L", 6)));
    }

    #[test]
    fn letters_are_taken_for_the_digits_that_they_look_like() {
        for text in ["TL-010", "tl-010", "TL-01O", "TL-Ol0", "TL_010", "TL–010", "tl10"] {
            assert_eq!(CriterionId::meant(text), CriterionId::parse("TL-010"), "{text}");
        }
        for text in ["TL", "tools", "TL-", "TL-0", "TL-ten"] {
            assert_eq!(CriterionId::meant(text), None, "{text}");
        }
    }

    #[test]
    fn slugs_are_ascii() {
        assert_eq!(slug("L5").as_deref(), Some("l5"));
        assert_eq!(slug("senior-staff").as_deref(), Some("senior-staff"));
        assert_eq!((slug("知識"), slug("a--b"), slug("")), (None, None, None));
    }
}
