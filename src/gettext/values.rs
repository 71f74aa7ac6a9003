//! Texts that stand in TOML beside their translations: those of `site.toml` and of the glossary, and the words of the
//! interface.
//!
//! In the first two, a table that has the tag of the source among its keys holds a text in each language. Whatever such
//! table somebody adds to one of them is found by that.

use std::collections::{BTreeMap, HashSet};

use camino::{Utf8Path, Utf8PathBuf};
use toml_edit::{Array, Document, InlineTable, Item, TableLike, Value};

use crate::blocks::{edited, line_end_of, list, put, put_in_order};
use crate::config::SITE;
use crate::diagnostic::{Place, Span};
use crate::glossary::GLOSSARY;
use crate::interface;
use crate::locale::LocaleIndex;
use crate::model::Site;
use crate::source::Sources;
use crate::text::counted;
use crate::translation::normal;

/// A text that stands beside its translations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ValueText {
    /// The name of the text in a PO file: `site.toml:title`, `interface:navigation.home`.
    pub(super) key: String,
    pub(super) kind: &'static str,
    /// What a translator has to know.
    pub(super) hint: Option<&'static str>,
    /// In normal form. The texts of a list stand on lines of their own.
    pub(super) source: String,
    pub(super) own: Option<String>,
    /// Where the source stands, if the site says it.
    pub(super) place: Option<Place>,
    target: Target,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    /// A table with a text for each language, by the keys and the numbers that lead to it.
    Table { path: &'static str, steps: Vec<Step>, form: Form },
    /// A word of the interface.
    Word(String),
}

/// A key, with a place in the list that stands there.
type Step = (String, Option<usize>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    /// As many texts as in the source.
    List(usize),
    /// Any number of texts.
    Words,
    /// A text under a key, which becomes a table with a text for each language.
    Only(&'static str),
}

/// Returns the texts that have to be translated into a locale, those of `site.toml` first, then those of the glossary
/// and the words of the interface.
pub(super) fn texts(site: &Site, sources: &Sources, locale: LocaleIndex) -> Vec<ValueText> {
    let tags = [LocaleIndex::SOURCE, locale].map(|locale| site.config.locale(locale).tag.as_str());
    let mut texts = Vec::new();
    for path in [SITE, GLOSSARY] {
        let Some(document) = sources.text(Utf8Path::new(path)).and_then(|text| Document::parse(text).ok()) else {
            continue;
        };
        let mut finder = Finder { path, tags, seen: HashSet::new(), texts: Vec::new() };
        finder.table(document.as_table(), None, &[], &[]);
        texts.append(&mut finder.texts);
    }
    texts.extend(words(site, sources, locale));
    texts
}

/// Returns the words of the interface that have to be translated into a locale.
fn words(site: &Site, sources: &Sources, locale: LocaleIndex) -> Vec<ValueText> {
    let paths = [locale, LocaleIndex::SOURCE].map(|locale| words_file(site, locale));
    let files = paths.each_ref().map(|path| Some((path.as_path(), sources.text(path)?)));
    let [own, source] = [locale, LocaleIndex::SOURCE].map(|locale| site.config.locale(locale));
    let words = interface::words_to_translate(own, source, files).into_iter().map(|(key, source, own)| ValueText {
        key: format!("interface:{key}"),
        kind: "interface",
        hint: (key == "locale.name").then_some("The name of the language in the language itself"),
        source,
        own,
        place: None,
        target: Target::Word(key),
    });
    words.collect()
}

fn words_file(site: &Site, locale: LocaleIndex) -> Utf8PathBuf {
    format!("i18n/{tag}.toml", tag = site.config.locale(locale).tag).into()
}

struct Finder<'a> {
    path: &'static str,
    /// Those of the source and of the translation.
    tags: [&'a str; 2],
    seen: HashSet<String>,
    texts: Vec<ValueText>,
}

impl Finder<'_> {
    /// Finds the texts in a table, which the steps lead to. Its names are those steps as people know them.
    fn table(&mut self, table: &dyn TableLike, span: Option<Span>, steps: &[Step], names: &[String]) {
        let is_term = self.path == GLOSSARY && steps.len() == 1;
        if let Some((source, form)) = table.get(self.tags[0]).and_then(|item| said(item, is_term)) {
            let own = table.get(self.tags[1]).and_then(|item| said(item, is_term));
            let mut key = format!("{}:{}", self.path, names.join("/"));
            while !self.seen.insert(key.clone()) {
                key.push('+');
            }
            let place = table.get(self.tags[0]).and_then(Item::span).or(span).unwrap_or_default();
            let (path, steps) = (self.path, steps.to_vec());
            self.texts.push(ValueText {
                key,
                kind: path,
                hint: match form {
                    Form::Text | Form::Only(_) => None,
                    Form::List(_) => Some("One text per line, as many as in the source"),
                    Form::Words => Some(
                        "One word per line, the preferred one first; there may be more or fewer than in the source",
                    ),
                },
                source,
                own: own.map(|(own, _)| own).filter(|own| !own.trim().is_empty()),
                place: Some(Place::new(path, place)),
                target: Target::Table { path, steps, form },
            });
        }
        if let Some(note) = table.get("note").filter(|_| is_term)
            && let Some(text) = note.as_str()
        {
            let place = note.span().unwrap_or_default();
            let steps = steps.to_vec();
            self.texts.push(ValueText {
                key: format!("{}:{}/note", self.path, names.join("/")),
                kind: GLOSSARY,
                hint: None,
                source: normal(text),
                own: None,
                place: Some(Place::new(self.path, place)),
                target: Target::Table { path: self.path, steps, form: Form::Only("note") },
            });
        }
        for (key, item) in table.iter() {
            // What is checked in each language is no text, and by which words a term is looked for no translation of others.
            if steps.is_empty() && key == "check" || is_term && key == "also" {
                continue;
            }
            let below = |at: Option<usize>| [steps, &[(key.to_owned(), at)]].concat();
            // A glossary is a list of nothing but terms.
            let is_named = self.path != GLOSSARY || !names.is_empty();
            let named = |name: Option<String>| {
                let own = Some(key.to_owned()).filter(|_| is_named);
                [names, &own.into_iter().chain(name).collect::<Vec<_>>()].concat()
            };
            if let Some(table) = item.as_table_like() {
                let names = named(None);
                self.table(table, item.span(), &below(None), &names);
            }
            let tables: Vec<(&dyn TableLike, Option<Span>)> = match item {
                Item::ArrayOfTables(tables) => {
                    tables.iter().map(|table| (table as &dyn TableLike, table.span())).collect()
                }
                Item::Value(Value::Array(list)) => {
                    let tables = list.iter().filter_map(|value| Some((value.as_inline_table()?, value.span())));
                    tables.map(|(table, span)| (table as &dyn TableLike, span)).collect()
                }
                _ => Vec::new(),
            };
            for (at, (table, span)) in tables.into_iter().enumerate() {
                let name = self.name(table).unwrap_or_else(|| (at + 1).to_string());
                let names = named(Some(name));
                self.table(table, span, &below(Some(at)), &names);
            }
        }
    }

    /// Returns the name of a table in a list, which does not change when others come before it.
    fn name(&self, table: &dyn TableLike) -> Option<String> {
        if self.path == GLOSSARY {
            let (source, _) = said(table.get(self.tags[0])?, true)?;
            let context = table.get("context").and_then(Item::as_str).map(|context| format!(" ({context})"));
            return Some(format!("{}{}", source.lines().next()?, context.unwrap_or_default()));
        }
        ["key", "folder", "url", "locale"].into_iter().find_map(|key| Some(table.get(key)?.as_str()?.to_owned()))
    }
}

/// Returns what a value says in normal form. None if it is neither a text nor a list of texts.
fn said(item: &Item, is_term: bool) -> Option<(String, Form)> {
    if let Some(text) = item.as_str() {
        return Some((normal(text), if is_term { Form::Words } else { Form::Text }));
    }
    let texts: Option<Vec<_>> = item.as_array()?.iter().map(|value| value.as_str().map(normal)).collect();
    let texts = texts.filter(|texts| !texts.is_empty())?;
    let form = if is_term { Form::Words } else { Form::List(texts.len()) };
    Some((texts.join("\n"), form))
}

impl ValueText {
    /// Returns a translation in normal form, or why it cannot be one, with advice.
    pub(super) fn read(&self, site: &Site, locale: LocaleIndex, text: &str) -> Result<String, (String, String)> {
        let lines: Vec<_> = text.lines().map(normal).filter(|line| !line.is_empty()).collect();
        match &self.target {
            Target::Word(key) => {
                let text = text.trim().to_owned();
                interface::word_fault(site.config.locale(locale), key, &text).map_or(Ok(text), Err)
            }
            Target::Table { form: Form::Text | Form::Only(_), .. } => Ok(normal(text)),
            Target::Table { form: Form::List(count), .. } if lines.len() != *count => {
                let message =
                    format!("{} has {}, but its source has {count}", self.key, counted(lines.len(), "line", "lines"));
                Err((message, "write one line for each line of the source".to_owned()))
            }
            Target::Table { .. } => Ok(lines.join("\n")),
        }
    }
}

/// Writes translations into the files of a site, and returns those that change.
pub(super) fn written<'a>(
    site: &Site,
    sources: &Sources,
    locale: LocaleIndex,
    values: impl Iterator<Item = (&'a ValueText, &'a str)>,
) -> BTreeMap<Utf8PathBuf, String> {
    let mut of_files: BTreeMap<Utf8PathBuf, Vec<(&ValueText, &str)>> = BTreeMap::new();
    for (value, new) in values {
        let path = match &value.target {
            Target::Table { path, .. } => Utf8PathBuf::from(*path),
            Target::Word(_) => words_file(site, locale),
        };
        of_files.entry(path).or_default().push((value, new));
    }
    let of_file = |(path, values): (Utf8PathBuf, Vec<(&ValueText, &str)>)| {
        let old = sources.text(&path);
        let words = values.iter().filter_map(|(value, new)| match &value.target {
            Target::Word(key) => Some((key, *new)),
            Target::Table { .. } => None,
        });
        let with_words = words.fold(None, |text: Option<String>, (key, new)| {
            let text = text.unwrap_or_else(|| old.map_or_else(interface::no_words, str::to_owned));
            Some(interface::with_word(&text, key, new))
        });
        let old = old.unwrap_or_default();
        let with_tables = || {
            edited(old, line_end_of(old), |document| {
                let mut is_changed = false;
                for (value, new) in &values {
                    if let Target::Table { steps, form, .. } = &value.target
                        && let Some(table) = table_at(document.as_table_mut(), steps)
                    {
                        put_text(table, site, locale, *form, new);
                        is_changed = true;
                    }
                }
                is_changed.then_some(())
            })
        };
        Some((path, with_words.or_else(with_tables)?))
    };
    of_files.into_iter().filter_map(of_file).collect()
}

fn table_at<'t>(root: &'t mut dyn TableLike, steps: &[Step]) -> Option<&'t mut dyn TableLike> {
    let mut table = root;
    for (key, at) in steps {
        let item = table.get_mut(key)?;
        table = match (at, item) {
            (None, item) => item.as_table_like_mut()?,
            (Some(at), Item::ArrayOfTables(tables)) => tables.get_mut(*at)?,
            (Some(at), Item::Value(Value::Array(list))) => list.get_mut(*at)?.as_inline_table_mut()?,
            _ => return None,
        };
    }
    Some(table)
}

fn put_text(table: &mut dyn TableLike, site: &Site, locale: LocaleIndex, form: Form, new: &str) {
    let lines: Vec<_> = new.lines().collect();
    let tag = &site.config.locale(locale).tag;
    let source = site.config.locale(LocaleIndex::SOURCE).tag.as_str();
    if let Form::Only(key) = form {
        let text = table.get(key).and_then(Item::as_str).map(Value::from);
        let texts = text.map(|text| [(source, text), (tag, new.into())].into_iter().collect());
        return texts.into_iter().for_each(|texts: InlineTable| put(table, key, Some(Value::InlineTable(texts))));
    }
    let is_list = match form {
        Form::Text | Form::Only(_) => false,
        Form::List(_) => true,
        Form::Words => lines.len() > 1,
    };
    let like = table.get(source).and_then(Item::as_array).cloned();
    let value = if is_list { laid_out(list(lines), like.as_ref()) } else { Value::from(new) };
    if table.contains_key(tag) {
        return put(table, tag, Some(value));
    }
    // Languages stand together, in the order in which the site names them.
    let before: HashSet<_> = site.config.locales.iter().take(locale.0).map(|locale| locale.tag.as_str()).collect();
    let is_before = |key: &str| before.contains(key);
    put_in_order(table, tag, value, is_before);
}

/// Lays a list out as its source is: each text on a line of its own, if that is so there.
fn laid_out(mut value: Value, like: Option<&Array>) -> Value {
    let decor = like.and_then(|like| Some(like.iter().next()?.decor().prefix()?.as_str()?.to_owned()));
    if let (Value::Array(list), Some(prefix)) = (&mut value, decor.filter(|prefix| prefix.contains('\n'))) {
        list.iter_mut().for_each(|text| text.decor_mut().set_prefix(prefix.as_str()));
        list.set_trailing("\n");
        list.set_trailing_comma(true);
    }
    value
}
