//! A note in two languages, aligned block by block.

use serde::Serialize;

use super::framed;
use super::note::{anchors_of_sections, note_views};
use super::side_by_side::{LanguageSide, View, side_of};
use crate::handle::NoteIndex;
use crate::locale::LocaleIndex;
use crate::render::page_context::PageContext;
use crate::render::scene::Scene;
use crate::render::text::{Link, ProseView, text_of};
use crate::render::translated::{PairRow, aligned};
use crate::translation::Passage;

#[derive(Serialize)]
pub(crate) struct NoteBesideView {
    #[serde(flatten)]
    frame: PageContext,
    here: LanguageSide,
    there: LanguageSide,
    views: Vec<View>,
    rows: Vec<NoteRow>,
}

#[derive(Serialize)]
struct NoteRow {
    #[serde(flatten)]
    row: PairRow,
    /// Of a heading, where the first language has it.
    anchor: String,
    /// Anchors that it had before.
    former: Vec<String>,
}

framed!(NoteBesideView);

pub(crate) fn view(scene: &Scene<'_>, note: NoteIndex, other: LocaleIndex) -> NoteBesideView {
    let note_data = &scene.site[note];
    let text = note_data.text.read(scene.locale).0;
    let values = [("language", scene.name_of_language(other)), ("ladder", text.title.as_str())];
    let title = format!("{} · {}", text.title, scene.phrase("beside.title", &values));
    let description = scene.phrase("note.beside-description", &[("title", &text.title)]);
    let mut frame = PageContext::of(scene, "note-beside", title, description);
    let anchors = anchors_of_sections(scene, note, &text.sections);
    let row = |row: PairRow| {
        let anchor = row.section.and_then(|at| anchors.get(at).cloned()).unwrap_or_default();
        let former = scene.site.history.former_anchors(scene.page, &anchor).to_vec();
        NoteRow { row, anchor, former }
    };
    let rows = aligned(scene, Passage::Note { note }, other).into_iter().map(row);
    let rows: Vec<_> = rows.collect();
    let contents = rows.iter().filter(|row| !row.anchor.is_empty());
    frame.contents =
        contents.map(|row| Link { title: plain(&row.row.pair.0), href: format!("#{}", row.anchor) }).collect();
    let side = |scene: &Scene<'_>| {
        let (text, actual) = note_data.text.read(scene.locale);
        side_of(scene, &text.title, actual)
    };
    NoteBesideView {
        here: side(scene),
        there: side(&scene.read_in(other)),
        views: note_views(scene, note),
        rows,
        frame,
    }
}

fn plain(prose: &ProseView) -> String {
    text_of(prose.html.as_str().unwrap_or_default())
}
