//! Where in the files of a translation a unit stands, and what has to be written there for it to say something else.

use camino::Utf8PathBuf;
use toml_edit::DocumentMut;

use crate::config::LocaleIndex;
use crate::diagnostic::Span;
use crate::model::Site;
use crate::parse::{self, Category, Criterion};
use crate::register::insertion::Splice;
use crate::register::things::File;
use crate::source::Sources;
use crate::translation::{Passage, Said, Spot, Unit};

/// New words for a part of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub path: Utf8PathBuf,
    pub splices: Vec<Splice>,
}

/// Finds what to write where, so that a unit says something in a locale. None if there is no place for it yet.
pub fn place(site: &Site, sources: &Sources, unit: &Unit, locale: LocaleIndex, new: &str) -> Option<Placed> {
    let placer = Placer { site, sources, locale, new };
    match unit.spot {
        Spot::Ladder(ladder) => placer.front_matter(placer.ladder_file(ladder)?, &["title"]),
        Spot::Thread { ladder, thread } => {
            let key = site.ladders[ladder].threads[thread].key.as_str();
            placer.front_matter(placer.ladder_file(ladder)?, &["threads", key])
        }
        Spot::Note(note) => placer.front_matter(placer.note_file(note)?, &["title"]),
        Spot::Heading(ladder) => {
            let file = placer.parsed(placer.ladder_file(ladder)?)?;
            let span = file.outline().title.as_ref()?.span.clone();
            placer.spliced(file.path.clone(), vec![Splice { span, text: new.to_owned() }])
        }
        Spot::Level { ladder, level } => placer.level(ladder, &site.ladders[ladder].levels[level].id),
        Spot::Category { ladder, category } => placer.category(ladder, &site.ladders[ladder].categories[category].id),
        Spot::Criterion { ladder, criterion } => {
            placer.criterion(ladder, &site.ladders[ladder].criteria[criterion].id.to_string())
        }
        Spot::Piece { passage, at } => placer.piece(passage, at),
    }
}

struct Placer<'a> {
    site: &'a Site,
    sources: &'a Sources,
    locale: LocaleIndex,
    new: &'a str,
}

impl Placer<'_> {
    fn ladder_file(&self, ladder: usize) -> Option<Utf8PathBuf> {
        self.site.ladders[ladder].files.own(self.locale).cloned()
    }

    fn note_file(&self, note: usize) -> Option<Utf8PathBuf> {
        self.site.notes[note].text.own(self.locale).map(|text| text.path.clone())
    }

    fn parsed(&self, path: Utf8PathBuf) -> Option<File> {
        let text = self.sources.text(&path)?.to_owned();
        Some(File::read(path, text))
    }

    fn spliced(&self, path: Utf8PathBuf, splices: Vec<Splice>) -> Option<Placed> {
        (!splices.is_empty()).then_some(Placed { path, splices })
    }

    /// A value of the front matter.
    fn front_matter(&self, path: Utf8PathBuf, keys: &[&str]) -> Option<Placed> {
        let text = self.sources.text(&path)?;
        let (document, _) = parse::parse(&path, text);
        let span = document.front_matter.toml.clone();
        let mut toml: DocumentMut = text[span.clone()].parse().ok()?;
        let (last, tables) = keys.split_last()?;
        let mut table = toml.as_table_mut();
        for key in tables {
            table = table.entry(key).or_insert_with(toml_edit::table).as_table_mut()?;
        }
        match table.get_mut(last).and_then(|item| item.as_value_mut()) {
            Some(value) => {
                let decor = value.decor().clone();
                *value = self.new.into();
                *value.decor_mut() = decor;
            }
            None => drop(table.insert(last, toml_edit::value(self.new))),
        }
        self.spliced(path, vec![Splice { span, text: toml.to_string() }])
    }

    /// The title of a level, behind its codes.
    fn level(&self, ladder: usize, id: &str) -> Option<Placed> {
        let file = self.parsed(self.ladder_file(ladder)?)?;
        let is_meant = |level: &&parse::Level| level.attributes.id.as_ref().is_some_and(|own| own.text == id);
        let level = file.outline().levels().find(is_meant)?;
        let written = &file.text[level.span.clone()];
        let title = level.heading.title.as_str();
        let text = match written.rfind(title).filter(|_| !title.is_empty()) {
            Some(at) => format!("{}{}{}", &written[..at], self.new, &written[at + title.len()..]),
            None if level.heading.codes.is_empty() => self.new.to_owned(),
            None => format!("{} = {}", level.heading.codes.join("/"), self.new),
        };
        self.spliced(file.path.clone(), vec![Splice { span: level.span.clone(), text }])
    }

    /// The title of a category, wherever it recurs.
    fn category(&self, ladder: usize, id: &str) -> Option<Placed> {
        let file = self.parsed(self.ladder_file(ladder)?)?;
        let is_meant = |of: &&Category| of.attributes.id.as_ref().is_some_and(|own| own.text.eq_ignore_ascii_case(id));
        let found = file.outline().levels().flat_map(|level| &level.categories).filter(is_meant);
        let splices = found.map(|of| Splice { span: of.span.clone(), text: self.new.to_owned() }).collect();
        self.spliced(file.path.clone(), splices)
    }

    /// A criterion keeps its marker, its attributes and its distance from others.
    fn criterion(&self, ladder: usize, id: &str) -> Option<Placed> {
        let file = self.parsed(self.ladder_file(ladder)?)?;
        let is_meant = |of: &&Criterion| of.attributes.id.as_ref().is_some_and(|own| own.text == id);
        let mut criteria = file.outline().levels().flat_map(|level| &level.categories).flat_map(|of| &of.criteria);
        let criterion = criteria.find(is_meant)?;
        let text = &file.text;
        let attributes = criterion.attributes.span.clone();
        // An empty item begins with its attributes.
        let start = match criterion.statement.span.is_empty() {
            true => attributes.start,
            false => criterion.statement.span.start.min(attributes.start),
        };
        let end = criterion.detail.last().map_or(attributes.end, |last| last.span.end.max(attributes.end));
        let end = start + text[start..end.max(criterion.statement.span.end)].trim_end().len();
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let indent: String = text[line..start].chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        let (statement, detail) = self.new.split_once("\n\n").unwrap_or((self.new, ""));
        let mut written = format!("{} {}", indented(statement, &indent), &text[attributes]);
        if !detail.is_empty() {
            written.push_str(&format!("\n\n{indent}{}", indented(detail, &indent)));
        }
        self.spliced(file.path.clone(), vec![Splice { span: start..end, text: written }])
    }

    /// A block or a heading of prose, or where it would stand.
    fn piece(&self, passage: Passage, at: usize) -> Option<Placed> {
        let path = passage.path(self.site, self.locale)?.to_owned();
        let text = self.sources.text(&path)?;
        let own = passage.pieces(self.site, self.locale);
        let rows = self.site.translations.rows(passage, self.locale);
        let here = rows.iter().position(|row| row.source.contains(&at))?;
        // What several units say together cannot be taken apart.
        if rows[here].source.len() > 1 {
            return None;
        }
        let pieces = &own[rows[here].own.clone()];
        if let (Some(first), Some(last)) = (pieces.first(), pieces.last()) {
            let end = first.span.start + text[first.span.start..last.span.end].trim_end().len();
            let span = first.span.start..end;
            return self.spliced(path, vec![Splice { span, text: self.new.to_owned() }]);
        }
        let source = passage.pieces(self.site, LocaleIndex::SOURCE);
        let new = match source.get(at)?.said {
            Said::Title(_) => format!("## {}", self.new),
            Said::Heading(heading) => format!("{} {}", "#".repeat(heading.depth.into()), self.new),
            Said::Block(_) => self.new.to_owned(),
        };
        let before = rows[..here].iter().rev().find_map(|row| own[row.own.clone()].last());
        let place = match before {
            Some(piece) => end_of_block(text, &piece.span),
            None => self.start_of(passage, &path, text)?,
        };
        self.spliced(path, vec![Splice { span: place..place, text: format!("\n\n{new}") }])
    }

    /// Where the first block of a passage would stand: behind what stands above it.
    fn start_of(&self, passage: Passage, path: &Utf8PathBuf, text: &str) -> Option<usize> {
        let (document, _) = parse::parse(path, text);
        let end_of_line = |at: usize| at + text[at..].find('\n').unwrap_or(text.len() - at);
        match passage {
            Passage::Note { .. } => Some(document.front_matter.span.end.saturating_sub(1)),
            Passage::Preface { .. } => {
                let heading = document.sections.iter().find_map(|section| section.heading.as_ref())?;
                Some(end_of_line(heading.text.span.end))
            }
            Passage::Summary { ladder, level } => {
                let place = self.site.ladders[ladder].levels[level].places.own(self.locale)?;
                Some(end_of_line(place.span().end))
            }
            Passage::Category { .. } => None,
            Passage::Sections { .. } => Some(text.trim_end().len()),
        }
    }
}

/// Where a block ends, without the empty lines behind it. A heading ends with its line.
fn end_of_block(text: &str, span: &Span) -> usize {
    let end = span.start + text[span.clone()].trim_end().len();
    end + text[end..].find('\n').unwrap_or(text.len() - end)
}

/// Lines of an item, of which all but the first begin below its text.
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
