//! Compares criteria between two editions, and rates each change by its effect on the people who are reviewed by it.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Frozen, FrozenCriterion, FrozenLadder};
use crate::handle::{CriterionIndex, LadderIndex};
use crate::id::{CriterionId, EditionName};
use crate::parse::{RichText, plain_lines};

/// The effect of a change on the people who are reviewed by the criterion, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// It is no longer expected.
    Withdrawn,
    /// It is expected at another level.
    Moved,
    /// It expects more than before.
    Stricter,
    /// It is new.
    Added,
    /// It expects less than before.
    Eased,
    /// It is in another category.
    Recategorised,
    /// It expects the same in other words.
    Reworded,
    /// Only translations changed.
    Retranslated,
}

impl Effect {
    pub(crate) const ALL: [Self; 8] = [
        Self::Withdrawn,
        Self::Moved,
        Self::Stricter,
        Self::Added,
        Self::Eased,
        Self::Recategorised,
        Self::Reworded,
        Self::Retranslated,
    ];

    /// Returns the word for it in files, in the keys of the interface and in messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::Moved => "moved",
            Self::Stricter => "stricter",
            Self::Added => "added",
            Self::Eased => "eased",
            Self::Recategorised => "recategorised",
            Self::Reworded => "reworded",
            Self::Retranslated => "retranslated",
        }
    }

    /// Returns the kind of release that it makes.
    pub(crate) fn release(self) -> Release {
        match self {
            Self::Withdrawn | Self::Moved | Self::Stricter => Release::Major,
            Self::Added | Self::Eased | Self::Recategorised => Release::Minor,
            Self::Reworded | Self::Retranslated => Release::Patch,
        }
    }
}

/// The weight of a release for the people who are reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Release {
    /// Only wording and translations have changed.
    Patch,
    /// Something was added, or less is expected.
    Minor,
    /// More is expected, or something has moved or is gone.
    Major,
}

impl Release {
    /// Returns the kind of a release with these changes.
    pub(crate) fn of<'a>(changes: impl IntoIterator<Item = &'a Change>) -> Self {
        changes.into_iter().map(|change| change.effect.release()).max().unwrap_or(Self::Patch)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// A criterion of an edition, by its places in [`Frozen::ladders`] and [`FrozenLadder::criteria`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    pub(crate) ladder: LadderIndex,
    pub(crate) criterion: CriterionIndex,
}

/// A change of one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub id: CriterionId,
    pub effect: Effect,
    /// The effect of its new words in the source, where something graver happened with them: it moved, and asks for more.
    pub also: Option<Effect>,
    /// The criterion in the earlier edition. None if it was not there.
    pub(crate) before: Option<At>,
    /// The criterion in the later edition. None if it is gone.
    pub(crate) after: Option<At>,
    /// Whether it stands on another level.
    pub(crate) moved: bool,
    /// Whether it stands in another category.
    pub(crate) recategorised: bool,
    /// The locales in which its text changed, by their tags, the source of the later edition first.
    pub(crate) reworded: Vec<String>,
}

impl Frozen {
    /// Returns a criterion and its ladder. The place is one that was found in this edition.
    pub(crate) fn at(&self, at: At) -> (&FrozenLadder, &FrozenCriterion) {
        let ladder = &self.ladders[at.ladder];
        (ladder, &ladder.criteria[at.criterion])
    }

    /// Returns where each criterion stands.
    pub(crate) fn places(&self) -> BTreeMap<&CriterionId, At> {
        let ladders = self.ladders.iter_enumerated();
        let places = ladders.flat_map(|(ladder, ladder_data)| {
            ladder_data
                .criteria
                .iter_enumerated()
                .map(move |(criterion, criterion_data)| (&criterion_data.id, At { ladder, criterion }))
        });
        places.collect()
    }
}

/// Returns the changes of criteria from one edition to the next, by id. Unchanged ones are left out.
///
/// What other words mean nobody can tell but the maintainers: the later edition says it, and where it does not they
/// count as [`Effect::Reworded`].
pub(crate) fn changes(before: &Frozen, after: &Frozen) -> Vec<Change> {
    let (old, new) = (before.places(), after.places());
    let ids: BTreeSet<_> = old.keys().chain(new.keys()).copied().collect();
    let change = |id: &CriterionId| match (old.get(id), new.get(id)) {
        (Some(&was), Some(&is)) => changed(before, was, after, is),
        (None, after) => Some(Change::whole(id, Effect::Added, None, after.copied())),
        (before, None) => Some(Change::whole(id, Effect::Withdrawn, before.copied(), None)),
    };
    ids.into_iter().filter_map(change).collect()
}

/// Returns the changes of each state from the one before it, the oldest first. The first state has none.
pub(crate) fn successive_changes(states: &[&Frozen]) -> Vec<Vec<Change>> {
    let later = states.par_windows(2).map(|pair| changes(pair[0], pair[1]));
    states.first().map(|_| Vec::new()).into_par_iter().chain(later).collect()
}

fn changed(before: &Frozen, was: At, after: &Frozen, is: At) -> Option<Change> {
    let ((from, old), (ladder, new)) = (before.at(was), after.at(is));
    let level = ladder.level(&new.level).map_or(&[][..], |level| &level.was);
    let moved = !is_same(&old.level, &new.level, level, |id| from.level(id).is_some());
    let category = ladder.category(&new.category).map_or(&[][..], |category| &category.was);
    let recategorised = !is_same(&old.category, &new.category, category, |id| from.category(id).is_some());
    let reworded: Vec<_> = after.locales.iter().filter(|tag| !reads_alike(old, new, tag)).cloned().collect();
    let said = reworded.first().map(|tag| match tag == after.source() {
        true => after.effects.get(&new.id).copied().unwrap_or(Effect::Reworded),
        false => Effect::Retranslated,
    });
    let effects = [moved.then_some(Effect::Moved), recategorised.then_some(Effect::Recategorised), said];
    let effect = effects.into_iter().flatten().min()?;
    let also = said.filter(|said| *said != effect && *said != Effect::Retranslated);
    Some(Change {
        id: new.id.clone(),
        effect,
        also,
        before: Some(was),
        after: Some(is),
        moved,
        recategorised,
        reworded,
    })
}

/// Returns whether something with an id is what has another id later, and former ones. Of several that became one it is
/// the one whose id was kept, or else the first among the former ones; the others gave way to it. `had` tells which ids
/// there were before.
pub(crate) fn is_same(id: &str, later: &str, was: &[String], had: impl Fn(&str) -> bool) -> bool {
    id == later || (!had(later) && was.iter().find(|former| had(former)).is_some_and(|former| former == id))
}

/// Returns whether a criterion says the same in a locale.
pub(crate) fn reads_alike(old: &FrozenCriterion, new: &FrozenCriterion, tag: &str) -> bool {
    old.statement.get(tag) == new.statement.get(tag) && old.detail.get(tag) == new.detail.get(tag)
}

/// Returns the texts of a criterion in which two editions differ in a locale, without markup, the old one first: the
/// statement, then the detail.
pub(crate) fn differing_texts(old: &FrozenCriterion, new: &FrozenCriterion, tag: &str) -> Vec<(String, String)> {
    let statement = |of: &FrozenCriterion| of.statement.get(tag).map(RichText::plain).unwrap_or_default();
    let detail = |of: &FrozenCriterion| of.detail.get(tag).map(|blocks| plain_lines(blocks)).unwrap_or_default();
    let pairs = [(statement(old), statement(new)), (detail(old), detail(new))];
    pairs.into_iter().filter(|(old, new)| old != new).collect()
}

impl Change {
    /// Returns whether those who read a language, by its tag, have another text or another place before them. What changed
    /// in other translations alone is none of their concern.
    pub(crate) fn concerns(&self, tag: &str) -> bool {
        self.effect != Effect::Retranslated || self.reworded.iter().any(|changed| changed == tag)
    }

    fn whole(id: &CriterionId, effect: Effect, before: Option<At>, after: Option<At>) -> Self {
        Self {
            id: id.clone(),
            effect,
            also: None,
            before,
            after,
            moved: false,
            recategorised: false,
            reworded: Vec::new(),
        }
    }
}

/// Returns the name that the next edition would have: `2026.2` after `2026.1` in the same year, `2027.1` in the next
/// one. Names whose first number is no year are counted on by the kind of the release: `1.2.0` after `1.1.4` for a
/// minor one.
pub(crate) fn next_name(last: Option<&EditionName>, year: u32, release: Release) -> EditionName {
    const FIRST_YEAR: u32 = 1900;
    let Some(last) = last else { return EditionName::new(vec![year, 1]) };
    let numbers = last.numbers();
    if numbers[0] >= FIRST_YEAR {
        let of_year = numbers.get(1).copied().unwrap_or(0);
        return match year > numbers[0] {
            true => EditionName::new(vec![year, 1]),
            false => EditionName::new(vec![numbers[0], of_year.saturating_add(1)]),
        };
    }
    let place = match release {
        Release::Major => 0,
        Release::Minor => 1,
        Release::Patch => 2,
    };
    // A name with fewer numbers counts all releases in its last one.
    let place = place.min(numbers.len() - 1);
    let next = numbers.iter().enumerate().map(|(at, &number)| match at.cmp(&place) {
        std::cmp::Ordering::Less => number,
        std::cmp::Ordering::Equal => number.saturating_add(1),
        std::cmp::Ordering::Greater => 0,
    });
    EditionName::new(next.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_name_follows_the_year_or_the_kind_of_release() {
        let next = |last: &str, release| next_name(EditionName::parse(last).as_ref(), 2027, release).to_string();
        assert_eq!(next_name(None, 2026, Release::Patch).to_string(), "2026.1");
        assert_eq!(next("2026.3", Release::Major), "2027.1");
        assert_eq!(next("2027.3", Release::Patch), "2027.4");
        assert_eq!(next("2027", Release::Patch), "2027.1");
        assert_eq!(next("2028.1", Release::Patch), "2028.2");
        assert_eq!(next("1.1.4", Release::Minor), "1.2.0");
        assert_eq!(next("1.1.4", Release::Major), "2.0.0");
        assert_eq!(next("1.1", Release::Patch), "1.2");
        assert_eq!(next("3", Release::Patch), "4");
    }
}
