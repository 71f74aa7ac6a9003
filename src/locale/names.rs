//! The names of languages for readers of others, from CLDR: <https://cldr.unicode.org/>.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Locale;

/// By the language of the reader: the names of languages by their tags.
static NAMES: LazyLock<BTreeMap<String, BTreeMap<String, String>>> =
    LazyLock::new(|| toml::from_str(include_str!("names.toml")).expect("it is written by a program, and tested"));

impl Locale {
    /// Returns what readers of another locale call the language: 英文 for `en` in `zh-TW`. None if that is not known.
    pub(crate) fn name_for(&self, reader: &Self) -> Option<&'static str> {
        let names = reader.tags().into_iter().flatten().find_map(|tag| NAMES.get(&tag))?;
        self.tags().into_iter().flatten().find_map(|tag| names.get(&tag)).map(String::as_str)
    }

    /// Returns the tag, and what names the language with less detail: `zh-TW`, `zh-Hant`. The language alone comes last, if it
    /// is written in its usual script.
    fn tags(&self) -> [Option<String>; 3] {
        let (language, script) = (self.reading.0, self.reading.1);
        let scripted = script.map(|script| format!("{language}-{script}"));
        let is_usual =
            !self.language.contains(&format!("-{}", script.map_or("?".to_owned(), |script| script.to_string())));
        [Some(self.tag.clone()), scripted, is_usual.then(|| language.to_string())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(language: &str, reader: &str) -> Option<&'static str> {
        let locale = |tag| Locale::parse(tag).expect("a tag");
        locale(language).name_for(&locale(reader))
    }

    #[test]
    fn every_language_that_pages_speak_names_the_others() {
        for file in std::fs::read_dir("i18n").expect("the words of the interface") {
            let file = file.expect("a file").file_name().into_string().expect("UTF-8");
            let tag = file.trim_end_matches(".toml");
            assert!(name("en", tag).is_some(), "add {tag} to READERS in names.mjs, and run it");
        }
    }

    #[test]
    fn a_language_is_named_in_that_of_the_reader() {
        assert_eq!(name("en", "zh-TW"), Some("英文"));
        assert_eq!(name("zh-TW", "zh-TW"), Some("繁體中文"));
        assert_eq!(name("zh-TW", "en-GB"), Some("Traditional Chinese"));
        assert_eq!(name("pt-BR", "en"), Some("Brazilian Portuguese"));
        assert_eq!(name("de-LU", "ja"), Some("ドイツ語"));
        assert_eq!(name("zh-CN", "en"), Some("Simplified Chinese"));
        assert_eq!(name("en", "zh-CN"), None, "its readers do not read traditional characters");
        assert_eq!(name("tlh", "en"), None);
    }
}
