//! A translation should have been made from what the source says today.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic};
use crate::translation::{State, Unit, in_plain_text};

pub fn check(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let config = &checked.site.config;
    let units = checked.translations.units().iter();
    let problems = units.flat_map(|unit| {
        config
            .locale_indices()
            .filter_map(move |locale| outdated(unit, unit.translation(locale)?, config.locale(locale)))
    });
    problems.collect()
}

fn outdated(
    unit: &Unit,
    translation: &crate::translation::Translation,
    locale: &crate::locale::Locale,
) -> Option<Diagnostic> {
    let State::Outdated { recorded } = &translation.state else { return None };
    let (key, tag) = (&unit.key, &locale.tag);
    let problem = Diagnostic::new(
        Code::OutdatedTranslation,
        format!("the source of {key} has changed since it was translated"),
        translation.place.clone()?,
    );
    let problem = problem.label("made from other words").related(
        unit.place.clone(),
        format!("what has changed: {difference}", difference = in_plain_text(recorded, &unit.source)),
    );
    Some(problem.help(format!("mend the translation if need be, then run `rungs translation accept {tag} {key}`")))
}
