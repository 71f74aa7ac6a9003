//! Languages of a site: how each is named, addressed and written.

use icu_locale::subtags::{Language, Region, Script, language, region, script};
use icu_locale::{Direction as ScriptDirection, LocaleCanonicalizer, LocaleDirectionality, LocaleExpander};
use serde::Serialize;

/// The way a script runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub(crate) enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// Returns the value of HTML's `dir` attribute.
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
    pub(super) reading: (Language, Option<Script>),
    region: Option<Region>,
    /// The value of Open Graph's `og:locale`: language and region, `zh_TW`, with the region where most people write
    /// it if the tag names none. <https://ogp.me/#optional>
    pub(crate) open_graph: String,
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
            region: locale.id.region,
            open_graph: match locale.id.region.or(likely.region) {
                Some(region) => format!("{language}_{region}", language = locale.id.language),
                None => locale.id.language.to_string(),
            },
            is_taiwanese,
        })
    }

    /// Returns the tag that is probably meant by something that is not quite one: `zh-TW` for `zh_TW`.
    pub(crate) fn probably(text: &str) -> Option<Self> {
        Self::parse(&text.trim().replace('_', "-"))
    }

    /// Returns whether its language and region are known. `jp` is the code of no language, and `XX` that of no region.
    ///
    /// CLDR's likely subtags tell the script of each language with a code of two letters, and the language of each
    /// region where that is not English. Of languages with longer codes they leave some out, so these all count as
    /// known,
    /// as do the numbers of larger regions, such as `419`.
    pub(crate) fn is_known(&self) -> bool {
        let (language, script) = self.reading;
        let is_region = |region: Region| !region.is_alphabetic() || spoken_in(region).is_some();
        (script.is_some() || language.as_str().len() > 2) && self.region.is_none_or(is_region)
    }

    /// Returns the likely locale for one that is not [known](Self::is_known): `ja` for `jp`, `zh` for `zh-XX`.
    pub(crate) fn meant(&self) -> Option<Self> {
        let (language, script) = self.reading;
        match script {
            Some(_) => Self::parse(language.as_str()),
            None => spoken_in(Region::try_from_str(language.as_str()).ok()?),
        }
    }

    /// Returns the likely locale for one that few people write, if its code is often taken for a country's: `ko` for
    /// `kr`, which is Kanuri.
    pub(crate) fn mistaken_for(&self) -> Option<(&'static str, Self)> {
        let (code, name, meant) = MISTAKEN.into_iter().find(|(code, ..)| *code == self.tag)?;
        debug_assert_eq!(code, self.tag);
        Some((name, Self::parse(meant)?))
    }

    /// Returns whether it is written in Han characters, without spaces between words.
    pub(crate) fn is_han(&self) -> bool {
        const HAN: [Script; 5] = [script!("Hant"), script!("Hans"), script!("Hani"), script!("Jpan"), script!("Hanb")];
        self.reading.1.is_some_and(|script| HAN.contains(&script))
    }

    /// Returns whether it is Chinese as Taiwan writes it.
    pub(crate) fn is_taiwanese(&self) -> bool {
        self.is_taiwanese
    }

    /// Returns whether both may name one language of one country: of `zh-Hant` and `zh-TW`, not of `pt-PT` and `pt-BR`.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.reads_like(other) && (self.region.is_none() || other.region.is_none() || self.region == other.region)
    }

    /// Returns whether who reads the one can read the other: the language and the script are the same, as of `en` and
    /// `en-GB`.
    pub(crate) fn reads_like(&self, other: &Self) -> bool {
        self.reading == other.reading
    }
}

/// Codes of languages that are mistaken for the code of a country or its language: the code, the name of its language,
/// and the likely code.
const MISTAKEN: [(&str, &str, &str); 4] =
    [("br", "Breton", "pt-BR"), ("kr", "Kanuri", "ko"), ("se", "Northern Sami", "sv"), ("tw", "Twi", "zh-TW")];

/// Regions of ISO 3166-1, including reserved ones, that CLDR's likely subtags leave out: unknown regions count as
/// English there.
const ENGLISH: &str = "AC AG AI AQ AU BB BM BS BW BZ CA CK CQ CX DG DM FJ FK FM GB GD GG GI GM GS GU GY HM IE IM IO JE JM \
    KI KN KY LC LR MH MP MS MW NF NG NR NU NZ PN SB SG SH SL SX SZ TA TC TT UM VC VG VI ZA ZM";

/// Returns the language that most people of a region write. It names the region where it is written otherwise
/// elsewhere. None if there is no such region.
fn spoken_in(region: Region) -> Option<Locale> {
    if ENGLISH.split_whitespace().any(|code| code == region.as_str()) {
        return Locale::parse(&format!("en-{region}"));
    }
    let mut found = icu_locale::LanguageIdentifier { region: Some(region), ..icu_locale::LanguageIdentifier::UNKNOWN };
    let expander = LocaleExpander::new_extended();
    expander.maximize(&mut found);
    let is_found = !found.language.is_unknown();
    expander.minimize(&mut found);
    is_found.then(|| Locale::parse(&found.to_string()))?
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
    fn open_graph_names_language_and_region() {
        for (tag, written) in
            [("en", "en_US"), ("en-GB", "en_GB"), ("zh-TW", "zh_TW"), ("zh-Hant", "zh_TW"), ("sr-Latn", "sr_RS")]
        {
            assert_eq!(locale(tag).open_graph, written, "for {tag}");
        }
    }

    #[test]
    fn codes_of_no_language_and_no_region_are_not_known() {
        for (tag, meant) in [
            ("jp", Some("ja")),
            ("cn", Some("zh")),
            ("dk", Some("da")),
            ("cz", Some("cs")),
            ("gr", Some("el")),
            ("hk", Some("zh-HK")),
            ("us", Some("en")),
            ("zh-XX", Some("zh")),
            ("en-AA", Some("en")),
            ("xx", None),
            ("xx-XX", None),
        ] {
            let locale = locale(tag);
            assert!(!locale.is_known(), "{tag} is not known");
            assert_eq!(locale.meant().map(|meant| meant.tag).as_deref(), meant, "for {tag}");
        }
    }

    #[test]
    fn the_languages_and_regions_of_the_world_are_known() {
        let languages = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
                         dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie \
                         ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv \
                         mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn nr nv ny oc oj om or os pa pi pl ps pt qu rm rn \
                         ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tn to tr ts tt tw \
                         ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ase nan gsw hsb";
        for tag in languages.split_whitespace() {
            assert!(locale(tag).is_known(), "{tag} is known");
        }
        for tag in ["en-GB", "en-US", "zh-TW", "zh-HK", "es-419", "en-001", "en-AQ", "pt-BR", "fr-CH", "sr-ME", "en-UK"]
        {
            assert!(locale(tag).is_known(), "{tag} is known");
        }
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
