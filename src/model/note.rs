//! From the files of notes to notes.

use super::file::filled;
use super::id::slug;
use super::reference::Index;
use super::{Note, NoteText};
use crate::config::table::{Reader, Spanned};
use crate::config::{Config, LocaleIndex, Localized};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::parse::{Document, Heading, Section};
use crate::source::Sources;

/// Builds the notes from documents sorted by slug and locale.
pub(super) fn build(
    config: &Config,
    sources: &Sources,
    documents: Vec<(String, LocaleIndex, Document)>,
    index: &Index,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    let mut former = Vec::new();
    for (name, locale, document) in documents {
        let path = document.path.clone();
        let file = read(document, locale, sources, problems);
        let Some(address) = slug(&name) else {
            problems.push(
                Diagnostic::new(
                    Code::InvalidId,
                    say!("`%{name}` cannot be the name of a note", name),
                    Place::file(path),
                )
                .help(say!("name the file with ASCII letters, digits and hyphens, and put it right into notes/")),
            );
            continue;
        };
        match notes.last_mut().filter(|note| note.slug == address) {
            Some(note) => match note.text.own(locale) {
                Some(first) => problems.push(
                    Diagnostic::new(Code::DuplicateId, say!("two files are one note"), Place::file(path))
                        .related(Place::file(first.path.clone()), say!("the same name, but for capital letters"))
                        .help(say!("give one of them another name, or make them one file")),
                ),
                None => {
                    if let Some(text) = file.text.translated(note.text.source()) {
                        note.text.translate(locale, text);
                    }
                }
            },
            None if locale == LocaleIndex::SOURCE => {
                let (mut about, mut about_nothing) = (Vec::new(), Vec::new());
                for label in file.about {
                    match index.resolve_about(&label.value) {
                        Some(subject) => about.push(subject),
                        None => about_nothing.push((label.value, Place::new(path.clone(), label.span))),
                    }
                }
                let text = Localized::source_only(file.text);
                former.extend(file.was.into_iter().map(|was| (notes.len(), was)));
                notes.push(Note { slug: address, was: Vec::new(), about, about_nothing, text });
            }
            None => {
                let source = &config.locale(LocaleIndex::SOURCE).tag;
                problems.push(
                    Diagnostic::new(Code::OnlyInTranslation, say!("this note has no source"), Place::file(path))
                        .help(say!("write %{source}/notes/%{name}.md, or remove this file", source, name)),
                );
            }
        }
    }
    for (note, was) in former {
        match taken(&notes, &was.value) {
            None => notes[note].was.push(was.value),
            Some(by) => {
                let path = |note: usize| notes[note].text.source().path.clone();
                let message = say!("`%{name}` cannot be the former name of this note", name = was.value);
                let problem = Diagnostic::new(Code::InvalidId, message, Place::new(path(note), was.span));
                let problem = if by == note {
                    problem
                } else {
                    problem.related(Place::file(path(by)), say!("it is this note's"))
                };
                problems.push(problem.help(say!("name files that were this note, and that no other note is or was")));
            }
        }
    }
    notes
}

/// The note that has a name, or had it before.
fn taken(notes: &[Note], name: &str) -> Option<usize> {
    notes.iter().position(|note| note.slug == name || note.was.iter().any(|was| was == name))
}

/// A note's file: its text, and what its front matter says it is about.
struct NoteFile {
    text: NoteText,
    about: Vec<Spanned<String>>,
    was: Vec<Spanned<String>>,
}

fn read(document: Document, locale: LocaleIndex, sources: &Sources, problems: &mut Vec<Diagnostic>) -> NoteFile {
    let front_matter = document.front_matter;
    let reader = Reader::new(document.path.clone(), front_matter.toml.start);
    let toml = sources.text(&document.path).map_or("", |text| &text[front_matter.toml.clone()]);
    let (mut title, mut about, mut was) = (None, Vec::new(), Vec::new());
    // What one that is never closed says is not known.
    if front_matter.is_closed
        && let Some(mut table) = reader.read(toml)
    {
        table.require("title", say!("write `title = \"…\"` between two lines of +++ at the top of the file"));
        title = table.string("title").and_then(|title| filled(title, locale, &reader));
        about = table.strings("about").unwrap_or_default();
        was = former_slugs(table.strings("was").unwrap_or_default(), &reader);
        table.finish();
    }
    problems.extend(reader.into_problems());
    let title_span = title.as_ref().map(|title| title.span.clone());
    let title = title.map_or_else(|| document.path.file_stem().unwrap_or_default().to_owned(), |title| title.value);
    NoteFile { text: NoteText { title, title_span, sections: document.sections, path: document.path }, about, was }
}

impl NoteText {
    /// A translation of the source. None if it says nothing yet.
    fn translated(mut self, source: &Self) -> Option<Self> {
        if self.title_span.is_none() {
            self.title.clone_from(&source.title);
        }
        let is_headed = |heading: &Heading| !heading.text.plain().trim().is_empty();
        let says = |of: &Section| !of.blocks.is_empty() || of.heading.as_ref().is_some_and(is_headed);
        (self.title_span.is_some() || self.sections.iter().any(says)).then_some(self)
    }
}

/// The names that a note had before, as they stand in addresses.
fn former_slugs(written: Vec<Spanned<String>>, reader: &Reader) -> Vec<Spanned<String>> {
    let former = written.into_iter().filter_map(|name| {
        let Some(value) = slug(&name.value) else {
            let message = say!("`%{name}` cannot have been the name of a note", name = name.value);
            let problem = Diagnostic::new(Code::InvalidId, message, reader.place(&name.span));
            reader.report(problem.help(say!("write the name that its file had, without folder and `.md`")));
            return None;
        };
        Some(Spanned { value, span: name.span })
    });
    former.collect()
}
