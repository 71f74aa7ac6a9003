//! Names of editions.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name of an edition: numbers with dots between them, `2026.1`. Later editions have higher names.
///
/// Names are compared number by number, so that `2026.10` comes after `2026.9`. Each has one form, without leading
/// zeros, since it stands in addresses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
pub struct EditionName(Vec<u32>);

/// A text that is not the name of an edition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the name of an edition: write numbers separated by dots, such as `2026.1`")]
pub struct InvalidName(String);

impl EditionName {
    pub(crate) fn new(numbers: Vec<u32>) -> Self {
        Self(numbers)
    }

    /// Reads a name in its one form.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let numbers: Option<Vec<u32>> = text.split('.').map(|number| number.parse().ok()).collect();
        numbers.map(Self).filter(|name| name.to_string() == text)
    }

    /// Returns the numbers between the dots. There is at least one.
    pub(crate) fn numbers(&self) -> &[u32] {
        &self.0
    }
}

impl fmt::Display for EditionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, number) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(".")?;
            }
            number.fmt(f)?;
        }
        Ok(())
    }
}

impl std::str::FromStr for EditionName {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        Self::parse(text).ok_or_else(|| InvalidName(text.to_owned()))
    }
}

impl TryFrom<String> for EditionName {
    type Error = InvalidName;

    fn try_from(text: String) -> Result<Self, InvalidName> {
        text.parse()
    }
}

impl From<EditionName> for String {
    fn from(name: EditionName) -> Self {
        name.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> EditionName {
        EditionName::parse(text).unwrap_or_else(|| panic!("{text} is a name"))
    }

    #[test]
    fn names_are_ordered_number_by_number() {
        assert!(name("2026.9") < name("2026.10"));
        assert!(name("2026") < name("2026.1"));
        assert!(name("1.9.9") < name("2"));
    }

    #[test]
    fn a_name_has_one_form() {
        for text in ["", ".", "1.", ".1", "2026.01", "v1", "1..2", "1.2-rc", "+1", "99999999999"] {
            assert_eq!(EditionName::parse(text), None, "for {text}");
        }
        assert_eq!(name("2026.1").to_string(), "2026.1");
    }
}
