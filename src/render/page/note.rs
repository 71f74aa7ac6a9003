//! Notes, and the list of them.

use serde::Serialize;
use tera::Value;

use super::beside::View;
use super::framed;
use crate::config::{Collection, CollectionKind};
use crate::handle::{CollectionIndex, Neighbours, NoteIndex};
use crate::locale::LocaleIndex;
use crate::model::{LocalePage, NotePage, Page, Subject, note_anchors};
use crate::parse::{BlockKind, Section};
use crate::render::Renderer;
use crate::render::frame::{Frame, Link, collection_title};
use crate::render::html::Html;
use crate::render::row::Text;
use crate::render::search::text_of;
use crate::render::translated::Mark;
use crate::text::slice;
use crate::translation::{Passage, Spot};

#[derive(Serialize)]
pub(crate) struct NotesView {
    #[serde(flatten)]
    frame: Frame,
    notes: Vec<NoteLink>,
}

#[derive(Serialize)]
pub(crate) struct NoteView {
    #[serde(flatten)]
    frame: Frame,
    pub(crate) title_text: Text,
    /// What is to be said of the translation of the title.
    mark: Option<Mark>,
    /// The language of the text, if the note has no translation.
    pub(crate) language: Option<String>,
    /// The ways to read it: in one language, or with another one.
    views: Vec<View>,
    sections: Vec<SectionView>,
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
    frame: Frame,
    /// What the site says of them.
    lead: Option<Text>,
    pages: Vec<NoteLink>,
}

/// A note by name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NoteLink {
    pub(crate) title: Text,
    pub(crate) path: String,
    /// Its first sentences, for lists.
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
    plain: String,
    html: Value,
}

impl SectionView {
    fn link(&self) -> Option<Link> {
        let heading = self.heading.as_ref().filter(|heading| !heading.anchor.is_empty())?;
        Some(Link { title: heading.plain.clone(), href: format!("#{}", heading.anchor) })
    }
}

/// For each section the anchor of its heading. Empty for one without.
pub(crate) fn anchors_of_sections(sections: &[Section]) -> Vec<String> {
    let mut anchors = note_anchors(sections).into_iter();
    sections.iter().map(|of| of.heading.as_ref().and_then(|_| anchors.next()).unwrap_or_default()).collect()
}

/// Something that a note is about.
#[derive(Serialize)]
struct SubjectView {
    words: String,
    hint: Option<String>,
    href: String,
}

framed!(NotesView, PagesView, NoteView);

impl NoteView {
    /// All of its text.
    pub(crate) fn html(&self) -> String {
        let mut html = String::new();
        for section in &self.sections {
            if let Some(heading) = &section.heading {
                html.push_str(&format!("<h2>{}</h2>", heading.html));
            }
            html.push_str(&section.body.to_string());
        }
        html
    }
}

/// How many characters of a note introduce it.
const SUMMARY: usize = 150;

impl Renderer<'_> {
    pub(crate) fn notes(&self, locale: LocaleIndex) -> NotesView {
        let title = self.words.get(locale, "notes.title").to_owned();
        let site = self.site.config.title.read(locale).0;
        let description = self.words.phrase(locale, "notes.description", &[("site", site)]);
        let frame =
            self.frame(Page::In(locale, LocalePage::Collection(Collection::NOTES)), "notes", title, description);
        NotesView { frame, notes: self.links_of(Collection::NOTES, locale) }
    }

    /// The list of the pages of a folder that `site.toml` names.
    pub(crate) fn pages_of(&self, locale: LocaleIndex, collection: CollectionIndex) -> PagesView {
        let title = collection_title(self.site, self.words, collection, locale).unwrap_or_default().to_owned();
        let pages = self.links_of(collection, locale);
        let lead = match &self.site.config.collections[collection].kind {
            CollectionKind::Guide { description, .. } => description.as_ref().map(|text| self.text(text, locale)),
            _ => None,
        };
        let titles = || pages.iter().map(|page| page.title.text.as_str()).collect::<Vec<_>>();
        let separator = self.words.get(locale, "list.separator");
        let description = lead.as_ref().map_or_else(|| titles().join(separator), |lead| lead.text.clone());
        let page = Page::In(locale, LocalePage::Collection(collection));
        PagesView { frame: self.frame(page, "pages", title, description), lead, pages }
    }

    fn links_of(&self, collection: CollectionIndex, locale: LocaleIndex) -> Vec<NoteLink> {
        self.site.notes_of(collection).map(|note| self.note_link(note, locale)).collect()
    }

    pub(crate) fn note(&self, locale: LocaleIndex, note: NoteIndex) -> NoteView {
        let of = &self.site[note];
        let (text, actual) = of.text.read(locale);
        let page = Page::In(locale, LocalePage::Note(note, NotePage::Whole));
        let link = self.note_link(note, locale);
        let mut frame = self.frame(page, "note", text.title.clone(), link.summary.clone());
        let neighbour = |at: NoteIndex| Link {
            title: self.site[at].text.read(locale).0.title.clone(),
            href: format!("{}{}", frame.root, Page::In(locale, LocalePage::Note(at, NotePage::Whole)).path(self.site)),
        };
        // Pages that stand by themselves have no order in which to read them.
        let is_read_on =
            |at: &NoteIndex| of.collection != Collection::PAGES && self.site[*at].collection == of.collection;
        let previous = note.before().filter(is_read_on).map(neighbour);
        let next = note.behind(self.site.notes.len()).filter(is_read_on).map(neighbour);
        let root = frame.root.clone();
        let html = self.note_html(note, actual, locale, &root);
        let sections = self.note_sections(note, locale, &root);
        frame.contents = sections.iter().filter_map(SectionView::link).collect();
        (frame.previous, frame.next) = (previous, next);
        let about = of.about.iter().map(|&subject| {
            let link = html.subject(subject);
            SubjectView { words: link.words, hint: link.hint, href: link.href }
        });
        let about = about.collect();
        let language = self.foreign(actual, locale);
        let views = self.note_views(page, locale, note, &root);
        let mark = self.mark(Spot::Note(note), locale);
        let list = self.collection_link(note, locale, &root).filter(|_| of.collection > Collection::PAGES);
        let guide = list.map(|list| GuideView { list, pages: self.links_of(of.collection, locale) });
        NoteView { title_text: link.title, mark, language, views, sections, about, guide, frame }
    }

    /// The text of a note for readers of a locale, section by section.
    fn note_sections(&self, note: NoteIndex, locale: LocaleIndex, root: &str) -> Vec<SectionView> {
        let (text, actual) = self.site[note].text.read(locale);
        let terms = self.term_links(actual, Page::In(locale, LocalePage::Glossary), root);
        let html = |file: LocaleIndex| Html {
            terms: (file == actual).then_some(&terms),
            ..self.note_html(note, file, locale, root)
        };
        let anchors = anchors_of_sections(&text.sections);
        let mut sections: Vec<SectionView> = Vec::new();
        for piece in self.read_passage(Passage::Note { note }, (actual, locale), &html) {
            if piece.heading.is_some() || sections.is_empty() {
                let heading = piece.heading.map(|heading| HeadingView {
                    depth: heading.depth.max(2),
                    anchor: heading.section.map(|at| anchors[at].clone()).unwrap_or_default(),
                    plain: heading.plain,
                    html: Value::safe_string(&heading.html),
                });
                sections.push(SectionView { heading, body: Value::safe_string(&piece.html) });
            } else if let Some(section) = sections.last_mut() {
                section.body = Value::safe_string(&format!("{}{}", section.body, piece.html));
            }
        }
        sections
    }

    /// Writes texts of a note's file in one locale for readers of another.
    pub(crate) fn note_html<'s>(
        &'s self,
        note: NoteIndex,
        file: LocaleIndex,
        locale: LocaleIndex,
        root: &'s str,
    ) -> Html<'s> {
        let file = &self.site[note].text.read(file).0.path;
        Html { site: self.site, locale, ladder: None, root, file, edition: None, linked: false, terms: None }
    }

    pub(crate) fn note_link(&self, note: NoteIndex, locale: LocaleIndex) -> NoteLink {
        let (text, actual) = self.site[note].text.read(locale);
        let title = Text { text: text.title.clone(), language: self.foreign(actual, locale) };
        let html = Html { linked: true, ..self.note_html(note, actual, locale, "") };
        // A paragraph that ends in a colon announces what is not shown here.
        let paragraphs =
            text.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match &block.kind {
                BlockKind::Paragraph(paragraph) => Some(text_of(&html.inline(&paragraph.text))),
                _ => None,
            });
        let first = paragraphs.take(3).find(|paragraph| !paragraph.ends_with([':', '：']));
        let path = Page::In(locale, LocalePage::Note(note, NotePage::Whole)).path(self.site);
        NoteLink { title, path, summary: shortened(&first.unwrap_or_default(), SUMMARY) }
    }

    /// Links to the notes about a thing.
    pub(crate) fn notes_about(&self, subject: Subject, locale: LocaleIndex) -> Vec<NoteLink> {
        self.site.backlinks(subject).about.iter().map(|&note| self.note_link(note, locale)).collect()
    }
}

/// The beginning of a text, cut behind a word.
fn shortened(text: &str, length: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(length) else { return text.to_owned() };
    let kept = slice(text, ..end);
    let cut = kept.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '\'');
    let cut = if cut.is_empty() { kept } else { cut };
    format!("{}…", cut.trim_end())
}
