//! The pages one comes in by: the root, the home of a locale, and the page for addresses that lead nowhere.

use serde::Serialize;
use tera::Value;

use super::framed;
use super::note::NoteLink;
use crate::config::Collection;
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, LocalePage, Page, Subject};
use crate::render::Renderer;
use crate::render::frame::Frame;
use crate::render::row::{CategoryName, LevelName, Prose, Row, Text};
use crate::render::shared::FEW;
use crate::translation::Passage;

/// The choice of languages. Its scripts lead on to the one last chosen, or that the browser asks for.
#[derive(Serialize)]
pub(crate) struct RootView {
    #[serde(flatten)]
    frame: Frame,
    titles: Vec<Text>,
}

#[derive(Serialize)]
pub(crate) struct NotFoundView {
    #[serde(flatten)]
    frame: Frame,
    /// In each language: what to say, and the way home.
    languages_here: Vec<NotFoundPart>,
}

#[derive(Serialize)]
struct NotFoundPart {
    locale: usize,
    language: String,
    direction: &'static str,
    home: String,
    site_title: String,
}

/// The site in one language.
#[derive(Serialize)]
pub(crate) struct HomeView {
    #[serde(flatten)]
    frame: Frame,
    ladders: Vec<HomeLadder>,
    /// All ladders by name, where there are more than fit on a page at length.
    list: Vec<ListedLadder>,
    notes: Vec<NoteLink>,
}

#[derive(Serialize)]
struct ListedLadder {
    title: Text,
    path: String,
    levels: usize,
    criteria: usize,
}

#[derive(Serialize)]
struct HomeLadder {
    title: Text,
    path: String,
    preface: Prose,
    levels: Vec<LevelName>,
    categories: Vec<CategoryName>,
    criteria: usize,
    threads: usize,
    accumulates: bool,
    /// The first criterion, to show what an id looks like.
    example: Option<Row>,
    /// The notes about any of its levels, such as how to read it.
    guides: Vec<NoteLink>,
    links: Value,
}

framed!(RootView, NotFoundView, HomeView);

impl Renderer<'_> {
    pub(crate) fn root(&self) -> RootView {
        let config = &self.site.config;
        let title = config.title.source().clone();
        let description = config.description.source().clone();
        let text = |locale| Text {
            text: config.title.read(locale).0.clone(),
            language: Some(config.locale(config.title.read(locale).1).language.clone()),
        };
        let titles = config.locale_indices().map(text).collect();
        RootView { frame: self.frame(Page::Root, "root", title, description), titles }
    }

    pub(crate) fn not_found(&self) -> NotFoundView {
        let title = self.words.get(LocaleIndex::SOURCE, "not-found.title").to_owned();
        let mut frame = self.frame(Page::NotFound, "not-found", title, String::new());
        frame.hidden = true;
        let part = |locale: LocaleIndex| NotFoundPart {
            locale: locale.0,
            language: self.site.config.locale(locale).language.clone(),
            direction: self.site.config.locale(locale).direction.name(),
            home: Page::In(locale, LocalePage::Home).path(self.site),
            site_title: self.site.config.title.read(locale).0.clone(),
        };
        NotFoundView { frame, languages_here: self.site.config.locale_indices().map(part).collect() }
    }

    pub(crate) fn home(&self, locale: LocaleIndex) -> HomeView {
        let config = &self.site.config;
        let title = config.title.read(locale).0.clone();
        let frame =
            self.frame(Page::In(locale, LocalePage::Home), "home", title, config.description.read(locale).0.clone());
        let count = self.site.ladders.len();
        let (at_length, listed) = if count > FEW { (0, count) } else { (count, 0) };
        let ladders = (0..at_length).map(|ladder| self.home_ladder(ladder, locale, &frame.root)).collect();
        let list = (0..listed).map(|ladder| self.listed_ladder(ladder, locale)).collect();
        let notes = self.site.notes_of(Collection::NOTES).map(|note| self.note_link(note, locale)).collect();
        HomeView { frame, ladders, list, notes }
    }

    fn listed_ladder(&self, ladder: usize, locale: LocaleIndex) -> ListedLadder {
        let of = &self.site.ladders[ladder];
        ListedLadder {
            title: self.text(&of.title, locale),
            path: Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Whole)).path(self.site),
            levels: of.levels.len(),
            criteria: of.criteria.len(),
        }
    }

    fn home_ladder(&self, ladder: usize, locale: LocaleIndex, root: &str) -> HomeLadder {
        let of = &self.site.ladders[ladder];
        let guides = self.site.notes.iter().enumerate().filter(|(_, note)| {
            let about_levels =
                |subject: &&Subject| matches!(subject, Subject::Level { ladder: at, .. } if *at == ladder);
            note.about.iter().filter(about_levels).count() == of.levels.len()
        });
        HomeLadder {
            title: self.text(&of.title, locale),
            path: Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Whole)).path(self.site),
            preface: self.preface(ladder, locale, root),
            levels: (0..of.levels.len()).map(|level| self.level_view(ladder, level, locale)).collect(),
            categories: (0..of.categories.len()).map(|at| self.category_view(ladder, at, None, locale)).collect(),
            criteria: of.criteria.len(),
            threads: of.threads.len(),
            accumulates: of.config.levels_accumulate,
            example: (!of.criteria.is_empty()).then(|| self.row(ladder, 0, locale, root)),
            guides: guides.map(|(note, _)| self.note_link(note, locale)).collect(),
            links: self.shared_ladder(ladder, locale),
        }
    }

    pub(crate) fn preface(&self, ladder: usize, locale: LocaleIndex, root: &str) -> Prose {
        self.passage(Passage::Preface { ladder }, ladder, (locale, root))
    }

    /// The navigation of a ladder, as all its pages have it.
    fn shared_ladder(&self, ladder: usize, locale: LocaleIndex) -> Value {
        self.shared[locale.0].get_from_path(&format!("ladders.{ladder}")).cloned().unwrap_or_else(Value::none)
    }
}
