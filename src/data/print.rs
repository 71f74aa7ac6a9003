//! What the templates for paper read, beside the data of a site: which part is printed, and the words around it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::{Selection, credit::Credit, state};
use crate::interface::Words;
use crate::locale::{Locale, LocaleIndex};
use crate::model::{EditionPage, Page, Site, reader_called};

/// Files for a template, and what it is compiled with.
pub(crate) struct Print {
    /// The name of the template in the theme.
    pub(crate) template: &'static str,
    /// What every template reads.
    pub(crate) print: Value,
    /// The file beside it, by its name.
    pub(crate) own: (&'static str, String),
    /// The day on which it was released, or the site last was. None if it never was.
    pub(crate) date: Option<Date>,
}

/// What every template for paper reads, as `print.typ` describes it.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct PrintFile<'a> {
    site: &'a str,
    pages: String,
    source: &'a str,
    locales: Vec<PrintLocale>,
    names: BTreeMap<&'a str, &'a str>,
    edition: Option<String>,
    date: Option<Date>,
    attribution: String,
    words: BTreeMap<&'a str, BTreeMap<&'static str, String>>,
    ladders: Vec<&'a str>,
}

#[derive(Serialize)]
struct PrintLocale {
    tag: String,
    language: String,
    region: Option<String>,
    direction: &'static str,
}

/// The words of all templates, by the keys of the interface.
const WORDS: &[(&str, &str)] = &[
    ("edition", "print.edition"),
    ("missing", "translation.lacking"),
    ("now", "downloads.now"),
    ("page", "print.page"),
];

/// Those of ladders.
const LADDER_WORDS: &[(&str, &str)] = &[
    ("accumulates", "print.accumulates"),
    ("alert-caution", "alert.caution"),
    ("alert-important", "alert.important"),
    ("alert-note", "alert.note"),
    ("alert-tip", "alert.tip"),
    ("alert-warning", "alert.warning"),
    ("builds-on", "ladder.builds-on"),
    ("changed-by", "licence.changed-by"),
    ("changes", "licence.changes"),
    ("creators", "licence.creators"),
    ("criteria", "ladder.uncategorized"),
    ("criterion", "threads.criterion"),
    ("id", "beside.id"),
    ("licence", "licence.licence"),
    ("no-endorsement", "licence.no-endorsement"),
    ("no-warranty", "licence.no-warranty"),
    ("notice", "licence.notice"),
    ("reserved", "licence.reserved"),
    ("see-also", "licence.see-also"),
    ("thread", "print.thread"),
    ("threads", "threads.title"),
    ("title", "licence.title"),
    ("translations", "licence.translations"),
    ("work", "licence.work"),
];

/// Those of worksheets.
const WORKSHEET_WORDS: &[(&str, &str)] = &[
    ("evidence", "worksheet.evidence"),
    ("not-a-checklist", "worksheet.not-a-checklist"),
    ("period", "worksheet.period"),
    ("person", "worksheet.person"),
    ("reviewer", "worksheet.reviewer"),
    ("worksheet", "worksheet.title"),
];

impl Print {
    /// Returns the ladders of a selection on paper.
    pub(crate) fn ladders(site: &Site, words: &Words, selection: &Selection) -> Self {
        let own = ("data.json", state(site, selection.edition));
        Self::of(site, words, selection, "ladder.typ", own, LADDER_WORDS)
    }

    /// Returns a worksheet on paper, whose own file is `worksheet`.
    pub(crate) fn worksheet(site: &Site, words: &Words, selection: &Selection, worksheet: &Value) -> Self {
        let own = ("worksheet.json", worksheet.to_string());
        Self::of(site, words, selection, "worksheet.typ", own, WORKSHEET_WORDS)
    }

    fn of(
        site: &Site,
        words: &Words,
        selection: &Selection,
        template: &'static str,
        own: (&'static str, String),
        more: &'static [(&'static str, &'static str)],
    ) -> Self {
        let frozen = site.as_of(selection.edition);
        // What has not changed since an edition is that edition.
        let shown = selection.edition.or(site.history.same_as());
        let released = shown.map(|edition| &site.history.editions[edition]);
        let whole = selection.edition.map(|edition| Page::Edition(edition, EditionPage::Whole).path(site));
        let said = |tag: &str| {
            let reader = reader_called(site, tag);
            let after = site.history.editions.last().map(|last| {
                let (name, date) = (last.name().to_string(), last.date.to_string());
                words.phrase(reader, "print.after", &[("edition", &name), ("date", &date)])
            });
            let said = WORDS.iter().chain(more).map(|(name, key)| (*name, words.get(reader, key).to_owned()));
            let source = site.config.locale(LocaleIndex::SOURCE).name_for(site.config.locale(reader));
            let source = source.unwrap_or_else(|| words.name(LocaleIndex::SOURCE));
            let prevails = words.phrase(reader, "licence.prevails", &[("language", source)]);
            said.chain([("prevails", prevails)]).chain(after.map(|after| ("now", after))).collect()
        };
        let printed = frozen.ladders.iter_enumerated().filter(|(at, _)| selection.has(*at));
        let file = PrintFile {
            site: site.config.base_url.as_str(),
            pages: format!("{}c/", whole.unwrap_or_default()),
            source: frozen.source(),
            locales: selection.tags.iter().map(|tag| PrintLocale::of(tag)).collect(),
            names: frozen.locales.iter().map(|tag| (tag.as_str(), words.name(reader_called(site, tag)))).collect(),
            edition: released.map(|edition| edition.name().to_string()),
            date: released.map(|edition| edition.date),
            attribution: Credit::of(site, &frozen.provenance).attribution,
            words: selection.tags.iter().map(|tag| (tag.as_str(), said(tag))).collect(),
            ladders: printed.map(|(_, ladder)| ladder.key.as_str()).collect(),
        };
        let print = serde_json::to_value(&file).expect("texts and lists of them are JSON");
        let date = released.or_else(|| site.history.editions.last()).map(|edition| edition.date);
        Self { template, print, own, date }
    }
}

impl PrintLocale {
    fn of(tag: &str) -> Self {
        let mut parts = tag.split('-');
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        let region = parts.find(|part| part.len() == 2).map(str::to_ascii_uppercase);
        let direction = Locale::parse(tag).map_or("ltr", |locale| locale.direction.name());
        Self { tag: tag.to_owned(), language, region, direction }
    }
}
