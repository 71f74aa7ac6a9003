//! From a site to what an edition keeps of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::config::{self, CollectionKind};
use crate::edition::*;
use crate::handle::{CategoryIndex, LadderIndex, LevelIndex, NoteIndex};
use crate::locale::{LocaleIndex, Localized};
use crate::model::{self, LadderPage, LocalePage, NotePage, Site, Subject};
use crate::parse::Block;

/// Returns everything a site says.
pub(crate) fn freeze(site: &Site) -> Frozen {
    let freezer = Freezer { site };
    Frozen {
        schema: SCHEMA,
        edition: None,
        date: None,
        summary: None,
        effects: BTreeMap::new(),
        title: freezer.texts(&site.config.title),
        locales: site.config.locales.iter().map(|locale| locale.tag.clone()).collect(),
        provenance: freezer.provenance(),
        ladders: site.ladders.keys().map(|ladder| freezer.ladder(ladder)).collect(),
        notes: site.notes_of(config::Collection::NOTES).map(|note| freezer.note(&site[note])).collect(),
        collections: freezer.collections(),
        pages: freezer.pages(),
        shared_threads: freezer.shared_threads(),
        terms: site
            .glossary
            .terms
            .iter()
            .map(|term| FrozenTerm { anchor: term.anchor.clone(), name: term.name().to_owned(), was: term.was.clone() })
            .collect(),
        published: None,
    }
}

/// Returns every address of a site, and what can be linked to on its pages. That of the page for addresses that lead
/// nowhere is none.
pub(crate) fn published(site: &Site) -> Published {
    let pages = model::Page::all(site).into_iter().filter(|page| *page != model::Page::NotFound);
    let pages: BTreeMap<_, _> = pages.map(|page| (page.path(site), page.anchors(site))).collect();
    let (mut addresses, mut anchors) = (BTreeMap::new(), Vec::new());
    let mut places = HashMap::new();
    for (path, anchors_there) in pages {
        let anchors_there: BTreeSet<String> = anchors_there.into_iter().collect();
        let place = *places.entry(anchors_there).or_insert_with_key(|new| {
            anchors.push(new.iter().cloned().collect());
            anchors.len() - 1
        });
        addresses.insert(path, place);
    }
    let source = LocaleIndex::SOURCE;
    let notes = site
        .notes
        .keys()
        .map(|note| (LocalePage::Note(note, NotePage::Whole), site.history.headings.of_note(note).published(site)));
    let ladders = site.ladders.keys().map(|ladder| {
        (LocalePage::Ladder(ladder, LadderPage::Whole), site.history.headings.of_ladder(ladder).published(site))
    });
    let headings = ladders.chain(notes).filter(|(_, headings)| !headings.is_empty());
    let headings = headings.map(|(page, headings)| (page.path(source, &site.names), headings)).collect();
    Published { addresses, anchors, headings }
}

struct Freezer<'a> {
    site: &'a Site,
}

impl Freezer<'_> {
    /// Returns each locale's own text, converted to its frozen form.
    fn each<T, U>(&self, texts: &Localized<T>, keep: impl Fn(&T) -> U) -> ByLocale<U> {
        let tag = |locale: LocaleIndex| self.site.config.locale(locale).tag.clone();
        let locales = self.site.config.locale_indices();
        locales.filter_map(|locale| Some((tag(locale), keep(texts.own(locale)?)))).collect()
    }

    fn texts(&self, texts: &Localized<String>) -> ByLocale<String> {
        self.each(texts, String::clone)
    }

    /// Returns the lists that each locale has itself, without the empty ones.
    fn lists<T, U>(&self, texts: &Localized<T>, list: impl Fn(&T) -> Vec<U>) -> ByLocale<Vec<U>> {
        let mut kept = self.each(texts, list);
        kept.retain(|_, list| !list.is_empty());
        kept
    }

    fn provenance(&self) -> FrozenProvenance {
        let config::Provenance { source, licence, modifications, translations } = &self.site.config.provenance;
        let modification = |step: &config::Modification| FrozenModification {
            by: party(&step.by),
            changes: self.each(&step.changes, Vec::clone),
        };
        let translators = translations.iter().map(|translation| {
            let tag = self.site.config.locale(translation.locale).tag.clone();
            (tag, translation.translators.iter().map(party).collect())
        });
        FrozenProvenance {
            title: source.title.clone(),
            creators: source.creators.iter().map(party).collect(),
            copyright_notice: source.copyright_notice.clone(),
            licence_notice: source.licence_notice.clone(),
            uri: source.uri.as_ref().map(ToString::to_string),
            see_also: source.see_also.iter().map(ToString::to_string).collect(),
            licence: licence.as_ref().map(|licence| FrozenLicence {
                named: licence.named.clone(),
                name: licence.name.clone(),
                short_name: licence.short_name.clone(),
                spdx: licence.spdx.clone(),
                url: licence.url.to_string(),
            }),
            modifications: modifications.iter().map(modification).collect(),
            translators: translators.collect(),
        }
    }

    fn collections(&self) -> Vec<FrozenCollection> {
        let collections = self.site.config.collections.iter().filter_map(|collection| match &collection.kind {
            CollectionKind::Guide { title, .. } => Some(FrozenCollection {
                folder: collection.folder.clone(),
                was: collection.was.clone(),
                title: self.texts(title),
            }),
            CollectionKind::Notes | CollectionKind::Pages => None,
        });
        collections.collect()
    }

    fn pages(&self) -> Vec<FrozenPage> {
        let pages = self.site.notes.iter_enumerated().filter(|(_, page)| page.collection > config::Collection::NOTES);
        let page = |(at, page): (NoteIndex, &model::Note)| FrozenPage {
            folder: self.site.collection_of(at).folder.clone(),
            slug: page.slug.clone(),
            was: page.former_names(),
            title: self.each(&page.text, |text| text.title.clone()),
        };
        pages.map(page).collect()
    }

    fn shared_threads(&self) -> Vec<SharedThread> {
        let threads = self.site.config.threads.iter_enumerated().filter_map(|(at, thread)| {
            let sharing = self.site.inheritance.sharing(at);
            (!sharing.is_empty()).then(|| SharedThread {
                key: thread.key.clone(),
                was: thread.was.clone(),
                title: self.texts(&thread.title),
                ladders: sharing.iter().map(|thread| self.key(thread.ladder)).collect(),
            })
        });
        threads.collect()
    }

    fn key(&self, ladder: LadderIndex) -> String {
        self.site[ladder].config.key.clone()
    }

    fn ladder(&self, at: LadderIndex) -> FrozenLadder {
        let ladder = &self.site[at];
        let levels = ladder.levels.keys();
        FrozenLadder {
            key: ladder.config.key.clone(),
            was: ladder.config.was.clone(),
            prefix: ladder.config.prefix.clone(),
            inherits: ladder.config.inherits.clone(),
            compared: Some(self.site.inheritance.compared(at).iter().map(|&other| self.key(other)).collect()),
            levels_accumulate: ladder.config.levels_accumulate,
            title: self.texts(&ladder.title),
            heading: self.texts(&ladder.heading),
            files: self.each(&ladder.files, ToString::to_string),
            preface: self.lists(&ladder.preface, Vec::clone),
            prose: self.lists(&ladder.prose, Vec::clone),
            levels: levels.map(|level| self.level(ladder, level)).collect(),
            categories: ladder
                .categories
                .iter()
                .map(|category| FrozenCategory {
                    id: category.id.clone(),
                    was: category.was.clone(),
                    title: self.texts(&category.title),
                })
                .collect(),
            threads: ladder
                .threads
                .iter()
                .map(|thread| FrozenThread {
                    key: thread.key.clone(),
                    was: thread.was.clone(),
                    title: self.texts(&thread.title),
                })
                .collect(),
            criteria: ladder.criteria.iter().map(|criterion| self.criterion(ladder, criterion)).collect(),
        }
    }

    fn level(&self, ladder: &model::Ladder, level: LevelIndex) -> FrozenLevel {
        let level_data = &ladder.levels[level];
        let category = |at: CategoryIndex| {
            let here = |prose: &Vec<(CategoryIndex, Vec<Block>)>| {
                let here = prose.iter().filter(|(category, _)| *category == at);
                here.flat_map(|(_, blocks)| blocks).cloned().collect()
            };
            let prose = self.lists(&level_data.category_prose, here);
            LevelCategory { id: ladder.categories[at].id.clone(), prose }
        };
        FrozenLevel {
            id: level_data.id.clone(),
            was: level_data.was.clone(),
            codes: level_data.codes.clone(),
            title: self.texts(&level_data.title),
            summary: self.lists(&level_data.summary, Vec::clone),
            categories: ladder.categories_of(level).into_iter().map(category).collect(),
        }
    }

    fn criterion(&self, ladder: &model::Ladder, criterion: &model::Criterion) -> FrozenCriterion {
        FrozenCriterion {
            id: criterion.id.clone(),
            level: ladder.levels[criterion.level].id.clone(),
            category: ladder.categories[criterion.category].id.clone(),
            thread: criterion.thread.map(|thread| ladder.threads[thread].key.clone()),
            statement: self.each(&criterion.text, |text| text.statement.clone()),
            detail: self.lists(&criterion.text, |text| text.detail.clone()),
        }
    }

    fn note(&self, note: &model::Note) -> FrozenNote {
        FrozenNote {
            slug: note.slug.clone(),
            was: note.former_names(),
            about: note.about.iter().map(|&subject| self.label(subject)).collect(),
            text: self.each(&note.text, |text| FrozenNoteText {
                title: text.title.clone(),
                file: text.path.to_string(),
                sections: text.sections.clone(),
            }),
        }
    }

    /// Returns the label of a subject in references.
    fn label(&self, subject: Subject) -> String {
        let site = self.site;
        match subject {
            Subject::Criterion(criterion) => site[criterion].id.to_string(),
            Subject::Level(level) => {
                let id = &site[level].id;
                let key = &site[level.ladder].config.key;
                if site.is_shared_label(id) { format!("{key}:{id}") } else { id.clone() }
            }
            Subject::Category(category) => format!("category:{}", site[category].id),
            Subject::Thread(thread) => format!("thread:{}", site[thread].key),
            Subject::Note(note) => format!("{}:{}", site.collection_of(note).label(), site[note].slug),
        }
    }
}

fn party(party: &config::Party) -> FrozenParty {
    FrozenParty { name: party.name.clone(), url: party.url.as_ref().map(ToString::to_string) }
}
