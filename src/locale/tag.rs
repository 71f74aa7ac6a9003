//! Languages of a site: how each is named, addressed and written.

use icu_locale::subtags::{Language, Script, language, region, script};
use icu_locale::{Direction as ScriptDirection, LocaleCanonicalizer, LocaleDirectionality, LocaleExpander};
use serde::Serialize;

/// The way a script runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub(crate) enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// A language as it is written somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Locale {
    /// The BCP 47 tag in its canonical form: `zh-TW`.
    pub(crate) tag: String,
    /// The value of HTML's `lang` attribute. It names the script where the region asks for another one than the
    /// language has by default, since few programs know that: `zh-Hant-TW`, but `en`.
    pub(crate) language: String,
    /// The tag in addresses: `zh-tw`. Lower case ASCII.
    pub(crate) slug: String,
    pub(crate) direction: Direction,
    /// The language alone and the script it is written in, where that is known: what a reader has to know.
    reading: (Language, Option<Script>),
    is_taiwanese: bool,
}

impl Locale {
    /// Reads a BCP 47 tag in any letter case and brings it into its canonical form. None if it is not such a tag, or
    /// names no language.
    pub(crate) fn parse(tag: &str) -> Option<Self> {
        let mut locale = icu_locale::Locale::try_from_str(tag).ok()?;
        LocaleCanonicalizer::new_extended().canonicalize(&mut locale);
        if locale.id.language.is_unknown() {
            return None;
        }
        let likely = likely(&locale.id);
        let script = likely.script;
        let is_taiwanese = likely.language == language!("zh")
            && (script, likely.region) == (Some(script!("Hant")), Some(region!("TW")));
        let mut written = locale.clone();
        if locale.id.script.is_none() && script != self::likely(&locale.id.language.into()).script {
            written.id.script = script;
        }
        let tag = locale.to_string();
        Some(Self {
            slug: tag.to_ascii_lowercase(),
            tag,
            language: written.to_string(),
            direction: match LocaleDirectionality::new_extended().get(&locale.id) {
                Some(ScriptDirection::RightToLeft) => Direction::RightToLeft,
                _ => Direction::LeftToRight,
            },
            reading: (locale.id.language, script),
            is_taiwanese,
        })
    }

    /// The tag that is probably meant by something that is not quite one: `zh-TW` for `zh_TW`.
    pub(crate) fn probably(text: &str) -> Option<Self> {
        Self::parse(&text.trim().replace('_', "-"))
    }

    /// Whether it is written in Han characters, without spaces between words.
    pub(crate) fn is_han(&self) -> bool {
        const HAN: [Script; 5] = [script!("Hant"), script!("Hans"), script!("Hani"), script!("Jpan"), script!("Hanb")];
        self.reading.1.is_some_and(|script| HAN.contains(&script))
    }

    /// Whether it is Chinese as Taiwan writes it.
    pub(crate) fn is_taiwanese(&self) -> bool {
        self.is_taiwanese
    }

    /// Whether who reads the one can read the other: the language and the script are the same, as of `en` and `en-GB`.
    pub(crate) fn reads_like(&self, other: &Self) -> bool {
        self.reading == other.reading
    }
}

/// With the script and the region that are meant where none is named.
fn likely(language: &icu_locale::LanguageIdentifier) -> icu_locale::LanguageIdentifier {
    let mut likely = language.clone();
    LocaleExpander::new_extended().maximize(&mut likely);
    likely
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(tag: &str) -> Locale {
        Locale::parse(tag).unwrap_or_else(|| panic!("{tag} is a locale"))
    }

    #[test]
    fn the_language_attribute_names_the_script_only_where_it_is_not_the_default() {
        let written = [
            ("en", "en"),
            ("en-GB", "en-GB"),
            ("ja", "ja"),
            ("ar", "ar"),
            ("zh-TW", "zh-Hant-TW"),
            ("zh-HK", "zh-Hant-HK"),
            ("zh-CN", "zh-CN"),
            ("zh-Hant", "zh-Hant"),
            ("sr-ME", "sr-Latn-ME"),
            ("en-x-plain", "en-x-plain"),
        ];
        for (tag, language) in written {
            assert_eq!(locale(tag).language, language, "for {tag}");
        }
    }

    #[test]
    fn tags_are_made_canonical_and_slugs_lower_case() {
        assert_eq!((locale("ZH-tw").tag, locale("ZH-tw").slug), ("zh-TW".to_owned(), "zh-tw".to_owned()));
        assert_eq!(locale("iw").tag, "he");
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        for text in ["", "zh_TW", "english", "und", "x-private", "e", "en-", "-en", "en US", "繁體中文"] {
            assert_eq!(Locale::parse(text), None, "for {text}");
        }
        assert_eq!(Locale::probably("zh_tw").map(|locale| locale.tag), Some("zh-TW".to_owned()));
        assert_eq!(Locale::probably("en_US.UTF-8"), None);
    }

    #[test]
    fn direction_follows_the_script() {
        assert_eq!(locale("he").direction, Direction::RightToLeft);
        assert_eq!(locale("az-Arab").direction, Direction::RightToLeft);
        assert_eq!(locale("zh-TW").direction, Direction::LeftToRight);
        assert_eq!(locale("xx").direction, Direction::LeftToRight);
    }

    #[test]
    fn han_scripts_are_known_as_such() {
        assert!(["zh-TW", "zh", "ja", "zh-Hans-SG"].iter().all(|tag| locale(tag).is_han()));
        assert!(["ko", "en", "zh-Latn"].iter().all(|tag| !locale(tag).is_han()));
    }

    #[test]
    fn chinese_as_taiwan_writes_it_is_known_as_such() {
        assert!(["zh-TW", "zh-Hant", "zh-Hant-TW", "cmn-TW"].iter().all(|tag| locale(tag).is_taiwanese()));
        assert!(["zh", "zh-HK", "zh-Hans-TW", "ja", "en-TW", "nan-TW"].iter().all(|tag| !locale(tag).is_taiwanese()));
    }

    #[test]
    fn regions_of_one_language_read_alike_if_the_script_is_the_same() {
        assert!(locale("en-GB").reads_like(&locale("en")));
        assert!(locale("zh-HK").reads_like(&locale("zh-TW")));
        assert!(!locale("zh").reads_like(&locale("zh-TW")));
        assert!(!locale("sr-ME").reads_like(&locale("sr")));
    }
}
