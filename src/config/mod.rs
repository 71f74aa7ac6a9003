//! The configuration of a site, `site.toml`.
//!
//! Two types, never mixed: `written` is the file as its owner wrote it, with spans and with everything optional;
//! [`Config`] is what it means, complete. [`read`] leads from the one to the other and reports what is wrong.

mod address;
mod checks;
mod collection;
mod colour;
mod inheritance;
mod licence;
mod note_group;
mod pairs;
mod placeholder;
mod provenance;
mod resolve;
mod schema;
pub(crate) mod table;
#[cfg(test)]
mod tests;
mod theme;
mod unnamed;
mod worksheet;
mod written;

use std::collections::HashMap;

use camino::{Utf8Path, Utf8PathBuf};
use typed_index_collections::TiVec;
use url::Url;

use crate::diagnostic::{Allowance, Allowed, Code, Place};
use crate::handle::{CollectionIndex, SharedCategoryIndex, SharedThreadIndex};
use crate::locale::{Locale, LocaleIndex, Localized};

pub(crate) use checks::{Checks, Spacing, StyleRules};
pub use collection::Collection;
pub(crate) use collection::CollectionKind;
pub(crate) use colour::{Colour, Lighting, READ_ON, Rgb, TINTS, Tint};
pub(crate) use licence::{KnownLicence, named_in, of_spdx};
pub(crate) use note_group::NoteGroup;
pub(crate) use pairs::{LevelPairs, LocalePairs};
pub(crate) use placeholder::{
    BASE_URL, TO_FILL_IN, TO_FILL_IN_ZH, UNKNOWN_ADDRESS, is_placeholder, is_placeholder_address,
};
pub use resolve::{Overrides, read};
pub(crate) use resolve::{SITE, goes_on_in_digits, is_prefix};
pub use schema::schema;
pub(crate) use theme::{FontFace, THEME_FILES, ThemeConfig};
pub(crate) use worksheet::WorksheetConfig;
pub(crate) use written::PartyKind;

/// The resolved configuration of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    pub(crate) title: Localized<String>,
    /// One sentence about the site, for search engines and the home page.
    pub(crate) description: Localized<String>,
    /// Where the site will stand. Always http or https, and ends in `/`.
    pub(crate) base_url: Url,
    /// Where the site stood before, the oldest first.
    pub(crate) former_base_urls: Vec<Url>,
    /// The source locale, then the others in the order of `site.toml`.
    pub(crate) locales: TiVec<LocaleIndex, Locale>,
    pub(crate) ladders: Vec<LadderConfig>,
    /// The folders of pages: [`Collection::NOTES`] and [`Collection::PAGES`], then those that `site.toml` names.
    pub(crate) collections: TiVec<CollectionIndex, Collection>,
    /// The groups of notes, in the order in which they are listed.
    pub(crate) note_groups: Vec<NoteGroup>,
    /// The categories that are the same in several ladders.
    pub(crate) categories: TiVec<SharedCategoryIndex, SharedItem>,
    /// The threads that are the same in several ladders.
    pub(crate) threads: TiVec<SharedThreadIndex, SharedItem>,
    /// Where a page of the content can be edited: an address that ends in `/`, to which the path of the file in the
    /// content folder is added. Sites without a public repository have none.
    pub(crate) edit_url: Option<Url>,
    pub(crate) provenance: Provenance,
    /// The sites that this one was adapted from, the oldest first. Empty for a ladder of its own.
    pub(crate) upstreams: Vec<UpstreamConfig>,
    /// The social cards that the site asks for. None for a site without any.
    pub(crate) cards: Option<CardsConfig>,
    /// The pairs of levels that are compared, if `site.toml` says so.
    pub(crate) compared: Option<LevelPairs>,
    /// The pairs of locales that are shown side by side, if `site.toml` says so.
    pub(crate) side_by_side: Option<LocalePairs>,
    /// How people prepare reviews. None for a site that wants no worksheets.
    pub(crate) worksheet: Option<WorksheetConfig>,
    pub(crate) checks: Checks,
    pub theme: ThemeConfig,
}

impl Config {
    /// Returns where the site stood first. Ids that outlive a move begin with it.
    pub(crate) fn first_base_url(&self) -> &Url {
        self.former_base_urls.first().unwrap_or(&self.base_url)
    }

    pub(crate) fn locale(&self, index: LocaleIndex) -> &Locale {
        &self.locales[index]
    }

    /// The tags of the locales in which readers of a locale look for a text: their own, then the source.
    pub(crate) fn reading_order(&self, locale: LocaleIndex) -> [&str; 2] {
        [locale, LocaleIndex::SOURCE].map(|locale| self.locale(locale).tag.as_str())
    }

    /// Returns the pairs of levels that are compared on a ladder with so many.
    pub(crate) fn compared(&self, levels: usize) -> LevelPairs {
        self.compared.unwrap_or_else(|| LevelPairs::of_levels(levels))
    }

    /// Returns the pairs of locales that are shown side by side.
    pub(crate) fn side_by_side(&self) -> LocalePairs {
        self.side_by_side.unwrap_or_else(|| LocalePairs::of_locales(self.locales.len()))
    }

    /// The locale in whose folder a file stands.
    pub(crate) fn locale_of(&self, path: &Utf8Path) -> Option<LocaleIndex> {
        let folder = path.components().next()?.as_str();
        self.locale_indices().find(|&index| self.locale(index).tag.eq_ignore_ascii_case(folder))
    }

    /// The warnings that the site allows, in addition to those that comments in its files allow.
    pub(crate) fn allowed(&self, by_comments: HashMap<Utf8PathBuf, Vec<Allowance>>) -> Allowed {
        let (everywhere, in_locales) = self.checks.allowed();
        let tagged = |(locale, codes): (LocaleIndex, Vec<Code>)| (self.locale(locale).tag.clone(), codes);
        Allowed { everywhere, in_locales: in_locales.map(tagged).collect(), by_comments }
    }

    /// All locales, the source first.
    pub fn locale_indices(&self) -> impl Iterator<Item = LocaleIndex> + use<> {
        self.locales.keys()
    }
}

/// A ladder as `site.toml` announces it. Its text stands in `{locale}/{key}.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LadderConfig {
    /// Name of its files and of its address: lower case ASCII letters, digits and hyphens.
    pub(crate) key: String,
    /// The keys that it had before, whose addresses redirect.
    pub(crate) was: Vec<String>,
    /// The prefix of its ids: `TL` for `TL-042`. Upper case ASCII letters and digits, a letter first.
    pub(crate) prefix: String,
    /// Prefixes of ids that were given by upstreams of the ladder.
    pub(crate) kept_prefixes: Vec<String>,
    /// Whether a level asks for everything the levels below it ask for.
    pub(crate) levels_accumulate: bool,
    /// The key of the ladder that it builds on.
    pub(crate) inherits: Option<String>,
    /// The keys of the ladders that its levels are compared with. None if `site.toml` does not say.
    pub(crate) compare_with: Option<Vec<String>>,
}

/// A category or a thread that is the same wherever it stands: its title is said once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SharedItem {
    pub(crate) key: String,
    /// The keys that it had before, whose addresses redirect. Categories have no addresses, and none of these.
    pub(crate) was: Vec<String>,
    pub(crate) title: Localized<String>,
    /// The keys of the ladders that share it. None for all of them.
    pub(crate) ladders: Option<Vec<String>>,
    /// Its key in `site.toml`.
    pub(crate) place: Place,
}

impl SharedItem {
    /// Returns whether a ladder shares it.
    pub(crate) fn is_of(&self, ladder: &str) -> bool {
        self.ladders.as_ref().is_none_or(|ladders| ladders.iter().any(|key| key == ladder))
    }
}

/// Which pages get a social card, the picture that other sites show beside a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CardsConfig {
    /// Whether each criterion has one. Home pages, ladders, levels and notes always do.
    pub(crate) of_criteria: bool,
    /// Where `site.toml` asks for them.
    pub(crate) place: Place,
}

impl LadderConfig {
    /// Everything that ids of the ladder begin with, first what new ones do.
    pub(crate) fn prefixes(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.prefix).chain(&self.kept_prefixes).map(String::as_str)
    }

    /// Returns whether ids that begin so belong to the ladder.
    pub(crate) fn has_prefix(&self, prefix: &str) -> bool {
        self.prefixes().any(|own| own == prefix)
    }
}

/// A site that this one was adapted from, as `site.toml` names it. What it said is kept in `upstream/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UpstreamConfig {
    /// Its title in its own source locale.
    pub(crate) title: String,
    /// Its address.
    pub(crate) url: Url,
}

/// Where the text comes from, under which licence, and what has been changed.
///
/// The parts are those which CC BY-SA 4.0, section 3(a)(1), asks to be kept when the material is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Provenance {
    pub(crate) source: SourceWork,
    /// None for a ladder that its owner wrote and does not share: all rights are reserved.
    pub(crate) licence: Option<Licence>,
    /// The chain of modifications, the oldest first. Empty for an unmodified work.
    pub(crate) modifications: Vec<Modification>,
    /// Who translated into which locale.
    pub(crate) translations: Vec<TranslationCredit>,
}

impl Provenance {
    /// Those who translated into a locale.
    pub(crate) fn translators(&self, locale: LocaleIndex) -> impl Iterator<Item = &Party> {
        let credits = self.translations.iter().filter(move |credit| credit.locale == locale);
        credits.flat_map(|credit| &credit.translators)
    }
}

/// The work that the site publishes or adapts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourceWork {
    pub(crate) title: String,
    pub(crate) creators: Vec<Party>,
    /// The copyright notice, word for word.
    pub(crate) copyright_notice: String,
    /// The licence notice, word for word. Empty without a licence.
    pub(crate) licence_notice: String,
    /// None for a ladder that stands nowhere but here.
    pub(crate) uri: Option<Url>,
    /// Other pages about the work, such as its author's notes.
    pub(crate) see_also: Vec<Url>,
}

/// A person or an organisation that is to be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Party {
    pub(crate) name: String,
    pub(crate) url: Option<Url>,
    pub(crate) kind: PartyKind,
}

/// The licence, as the notice names it and as it is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Licence {
    /// The words of the notice: `CreativeCommons-ShareAlike 4.0 International License`.
    pub(crate) named: String,
    /// The full name it is understood as.
    pub(crate) name: String,
    /// The short name: `CC BY-SA 4.0`.
    pub(crate) short_name: String,
    /// The identifier of the SPDX licence list: `CC-BY-SA-4.0`.
    pub(crate) spdx: String,
    pub(crate) url: Url,
    /// Why it is understood so. Inline Markdown.
    pub(crate) reason: Localized<String>,
}

/// One step in the chain of modifications.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Modification {
    pub(crate) by: Party,
    /// Descriptions of the changes, one inline Markdown text each.
    pub(crate) changes: Localized<Vec<String>>,
}

/// Who made the translation into one locale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TranslationCredit {
    pub(crate) locale: LocaleIndex,
    pub(crate) translators: Vec<Party>,
}
