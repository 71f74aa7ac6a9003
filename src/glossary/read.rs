//! From `glossary.toml` to terms.

use std::collections::{BTreeMap, HashMap, HashSet};

use camino::Utf8Path;
use serde::Deserialize;

use super::{GLOSSARY, Glossary, Term};
use crate::config::Config;
use crate::config::table::{Spanned, Split, TomlReader, Value, instead_of};
use crate::diagnostic::{Code, Place, Problems};
use crate::locale::LocaleIndex;
use crate::source::Sources;
use crate::text::heading_anchor;

/// The keys of a term beside the tags of locales.
#[derive(Deserialize, Default)]
struct WrittenTerm {
    context: Option<Spanned<String>>,
    link: Option<bool>,
    #[serde(default)]
    was: Vec<Spanned<String>>,
}

pub(super) fn read(sources: &Sources, config: &Config, problems: &Problems) -> Glossary {
    let Some(text) = sources.text(Utf8Path::new(GLOSSARY)) else { return Default::default() };
    let reader = TomlReader::new(GLOSSARY, 0, text, problems);
    let mut terms: Vec<(Term, Vec<Spanned<String>>)> = Vec::new();
    if let Some(whole) = reader.whole() {
        let mut seen = HashMap::new();
        let tables = whole.get("term").map(|list| list.tables()).unwrap_or_default();
        terms.extend(tables.into_iter().filter_map(|table| term(&table, config, &reader, &mut seen)));
        whole.only(&["term"]);
    }
    let (mut terms, former): (Vec<_>, Vec<_>) = terms.into_iter().unzip();
    give_anchors(&mut terms);
    for (at, was) in former.into_iter().enumerate().flat_map(|(at, was)| was.into_iter().map(move |was| (at, was))) {
        rename(&mut terms, at, &was, &reader);
    }
    Glossary { terms }
}

/// Returns one term with its former names. One that cannot be used is reported. `seen` holds terms with their contexts,
/// in lower case.
fn term(
    table: &Value<'_>,
    config: &Config,
    reader: &TomlReader<'_>,
    seen: &mut HashMap<(String, Option<String>), Place>,
) -> Option<(Term, Vec<Spanned<String>>)> {
    let Split { read, known, others } = table.split();
    let WrittenTerm { context, link, was } = read.unwrap_or_default();
    let context = context.and_then(|text| Some(filled(reader, text)?.value));
    let known = [known, &["note", "also"]].concat();
    let (mut notes, mut also) = (BTreeMap::new(), BTreeMap::new());
    let mut words: BTreeMap<_, Vec<Spanned<String>>> = BTreeMap::new();
    for (key, value) in others {
        if key.value == "note" {
            notes = of_languages(&value, config, reader, |value| Some(filled(reader, value.read()?)?.value));
        } else if key.value == "also" {
            also = of_languages(&value, config, reader, |value| Some(values(filled_words(reader, value))));
        } else if let Some(locale) = locale(&key, &known, config, reader) {
            words.insert(locale, filled_words(reader, &value));
        }
    }
    let source = &config.locale(LocaleIndex::SOURCE).tag;
    let Some(names) = words.get(&LocaleIndex::SOURCE) else {
        let message = format!("a term without its source, `{source}`");
        let problem = reader.place(&table.span).problem(Code::MissingKey, message);
        reader.report(problem.help(format!("add `{source} = \"…\"`")));
        return None;
    };
    // One that is empty has been reported.
    let name = names.first()?;
    let place = reader.place(&name.span);
    let key = (name.value.to_lowercase(), context.clone());
    if let Some(first) = seen.get(&key) {
        let problem =
            place.problem(Code::InvalidValue, format!("the term `{term}` is defined twice", term = name.value));
        let problem = problem.label("again here").related(first.clone(), "first here");
        reader.report(problem.help("combine the two, or distinguish them with `context = \"…\"`"));
        return None;
    }
    seen.insert(key, place.clone());
    let words = words.into_iter().map(|(locale, words)| (locale, values(words))).collect();
    let term = Term {
        anchor: String::new(),
        was: Vec::new(),
        context,
        words,
        also,
        notes,
        is_linked: link.unwrap_or(true),
        place,
    };
    Some((term, was.into_iter().filter_map(|was| filled(reader, was)).collect()))
}

/// Returns the locale that a key is the tag of. One that is not of the site is reported.
fn locale(key: &Spanned<String>, known: &[&str], config: &Config, reader: &TomlReader<'_>) -> Option<LocaleIndex> {
    let found = config.locale_indices().find(|&index| config.locale(index).tag == key.value);
    if found.is_none() {
        let tags = config.locales.iter().map(|locale| locale.tag.as_str());
        let known: Vec<_> = tags.chain(known.iter().copied()).collect();
        let message = format!("unknown key `{key}`: it is not a locale of the site", key = key.value);
        let problem = reader.place(&key.span).problem(Code::UnknownKey, message);
        reader.report(problem.help(instead_of(&key.value, &known)));
    }
    found
}

/// Returns what a key says of a term: for readers of the source, or in a table for those of each locale.
fn of_languages<T>(
    value: &Value<'_>,
    config: &Config,
    reader: &TomlReader<'_>,
    read: impl Fn(&Value<'_>) -> Option<T>,
) -> BTreeMap<LocaleIndex, T> {
    match value.clone().if_table() {
        Some(table) => {
            let entries = table.entries().into_iter();
            entries.filter_map(|(key, value)| Some((locale(&key, &[], config, reader)?, read(&value)?))).collect()
        }
        None => read(value).map(|said| (LocaleIndex::SOURCE, said)).into_iter().collect(),
    }
}

fn values(words: Vec<Spanned<String>>) -> Vec<String> {
    words.into_iter().map(|word| word.value).collect()
}

/// Returns the words of one locale. Empty ones are reported and left out.
fn filled_words(reader: &TomlReader<'_>, value: &Value<'_>) -> Vec<Spanned<String>> {
    let words = match value.is_list() {
        true => value.read(),
        false => value.read().map(|word| vec![word]),
    };
    let Some(words) = words else { return Vec::new() };
    if words.is_empty() {
        let problem = reader.place(&value.span).problem(Code::InvalidValue, "a term without a word");
        reader.report(problem.help("write a word between the brackets, or remove the key"));
    }
    words.into_iter().filter_map(|word| filled(reader, word)).collect()
}

fn filled(reader: &TomlReader<'_>, text: Spanned<String>) -> Option<Spanned<String>> {
    if text.value.chars().any(|c| !c.is_whitespace() && c != '…') {
        return Some(text);
    }
    let problem = reader.place(&text.span).problem(Code::InvalidValue, "an empty text");
    reader.report(problem.help("write it between the quotes, or remove the key"));
    None
}

/// Gives a term a former name, or reports why it cannot have had it.
fn rename(terms: &mut [Term], at: usize, was: &Spanned<String>, reader: &TomlReader<'_>) {
    let anchor = heading_anchor(&was.value);
    let has_it = |term: &Term| term.anchor == anchor || term.was.contains(&anchor);
    let Some(by) = terms.iter().position(has_it) else {
        terms[at].was.push(anchor);
        return;
    };
    let message = format!("`{was}` cannot be the former name of this term", was = was.value);
    let problem = reader.place(&was.span).problem(Code::InvalidValue, message);
    let problem = if by == at { problem } else { problem.related(terms[by].place.clone(), "it is this term's") };
    reader.report(problem.help("use former words of this term that no other term has or had"));
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
