//! Finds the place of a unit in the files of a translation, and the text to write there.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use camino::{Utf8Path, Utf8PathBuf};

use crate::diagnostic::Span;
use crate::handle::{LadderIndex, NoteIndex};
use crate::locale::LocaleIndex;
use crate::model::{Category, Site};
use crate::parse::{self, OutlineCategory, OutlineCriterion, OutlineLevel, Part};
use crate::register::items::LadderItems;
use crate::source::Sources;
use crate::text::{Edit, char_at, char_before, line_start, next_line, slice};
use crate::translation::{Passage, PieceText, TextId, Translations, Unit, end_of_block, heading};
use crate::understood::Understood;

/// The change to a file that gives a unit another text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlacedUnit {
    pub(crate) path: Utf8PathBuf,
    pub(crate) what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// Edits to the Markdown.
    Markdown(Vec<Edit>),
    /// A value of the front matter, by its keys. Several of them are one edit, since each may bring a table along.
    Value { keys: Vec<String>, text: String },
}

/// Finds the places of units in the files of a locale.
pub(crate) struct Placer<'a> {
    site: &'a Site,
    translations: &'a Translations,
    sources: &'a Sources,
    locale: LocaleIndex,
    /// The files of ladders that were read.
    ladders: RefCell<HashMap<Utf8PathBuf, Rc<LadderItems>>>,
}

impl<'a> Placer<'a> {
    pub(crate) fn new(understood: &'a Understood, sources: &'a Sources, locale: LocaleIndex) -> Self {
        let Understood { site, translations, .. } = understood;
        Self { site, translations, sources, locale, ladders: RefCell::default() }
    }

    /// Finds what to write where, so that a unit says something. None if there is no place for it yet.
    pub(crate) fn place(&self, unit: &Unit, new: &str) -> Option<PlacedUnit> {
        match unit.text_id {
            TextId::Ladder(ladder) => Some(value(self.ladder_file(ladder)?, &["title"], new)),
            TextId::Thread(thread) => {
                let key = self.site[thread].key.as_str();
                Some(value(self.ladder_file(thread.ladder)?, &["threads", key], new))
            }
            TextId::Note(note) => {
                let path = self.note_file(note)?;
                let text = self.sources.text(&path)?;
                let span = self.site[note].text.own(self.locale)?.title_span.clone();
                // It may be the heading that the note begins with.
                match span.filter(|span| span.start >= parse::front_matter(&path, text).span.end) {
                    Some(span) => edited(&path, vec![titled(text, span, new.to_owned())]),
                    None => Some(value(path, &["title"], new)),
                }
            }
            TextId::NoteSummary(note) => Some(value(self.note_file(note)?, &["summary"], new)),
            TextId::Heading(ladder) => {
                let file = self.parsed(self.ladder_file(ladder)?)?;
                let span = file.outline().title.as_ref()?.span.0.clone();
                edited(&file.path, vec![reworded(&file.text, span, new)])
            }
            TextId::Level(level) => self.level(level.ladder, &self.site[level].id, new),
            TextId::Category(category) => self.category(category.ladder, &self.site[category].id, new),
            TextId::Criterion(criterion) => self.criterion(criterion.ladder, &self.site[criterion].id.to_string(), new),
            TextId::Piece { passage, at } => self.piece(passage, at, new),
        }
    }

    fn ladder_file(&self, ladder: LadderIndex) -> Option<Utf8PathBuf> {
        self.site[ladder].files.own(self.locale).cloned()
    }

    fn note_file(&self, note: NoteIndex) -> Option<Utf8PathBuf> {
        self.site[note].text.own(self.locale).map(|text| text.path.clone())
    }

    fn parsed(&self, path: Utf8PathBuf) -> Option<Rc<LadderItems>> {
        if let Some(read) = self.ladders.borrow().get(&path) {
            return Some(Rc::clone(read));
        }
        let read = Rc::new(LadderItems::read(path.clone(), self.sources.text(&path)?.to_owned()));
        self.ladders.borrow_mut().insert(path, Rc::clone(&read));
        Some(read)
    }

    /// Places the title of a level, after its codes.
    fn level(&self, ladder: LadderIndex, id: &str, new: &str) -> Option<PlacedUnit> {
        let file = self.parsed(self.ladder_file(ladder)?)?;
        let is_meant = |level: &&parse::OutlineLevel| level.attributes.id.as_ref().is_some_and(|own| own.text == id);
        let level = file.outline().levels().find(is_meant)?;
        let written = slice(&file.text, level.span.clone());
        let title = level.heading.title.as_str();
        let text = match written.rsplit_once(title).filter(|_| !title.is_empty()) {
            Some((before, behind)) => format!("{before}{new}{behind}"),
            None if level.heading.codes.is_empty() => new.to_owned(),
            None => format!("{} = {new}", level.heading.codes.join("/")),
        };
        edited(&file.path, vec![titled(&file.text, level.span.clone(), text)])
    }

    /// Places the title of a category, wherever it recurs.
    fn category(&self, ladder: LadderIndex, id: &str, new: &str) -> Option<PlacedUnit> {
        let file = self.parsed(self.ladder_file(ladder)?)?;
        let is_meant = |category: &&OutlineCategory| {
            category.attributes.id.as_ref().is_some_and(|own| own.text.eq_ignore_ascii_case(id))
        };
        let found = file.outline().levels().flat_map(|level| &level.categories).filter(is_meant);
        let edits = found.map(|category| titled(&file.text, category.span.clone(), new.to_owned())).collect();
        edited(&file.path, edits)
    }

    /// A criterion keeps its marker, its attributes and its distance from others.
    fn criterion(&self, ladder: LadderIndex, id: &str, new: &str) -> Option<PlacedUnit> {
        let file = self.parsed(self.ladder_file(ladder)?)?;
        let is_meant =
            |criterion: &&OutlineCriterion| criterion.attributes.id.as_ref().is_some_and(|own| own.text == id);
        let mut criteria =
            file.outline().levels().flat_map(|level| &level.categories).flat_map(|level| &level.criteria);
        let criterion = criteria.find(is_meant)?;
        let text = &file.text;
        let attributes = criterion.attributes.span.clone();
        // An empty item begins with its attributes.
        let start = match criterion.statement.span.is_empty() {
            true => attributes.start,
            false => criterion.statement.span.start.min(attributes.start),
        };
        let end = criterion.detail.last().map_or(attributes.end, |last| last.span.end.max(attributes.end));
        let end = start + slice(text, start..end.max(criterion.statement.span.end)).trim_end().len();
        let before = slice(text, line_start(text, start)..start);
        let indent: String = before.chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        let (statement, detail) = new.split_once("\n\n").unwrap_or((new, ""));
        let mut written = format!("{} {}", indented(statement, &indent), slice(text, attributes));
        if !detail.is_empty() {
            written.push_str(&format!("\n\n{indent}{}", indented(detail, &indent)));
        }
        edited(&file.path, vec![Edit::replace(start..end, written)])
    }

    /// Places a block or a heading of prose, or the spot where it would stand.
    fn piece(&self, passage: Passage, at: usize, new: &str) -> Option<PlacedUnit> {
        let path = passage.path(self.site, self.locale)?.to_owned();
        let text = self.sources.text(&path)?;
        let own = passage.pieces(self.site, self.locale);
        if let (Passage::Sections { .. }, true) = (passage, own.is_empty())
            && let Some(edit) = self.blank_section(passage, at, &path, new)
        {
            return edited(&path, vec![edit]);
        }
        let rows = self.translations.rows(passage, self.locale);
        let here = rows.iter().position(|row| row.source.contains(&at))?;
        // What several units say together cannot be taken apart.
        if rows[here].source.len() > 1 {
            return None;
        }
        let pieces = &own[rows[here].own.clone()];
        if let (Some(first), Some(last)) = (pieces.first(), pieces.last()) {
            let end = first.span.start + slice(text, first.span.start..last.span.end).trim_end().len();
            return edited(&path, vec![reworded(text, first.span.start..end, new)]);
        }
        let source = passage.pieces(self.site, LocaleIndex::SOURCE);
        let new = match source.get(at)?.text {
            PieceText::Title(_) => format!("## {}", new),
            PieceText::Heading(heading) => format!("{} {}", "#".repeat(heading.depth.into()), new),
            PieceText::Block(_) => new.to_owned(),
        };
        let before = rows[..here].iter().rev().find_map(|row| own[row.own.clone()].last());
        let place = match before {
            Some(piece) => end_of_block(text, &piece.span),
            None => self.start_of(passage, &path, text)?,
        };
        // What stands right below would be read as a part of it.
        let behind = slice(text, next_line(text, place)..);
        let is_apart = behind.lines().next().is_none_or(|line| line.trim().is_empty()) || place == 0;
        let between = if place == 0 { "" } else { "\n\n" };
        edited(&path, vec![Edit::insert(place, format!("{between}{new}{}", if is_apart { "" } else { "\n" }))])
    }

    /// Fills the empty heading of a section, as a file that was just started has it.
    fn blank_section(&self, passage: Passage, at: usize, path: &Utf8Path, new: &str) -> Option<Edit> {
        let file = self.parsed(path.to_owned())?;
        let source = passage.pieces(self.site, LocaleIndex::SOURCE);
        let mut headings = file.outline().parts.iter().filter_map(|part| match part {
            Part::Prose(prose) => Some(&*prose.title.span),
            Part::Level(_) => None,
        });
        let heading = headings.nth(source.get(at)?.section)?;
        Some(match source.get(at)?.text {
            PieceText::Block(_) => Edit::insert(end_of_block(&file.text, heading), format!("\n\n{}", new)),
            PieceText::Title(_) | PieceText::Heading(_) => reworded(&file.text, heading.clone(), new),
        })
    }

    /// Returns the place of a missing first block of a passage: after the text above it.
    fn start_of(&self, passage: Passage, path: &Utf8PathBuf, text: &str) -> Option<usize> {
        let below_front_matter = || slice(text, ..parse::front_matter(path, text).span.end).trim_end().len();
        match passage {
            Passage::Note { .. } => Some(below_front_matter()),
            Passage::Preface { .. } => {
                let file = self.parsed(path.clone())?;
                let title = file.outline().title.as_ref();
                Some(title.map_or_else(below_front_matter, |title| heading(text, &title.span).end))
            }
            Passage::Summary(level) => {
                let place = self.site[level].places.own(self.locale)?;
                Some(heading(text, &place.span()).end)
            }
            Passage::Category { ladder, level, category } => {
                let Category { id, was, .. } = &self.site[category.of(ladder)];
                let file = self.parsed(path.clone())?;
                let is_id = |own: &str, id: &str| own.eq_ignore_ascii_case(id);
                let level_id = self.site[level.of(ladder)].id.as_str();
                let is_level =
                    |own: &&OutlineLevel| own.attributes.id.as_ref().is_some_and(|own| is_id(&own.text, level_id));
                let is_category = |own: &&OutlineCategory| match (&own.title, &own.attributes.id) {
                    (Some(_), Some(own)) => is_id(&own.text, id) || was.iter().any(|was| is_id(&own.text, was)),
                    (None, _) => id.is_empty(),
                    _ => false,
                };
                let own = file.outline().levels().find(is_level)?.categories.iter().find(is_category)?;
                match (&own.title, own.criteria.last()) {
                    (None, Some(last)) => Some(end_of_block(text, &last.span)),
                    _ => Some(heading(text, &own.span).end),
                }
            }
            Passage::Sections { .. } => Some(text.trim_end().len()),
        }
    }
}

fn edited(path: &Utf8Path, edits: Vec<Edit>) -> Option<PlacedUnit> {
    (!edits.is_empty()).then(|| PlacedUnit { path: path.to_owned(), what: What::Markdown(edits) })
}

/// Places a value of the front matter.
fn value(path: Utf8PathBuf, keys: &[&str], new: &str) -> PlacedUnit {
    let keys = keys.iter().map(|&key| key.to_owned()).collect();
    PlacedUnit { path, what: What::Value { keys, text: new.to_owned() } }
}

/// A title in the place of another. Its attributes stand behind a space.
fn titled(text: &str, span: Span, title: String) -> Edit {
    let behind = if char_at(text, span.end) == Some('{') { " " } else { "" };
    Edit::replace(span, title + behind)
}

/// New words in the place of others. The first ones of a heading stand on its line, behind a space.
fn reworded(text: &str, span: Span, new: &str) -> Edit {
    let marks = slice(text, ..span.start).trim_end().len();
    match span.is_empty() && char_before(text, marks) == Some('#') {
        true => Edit::insert(marks, format!(" {new}")),
        false => Edit::replace(span, new),
    }
}

/// Indents all lines of an item but the first below its text.
fn indented(text: &str, indent: &str) -> String {
    let mut lines = text.lines();
    let mut indented = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        indented.push('\n');
        if !line.is_empty() {
            indented.push_str(indent);
            indented.push_str(line);
        }
    }
    indented
}
