//! One view for each kind of page.

mod changes;
mod compare;
mod compare_ladders;
mod criterion;
mod downloads;
mod edition;
mod edition_diff;
mod former;
mod glossary;
mod home;
mod ladder;
mod level;
mod licence;
mod matrix;
mod note;
mod note_side_by_side;
mod search;
mod side_by_side;
mod threads;
mod translation;
mod withdrawn;
mod worksheet;

use serde::Serialize;
use tera::Context;

use super::scene::{Scene, context};
use crate::config::Collection;
use crate::handle::LadderIndex;
use crate::model::{EditionPage, LadderPage, LocalePage, NotePage, Page};

pub(crate) use changes::{FEED, ReleaseView, feed_path, releases};
pub(crate) use licence::view as licence;
pub(crate) use note::plain_note;
#[cfg(feature = "cards")]
pub(crate) use note::{NoteLink, introduction};

/// Everything that the template of one page shows.
trait View: Serialize {
    /// The kind of page: the name of its template.
    fn kind(&self) -> &'static str;
}

/// Makes views of what has a frame that names the kind of the page.
macro_rules! framed {
    ($($view:ident),+) => {
        $(impl $crate::render::page::View for $view {
            fn kind(&self) -> &'static str {
                self.frame.kind
            }
        })+
    };
}
use framed;

/// Returns the template of the page of a scene, and what it shows.
pub(crate) fn view(scene: &Scene<'_>) -> (String, Context) {
    match scene.page {
        Page::Root => shown(scene, &home::root(scene)),
        Page::NotFound => shown(scene, &home::not_found(scene)),
        Page::In(_, page) => local(scene, page),
        Page::Criterion(criterion) => shown(scene, &criterion::view(scene, criterion)),
        Page::Withdrawn(withdrawn) => shown(scene, &withdrawn::view(scene, withdrawn)),
        Page::Edition(edition, EditionPage::Whole) => shown(scene, &edition::whole(scene, edition)),
        Page::Edition(edition, EditionPage::Ladder { locale, ladder }) => {
            shown(scene, &edition::ladder(scene, edition, locale, ladder))
        }
        Page::Edition(edition, EditionPage::Level { locale, level }) => {
            shown(scene, &edition::level(scene, edition, locale, level))
        }
        Page::Edition(edition, EditionPage::Worksheet { locale, level }) => {
            shown(scene, &worksheet::then(scene, edition, locale, level))
        }
        Page::Edition(edition, EditionPage::Criterion(at)) => shown(scene, &edition::criterion(scene, edition, at)),
        Page::Former(former) => shown(scene, &former::view(scene, former)),
    }
}

fn local(scene: &Scene<'_>, page: LocalePage) -> (String, Context) {
    match page {
        LocalePage::Home => shown(scene, &home::home(scene)),
        LocalePage::Ladder(ladder, page) => of_ladder(scene, ladder, page),
        LocalePage::SharedThread(thread) => shown(scene, &threads::shared(scene, thread)),
        LocalePage::Collection(Collection::NOTES) => shown(scene, &note::notes(scene)),
        LocalePage::Collection(collection) => shown(scene, &note::pages(scene, collection)),
        LocalePage::Note(note, NotePage::Whole) => shown(scene, &note::view(scene, note)),
        LocalePage::Note(note, NotePage::Beside { other, .. }) => {
            shown(scene, &note_side_by_side::view(scene, note, other))
        }
        LocalePage::Glossary => shown(scene, &glossary::view(scene)),
        LocalePage::Translation => shown(scene, &translation::view(scene)),
        LocalePage::Licence => shown(scene, &licence::view(scene)),
        LocalePage::Search => shown(scene, &search::view(scene)),
        LocalePage::Changes => shown(scene, &changes::view(scene)),
        LocalePage::Downloads => shown(scene, &downloads::view(scene)),
    }
}

fn of_ladder(scene: &Scene<'_>, ladder: LadderIndex, page: LadderPage) -> (String, Context) {
    match page {
        LadderPage::Whole => shown(scene, &ladder::view(scene, ladder)),
        LadderPage::Level(level) => shown(scene, &level::view(scene, level.of(ladder))),
        LadderPage::Worksheet(level) => shown(scene, &worksheet::now(scene, level.of(ladder))),
        LadderPage::Matrix => shown(scene, &matrix::view(scene, ladder)),
        LadderPage::Threads => shown(scene, &threads::view(scene, ladder)),
        LadderPage::Compare { lower, higher } => shown(scene, &compare::view(scene, ladder, lower, higher)),
        LadderPage::Across { level, other, opposite } => {
            shown(scene, &compare_ladders::view(scene, level.of(ladder), opposite.of(other)))
        }
        LadderPage::Beside { other, .. } => shown(scene, &side_by_side::view(scene, ladder, other)),
        LadderPage::Since(edition) => shown(scene, &edition_diff::view(scene, ladder, edition)),
    }
}

/// A view with the template of its kind.
fn shown<V: View>(scene: &Scene<'_>, view: &V) -> (String, Context) {
    let template = format!("{}.html", view.kind());
    if let Some(recorder) = scene.renderer.recorder {
        recorder.record(&template, scene.path, view);
    }
    (template, context(view))
}
