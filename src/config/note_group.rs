//! The groups in which notes are listed.

use schemars::JsonSchema;
use serde::Deserialize;

use super::resolve::{Locales, Resolver, all, at};
use super::table::Spanned;
use super::written::{PerLocale, Text};
use crate::diagnostic::Code;
use crate::locale::Localized;

/// A group of notes. The front matter of a note names it by its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoteGroup {
    pub(crate) key: String,
    pub(crate) title: Localized<String>,
}

/// A group in which notes are listed.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenNoteGroup {
    /// Its name in the front matter of notes: `group = "start"`.
    #[schemars(required)]
    key: Text,
    /// The heading of the group, by locale.
    #[schemars(required)]
    title: Option<PerLocale<Spanned<String>>>,
}

impl Resolver<'_> {
    /// Returns the groups of notes in the order in which they are listed.
    pub(crate) fn note_groups(
        &mut self,
        written: Vec<WrittenNoteGroup>,
        locales: Option<&Locales>,
    ) -> Option<Vec<NoteGroup>> {
        let mut seen: Vec<Spanned<String>> = Vec::new();
        let groups = written.into_iter().map(|written| {
            let title = self.texts("note-groups.title", written.title, locales);
            let key = written.key?;
            if let Some(first) = seen.iter().find(|other| other.value == key.value) {
                let message = format!("two groups of notes have the key `{}`", key.value);
                let problem = at(&key.span).problem(Code::InvalidValue, message);
                let problem = problem.related(at(&first.span), "first used here");
                self.problems.report(problem.help("give each group a key of its own, or remove one of the two"));
                return None;
            }
            seen.push(key.clone());
            Some(NoteGroup { key: key.value, title: title? })
        });
        all(groups.collect::<Vec<_>>().into_iter())
    }
}
