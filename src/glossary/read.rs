//! From `glossary.toml` to terms.

use std::collections::{BTreeMap, HashMap, HashSet};

use camino::Utf8Path;

use super::{GLOSSARY, Glossary, Term};
use crate::config::Config;
use crate::config::table::{Reader, Spanned, Table, Value, instead_of};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::locale::LocaleIndex;
use crate::source::Sources;
use crate::text::heading_anchor;

/// Keys of a term beside the tags of locales.
const KEYS: [&str; 3] = ["context", "link", "note"];

pub(super) fn read(sources: &Sources, config: &Config) -> (Glossary, Vec<Diagnostic>) {
    let Some(text) = sources.text(Utf8Path::new(GLOSSARY)) else { return Default::default() };
    let reader = Reader::new(GLOSSARY, 0);
    let mut terms = Vec::new();
    if let Some(mut table) = reader.read(text) {
        let mut seen = HashMap::new();
        let written = table.tables("term");
        terms.extend(written.into_iter().filter_map(|table| term(table, config, &reader, &mut seen)));
        table.finish();
    }
    give_anchors(&mut terms);
    (Glossary { terms }, reader.into_problems())
}

/// One term, unless it cannot be used, which is reported. Seen are terms with their contexts, in lower case.
fn term(
    mut table: Table<'_>,
    config: &Config,
    reader: &Reader,
    seen: &mut HashMap<(String, Option<String>), Place>,
) -> Option<Term> {
    let span = table.span.clone();
    let context = table.string(KEYS[0]).and_then(|text| filled(reader, text)).map(|text| text.value);
    let is_linked = table.boolean(KEYS[1]).unwrap_or(true);
    let note = table.string(KEYS[2]).and_then(|text| filled(reader, text)).map(|text| text.value);
    let mut words: BTreeMap<_, Vec<Spanned<String>>> = BTreeMap::new();
    for (key, value) in table.into_entries() {
        match config.locale_indices().find(|&index| config.locale(index).tag == key.value) {
            Some(locale) => {
                words.insert(locale, filled_words(reader, value));
            }
            None => {
                let tags = config.locales.iter().map(|locale| locale.tag.as_str());
                let known: Vec<_> = tags.chain(KEYS).collect();
                let message = format!("unknown key `{key}`: it is not a locale of the site", key = key.value);
                let problem = Diagnostic::new(Code::UnknownKey, message, reader.place(&key.span));
                reader.report(problem.help(instead_of(&key.value, &known)));
            }
        }
    }
    let source = &config.locale(LocaleIndex::SOURCE).tag;
    let Some(names) = words.get(&LocaleIndex::SOURCE) else {
        let message = format!("a term without its source, `{source}`");
        let problem = Diagnostic::new(Code::MissingKey, message, reader.place(&span));
        reader.report(problem.help(format!("add `{source} = \"…\"`")));
        return None;
    };
    // One that is empty has been reported.
    let name = names.first()?;
    let place = reader.place(&name.span);
    let key = (name.value.to_lowercase(), context.clone());
    if let Some(first) = seen.get(&key) {
        let problem =
            Diagnostic::new(Code::InvalidValue, format!("the term `{term}` stands twice", term = name.value), place);
        let problem = problem.label("again here").related(first.clone(), "first here");
        reader.report(problem.help("make one of the two, or tell them apart with `context = \"…\"`"));
        return None;
    }
    seen.insert(key, place.clone());
    let values = |words: Vec<Spanned<String>>| words.into_iter().map(|word| word.value).collect();
    let words = words.into_iter().map(|(locale, words)| (locale, values(words))).collect();
    Some(Term { anchor: String::new(), context, words, note, is_linked, place })
}

/// The words of one locale. Empty ones are reported and left out.
fn filled_words(reader: &Reader, value: Value<'_>) -> Vec<Spanned<String>> {
    let span = value.span.clone();
    let Some(words) = value.string_or_strings() else { return Vec::new() };
    if words.is_empty() {
        let problem = Diagnostic::new(Code::InvalidValue, "a term without a word", reader.place(&span));
        reader.report(problem.help("write a word between the brackets, or remove the key"));
    }
    words.into_iter().filter_map(|word| filled(reader, word)).collect()
}

fn filled(reader: &Reader, text: Spanned<String>) -> Option<Spanned<String>> {
    if text.value.chars().any(|c| !c.is_whitespace() && c != '…') {
        return Some(text);
    }
    let problem = Diagnostic::new(Code::InvalidValue, "an empty text", reader.place(&text.span));
    reader.report(problem.help("write it between the quotes, or remove the key"));
    None
}

/// Anchors are made of the term alone, unless an earlier one has taken that: so no term that is added behind it, and no
/// other wording of its context, changes the anchor of a term.
fn give_anchors(terms: &mut [Term]) {
    let mut taken = HashSet::new();
    for term in terms {
        let bare = heading_anchor(term.name());
        let whole = heading_anchor(&format!("{} {}", term.name(), term.context.as_deref().unwrap_or_default()));
        let numbered = (2..).map(|number| format!("{whole}-{number}"));
        let mut candidates = [bare, whole.clone()].into_iter().chain(numbered);
        term.anchor = candidates.find(|anchor| !taken.contains(anchor)).unwrap_or(whole);
        taken.insert(term.anchor.clone());
    }
}
