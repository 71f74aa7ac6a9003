//! Translation progress of a site.

use super::{TranslationState, Translations, UnitKind};
use crate::locale::LocaleIndex;

/// The number of units of one kind, by state, in one locale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) kind: UnitKind,
    pub(crate) all: usize,
    pub(crate) missing: usize,
    pub(crate) outdated: usize,
    pub(crate) unrecorded: usize,
    /// The numbers of machine translations and of drafts, among those that are not missing.
    pub(crate) machine: usize,
    pub(crate) draft: usize,
}

impl Tally {
    /// Returns the number of translations that are not known to be outdated.
    pub(crate) fn current(&self) -> usize {
        self.all - self.missing - self.outdated
    }

    /// Returns the same in hundredths, rounded down so that only all are 100.
    pub(crate) fn percentage(&self) -> usize {
        (self.current() * 100).checked_div(self.all).unwrap_or(100)
    }
}

/// Counts the units in a locale by kind and state, for each kind that the site has.
pub(crate) fn tally(translations: &Translations, locale: LocaleIndex) -> Vec<Tally> {
    let of_kind = |kind: UnitKind| {
        let mut tally = Tally { kind, all: 0, missing: 0, outdated: 0, unrecorded: 0, machine: 0, draft: 0 };
        let units = translations.units().iter().filter(|unit| unit.kind == kind);
        for translation in units.filter_map(|unit| unit.translation(locale)) {
            tally.all += 1;
            match translation.state {
                TranslationState::Current => {}
                TranslationState::Missing => tally.missing += 1,
                TranslationState::Outdated { .. } => tally.outdated += 1,
                TranslationState::Unrecorded => tally.unrecorded += 1,
            }
            let is_there = translation.state != TranslationState::Missing;
            tally.machine += usize::from(is_there && translation.is_machine_made());
            tally.draft += usize::from(is_there && translation.is_draft());
        }
        tally
    };
    UnitKind::ALL.into_iter().map(of_kind).filter(|tally| tally.all > 0).collect()
}
