//! A note in two languages, aligned block by block: in two columns, or one under the other.

use serde::Serialize;

use super::beside::{Side, View};
use super::framed;
use super::note::anchors_of_sections;
use crate::handle::NoteIndex;
use crate::locale::LocaleIndex;
use crate::model::{LocalePage, NotePage, Page};
use crate::render::Renderer;
use crate::render::frame::{Frame, Link};
use crate::render::row::Prose;
use crate::render::translated::PairRow;
use crate::translation::Passage;

#[derive(Serialize)]
pub(crate) struct NoteBesideView {
    #[serde(flatten)]
    frame: Frame,
    here: Side,
    there: Side,
    views: Vec<View>,
    rows: Vec<NoteRow>,
}

#[derive(Serialize)]
struct NoteRow {
    #[serde(flatten)]
    row: PairRow,
    /// Of a heading, where the first language has it.
    anchor: String,
}

framed!(NoteBesideView);

impl Renderer<'_> {
    pub(crate) fn note_beside(
        &self,
        locale: LocaleIndex,
        note: NoteIndex,
        other: LocaleIndex,
        interleaved: bool,
    ) -> NoteBesideView {
        let of = &self.site[note];
        let text = of.text.read(locale).0;
        let values = [("language", self.words.name(other)), ("ladder", text.title.as_str())];
        let title = if interleaved { "interleaved.title" } else { "beside.title" };
        let title = format!("{} · {}", text.title, self.words.phrase(locale, title, &values));
        let description = self.words.phrase(locale, "note.beside-description", &[("title", &text.title)]);
        let page = Page::In(locale, LocalePage::Note(note, NotePage::Beside { other, interleaved }));
        let kind = if interleaved { "note-interleaved" } else { "note-beside" };
        let mut frame = self.frame(page, kind, title, description);
        let root = frame.root.clone();
        let html = |file, locale| self.note_html(note, file, locale, &root);
        let anchors = anchors_of_sections(&text.sections);
        let row = |row: PairRow| {
            let anchor = row.section.and_then(|at| anchors.get(at).cloned()).unwrap_or_default();
            NoteRow { row, anchor }
        };
        let rows = self.aligned(Passage::Note { note }, (locale, other), &html).into_iter().map(row);
        let rows: Vec<_> = rows.collect();
        let contents = rows.iter().filter(|row| !row.anchor.is_empty());
        frame.contents =
            contents.map(|row| Link { title: plain(&row.row.pair.0), href: format!("#{}", row.anchor) }).collect();
        NoteBesideView {
            here: self.side_of(&of.text.read(locale).0.title, of.text.read(locale).1, locale),
            there: self.side_of(&of.text.read(other).0.title, of.text.read(other).1, other),
            views: self.note_views(page, locale, note, &root),
            rows,
            frame,
        }
    }

    /// The ways to read a note, `current` among them. None if the site has one language.
    pub(crate) fn note_views(&self, current: Page, locale: LocaleIndex, note: NoteIndex, root: &str) -> Vec<View> {
        let beside =
            |other, interleaved| Page::In(locale, LocalePage::Note(note, NotePage::Beside { other, interleaved }));
        self.views_of(current, (locale, Page::In(locale, LocalePage::Note(note, NotePage::Whole))), &beside, root)
    }
}

fn plain(prose: &Prose) -> String {
    crate::render::search::text_of(prose.html.as_str().unwrap_or_default())
}
