//! Languages of a site: what they are called, how they are written and how they count, and texts in several of them.

mod names;
mod plural;
mod tag;

use std::collections::BTreeMap;

pub(crate) use plural::Plurals;
#[cfg(feature = "cards")]
pub(crate) use tag::Direction;
pub(crate) use tag::Locale;

pub use crate::handle::LocaleIndex;

/// A text in each locale of the site. A locale that has none reads the source's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Localized<T> {
    source: T,
    translations: BTreeMap<LocaleIndex, T>,
}

impl<T> Localized<T> {
    /// A text in the source locale only.
    pub(crate) fn source_only(source: T) -> Self {
        Self { source, translations: BTreeMap::new() }
    }

    /// Adds what a translation says.
    pub(crate) fn translate(&mut self, locale: LocaleIndex, text: T) {
        self.translations.insert(locale, text);
    }

    /// Returns the value of the source locale.
    pub fn source(&self) -> &T {
        &self.source
    }

    /// Returns a locale's own value, if it has one.
    pub(crate) fn own(&self, locale: LocaleIndex) -> Option<&T> {
        if locale == LocaleIndex::SOURCE { Some(&self.source) } else { self.translations.get(&locale) }
    }

    /// Returns the value that readers of a locale get, with its locale.
    pub(crate) fn read(&self, locale: LocaleIndex) -> (&T, LocaleIndex) {
        self.own(locale).map_or((&self.source, LocaleIndex::SOURCE), |text| (text, locale))
    }
}
