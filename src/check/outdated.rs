//! Reports translations that were made from an earlier text of the source, or from something that the source no longer
//! has.

use super::CheckInput;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::locale::Locale;
use crate::translation::{TranslationState, Unit, in_plain_text};

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let config = &checked.site.config;
    let units = checked.translations.units().iter();
    let problems = units.flat_map(|unit| {
        config.locale_indices().filter_map(move |locale| {
            let is_coarse = checked.translations.is_coarse(unit.text_id, locale);
            outdated(unit, unit.translation(locale)?, config.locale(locale), is_coarse)
        })
    });
    let vanished = config.locale_indices().flat_map(|locale| {
        let vanished = checked.translations.vanished(locale);
        // What is known of a thing that was lost by mistake is not to be dropped.
        let vanished = vanished.filter(|(unit, _)| !checked.lost.is_unit(checked.site, unit));
        vanished.map(move |(key, record)| vanished_unit(key, &record.place, config.locale(locale)))
    });
    problems.chain(vanished).collect()
}

fn vanished_unit(key: &str, place: &Place, locale: &Locale) -> Diagnostic {
    let tag = &locale.tag;
    place
        .problem(Code::VanishedUnit, format!("the source no longer has `{key}`"))
        .label("recorded here")
        .help(format!("remove what is left of its translation, and run `rungs translation accept {tag}`"))
}

fn outdated(
    unit: &Unit,
    translation: &crate::translation::Translation,
    locale: &Locale,
    is_coarse: bool,
) -> Option<Diagnostic> {
    let TranslationState::Outdated { recorded } = &translation.state else { return None };
    let (key, tag) = (&unit.key, &locale.tag);
    let problem = (translation.place.as_ref()?)
        .problem(Code::OutdatedTranslation, format!("the source of {key} has changed since it was translated"));
    let problem = problem.label("made from different wording").related(
        unit.place.clone(),
        format!("what has changed: {difference}", difference = in_plain_text(recorded, &unit.source)),
    );
    let roughly = match is_coarse {
        true => "; among so many blocks, the translation may have been made from another one near it",
        false => "",
    };
    let help = format!("update the translation if needed, then run `rungs translation accept {tag} {key}`{roughly}");
    Some(problem.help(help))
}
