//! `site.toml` as its owner wrote it: everything optional, everything with its place.
//!
//! Only the form is looked at here: keys that are missing or unknown, values of the wrong type. What stands above a
//! field is what editors show for its key: see [`super::schema()`].

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::collection::WrittenPages;
use super::note_group::WrittenNoteGroup;
use super::pairs::{LevelPairs, LocalePairs, WrittenPairs};
use super::table::{Entries, Spanned};
use super::theme::WrittenTheme;

/// A text that may not be there, or may have been of the wrong type.
pub(super) type Text = Option<Spanned<String>>;

/// Values by locale tag, with the place of the table's header.
pub(super) type PerLocale<T> = Spanned<Entries<T>>;

/// What the site is, its languages, and where its text comes from.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "site.toml")]
pub(super) struct WrittenSite {
    /// The address of the site. `--base-url` and `RUNGS_BASE_URL` override it.
    #[schemars(extend("format" = "uri"))]
    pub(crate) base_url: Text,
    /// Former addresses of the site, oldest first. `rungs refs` recognises them, and the ids of the feeds keep the
    /// first one.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(crate) former_base_urls: Vec<Spanned<String>>,
    /// The language in which the ladders are written: `en`. All others are translations.
    #[schemars(required)]
    pub(crate) source_locale: Text,
    /// All languages, in the order in which readers see them. Default: only the source.
    pub(crate) locales: Option<Vec<Spanned<String>>>,
    /// The page of the public repository, for edit links.
    #[schemars(extend("format" = "uri"))]
    pub(crate) repository: Text,
    /// The branch that edit links lead to. Default: `main`.
    pub(crate) branch: Text,
    /// The content folder in the repository. Default: `content`.
    pub(crate) content_path: Text,
    /// The name of the site, by locale.
    #[schemars(required)]
    pub(crate) title: Option<PerLocale<Spanned<String>>>,
    /// The site in one sentence, by locale. Search engines show it.
    #[schemars(required)]
    pub(crate) description: Option<PerLocale<Spanned<String>>>,
    // With the place of the whole list, since a list may be empty.
    /// The ladders of the site.
    #[schemars(required, extend("minItems" = 1))]
    pub(crate) ladders: Option<Spanned<Vec<WrittenLadder>>>,
    /// Folders of pages in addition to the notes, such as a guide.
    #[serde(default)]
    pub(crate) pages: Vec<WrittenPages>,
    /// The groups in which notes are listed, in this order. The front matter of a note names its group by the key.
    #[serde(default)]
    pub(crate) note_groups: Vec<WrittenNoteGroup>,
    /// Categories that are the same in several ladders, by id.
    #[serde(default)]
    pub(crate) categories: Entries<WrittenShared>,
    /// Threads that are the same in several ladders, by key.
    #[serde(default)]
    pub(crate) threads: Entries<WrittenShared>,
    /// Where the text comes from, under which licence, and what has been changed.
    #[schemars(required)]
    pub(crate) provenance: Option<Spanned<WrittenProvenance>>,
    /// What other sites show next to a link to a page.
    pub(crate) open_graph: Option<WrittenOpenGraph>,
    /// Comparisons of levels.
    pub(crate) compare: Option<WrittenPairs<LevelPairs>>,
    /// Pages in two languages.
    pub(crate) side_by_side: Option<WrittenPairs<LocalePairs>>,
    /// How people prepare reviews.
    // Read apart, since it may be a switch or a table.
    #[schemars(default, schema_with = "super::worksheet::schema")]
    #[expect(dead_code, reason = "it says that the key is known")]
    worksheet: Option<()>,
    /// How the site is checked.
    // Read apart, since the tags of locales are keys in it.
    #[schemars(default, schema_with = "super::checks::schema")]
    #[expect(dead_code, reason = "it says that the key is known")]
    check: Option<IgnoredAny>,
    /// How the site looks. File names are relative to the folder `theme`.
    pub(crate) theme: Option<WrittenTheme>,
    /// The sites that this one was adapted from, oldest first. Written by `rungs adapt`.
    #[serde(default)]
    pub(crate) upstream: Vec<WrittenUpstream>,
}

/// A site that this one was adapted from.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenUpstream {
    /// Its title.
    #[schemars(required)]
    pub(crate) title: Text,
    /// Its address.
    #[schemars(required, extend("format" = "uri"))]
    pub(crate) url: Text,
}

/// What other sites show next to a link to a page.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenOpenGraph {
    /// Pages with cards: home, ladders, levels, notes (`"levels"`), criteria too (`"all"`). Default: `false`.
    pub(crate) cards: Option<Spanned<WrittenCards>>,
}

/// Which pages get a social card.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum WrittenCards {
    Levels,
    All,
    False,
}

// The derived schema takes `false` for a string.
impl JsonSchema for WrittenCards {
    fn schema_name() -> Cow<'static, str> {
        "cards".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "enum": ["levels", "all", false] })
    }
}

/// One ladder.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenLadder {
    /// The name of its files without `.md`, and its name in addresses: `engineering`.
    #[schemars(required, extend("pattern" = "^[a-z0-9]+(-[a-z0-9]+)*$"))]
    pub(crate) key: Text,
    /// The prefix of its ids: `EN` for `EN-001`.
    #[schemars(required, extend("pattern" = "^[A-Z][A-Z0-9]*$"))]
    pub(crate) prefix: Text,
    /// The prefixes of ids that came from the ladder it was adapted from.
    #[serde(default)]
    pub(crate) kept_prefixes: Vec<Spanned<String>>,
    /// Whether a level also expects everything that the levels below it expect. Default: `true`.
    pub(crate) levels_accumulate: Option<bool>,
    /// Former keys of the ladder. Their addresses still work.
    #[serde(default)]
    pub(crate) was: Vec<Spanned<String>>,
    /// The key of the ladder that it builds on.
    pub(crate) inherits: Text,
    /// The keys of the ladders whose levels are compared with those of this one.
    pub(crate) compare_with: Option<Vec<Spanned<String>>>,
}

/// A category or a thread that is the same in several ladders.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenShared {
    /// The title that readers see, by locale.
    #[schemars(required)]
    pub(crate) title: Option<PerLocale<Spanned<String>>>,
    /// The keys of the ladders that share it. Default: all.
    pub(crate) ladders: Option<Vec<Spanned<String>>>,
    /// Former keys. Their addresses still work.
    #[serde(default)]
    pub(crate) was: Vec<Spanned<String>>,
}

/// Where the text comes from, under which licence, and what has been changed.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["owner"] }, { "required": ["source", "licence"] }]))]
pub(super) struct WrittenProvenance {
    /// Who wrote the ladder and reserves all rights. Replaces `source`, `licence` and `modifications`.
    pub(crate) owner: Option<Spanned<WrittenParty>>,
    /// The work that the site publishes or adapts.
    pub(crate) source: Option<WrittenSource>,
    /// The licence, as the notice names it and as it is understood.
    pub(crate) licence: Option<WrittenLicence>,
    /// What was changed and by whom, oldest step first.
    #[serde(default)]
    pub(crate) modifications: Vec<WrittenModification>,
    /// Who translated into which language.
    #[serde(default)]
    pub(crate) translations: Vec<WrittenTranslation>,
}

/// The work that the site publishes or adapts.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenSource {
    /// The title of the work.
    #[schemars(required)]
    pub(crate) title: Text,
    /// Who made it.
    #[schemars(required, extend("minItems" = 1))]
    pub(crate) creators: Option<Spanned<Vec<WrittenParty>>>,
    /// The copyright notice, word for word.
    #[schemars(required)]
    pub(crate) copyright_notice: Text,
    /// The licence notice, word for word.
    #[schemars(required)]
    pub(crate) licence_notice: Text,
    /// The address of the work.
    #[schemars(required, extend("format" = "uri"))]
    pub(crate) uri: Text,
    /// Other pages about the work.
    #[serde(default)]
    pub(crate) see_also: Vec<Spanned<String>>,
}

/// A person or an organisation.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenParty {
    /// The name.
    #[schemars(required)]
    pub(crate) name: Text,
    /// A page about them.
    #[schemars(extend("format" = "uri"))]
    pub(crate) url: Text,
    /// Person or organisation. Default: organisation for an owner, person for all others.
    pub(crate) kind: Option<PartyKind>,
}

/// What a party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PartyKind {
    Person,
    Organisation,
}

/// The licence, as the notice names it and as it is understood.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenLicence {
    /// How the licence notice names it.
    #[schemars(required)]
    pub(crate) named: Text,
    /// Its full name: `Creative Commons Attribution-ShareAlike 4.0 International`.
    #[schemars(required)]
    pub(crate) name: Text,
    /// Its short name: `CC BY-SA 4.0`.
    #[schemars(required)]
    pub(crate) short_name: Text,
    /// Its identifier on the SPDX licence list: `CC-BY-SA-4.0`.
    #[schemars(required)]
    pub(crate) spdx: Text,
    /// The address of its text.
    #[schemars(required, extend("format" = "uri"))]
    pub(crate) url: Text,
    /// Why the notice is understood this way, by locale. Inline Markdown.
    #[schemars(required)]
    pub(crate) reason: Option<PerLocale<Spanned<String>>>,
}

/// One step in the chain of modifications.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenModification {
    /// Who made the changes.
    #[schemars(required)]
    pub(crate) by: Option<WrittenParty>,
    /// What was changed, one text per change, by locale. Inline Markdown.
    #[schemars(required)]
    pub(crate) changes: Option<PerLocale<Vec<Spanned<String>>>>,
}

/// Who translated into one language.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenTranslation {
    /// The language: `zh-TW`.
    #[schemars(required)]
    pub(crate) locale: Text,
    /// Who translated the text.
    #[schemars(required, extend("minItems" = 1))]
    pub(crate) translators: Option<Spanned<Vec<WrittenParty>>>,
}

/// What to write for a key that has to be there, or in place of one that no longer is.
pub(super) fn to_write(table: &str, key: &str) -> Option<&'static str> {
    Some(match (table, key) {
        ("WrittenSite", "base-url") => {
            "set the address of the site, such as `base-url = \"https://ladders.example/\"`, or build with `--base-url`"
        }
        ("WrittenSite", "source-locale") => "say in which language the ladders are written: `source-locale = \"en\"`",
        ("WrittenSite", "title") => "give the site a title in its source locale: `[title]`, and below it `en = \"…\"`",
        ("WrittenSite", "description") => {
            "describe the site in one sentence: `[description]`, and below it `en = \"…\"`"
        }
        ("WrittenSite", "ladders") => {
            "add a ladder: `[[ladders]]`, and below it `key = \"engineering\"`, `prefix = \"EN\"`"
        }
        ("WrittenOpenGraph", "images") => {
            "write `cards = \"all\"` for a card for each criterion and each level, `cards = \"levels\"` for one for \
             each level, \
             or `cards = false` for none"
        }
        ("WrittenLadder", "key") => "give the name of the ladder's files without `.md`: `key = \"engineering\"`",
        ("WrittenLadder", "prefix") => "set the prefix of the ladder's ids: `prefix = \"EN\"` for `EN-001`",
        ("WrittenPages", "folder") => "name the folder of the pages in each locale's folder: `folder = \"guide\"`",
        ("WrittenPages", "title") => {
            "give the pages a title in the source locale: `[pages.title]`, and below it `en = \"…\"`"
        }
        ("WrittenNoteGroup", "key") => {
            "give the group the key that its notes have in their front matter: `key = \"start\"`"
        }
        ("WrittenNoteGroup", "title") => "give the group a title: `title.en = \"…\"`",
        ("WrittenShared", "title") => "give it a title: `title.en = \"…\"`",
        ("WrittenUpstream", "title") => "give the title of the site that this one was adapted from: `title = \"…\"`",
        ("WrittenUpstream", "url") => {
            "give the address of the site that this one was adapted from: `url = \"https://…\"`"
        }
        ("WrittenParty", "name") => "name the person or the organisation: `{ name = \"…\", url = \"https://…\" }`",
        ("WrittenLicence", "named") => "quote the words by which the licence notice names the licence",
        ("WrittenLicence", "name") => {
            "give the licence's full name: `name = \"Creative Commons Attribution-ShareAlike 4.0 International\"`"
        }
        ("WrittenLicence", "short-name") => "give the licence's short name: `short-name = \"CC BY-SA 4.0\"`",
        ("WrittenLicence", "spdx") => "give the licence's SPDX identifier: `spdx = \"CC-BY-SA-4.0\"`",
        ("WrittenLicence", "reason") => "say why the notice means this licence: `reason.en = \"…\"`",
        ("WrittenModification", "by") => "say who made the changes: `by = { name = \"…\" }`",
        ("WrittenModification", "changes") => "say what was changed: `changes.en = [\"…\"]`",
        ("WrittenTranslation", "locale") => "say which translation it is: `locale = \"…\"`",
        ("WrittenTranslation", "translators") => "say who translated the text: `translators = [{ name = \"…\" }]`",
        ("WrittenLogo", "file") => "name a picture in theme/: `file = \"logo.svg\"`",
        ("WrittenFont", "file") => "name a font in theme/: `file = \"fonts/inter.woff2\"`",
        ("WrittenFont", "family") => "name the family, the same for each of its fonts: `family = \"Inter\"`",
        ("WrittenFooter", "url") => "give its address: `url = \"https://example.org/\"`, or `url = \"pages/about/\"`",
        ("WrittenFooter", "text") => "give it a text: `text.en = \"…\"`",
        ("WrittenSite", "provenance") => {
            "for a ladder that you wrote yourself, write `[provenance]`, and below it `owner = { name = \"…\" }`; for one that \
             comes from elsewhere, write its `[provenance.source]` and `[provenance.licence]`"
        }
        ("WrittenLicence", "url") => NOTICE,
        ("WrittenSource", "title" | "creators" | "copyright-notice" | "licence-notice" | "uri") => NOTICE,
        _ => return None,
    })
}

/// Why a site has to say where its text comes from.
pub(super) const NOTICE: &str = "the site credits the work by its title, creators, notices, address and licence, and \
                                 licences such as CC BY-SA 4.0 require such credit of everyone who shares it";
