//! The pages one comes in by: the root, the home of a locale, and the page for addresses that lead nowhere.

use serde::Serialize;
use tera::Value;

use super::framed;
use super::note::NoteLink;
use crate::config::Collection;
use crate::handle::{LadderIndex, LevelAt};
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
        let (few, many) = match self.site.ladders.keys() {
            all if all.len() > FEW => (None, Some(all)),
            all => (Some(all), None),
        };
        let ladders = few.into_iter().flatten().map(|ladder| self.home_ladder(ladder, locale, &frame.root)).collect();
        let list = many.into_iter().flatten().map(|ladder| self.listed_ladder(ladder, locale)).collect();
        let notes = self.site.notes_of(Collection::NOTES).map(|note| self.note_link(note, locale)).collect();
        HomeView { frame, ladders, list, notes }
    }

    fn listed_ladder(&self, ladder: LadderIndex, locale: LocaleIndex) -> ListedLadder {
        let of = &self.site[ladder];
        ListedLadder {
            title: self.text(&of.title, locale),
            path: Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Whole)).path(self.site),
            levels: of.levels.len(),
            criteria: of.criteria.len(),
        }
    }

    fn home_ladder(&self, ladder: LadderIndex, locale: LocaleIndex, root: &str) -> HomeLadder {
        let of = &self.site[ladder];
        let guides = self.site.notes.iter_enumerated().filter(|(_, note)| {
            let about_levels =
                |subject: &&Subject| matches!(subject, Subject::Level(LevelAt { ladder: at, .. }) if *at == ladder);
            note.about.iter().filter(about_levels).count() == of.levels.len()
        });
        HomeLadder {
            title: self.text(&of.title, locale),
            path: Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Whole)).path(self.site),
            preface: self.preface(ladder, locale, root),
            levels: of.levels.keys().map(|level| self.level_view(level.of(ladder), locale)).collect(),
            categories: of.categories.keys().map(|at| self.category_view(at.of(ladder), None, locale)).collect(),
            criteria: of.criteria.len(),
            threads: of.threads.len(),
            accumulates: of.config.levels_accumulate,
            example: of.criteria.first_key().map(|first| self.row(first.of(ladder), locale, root)),
            guides: guides.map(|(note, _)| self.note_link(note, locale)).collect(),
            links: self.shared_ladder(ladder, locale),
        }
    }

    pub(crate) fn preface(&self, ladder: LadderIndex, locale: LocaleIndex, root: &str) -> Prose {
        self.passage(Passage::Preface { ladder }, ladder, (locale, root))
    }

    /// The navigation of a ladder, as all its pages have it.
    fn shared_ladder(&self, ladder: LadderIndex, locale: LocaleIndex) -> Value {
        self.shared[locale.0].get_from_path(&format!("ladders.{}", ladder.0)).cloned().unwrap_or_else(Value::none)
    }
}
