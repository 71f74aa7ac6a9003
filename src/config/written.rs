//! `site.toml` as its owner wrote it: everything optional, everything with its place.
//!
//! Only the form is looked at here: keys that are missing or unknown, values of the wrong type.

use super::checks::WrittenCheck;
use super::collection::WrittenPages;
use super::resolve::Overrides;
use super::table::{Spanned, Table, Value};
use super::theme::WrittenTheme;
use crate::diagnostic::Span;

/// A text that may not be there, or may have been of the wrong type.
pub(super) type Text = Option<Spanned<String>>;

/// What stands under the locales' tags, in the order in which it is written. Nothing for a value of the wrong type.
pub(super) struct PerLocale<T> {
    /// The table's header.
    pub span: Span,
    pub entries: Vec<(Spanned<String>, Option<T>)>,
}

pub(super) struct WrittenSite {
    pub base_url: Text,
    pub source_locale: Text,
    pub locales: Option<Vec<Spanned<String>>>,
    pub repository: Text,
    pub branch: Text,
    pub content_path: Text,
    pub title: Option<PerLocale<Spanned<String>>>,
    pub description: Option<PerLocale<Spanned<String>>>,
    /// With the place of the whole list, since a list may be empty.
    pub ladders: Option<Spanned<Vec<WrittenLadder>>>,
    pub pages: Vec<WrittenPages>,
    /// What several ladders share, by key.
    pub categories: Vec<(Spanned<String>, WrittenShared)>,
    pub threads: Vec<(Spanned<String>, WrittenShared)>,
    pub provenance: Option<WrittenProvenance>,
    /// Whether pages get pictures.
    pub images: Option<bool>,
    pub check: Option<WrittenCheck>,
    pub theme: Option<WrittenTheme>,
    pub upstream: Vec<WrittenUpstream>,
}

/// A ladder that this one was made from.
pub(super) struct WrittenUpstream {
    pub title: Text,
    pub url: Text,
}

pub(super) struct WrittenLadder {
    pub key: Text,
    pub prefix: Text,
    pub kept_prefixes: Vec<Spanned<String>>,
    pub levels_accumulate: Option<bool>,
    pub was: Vec<Spanned<String>>,
    pub inherits: Text,
    pub compare_with: Option<Vec<Spanned<String>>>,
}

/// A category or a thread that is the same in several ladders.
pub(super) struct WrittenShared {
    pub title: Option<PerLocale<Spanned<String>>>,
    /// All ladders, if it is not written.
    pub ladders: Option<Vec<Spanned<String>>>,
}

pub(super) struct WrittenProvenance {
    pub source: Option<WrittenSource>,
    pub licence: Option<WrittenLicence>,
    pub modifications: Vec<WrittenModification>,
    pub translations: Vec<WrittenTranslation>,
}

pub(super) struct WrittenSource {
    pub title: Text,
    pub creators: Option<Spanned<Vec<WrittenParty>>>,
    pub copyright_notice: Text,
    pub licence_notice: Text,
    pub uri: Text,
    pub see_also: Vec<Spanned<String>>,
}

pub(super) struct WrittenParty {
    pub name: Text,
    pub url: Text,
}

pub(super) struct WrittenLicence {
    pub named: Text,
    pub name: Text,
    pub short_name: Text,
    pub spdx: Text,
    pub url: Text,
    pub reason: Option<PerLocale<Spanned<String>>>,
}

pub(super) struct WrittenModification {
    pub by: Option<WrittenParty>,
    pub changes: Option<PerLocale<Vec<Spanned<String>>>>,
}

pub(super) struct WrittenTranslation {
    pub locale: Text,
    pub translators: Option<Spanned<Vec<WrittenParty>>>,
}

impl WrittenSite {
    pub fn read(mut table: Table<'_>, overrides: &Overrides) -> Self {
        if overrides.base_url.is_none() {
            let help = say!(
                "say where the site will stand, such as `base-url = \"https://ladders.example/\"`, \
                        or build with `--base-url`"
            );
            table.require("base-url", help);
        }
        table.require("source-locale", say!("say in which language the ladders are written: `source-locale = \"en\"`"));
        table.require("title", say!("name the site in its source locale: `[title]`, and below it `en = \"…\"`"));
        table.require(
            "description",
            say!("describe the site in one sentence: `[description]`, and below it `en = \"…\"`"),
        );
        table.require(
            "ladders",
            say!("name a ladder: `[[ladders]]`, and below it `key = \"engineering\"`, `prefix = \"EN\"`"),
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
            categories: shared(&mut table, "categories"),
            threads: shared(&mut table, "threads"),
            provenance: table.table("provenance").map(WrittenProvenance::read),
            images: table.table("open-graph").and_then(images),
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
    say!(
        "CC BY-SA 4.0, section 3(a)(1), asks whoever shares the text to keep its title and \
                                 creators, its copyright and licence notices, its address and the licence's"
    )
}

impl<T> PerLocale<T> {
    pub fn read<'t>(table: Table<'t>, value: impl Fn(Value<'t>) -> Option<T>) -> Self {
        let span = table.span.clone();
        Self { span, entries: table.into_entries().into_iter().map(|(key, found)| (key, value(found))).collect() }
    }
}

/// What `[open-graph]` says.
fn images(mut table: Table<'_>) -> Option<bool> {
    let images = table.boolean("images");
    table.finish();
    images
}

impl WrittenLadder {
    fn read(mut table: Table<'_>) -> Self {
        table.require("key", say!("give the name of the ladder's files without `.md`: `key = \"engineering\"`"));
        table.require("prefix", say!("say what the ids of the ladder begin with: `prefix = \"EN\"` for `EN-001`"));
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
fn shared(table: &mut Table<'_>, key: &'static str) -> Vec<(Spanned<String>, WrittenShared)> {
    let entries = table.table(key).into_iter().flat_map(Table::into_entries);
    entries.filter_map(|(key, value)| Some((key, WrittenShared::read(value.table()?)))).collect()
}

impl WrittenShared {
    fn read(mut table: Table<'_>) -> Self {
        table.require("title", say!("say what readers call it: `title.en = \"…\"`"));
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
        table.require("title", say!("give the title of the site that this one was made from: `title = \"…\"`"));
        table.require("url", say!("say where the site stands that this one was made from: `url = \"https://…\"`"));
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
        table.require("name", say!("name the person or the organisation: `{ name = \"…\", url = \"https://…\" }`"));
        let party = Self { name: table.string("name"), url: table.string("url") };
        table.finish();
        party
    }
}

impl WrittenLicence {
    fn read(mut table: Table<'_>) -> Self {
        table.require("named", say!("quote the words by which the licence notice names the licence"));
        table.require(
            "name",
            say!(
                "give the licence's full name: `name = \"Creative Commons Attribution-ShareAlike 4.0 International\"`"
            ),
        );
        table.require("short-name", say!("give the licence's short name: `short-name = \"CC BY-SA 4.0\"`"));
        table.require("spdx", say!("give the licence's SPDX identifier: `spdx = \"CC-BY-SA-4.0\"`"));
        table.require("url", notice());
        table.require("reason", say!("say why the notice is understood as this licence: `reason.en = \"…\"`"));
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
        table.require("by", say!("say who made the changes: `by = { name = \"…\" }`"));
        table.require("changes", say!("say what was changed: `changes.en = [\"…\"]`"));
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
        table.require("locale", say!("say which translation it is: `locale = \"…\"`"));
        table.require("translators", say!("say who translated: `translators = [{ name = \"…\" }]`"));
        let translation =
            Self { locale: table.string("locale"), translators: list(&mut table, "translators", WrittenParty::read) };
        table.finish();
        translation
    }
}
