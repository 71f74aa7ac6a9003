//! What citations of a site can name.

use std::collections::BTreeSet;

use crate::id::{CriterionId, EditionName};
use crate::model::Site;

/// What citations of a site can name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Citable {
    /// The prefixes of the ids of criteria.
    pub(crate) prefixes: Vec<String>,
    /// The criteria themselves, by their ids.
    pub(crate) known: BTreeSet<CriterionId>,
    /// What levels are or were called, in any edition.
    pub(crate) levels: Vec<String>,
    /// The keys of ladders, the same.
    pub(crate) ladders: Vec<String>,
    pub(crate) editions: Vec<EditionName>,
}

impl Citable {
    /// Whether what is written for an id in other digits than its own seems to be meant as one.
    pub(super) fn is_meant(&self, written: &str) -> bool {
        CriterionId::parse_leniently(written).is_some_and(|id| self.known.contains(&id))
    }

    /// Whether an id is as long as those of its prefix. Other programs number their things with the same letters.
    pub(super) fn has_form(&self, id: &CriterionId) -> bool {
        let longest = self.known.range(..=CriterionId::new(id.prefix(), u32::MAX)).next_back();
        let longest = longest.filter(|last| last.prefix() == id.prefix()).map_or(0, |last| last.to_string().len());
        id.to_string().len() <= longest.max(CriterionId::new(id.prefix(), 1).to_string().len())
    }
}

/// Returns what the site has that can be cited, and what it had: removed ladders included.
pub(super) fn citable(site: &Site) -> Citable {
    let then = || site.history.editions.iter().flat_map(|edition| &edition.frozen.ladders);
    let unique = |names: &mut dyn Iterator<Item = &str>| {
        let names: BTreeSet<_> = names.filter(|name| !name.is_empty()).map(str::to_owned).collect();
        names.into_iter().collect()
    };
    let withdrawn = site.history.withdrawn.iter().map(|withdrawn| withdrawn.id.prefix());
    let now = site.ladders.iter().flat_map(|ladder| ladder.config.prefixes());
    let levels = site.ladders.iter().flat_map(|ladder| &ladder.levels);
    let codes = |codes: &[String]| codes.iter().cloned().chain([codes.join("/")]).collect::<Vec<_>>();
    let levels = levels.flat_map(|level| {
        std::iter::once(&level.id).chain(&level.was).cloned().chain(codes(&level.codes)).collect::<Vec<_>>()
    });
    let levels_then = then().flat_map(|ladder| &ladder.levels);
    let levels_then = levels_then.flat_map(|level| std::iter::once(level.id.clone()).chain(codes(&level.codes)));
    let levels: Vec<_> = levels.chain(levels_then).collect();
    let ladders = site.ladders.iter().flat_map(|ladder| std::iter::once(&ladder.config.key).chain(&ladder.config.was));
    Citable {
        prefixes: unique(&mut now.chain(withdrawn).chain(then().map(|ladder| ladder.prefix.as_str()))),
        known: known(site),
        levels: unique(&mut levels.iter().map(String::as_str)),
        ladders: unique(&mut ladders.chain(then().map(|ladder| &ladder.key)).map(String::as_str)),
        editions: site.history.editions.iter().map(|edition| edition.name().clone()).collect(),
    }
}

/// Returns the ids of all criteria that the site has or had.
fn known(site: &Site) -> BTreeSet<CriterionId> {
    let now = site.ladders.iter().flat_map(|ladder| &ladder.criteria).map(|criterion| &criterion.id);
    let withdrawn = site.history.withdrawn.iter().map(|withdrawn| &withdrawn.id);
    let then = site.history.editions.iter().flat_map(|edition| edition.frozen.places().into_keys());
    now.chain(withdrawn).chain(then).cloned().collect()
}
