//! What every page has around its own matter: head, header, ways to elsewhere, attribution.

use serde::Serialize;
use tera::Value;

use super::Renderer;
use super::open_graph::Picture;
use super::past::StubView;
use crate::config::{Collection, CollectionKind};
use crate::handle::{CollectionIndex, CriterionAt, LevelAt, LevelIndex, NoteIndex};
use crate::interface::Words;
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, LocalePage, NotePage, Page, Site};

/// A link with its words.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Link {
    pub(crate) title: String,
    /// From the page it stands on.
    pub(crate) href: String,
}

/// The part of a page that is the same for each kind.
#[derive(Debug, Serialize)]
pub(crate) struct Frame {
    /// Which kind of page it is: the name of its template.
    pub(crate) kind: &'static str,
    /// The place of the locale among those of the site.
    pub(crate) locale: usize,
    /// Its address on the site.
    pub(crate) path: String,
    /// From here to the root of the site: `../../`.
    pub(crate) root: String,
    pub(crate) title: String,
    pub(crate) description: String,
    /// The absolute address.
    pub(crate) canonical: String,
    pub(crate) alternates: Vec<Alternate>,
    pub(crate) languages: Vec<Language>,
    /// The pages that lead here, the home page first.
    pub(crate) breadcrumbs: Vec<Link>,
    pub(crate) previous: Option<Link>,
    pub(crate) next: Option<Link>,
    pub(crate) contents: Vec<Link>,
    /// Where the source of the page can be edited.
    pub(crate) edit: Option<String>,
    /// The place of the ladder whose pages the navigation shows: the page's own, or else the first.
    pub(crate) ladder: usize,
    /// The navigation of that ladder. On a site with several ladders, a page of none has one that leads to all.
    pub(crate) links: Value,
    /// The levels of that ladder that the page is about.
    pub(crate) levels_here: Vec<usize>,
    /// The feed of the changes that the page shows, from here.
    pub(crate) feed: Option<String>,
    /// Structured data for search engines, as JSON.
    pub(crate) json_ld: Option<String>,
    /// What other sites show beside a link to it.
    pub(crate) picture: Option<Picture>,
    /// Whether search engines should leave it out.
    pub(crate) hidden: bool,
    /// What stood on the page, so that a link to it still lands somewhere.
    pub(crate) stubs: Vec<StubView>,
    /// What all pages of a locale share.
    pub(crate) shared: Value,
}

/// The same page in another language, for search engines.
#[derive(Debug, Serialize)]
pub(crate) struct Alternate {
    pub(crate) language: String,
    pub(crate) address: String,
}

/// The same page in another language, for readers.
#[derive(Debug, Serialize)]
pub(crate) struct Language {
    /// For `lang` and `hreflang`.
    pub(crate) language: String,
    pub(crate) direction: &'static str,
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) current: bool,
}

impl<'a> Renderer<'a> {
    /// The frame of a page. Title, description and what else is particular are for the page to fill in.
    pub(crate) fn frame(&self, page: Page, kind: &'static str, title: String, description: String) -> Frame {
        let site = self.site;
        let path = page.path(site);
        let locale = page.locale().unwrap_or(LocaleIndex::SOURCE);
        let root = self.root_from(&path, page);
        Frame {
            kind,
            locale: locale.0,
            canonical: self.absolute(&path),
            alternates: self.alternates(page),
            languages: self.languages(page, &root),
            breadcrumbs: self.breadcrumbs(page, &root),
            previous: None,
            next: None,
            contents: Vec::new(),
            edit: self.edit(page),
            ladder: page.ladder().map_or(0, usize::from),
            links: self.links(page, locale),
            levels_here: self.levels_here(page).into_iter().map(usize::from).collect(),
            feed: None,
            json_ld: None,
            picture: self.album.pictures.get(&page).cloned(),
            hidden: false,
            stubs: self.stubs(page, locale, &root),
            shared: self.shared[locale.0].clone(),
            path,
            root,
            title,
            description,
        }
    }

    /// From a page to the root. The page for addresses that lead nowhere is shown at any depth, so it starts from the
    /// path of the base URL.
    fn root_from(&self, path: &str, page: Page) -> String {
        if page == Page::NotFound { self.site.config.base_url.path().to_owned() } else { root_of(path) }
    }

    pub(crate) fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.site.config.base_url)
    }

    pub(crate) fn alternates(&self, page: Page) -> Vec<Alternate> {
        let site = self.site;
        let page = if page == Page::Root { Page::In(LocaleIndex::SOURCE, LocalePage::Home) } else { page };
        if page.locale().is_none() {
            return Vec::new();
        }
        let existing: Vec<_> = site.config.locale_indices().filter(|&locale| exists_in(site, page, locale)).collect();
        let alternate = |language: &str, page: Page| Alternate {
            language: language.to_owned(),
            address: self.absolute(&page.path(site)),
        };
        let default = if matches!(page, Page::In(_, LocalePage::Home)) {
            Page::Root
        } else {
            page.in_locale(LocaleIndex::SOURCE)
        };
        let mut alternates: Vec<_> = existing
            .iter()
            .map(|&locale| alternate(&site.config.locale(locale).language, page.in_locale(locale)))
            .collect();
        alternates.push(alternate("x-default", default));
        alternates
    }

    fn links(&self, page: Page, locale: LocaleIndex) -> Value {
        let path = match page.ladder() {
            None if self.site.ladders.len() > 1 => "outside".to_owned(),
            ladder => format!("ladders.{}", ladder.map_or(0, usize::from)),
        };
        self.shared[locale.0].get_from_path(&path).cloned().unwrap_or_else(Value::none)
    }

    fn levels_here(&self, page: Page) -> Vec<LevelIndex> {
        match page {
            Page::In(_, LocalePage::Ladder(_, LadderPage::Level(level))) => vec![level],
            Page::In(_, LocalePage::Ladder(_, LadderPage::Compare { lower, higher })) => vec![lower, higher],
            Page::In(_, LocalePage::Ladder(_, LadderPage::Across { level, .. })) => vec![level],
            Page::Criterion(criterion) => vec![self.site[criterion].level],
            _ => Vec::new(),
        }
    }

    /// The language switch. A page for all languages has a part for each, so there it leads to that part.
    fn languages(&self, page: Page, root: &str) -> Vec<Language> {
        let site = self.site;
        let one = |locale: LocaleIndex| {
            let of = site.config.locale(locale);
            let href = match page {
                Page::Criterion { .. } | Page::Withdrawn(_) => format!("#{}", of.slug),
                _ if page.locale().is_none() => format!("{root}{}", Page::In(locale, LocalePage::Home).path(site)),
                _ => format!("{root}{}", page.in_locale(locale).path(site)),
            };
            Language {
                language: of.language.clone(),
                direction: of.direction.name(),
                slug: of.slug.clone(),
                name: self.words.name(locale).to_owned(),
                href,
                current: page.locale() == Some(locale),
            }
        };
        site.config.locale_indices().map(one).collect()
    }

    fn breadcrumbs(&self, page: Page, root: &str) -> Vec<Link> {
        let locale = page.locale().unwrap_or(LocaleIndex::SOURCE);
        let link =
            |title: &str, page: Page| Link { title: title.to_owned(), href: format!("{root}{}", page.path(self.site)) };
        let mut crumbs = Vec::new();
        if !matches!(page, Page::Root | Page::In(_, LocalePage::Home) | Page::NotFound) {
            crumbs.push(link(self.words.get(locale, "navigation.home"), Page::In(locale, LocalePage::Home)));
        }
        if let Some(ladder) =
            page.ladder().filter(|_| !matches!(page, Page::In(_, LocalePage::Ladder(_, LadderPage::Whole))))
        {
            let title = self.site[ladder].title.read(locale).0;
            crumbs.push(link(title, Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Whole))));
        }
        match page {
            Page::In(_, LocalePage::Glossary) if self.site.notes_of(Collection::NOTES).next().is_some() => {
                crumbs.push(link(
                    self.words.get(locale, "navigation.notes"),
                    Page::In(locale, LocalePage::Collection(Collection::NOTES)),
                ))
            }
            Page::In(_, LocalePage::Note(note, NotePage::Whole)) => {
                crumbs.extend(self.collection_link(note, locale, root))
            }
            Page::In(_, LocalePage::Note(note, NotePage::Beside { .. })) => {
                crumbs.extend(self.collection_link(note, locale, root));
                crumbs.push(link(
                    &self.site[note].text.read(locale).0.title,
                    Page::In(locale, LocalePage::Note(note, NotePage::Whole)),
                ));
            }
            Page::Criterion(criterion) => {
                let level = self.site[criterion].level.of(criterion.ladder);
                crumbs.push(link(&self.level_name(level, locale), Page::of_level(locale, level)));
            }
            _ => {}
        }
        crumbs
    }

    /// The page that lists a note with others, if there is one.
    pub(crate) fn collection_link(&self, note: NoteIndex, locale: LocaleIndex, root: &str) -> Option<Link> {
        let collection = self.site[note].collection;
        let page = Page::of_collection(self.site, locale, collection)?;
        let title = collection_title(self.site, self.words, collection, locale)?.to_owned();
        Some(Link { title, href: format!("{root}{}", page.path(self.site)) })
    }

    /// Where the text of a page is edited: in its language if it has a file there.
    fn edit(&self, page: Page) -> Option<String> {
        let site = self.site;
        let locale = page.locale().unwrap_or(LocaleIndex::SOURCE);
        let file = match page {
            Page::In(_, LocalePage::Note(note, NotePage::Whole)) => site[note].text.read(locale).0.path.as_str(),
            Page::In(_, LocalePage::Ladder(ladder, LadderPage::Whole))
            | Page::In(_, LocalePage::Ladder(ladder, LadderPage::Level(_)))
            | Page::Criterion(CriterionAt { ladder, .. }) => site[ladder].files.read(locale).0.as_str(),
            Page::In(_, LocalePage::Glossary) => crate::glossary::GLOSSARY,
            _ => return None,
        };
        let url = site.config.edit_url.as_ref()?;
        Some(format!("{url}{}", percent_encoding::utf8_percent_encode(file, PATH)))
    }

    /// What a level is called where there is little room: its code, or its title if it has none.
    pub(crate) fn short_level(&self, level: LevelAt, locale: LocaleIndex) -> String {
        let of = &self.site[level];
        if of.codes.is_empty() { of.title.read(locale).0.clone() } else { of.code() }
    }

    /// What a level is called where there is room for its title.
    pub(crate) fn level_name(&self, level: LevelAt, locale: LocaleIndex) -> String {
        self.site[level].name(locale)
    }
}

/// What has to be escaped in the path of an address, apart from the slashes between its parts.
const PATH: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a collection is called. None for pages that stand by themselves.
pub(crate) fn collection_title<'a>(
    site: &'a Site,
    words: &'a Words,
    collection: CollectionIndex,
    locale: LocaleIndex,
) -> Option<&'a str> {
    match &site.config.collections[collection].kind {
        CollectionKind::Notes => Some(words.get(locale, "navigation.notes")),
        CollectionKind::Pages => None,
        CollectionKind::Guide { title, .. } => Some(title.read(locale).0),
    }
}

/// Whether a page says anything of its own in a locale.
fn exists_in(site: &Site, page: Page, locale: LocaleIndex) -> bool {
    match page {
        Page::In(_, LocalePage::Note(note, NotePage::Whole))
        | Page::In(_, LocalePage::Note(note, NotePage::Beside { .. })) => site[note].text.own(locale).is_some(),
        _ => match page.ladder() {
            Some(ladder) => site[ladder].files.own(locale).is_some(),
            None => true,
        },
    }
}

/// From a page to the root of the site. The root itself is `./`.
pub(crate) fn root_of(path: &str) -> String {
    match path.matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}
