//! Where a page once stood: it leads on to where its matter is now, or says that it is gone.

use serde::Serialize;

use super::edition::BareFrame;
use super::framed;
use crate::handle::{FormerIndex, LevelAt};
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, LocalePage, Page, Subject};
use crate::render::page_context::collection_title;
use crate::render::scene::Scene;
use crate::render::text::Link;
use crate::render::{history, name};

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

pub(crate) fn view(scene: &Scene<'_>, former: FormerIndex) -> FormerView {
    let former_page = &scene.site.history.former[former];
    let scene = &scene.read_in(former_page.locale);
    let to = name_of_page(scene, former_page.to);
    let values = [("title", to.as_str())];
    let (title, description) = match former_page.is_renamed {
        true => (to.clone(), scene.phrase("former.renamed", &values)),
        false => {
            let was =
                if former_page.title.is_empty() { format!("/{}", former_page.path) } else { former_page.title.clone() };
            (was, scene.word("former.gone").to_owned())
        }
    };
    let own = scene.site.config.locale(scene.locale);
    let mut frame = BareFrame::of(scene, "former", own, None, title, description);
    frame.canonical = scene.absolute(&former_page.to.path(scene.site));
    let href = scene.href(former_page.to);
    FormerView {
        to: Link { title: to, href },
        is_renamed: former_page.is_renamed,
        criteria: former_page.criteria.iter().map(|id| former_criterion(scene, id)).collect(),
        frame,
    }
}

fn former_criterion(scene: &Scene<'_>, id: &CriterionId) -> FormerCriterion {
    let level = match scene.site.find(&id.to_string()) {
        Some(subject @ Subject::Criterion { .. }) => Some(history::place_of(scene, subject)),
        _ => None,
    };
    FormerCriterion { id: id.to_string(), slug: id.slug(), path: scene.href_of(&format!("c/{}/", id.slug())), level }
}

/// Returns the title of a page in one language.
fn name_of_page(scene: &Scene<'_>, page: Page) -> String {
    let scene = &scene.read_in(page.locale().unwrap_or(LocaleIndex::SOURCE));
    let Page::In(_, page) = page else { return scene.site.config.title.read(scene.locale).0.clone() };
    let word = |key| scene.word(key).to_owned();
    match page {
        LocalePage::Home => scene.site.config.title.read(scene.locale).0.clone(),
        LocalePage::Ladder(ladder, page) => match page {
            LadderPage::Whole => scene.site[ladder].title.read(scene.locale).0.clone(),
            LadderPage::Level(level) => scene.site[level.of(ladder)].name(scene.locale),
            LadderPage::Worksheet(level) => {
                let name = scene.site[level.of(ladder)].name(scene.locale);
                scene.phrase("worksheet.title", &[("level", &name)])
            }
            LadderPage::Matrix => word("navigation.matrix"),
            LadderPage::Threads => word("navigation.threads"),
            LadderPage::Compare { lower, higher } => name_of_pair(scene, [lower.of(ladder), higher.of(ladder)]),
            LadderPage::Across { level, other, opposite } => {
                name_of_pair(scene, [level.of(ladder), opposite.of(other)])
            }
            LadderPage::Beside { .. } => word("navigation.beside"),
            LadderPage::Since(edition) => {
                let name = scene.site.history.editions[edition].name().to_string();
                let ladder = scene.site[ladder].title.read(scene.locale).0;
                scene.phrase("since.title", &[("ladder", ladder), ("edition", &name)])
            }
        },
        LocalePage::SharedThread(thread) => scene.site.config.threads[thread].title.read(scene.locale).0.clone(),
        LocalePage::Collection(collection) => {
            let title = collection_title(scene.site, scene.renderer.words, collection, scene.locale);
            title.unwrap_or_default().to_owned()
        }
        LocalePage::Note(note, _) => scene.site[note].text.read(scene.locale).0.title.clone(),
        LocalePage::Glossary => word("glossary.title"),
        LocalePage::Translation => word("translation.title"),
        LocalePage::Licence => word("licence.title"),
        LocalePage::Search => word("search.title"),
        LocalePage::Changes => word("changes.title"),
        LocalePage::Downloads => word("downloads.title"),
    }
}

fn name_of_pair(scene: &Scene<'_>, levels: [LevelAt; 2]) -> String {
    let names = levels.map(|level| name::short_level(scene, level));
    format!("{} · {}", scene.word("navigation.compare"), names.join(" – "))
}
