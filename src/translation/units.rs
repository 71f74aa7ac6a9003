//! The units of a site: every text that is translated, with a key that is the same in all languages.

use std::collections::{BTreeMap, HashMap};

use super::normal::{normal, normal_markdown};
use super::passage::Passage;
use super::{TextId, Unit, UnitKey, UnitKind};
use crate::config::CollectionKind;
use crate::diagnostic::Place;
use crate::edition;
use crate::handle::{LadderIndex, LevelIndex, NoteIndex};
use crate::locale::LocaleIndex;
use crate::model::{Category, CriterionText, Ladder, Site};
use crate::parse::{self, Block, RichText};

/// All units in the order of the site, and the beginning of the keys of each passage.
#[derive(Debug, Default)]
pub(super) struct Inventory {
    pub(crate) units: Vec<Unit>,
    pub(crate) stems: BTreeMap<String, Passage>,
    /// Present beginnings of keys, by their beginnings before something was renamed.
    pub(crate) former: HashMap<String, Vec<String>>,
}

/// Finds all units of a site.
pub(super) fn inventory(site: &Site) -> Inventory {
    let mut collector = Collector { site, found: Inventory::default() };
    for ladder in site.ladders.keys() {
        collector.ladder(ladder);
    }
    for note in site.notes.keys() {
        collector.note(note);
    }
    collector.found
}

/// Returns the text of a criterion with its details, in normal form.
pub(super) fn criterion_text(text: &CriterionText) -> String {
    joined(&text.statement, &text.detail)
}

/// Returns the same of what an edition holds. None if it says nothing in this language.
pub(crate) fn released_text(criterion: &edition::FrozenCriterion, tag: &str) -> Option<String> {
    let detail = criterion.detail.get(tag).map(Vec::as_slice).unwrap_or_default();
    Some(joined(criterion.statement.get(tag)?, detail))
}

fn joined(statement: &RichText, detail: &[Block]) -> String {
    normal_markdown(&format!("{}\n\n{}", statement.markdown(), parse::markdown(detail)))
}

struct Collector<'a> {
    site: &'a Site,
    found: Inventory,
}

impl Collector<'_> {
    fn add(&mut self, key: String, kind: UnitKind, text_id: TextId, source: String, place: Place) {
        if !source.is_empty() {
            let key = UnitKey(key);
            self.found.units.push(Unit { key, kind, text_id, source, place, translations: BTreeMap::new() });
        }
    }

    /// Ids of levels, categories and threads are unique on their ladder. Where there are several, its key leads.
    fn key(&self, kind: &str, ladder: &str, id: &str) -> String {
        if self.site.ladders.len() > 1 { format!("{kind}:{ladder}/{id}") } else { format!("{kind}:{id}") }
    }

    /// Keys of a time when there was one ladder, or several.
    fn alias(&mut self, kind: &str, ladder: &str, id: &str, key: &str) {
        for old in [format!("{kind}:{id}"), format!("{kind}:{ladder}/{id}")] {
            self.rename(old, key);
        }
    }

    fn rename(&mut self, old: String, key: &str) {
        self.found.former.entry(old).or_default().push(key.to_owned());
    }

    fn ladder(&mut self, at: LadderIndex) {
        let ladder_data = &self.site[at];
        let name = ladder_data.config.key.as_str();
        let key = format!("ladder:{name}");
        ladder_data.config.was.iter().for_each(|was| self.rename(format!("ladder:{was}"), &key));
        let places = (ladder_data.title_places.source().clone(), ladder_data.heading_places.source().clone());
        self.add(key.clone(), UnitKind::Ladder, TextId::Ladder(at), normal(ladder_data.title.source()), places.0);
        // A ladder without a heading goes by its title there too.
        if ladder_data.heading.source() != ladder_data.title.source()
            || ladder_data.heading_places.source() != ladder_data.title_places.source()
        {
            let heading = normal(ladder_data.heading.source());
            self.add(format!("{key}/heading"), UnitKind::Ladder, TextId::Heading(at), heading, places.1);
        }
        // Titles that ladders share stand in site.toml, with their translations.
        for (thread, titled) in ladder_data.threads.iter_enumerated().filter(|(_, thread)| !thread.is_shared) {
            let key = self.key("thread", name, &titled.key);
            for id in std::iter::once(&titled.key).chain(&titled.was) {
                self.alias("thread", name, id, &key);
            }
            let (text_id, place) = (TextId::Thread(thread.of(at)), titled.places.source().clone());
            self.add(key, UnitKind::Thread, text_id, normal(titled.title.source()), place);
        }
        for (category, titled) in ladder_data.categories.iter_enumerated().filter(|(_, category)| !category.is_shared) {
            let key = self.key("category", name, &titled.id);
            for id in std::iter::once(&titled.id).chain(&titled.was) {
                self.alias("category", name, id, &key);
            }
            let (text_id, place) = (TextId::Category(category.of(at)), titled.places.source().clone());
            self.add(key, UnitKind::Category, text_id, normal(titled.title.source()), place);
        }
        self.passage(format!("{key}/preface"), Passage::Preface { ladder: at }, UnitKind::Prose);
        for level in ladder_data.levels.keys() {
            self.level(at, level);
        }
        self.passage(format!("{key}/section"), Passage::Sections { ladder: at }, UnitKind::Prose);
    }

    fn level(&mut self, ladder: LadderIndex, level: LevelIndex) {
        let ladder_of: &Ladder = &self.site[ladder];
        let (level_data, name) = (&ladder_of.levels[level], ladder_of.config.key.as_str());
        let key = self.key("level", name, &level_data.id);
        for id in std::iter::once(&level_data.id).chain(&level_data.was) {
            self.alias("level", name, id, &key);
        }
        // Codes are the same in every language.
        let title = Some(level_data.title.source())
            .filter(|title| **title != level_data.code())
            .map_or_else(String::new, |t| normal(t));
        self.add(
            key.clone(),
            UnitKind::Level,
            TextId::Level(level.of(ladder)),
            title,
            level_data.places.source().clone(),
        );
        self.passage(key.clone(), Passage::Summary(level.of(ladder)), UnitKind::Prose);
        for category in ladder_of.categories_of(level) {
            let Category { id, was, .. } = &ladder_of.categories[category];
            for (level, category) in std::iter::once(&level_data.id)
                .chain(&level_data.was)
                .flat_map(|level| was.iter().map(move |category| (level, category)))
            {
                self.alias("level", name, &format!("{level}/{category}"), &format!("{key}/{id}"));
            }
            self.passage(format!("{key}/{id}"), Passage::Category { ladder, level, category }, UnitKind::Prose);
            for (criterion, criterion_data) in
                ladder_of.criteria_of(level).filter(|(_, criterion_data)| criterion_data.category == category)
            {
                let (text, text_id) = (criterion_data.text.source(), TextId::Criterion(criterion.of(ladder)));
                self.add(
                    criterion_data.id.to_string(),
                    UnitKind::Criterion,
                    text_id,
                    criterion_text(text),
                    text.place.clone(),
                );
            }
        }
    }

    fn note(&mut self, note: NoteIndex) {
        let note_data = &self.site[note];
        let collection = self.site.collection_of(note);
        let label = collection.label();
        let kind = if collection.kind == CollectionKind::Notes { UnitKind::Note } else { UnitKind::Page };
        let key = format!("{label}:{}", note_data.slug);
        note_data.was.iter().for_each(|was| self.rename(format!("{label}:{was}"), &key));
        for (folder, slug) in &note_data.moved {
            let collections = &self.site.config.collections;
            let then = collections.iter().find(|other| other.folder == *folder);
            let label = then.map_or(folder.as_str(), |collection| collection.label());
            self.rename(format!("{label}:{slug}"), &key);
        }
        let text = note_data.text.source();
        let place = Place::new(text.path.clone(), text.title_span.clone().unwrap_or_default());
        self.add(key.clone(), kind, TextId::Note(note), normal(&text.title), place);
        if let Some(summary) = &text.summary {
            let place = Place::new(text.path.clone(), summary.span.clone());
            self.add(format!("{key}/summary"), kind, TextId::NoteSummary(note), normal(&summary.value), place);
        }
        self.passage(key, Passage::Note { note }, kind);
    }

    fn passage(&mut self, stem: String, passage: Passage, kind: UnitKind) {
        let Some(path) = passage.path(self.site, LocaleIndex::SOURCE) else { return };
        for (at, piece) in passage.pieces(self.site, LocaleIndex::SOURCE).iter().enumerate() {
            let key = format!("{stem}/{}", piece.position);
            self.add(key, kind, TextId::Piece { passage, at }, piece.text(), piece.place(path));
        }
        self.found.stems.insert(stem, passage);
    }
}
