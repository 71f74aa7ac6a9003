//! Notes, and the list of them.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use super::framed;
use super::side_by_side::{Side, View, views_of};
use crate::config::{Collection, CollectionKind};
use crate::handle::{CollectionIndex, Neighbours, NoteIndex};
use crate::locale::LocaleIndex;
use crate::model::{LocalePage, NotePage, Subject};
use crate::parse::{BlockKind, Section};
use crate::render::footnotes::Footnotes;
use crate::render::html::Html;
use crate::render::page_context::{self, PageContext};
use crate::render::scene::Scene;
use crate::render::terms::TermLinks;
use crate::render::text::{Link, Text, text_of};
use crate::render::translated::{self, Mark, TranslatedBlock, TranslatedSection, read_passage};
use crate::text::shortened;
use crate::translation::{Passage, TextId};

#[derive(Serialize)]
pub(crate) struct NotesView {
    #[serde(flatten)]
    frame: PageContext,
    groups: Vec<NoteGroupView>,
}

/// Notes that are listed together.
#[derive(Serialize)]
pub(crate) struct NoteGroupView {
    /// None for those of no group.
    title: Option<Text>,
    notes: Vec<NoteLink>,
}

#[derive(Serialize)]
pub(crate) struct NoteView {
    #[serde(flatten)]
    frame: PageContext,
    title_text: Text,
    /// A note on the translation of the title.
    mark: Option<Mark>,
    /// The language of the text, if the note has no translation.
    language: Option<String>,
    /// The ways to read it: in one language, or with another one.
    views: Vec<View>,
    sections: Vec<SectionView>,
    footnotes: Vec<FootnoteView>,
    about: Vec<SubjectView>,
    /// The pages among which it is read in order, and the one that lists them.
    guide: Option<GuideView>,
}

#[derive(Serialize)]
struct GuideView {
    list: Link,
    pages: Vec<NoteLink>,
}

/// The list of the pages of a folder.
#[derive(Serialize)]
pub(crate) struct PagesView {
    #[serde(flatten)]
    frame: PageContext,
    /// The site's introduction to them.
    lead: Option<Text>,
    pages: Vec<NoteLink>,
}

/// A note by name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NoteLink {
    pub(crate) title: Text,
    pub(crate) path: String,
    /// What it says in a sentence or two, for lists.
    pub(crate) summary: String,
}

#[derive(Serialize)]
struct SectionView {
    heading: Option<HeadingView>,
    body: Value,
}

#[derive(Serialize)]
struct HeadingView {
    depth: u8,
    /// Empty for a heading that the reader's language lacks.
    anchor: String,
    /// Anchors that the heading had before.
    former: Vec<String>,
    #[serde(skip)]
    plain: String,
    html: Value,
}

impl SectionView {
    fn link(&self) -> Option<Link> {
        let heading = self.heading.as_ref().filter(|heading| !heading.anchor.is_empty())?;
        Some(Link { title: heading.plain.clone(), href: format!("#{}", heading.anchor) })
    }
}

/// For each section of a note the anchor of its heading. Empty for one without.
pub(crate) fn anchors_of_sections(scene: &Scene<'_>, note: NoteIndex, sections: &[Section]) -> Vec<String> {
    let mut anchors = scene.site.history.headings.of_note(note).anchors(scene.locale).iter().cloned();
    sections.iter().map(|section| section.heading.as_ref().and_then(|_| anchors.next()).unwrap_or_default()).collect()
}

/// A footnote below the text of a note.
#[derive(Serialize)]
struct FootnoteView {
    number: usize,
    id: String,
    html: Value,
    /// The places in the text that lead to it.
    back: Vec<Link>,
}

/// Something that a note is about.
#[derive(Serialize)]
struct SubjectView {
    words: String,
    hint: Option<String>,
    href: String,
}

framed!(NotesView, PagesView, NoteView);

/// Returns all that a note says, a line for each block.
pub(crate) fn plain_note(scene: &Scene<'_>, note: NoteIndex) -> String {
    let (sections, footnotes) = note_sections(scene, note, None);
    let html = |section: SectionView| [section.heading.map(|heading| heading.html), Some(section.body)];
    let parts = sections.into_iter().flat_map(html).flatten();
    let parts = parts.chain(footnotes.into_iter().map(|footnote| footnote.html));
    let parts = parts.map(|html| text_of(&html.to_string())).filter(|text| !text.is_empty());
    parts.collect::<Vec<_>>().join("\n")
}

/// The number of characters of a note that introduce it.
const SUMMARY: usize = 150;

pub(crate) fn notes(scene: &Scene<'_>) -> NotesView {
    let (title, description) = introduction(scene, Collection::NOTES);
    let frame = PageContext::of(scene, "notes", title, description);
    NotesView { frame, groups: note_groups(scene) }
}

/// The list of the pages of a folder that `site.toml` names.
pub(crate) fn pages(scene: &Scene<'_>, collection: CollectionIndex) -> PagesView {
    let (title, description) = introduction(scene, collection);
    let pages = links_of(scene, collection);
    let lead = match &scene.site.config.collections[collection].kind {
        CollectionKind::Guide { description, .. } => description.as_ref().map(|text| Text::of(scene, text)),
        _ => None,
    };
    PagesView { frame: PageContext::of(scene, "pages", title, description), lead, pages }
}

/// The title of the list of a collection, and what it lists in a sentence.
pub(crate) fn introduction(scene: &Scene<'_>, collection: CollectionIndex) -> (String, String) {
    let site = scene.site;
    let (title, description) = match &site.config.collections[collection].kind {
        CollectionKind::Guide { title, description } => (title.read(scene.locale).0.clone(), description.as_ref()),
        _ => {
            let values = [("site", site.config.title.read(scene.locale).0.as_str())];
            return (scene.word("notes.title").to_owned(), scene.phrase("notes.description", &values));
        }
    };
    let titles = || {
        let titles = site.notes_of(collection).map(|note| site[note].text.read(scene.locale).0.title.as_str());
        titles.collect::<Vec<_>>().join(scene.word("list.separator"))
    };
    (title, description.map_or_else(titles, |text| text.read(scene.locale).0.clone()))
}

/// Returns the notes, group by group.
pub(crate) fn note_groups(scene: &Scene<'_>) -> Vec<NoteGroupView> {
    let notes: Vec<_> = scene.site.notes_of(Collection::NOTES).collect();
    let chunks = notes.chunk_by(|a, b| scene.site[*a].group == scene.site[*b].group);
    let view = |notes: &[NoteIndex]| NoteGroupView {
        title: scene.site[notes[0]].group.map(|group| Text::of(scene, &scene.site.config.note_groups[group].title)),
        notes: notes.iter().map(|&note| NoteLink::of(scene, note)).collect(),
    };
    chunks.map(view).collect()
}

fn links_of(scene: &Scene<'_>, collection: CollectionIndex) -> Vec<NoteLink> {
    scene.site.notes_of(collection).map(|note| NoteLink::of(scene, note)).collect()
}

pub(crate) fn view(scene: &Scene<'_>, note: NoteIndex) -> NoteView {
    let note_data = &scene.site[note];
    let (text, actual) = note_data.text.read(scene.locale);
    let link = NoteLink::of(scene, note);
    let mut frame = PageContext::of(scene, "note", text.title.clone(), link.summary.clone());
    let neighbour = |at: NoteIndex| Link {
        title: scene.site[at].text.read(scene.locale).0.title.clone(),
        href: scene.href(scene.local(LocalePage::Note(at, NotePage::Whole))),
    };
    // Pages that stand by themselves have no order in which to read them.
    let is_read_on = |at: &NoteIndex| {
        note_data.collection != Collection::PAGES && scene.site[*at].collection == note_data.collection
    };
    let previous = note.before().filter(is_read_on).map(neighbour);
    let next = note.behind(scene.site.notes.len()).filter(is_read_on).map(neighbour);
    let html = Html::of_note(scene, note, actual);
    let terms = TermLinks::of(scene, actual);
    let (sections, footnotes) = note_sections(scene, note, Some(&terms));
    frame.contents = sections.iter().filter_map(SectionView::link).collect();
    (frame.previous, frame.next) = (previous, next);
    let about = note_data.about.iter().map(|&subject| {
        let link = html.subject(subject);
        SubjectView { words: link.words, hint: link.hint, href: link.href }
    });
    let about = about.collect();
    let language = scene.foreign(actual);
    let views = note_views(scene, note);
    let mark = Mark::of(scene, TextId::Note(note));
    let list = page_context::collection_link(scene, note).filter(|_| note_data.collection > Collection::PAGES);
    let guide = list.map(|list| GuideView { list, pages: links_of(scene, note_data.collection) });
    NoteView { title_text: link.title, mark, language, views, sections, footnotes, about, guide, frame }
}

/// The text of a note for readers of a locale, section by section, and the footnotes below it, with links to the glossary
/// from terms of the language that it is in.
fn note_sections(
    scene: &Scene<'_>,
    note: NoteIndex,
    terms: Option<&TermLinks<'_>>,
) -> (Vec<SectionView>, Vec<FootnoteView>) {
    let (text, actual) = scene.site[note].text.read(scene.locale);
    let footnotes = Footnotes::of_note(scene, note);
    let html = |file: LocaleIndex| Html {
        terms: terms.filter(|_| file == actual),
        footnotes: Some(&footnotes),
        ..Html::of_note(scene, note, file)
    };
    let anchors = anchors_of_sections(scene, note, &text.sections);
    let blocks = read_passage(scene, Passage::Note { note }, actual, &html).into_iter();
    let (below, blocks): (Vec<_>, Vec<_>) = blocks.partition(|block| block.footnote.is_some());
    let section = |section: TranslatedSection| {
        let anchor = |section: Option<usize>| section.map(|at| anchors[at].clone()).unwrap_or_default();
        let heading = section.heading.map(|heading| HeadingView {
            depth: heading.depth.max(2),
            anchor: anchor(heading.section),
            former: scene.site.history.former_anchors(scene.page, &anchor(heading.section)).to_vec(),
            plain: heading.plain,
            html: Value::safe_string(&heading.html),
        });
        SectionView { heading, body: Value::safe_string(&section.html) }
    };
    let sections = translated::sections(blocks).into_iter().map(section).collect();
    let mut by_number: BTreeMap<usize, String> = BTreeMap::new();
    for TranslatedBlock { footnote, html, .. } in below {
        // One that nothing leads to is no part of the page.
        if let Some(number) = footnote.and_then(|label| footnotes.number(&label)) {
            by_number.entry(number).or_insert(html);
        }
    }
    let view = |(number, html): (usize, String)| {
        let id = footnotes.id(number);
        FootnoteView { number, id, html: Value::safe_string(&html), back: footnotes.back(number) }
    };
    (sections, by_number.into_iter().map(view).collect())
}

impl NoteLink {
    pub(crate) fn of(scene: &Scene<'_>, note: NoteIndex) -> Self {
        let (text, actual) = scene.site[note].text.read(scene.locale);
        let title = Text { text: text.title.clone(), language: scene.foreign(actual) };
        let html = Html { linked: true, ..Html::of_note(scene, note, actual) };
        let mut paragraphs =
            text.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match &block.kind {
                BlockKind::Paragraph(paragraph) => Some(text_of(&html.inline(&paragraph.text))),
                _ => None,
            });
        let summary = match &text.summary {
            Some(summary) => summary.value.clone(),
            None => shortened(&concluded(paragraphs.next().unwrap_or_default()), SUMMARY),
        };
        let path = scene.local(LocalePage::Note(note, NotePage::Whole)).path(scene.site);
        Self { title, path, summary }
    }
}

/// Ends a sentence that announces what is not shown here.
fn concluded(mut text: String) -> String {
    for (colon, stop) in [(':', '.'), ('：', '。')] {
        if text.ends_with(colon) {
            text.pop();
            text.push(stop);
        }
    }
    text
}

/// The ways to read a note, the page among them. None if the site has one language.
pub(crate) fn note_views(scene: &Scene<'_>, note: NoteIndex) -> Vec<View> {
    let others = scene.site.names.beside_note(note, scene.locale).into_iter();
    let page = |other| scene.local(LocalePage::Note(note, NotePage::Beside { other, interleaved: false }));
    let sides = others.map(|other| Side { other, page: page(other), anchor: None });
    views_of(scene, scene.local(LocalePage::Note(note, NotePage::Whole)), sides.collect())
}

/// Links to the notes about a thing.
pub(crate) fn notes_about(scene: &Scene<'_>, subject: Subject) -> Vec<NoteLink> {
    scene.site.backlinks(subject).about.iter().map(|&note| NoteLink::of(scene, note)).collect()
}
