//! Finds placeholders that `rungs init` left for a person to fill in, so that no published page names "To fill in" as
//! its author.

use toml_edit::{Item, Value};

use super::CheckInput;
use super::notices::Places;
use crate::config::{SITE, is_placeholder};
use crate::diagnostic::{Code, Diagnostic, Place, Span};

/// Advice for each placeholder, by the beginning of its key below `provenance`.
const TO_WRITE: &[(&str, &str)] = &[
    ("owner", "name the person or the organisation that wrote the ladder"),
    ("source.title", "give the title of the work"),
    (
        "source.creators",
        "name the person or the organisation that wrote the ladder; if you wrote it yourself, remove \
         `[provenance.source]`, `[provenance.licence]` and `[[provenance.modifications]]`, and write `owner = { name = \"…\" }` \
         under `[provenance]`",
    ),
    ("source.copyright-notice", "copy the copyright notice of the work, word for word: `Copyright 2024 Acme Ltd`"),
    (
        "source.licence-notice",
        "copy the words that say what others may do with the work: `Licensed under CC BY 4.0.`; look in its LICENSE \
         or README. Without such words nobody may share it, so ask its owner",
    ),
    ("source.uri", "write the address of the work, such as that of its repository"),
    ("licence.named", "write the words of `licence-notice` that name the licence: `CC BY 4.0`"),
    ("licence.name", "give the licence's full name: `Creative Commons Attribution 4.0 International`"),
    ("licence.short-name", "give the licence's short name: `CC BY 4.0`"),
    ("licence.spdx", "give the licence's identifier on the SPDX list: `CC-BY-4.0`"),
    ("licence.url", "write the address of the licence's text: `https://creativecommons.org/licenses/by/4.0/`"),
    ("licence.reason", "say why the notice means this licence: `The notice names it.`"),
    ("modifications.by", "name the person or the organisation that adopted and changed the ladder"),
    ("modifications.changes", "say what was changed"),
    ("translations.translators", "name the translators"),
];

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let places = Places::read(checked.sources);
    let mut found = Vec::new();
    if let Some(provenance) = places.item("provenance") {
        in_item(provenance, "", &mut found);
    }
    found.into_iter().map(|(key, text, span)| problem(&key, &text, span)).collect()
}

fn problem(key: &str, text: &str, span: Span) -> Diagnostic {
    let help = TO_WRITE.iter().find(|(beginning, _)| key.starts_with(beginning)).map(|(_, help)| *help);
    let message = format!("`provenance.{key}` still has to be filled in: `{text}`");
    let problem = Place::new(SITE, span).problem(Code::Placeholder, message);
    problem.help(help.unwrap_or("write the correct value, or remove the key"))
}

/// Adds the placeholders with their keys.
fn in_item(item: &Item, key: &str, found: &mut Vec<(String, String, Span)>) {
    match item {
        Item::Value(value) => in_value(value, key, found),
        Item::ArrayOfTables(tables) => {
            tables
                .iter()
                .flat_map(|table| table.iter())
                .for_each(|(name, item)| in_item(item, &below(key, name), found));
        }
        Item::Table(table) => table.iter().for_each(|(name, item)| in_item(item, &below(key, name), found)),
        Item::None => {}
    }
}

fn in_value(value: &Value, key: &str, found: &mut Vec<(String, String, Span)>) {
    match value {
        Value::String(text) if is_placeholder(text.value()) => {
            let text = text.value().clone();
            found.extend(value.span().map(|span| (key.to_owned(), text, span)));
        }
        Value::Array(list) => list.iter().for_each(|value| in_value(value, key, found)),
        Value::InlineTable(table) => table.iter().for_each(|(name, value)| in_value(value, &below(key, name), found)),
        _ => {}
    }
}

fn below(key: &str, name: &str) -> String {
    if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") }
}
