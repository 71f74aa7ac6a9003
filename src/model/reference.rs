//! References: what `[TL-042]`, `[L6]` and `[thread:maps]` lead to, and what leads back.

use std::collections::{BTreeMap, HashMap};

use typed_index_collections::{TiSlice, TiVec};

use super::inheritance::{CategoryOrigin, ThreadOrigin};
use super::{Backlinks, Inheritance, Ladder, Note, Origin};
use crate::config::Config;
use crate::handle::{CategoryAt, CriterionAt, LadderIndex, LevelAt, NoteIndex, ThreadAt};
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::parse::{Block, Inline, Reference, visit_inlines};
use crate::text::{nearest, split};

/// Something that can be referred to, by its handle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    Level(LevelAt),
    Category(CategoryAt),
    Thread(ThreadAt),
    Criterion(CriterionAt),
    Note(NoteIndex),
}

impl Subject {
    fn ladder(self) -> Option<LadderIndex> {
        match self {
            Self::Level(LevelAt { ladder, .. })
            | Self::Category(CategoryAt { ladder, .. })
            | Self::Thread(ThreadAt { ladder, .. })
            | Self::Criterion(CriterionAt { ladder, .. }) => Some(ladder),
            Self::Note(_) => None,
        }
    }
}

/// Everything that has a label, by label. Several ladders may have a level or a thread of the same name.
#[derive(Debug, Default)]
pub(super) struct LabelIndex {
    subjects: BTreeMap<String, Vec<LabelledItem>>,
    /// The key of each ladder, and the ladders that it builds on, the nearest first.
    ladders: TiVec<LadderIndex, (String, Vec<LadderIndex>)>,
    /// Prefixes of the ids of criteria.
    prefixes: Vec<String>,
    /// Prefixes of the ids of levels, where these end in a number.
    level_prefixes: Vec<String>,
    /// The words before the colon in labels of things other than criteria and levels.
    kinds: Vec<String>,
}

/// Something that has a label, with what makes things of several ladders the same.
#[derive(Debug, Clone, Copy)]
struct LabelledItem {
    subject: Subject,
    origin: Option<Matter>,
}

/// An item that several ladders may share, by its origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Matter {
    Category(CategoryOrigin),
    Thread(ThreadOrigin),
}

impl Matter {
    /// Returns the ladder that has it by itself.
    fn ladder(self) -> Option<LadderIndex> {
        match self {
            Self::Category(Origin::Of(at)) => Some(at.ladder),
            Self::Thread(Origin::Of(at)) => Some(at.ladder),
            Self::Category(Origin::Shared(_)) | Self::Thread(Origin::Shared(_)) => None,
        }
    }
}

/// The target of a label.
enum LabelTarget {
    Nothing,
    One(Subject),
    /// Items of several ladders, none nearer than the others.
    Several(Vec<Subject>),
}

/// The kinds of things with labels of their own, apart from the pages of each collection.
const KINDS: [&str; 2] = ["thread:", "category:"];

impl LabelIndex {
    pub(crate) fn new<'a>(
        config: &Config,
        ladders: &TiSlice<LadderIndex, Ladder>,
        inheritance: &Inheritance,
        notes: impl Iterator<Item = &'a Note>,
    ) -> Self {
        let mut index = Self::default();
        let of_pages = config.collections.iter().map(|collection| format!("{}:", collection.label()));
        index.kinds = KINDS.into_iter().map(str::to_owned).chain(of_pages).collect();
        for (at, note) in (0..).map(NoteIndex).zip(notes) {
            let kind = config.collections[note.collection].label();
            index.add(format!("{kind}:{}", note.slug), Subject::Note(at));
        }
        for (ladder, ladder_data) in ladders.iter_enumerated() {
            index.ladders.push((ladder_data.config.key.clone(), inheritance.line(ladder).collect()));
            index.prefixes.extend(ladder_data.config.prefixes().map(str::to_owned));
            for (criterion, criterion_data) in ladder_data.criteria.iter_enumerated() {
                index.add(criterion_data.id.to_string(), Subject::Criterion(criterion.of(ladder)));
            }
            for (level, level_data) in ladder_data.levels.iter_enumerated() {
                index.add(level_data.id.clone(), Subject::Level(level.of(ladder)));
                index.level_prefixes.extend(split_number(&level_data.id).map(|(prefix, _)| prefix.to_owned()));
            }
            for (thread, thread_data) in ladder_data.threads.iter_enumerated() {
                let origin = Some(Matter::Thread(inheritance.thread(thread.of(ladder))));
                index.add_of(format!("thread:{}", thread_data.key), Subject::Thread(thread.of(ladder)), origin);
            }
            for (category, category_data) in ladder_data.categories.iter_enumerated() {
                let origin = Some(Matter::Category(inheritance.category(category.of(ladder))));
                index.add_of(format!("category:{}", category_data.id), Subject::Category(category.of(ladder)), origin);
            }
        }
        index
    }

    fn add(&mut self, label: String, subject: Subject) {
        self.add_of(label, subject, None);
    }

    fn add_of(&mut self, label: String, subject: Subject, origin: Option<Matter>) {
        self.subjects.entry(label).or_default().push(LabelledItem { subject, origin });
    }

    fn find(&self, label: &str, ladder: Option<LadderIndex>) -> LabelTarget {
        let Some(named) = self.subjects.get(label) else { return self.find_in_named_ladder(label) };
        let in_ladder = |ladder: LadderIndex| named.iter().find(|named| named.subject.ladder() == Some(ladder));
        let line = ladder.into_iter().flat_map(|at| std::iter::once(at).chain(self.ladders[at].1.iter().copied()));
        let nearest = line.filter_map(in_ladder).next();
        if let Some(near) = nearest {
            return LabelTarget::One(near.subject);
        }
        match named.as_slice() {
            [] => LabelTarget::Nothing,
            [only] => LabelTarget::One(only.subject),
            // The same thing in several ladders: the one that all have it from, or else the first.
            [first, others @ ..]
                if first.origin.is_some() && others.iter().all(|other| other.origin == first.origin) =>
            {
                let origin = first.origin.and_then(Matter::ladder).and_then(in_ladder);
                LabelTarget::One(origin.unwrap_or(first).subject)
            }
            several => LabelTarget::Several(several.iter().map(|named| named.subject).collect()),
        }
    }

    /// Returns the target of a label such as `management:L5`.
    fn find_in_named_ladder(&self, label: &str) -> LabelTarget {
        let found = label.split_once(':').and_then(|(key, label)| {
            let ladder = self.ladders.position(|(ladder, _)| ladder == key)?;
            self.subjects.get(label)?.iter().find(|named| named.subject.ladder() == Some(ladder))
        });
        found.map_or(LabelTarget::Nothing, |named| LabelTarget::One(named.subject))
    }

    /// Returns the target of a label: in the given ladder, in one that it builds on, or else in the only one that has
    /// it. An ambiguous label leads to its first target: it is reported elsewhere.
    pub(crate) fn resolve(&self, label: &str, ladder: Option<LadderIndex>) -> Option<Subject> {
        match self.find(label, ladder) {
            LabelTarget::Nothing => None,
            LabelTarget::One(subject) => Some(subject),
            LabelTarget::Several(subjects) => subjects.first().copied(),
        }
    }

    pub(crate) fn is_shared(&self, label: &str) -> bool {
        self.subjects.get(label).is_some_and(|named| named.len() > 1)
    }

    /// Returns the ways to write a label that leads to several things.
    pub(crate) fn ways_to_write(&self, label: &str, ladder: Option<LadderIndex>) -> Vec<String> {
        let LabelTarget::Several(subjects) = self.find(label, ladder) else { return Vec::new() };
        let keys = subjects.iter().filter_map(|subject| Some(&self.ladders[subject.ladder()?].0));
        keys.map(|key| format!("{key}:{label}")).collect()
    }

    /// Returns the subject of a note by its label. Here, threads and categories may go by their bare keys. None if
    /// nothing or more than one thing matches.
    pub(crate) fn resolve_about(&self, label: &str) -> Option<Subject> {
        match self.find_about(label)?.1 {
            LabelTarget::One(subject) => Some(subject),
            LabelTarget::Nothing | LabelTarget::Several(_) => None,
        }
    }

    /// Returns the ways to write what a note says it is about, if that is several things.
    pub(crate) fn ways_to_write_about(&self, label: &str) -> Vec<String> {
        self.find_about(label).map_or_else(Vec::new, |(label, _)| self.ways_to_write(&label, None))
    }

    fn find_about(&self, label: &str) -> Option<(String, LabelTarget)> {
        let bare = self.kinds.iter().map(|kind| format!("{kind}{label}"));
        let labels = std::iter::once(label.to_owned()).chain(bare);
        let found = labels.map(|label| (self.find(&label, None), label));
        found.map(|(found, label)| (label, found)).find(|(_, found)| !matches!(found, LabelTarget::Nothing))
    }

    /// Returns whether a label has the form of those that lead somewhere.
    pub(crate) fn resembles_id(&self, label: &str) -> bool {
        let of_criterion = CriterionId::parse(label).is_some()
            || CriterionId::parse_leniently(label).is_some_and(|id| self.prefixes.iter().any(|p| p == id.prefix()));
        let of_level = split_number(label).is_some_and(|(prefix, _)| self.level_prefixes.iter().any(|p| p == prefix));
        let of_ladder = || {
            let Some((key, label)) = label.split_once(':') else { return false };
            nearest(key, self.ladders.iter().map(|(key, _)| key.as_str())).is_some() && self.resembles_id(label)
        };
        of_criterion || of_level || self.kinds.iter().any(|kind| label.starts_with(kind)) || of_ladder()
    }

    /// Suggests a label for one that names a ladder and leads to nothing.
    pub(crate) fn nearest_in_a_ladder(&self, label: &str) -> Option<String> {
        let (key, label) = label.split_once(':')?;
        let key = nearest(key, self.ladders.iter().map(|(key, _)| key.as_str()))?;
        let ladder = self.ladders.position(|(ladder, _)| ladder == key);
        let is_there = |named: &&LabelledItem| named.subject.ladder() == ladder;
        let labels = self.subjects.iter().filter(|(_, named)| named.iter().any(|named| is_there(&named)));
        nearest(label, labels.map(|(label, _)| label.as_str())).map(|near| format!("{key}:{near}"))
    }

    pub(crate) fn labels(&self) -> impl Iterator<Item = &str> {
        self.subjects.keys().map(String::as_str)
    }
}

/// Splits `L6` into `L` and `6`.
fn split_number(id: &str) -> Option<(&str, &str)> {
    let at = id.find(|c: char| c.is_ascii_digit())?;
    let (prefix, number) = split(id, at);
    (!prefix.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some((prefix, number))
}

/// Returns all references in some blocks, in reading order.
pub(crate) fn collect_references(blocks: &[Block]) -> Vec<&Reference> {
    let mut references = Vec::new();
    visit_inlines(blocks, &mut |inline| {
        if let Inline::Reference(reference) = inline {
            references.push(reference);
        }
    });
    references
}

/// Which notes are about each thing and which mention it, by the source's texts.
pub(super) fn backlinks(notes: &TiSlice<NoteIndex, Note>, index: &LabelIndex) -> HashMap<Subject, Backlinks> {
    let mut backlinks: HashMap<Subject, Backlinks> = HashMap::new();
    for (at, note) in notes.iter_enumerated() {
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
