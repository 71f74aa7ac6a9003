//! The history of a site: its editions, the changes between them, and redirects.
//!
//! It keeps every address alive that was ever published: a withdrawn criterion keeps its page, a page that has moved
//! redirects, and a removed part of a page leaves a note about where it went.

mod headings;
mod names;
mod redirects;
mod stubs;
mod withdrawn;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

pub(crate) use headings::{HeadingFault, HeadingFaultKind, LostHeading, PageHeadings};
pub(crate) use redirects::{LostItem, Redirects, TakenAddress, Unanswered, reader, reader_called, taken};
pub(crate) use stubs::{Location, Stub};
pub(crate) use withdrawn::WithdrawnCriterion;

use super::{Ladder, Page, Site};
use crate::address::Mapping;
use crate::edition::{At, Change, Edition, Effect, Frozen, successive_changes};
use crate::handle::{EditionIndex, FormerIndex, LadderIndex, LevelAt, WithdrawnIndex};
use crate::id::{CriterionId, EditionName, slug};
use crate::register::Register;
use headings::SiteHeadings;
use names::KnownNames;
use stubs::PageStubs;
use typed_index_collections::TiVec;

/// The history of a site. Empty if nothing was ever released or withdrawn.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// The oldest first.
    pub(crate) editions: TiVec<EditionIndex, Edition>,
    /// The site as it stands, in the form of an edition. None if there is no edition to compare it with.
    pub(crate) present: Option<Arc<Frozen>>,
    /// The last edition, if the site says now what it said then. Compared when somebody first asks.
    same_as: OnceLock<Option<EditionIndex>>,
    /// For each edition the changes since the one before it, and last the changes since the last one. Empty for a site
    /// without editions.
    pub(crate) changes: TiVec<EditionIndex, Vec<Change>>,
    /// The criteria that were withdrawn, by id.
    pub(crate) withdrawn: TiVec<WithdrawnIndex, WithdrawnCriterion>,
    /// Addresses at which pages stood, by address.
    pub(crate) former: TiVec<FormerIndex, Redirects>,
    /// Addresses that were released and cannot be answered, by address.
    pub(crate) unanswered: Vec<Unanswered>,
    /// Items that once stood on pages and are gone from them.
    stubs: HashMap<Page, PageStubs>,
    /// The anchors of headings.
    pub(crate) headings: SiteHeadings,
    timelines: HashMap<CriterionId, Timeline>,
    /// The names of each edition, and their mapping to today's.
    known: TiVec<EditionIndex, KnownNames>,
}

/// The history of one criterion.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Timeline {
    /// The editions that hold it, by their places in [`History::editions`], and where it stands in each.
    pub(crate) editions: BTreeMap<EditionIndex, At>,
    /// Where it changed, the oldest first: places in [`History::changes`] and in the list there.
    pub(crate) changes: Vec<(EditionIndex, usize)>,
}

impl Site {
    /// Returns what the site says in an edition, or what it says now.
    pub(crate) fn as_of(&self, edition: Option<EditionIndex>) -> &Frozen {
        edition.map_or_else(|| &**self.kept(), |edition| &self.history.editions[edition].frozen)
    }

    /// Adds the site's history, as its register and its editions keep it.
    pub(super) fn remember(&mut self, register: &Register, editions: TiVec<EditionIndex, Edition>) {
        self.addresses.take();
        let mut history = History { editions, ..History::default() };
        if !history.editions.is_empty() {
            history.present = Some(Arc::clone(self.kept()));
            history.changes = successive_changes(&history.states().collect::<Vec<_>>()).into();
            history.timelines = history.timelines();
        }
        history.withdrawn = withdrawn::all(self, register, &history.editions);
        history.known = names::of_editions(self, &history.editions);
        // Which addresses are lost, and which anchors, is known when all pages are.
        self.history = history;
        self.history.headings = headings::all(self);
        let (former, unanswered) = redirects::all(self, &names::remembered(self, register));
        (self.history.former, self.history.unanswered) = (former.into(), unanswered);
        self.history.stubs = stubs::all(self);
    }
}

impl History {
    /// Returns the site as it stood, in order: all editions, and last the present.
    fn states(&self) -> impl Iterator<Item = &Frozen> {
        self.editions.iter().map(|edition| &edition.frozen).chain(self.present.as_deref())
    }

    fn timelines(&self) -> HashMap<CriterionId, Timeline> {
        let mut timelines: HashMap<CriterionId, Timeline> = HashMap::new();
        for (edition, released) in self.editions.iter_enumerated() {
            for (id, at) in released.frozen.places() {
                timelines.entry(id.clone()).or_default().editions.insert(edition, at);
            }
        }
        for (release, changes) in self.changes.iter_enumerated() {
            for (at, change) in changes.iter().enumerate() {
                timelines.entry(change.id.clone()).or_default().changes.push((release, at));
            }
        }
        timelines
    }

    /// Returns the history of a criterion.
    pub(crate) fn timeline(&self, id: &CriterionId) -> &Timeline {
        static NONE: Timeline = Timeline { editions: BTreeMap::new(), changes: Vec::new() };
        self.timelines.get(id).unwrap_or(&NONE)
    }

    /// Returns the changes to a criterion after an edition, the oldest first.
    pub(crate) fn changes_since(
        &self,
        id: &CriterionId,
        edition: EditionIndex,
    ) -> impl Iterator<Item = (EditionIndex, &Change)> {
        let later = self.timeline(id).changes.iter().filter(move |(release, _)| *release > edition);
        later.map(|&(release, at)| (release, &self.changes[release][at]))
    }

    /// Returns those of them up to another edition, or up to the present.
    pub(crate) fn changes_between(
        &self,
        id: &CriterionId,
        edition: EditionIndex,
        until: Option<EditionIndex>,
    ) -> impl Iterator<Item = (EditionIndex, &Change)> {
        self.changes_since(id, edition).filter(move |(release, _)| until.is_none_or(|until| *release <= until))
    }

    /// Returns the edition of a name.
    pub(crate) fn edition(&self, name: &EditionName) -> Option<EditionIndex> {
        self.editions.binary_search_by(|edition| edition.name().cmp(name)).ok()
    }

    /// Returns the last edition and the place of a criterion in it, if the criterion reads there as it does now in a
    /// language, by its tag.
    pub(crate) fn current_edition(&self, id: &CriterionId, tag: &str) -> Option<(EditionIndex, At)> {
        let last = self.editions.last_key()?;
        let at = *self.timeline(id).editions.get(&last)?;
        let is_changed = self.changes_since(id, last).any(|(_, change)| change.concerns(tag));
        (!is_changed).then_some((last, at))
    }

    /// Returns the word for an effect in a release. What new words mean is said when they are released.
    pub(crate) fn effect_name(&self, release: EditionIndex, effect: Effect) -> &'static str {
        match effect {
            Effect::Reworded if release == self.editions.next_key() => "changed",
            effect => effect.name(),
        }
    }

    /// Returns the state of the site that a place in [`History::changes`] compares with the one before: an edition, or
    /// the present.
    pub(crate) fn state(&self, release: EditionIndex) -> Option<&Frozen> {
        self.editions.get(release).map(|edition| &edition.frozen).or(self.present.as_deref())
    }

    /// Returns the last edition, if the site says now what it said then.
    pub(crate) fn same_as(&self) -> Option<EditionIndex> {
        *self.same_as.get_or_init(|| {
            let (at, last) = self.editions.last_key_value()?;
            last.frozen.says_the_same_as(self.present.as_deref()?).then_some(at)
        })
    }

    /// Returns the mapping of an edition's items to those of today.
    pub(crate) fn mapping(&self, edition: EditionIndex) -> &Mapping {
        &self.known[edition].mapping
    }

    /// Returns the tag of the locale in which an edition was written.
    pub(crate) fn source(&self, edition: EditionIndex) -> &str {
        self.editions[edition].frozen.source()
    }

    /// Returns the ladder of the site that a ladder of an edition became.
    pub(crate) fn ladder_now(&self, edition: EditionIndex, ladder: LadderIndex) -> Option<LadderIndex> {
        self.known[edition].mapping.ladder(ladder)
    }

    /// Returns the place of a ladder of the site in an edition, if that holds it.
    pub(crate) fn ladder_then(&self, edition: EditionIndex, ladder: LadderIndex) -> Option<LadderIndex> {
        self.known[edition].mapping.ladder_then(ladder)
    }

    /// Returns the withdrawn criterion of an id.
    pub(crate) fn withdrawn_at(&self, id: &CriterionId) -> Option<WithdrawnIndex> {
        self.withdrawn.binary_search_by(|withdrawn| withdrawn.id.cmp(id)).ok()
    }

    /// Returns the former page of an address.
    pub(crate) fn former_at(&self, path: &str) -> Option<FormerIndex> {
        self.former.binary_search_by(|former| former.path.as_str().cmp(path)).ok()
    }

    /// Returns the former page of a level of an edition, for readers of a locale by its slug.
    pub(crate) fn former_level(&self, edition: EditionIndex, level: LevelAt, locale: &str) -> Option<FormerIndex> {
        let ladder = &self.editions[edition].frozen.ladders[level.ladder];
        let slug = slug(&ladder.levels[level.level].id)?;
        self.former_at(&format!("{locale}/{key}/{slug}/", key = ladder.key))
    }

    /// Returns the items that are gone from a page.
    pub(crate) fn stubs(&self, page: Page) -> &[Stub] {
        self.stubs.get(&page).map_or(&[], |stubs| stubs.gone.as_slice())
    }

    /// Returns the anchors that a heading of a page had before, by its present one.
    pub(crate) fn former_anchors(&self, page: Page, anchor: &str) -> &[String] {
        self.stubs.get(&page).and_then(|stubs| stubs.at_headings.get(anchor)).map_or(&[], Vec::as_slice)
    }

    /// Returns the anchors that all headings of a page had before.
    pub(crate) fn former_anchors_on(&self, page: Page) -> impl Iterator<Item = &str> {
        let stubs = self.stubs.get(&page).into_iter();
        stubs.flat_map(|stubs| stubs.at_headings.values().flatten()).map(String::as_str)
    }

    /// Returns the present anchor of the heading of a page that another anchor names: one that it had before, or one
    /// that its words make.
    pub(crate) fn anchor_of_heading(&self, page: Page, anchor: &str) -> Option<&str> {
        let stubs = self.stubs.get(&page);
        let mut former = stubs.into_iter().flat_map(|stubs| &stubs.at_headings);
        let found = former.find(|(_, former)| former.iter().any(|former| former == anchor));
        found.map(|(own, _)| own.as_str()).or_else(|| {
            let (headings, locale) = self.headings.on_page(page)?;
            headings.by_words(anchor, locale)
        })
    }

    /// Returns the anchors of an edition's items that the ladder no longer has.
    pub(super) fn gone_since(&self, edition: EditionIndex, at: LadderIndex, ladder: &Ladder) -> Vec<String> {
        let then = self.ladder_then(edition, at).map(|then| &self.editions[edition].frozen.ladders[then].criteria);
        let ids = then.into_iter().flatten().map(|criterion| &criterion.id);
        ids.filter(|id| !ladder.criteria.iter().any(|now| now.id == **id)).map(CriterionId::slug).collect()
    }
}
