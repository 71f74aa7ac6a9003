//! The values that all pages of a locale share: names, navigation, attribution. Made once, and cheap to give to every
//! page.

use serde::Serialize;
use tera::Value;
use typed_index_collections::{TiSlice, TiVec};

use super::appearance::Appearance;
use super::json_ld;
use super::language;
use super::name::source_title;
use super::page_context::collection_title;
use super::scene::Shared;
use super::text::{AddressExample, with_slashes_kept};
use crate::citing::{self, CitationStyle};
use crate::config::{Collection, Party, Provenance};
use crate::handle::{LadderIndex, LevelIndex, Neighbours};
use crate::interface::Words;
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, LocalePage, NotePage, Page, Site};
use crate::theme::Look;

#[derive(Serialize)]
struct SharedValues {
    title: String,
    description: String,
    language: String,
    direction: &'static str,
    /// The separator of two sentences: nothing in Chinese and Japanese.
    space: &'static str,
    slug: String,
    /// The form that Open Graph asks for: `zh_TW`.
    og_locale: String,
    /// The absolute address of the root.
    base: String,
    home: String,
    notes: Option<String>,
    glossary: Option<String>,
    licence: String,
    /// The page about the state of the translations, if there are any.
    translation: Option<String>,
    /// The page about the changes from edition to edition, if there is one.
    changes: Option<String>,
    downloads: String,
    search: String,
    /// The file that the search loads.
    search_index: String,
    /// Settings of the scripts, as JSON.
    settings: Value,
    ladders: Vec<LadderLinks>,
    attribution: Attribution,
    look: Appearance,
}

/// A ladder's pages as navigation.
#[derive(Serialize)]
struct LadderLinks {
    title: String,
    path: String,
    levels: Vec<LevelLink>,
    matrix: String,
    threads: Option<String>,
    /// The comparison of the two lowest levels.
    compare: Option<String>,
    beside: Vec<BesideLink>,
    /// The ways to read it, as the header of each page names them.
    sections: Vec<SectionLink>,
    /// The pages that belong to no ladder, named beside them.
    pages: Vec<PageLink>,
    /// The other ladders: all of them if they are few, or else those that have to do with this one.
    menu: Vec<LadderLink>,
    /// Where all ladders are listed, if there are more than the menu has.
    all: Option<String>,
    /// How the address of a criterion is made, for paper.
    example: Option<AddressExample>,
}

#[derive(Serialize)]
struct LadderLink {
    title: String,
    path: String,
    current: bool,
}

#[derive(Serialize)]
struct SectionLink {
    title: String,
    path: String,
}

#[derive(Serialize)]
struct PageLink {
    title: String,
    /// The language of the title, if it is not that of the reader.
    language: Option<String>,
    path: String,
}

#[derive(Serialize)]
struct LevelLink {
    code: String,
    title: String,
    /// The title in the source, if this is a translation of it.
    source_title: Option<String>,
    slug: String,
    path: String,
}

#[derive(Serialize)]
struct BesideLink {
    name: String,
    language: String,
    path: String,
}

/// The attribution that CC BY-SA 4.0, section 3(a)(1), requires with every copy.
#[derive(Serialize)]
pub(crate) struct Attribution {
    pub(crate) title: String,
    pub(crate) creators: Vec<PartyLink>,
    /// None for a ladder that stands nowhere but here.
    pub(crate) uri: Option<String>,
    /// None if all rights are reserved.
    pub(crate) licence_name: Option<String>,
    pub(crate) licence_url: Option<String>,
    pub(crate) modified: bool,
    /// The language of the source's title and notices.
    pub(crate) language: String,
}

#[derive(Serialize)]
pub(crate) struct PartyLink {
    pub(crate) name: String,
    pub(crate) url: Option<String>,
}

impl PartyLink {
    pub(crate) fn of(party: &Party) -> Self {
        Self { name: party.name.clone(), url: party.url.as_ref().map(ToString::to_string) }
    }
}

/// Returns the index of a locale as a path of the site.
pub(crate) fn index_path(site: &Site, locale: LocaleIndex) -> String {
    format!("{}search.js", Page::In(locale, LocalePage::Home).path(site))
}

/// Returns the second file of the index of a locale as a path of the site.
pub(crate) fn second_index_path(site: &Site, locale: LocaleIndex) -> String {
    format!("{}search-more.js", Page::In(locale, LocalePage::Home).path(site))
}

/// Returns one value for each locale of the site.
pub(crate) fn of_each_locale(site: &Site, words: &Words, look: &Look) -> TiVec<LocaleIndex, Shared> {
    let of_locale = |locale| {
        let languages = language::names(site, words, locale);
        Shared {
            values: Value::from_serializable(&values(site, words, look, locale, &languages)),
            outside: (site.ladders.len() > 1).then(|| Value::from_serializable(&outside_links(site, words, locale))),
            languages,
        }
    };
    site.config.locale_indices().map(of_locale).collect()
}

fn values(
    site: &Site,
    words: &Words,
    look: &Look,
    locale: LocaleIndex,
    languages: &TiSlice<LocaleIndex, String>,
) -> SharedValues {
    let locale_config = site.config.locale(locale);
    SharedValues {
        title: site.config.title.read(locale).0.clone(),
        description: site.config.description.read(locale).0.clone(),
        language: locale_config.language.clone(),
        direction: locale_config.direction.name(),
        space: if locale_config.is_han() { "" } else { " " },
        slug: locale_config.slug.clone(),
        og_locale: locale_config.open_graph.clone(),
        base: site.config.base_url.to_string(),
        home: Page::In(locale, LocalePage::Home).path(site),
        notes: (site.notes_of(Collection::NOTES).next().is_some())
            .then(|| Page::In(locale, LocalePage::Collection(Collection::NOTES)).path(site)),
        glossary: (!site.glossary.is_empty()).then(|| Page::In(locale, LocalePage::Glossary).path(site)),
        licence: Page::In(locale, LocalePage::Licence).path(site),
        translation: (site.config.locales.len() > 1).then(|| Page::In(locale, LocalePage::Translation).path(site)),
        changes: (!site.history.editions.is_empty()).then(|| Page::In(locale, LocalePage::Changes).path(site)),
        downloads: Page::In(locale, LocalePage::Downloads).path(site),
        search: Page::In(locale, LocalePage::Search).path(site),
        search_index: index_path(site, locale),
        settings: Value::safe_string(&settings(site, words, locale)),
        ladders: site.ladders.keys().map(|ladder| ladder_links(site, words, ladder, locale, languages)).collect(),
        attribution: attribution(site),
        look: Appearance::of(site, words, look, locale),
    }
}

/// Returns where the site stands, what the actions of a criterion are called and say, and how it is cited.
fn settings(site: &Site, words: &Words, locale: LocaleIndex) -> String {
    let patterns = citing::patterns(site, locale);
    let has = |name: &str| patterns.iter().any(|(pattern, _)| *pattern == name);
    let has_unreleased = has("pinned") && has("now");
    let keys = COPY_WORDS.into_iter().filter(|key| *key != UNRELEASED || has_unreleased);
    let said: serde_json::Map<_, _> =
        keys.map(|key| (key.to_owned(), words.get(locale, &format!("copy.{key}")).into())).collect();
    let patterns = patterns.into_iter();
    let patterns: serde_json::Map<_, _> = patterns
        .map(|(name, citation)| (name.to_owned(), citation.write(CitationStyle::Markdown, words, locale).into()))
        .collect();
    json_ld::written(&serde_json::json!({
        "base": site.config.base_url.as_str(),
        "locale": site.config.locale(locale).slug,
        "copy": said,
        "review": patterns,
    }))
}

/// The words of the interface below `copy` that scripts say.
const COPY_WORDS: [&str; 8] = ["cite", "cite-of", "failed", "link", "link-done", "review", "review-done", UNRELEASED];

/// Said of what no edition has yet.
const UNRELEASED: &str = "unreleased-done";

fn ladder_links(
    site: &Site,
    words: &Words,
    ladder: LadderIndex,
    locale: LocaleIndex,
    languages: &TiSlice<LocaleIndex, String>,
) -> LadderLinks {
    let ladder_data = &site[ladder];
    let level = |(level, written): (LevelIndex, &crate::model::Level)| LevelLink {
        code: written.code_beside(written.title.read(locale).0),
        title: with_slashes_kept(written.title.read(locale).0),
        source_title: source_title(&written.title, locale).cloned(),
        slug: written.slug.clone(),
        path: Page::of_level(locale, level.of(ladder)).path(site),
    };
    let beside_page = |other: LocaleIndex| {
        Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Beside { other, interleaved: false }))
    };
    let beside = |other: LocaleIndex| BesideLink {
        name: languages[other].clone(),
        language: site.config.locale(other).language.clone(),
        path: beside_page(other).path(site),
    };
    let first = LevelIndex(0);
    let compare = match first.behind(ladder_data.levels.len()) {
        Some(higher) => {
            Some(Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Compare { lower: first, higher })))
        }
        None => {
            let other = site.inheritance.compared(ladder).first();
            other.map(|&other| Page::across(locale, first.of(ladder), first.of(other)))
        }
    };
    let sides = site.names.beside_ladder(ladder, locale);
    let sections = [
        ("navigation.ladder", Some(Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Whole)))),
        ("navigation.matrix", Some(Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Matrix)))),
        ("navigation.compare", compare),
        (
            "navigation.threads",
            Some(Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Threads)))
                .filter(|_| !ladder_data.threads.is_empty()),
        ),
        ("navigation.beside", sides.first().map(|&other| beside_page(other))),
    ];
    let section = |(key, page): (&str, Option<Page>)| {
        page.map(|page| SectionLink { title: words.get(locale, key).to_owned(), path: page.path(site) })
    };
    LadderLinks {
        title: ladder_data.title.read(locale).0.clone(),
        path: Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Whole)).path(site),
        levels: ladder_data.levels.iter_enumerated().map(level).collect(),
        matrix: Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Matrix)).path(site),
        threads: (!ladder_data.threads.is_empty())
            .then(|| Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Threads)).path(site)),
        compare: compare.map(|page| page.path(site)),
        beside: sides.iter().map(|&other| beside(other)).collect(),
        sections: sections.into_iter().filter_map(section).collect(),
        pages: site_links(site, words, locale),
        menu: menu(site, Some(ladder), locale),
        all: all_ladders(site, locale),
        example: AddressExample::of(site, ladder),
    }
}

/// Returns the pages that belong to no ladder, as the navigation names them: the notes, the folders of other pages, and
/// each page that stands by itself.
fn site_links(site: &Site, words: &Words, locale: LocaleIndex) -> Vec<PageLink> {
    let notes = (site.notes_of(Collection::NOTES).next().is_some()).then(|| PageLink {
        title: words.get(locale, "navigation.notes").to_owned(),
        language: None,
        path: Page::In(locale, LocalePage::Collection(Collection::NOTES)).path(site),
    });
    let own = site.notes_of(Collection::PAGES).filter(|&note| site[note].in_navigation).map(|note| {
        let (text, actual) = site[note].text.read(locale);
        let language = (actual != locale).then(|| site.config.locale(actual).language.clone());
        PageLink {
            title: text.title.clone(),
            language,
            path: Page::In(locale, LocalePage::Note(note, NotePage::Whole)).path(site),
        }
    });
    let named = site.config.collections.keys().skip(1).filter(|&at| site.config.collections[at].in_navigation);
    let folders = named.filter_map(|collection| {
        let title = collection_title(site, words, collection, locale)?.to_owned();
        let path = Page::of_collection(site, locale, collection)?.path(site);
        Some(PageLink { title, language: None, path })
    });
    notes.into_iter().chain(folders).chain(own).collect()
}

/// Returns the navigation of a page that belongs to no ladder.
fn outside_links(site: &Site, words: &Words, locale: LocaleIndex) -> LadderLinks {
    LadderLinks {
        title: String::new(),
        path: String::new(),
        levels: Vec::new(),
        matrix: String::new(),
        threads: None,
        compare: None,
        beside: Vec::new(),
        sections: Vec::new(),
        pages: site_links(site, words, locale),
        menu: menu(site, None, locale),
        all: all_ladders(site, locale),
        example: AddressExample::of(site, LadderIndex(0)),
    }
}

/// A site with more ladders than these does not list them all on each page.
pub(crate) const FEW: usize = 8;

/// Returns the list of all ladders, if there are more than a menu has.
fn all_ladders(site: &Site, locale: LocaleIndex) -> Option<String> {
    (site.ladders.len() > FEW).then(|| format!("{}#_ladders", Page::In(locale, LocalePage::Home).path(site)))
}

fn menu(site: &Site, current: Option<LadderIndex>, locale: LocaleIndex) -> Vec<LadderLink> {
    let count = site.ladders.len();
    let mut listed: Vec<LadderIndex> = match current {
        _ if count < 2 => Vec::new(),
        _ if count <= FEW => site.ladders.keys().collect(),
        None => Vec::new(),
        Some(ladder) => {
            let inheritance = &site.inheritance;
            let kin = inheritance.line(ladder).chain(inheritance.compared(ladder).iter().copied());
            let kin = kin.chain(inheritance.compared_by(ladder).iter().copied());
            std::iter::once(ladder).chain(kin).chain(inheritance.derived(ladder).iter().copied()).collect()
        }
    };
    let mut seen = std::collections::HashSet::new();
    listed.retain(|ladder| seen.insert(*ladder));
    let link = |ladder: LadderIndex| LadderLink {
        title: site[ladder].title.read(locale).0.clone(),
        path: Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Whole)).path(site),
        current: current == Some(ladder),
    };
    listed.into_iter().take(FEW).map(link).collect()
}

pub(crate) fn attribution(site: &Site) -> Attribution {
    let Provenance { source, licence, modifications, .. } = &site.config.provenance;
    Attribution {
        title: source.title.clone(),
        creators: source.creators.iter().map(PartyLink::of).collect(),
        uri: source.uri.as_ref().map(ToString::to_string),
        licence_name: licence.as_ref().map(|licence| licence.short_name.clone()),
        licence_url: licence.as_ref().map(|licence| licence.url.to_string()),
        modified: !modifications.is_empty(),
        language: site.config.locale(LocaleIndex::SOURCE).language.clone(),
    }
}
