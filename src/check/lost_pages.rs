//! A note or a ladder that an edition had, and that is gone, has become something else.
//!
//! What became of levels and criteria the register says. Of the names of files it knows nothing, so that a file that is
//! renamed without a word would take its addresses with it.

use std::collections::BTreeMap;

use super::Checked;
use crate::config::LocaleIndex;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::{Former, Page};
use crate::register::{Key, State};

pub fn check(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let lost = checked.site.history.former.iter().filter(|former| !former.is_renamed);
    // It has a page in each locale, and the first of them will do.
    let mut by_file = BTreeMap::new();
    for former in lost {
        if let Some(file) = LostFile::of(former) {
            by_file.entry(file).or_insert(former);
        }
    }
    let unexplained = by_file.into_iter().filter(|(file, _)| !file.is_withdrawn(checked));
    unexplained.map(|(file, former)| report(checked, &file, former)).collect()
}

/// What had a file of its own, by the name of the file.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum LostFile<'a> {
    Ladder(&'a str),
    Note(&'a str),
}

impl<'a> LostFile<'a> {
    fn of(former: &'a Former) -> Option<Self> {
        let segments: Vec<&str> = former.path.split_terminator('/').collect();
        match (segments.as_slice(), former.to) {
            (&[_, "notes", note], Page::Notes(_)) => Some(Self::Note(note)),
            (&[_, ladder], Page::Home(_)) => Some(Self::Ladder(ladder)),
            _ => None,
        }
    }

    /// Whether it is said of all levels of a ladder why they are gone.
    fn is_withdrawn(&self, checked: &Checked<'_>) -> bool {
        let Self::Ladder(ladder) = self else { return false };
        let mut entries = checked.register.entries();
        entries.all(|(key, entry)| {
            !matches!(key, Key::Level { ladder: of, .. } if of == ladder) || entry.state == State::Withdrawn
        })
    }
}

fn report(checked: &Checked<'_>, file: &LostFile<'_>, former: &Former) -> Diagnostic {
    let source = &checked.site.config.locale(LocaleIndex::SOURCE).tag;
    let (path, message, help) = match file {
        LostFile::Note(name) => (
            format!("{source}/notes/{name}.md"),
            match former.title.as_str() {
                "" => "the note was released and is gone, and nothing says what took its place".to_owned(),
                title => {
                    format!("the note “{title}” was released and is gone, and nothing says what took its place")
                }
            },
            format!(
                "put `was = [\"{name}\"]` into the front matter of the note that took its place: until then its \
                 address leads to the list of notes"
            ),
        ),
        LostFile::Ladder(key) => (
            format!("{source}/{key}.md"),
            match former.title.as_str() {
                "" => "the ladder was released and is gone, and nothing says what took its place".to_owned(),
                title => {
                    format!("the ladder “{title}” was released and is gone, and nothing says what took its place")
                }
            },
            format!(
                "put `was = [\"{key}\"]` at the ladder in site.toml that took its place: until then its address leads \
                 to the home page"
            ),
        ),
    };
    Diagnostic::new(Code::LostPage, message, Place::file(path)).help(help)
}
