//! The frame of every page: head, header, navigation and attribution.

use serde::Serialize;
use tera::Value;

use super::history::{self, StubView};
use super::open_graph::Picture;
use super::scene::{Renderer, Scene};
use super::text::Link;
use crate::config::{Collection, CollectionKind};
use crate::data;
use crate::handle::{CollectionIndex, CriterionAt, EditionIndex, LevelIndex, NoteIndex};
use crate::interface::Words;
use crate::locale::LocaleIndex;
use crate::model::{EditionPage, LadderPage, LocalePage, NotePage, Page, Site};

/// The part of a page that is the same for each kind.
#[derive(Debug, Serialize)]
pub(crate) struct PageContext {
    /// The kind of page: the name of its template.
    pub(crate) kind: &'static str,
    /// The place of the locale among those of the site.
    pub(crate) locale: usize,
    /// Its address on the site.
    pub(crate) path: String,
    /// From here to the root of the site: `../../`.
    pub(crate) root: String,
    pub(crate) title: String,
    pub(crate) description: String,
    /// The absolute address. That of the source where a page is not translated.
    pub(crate) canonical: String,
    pub(crate) alternates: Vec<Alternate>,
    pub(crate) languages: Vec<PageLanguage>,
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
    /// The edition that the page shows, with its day, for each sheet of paper. None before the first, and on a page
    /// that shows nothing of a ladder.
    pub(crate) paper: Option<String>,
    /// The same as data, from here: of a ladder and of an edition.
    pub(crate) as_data: Vec<DataLink>,
    /// Structured data for search engines, as JSON.
    pub(crate) json_ld: Option<String>,
    /// The picture that other sites show beside a link to it.
    pub(crate) picture: Option<Picture>,
    /// Whether search engines should leave it out.
    pub(crate) hidden: bool,
    /// Items that once stood on the page, so that a link to one still lands somewhere.
    pub(crate) stubs: Vec<StubView>,
    /// The values that all pages of a locale share.
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
pub(crate) struct PageLanguage {
    /// For `lang` and `hreflang`.
    pub(crate) language: String,
    pub(crate) direction: &'static str,
    pub(crate) slug: String,
    /// In itself.
    pub(crate) name: String,
    /// In the language of the page, if that is another.
    pub(crate) here: Option<String>,
    pub(crate) href: String,
    pub(crate) current: bool,
}

/// What a page shows, as data for programs.
#[derive(Debug, Serialize)]
pub(crate) struct DataLink {
    /// Its media type.
    kind: &'static str,
    href: String,
}

impl PageContext {
    /// Returns the frame of a page. Title, description and what else is particular are for the page to fill in.
    pub(crate) fn of(scene: &Scene<'_>, kind: &'static str, title: String, description: String) -> Self {
        let shared = &scene.renderer.shared[scene.locale];
        let is_own = is_own(scene.site, scene.page);
        let source = || scene.page.in_locale(scene.site, LocaleIndex::SOURCE).path(scene.site);
        Self {
            kind,
            locale: scene.locale.0,
            canonical: if is_own { scene.absolute(scene.path) } else { scene.absolute(&source()) },
            alternates: alternates(scene.renderer, scene.page),
            languages: languages(scene),
            breadcrumbs: breadcrumbs(scene),
            previous: None,
            next: None,
            contents: Vec::new(),
            edit: edit(scene),
            ladder: scene.ladder().map_or(0, usize::from),
            links: shared.navigation(scene.ladder()),
            levels_here: levels_here(scene).into_iter().map(usize::from).collect(),
            feed: None,
            paper: paper(scene),
            as_data: data_links(scene),
            json_ld: None,
            picture: scene.renderer.album.pictures.get(&scene.page).cloned(),
            hidden: !is_own,
            stubs: history::stubs(scene),
            shared: shared.values.clone(),
            path: scene.path.to_owned(),
            root: scene.root.to_owned(),
            title,
            description,
        }
    }
}

/// Returns the edition that a page shows, or after which its words are. None for a page that shows nothing that an
/// edition holds: it is the same whatever becomes of the ladder.
pub(crate) fn paper(scene: &Scene<'_>) -> Option<String> {
    let history = &scene.site.history;
    let (edition, key) = match (scene.page, history.same_as()) {
        (Page::Edition(edition, _), _) => (edition, "print.edition"),
        (Page::Root | Page::NotFound | Page::Former(_), _) => return None,
        (Page::In(_, page), _) if !matches!(page, LocalePage::Ladder(..) | LocalePage::SharedThread(_)) => return None,
        (_, Some(last)) => (last, "print.edition"),
        (_, None) => (history.editions.last_key()?, "print.after"),
    };
    Some(on_paper(scene, key, edition))
}

/// Returns what paper says of an edition.
pub(crate) fn on_paper(scene: &Scene<'_>, key: &str, edition: EditionIndex) -> String {
    let released = &scene.site.history.editions[edition];
    let (name, date) = (released.name().to_string(), released.date.to_string());
    scene.phrase(key, &[("edition", &name), ("date", &date)])
}

/// Returns the files that have the content of a page as data.
pub(crate) fn data_links(scene: &Scene<'_>) -> Vec<DataLink> {
    let (json, table) = match scene.page {
        Page::In(_, LocalePage::Ladder(_, LadderPage::Whole)) => {
            (data::CURRENT.to_owned(), data::CURRENT_TABLE.to_owned())
        }
        Page::Edition(edition, EditionPage::Whole | EditionPage::Ladder { .. }) => {
            let edition = &scene.site.history.editions[edition];
            (data::edition_path(edition), data::edition_table_path(edition))
        }
        _ => return Vec::new(),
    };
    let files = [("application/json", json), ("text/csv", table)];
    files.into_iter().map(|(kind, path)| DataLink { kind, href: scene.href_of(&path) }).collect()
}

fn alternates(renderer: &Renderer<'_>, page: Page) -> Vec<Alternate> {
    let site = renderer.site;
    let page = if page == Page::Root { Page::In(LocaleIndex::SOURCE, LocalePage::Home) } else { page };
    if page.locale().is_none() || !is_own(site, page) {
        return Vec::new();
    }
    let locales: Vec<_> = site.config.locale_indices().filter(|&locale| is_alternate(site, page, locale)).collect();
    let alternate = |language: &str, page: Page| Alternate {
        language: language.to_owned(),
        address: renderer.absolute(&page.path(site)),
    };
    let default = match page {
        Page::In(_, LocalePage::Home) => Page::Root,
        _ => page.in_locale(site, LocaleIndex::SOURCE),
    };
    let default = locales.contains(&LocaleIndex::SOURCE).then_some(("x-default", default));
    let existing = locales.into_iter().filter(|&locale| exists_in(site, page, locale));
    let own = |locale: LocaleIndex| (site.config.locale(locale).language.as_str(), page.in_locale(site, locale));
    existing.map(own).chain(default).map(|(language, page)| alternate(language, page)).collect()
}

/// Returns whether a page has a counterpart in a locale that leads back to it. Two locales side by side have none in a
/// third, and an edition may lack the language.
fn is_alternate(site: &Site, page: Page, locale: LocaleIndex) -> bool {
    match page {
        Page::In(_, LocalePage::Ladder(ladder, since @ LadderPage::Since(_))) => site.has_since(ladder, since, locale),
        Page::In(own, LocalePage::Ladder(_, LadderPage::Beside { other, .. }))
        | Page::In(own, LocalePage::Note(_, NotePage::Beside { other, .. })) => [own, other].contains(&locale),
        _ => true,
    }
}

fn levels_here(scene: &Scene<'_>) -> Vec<LevelIndex> {
    match scene.page {
        Page::In(_, LocalePage::Ladder(_, LadderPage::Level(level))) => vec![level],
        Page::In(_, LocalePage::Ladder(_, LadderPage::Compare { lower, higher })) => vec![lower, higher],
        Page::In(_, LocalePage::Ladder(_, LadderPage::Across { level, .. })) => vec![level],
        Page::Criterion(criterion) => vec![scene.site[criterion].level],
        _ => Vec::new(),
    }
}

/// Returns the language switch. A page for all languages has a part for each, so there it leads to that part.
fn languages(scene: &Scene<'_>) -> Vec<PageLanguage> {
    let (site, page) = (scene.site, scene.page);
    let one = |locale: LocaleIndex| {
        let locale_config = site.config.locale(locale);
        let href = match page {
            Page::Criterion { .. } | Page::Withdrawn(_) => format!("#{}", locale_config.slug),
            _ if page.locale().is_none() => scene.href(Page::In(locale, LocalePage::Home)),
            _ => scene.href(page.in_locale(site, locale)),
        };
        PageLanguage {
            language: locale_config.language.clone(),
            direction: locale_config.direction.name(),
            slug: locale_config.slug.clone(),
            name: scene.renderer.words.name(locale).to_owned(),
            here: Some(scene.name_of_language(locale)).filter(|_| locale != scene.locale).map(str::to_owned),
            href,
            current: page.locale() == Some(locale),
        }
    };
    site.config.locale_indices().map(one).collect()
}

fn breadcrumbs(scene: &Scene<'_>) -> Vec<Link> {
    let page = scene.page;
    let link = |title: &str, page: Page| Link { title: title.to_owned(), href: scene.href(page) };
    let mut crumbs = Vec::new();
    if !matches!(page, Page::Root | Page::In(_, LocalePage::Home) | Page::NotFound) {
        crumbs.push(link(scene.word("navigation.home"), scene.local(LocalePage::Home)));
    }
    if let Some(ladder) =
        page.ladder().filter(|_| !matches!(page, Page::In(_, LocalePage::Ladder(_, LadderPage::Whole))))
    {
        let title = scene.site[ladder].title.read(scene.locale).0;
        crumbs.push(link(title, scene.of_ladder(ladder, LadderPage::Whole)));
    }
    match page {
        Page::In(_, LocalePage::Glossary) if scene.site.notes_of(Collection::NOTES).next().is_some() => {
            crumbs.push(link(scene.word("navigation.notes"), scene.local(LocalePage::Collection(Collection::NOTES))))
        }
        Page::In(_, LocalePage::Note(note, NotePage::Whole)) => crumbs.extend(collection_link(scene, note)),
        Page::In(_, LocalePage::Note(note, NotePage::Beside { .. })) => {
            crumbs.extend(collection_link(scene, note));
            crumbs.push(link(
                &scene.site[note].text.read(scene.locale).0.title,
                scene.local(LocalePage::Note(note, NotePage::Whole)),
            ));
        }
        Page::Criterion(criterion) => {
            let level = scene.site[criterion].level.of(criterion.ladder);
            crumbs.push(link(&scene.site[level].name(scene.locale), Page::of_level(scene.locale, level)));
        }
        _ => {}
    }
    crumbs
}

/// Returns the page that lists a note with others, if there is one.
pub(crate) fn collection_link(scene: &Scene<'_>, note: NoteIndex) -> Option<Link> {
    let collection = scene.site[note].collection;
    let page = Page::of_collection(scene.site, scene.locale, collection)?;
    let title = collection_title(scene.site, scene.renderer.words, collection, scene.locale)?.to_owned();
    Some(Link { title, href: scene.href(page) })
}

/// Returns where the text of a page is edited: in its language if it has a file there.
fn edit(scene: &Scene<'_>) -> Option<String> {
    let site = scene.site;
    let file = match scene.page {
        Page::In(_, LocalePage::Note(note, NotePage::Whole)) => site[note].text.read(scene.locale).0.path.as_str(),
        Page::In(_, LocalePage::Ladder(ladder, LadderPage::Whole))
        | Page::In(_, LocalePage::Ladder(ladder, LadderPage::Level(_)))
        | Page::Criterion(CriterionAt { ladder, .. }) => site[ladder].files.read(scene.locale).0.as_str(),
        Page::In(_, LocalePage::Glossary) => crate::glossary::GLOSSARY,
        _ => return None,
    };
    let url = site.config.edit_url.as_ref()?;
    Some(format!("{url}{}", percent_encoding::utf8_percent_encode(file, PATH)))
}

/// Characters to be escaped in the path of an address, apart from the slashes between its parts.
const PATH: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Returns the title of a collection. None for pages that stand by themselves.
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

/// Returns whether a page says anything of its own in its locale. One that does not shows its source.
pub(crate) fn is_own(site: &Site, page: Page) -> bool {
    page.locale().is_none_or(|locale| exists_in(site, page, locale))
}

/// Returns whether a page says anything of its own in a locale.
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
