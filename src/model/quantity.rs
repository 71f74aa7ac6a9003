//! Numbers in statements: a share of time, years of experience.

use crate::text::{char_before, slice};

/// A number or a range with its unit, as a statement gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quantity {
    pub(crate) low: u32,
    /// Equal to `low` for a single number.
    pub(crate) high: u32,
    pub(crate) unit: QuantityUnit,
    /// The words of the statement: `40-80%`, `2 years`, `2年`.
    pub(crate) text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum QuantityUnit {
    Percent,
    /// The word behind the number, without a plural `s`.
    Word(String),
}

impl Quantity {
    /// Returns the first quantity in a text. Digits that belong to a word, as in `T6`, are none.
    pub(crate) fn find(text: &str) -> Option<Self> {
        Self::all(text).next()
    }

    /// Returns the same numbers in the words of a translation, if they stand there.
    pub(crate) fn in_translation(&self, text: &str) -> Option<Self> {
        Self::all(text).find(|quantity| (quantity.low, quantity.high) == (self.low, self.high))
    }

    fn all(text: &str) -> impl Iterator<Item = Self> {
        let starts = text.char_indices().filter(|&(at, c)| {
            let before = char_before(text, at);
            c.is_ascii_digit() && before.is_none_or(|c| !(c.is_ascii_alphanumeric() || c == '.'))
        });
        starts.filter_map(|(start, _)| Self::read(slice(text, start..)))
    }

    /// Reads the quantity that a text begins with.
    fn read(text: &str) -> Option<Self> {
        let (first, rest) = split_digits(text);
        let range = rest.trim_start_matches(['%', '％']).trim_start();
        let second =
            range.strip_prefix(['-', '–', '—', '~', '～', '至', '到']).map(|rest| split_digits(rest.trim_start()));
        let (high, rest) = second.filter(|(digits, _)| !digits.is_empty()).unwrap_or((first, rest));
        let (unit, behind) = unit(rest)?;
        let (first, second): (u32, u32) = (first.parse().ok()?, high.parse().ok()?);
        let (low, high) = (first.min(second), first.max(second));
        Some(Self { low, high, unit, text: slice(text, ..text.len() - behind.len()).to_owned() })
    }
}

/// Splits a text behind the digits that it begins with.
fn split_digits(text: &str) -> (&str, &str) {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (slice(text, ..text.len() - rest.len()), rest)
}

/// Returns the unit at the beginning of a text, and what follows it.
fn unit(text: &str) -> Option<(QuantityUnit, &str)> {
    let word = text.trim_start();
    if let Some(rest) = word.strip_prefix(['%', '％']) {
        return Some((QuantityUnit::Percent, rest));
    }
    let first = word.chars().next()?;
    let rest = if first.is_ascii_alphabetic() && word.len() < text.len() {
        word.trim_start_matches(char::is_alphabetic)
    } else if crate::text::han::is_han(first) {
        word.strip_prefix(first)?
    } else {
        return None;
    };
    let name = slice(word, ..word.len() - rest.len()).to_lowercase();
    let name = name.strip_suffix('s').unwrap_or(&name).to_owned();
    Some((QuantityUnit::Word(name), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str) -> Option<(u32, u32, String)> {
        Quantity::find(text).map(|quantity| (quantity.low, quantity.high, quantity.text))
    }

    #[test]
    fn ranges_and_numbers_are_read_with_their_units() {
        let engineer = "Spends 40-80% of time as recognized engineer at level T5 or above.";
        assert_eq!(find(engineer), Some((40, 80, "40-80%".into())));
        assert_eq!(find("以獲認可的T5職級工程師身分，投入40–80%的時間。"), Some((40, 80, "40–80%".into())));
        assert_eq!(find("Typically 12 years of experience"), Some((12, 12, "12 years".into())));
        assert_eq!(find("通常具有2年的技術領導職位經驗。"), Some((2, 2, "2年".into())));
        assert_eq!(find("10% – 20% of it"), Some((10, 20, "10% – 20%".into())));
        assert_eq!(find("80-40% of time"), Some((40, 80, "80-40%".into())), "the lower end comes first");
    }

    #[test]
    fn a_translation_may_name_other_numbers_first() {
        let source = Quantity::find("Has 3 years of experience in an organization of 100 people.").unwrap();
        let found = source.in_translation("在100人的組織中具3年經驗。").unwrap();
        assert_eq!(found.text, "3年");
        assert_eq!(source.in_translation("在大型組織中具三年經驗。"), None);
    }

    #[test]
    fn digits_within_words_and_numbers_without_unit_are_none() {
        assert_eq!(find("Previously recognized as engineer at level T6 or above."), None);
        assert_eq!(find("Version 2."), None);
        assert_eq!(find("the 2nd time"), None);
        assert_eq!(find("99999999999999 years"), None);
    }
}
