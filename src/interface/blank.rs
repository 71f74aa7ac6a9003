//! The file in which a site begins to speak another language.

use std::collections::BTreeMap;

use camino::Utf8Path;
use toml_edit::{Key, Value};

use super::site_words::{fault, known, read_file};
use super::{FORMAT_VERSION, NAME, built_in_for, built_in_name};
use crate::config::table::Spanned;
use crate::diagnostic::{Problems, Span};
use crate::locale::Locale;
use crate::text::{slice, split};

/// Returns whether there are built-in words that a reader of a locale can read.
pub(crate) fn is_spoken(locale: &Locale) -> bool {
    !built_in_for(locale).is_empty()
}

/// Returns a file with every key of the interface in one locale. Each stands in a comment with the text used until
/// somebody translates it, so that the file itself sets nothing yet.
pub(crate) fn empty_words(locale: &Locale) -> String {
    let mut text = format!(
        "# The words of the interface. Remove the `#` from a line and translate its text.\n{FORMAT_VERSION} = 1\n"
    );
    for (section, words) in sections(locale) {
        let lines: Vec<_> = words.into_iter().map(|(name, said)| comment(&name, &said)).collect();
        text.push_str(&format!("\n{}\n{}", header(section.as_str()), lines.concat()));
    }
    text
}

/// Returns the words that a file of a locale can hold, by section and name, each with what is said until then.
fn sections(locale: &Locale) -> BTreeMap<String, Vec<(String, String)>> {
    let built_in: BTreeMap<_, _> = built_in_for(locale).into_iter().collect();
    let mut sections: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (key, english) in known(&locale.tag) {
        let (section, name) = key.rsplit_once('.').unwrap_or(("", &key));
        let said = match key.as_str() {
            NAME => built_in_name(locale).unwrap_or_default(),
            key => built_in.get(key).map_or(english, ToString::to_string),
        };
        sections.entry(section.to_owned()).or_default().push((name.to_owned(), said));
    }
    sections
}

fn comment(name: &str, said: &str) -> String {
    format!("# {}", line(name, said))
}

fn line(name: &str, text: &str) -> String {
    format!("{} = {}\n", Key::new(name), Value::from(text))
}

fn header(section: &str) -> String {
    let parts: Vec<_> = section.split('.').map(|part| Key::new(part).to_string()).collect();
    format!("[{}]", parts.join("."))
}

/// Returns the words that a file says or has a line for, by key, each with the place of its line.
fn lines(text: &str) -> BTreeMap<String, Span> {
    let mut found = BTreeMap::new();
    let (mut section, mut at) = (String::new(), 0);
    for line in text.split_inclusive('\n') {
        let words = line.trim().trim_start_matches('#').trim_start();
        if let Some((name, _)) = line.trim().strip_prefix('[').and_then(|name| name.split_once(']')) {
            section = format!("{}.", name.replace(['"', '\'', ' '], ""));
        } else if let Some((name, _)) = words.split_once('=') {
            let name = name.trim().trim_matches(['"', '\'']);
            found.entry(format!("{section}{name}")).or_insert(at..at + line.len());
        }
        at += line.len();
    }
    found
}

/// Returns a file of words with lines for those that it does not have, and what they are, by their lines.
pub(crate) fn with_missing_words(locale: &Locale, text: &str) -> (String, Vec<(usize, String)>) {
    let mut text = text.to_owned();
    let mut added = Vec::new();
    for (section, words) in sections(locale) {
        for (name, said) in words {
            let key = if section.is_empty() { name.clone() } else { format!("{section}.{name}") };
            if !lines(&text).contains_key(&key) {
                text = with_line(&text, &section, &comment(&name, &said));
                added.push(key);
            }
        }
    }
    let places = lines(&text);
    let line = |key: &String| places.get(key).map_or(1, |span| slice(&text, ..span.start).matches('\n').count() + 1);
    let added = added.iter().map(|key| (line(key), key.clone())).collect();
    (text, added)
}

/// Returns a file of words with one more line at the end of a section, which may be new.
fn with_line(text: &str, section: &str, new: &str) -> String {
    let last = lines(text).into_iter().filter(|(key, _)| key.rsplit_once('.').map_or("", |(of, _)| of) == section);
    let end = last.map(|(_, span)| span.end).max();
    let header = header(section);
    let below_header = text.find(&format!("{header}\n")).map(|at| at + header.len() + 1);
    match end.or(below_header) {
        Some(at) => {
            let (before, behind) = split(text, at);
            let between = if before.ends_with('\n') { "" } else { "\n" };
            format!("{before}{between}{new}{behind}")
        }
        None if section.is_empty() => format!("{new}{text}"),
        None => format!("{}\n\n{header}\n{new}", text.trim_end()),
    }
}

/// Returns a file of words in which one says something: in the place of what stood there, or of its comment.
pub(crate) fn with_word(text: &str, key: &str, said: &str) -> String {
    let (section, name) = key.rsplit_once('.').unwrap_or(("", key));
    let new = line(name, said);
    match lines(text).get(key) {
        Some(span) => format!("{}{new}{}", slice(text, ..span.start), slice(text, span.end..)),
        None => with_line(text, section, &new),
    }
}

/// Returns a file that says nothing yet, for a language of which the program knows the words.
pub(crate) fn no_words() -> String {
    format!("{FORMAT_VERSION} = 1\n")
}

/// Returns the keys that have to be translated for a locale, in order, each with the text that is said in the language
/// of the source, and with the site's own text for the locale: all for a language that the program does not speak, else
/// those that the site says itself.
pub(crate) fn words_to_translate(
    locale: &Locale,
    source: &Locale,
    [own, own_source]: [Option<(&Utf8Path, &str)>; 2],
) -> Vec<(String, String, Option<String>)> {
    let texts = |file: Option<(&Utf8Path, &str)>, tag: &str| {
        file.map(|(path, text)| read_file(path, text, tag, &Problems::default())).unwrap_or_default()
    };
    let (own, own_source) = (texts(own, &locale.tag), texts(own_source, &source.tag));
    let built_in: BTreeMap<_, _> = built_in_for(locale).into_iter().collect();
    let of_source: BTreeMap<_, _> = built_in_for(source).into_iter().collect();
    let general = |key: &str| key.rsplit_once('.').map(|(base, _)| format!("{base}.other"));
    let said = |key: &str| own_source.get(key).cloned().or_else(|| of_source.get(key).map(ToString::to_string));
    let is_wanted = |key: &str| {
        own.contains_key(key)
            || (own_source.contains_key(key) && key != NAME)
            || match key {
                NAME => built_in_name(locale).is_none(),
                key => !built_in.contains_key(key),
            }
    };
    let wanted = known(&locale.tag).into_iter().filter(|(key, _)| is_wanted(key));
    let texts = wanted.map(|(key, english)| {
        let source = said(&key).or_else(|| said(&general(&key)?)).unwrap_or(english);
        let own = own.get(&key).cloned();
        (key, source, own)
    });
    texts.collect()
}

/// Returns why a text cannot be a word of a locale, with advice.
pub(crate) fn word_fault(locale: &Locale, key: &str, text: &str) -> Option<(String, String)> {
    let spanned = |text: &str| Spanned { value: text.to_owned(), span: 0..0 };
    let (_, message, help) = fault(&known(&locale.tag), &spanned(key), &spanned(text))?;
    Some((message, help))
}
