//! Tracks the source text that every translation was made from, to tell whether it is still current.
//!
//! A site is made of [`Unit`]s: criteria, titles, headings and blocks of prose, each with a key that is the same in all
//! languages. For each unit `{locale}/translation.toml` holds the source text that its translation was made from. So a
//! translation is outdated when the words of its source have changed, and only then: neither dates nor the history of
//! files are looked at, and a change of thread, order, id or white space alone outdates nothing.
//!
//! [`Translations::read`] says how every unit stands. [`accept`](accept()) records that translations are right as they
//! stand, and [`start`](start()) makes the files of a new language. Both give new texts of files and write nothing.

mod accept;
pub(crate) mod align;
mod band;
mod difference;
mod front_matter;
mod normal;
mod passage;
mod record;
mod render;
mod start;
mod structure;
mod tally;
#[cfg(test)]
mod tests;
mod units;
mod versions;

use std::collections::{BTreeMap, HashMap, HashSet};

pub use accept::{AcceptOptions, Accepted, Wanted, accept};
pub(crate) use accept::{accept_with, without};
pub(crate) use align::AlignedRow;
pub(crate) use difference::{DifferenceSegment, edits, in_plain_text};
pub(crate) use front_matter::front_matter;
pub(crate) use passage::shape;
pub(crate) use passage::{Passage, Piece, PieceText};
pub use record::TranslationStage;
pub(crate) use record::{FILE, recorded};
pub use start::start;
pub(crate) use start::{blank_ladder, file_of_ladder, file_of_note, grown_ladder, thread_keys, with_body};
pub(crate) use structure::{Needed, end_of_block, heading, note_body, says_nothing};
pub(crate) use tally::{Tally, tally};
pub(crate) use units::released_text;

use crate::diagnostic::{Place, Problems};
use crate::handle::{CategoryAt, CriterionAt, LadderIndex, LevelAt, NoteIndex, ThreadAt};
use crate::locale::{LocaleIndex, Localized};
use crate::memo::{FileMemo, Memo};
use crate::model::Site;
use crate::parse;
use crate::source::Sources;
use align::{BlockAlignment, BlockShape, SourceBlock};
pub(crate) use normal::{normal, normal_markdown};
use record::{RecordEntry, Records};

/// The name of a unit, the same in all languages: `TL-042`, `level:L6`, `note:maps/3/2`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitKey(String);

impl UnitKey {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for UnitKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The kind of text of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum UnitKind {
    /// The statement of a criterion with its details.
    Criterion,
    /// The title of a level.
    Level,
    Category,
    /// The title of a thread.
    Thread,
    /// The title of a ladder, or its heading.
    Ladder,
    /// A block of a ladder, or the title of a section without criteria.
    Prose,
    /// The title of a note, a heading in it, or a block.
    Note,
    /// The same of a page of another folder.
    Page,
}

impl UnitKind {
    pub(crate) const ALL: [Self; 8] =
        [Self::Criterion, Self::Level, Self::Category, Self::Thread, Self::Ladder, Self::Prose, Self::Note, Self::Page];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Criterion => "criterion",
            Self::Level => "level",
            Self::Category => "category",
            Self::Thread => "thread",
            Self::Ladder => "ladder",
            Self::Prose => "prose",
            Self::Note => "note",
            Self::Page => "page",
        }
    }

    /// Returns its label for people, in nine columns at most.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Note => "notes",
            Self::Page => "pages",
            other => other.name(),
        }
    }
}

/// The text of a unit, by the indices of items in the [`Site`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum TextId {
    /// The title of a ladder.
    Ladder(LadderIndex),
    /// The heading of a ladder's file.
    Heading(LadderIndex),
    Thread(ThreadAt),
    Category(CategoryAt),
    Level(LevelAt),
    Criterion(CriterionAt),
    /// The title of a note.
    Note(NoteIndex),
    /// The summary that the front matter of a note gives.
    NoteSummary(NoteIndex),
    /// A piece of a passage by its place in [`Passage::pieces`] of the source.
    Piece {
        passage: Passage,
        at: usize,
    },
}

/// A text that is translated.
#[derive(Debug, Clone)]
pub struct Unit {
    pub key: UnitKey,
    pub(crate) kind: UnitKind,
    pub(crate) text_id: TextId,
    /// The source text in normal form: Markdown, or plain text for titles.
    pub(crate) source: String,
    /// The place of the source text.
    pub(crate) place: Place,
    translations: BTreeMap<LocaleIndex, Translation>,
}

/// The translation of a unit and its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    pub state: TranslationState,
    /// Its place. None if there is none.
    pub(crate) place: Option<Place>,
    pub(crate) stage: Option<TranslationStage>,
    pub(crate) translator: Option<String>,
    pub(crate) reviewer: Option<String>,
    /// The key under which it is recorded, which may be one that the unit had before.
    written_key: Option<String>,
    /// The source that is recorded.
    recorded: Option<String>,
}

/// Whether a translation says what its source says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TranslationState {
    /// It was made from today's source text.
    Current,
    /// There is none.
    Missing,
    /// It was made from another source text.
    Outdated { recorded: String },
    /// The source text that it was made from is not recorded.
    Unrecorded,
}

impl TranslationState {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Missing => "missing",
            Self::Outdated { .. } => "outdated",
            Self::Unrecorded => "unrecorded",
        }
    }
}

impl Translation {
    /// Returns whether a machine made it and it has not been read yet.
    pub(crate) fn is_machine_made(&self) -> bool {
        self.stage == Some(TranslationStage::Machine)
    }

    pub(crate) fn is_draft(&self) -> bool {
        self.stage == Some(TranslationStage::Draft)
    }
}

/// The state of all translations of a site. A site in one language has no units.
#[derive(Debug, Default)]
pub struct Translations {
    units: Vec<Unit>,
    by_text_id: HashMap<TextId, usize>,
    rows: HashMap<(Passage, LocaleIndex), Vec<AlignedRow>>,
    /// The passages that are too long to look at all of their blocks that could belong together.
    coarse: HashSet<(Passage, LocaleIndex)>,
    /// The records of units that no longer exist, by locale and key.
    vanished: BTreeMap<LocaleIndex, BTreeMap<String, VanishedRecord>>,
}

/// The record of a unit that no longer exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VanishedRecord {
    pub(crate) place: Place,
    /// Whether a block of its translation is still there. Without its record, that would be taken for the translation
    /// of another block.
    pub(crate) has_translation: bool,
}

impl Unit {
    /// Returns its translation in a locale. None for the source locale.
    pub fn translation(&self, locale: LocaleIndex) -> Option<&Translation> {
        self.translations.get(&locale)
    }
}

/// What records and alignments came to when translations were last read.
#[derive(Default)]
pub(crate) struct TranslationMemory {
    records: FileMemo<Vec<RecordEntry>>,
    alignments: Memo<(Passage, LocaleIndex), AlignmentInput, BlockAlignment>,
}

/// What an alignment depends on.
#[derive(PartialEq)]
struct AlignmentInput {
    today: Vec<SourceBlock>,
    recorded: Vec<SourceBlock>,
    own: Vec<BlockShape>,
}

impl TranslationMemory {
    fn aligned(&self, of: (Passage, LocaleIndex), input: AlignmentInput) -> BlockAlignment {
        let make = |input: AlignmentInput| {
            let aligned = align::align(&input.today, &input.recorded, &input.own);
            (input, aligned)
        };
        self.alignments.get(of, input, make)
    }

    /// Forgets what the last reading did not ask for.
    #[cfg(any(test, feature = "serve"))]
    pub(crate) fn sweep(&self) {
        self.records.sweep();
        self.alignments.sweep();
    }
}

impl Translations {
    /// Reads the records, and determines the state of each unit in each locale. What `memory` knows is not read again.
    pub(crate) fn read(
        site: &Site,
        sources: &Sources,
        memory: Option<&TranslationMemory>,
        problems: &Problems,
    ) -> Self {
        let locales: Vec<_> = site.config.locale_indices().filter(|&locale| locale != LocaleIndex::SOURCE).collect();
        if locales.is_empty() {
            return Self::default();
        }
        let inventory = units::inventory(site);
        let mut matcher = TranslationMatcher {
            site,
            memory,
            translations: Self::default(),
            stems: inventory.stems,
            former: inventory.former,
        };
        matcher.translations.by_text_id =
            inventory.units.iter().enumerate().map(|(at, unit)| (unit.text_id, at)).collect();
        matcher.translations.units = inventory.units;
        for locale in locales {
            let records = memory.map(|memory| &memory.records);
            matcher.locale(locale, Records::read(sources, &site.config, locale, records, problems));
        }
        matcher.translations
    }

    /// Returns a locale's own text in normal form. None if it has none.
    pub(crate) fn own_text(&self, site: &Site, unit: &Unit, locale: LocaleIndex) -> Option<String> {
        if unit.translation(locale)?.state == TranslationState::Missing {
            return None;
        }
        let titled = |title: &Localized<String>| title.own(locale).map(|title| normal(title));
        match unit.text_id {
            TextId::Ladder(ladder) => titled(&site[ladder].title),
            TextId::Heading(ladder) => titled(&site[ladder].heading),
            TextId::Thread(thread) => titled(&site[thread].title),
            TextId::Category(category) => titled(&site[category].title),
            TextId::Level(level) => titled(&site[level].title),
            TextId::Criterion(criterion) => site[criterion].text.own(locale).map(units::criterion_text),
            TextId::Note(note) => site[note].text.own(locale).map(|text| normal(&text.title)),
            TextId::NoteSummary(note) => {
                site[note].text.own(locale)?.summary.as_ref().map(|summary| normal(&summary.value))
            }
            TextId::Piece { passage, at } => {
                let row = self.row(passage, locale, at)?;
                let pieces = passage.pieces(site, locale);
                let texts: Vec<_> = pieces[row.own.clone()].iter().map(Piece::text).collect();
                Some(texts.join("\n\n"))
            }
        }
    }

    /// Returns all units in the order of the site.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// Returns the unit of a text. None in a site of one language, and for text that is not translated, such as a bare
    /// code.
    pub(crate) fn unit(&self, text_id: TextId) -> Option<&Unit> {
        self.by_text_id.get(&text_id).map(|&at| &self.units[at])
    }

    /// Returns the translation of a text.
    pub(crate) fn of(&self, text_id: TextId, locale: LocaleIndex) -> Option<&Translation> {
        self.unit(text_id)?.translation(locale)
    }

    /// Returns the pieces of a passage in the source and in a translation that belong together: all of them, in the
    /// order of the source. A row without own pieces is missing. Empty for the source locale itself.
    pub(crate) fn rows(&self, passage: Passage, locale: LocaleIndex) -> &[AlignedRow] {
        self.rows.get(&(passage, locale)).map_or(&[], Vec::as_slice)
    }

    /// Returns the row in which a piece of the source stands.
    pub(crate) fn row(&self, passage: Passage, locale: LocaleIndex, at: usize) -> Option<&AlignedRow> {
        let rows = self.rows(passage, locale);
        let row = rows.get(rows.partition_point(|row| row.source.end <= at))?;
        row.source.contains(&at).then_some(row)
    }

    /// Returns whether it is told only roughly which text in a locale belongs to one of the source: it stands among too
    /// many.
    pub(crate) fn is_coarse(&self, text_id: TextId, locale: LocaleIndex) -> bool {
        matches!(text_id, TextId::Piece { passage, .. } if self.coarse.contains(&(passage, locale)))
    }

    /// Returns the records in the file of a locale that are those of no unit any more, by their keys.
    pub(crate) fn vanished(&self, locale: LocaleIndex) -> impl Iterator<Item = (&str, &VanishedRecord)> {
        self.vanished.get(&locale).into_iter().flatten().map(|(key, record)| (key.as_str(), record))
    }

    /// Returns the units of a locale by the keys under which they are recorded, which may be ones that they had before.
    pub(crate) fn held(&self, locale: LocaleIndex) -> HashMap<&str, &UnitKey> {
        let units = self.units.iter();
        units.filter_map(|unit| Some((unit.translation(locale)?.written_key.as_deref()?, &unit.key))).collect()
    }

    /// Returns the unit of a key, whatever its letter case.
    pub(crate) fn find(&self, key: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.key.0.eq_ignore_ascii_case(key))
    }
}

/// Determines the state of units in one locale after the other.
struct TranslationMatcher<'a> {
    site: &'a Site,
    memory: Option<&'a TranslationMemory>,
    translations: Translations,
    stems: BTreeMap<String, Passage>,
    former: HashMap<String, Vec<String>>,
}

impl TranslationMatcher<'_> {
    fn locale(&mut self, locale: LocaleIndex, records: Records) {
        let mut by_key: HashMap<&str, usize> = HashMap::new();
        for (at, unit) in self.translations.units.iter().enumerate() {
            if !matches!(unit.text_id, TextId::Piece { .. }) {
                by_key.insert(unit.key.as_str(), at);
            }
        }
        let mut of_unit: HashMap<usize, &RecordEntry> = HashMap::new();
        let mut of_passage: BTreeMap<Passage, Vec<(Vec<u32>, &RecordEntry)>> = BTreeMap::new();
        let mut lost: Vec<&RecordEntry> = Vec::new();
        let mut vanished = BTreeMap::new();
        for entry in &records.entries {
            let find = |key: &str| match by_key.get(key) {
                Some(&at) => Some(Ok(at)),
                None => self.passage(key).map(Err),
            };
            let found = find(&entry.key).or_else(|| self.renamed(&entry.key).iter().find_map(|key| find(key)));
            match found {
                Some(Ok(at)) if !of_unit.contains_key(&at) => {
                    of_unit.insert(at, entry);
                }
                Some(Err((passage, position))) => of_passage.entry(passage).or_default().push((position, entry)),
                _ => lost.push(entry),
            }
        }
        // Another id is no other text.
        for (at, unit) in self.translations.units.iter().enumerate() {
            if !matches!(unit.text_id, TextId::Piece { .. }) && !of_unit.contains_key(&at) {
                let is_it = |entry: &&RecordEntry| kind_of(&entry.key) == kind_of(unit.key.as_str());
                let same = lost.iter().position(|entry| is_it(entry) && entry.record.source == unit.source);
                of_unit.extend(same.map(|same| (at, lost.swap_remove(same))));
            }
        }
        for at in 0..self.translations.units.len() {
            let unit = &self.translations.units[at];
            if !matches!(unit.text_id, TextId::Piece { .. }) {
                let place = own_place(self.site, unit.text_id, locale);
                let translation = judged(unit, place, of_unit.get(&at).copied());
                self.translations.units[at].translations.insert(locale, translation);
            }
        }
        let passages: Vec<_> = self.stems.values().copied().collect();
        for passage in passages {
            let mut entries = of_passage.remove(&passage).unwrap_or_default();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            vanished.extend(self.align(passage, locale, &entries));
        }
        vanished.extend(lost.into_iter().map(|entry| (entry.key.clone(), entry.vanished(false))));
        self.translations.vanished.insert(locale, vanished);
    }

    /// Returns the present keys for one that was written before something was renamed.
    fn renamed(&self, key: &str) -> Vec<String> {
        let ends = std::iter::once(key.len()).chain(key.rmatch_indices('/').map(|(at, _)| at));
        let renamed = ends.filter_map(|end| key.split_at_checked(end)).flat_map(|(stem, rest)| {
            let now = self.former.get(stem).into_iter().flatten();
            now.map(move |now| format!("{now}{rest}"))
        });
        renamed.collect()
    }

    /// Returns the passage that a key leads into, and where.
    fn passage(&self, key: &str) -> Option<(Passage, Vec<u32>)> {
        let (mut stem, mut position) = (key, Vec::new());
        // Three numbers are those of a block that is gone.
        while position.len() < 3 {
            let (rest, number) = stem.rsplit_once('/')?;
            position.insert(0, number.parse().ok()?);
            if let Some(&passage) = self.stems.get(rest) {
                return Some((passage, position));
            }
            stem = rest;
        }
        None
    }

    /// Matches a passage with its translation through the records. Returns the records without a match, by their keys.
    fn align(
        &mut self,
        passage: Passage,
        locale: LocaleIndex,
        entries: &[(Vec<u32>, &RecordEntry)],
    ) -> Vec<(String, VanishedRecord)> {
        let site = self.site;
        let pieces = passage.pieces(site, LocaleIndex::SOURCE);
        let own = passage.pieces(site, locale);
        let units: Vec<Option<usize>> = (0..pieces.len())
            .map(|at| self.translations.by_text_id.get(&TextId::Piece { passage, at }).copied())
            .collect();
        let text = |at: usize| units[at].map(|unit| self.translations.units[unit].source.clone()).unwrap_or_default();
        let today: Vec<_> = pieces
            .iter()
            .enumerate()
            .map(|(at, piece)| align::SourceBlock {
                position: piece.position.clone(),
                shape: piece.shape(),
                text: text(at),
            })
            .collect();
        let is_headed = matches!(passage, Passage::Note { .. } | Passage::Sections { .. });
        let mut known: HashMap<&str, &align::SourceBlock> = HashMap::new();
        for block in &today {
            known.entry(&block.text).or_insert(block);
        }
        let recorded = entries.iter().map(|(position, entry)| {
            let text = entry.record.source.as_str();
            let block = known.get(text).map(|&block| block.clone());
            let block = block.unwrap_or_else(|| passage::recorded(text, is_headed && position.len() == 1));
            let numbers: Vec<_> = position.iter().map(u32::to_string).collect();
            align::SourceBlock { position: numbers.join("/"), ..block }
        });
        let recorded: Vec<_> = recorded.collect();
        let shapes: Vec<_> = own.iter().map(Piece::shape).collect();
        let aligned = match self.memory {
            Some(memory) => memory.aligned((passage, locale), AlignmentInput { today, recorded, own: shapes }),
            None => align::align(&today, &recorded, &shapes),
        };
        let path = passage.path(site, locale);
        for row in &aligned.rows {
            let place = own[row.own.clone()].iter().find(|piece| !piece.is_blank());
            let place = place.zip(path).map(|(piece, path)| piece.place(path));
            for at in row.source.clone() {
                if let Some(unit) = units[at] {
                    let entry = aligned.recorded[at].map(|at| entries[at].1);
                    let translation = judged(&self.translations.units[unit], place.clone(), entry);
                    self.translations.units[unit].translations.insert(locale, translation);
                }
            }
        }
        if aligned.is_coarse {
            self.translations.coarse.insert((passage, locale));
        }
        self.translations.rows.insert((passage, locale), aligned.rows);
        let kept: HashSet<_> = aligned.recorded.iter().flatten().collect();
        let lost = entries.iter().enumerate().filter(|(at, _)| !kept.contains(at));
        lost.map(|(at, (_, entry))| (entry.key.clone(), entry.vanished(aligned.remaining.contains(&at)))).collect()
    }
}

/// Returns the translation of a unit that is at a place, with its state.
fn judged(unit: &Unit, place: Option<Place>, entry: Option<&RecordEntry>) -> Translation {
    let record = entry.map(|entry| &entry.record);
    let state = match (&place, record) {
        (None, _) => TranslationState::Missing,
        (Some(_), None) => TranslationState::Unrecorded,
        (Some(_), Some(record)) if says_the_same(unit, &record.source) => TranslationState::Current,
        (Some(_), Some(record)) => TranslationState::Outdated { recorded: record.source.clone() },
    };
    Translation {
        state,
        place,
        stage: record.map(|record| record.stage),
        translator: record.and_then(|record| record.translator.clone()),
        reviewer: record.and_then(|record| record.reviewer.clone()),
        written_key: entry.map(|entry| entry.key.clone()),
        recorded: record.map(|record| record.source.clone()),
    }
}

/// Returns whether a recorded source is that of a unit. It may be written in another way: by hand, or by an older
/// program.
fn says_the_same(unit: &Unit, recorded: &str) -> bool {
    unit.source == recorded || unit.source == in_normal_form(unit, recorded)
}

/// Returns a text of a unit in normal form, however it is written.
pub(crate) fn in_normal_form(unit: &Unit, text: &str) -> String {
    match unit.text_id {
        TextId::Criterion(_) | TextId::Piece { .. } => normal::normal_markdown(&parse::markdown(&parse::blocks(text))),
        _ => normal(text),
    }
}

/// Returns where a locale says a text itself.
fn own_place(site: &Site, text_id: TextId, locale: LocaleIndex) -> Option<Place> {
    fn titled(title: &Localized<String>, places: &Localized<Place>, locale: LocaleIndex) -> Option<Place> {
        title.own(locale).and(places.own(locale)).cloned()
    }
    match text_id {
        TextId::Ladder(ladder) => titled(&site[ladder].title, &site[ladder].title_places, locale),
        TextId::Heading(ladder) => titled(&site[ladder].heading, &site[ladder].heading_places, locale),
        TextId::Thread(thread) => titled(&site[thread].title, &site[thread].places, locale),
        TextId::Category(category) => titled(&site[category].title, &site[category].places, locale),
        TextId::Level(level) => titled(&site[level].title, &site[level].places, locale),
        TextId::Criterion(criterion) => site[criterion].text.own(locale).map(|text| text.place.clone()),
        TextId::Note(note) => {
            let text = site[note].text.own(locale)?;
            Some(Place::new(text.path.clone(), text.title_span.clone()?))
        }
        TextId::NoteSummary(note) => {
            let text = site[note].text.own(locale)?;
            Some(Place::new(text.path.clone(), text.summary.as_ref()?.span.clone()))
        }
        TextId::Piece { .. } => None,
    }
}

/// Returns the kind in a key: `level` for `level:L5`, and nothing for the id of a criterion.
fn kind_of(key: &str) -> &str {
    key.split_once(':').map_or("", |(kind, _)| kind)
}
