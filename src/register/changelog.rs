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
pub(crate) fn chronicles<'a>(
    editions: impl IntoIterator<Item = (&'a Edition, &'a Vec<Change>)>,
) -> BTreeMap<Key, Changelog> {
    let editions: Vec<_> = editions.into_iter().collect();
    let mut chronicles: BTreeMap<Key, Changelog> = BTreeMap::new();
    for (at, (edition, changes)) in editions.iter().enumerate() {
        let name = edition.name();
        let ended = editions.get(at + 1).map(|(next, _)| next.name().clone());
        for key in keys(&edition.frozen) {
            let since = || Changelog { since: name.clone(), changed: Vec::new(), ended: None };
            chronicles.entry(key).or_insert_with(since).ended.clone_from(&ended);
        }
        for change in changes.iter().filter(|change| !matches!(change.effect, Effect::Added | Effect::Withdrawn)) {
            let chronicle = chronicles.get_mut(&Key::Criterion(change.id.clone()));
            chronicle.into_iter().for_each(|chronicle| chronicle.changed.push(name.clone()));
        }
    }
    chronicles
}

/// All ids that an edition holds.
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
    /// All editions that it names.
    pub(crate) fn editions(&self) -> impl Iterator<Item = &EditionName> {
        let ended = self.withdrawal.as_ref().and_then(|withdrawal| withdrawal.edition.as_ref());
        self.since.iter().chain(&self.changed).chain(ended)
    }

    /// The entry with the names of editions that a chronicle tells. Without one no edition has held the id.
    pub(crate) fn with_changelog(&self, chronicle: Option<&Changelog>) -> Self {
        let mut told = self.clone();
        told.since = chronicle.map(|chronicle| chronicle.since.clone());
        told.changed = chronicle.map(|chronicle| chronicle.changed.clone()).unwrap_or_default();
        if let (IdState::Withdrawn, Some(withdrawal)) = (self.state, &mut told.withdrawal) {
            withdrawal.edition = chronicle.and_then(|chronicle| chronicle.ended.clone());
        }
        told
    }
}
