//! The words of the interface, which pages show around the content.
//!
//! The built-in words stand in `i18n/`, one file for each language, and are compiled in by rust-i18n. A site can put
//! its own in the `i18n` folder of its content, for languages that Rungs does not speak or for words it would rather
//! use.
//! Those belong to one site, while rust-i18n's backend belongs to the process: so [`Words`] settles once for each site
//! who says what, and holds the outcome. Looking a word up is then one look into one table.

mod blank;
mod site_words;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use camino::Utf8Path;

pub(crate) use blank::{
    empty_words, is_spoken, no_words, with_missing_words, with_word, word_fault, words_to_translate,
};

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Place, Problems};
use crate::locale::{Locale, LocaleIndex, Plurals};
use crate::source::Sources;
use crate::text::{nearest, slice};

/// The key under which a language says its own name. Nobody else can say it in its place.
const NAME: &str = "locale.name";

/// The key under which a file of words says in which of rust-i18n's formats it is written.
const FORMAT_VERSION: &str = "_version";

/// Everything the interface of one site says, in every locale of the site.
#[derive(Debug)]
pub struct Words {
    by_locale: Vec<Vocabulary>,
    /// The plural rules of each locale of the site, followed by those of English.
    plurals: Vec<Plurals>,
}

/// The words of the interface in one locale, by key.
type Vocabulary = HashMap<String, Word>;

#[derive(Debug)]
struct Word {
    text: String,
    /// The locale whose plural rules the text follows, as an index into [`Words::plurals`].
    language: usize,
}

impl Words {
    /// Settles the words of each locale. The first source of a word wins: the site's own file for the locale, the
    /// built-in words for it, the same two for the source locale, then English.
    ///
    /// Reports what is wrong in the site's own files.
    pub fn new(sources: &Sources, config: &Config, problems: &Problems) -> Self {
        let own = site_words::read(sources, config, problems);
        let english = config.locales.len();
        let says = |language: usize| {
            let own = own[LocaleIndex(language)].iter().map(|(key, text)| (Cow::from(key), Cow::from(text)));
            own.chain(built_in_for(config.locale(LocaleIndex(language)))).map(move |(key, text)| (key, text, language))
        };
        let vocabulary = |index: LocaleIndex| {
            let locale = config.locale(index);
            let own_name = own[index].get(NAME).cloned().or_else(|| built_in_name(locale));
            let name = Word { text: own_name.unwrap_or_else(|| locale.tag.clone()), language: index.0 };
            let mut vocabulary = Vocabulary::from([(NAME.to_owned(), name)]);
            let english = built_in("en").into_iter().map(|(key, text)| (key, text, english));
            for (key, text, language) in says(index.0).chain(says(LocaleIndex::SOURCE.0)).chain(english) {
                vocabulary.entry(key.into_owned()).or_insert_with(|| Word { text: text.into_owned(), language });
            }
            vocabulary
        };
        let by_locale = config.locale_indices().map(vocabulary).collect();
        let tags = config.locales.iter().map(|locale| locale.tag.as_str()).chain(["en"]);
        let words = Self { by_locale, plurals: tags.map(Plurals::of).collect() };
        problems.extend(config.locale_indices().skip(1).filter_map(|locale| words.lack(locale, sources, config)));
        words
    }

    /// Returns whether it is a locale of the site.
    pub(crate) fn knows(&self, locale: LocaleIndex) -> bool {
        locale.0 < self.by_locale.len()
    }

    /// Returns the word of a locale for a key. None for a key that no language has.
    pub(crate) fn find(&self, locale: LocaleIndex, key: &str) -> Option<&str> {
        self.word(locale, key).map(|word| word.text.as_str())
    }

    /// Returns the word of a locale for a key of `i18n/en.toml`. In tests a key that is not there is a panic; readers then see the
    /// key.
    pub(crate) fn get<'a>(&'a self, locale: LocaleIndex, key: &'a str) -> &'a str {
        let said = self.find(locale, key);
        debug_assert!(said.is_some(), "i18n/en.toml lacks `{key}`");
        said.unwrap_or(key)
    }

    /// Returns the same with values for its placeholders: `%{name}` is filled by the value of `name`.
    pub(crate) fn phrase(&self, locale: LocaleIndex, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(locale, key), values)
    }

    /// Returns the text of a locale for a number of things: the text under `key.one`, `key.other` or another plural
    /// category of the language, with the number in place of `%{count}`.
    pub(crate) fn count(&self, locale: LocaleIndex, key: &str, number: usize) -> String {
        let Some(other) = self.word(locale, &format!("{key}.other")) else {
            debug_assert!(false, "i18n/en.toml lacks `{key}.other`");
            return key.to_owned();
        };
        let form = self.plurals[other.language].form(number);
        // Who says the general form has to say the particular one: its language decided which one is wanted.
        let particular = self.word(locale, &format!("{key}.{form}")).filter(|word| word.language == other.language);
        fill(&particular.unwrap_or(other).text, &[("count", &number.to_string())])
    }

    /// Returns the key that is most like one that no language has. Those of plurals are named without their form.
    pub(crate) fn nearest(&self, locale: LocaleIndex, key: &str) -> Option<&str> {
        let keys = self.by_locale[locale.0].keys();
        // In a fixed order, so that of two that are equally near it is always the same.
        let keys: BTreeSet<_> = keys.map(|key| key.strip_suffix(".other").unwrap_or(key)).collect();
        nearest(key, keys)
    }

    /// Returns what a key says in all locales of the site and in all languages that Rungs has.
    pub(crate) fn everywhere(&self, key: &str) -> BTreeSet<String> {
        let own = (0..self.by_locale.len()).filter_map(|locale| self.find(LocaleIndex(locale), key)).map(str::to_owned);
        let tags = crate::_RUST_I18N_BACKEND.available_locales();
        let said = tags.iter().filter_map(|tag| crate::_RUST_I18N_BACKEND.translate(tag, key));
        own.chain(said.map(Cow::into_owned)).collect()
    }

    /// Returns the name of a locale in its own language: `繁體中文（台灣）`. Its tag if there is none.
    pub(crate) fn name(&self, locale: LocaleIndex) -> &str {
        self.get(locale, NAME)
    }

    /// Reports what a locale does not say, if its site has begun to say it.
    fn lack(&self, locale: LocaleIndex, sources: &Sources, config: &Config) -> Option<Diagnostic> {
        const NAMED: usize = 3;
        let tag = &config.locale(locale).tag;
        let path = format!("i18n/{tag}.toml");
        sources.text(Utf8Path::new(&path))?;
        let keys = self.keys(locale, tag);
        let missing: Vec<_> = keys.iter().filter(|(_, is_own)| !is_own).map(|(key, _)| format!("`{key}`")).collect();
        let (named, rest) = missing.split_at(missing.len().min(NAMED));
        let message = format!(
            "{tag} lacks {missing} of the {all} words of the interface",
            missing = missing.len(),
            all = keys.len()
        );
        let problem = Place::file(path).problem(Code::MissingWords, message);
        let named = crate::text::list(named);
        let help = match rest.len() {
            0 => format!("translate {named}; until then, readers see the words of the source"),
            rest => format!("translate {named} and {rest} more; until then, readers see the words of the source"),
        };
        (!missing.is_empty()).then(|| problem.help(help))
    }

    /// Returns the keys of all that a locale can say, each with whether it says it itself.
    pub(crate) fn keys(&self, locale: LocaleIndex, tag: &str) -> Vec<(String, bool)> {
        let own = |key: &str| self.word(locale, key).is_some_and(|word| word.language == locale.0 && key != NAME);
        let own_name = |key: &str| key == NAME && self.get(locale, NAME) != tag;
        site_words::known(tag)
            .into_keys()
            .map(|key| (own(&key) || own_name(&key), key))
            .map(|(own, key)| (key, own))
            .collect()
    }

    fn word(&self, locale: LocaleIndex, key: &str) -> Option<&Word> {
        self.by_locale[locale.0].get(key)
    }
}

/// Returns the keys and texts of one built-in file. None for languages that have no file.
fn built_in(tag: &str) -> Vec<(Cow<'static, str>, Cow<'static, str>)> {
    let mut words = crate::_RUST_I18N_BACKEND.messages_for_locale(tag).unwrap_or_default();
    words.retain(|(key, _)| key != FORMAT_VERSION);
    words
}

/// Returns the built-in words that a reader of a locale can read: those for its very tag, or else for the same language
/// in the same script.
fn built_in_for(locale: &Locale) -> Vec<(Cow<'static, str>, Cow<'static, str>)> {
    let exact = built_in(&locale.tag);
    if !exact.is_empty() {
        return exact;
    }
    let tags = crate::_RUST_I18N_BACKEND.available_locales();
    let like = tags.iter().find(|tag| Locale::parse(tag).is_some_and(|other| other.reads_like(locale)));
    like.map(|tag| built_in(tag)).unwrap_or_default()
}

fn built_in_name(locale: &Locale) -> Option<String> {
    crate::_RUST_I18N_BACKEND.translate(&locale.tag, NAME).map(Cow::into_owned)
}

/// Fills `%{name}` by the value of `name`. Placeholders without a value stay.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, name, after)) = next_placeholder(rest) {
        filled.push_str(before);
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.push_str(slice(rest, before.len()..rest.len() - after.len())),
        }
        rest = after;
    }
    filled + rest
}

/// Returns the text before the next placeholder, its name, and the text behind it.
fn next_placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, opened) = text.split_once("%{")?;
    let (name, after) = opened.split_once('}')?;
    Some((before, name, after))
}

/// Returns the names of all placeholders in a text.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, name, after) = next_placeholder(rest)?;
        rest = after;
        Some(name)
    })
}
