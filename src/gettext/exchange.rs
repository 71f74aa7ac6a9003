//! From the texts of a site to a PO file.

use super::earlier::{DIGEST, digest};
use super::po::{Catalog, Message};
use super::values::{self, ValueText};
use crate::diagnostic::{Place, Position};
use crate::locale::LocaleIndex;
use crate::model::Site;
use crate::source::Sources;
use crate::translation::{TranslationState, Unit};
use crate::understood::Understood;

/// Returns all texts of a site with their translations into a locale: its units in their order, then the texts of
/// `site.toml` and of the glossary, and the words of the interface.
///
/// The context of a message is the key of its text. A translation that is not known to be right is fuzzy: an outdated
/// one, which comes with the source that it was made from, a draft, and one that a machine made.
pub fn export(understood: &Understood, sources: &Sources, locale: LocaleIndex) -> Catalog {
    let Understood { site, translations, .. } = understood;
    let message = |unit: &Unit| {
        let translation = unit.translation(locale)?;
        let recorded = match &translation.state {
            TranslationState::Outdated { recorded } => Some(recorded.clone()),
            _ => None,
        };
        let text = translations.own_text(site, unit, locale).unwrap_or_default();
        let is_open = recorded.is_some() || translation.is_machine_made() || translation.is_draft();
        Some(Message {
            hints: vec![unit.kind.name().to_owned()],
            references: vec![reference(&unit.place, sources)],
            is_fuzzy: is_open && !text.is_empty(),
            previous: recorded,
            context: unit.key.to_string(),
            source: unit.source.clone(),
            translation: text,
            ..Message::default()
        })
    };
    let mut messages: Vec<_> = translations.units().iter().filter_map(message).collect();
    messages.extend(values::texts(site, sources, locale).into_iter().map(|text| of_value(text, sources)));
    Catalog { header: header(site, locale, digest(&messages)), messages, ..Catalog::default() }
}

fn of_value(text: ValueText, sources: &Sources) -> Message {
    Message {
        hints: std::iter::once(text.kind.to_owned()).chain(text.hint.map(str::to_owned)).collect(),
        references: text.place.iter().map(|place| reference(place, sources)).collect(),
        context: text.key,
        source: text.source,
        translation: text.own.unwrap_or_default(),
        ..Message::default()
    }
}

/// `en/maps.md:12`. Spaces would end it.
fn reference(place: &Place, sources: &Sources) -> String {
    let text = sources.text(&place.path).unwrap_or_default();
    let line = Position::of(text, place.span().start).line;
    format!("{}:{line}", place.path.as_str().replace(' ', "%20"))
}

/// Returns the fields that GNU gettext asks for. The same site gives the same ones on every day.
fn header(site: &Site, locale: LocaleIndex, digest: String) -> Vec<(String, String)> {
    let translators = site.config.provenance.translations.iter().filter(|translation| translation.locale == locale);
    let names: Vec<_> =
        translators.flat_map(|translator| &translator.translators).map(|party| party.name.as_str()).collect();
    let date = site.history.editions.last().map_or("1970-01-01".to_owned(), |edition| edition.date.to_string());
    let title = site.config.title.source();
    let fields = [
        ("Project-Id-Version", title.clone()),
        ("POT-Creation-Date", format!("{date} 00:00+0000")),
        ("PO-Revision-Date", format!("{date} 00:00+0000")),
        ("Last-Translator", if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }),
        ("Language-Team", title.clone()),
        ("Language", gettext_name(&site.config.locale(locale).tag)),
        ("MIME-Version", "1.0".to_owned()),
        ("Content-Type", "text/plain; charset=UTF-8".to_owned()),
        ("Content-Transfer-Encoding", "8bit".to_owned()),
        ("X-Generator", "rungs".to_owned()),
        (DIGEST, digest),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Returns a locale as gettext writes it: `zh_TW`.
pub(super) fn gettext_name(tag: &str) -> String {
    tag.replace('-', "_")
}
