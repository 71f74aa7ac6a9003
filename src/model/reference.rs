//! References: what `[TL-042]`, `[L6]` and `[thread:maps]` lead to, and what leads back.

use std::collections::{BTreeMap, HashMap};

use super::id::CriterionId;
use super::{Backlinks, Ladder, Note};
use crate::config::LocaleIndex;
use crate::parse::{Block, Inline, Reference, visit_inlines};

/// Something that can be referred to, by its places in the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    Level { ladder: usize, level: usize },
    Category { ladder: usize, category: usize },
    Thread { ladder: usize, thread: usize },
    Criterion { ladder: usize, criterion: usize },
    Note(usize),
}

impl Subject {
    fn ladder(self) -> Option<usize> {
        match self {
            Self::Level { ladder, .. }
            | Self::Category { ladder, .. }
            | Self::Thread { ladder, .. }
            | Self::Criterion { ladder, .. } => Some(ladder),
            Self::Note(_) => None,
        }
    }
}

/// Everything that has a label, by label. Several ladders may have a level or a thread of the same name.
#[derive(Debug, Default)]
pub(super) struct Index {
    subjects: BTreeMap<String, Vec<Subject>>,
    /// What the ids of criteria begin with.
    prefixes: Vec<String>,
    /// What the ids of levels begin with, where they end in a number.
    level_prefixes: Vec<String>,
}

/// What stands before the colon in labels of other things than criteria and levels.
const KINDS: [&str; 3] = ["thread:", "note:", "category:"];

impl Index {
    pub fn new(ladders: &[Ladder], note_slugs: Vec<String>) -> Self {
        let mut index = Self::default();
        for (note, slug) in note_slugs.into_iter().enumerate() {
            index.add(format!("note:{slug}"), Subject::Note(note));
        }
        for (ladder, of) in ladders.iter().enumerate() {
            index.prefixes.extend(of.config.prefixes().map(str::to_owned));
            for (criterion, of) in of.criteria.iter().enumerate() {
                index.add(of.id.to_string(), Subject::Criterion { ladder, criterion });
            }
            for (level, of) in of.levels.iter().enumerate() {
                index.add(of.id.clone(), Subject::Level { ladder, level });
                index.level_prefixes.extend(split_number(&of.id).map(|(prefix, _)| prefix.to_owned()));
            }
            for (thread, of) in of.threads.iter().enumerate() {
                index.add(format!("thread:{}", of.key), Subject::Thread { ladder, thread });
            }
            for (category, of) in of.categories.iter().enumerate() {
                index.add(format!("category:{}", of.id), Subject::Category { ladder, category });
            }
        }
        index
    }

    fn add(&mut self, label: String, subject: Subject) {
        self.subjects.entry(label).or_default().push(subject);
    }

    /// What a label leads to: in the given ladder, or else in the first that has it.
    pub fn resolve(&self, label: &str, ladder: Option<usize>) -> Option<Subject> {
        let subjects = self.subjects.get(label)?;
        subjects.iter().find(|subject| subject.ladder() == ladder).or(subjects.first()).copied()
    }

    /// What a note says it is about: there, threads and categories go by their bare keys too.
    pub fn resolve_about(&self, label: &str) -> Option<Subject> {
        let bare = || KINDS.iter().find_map(|kind| self.resolve(&format!("{kind}{label}"), None));
        self.resolve(label, None).or_else(bare)
    }

    /// Whether a label has the form of those that lead somewhere.
    pub fn resembles_id(&self, label: &str) -> bool {
        let of_criterion = CriterionId::parse(label).is_some()
            || CriterionId::parse_leniently(label).is_some_and(|id| self.prefixes.iter().any(|p| p == id.prefix()));
        let of_level = split_number(label).is_some_and(|(prefix, _)| self.level_prefixes.iter().any(|p| p == prefix));
        of_criterion || of_level || KINDS.iter().any(|kind| label.starts_with(kind))
    }

    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.subjects.keys().map(String::as_str)
    }
}

/// Splits `L6` into `L` and `6`.
fn split_number(id: &str) -> Option<(&str, &str)> {
    let at = id.find(|c: char| c.is_ascii_digit())?;
    let (prefix, number) = id.split_at(at);
    (!prefix.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some((prefix, number))
}

/// All references in some blocks, in reading order.
pub fn collect_references(blocks: &[Block]) -> Vec<&Reference> {
    let mut references = Vec::new();
    visit_inlines(blocks, &mut |inline| {
        if let Inline::Reference(reference) = inline {
            references.push(reference);
        }
    });
    references
}

/// Which notes are about each thing and which mention it, by the source's texts.
pub(super) fn backlinks(notes: &[Note], index: &Index) -> HashMap<Subject, Backlinks> {
    let mut backlinks: HashMap<Subject, Backlinks> = HashMap::new();
    for (at, note) in notes.iter().enumerate() {
        for &subject in &note.about {
            backlinks.entry(subject).or_default().about.push(at);
        }
        let (text, _) = note.text.read(LocaleIndex::SOURCE);
        let references = text.sections.iter().flat_map(|section| collect_references(&section.blocks));
        for subject in references.filter_map(|reference| index.resolve(&reference.label, None)) {
            let entry = backlinks.entry(subject).or_default();
            if subject != Subject::Note(at) && !entry.about.contains(&at) && !entry.mentions.contains(&at) {
                entry.mentions.push(at);
            }
        }
    }
    backlinks
}
