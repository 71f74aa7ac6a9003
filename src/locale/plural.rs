//! Plural categories of languages.

use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralRules};

/// The plural rules of one language, from the Unicode CLDR.
#[derive(Debug)]
pub(crate) struct Plurals(PluralRules);

impl Plurals {
    /// Returns the rules of a locale by its tag. Languages without rules of their own have one form for all numbers.
    pub(crate) fn of(tag: &str) -> Self {
        let locale = Locale::try_from_str(tag).unwrap_or(Locale::UNKNOWN);
        Self(PluralRules::try_new_cardinal((&locale).into()).expect("the rules of all languages are compiled in"))
    }

    /// Returns the form that a language uses for a number of things, as keys name it.
    pub(crate) fn form(&self, number: usize) -> &'static str {
        name(self.0.category_for(number))
    }

    /// Returns every form the language has.
    pub(crate) fn forms(&self) -> impl Iterator<Item = &'static str> {
        self.0.categories().map(name)
    }
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}
