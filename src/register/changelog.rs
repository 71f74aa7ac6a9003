//! The history of each id in the editions. The register repeats it, so that a person need not open the editions.

use std::collections::BTreeMap;

use super::{IdState, Key, RegisterEntry};
use crate::edition::{Change, Edition, Effect, Frozen};
use crate::id::EditionName;

/// The history of one id in the editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Changelog {
    /// The first edition that holds it.
    pub(crate) since: EditionName,
    /// The editions that changed a criterion, the oldest first.
    pub(crate) changed: Vec<EditionName>,
    /// The edition after the last one that holds it. None if the newest does.
    pub(crate) ended: Option<EditionName>,
}

/// Returns the history of each id in the editions, which come with their changes, the oldest first.
pub(crate) fn changelogs<'a>(
    editions: impl IntoIterator<Item = (&'a Edition, &'a Vec<Change>)>,
) -> BTreeMap<Key, Changelog> {
    let editions: Vec<_> = editions.into_iter().collect();
    let mut changelogs: BTreeMap<Key, Changelog> = BTreeMap::new();
    for (at, (edition, changes)) in editions.iter().enumerate() {
        let name = edition.name();
        let ended = editions.get(at + 1).map(|(next, _)| next.name().clone());
        for key in keys(&edition.frozen) {
            let since = || Changelog { since: name.clone(), changed: Vec::new(), ended: None };
            changelogs.entry(key).or_insert_with(since).ended.clone_from(&ended);
        }
        for change in changes.iter().filter(|change| !matches!(change.effect, Effect::Added | Effect::Withdrawn)) {
            let changelog = changelogs.get_mut(&Key::Criterion(change.id.clone()));
            changelog.into_iter().for_each(|changelog| changelog.changed.push(name.clone()));
        }
    }
    changelogs
}

/// Returns all ids that an edition holds.
pub(crate) fn keys(frozen: &Frozen) -> Vec<Key> {
    let mut keys = Vec::new();
    for ladder in &frozen.ladders {
        keys.extend(ladder.criteria.iter().map(|criterion| Key::Criterion(criterion.id.clone())));
        keys.extend(ladder.levels.iter().map(|level| Key::level(&ladder.key, &level.id)));
        let named = ladder.categories.iter().filter(|category| !category.id.is_empty());
        keys.extend(named.map(|category| Key::category(&ladder.key, &category.id)));
    }
    keys
}

impl RegisterEntry {
    /// Returns all editions that it names.
    pub(crate) fn editions(&self) -> impl Iterator<Item = &EditionName> {
        let ended = self.withdrawal.as_ref().and_then(|withdrawal| withdrawal.edition.as_ref());
        self.since.iter().chain(&self.changed).chain(ended)
    }

    /// Returns the entry with the names of editions of a changelog. Without one no edition has held the id.
    pub(crate) fn with_changelog(&self, changelog: Option<&Changelog>) -> Self {
        let mut entry = self.clone();
        entry.since = changelog.map(|changelog| changelog.since.clone());
        entry.changed = changelog.map(|changelog| changelog.changed.clone()).unwrap_or_default();
        if let (IdState::Withdrawn, Some(withdrawal)) = (self.state, &mut entry.withdrawal) {
            withdrawal.edition = changelog.and_then(|changelog| changelog.ended.clone());
        }
        entry
    }
}
