//! Anchors: the parts of pages that a link can lead to.
//!
//! Those of criteria, levels, categories and threads are made of their ids. Those of headings are made of their words,
//! unless an author gives one or an edition keeps one: see [`super::history`].

use std::collections::HashSet;

use super::{Criterion, Ladder, LadderPage, Level, LocalePage, Page, Site};
use crate::handle::LevelIndex;
use crate::locale::LocaleIndex;
use crate::text::heading_anchor;

impl Page {
    /// Returns the anchors of the page, in no particular order: what a link to a part of it may name.
    ///
    /// A ladder as a whole, or beside another language or an edition, has each level, each category of a level, each
    /// criterion and each section of prose. A level has its categories and all criteria that hold on it, the matrix all
    /// categories and criteria, the page of threads each thread, the glossary each term, and a note its headings. Pages
    /// in all languages have a part for each. What stood on a page and is gone leaves its anchor.
    pub fn anchors(&self, site: &Site) -> Vec<String> {
        let stubs = site.history.stubs(*self).iter().map(|stub| stub.anchor.clone());
        let former = site.history.former_anchors_on(*self).map(str::to_owned);
        self.own_anchors(site).into_iter().chain(former).chain(stubs).collect()
    }

    /// Returns the anchors of the items that stand on the page now.
    pub(super) fn own_anchors(&self, site: &Site) -> Vec<String> {
        let slugs = || site.config.locales.iter().map(|locale| locale.slug.clone());
        match *self {
            Self::In(locale, page) => site.anchors_in(locale, page),
            Self::Criterion { .. } | Self::Withdrawn(_) => slugs().collect(),
            Self::Former(former) => site.history.former[former].criteria.iter().map(|id| id.slug()).collect(),
            Self::Root | Self::NotFound | Self::Edition(..) => Vec::new(),
        }
    }
}

impl Site {
    fn anchors_in(&self, locale: LocaleIndex, page: LocalePage) -> Vec<String> {
        match page {
            LocalePage::Ladder(ladder, page) => {
                let ladder_data = &self.ladders[ladder];
                match page {
                    LadderPage::Whole | LadderPage::Beside { .. } => {
                        let headings = self.history.headings.of_ladder(ladder).anchors(locale);
                        fixed_anchors(ladder_data).into_iter().chain(headings.iter().cloned()).collect()
                    }
                    LadderPage::Level(level) => level_anchors(ladder_data, level),
                    LadderPage::Matrix => {
                        let inherited = self.inheritance.line(ladder).flat_map(|base| &self.ladders[base].categories);
                        let categories = ladder_data.categories.iter().chain(inherited);
                        let categories = categories.map(|category| category_anchor(None, &category.id));
                        let criteria = ladder_data.criteria.iter().map(|criterion| criterion.id.slug());
                        categories.filter(|anchor| !anchor.is_empty()).chain(criteria).collect()
                    }
                    LadderPage::Threads => {
                        ladder_data.threads.iter().map(|thread| thread_anchor(&thread.key)).collect()
                    }
                    LadderPage::Since(edition) => {
                        let mut anchors = fixed_anchors(ladder_data);
                        anchors.extend(self.history.gone_since(edition, ladder, ladder_data));
                        anchors
                    }
                    LadderPage::Worksheet(_) | LadderPage::Compare { .. } | LadderPage::Across { .. } => Vec::new(),
                }
            }
            LocalePage::SharedThread(thread) => {
                let ladders = self.inheritance.sharing(thread).iter().map(|thread| &self[thread.ladder]);
                ladders.map(|ladder| ladder.config.key.clone()).collect()
            }
            LocalePage::Note(note, _) => self.history.headings.of_note(note).anchors(locale).to_vec(),
            LocalePage::Glossary => self.glossary.terms.iter().map(|term| term.anchor.clone()).collect(),
            LocalePage::Translation => {
                let translated = self.config.locale_indices().filter(|&other| other != LocaleIndex::SOURCE);
                let shown = translated.filter(|&other| locale == LocaleIndex::SOURCE || other == locale);
                shown.map(|other| self.config.locale(other).slug.clone()).collect()
            }
            LocalePage::Changes => {
                self.history.editions.iter().map(|edition| heading_anchor(&edition.name().to_string())).collect()
            }
            LocalePage::Licence => {
                let provenance = &self.config.provenance;
                let parts = [
                    ("source", true),
                    ("licence", true),
                    ("changes", !provenance.modifications.is_empty()),
                    ("adaptation", !self.config.upstreams.is_empty()),
                    ("translations", !provenance.translations.is_empty()),
                    ("disclaimer", provenance.licence.is_some()),
                ];
                parts.into_iter().filter(|(_, is_there)| *is_there).map(|(anchor, _)| anchor.to_owned()).collect()
            }
            LocalePage::Downloads => {
                let parts = [("now", true), ("editions", !self.history.editions.is_empty()), ("programs", true)];
                parts.into_iter().filter(|(_, is_there)| *is_there).map(|(anchor, _)| anchor.to_owned()).collect()
            }
            LocalePage::Home | LocalePage::Collection(_) | LocalePage::Search => Vec::new(),
        }
    }
}

/// Returns the anchor of a category: `knowledge` where it stands once, `l5-knowledge` where it stands below each level.
/// Empty for criteria without a category.
pub(crate) fn category_anchor(level: Option<&Level>, category: &str) -> String {
    level.map_or_else(|| category.to_ascii_lowercase(), |level| category_anchor_of(&level.slug, category))
}

/// Returns the anchor of a category below a level, by its slug.
pub(crate) fn category_anchor_of(level: &str, category: &str) -> String {
    if category.is_empty() { String::new() } else { format!("{level}-{}", category.to_ascii_lowercase()) }
}

/// Returns the anchor of a thread on the page of threads: its key, which is ASCII, in lower case.
pub(crate) fn thread_anchor(key: &str) -> String {
    key.to_ascii_lowercase()
}

/// Returns the anchors that words make, each unique on its page.
pub(super) fn heading_anchors(headings: impl Iterator<Item = String>, taken: HashSet<String>) -> Vec<String> {
    let mut anchors = Anchors { taken };
    headings.map(|heading| anchors.add(&heading)).collect()
}

/// Returns the anchors of a whole ladder that are the same in every language.
pub(super) fn fixed_anchors(ladder: &Ladder) -> Vec<String> {
    let mut anchors: Vec<_> = ladder.criteria.iter().map(|criterion| criterion.id.slug()).collect();
    for (at, level) in ladder.levels.iter_enumerated() {
        anchors.push(level.slug.clone());
        anchors.extend(categories_of(ladder, at, Some(level)));
    }
    anchors
}

/// Returns the anchors of the items on the page of a level.
pub(super) fn level_anchors(ladder: &Ladder, level: LevelIndex) -> Vec<String> {
    let mut anchors = categories_of(ladder, level, None);
    let shown = |criterion: &&Criterion| {
        criterion.level == level || ladder.inherited_by(level).any(|lower| lower == criterion.level)
    };
    anchors.extend(ladder.criteria.iter().filter(shown).map(|criterion| criterion.id.slug()));
    anchors
}

/// Returns the anchors of the categories that a level has.
fn categories_of(ladder: &Ladder, level: LevelIndex, within: Option<&Level>) -> Vec<String> {
    let anchors = ladder.categories_of(level).into_iter().map(|at| category_anchor(within, &ladder.categories[at].id));
    anchors.filter(|anchor| !anchor.is_empty()).collect()
}

/// Anchors for texts, each of them only once.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    taken: HashSet<String>,
}

impl Anchors {
    /// Anchors beside those that others have.
    pub(super) fn taken(taken: HashSet<String>) -> Self {
        Self { taken }
    }

    /// Returns the anchor for a text. If others have it already, a number is added: `-2`, `-3`.
    pub(super) fn add(&mut self, text: &str) -> String {
        let wanted = heading_anchor(text);
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let mut candidates = std::iter::once(wanted.clone()).chain(numbered);
        let free = candidates.find(|anchor| !self.taken.contains(anchor)).unwrap_or(wanted);
        self.taken.insert(free.clone());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_for_equal_texts_are_numbered() {
        let mut anchors = Anchors::default();
        let given: Vec<_> = ["Maps", "Maps 2", "maps!", "Maps"].iter().map(|text| anchors.add(text)).collect();
        assert_eq!(given, ["maps", "maps-2", "maps-3", "maps-4"]);
    }
}
