//! A site's own words, from `i18n/{locale}.toml` in its content folder.

use std::collections::BTreeMap;

use camino::Utf8Path;
use typed_index_collections::TiVec;

use super::{FORMAT_VERSION, built_in, placeholders};
use crate::config::Config;
use crate::config::table::{Spanned, TomlReader, Value};
use crate::diagnostic::{Code, Place, Problems};
use crate::locale::LocaleIndex;
use crate::locale::Plurals;
use crate::source::Sources;
use crate::text::nearest;

/// Texts by key.
pub(super) type Texts = BTreeMap<String, String>;

/// Returns the site's own words for each of its locales.
pub(super) fn read(sources: &Sources, config: &Config, problems: &Problems) -> TiVec<LocaleIndex, Texts> {
    let mut words: TiVec<_, _> = vec![Texts::new(); config.locales.len()].into();
    for (path, text) in &sources.texts {
        let Some(tag) = locale_of(path) else { continue };
        match config.locales.position(|locale| locale.tag == tag) {
            Some(index) => words[index] = read_file(path, text, tag, problems),
            None => {
                let tags = config.locales.iter().map(|locale| locale.tag.as_str());
                let help = match nearest(tag, tags) {
                    Some(near) => format!("rename it to `i18n/{near}.toml`"),
                    None => format!("add `\"{tag}\"` to `locales` in `site.toml`, or remove the file"),
                };
                let message = format!("words for `{tag}`, which is not a locale of the site");
                problems.report(Place::file(path.clone()).problem(Code::UnnamedLocale, message).help(help));
            }
        }
    }
    words
}

/// Returns the tag that a file of words is named by.
fn locale_of(path: &Utf8Path) -> Option<&str> {
    let is_words = path.parent()? == "i18n" && path.extension() == Some("toml");
    path.file_stem().filter(|_| is_words)
}

/// Reads one file of words. Words that cannot be used are reported and left out.
pub(super) fn read_file(path: &Utf8Path, text: &str, tag: &str, problems: &Problems) -> Texts {
    let reader = TomlReader::new(path, 0, text, problems);
    let mut texts = Texts::new();
    if let Some(whole) = reader.whole() {
        let mut found = Vec::new();
        // A site may leave the version out, since only one is read.
        let entries = whole.entries().into_iter().filter(|(key, _)| key.value != FORMAT_VERSION);
        flatten("", entries, &mut found);
        let known = known(tag);
        for (key, text) in found {
            match fault(&known, &key, &text) {
                Some((code, message, help)) => {
                    let span = if code == Code::UnknownKey { &key.span } else { &text.span };
                    reader.report(reader.place(span).problem(code, message).help(help));
                }
                None => {
                    texts.insert(key.value, text.value);
                }
            }
        }
    }
    texts
}

/// Adds the texts of a table and of the tables in it, under keys with dots: `home` in `[navigation]` is
/// `navigation.home`.
fn flatten<'t>(
    prefix: &str,
    entries: impl IntoIterator<Item = (Spanned<String>, Value<'t>)>,
    found: &mut Vec<(Spanned<String>, Spanned<String>)>,
) {
    for (key, value) in entries {
        let name = format!("{prefix}{}", key.value);
        match value.clone().if_table() {
            Some(table) => flatten(&format!("{name}."), table.entries(), found),
            None => found.extend(value.read().map(|text| (Spanned { value: name, span: key.span }, text))),
        }
    }
}

/// Returns the keys that a locale can have, each with the English text. Those of English, but with the plural forms of
/// the locale.
pub(super) fn known(tag: &str) -> Texts {
    let english: Texts = built_in("en").into_iter().map(|(key, text)| (key.into_owned(), text.into_owned())).collect();
    let plurals = Plurals::of(tag);
    let mut known = Texts::new();
    for (key, text) in &english {
        // English has two forms, so a key with both is a plural. The general form is one of every language.
        let plural = key.strip_suffix(".one").and_then(|base| Some((base, english.get(&format!("{base}.other"))?)));
        match plural {
            Some((base, other)) => known.extend(plurals.forms().map(|form| (format!("{base}.{form}"), other.clone()))),
            None => {
                known.insert(key.clone(), text.clone());
            }
        }
    }
    known
}

pub(super) fn fault(known: &Texts, key: &Spanned<String>, text: &Spanned<String>) -> Option<(Code, String, String)> {
    let key = &key.value;
    let Some(english) = known.get(key) else {
        let help = match nearest(key, known.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "remove it".to_owned(),
        };
        return Some((Code::UnknownKey, format!("the interface has no words `{key}` in this language"), help));
    };
    if text.value.trim().is_empty() {
        return Some((Code::InvalidValue, format!("`{key}` is empty"), "write a text, or remove the key".to_owned()));
    }
    let stranger = placeholders(&text.value).find(|name| placeholders(english).all(|known| known != *name))?;
    let message = format!("nothing fills `%{{{stranger}}}` in `{key}`");
    Some((Code::InvalidValue, message, format!("the English text is `{english}`")))
}
