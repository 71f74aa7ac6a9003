//! Finds the place of a unit in the files of a translation, and the text to write there.

use camino::{Utf8Path, Utf8PathBuf};
use toml_edit::TableLike;

use crate::blocks::{edited, line_end_of, put};
use crate::diagnostic::{Problems, Span};
use crate::handle::{LadderIndex, NoteIndex};
use crate::locale::LocaleIndex;
use crate::model::Site;
use crate::parse::{self, FrontMatter, OutlineCategory, OutlineCriterion, Part};
use crate::register::items::LadderItems;
use crate::source::Sources;
use crate::text::{Edit, char_before, line_end, line_start, slice};
use crate::translation::{Passage, PieceText, TextId, Translations, Unit};
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

/// Finds what to write where, so that a unit says something in a locale. None if there is no place for it yet.
pub(crate) fn place(
    understood: &Understood,
    sources: &Sources,
    unit: &Unit,
    locale: LocaleIndex,
    new: &str,
) -> Option<PlacedUnit> {
    let Understood { site, translations, .. } = understood;
    let placer = Placer { site, translations, sources, locale, new };
    match unit.text_id {
        TextId::Ladder(ladder) => Some(placer.value(placer.ladder_file(ladder)?, &["title"])),
        TextId::Thread(thread) => {
            let key = site[thread].key.as_str();
            Some(placer.value(placer.ladder_file(thread.ladder)?, &["threads", key]))
        }
        TextId::Note(note) => Some(placer.value(placer.note_file(note)?, &["title"])),
        TextId::Heading(ladder) => {
            let file = placer.parsed(placer.ladder_file(ladder)?)?;
            let span = file.outline().title.as_ref()?.span.0.clone();
            placer.edited(file.path.clone(), vec![reworded(&file.text, span, new)])
        }
        TextId::Level(level) => placer.level(level.ladder, &site[level].id),
        TextId::Category(category) => placer.category(category.ladder, &site[category].id),
        TextId::Criterion(criterion) => placer.criterion(criterion.ladder, &site[criterion].id.to_string()),
        TextId::Piece { passage, at } => placer.piece(passage, at),
    }
}

struct Placer<'a> {
    site: &'a Site,
    translations: &'a Translations,
    sources: &'a Sources,
    locale: LocaleIndex,
    new: &'a str,
}

impl Placer<'_> {
    fn ladder_file(&self, ladder: LadderIndex) -> Option<Utf8PathBuf> {
        self.site[ladder].files.own(self.locale).cloned()
    }

    fn note_file(&self, note: NoteIndex) -> Option<Utf8PathBuf> {
        self.site[note].text.own(self.locale).map(|text| text.path.clone())
    }

    fn parsed(&self, path: Utf8PathBuf) -> Option<LadderItems> {
        let text = self.sources.text(&path)?.to_owned();
        Some(LadderItems::read(path, text))
    }

    fn edited(&self, path: Utf8PathBuf, edits: Vec<Edit>) -> Option<PlacedUnit> {
        (!edits.is_empty()).then_some(PlacedUnit { path, what: What::Markdown(edits) })
    }

    /// Places a value of the front matter.
    fn value(&self, path: Utf8PathBuf, keys: &[&str]) -> PlacedUnit {
        let keys = keys.iter().map(|&key| key.to_owned()).collect();
        PlacedUnit { path, what: What::Value { keys, text: self.new.to_owned() } }
    }

    /// Places the title of a level, after its codes.
    fn level(&self, ladder: LadderIndex, id: &str) -> Option<PlacedUnit> {
        let file = self.parsed(self.ladder_file(ladder)?)?;
        let is_meant = |level: &&parse::OutlineLevel| level.attributes.id.as_ref().is_some_and(|own| own.text == id);
        let level = file.outline().levels().find(is_meant)?;
        let written = slice(&file.text, level.span.clone());
        let title = level.heading.title.as_str();
        let text = match written.rsplit_once(title).filter(|_| !title.is_empty()) {
            Some((before, behind)) => format!("{before}{}{behind}", self.new),
            None if level.heading.codes.is_empty() => self.new.to_owned(),
            None => format!("{} = {}", level.heading.codes.join("/"), self.new),
        };
        self.edited(file.path.clone(), vec![Edit::replace(level.span.clone(), text)])
    }

    /// Places the title of a category, wherever it recurs.
    fn category(&self, ladder: LadderIndex, id: &str) -> Option<PlacedUnit> {
        let file = self.parsed(self.ladder_file(ladder)?)?;
        let is_meant = |category: &&OutlineCategory| {
            category.attributes.id.as_ref().is_some_and(|own| own.text.eq_ignore_ascii_case(id))
        };
        let found = file.outline().levels().flat_map(|level| &level.categories).filter(is_meant);
        let edits = found.map(|category| Edit::replace(category.span.clone(), self.new)).collect();
        self.edited(file.path.clone(), edits)
    }

    /// A criterion keeps its marker, its attributes and its distance from others.
    fn criterion(&self, ladder: LadderIndex, id: &str) -> Option<PlacedUnit> {
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
        let (statement, detail) = self.new.split_once("\n\n").unwrap_or((self.new, ""));
        let mut written = format!("{} {}", indented(statement, &indent), slice(text, attributes));
        if !detail.is_empty() {
            written.push_str(&format!("\n\n{indent}{}", indented(detail, &indent)));
        }
        self.edited(file.path.clone(), vec![Edit::replace(start..end, written)])
    }

    /// Places a block or a heading of prose, or the spot where it would stand.
    fn piece(&self, passage: Passage, at: usize) -> Option<PlacedUnit> {
        let path = passage.path(self.site, self.locale)?.to_owned();
        let text = self.sources.text(&path)?;
        let own = passage.pieces(self.site, self.locale);
        if let (Passage::Sections { .. }, true) = (passage, own.is_empty())
            && let Some(edit) = self.blank_section(passage, at, &path)
        {
            return self.edited(path, vec![edit]);
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
            return self.edited(path, vec![reworded(text, first.span.start..end, self.new)]);
        }
        let source = passage.pieces(self.site, LocaleIndex::SOURCE);
        let new = match source.get(at)?.text {
            PieceText::Title(_) => format!("## {}", self.new),
            PieceText::Heading(heading) => format!("{} {}", "#".repeat(heading.depth.into()), self.new),
            PieceText::Block(_) => self.new.to_owned(),
        };
        let before = rows[..here].iter().rev().find_map(|row| own[row.own.clone()].last());
        let place = match before {
            Some(piece) => end_of_block(text, &piece.span),
            None => self.start_of(passage, &path, text)?,
        };
        self.edited(path, vec![Edit::insert(place, format!("\n\n{new}"))])
    }

    /// Fills the empty heading of a section, as a file that was just started has it.
    fn blank_section(&self, passage: Passage, at: usize, path: &Utf8Path) -> Option<Edit> {
        let file = self.parsed(path.to_owned())?;
        let source = passage.pieces(self.site, LocaleIndex::SOURCE);
        let mut headings = file.outline().parts.iter().filter_map(|part| match part {
            Part::Prose(prose) => Some(&*prose.title.span),
            Part::Level(_) => None,
        });
        let heading = headings.nth(source.get(at)?.section)?;
        Some(match source.get(at)?.text {
            PieceText::Block(_) => Edit::insert(end_of_block(&file.text, heading), format!("\n\n{}", self.new)),
            PieceText::Title(_) | PieceText::Heading(_) => reworded(&file.text, heading.clone(), self.new),
        })
    }

    /// Returns the place of a missing first block of a passage: after the text above it.
    fn start_of(&self, passage: Passage, path: &Utf8PathBuf, text: &str) -> Option<usize> {
        let document = parse::parse(path, text, &Problems::default());
        match passage {
            Passage::Note { .. } => Some(document.front_matter.span.end.saturating_sub(1)),
            Passage::Preface { .. } => {
                let heading = document.sections.iter().find_map(|section| section.heading.as_ref())?;
                Some(line_end(text, heading.text.span.end))
            }
            Passage::Summary(level) => {
                let place = self.site[level].places.own(self.locale)?;
                Some(line_end(text, place.span().end))
            }
            Passage::Category { .. } => None,
            Passage::Sections { .. } => Some(text.trim_end().len()),
        }
    }
}

/// Returns where a block ends, without the empty lines behind it. A heading ends with its line.
fn end_of_block(text: &str, span: &Span) -> usize {
    // An empty heading is known to end where the next line begins.
    let end = if span.is_empty() { 0..span.start } else { span.clone() };
    line_end(text, end.start + slice(text, end).trim_end().len())
}

/// Returns the edit that gives values of the front matter new texts. None if it is not TOML in which they could stand.
pub(crate) fn front_matter(path: &Utf8Path, text: &str, values: &[(&[String], &str)]) -> Option<Edit> {
    let FrontMatter { span, toml, is_closed } = parse::front_matter(path, text);
    let line_end = line_end_of(text);
    let mut written = edited(slice(text, toml.clone()), line_end, |document| {
        for (keys, new) in values {
            let (last, tables) = keys.split_last()?;
            let mut table: &mut dyn TableLike = document.as_table_mut();
            for key in tables {
                table = table.entry(key).or_insert_with(toml_edit::table).as_table_like_mut()?;
            }
            put(table, last, Some((*new).into()));
        }
        Some(())
    })
    .filter(|_| is_closed)?;
    if span.len() == toml.len() {
        written = format!("+++{line_end}{written}+++{line_end}{line_end}");
    }
    Some(Edit::replace(toml, written))
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
