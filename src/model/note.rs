//! From the files of notes and other pages to notes.

use serde::Deserialize;

use super::file::filled;
use super::reference::LabelIndex;
use super::{Images, Note, NoteText};
use crate::address::{folder_advice, is_device};
use crate::config::table::{Spanned, TomlReader};
use crate::config::{Collection, Config};
use crate::diagnostic::{Code, Place, Problems};
use crate::handle::CollectionIndex;
use crate::id::slug;
use crate::locale::{LocaleIndex, Localized};
use crate::parse::{Document, Heading, Section, footnote, name_images};
use crate::source::Sources;
use crate::text::slice;

/// A file of a collection.
pub(super) struct Filed {
    /// The place of the collection in [`Config::collections`].
    pub(crate) collection: CollectionIndex,
    /// The slug, or else the name that cannot be one.
    pub(crate) name: String,
    pub(crate) locale: LocaleIndex,
    pub(crate) document: Document,
}

/// A note with references that are still to be resolved.
pub(super) struct NoteDraft {
    pub(crate) note: Note,
    order: Option<usize>,
    about: Vec<Spanned<String>>,
}

/// Builds the notes from files sorted by collection, name and locale. They come by collection and group, in the order
/// that they ask for, and else by name. Those of no group come first.
pub(super) fn drafts(
    config: &Config,
    sources: &Sources,
    images: &Images,
    files: Vec<Filed>,
    problems: &Problems,
) -> Vec<NoteDraft> {
    let mut drafts: Vec<NoteDraft> = Vec::new();
    let mut former = Vec::new();
    // Files of translations without a source. It may have got another name, which is known when all are read.
    let mut alone = Vec::new();
    for Filed { collection, name, locale, document } in files {
        let collection_data = &config.collections[collection];
        let path = document.path.clone();
        let mut file = read(document, locale, config, collection, sources, problems);
        name_images(&mut file.text.sections, &|target| images.name(config, target, &path));
        let Some(address) = slug(&name).filter(|name| !is_device(name)) else {
            let message = collection_data.of_kind(
                format!("`{name}` cannot be the name of a note"),
                format!("`{name}` cannot be the name of a page"),
            );
            let help = format!(
                "name the file with ASCII letters, digits and hyphens, and put it directly in {folder}/",
                folder = collection_data.folder
            );
            problems.report(Place::file(path).problem(Code::InvalidId, message).help(folder_advice(&name, help)));
            continue;
        };
        let is_it = |draft: &&mut NoteDraft| draft.note.collection == collection && draft.note.slug == address;
        match drafts.last_mut().filter(is_it) {
            Some(NoteDraft { note, .. }) => match note.text.own(locale) {
                Some(first) => problems.report(
                    Place::file(path)
                        .problem(
                            Code::DuplicateId,
                            collection_data.of_kind(
                                "two files are the same note".to_owned(),
                                "two files are the same page".to_owned(),
                            ),
                        )
                        .related(Place::file(first.path.clone()), "the same name, except for upper and lower case")
                        .help("give one of them another name, or make them one file"),
                ),
                None => {
                    if let Some(text) = file.text.translated(note.text.source()) {
                        note.text.translate(locale, text);
                    }
                }
            },
            None if locale == LocaleIndex::SOURCE => {
                former.extend(file.was.into_iter().map(|was| (drafts.len(), was)));
                let text = Localized::source_only(file.text);
                let (was, about, about_nothing) = (Vec::new(), Vec::new(), Vec::new());
                let in_navigation = file.in_navigation;
                let moved = Vec::new();
                let note = Note {
                    collection,
                    slug: address,
                    was,
                    moved,
                    group: file.group,
                    in_navigation,
                    about,
                    about_nothing,
                    text,
                };
                drafts.push(NoteDraft { note, order: file.order, about: file.about });
            }
            None => alone.push((path, collection, name, locale)),
        }
    }
    for (path, collection, name, locale) in alone {
        let collection_data = &config.collections[collection];
        let folder = &collection_data.folder;
        let moved = former.iter().find(|(_, was)| was.value == name || was.value == format!("{folder}/{name}"));
        let message =
            collection_data.of_kind("this note has no source".to_owned(), "this page has no source".to_owned());
        let help = match moved {
            Some((at, _)) => {
                let Note { collection, slug, .. } = &drafts[*at].note;
                let (tag, folder) = (&config.locale(locale).tag, &config.collections[*collection].folder);
                format!("rename this file to {tag}/{folder}/{slug}.md, as its source was renamed")
            }
            None => {
                let source = &config.locale(LocaleIndex::SOURCE).tag;
                format!("write {source}/{folder}/{name}.md, or remove this file")
            }
        };
        problems.report(Place::file(path).problem(Code::OnlyInTranslation, message).help(help));
    }
    for (at, was) in former {
        rename(config, &mut drafts, at, was, problems);
    }
    let place = |NoteDraft { note, order, .. }: &NoteDraft| (note.collection, note.group, order.unwrap_or(usize::MAX));
    drafts.sort_by(|a, b| (place(a), &a.note.slug).cmp(&(place(b), &b.note.slug)));
    drafts
}

/// Gives a note a former name, or reports why it cannot have had it.
fn rename(config: &Config, drafts: &mut [NoteDraft], at: usize, was: Spanned<String>, problems: &Problems) {
    let collection = drafts[at].note.collection;
    let (folder, slug) = was.value.split_once('/').unwrap_or((&config.collections[collection].folder, &was.value));
    // The folder may have had another name itself, or be gone.
    let is_in = |collection: CollectionIndex| {
        let collection = &config.collections[collection];
        collection.folder == folder || collection.was.iter().any(|was| was == folder)
    };
    let has_it = |draft: &NoteDraft| {
        let note = &draft.note;
        let stood = |(other, name): &(String, String)| other == folder && name == slug;
        note.moved.iter().any(stood)
            || (is_in(note.collection) && (note.slug == slug || note.was.iter().any(|was| was == slug)))
    };
    let Some(by) = drafts.iter().position(has_it) else {
        let (folder, slug) = (folder.to_owned(), slug.to_owned());
        match is_in(collection) {
            true => drafts[at].note.was.push(slug),
            false => drafts[at].note.moved.push((folder, slug)),
        }
        return;
    };
    let collection_data = &config.collections[collection];
    let path = |at: usize| drafts[at].note.text.source().path.clone();
    let message = collection_data.of_kind(
        format!("`{name}` cannot be the former name of this note", name = was.value),
        format!("`{name}` cannot be the former name of this page", name = was.value),
    );
    let problem = Place::new(path(at), was.span).problem(Code::InvalidId, message);
    let problem = match by == at {
        true => problem,
        false => {
            let label = collection_data.of_kind("it is this note's".to_owned(), "it is this page's".to_owned());
            problem.related(Place::file(path(by)), label)
        }
    };
    problems.report(problem.help(collection_data.of_kind(
        "use names that this note had, and that no other note has or had".to_owned(),
        "use names that this page had, and that no other page has or had".to_owned(),
    )));
}

impl NoteDraft {
    /// Resolves the subjects of the note.
    pub(crate) fn finish(mut self, index: &LabelIndex) -> Note {
        for label in self.about {
            match index.resolve_about(&label.value) {
                Some(subject) => self.note.about.push(subject),
                None => {
                    let place = Place::new(self.note.text.source().path.clone(), label.span);
                    self.note.about_nothing.push((label.value, place));
                }
            }
        }
        self.note
    }
}

/// A note's file: its text, and what its front matter says it is about.
struct NoteFile {
    text: NoteText,
    about: Vec<Spanned<String>>,
    was: Vec<Spanned<String>>,
    /// Its place in [`Config::note_groups`].
    group: Option<usize>,
    order: Option<usize>,
    in_navigation: bool,
}

/// The front matter of a note.
#[derive(Deserialize, Default)]
#[serde(default)]
struct NoteFrontMatter {
    title: Option<Spanned<String>>,
    about: Vec<Spanned<String>>,
    was: Vec<Spanned<String>>,
    summary: Option<Spanned<String>>,
    group: Option<Spanned<String>>,
    order: Option<usize>,
    navigation: Option<bool>,
}

fn read(
    document: Document,
    locale: LocaleIndex,
    config: &Config,
    collection: CollectionIndex,
    sources: &Sources,
    problems: &Problems,
) -> NoteFile {
    let front_matter = document.front_matter;
    let toml = sources.text(&document.path).map_or("", |text| slice(text, front_matter.toml.clone()));
    let text = sources.text(&document.path).unwrap_or_default();
    problems.extend(footnote::diagnose_page(&document.path, text, &document.sections));
    let has_heading = title_heading(&document.sections).is_some();
    let reader =
        TomlReader::new(document.path.clone(), front_matter.toml.start, toml, problems).requiring(|_, key| match key {
            "title" if !has_heading => {
                Some("write `title = \"…\"` between two +++ lines at the top of the file, or begin it with `# …`")
            }
            _ => None,
        });
    // What one that is never closed says is not known.
    let head = if front_matter.is_closed { reader.read() } else { None };
    let NoteFrontMatter { title, about, was, summary, group, order, navigation } = head.unwrap_or_default();
    let title = title.and_then(|title| filled(title, locale, &reader));
    let summary = summary.and_then(|summary| filled(summary, locale, &reader));
    let group = group.and_then(|group| group_of(&group, config, collection, &reader));
    let mut sections = document.sections;
    let title = title.or_else(|| take_title(&mut sections));
    let was = former_slugs(was, &config.collections[collection], &reader);
    let title_span = title.as_ref().map(|title| title.span.clone());
    let title = title.map_or_else(|| document.path.file_stem().unwrap_or_default().to_owned(), |title| title.value);
    let text = NoteText { title, title_span, summary, sections, path: document.path };
    NoteFile { text, about, was, group, order, in_navigation: navigation.unwrap_or(true) }
}

/// Returns the group of a note by its place in [`Config::note_groups`], or reports why it is none.
fn group_of(
    written: &Spanned<String>,
    config: &Config,
    collection: CollectionIndex,
    reader: &TomlReader<'_>,
) -> Option<usize> {
    let groups = &config.note_groups;
    let group = groups.iter().position(|group| group.key == written.value);
    if group.is_some() && collection == Collection::NOTES {
        return group;
    }
    let (message, help) = if collection == Collection::NOTES {
        let keys: Vec<_> = groups.iter().map(|group| format!("`{}`", group.key)).collect();
        let source = &config.locale(LocaleIndex::SOURCE).tag;
        let named = match keys.as_slice() {
            [] => String::new(),
            keys => format!("write one of {}, or ", keys.join(", ")),
        };
        let key = &written.value;
        let help = format!(
            "{named}add the group to site.toml: `[[note-groups]]`, and below it `key = \"{key}\"` and \
             `title.{source} = \"…\"`"
        );
        (format!("no group of notes has the key `{key}`"), help)
    } else {
        ("only notes have a group".to_owned(), "remove `group`; `order` sorts these pages".to_owned())
    };
    reader.report(reader.place(&written.span).problem(Code::InvalidValue, message).help(help));
    None
}

/// Returns the heading of the first depth that a note begins with.
fn title_heading(sections: &[Section]) -> Option<&Heading> {
    let [before, first, ..] = sections else { return None };
    let heading = first.heading.as_ref()?;
    let is_first = before.heading.is_none() && before.blocks.is_empty();
    let is_title = is_first && heading.depth == 1 && heading.attributes.is_empty();
    (is_title && !heading.text.plain().trim().is_empty()).then_some(heading)
}

/// Makes the heading that a note begins with its title.
fn take_title(sections: &mut Vec<Section>) -> Option<Spanned<String>> {
    let heading = title_heading(sections)?;
    let title = Spanned { value: heading.text.plain().trim().to_owned(), span: heading.text.span.0.clone() };
    sections.remove(0);
    sections[0].heading = None;
    Some(title)
}

impl NoteText {
    /// Returns a translation of the source. None if it says nothing yet.
    fn translated(mut self, source: &Self) -> Option<Self> {
        if self.title_span.is_none() {
            self.title.clone_from(&source.title);
        }
        let is_headed = |heading: &Heading| !heading.text.plain().trim().is_empty();
        let says = |section: &Section| !section.blocks.is_empty() || section.heading.as_ref().is_some_and(is_headed);
        (self.title_span.is_some() || self.summary.is_some() || self.sections.iter().any(says)).then_some(self)
    }
}

/// Returns the names that a note had before, as they stand in addresses.
fn former_slugs(
    written: Vec<Spanned<String>>,
    collection: &Collection,
    reader: &TomlReader<'_>,
) -> Vec<Spanned<String>> {
    let former = written.into_iter().filter_map(|name| {
        let of_path = |path: &str| match path.split_once('/') {
            Some((folder, name)) => Some(format!("{}/{}", slug(folder)?, slug(name)?)),
            None => slug(path),
        };
        let Some(value) = of_path(&name.value) else {
            let message = collection.of_kind(
                format!("`{name}` cannot have been the name of a note", name = name.value),
                format!("`{name}` cannot have been the name of a page", name = name.value),
            );
            let problem = reader.place(&name.span).problem(Code::InvalidId, message);
            reader.report(problem.help(
                "write the former name of its file, without `.md`; with the folder if it was another one: `notes/maps`",
            ));
            return None;
        };
        Some(Spanned { value, span: name.span })
    });
    former.collect()
}
