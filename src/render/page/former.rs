//! Where a page once stood: it leads on to where its matter is now, or says that it is gone.

use serde::Serialize;

use super::edition::BareFrame;
use super::framed;
use crate::handle::{FormerIndex, LevelAt};
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, LocalePage, Page, Subject};
use crate::render::Renderer;
use crate::render::frame::{Link, collection_title};

#[derive(Serialize)]
pub(crate) struct FormerView {
    #[serde(flatten)]
    frame: BareFrame,
    /// Where the page is now, or what is nearest to it.
    to: Link,
    is_renamed: bool,
    /// The criteria that stood on it.
    criteria: Vec<FormerCriterion>,
}

/// A criterion, and where it is now.
#[derive(Serialize)]
struct FormerCriterion {
    id: String,
    slug: String,
    path: String,
    /// The level on which it stands. None if it was withdrawn.
    level: Option<Link>,
}

framed!(FormerView);

impl Renderer<'_> {
    pub(crate) fn former(&self, former: FormerIndex) -> FormerView {
        let of = &self.site.history.former[former];
        let locale = of.locale;
        let to = self.name_of_page(of.to);
        let values = [("title", to.as_str())];
        let (title, description) = match of.is_renamed {
            true => (to.clone(), self.words.phrase(locale, "former.renamed", &values)),
            false => {
                let was = if of.title.is_empty() { format!("/{}", of.path) } else { of.title.clone() };
                (was, self.words.get(locale, "former.gone").to_owned())
            }
        };
        let own = self.site.config.locale(locale);
        let page = Page::Former(former);
        let mut frame = self.bare_frame(page, "former", own, None, title, description);
        frame.canonical = self.absolute(&of.to.path(self.site));
        let href = format!("{}{}", frame.root, of.to.path(self.site));
        FormerView {
            to: Link { title: to, href },
            is_renamed: of.is_renamed,
            criteria: of.criteria.iter().map(|id| self.former_criterion(id, locale, &frame.root)).collect(),
            frame,
        }
    }

    fn former_criterion(&self, id: &CriterionId, locale: LocaleIndex, root: &str) -> FormerCriterion {
        let level = match self.site.find(&id.to_string()) {
            Some(subject @ Subject::Criterion { .. }) => Some(self.place_of(subject, locale, root)),
            _ => None,
        };
        FormerCriterion { id: id.to_string(), slug: id.slug(), path: format!("{root}c/{}/", id.slug()), level }
    }

    /// What a page of one language is called.
    fn name_of_page(&self, page: Page) -> String {
        let Page::In(locale, page) = page else {
            return self.site.config.title.read(page.locale().unwrap_or(LocaleIndex::SOURCE)).0.clone();
        };
        let word = |key| self.words.get(locale, key).to_owned();
        match page {
            LocalePage::Home => self.site.config.title.read(locale).0.clone(),
            LocalePage::Ladder(ladder, page) => match page {
                LadderPage::Whole => self.site[ladder].title.read(locale).0.clone(),
                LadderPage::Level(level) => self.level_name(level.of(ladder), locale),
                LadderPage::Matrix => word("navigation.matrix"),
                LadderPage::Threads => word("navigation.threads"),
                LadderPage::Compare { lower, higher } => {
                    self.name_of_pair([lower.of(ladder), higher.of(ladder)], locale)
                }
                LadderPage::Across { level, other, opposite } => {
                    self.name_of_pair([level.of(ladder), opposite.of(other)], locale)
                }
                LadderPage::Beside { .. } | LadderPage::Since(_) => word("navigation.beside"),
            },
            LocalePage::SharedThread(thread) => self.site.config.threads[thread].title.read(locale).0.clone(),
            LocalePage::Collection(collection) => {
                collection_title(self.site, self.words, collection, locale).unwrap_or_default().to_owned()
            }
            LocalePage::Note(note, _) => self.site[note].text.read(locale).0.title.clone(),
            LocalePage::Glossary => word("glossary.title"),
            LocalePage::Translation => word("translation.title"),
            LocalePage::Licence => word("licence.title"),
            LocalePage::Search => word("search.title"),
            LocalePage::Changes => word("changes.title"),
        }
    }

    fn name_of_pair(&self, levels: [LevelAt; 2], locale: LocaleIndex) -> String {
        let names = levels.map(|level| self.short_level(level, locale));
        format!("{} · {}", self.words.get(locale, "navigation.compare"), names.join(" – "))
    }
}
