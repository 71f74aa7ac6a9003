//! `site.toml` as its owner wrote it: everything optional, everything with its place.
//!
//! Only the form is looked at here: keys that are missing or unknown, values of the wrong type. What stands above a field
//! is what editors show for its key: see [`super::schema()`].

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::checks::WrittenCheck;
use super::collection::WrittenPages;
use super::kinship::Sharing;
use super::resolve::Overrides;
use super::table::{Spanned, Table, Value};
use super::theme::WrittenTheme;
use crate::diagnostic::Span;

/// A text that may not be there, or may have been of the wrong type.
pub(super) type Text = Option<Spanned<String>>;

/// What stands under the locales' tags, in the order in which it is written. Nothing for a value of the wrong type.
pub(super) struct PerLocale<T> {
    /// The table's header.
    pub(crate) span: Span,
    pub(crate) entries: Vec<(Spanned<String>, Option<T>)>,
}

/// What a site is, in which languages, and where its text comes from.
#[derive(JsonSchema)]
#[schemars(title = "site.toml", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenSite {
    /// Where the site will stand. `--base-url` and `RUNGS_BASE_URL` win over it.
    #[schemars(extend("format" = "uri"))]
    pub(crate) base_url: Text,
    /// The language in which the ladders are written: `en`. All others are translations.
    #[schemars(required)]
    pub(crate) source_locale: Text,
    /// All languages, in the order in which readers choose among them. Only the source unless it is given.
    pub(crate) locales: Option<Vec<Spanned<String>>>,
    /// The page of the public repository, for edit links.
    #[schemars(extend("format" = "uri"))]
    pub(crate) repository: Text,
    /// The branch that edit links lead to. `main` unless it is given.
    pub(crate) branch: Text,
    /// The folder of the content in the repository. `content` unless it is given.
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
    /// Folders of pages beside the notes, such as a guide.
    #[schemars(default)]
    pub(crate) pages: Vec<WrittenPages>,
    /// Categories that are the same in several ladders, by id.
    #[schemars(default, with = "BTreeMap<String, WrittenShared>")]
    pub(crate) categories: Vec<(Spanned<String>, WrittenShared)>,
    /// Threads that are the same in several ladders, by key.
    #[schemars(default, with = "BTreeMap<String, WrittenSharedThread>")]
    pub(crate) threads: Vec<(Spanned<String>, WrittenSharedThread)>,
    /// Where the text comes from, under which licence, and what has been changed.
    #[schemars(required)]
    pub(crate) provenance: Option<WrittenProvenance>,
    /// Pictures of pages, which other sites show beside a link to them.
    pub(crate) open_graph: Option<WrittenOpenGraph>,
    /// How the site is checked.
    #[schemars(default, schema_with = "super::checks::schema")]
    pub(crate) check: Option<WrittenCheck>,
    /// How the site looks, as far as it differs from others. Files are those of the folder `theme`.
    pub(crate) theme: Option<WrittenTheme>,
    /// The sites that this one was adapted from, the oldest first. Written by `rungs adapt`.
    #[schemars(default)]
    pub(crate) upstream: Vec<WrittenUpstream>,
}

/// A site that this one was adapted from.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenUpstream {
    /// Its title.
    #[schemars(required)]
    pub(crate) title: Text,
    /// Where it stands.
    #[schemars(required, extend("format" = "uri"))]
    pub(crate) url: Text,
}

/// Pictures of pages, which other sites show beside a link to them.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenOpenGraph {
    /// Whether pages get pictures. `true` unless it is given.
    pub(crate) images: Option<bool>,
}

/// One ladder.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenLadder {
    /// The name of its files without `.md`, and its address: `engineering`.
    #[schemars(required, extend("pattern" = "^[a-z0-9]+(-[a-z0-9]+)*$"))]
    pub(crate) key: Text,
    /// What its ids begin with: `EN` for `EN-001`.
    #[schemars(required, extend("pattern" = "^[A-Z][A-Z0-9]*$"))]
    pub(crate) prefix: Text,
    /// The prefixes of ids that came from the ladder it was adapted from.
    #[schemars(default)]
    pub(crate) kept_prefixes: Vec<Spanned<String>>,
    /// Whether a level asks for everything the levels below it ask for. `true` unless it is given.
    pub(crate) levels_accumulate: Option<bool>,
    /// Keys that the ladder had before, whose addresses lead on.
    #[schemars(default)]
    pub(crate) was: Vec<Spanned<String>>,
    /// The key of the ladder that it builds on.
    pub(crate) inherits: Text,
    /// The keys of the ladders whose levels are compared with its own.
    pub(crate) compare_with: Option<Vec<Spanned<String>>>,
}

/// A category that is the same in several ladders.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenShared {
    /// What readers call it, by locale.
    #[schemars(required)]
    pub(crate) title: Option<PerLocale<Spanned<String>>>,
    /// The keys of the ladders that share it. All unless it is given.
    pub(crate) ladders: Option<Vec<Spanned<String>>>,
}

/// A thread that is the same in several ladders.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenSharedThread {
    /// What readers call it, by locale.
    #[schemars(required)]
    pub(crate) title: Option<PerLocale<Spanned<String>>>,
    /// The keys of the ladders that share it. All unless it is given.
    pub(crate) ladders: Option<Vec<Spanned<String>>>,
    /// Keys that the thread had before, whose addresses lead on.
    #[schemars(default)]
    pub(crate) was: Vec<Spanned<String>>,
}

/// Where the text comes from, under which licence, and what has been changed.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenProvenance {
    /// The work that the site publishes or adapts.
    #[schemars(required)]
    pub(crate) source: Option<WrittenSource>,
    /// The licence, as the notice names it and as it is understood.
    #[schemars(required)]
    pub(crate) licence: Option<WrittenLicence>,
    /// What was changed and by whom, the oldest step first.
    #[schemars(default)]
    pub(crate) modifications: Vec<WrittenModification>,
    /// Who translated into which language.
    #[schemars(default)]
    pub(crate) translations: Vec<WrittenTranslation>,
}

/// The work that the site publishes or adapts.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
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
    /// Where the work stands.
    #[schemars(required, extend("format" = "uri"))]
    pub(crate) uri: Text,
    /// Other pages about the work.
    #[schemars(default)]
    pub(crate) see_also: Vec<Spanned<String>>,
}

/// A person or an organisation.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenParty {
    /// The name.
    #[schemars(required)]
    pub(crate) name: Text,
    /// A page about them.
    #[schemars(extend("format" = "uri"))]
    pub(crate) url: Text,
}

/// The licence, as the notice names it and as it is understood.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenLicence {
    /// The words by which the licence notice names it.
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
    /// Where its text stands.
    #[schemars(required, extend("format" = "uri"))]
    pub(crate) url: Text,
    /// Why the notice is understood so, by locale. Inline Markdown.
    #[schemars(required)]
    pub(crate) reason: Option<PerLocale<Spanned<String>>>,
}

/// One step in the chain of modifications.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenModification {
    /// Who made the changes.
    #[schemars(required)]
    pub(crate) by: Option<WrittenParty>,
    /// What was changed, one text for each change, by locale. Inline Markdown.
    #[schemars(required)]
    pub(crate) changes: Option<PerLocale<Vec<Spanned<String>>>>,
}

/// Who translated into one language.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenTranslation {
    /// The language: `zh-TW`.
    #[schemars(required)]
    pub(crate) locale: Text,
    /// Who translated.
    #[schemars(required, extend("minItems" = 1))]
    pub(crate) translators: Option<Spanned<Vec<WrittenParty>>>,
}

impl WrittenSite {
    pub(crate) fn read(mut table: Table<'_>, overrides: &Overrides) -> Self {
        if overrides.base_url.is_none() {
            let help = "say where the site will stand, such as `base-url = \"https://ladders.example/\"`, \
                        or build with `--base-url`"
                .to_owned();
            table.require("base-url", help);
        }
        table.require(
            "source-locale",
            "say in which language the ladders are written: `source-locale = \"en\"`".to_owned(),
        );
        table.require("title", "name the site in its source locale: `[title]`, and below it `en = \"…\"`".to_owned());
        table.require(
            "description",
            "describe the site in one sentence: `[description]`, and below it `en = \"…\"`".to_owned(),
        );
        table.require(
            "ladders",
            "name a ladder: `[[ladders]]`, and below it `key = \"engineering\"`, `prefix = \"EN\"`".to_owned(),
        );
        table.require("provenance", notice());
        let site = Self {
            base_url: table.string("base-url"),
            source_locale: table.string("source-locale"),
            locales: table.strings("locales"),
            repository: table.string("repository"),
            branch: table.string("branch"),
            content_path: table.string("content-path"),
            title: table.table("title").map(|texts| PerLocale::read(texts, Value::string)),
            description: table.table("description").map(|texts| PerLocale::read(texts, Value::string)),
            ladders: list(&mut table, "ladders", WrittenLadder::read),
            pages: table.tables("pages").into_iter().map(WrittenPages::read).collect(),
            categories: shared(&mut table, "categories", WrittenShared::read),
            threads: shared(&mut table, "threads", WrittenSharedThread::read),
            provenance: table.table("provenance").map(WrittenProvenance::read),
            open_graph: table.table("open-graph").map(WrittenOpenGraph::read),
            check: table.table("check").map(WrittenCheck::read),
            theme: table.table("theme").map(WrittenTheme::read),
            upstream: table.tables("upstream").into_iter().map(WrittenUpstream::read).collect(),
        };
        table.finish();
        site
    }
}

/// Why a site has to say where its text comes from.
pub(super) fn notice() -> String {
    "CC BY-SA 4.0, section 3(a)(1), asks whoever shares the text to keep its title and \
                                 creators, its copyright and licence notices, its address and the licence's"
        .to_owned()
}

impl<T> PerLocale<T> {
    pub(crate) fn read<'t>(table: Table<'t>, value: impl Fn(Value<'t>) -> Option<T>) -> Self {
        let span = table.span.clone();
        Self { span, entries: table.into_entries().into_iter().map(|(key, found)| (key, value(found))).collect() }
    }
}

impl WrittenOpenGraph {
    fn read(mut table: Table<'_>) -> Self {
        let open_graph = Self { images: table.boolean("images") };
        table.finish();
        open_graph
    }
}

impl WrittenLadder {
    fn read(mut table: Table<'_>) -> Self {
        table.require("key", "give the name of the ladder's files without `.md`: `key = \"engineering\"`".to_owned());
        table.require("prefix", "say what the ids of the ladder begin with: `prefix = \"EN\"` for `EN-001`".to_owned());
        let ladder = Self {
            key: table.string("key"),
            prefix: table.string("prefix"),
            kept_prefixes: table.strings("kept-prefixes").unwrap_or_default(),
            levels_accumulate: table.boolean("levels-accumulate"),
            was: table.strings("was").unwrap_or_default(),
            inherits: table.string("inherits"),
            compare_with: table.strings("compare-with"),
        };
        table.finish();
        ladder
    }
}

/// What `[categories]` or `[threads]` says, by key.
fn shared<T>(table: &mut Table<'_>, key: &'static str, read: fn(Table<'_>) -> T) -> Vec<(Spanned<String>, T)> {
    let entries = table.table(key).into_iter().flat_map(Table::into_entries);
    entries.filter_map(|(key, value)| Some((key, read(value.table()?)))).collect()
}

impl WrittenSharedThread {
    fn read(mut table: Table<'_>) -> Self {
        let was = table.strings("was").unwrap_or_default();
        let WrittenShared { title, ladders } = WrittenShared::read(table);
        Self { title, ladders, was }
    }

    /// What is said under a key.
    pub(crate) fn under(self, key: Spanned<String>) -> Sharing {
        let Self { title, ladders, was } = self;
        Sharing { key, was, written: WrittenShared { title, ladders } }
    }
}

impl WrittenShared {
    fn read(mut table: Table<'_>) -> Self {
        table.require("title", "say what readers call it: `title.en = \"…\"`".to_owned());
        let shared = Self {
            title: table.table("title").map(|texts| PerLocale::read(texts, Value::string)),
            ladders: table.strings("ladders"),
        };
        table.finish();
        shared
    }
}

impl WrittenUpstream {
    fn read(mut table: Table<'_>) -> Self {
        table.require("title", "give the title of the site that this one was made from: `title = \"…\"`".to_owned());
        table.require("url", "say where the site stands that this one was made from: `url = \"https://…\"`".to_owned());
        let upstream = Self { title: table.string("title"), url: table.string("url") };
        table.finish();
        upstream
    }
}

impl WrittenProvenance {
    fn read(mut table: Table<'_>) -> Self {
        table.require("source", notice());
        table.require("licence", notice());
        let provenance = Self {
            source: table.table("source").map(WrittenSource::read),
            licence: table.table("licence").map(WrittenLicence::read),
            modifications: table.tables("modifications").into_iter().map(WrittenModification::read).collect(),
            translations: table.tables("translations").into_iter().map(WrittenTranslation::read).collect(),
        };
        table.finish();
        provenance
    }
}

impl WrittenSource {
    fn read(mut table: Table<'_>) -> Self {
        for key in ["title", "creators", "copyright-notice", "licence-notice", "uri"] {
            table.require(key, notice());
        }
        let source = Self {
            title: table.string("title"),
            creators: list(&mut table, "creators", WrittenParty::read),
            copyright_notice: table.string("copyright-notice"),
            licence_notice: table.string("licence-notice"),
            uri: table.string("uri"),
            see_also: table.strings("see-also").unwrap_or_default(),
        };
        table.finish();
        source
    }
}

/// The tables of a list, with the place of the list.
fn list<'t, T>(table: &mut Table<'t>, key: &'static str, read: fn(Table<'t>) -> T) -> Option<Spanned<Vec<T>>> {
    let value = table.take(key)?;
    let span = value.span.clone();
    Some(Spanned { value: value.tables()?.into_iter().map(read).collect(), span })
}

impl WrittenParty {
    fn read(mut table: Table<'_>) -> Self {
        table
            .require("name", "name the person or the organisation: `{ name = \"…\", url = \"https://…\" }`".to_owned());
        let party = Self { name: table.string("name"), url: table.string("url") };
        table.finish();
        party
    }
}

impl WrittenLicence {
    fn read(mut table: Table<'_>) -> Self {
        table.require("named", "quote the words by which the licence notice names the licence".to_owned());
        table.require(
            "name",
            "give the licence's full name: `name = \"Creative Commons Attribution-ShareAlike 4.0 International\"`"
                .to_owned(),
        );
        table.require("short-name", "give the licence's short name: `short-name = \"CC BY-SA 4.0\"`".to_owned());
        table.require("spdx", "give the licence's SPDX identifier: `spdx = \"CC-BY-SA-4.0\"`".to_owned());
        table.require("url", notice());
        table.require("reason", "say why the notice is understood as this licence: `reason.en = \"…\"`".to_owned());
        let licence = Self {
            named: table.string("named"),
            name: table.string("name"),
            short_name: table.string("short-name"),
            spdx: table.string("spdx"),
            url: table.string("url"),
            reason: table.table("reason").map(|texts| PerLocale::read(texts, Value::string)),
        };
        table.finish();
        licence
    }
}

impl WrittenModification {
    fn read(mut table: Table<'_>) -> Self {
        table.require("by", "say who made the changes: `by = { name = \"…\" }`".to_owned());
        table.require("changes", "say what was changed: `changes.en = [\"…\"]`".to_owned());
        let modification = Self {
            by: table.table("by").map(WrittenParty::read),
            changes: table.table("changes").map(|texts| PerLocale::read(texts, Value::strings)),
        };
        table.finish();
        modification
    }
}

impl WrittenTranslation {
    fn read(mut table: Table<'_>) -> Self {
        table.require("locale", "say which translation it is: `locale = \"…\"`".to_owned());
        table.require("translators", "say who translated: `translators = [{ name = \"…\" }]`".to_owned());
        let translation =
            Self { locale: table.string("locale"), translators: list(&mut table, "translators", WrittenParty::read) };
        table.finish();
        translation
    }
}
