//! What became of criteria between an edition and a later one, or the present.

use std::collections::BTreeSet;

use super::Form;
use super::form::found;
use crate::citing::{level_citation, level_later, place_then};
use crate::edition::{At, Change, Effect, Frozen, FrozenCriterion, differing_texts, reads_alike};
use crate::handle::{EditionIndex, LevelAt, LevelIndex, WithdrawnIndex};
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::model::{Site, Subject};

/// What became of a criterion. Of several things that happened to it, this is the gravest for who is reviewed by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Unchanged,
    /// It asks for the same in other words.
    Reworded,
    /// It has other words, and what they mean is said when they are released.
    Changed,
    /// It asks for less.
    Eased,
    /// It stands in another category.
    Recategorised,
    /// It asks for more, since an edition.
    Stricter {
        since: EditionIndex,
    },
    /// It is asked on another level: the place is one in the later edition. It may also ask for more.
    Moved {
        to: LevelAt,
        stricter: Option<EditionIndex>,
    },
    /// It is asked of nobody any more. The last edition has its last words, and the register what came in its place. Before
    /// it was withdrawn, it may have come to ask for more.
    Withdrawn {
        last: (EditionIndex, At),
        stricter: Option<EditionIndex>,
        register: Option<WithdrawnIndex>,
    },
    /// It was not asked before.
    New,
}

/// A criterion as it was and as it is, and what became of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Carried<'s> {
    pub(crate) id: &'s CriterionId,
    pub(crate) fate: Fate,
    /// As the earlier edition has it. None if it was not there.
    pub(crate) before: Option<&'s FrozenCriterion>,
    /// As the later edition has it. None if it is gone.
    pub(crate) after: Option<&'s FrozenCriterion>,
}

impl Fate {
    /// Returns the word for it in files, in the keys of the interface and in messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Changed => "changed",
            Self::Reworded => Effect::Reworded.name(),
            Self::Eased => Effect::Eased.name(),
            Self::Recategorised => Effect::Recategorised.name(),
            Self::Stricter { .. } => Effect::Stricter.name(),
            Self::Moved { .. } => Effect::Moved.name(),
            Self::Withdrawn { .. } => Effect::Withdrawn.name(),
            Self::New => Effect::Added.name(),
        }
    }

    /// Returns since which edition it asks for more.
    pub(crate) fn stricter_since(self) -> Option<EditionIndex> {
        match self {
            Self::Stricter { since } => Some(since),
            Self::Moved { stricter, .. } | Self::Withdrawn { stricter, .. } => stricter,
            _ => None,
        }
    }

    /// Returns the name and the address of the level on which it is asked now, for readers of a locale.
    pub(crate) fn moved_to(
        self,
        site: &Site,
        until: Option<EditionIndex>,
        locale: LocaleIndex,
    ) -> Option<(String, String)> {
        let Self::Moved { to, .. } = self else { return None };
        let citation = level_citation(site, found(until, to), locale);
        Some((citation.level, citation.address))
    }

    /// Returns the active criteria in which a withdrawn one goes on.
    pub(crate) fn successors(self, site: &Site) -> &[CriterionId] {
        match self {
            Self::Withdrawn { register: Some(withdrawn), .. } => &site.history.withdrawn[withdrawn].final_successors,
            _ => &[],
        }
    }
}

impl<'s> Carried<'s> {
    /// Returns its texts that differ in a locale, by its tag, the old one first: the statement, then the detail.
    pub(crate) fn differing_texts(&self, tag: &str) -> Vec<(String, String)> {
        let both = self.before.zip(self.after);
        both.map(|(before, after)| differing_texts(before, after, tag)).unwrap_or_default()
    }
}

/// Returns what became of a criterion between an edition and a later one, or the present, for readers of some languages,
/// by their tags. None if neither of the two has it.
pub(crate) fn fate<'s>(
    site: &'s Site,
    id: &'s CriterionId,
    edition: EditionIndex,
    until: Option<EditionIndex>,
    tags: &[&str],
) -> Option<Carried<'s>> {
    let (earlier, later) = (site.as_of(Some(edition)), site.as_of(until));
    let (was, is) = (place_in(site, Some(edition), id), place_in(site, until, id));
    let became = match (was, is) {
        (None, None) => return None,
        (None, Some(_)) => Fate::New,
        (Some(was), None) => {
            let then = site.history.timeline(id).editions.iter().rev();
            let last = then.map(|(&edition, &at)| (edition, at)).find(|(held, _)| until.is_none_or(|it| *held < it));
            let last = last.unwrap_or((edition, was));
            let (until, at) = last;
            let reads_as_before = reads_as_before(earlier, was, site.as_of(Some(until)), at, tags);
            let stricter = said(site, id, edition, Some(until), tags, reads_as_before).stricter_since();
            Fate::Withdrawn { last, stricter, register: site.history.withdrawn_at(id) }
        }
        (Some(was), Some(is)) => {
            let stricter = said(site, id, edition, until, tags, reads_as_before(earlier, was, later, is, tags));
            let from = level_of(earlier, was).and_then(|level| level_later(site, edition, level, until));
            match level_of(later, is) {
                Some(to) if from != Some(to) => Fate::Moved { to, stricter: stricter.stricter_since() },
                _ => stricter,
            }
        }
    };
    let criterion = |frozen: &'s Frozen, at: Option<At>| at.map(|at| frozen.at(at).1);
    Some(Carried { id, fate: became, before: criterion(earlier, was), after: criterion(later, is) })
}

/// Returns what became of all that held on the level of a form in an earlier edition, and what holds there only now: the
/// criteria of the form in its order, then those that it has no more. Those that are unchanged are left out.
pub(crate) fn fates<'s>(form: &Form<'s>, edition: EditionIndex, tags: &[&str]) -> Vec<Carried<'s>> {
    let Some(level) = level_before(form, edition) else { return Vec::new() };
    let site = form.site;
    let before = Form::of(site, Some(edition), level);
    let held: BTreeSet<_> = before.criteria().map(|criterion| criterion.id()).collect();
    let holds: BTreeSet<_> = form.criteria().map(|criterion| criterion.id()).collect();
    let now = form.criteria().map(|criterion| criterion.id());
    let gone = before.criteria().map(|criterion| criterion.id()).filter(|id| !holds.contains(id));
    let carried = now.chain(gone).filter_map(|id| {
        let carried = fate(site, id, edition, form.edition, tags)?;
        // What came from a level that does not hold here is new here.
        Some(if held.contains(id) { carried } else { Carried { fate: Fate::New, ..carried } })
    });
    carried.filter(|carried| carried.fate != Fate::Unchanged).collect()
}

/// Returns the place of the level of a form in an earlier edition.
pub(crate) fn level_before(form: &Form<'_>, edition: EditionIndex) -> Option<LevelAt> {
    let frozen = form.site.as_of(Some(edition));
    let levels = || {
        let ladders = frozen.ladders.iter_enumerated();
        ladders.flat_map(|(ladder, data)| data.levels.keys().map(move |level: LevelIndex| level.of(ladder)))
    };
    let is_it = |level: &LevelAt| level_later(form.site, edition, *level, form.edition) == Some(form.own.at);
    levels().find(is_it).or_else(|| {
        // One that gave way to it.
        levels().find(|level| level_after(form.site, edition, *level, form.edition) == Some(form.own.at))
    })
}

/// Returns the place of a level of an edition in a later one, or in the present: of one that gave way to another, the place
/// of that.
pub(crate) fn level_after(
    site: &Site,
    edition: EditionIndex,
    level: LevelAt,
    until: Option<EditionIndex>,
) -> Option<LevelAt> {
    level_later(site, edition, level, until).or_else(|| {
        let now = site.history.mapping(edition).level(level)?;
        until.map_or(Some(now), |until| place_then(site, until, now))
    })
}

/// Returns where an edition has a criterion, or the site as it is now.
pub(crate) fn place_in(site: &Site, edition: Option<EditionIndex>, id: &CriterionId) -> Option<At> {
    match edition {
        Some(edition) => site.history.timeline(id).editions.get(&edition).copied(),
        None => match site.find(&id.to_string())? {
            Subject::Criterion(at) => Some(At { ladder: at.ladder, criterion: at.criterion }),
            _ => None,
        },
    }
}

fn level_of(frozen: &Frozen, at: At) -> Option<LevelAt> {
    let (ladder, criterion) = frozen.at(at);
    Some(ladder.levels.position(|level| level.id == criterion.level)?.of(at.ladder))
}

/// Returns whether a criterion says at the end what it said at the beginning: in the source, and in some languages.
fn reads_as_before(earlier: &Frozen, was: At, later: &Frozen, is: At, tags: &[&str]) -> bool {
    let (old, new) = (earlier.at(was).1, later.at(is).1);
    tags.iter().copied().chain([later.source()]).all(|tag| reads_alike(old, new, tag))
}

/// Returns the gravest of the changes that left a criterion on its level.
fn said(
    site: &Site,
    id: &CriterionId,
    edition: EditionIndex,
    until: Option<EditionIndex>,
    tags: &[&str],
    reads_as_before: bool,
) -> Fate {
    let history = &site.history;
    let changes = || {
        let changes = history.changes_between(id, edition, until);
        changes.filter(|(_, change)| tags.iter().any(|tag| change.concerns(tag)))
    };
    let has = |effect: Effect| {
        let is_so = |change: &Change| change.effect == effect || change.also == Some(effect);
        changes().filter(|(_, change)| is_so(change)).map(|(release, _)| release).collect::<Vec<_>>()
    };
    let recategorised = changes().any(|(_, change)| change.recategorised);
    if !reads_as_before {
        if let Some(&since) = has(Effect::Stricter).first() {
            return Fate::Stricter { since };
        }
        if !has(Effect::Eased).is_empty() {
            return Fate::Eased;
        }
    }
    match (recategorised, reads_as_before) {
        (true, _) => Fate::Recategorised,
        (false, true) => Fate::Unchanged,
        (false, false) if has(Effect::Reworded).contains(&history.editions.next_key()) => Fate::Changed,
        (false, false) => Fate::Reworded,
    }
}
