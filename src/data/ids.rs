//! Every id that a site ever gave, for links and for programs that keep ids.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::schema::SchemaName;
use super::{credit::Credit, json};
use crate::edition::{Frozen, FrozenLadder};
use crate::handle::CriterionAt;
use crate::id::{CriterionId, EditionName};
use crate::locale::LocaleIndex;
use crate::model::{Page, Site, Subject};
use crate::register::{Changelog, IdState, Key, Register, Verb, Withdrawal, changelogs};

/// `data/ids.json`: every id ever assigned, and what became of it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct IdsFile {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    origin: Credit,
    /// By id.
    criteria: BTreeMap<String, IdEntry>,
    /// By the key of the ladder, then by id.
    levels: BTreeMap<String, BTreeMap<String, IdEntry>>,
    /// By the key of the ladder, then by id.
    categories: BTreeMap<String, BTreeMap<String, IdEntry>>,
}

/// What became of an id.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct IdEntry {
    status: IdStatus,
    /// The page of a criterion, which never changes, or that of a level in the source language.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    /// The key of the ladder that a criterion is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    ladder: Option<String>,
    /// The id of its level, or of its last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<String>,
    /// The id of its category, or of its last one. Empty for criteria right below their level.
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    /// The first edition that has it. Absent before its first release.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<EditionName>,
    /// The editions that changed a criterion or moved it, the oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changed_in: Vec<EditionName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<WithdrawnId>,
    /// The id that its level or category has now, with the key of the ladder before it where that has changed:
    /// `engineering:L6`.
    #[serde(skip_serializing_if = "Option::is_none")]
    renamed_to: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum IdStatus {
    /// It is in the content.
    Active,
    /// Its level or category has another id now.
    Renamed,
    /// Its level or category is gone, and nobody withdrew it.
    Gone,
    /// It was withdrawn permanently, and is never reused.
    Withdrawn,
}

/// The end of an id.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WithdrawnId {
    /// Its last wording by language, as Markdown, if the site has kept it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    statement: BTreeMap<String, String>,
    /// The text below them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    detail: BTreeMap<String, String>,
    /// Why it was withdrawn, by language, as Markdown.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    reason: BTreeMap<String, String>,
    /// The day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    on: Option<Date>,
    /// The first edition without it.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    edition: Option<EditionName>,
    /// How its successors relate to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    verb: Option<Verb>,
    /// The ids that replaced it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    successors: Vec<CriterionId>,
    /// The active criteria in which it continues, at the end of all chains.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    now: Vec<CriterionId>,
}

/// Returns the file of all ids.
pub(super) fn ids(site: &Site, register: &Register) -> String {
    let changelogs = changelogs(site.history.editions.iter().zip(&site.history.changes));
    let mut file = IdsFile {
        schema: SchemaName::IDS.within_data(),
        origin: Credit::of(site, &site.as_of(None).provenance),
        criteria: BTreeMap::new(),
        levels: BTreeMap::new(),
        categories: BTreeMap::new(),
    };
    // What nobody has registered yet is on the site all the same.
    let standing = crate::register::keys_of(site.as_of(None));
    let mut keys: Vec<_> = register.entries().map(|(key, _)| key.clone()).chain(standing).collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        let entry = entry(site, register, &key, changelogs.get(&key));
        let id = key.id();
        match key {
            Key::Criterion(_) => file.criteria.insert(id, entry),
            Key::Level { ladder, .. } => file.levels.entry(ladder).or_default().insert(id, entry),
            Key::Category { ladder, .. } => file.categories.entry(ladder).or_default().insert(id, entry),
        };
    }
    json(&file)
}

fn entry(site: &Site, register: &Register, key: &Key, changelog: Option<&Changelog>) -> IdEntry {
    let place = place(site, key);
    let registered = register.entry(key);
    let is_withdrawn = registered.is_some_and(|entry| entry.state == IdState::Withdrawn);
    let withdrawal = registered.filter(|_| is_withdrawn).and_then(|entry| entry.withdrawal.as_ref());
    let renamed_to = if is_withdrawn { None } else { renamed(site.as_of(None), key) };
    let level = place.map(|at| site[at.ladder].levels[site[at].level].id.clone());
    let category = place.map(|at| site[at.ladder].categories[site[at].category].id.clone());
    IdEntry {
        status: match (is_withdrawn, &renamed_to) {
            (true, _) => IdStatus::Withdrawn,
            (false, Some(Some(_))) => IdStatus::Renamed,
            (false, Some(None)) => IdStatus::Gone,
            (false, None) => IdStatus::Active,
        },
        page: page(site, key).map(|page| page.path(site)),
        ladder: place.map(|at| site[at.ladder].config.key.clone()),
        level: level.or_else(|| withdrawal.and_then(|withdrawal| withdrawal.level.clone())),
        category: category.or_else(|| withdrawal.and_then(|withdrawal| withdrawal.category.clone())),
        since: changelog.map(|changelog| changelog.since.clone()),
        changed_in: changelog.map(|changelog| changelog.changed.clone()).unwrap_or_default(),
        withdrawn: is_withdrawn.then(|| end(register, key, withdrawal, changelog)),
        renamed_to: renamed_to.flatten(),
    }
}

fn end(register: &Register, key: &Key, withdrawal: Option<&Withdrawal>, changelog: Option<&Changelog>) -> WithdrawnId {
    let Withdrawal { date, reason, succession, statement, detail, .. } = withdrawal.cloned().unwrap_or_default();
    let successors = succession.iter().flat_map(|all| &all.successors).map(|(id, _)| id.clone()).collect();
    WithdrawnId {
        statement,
        detail,
        reason,
        on: date,
        edition: changelog.and_then(|changelog| changelog.ended.clone()),
        verb: succession.map(|succession| succession.verb),
        successors,
        now: key.criterion().map(|id| register.final_successors(id)).unwrap_or_default(),
    }
}

/// Returns what the level or the category of an id that is no more is called now, if it is anything. None for what stands
/// in the content, and for criteria.
fn renamed(now: &Frozen, key: &Key) -> Option<Option<String>> {
    let (ladder, id, is_level) = match key {
        Key::Criterion(_) => return None,
        Key::Level { ladder, id } => (ladder, id, true),
        Key::Category { ladder, id } => (ladder, id, false),
    };
    let named = |ladder: &FrozenLadder| -> Vec<(String, Vec<String>)> {
        match is_level {
            true => ladder.levels.iter().map(|level| (level.id.clone(), level.was.clone())).collect(),
            false => ladder.categories.iter().map(|category| (category.id.clone(), category.was.clone())).collect(),
        }
    };
    let Some(own) = now.ladders.iter().find(|own| own.key == *ladder || own.was.contains(ladder)) else {
        return Some(None);
    };
    let names = named(own);
    let same = names.iter().find(|(now, _)| now == id);
    if own.key == *ladder && same.is_some() {
        return None;
    }
    let later = same.or_else(|| names.iter().find(|(_, was)| was.contains(id))).map(|(now, _)| now);
    Some(later.map(|now| if own.key == *ladder { now.clone() } else { format!("{}:{now}", own.key) }))
}

fn page(site: &Site, key: &Key) -> Option<Page> {
    match key {
        Key::Criterion(id) => {
            place(site, key).map(Page::Criterion).or_else(|| site.history.withdrawn_at(id).map(Page::Withdrawn))
        }
        Key::Level { ladder, id } => {
            let at = site.ladders.position(|candidate| candidate.config.key == *ladder)?;
            let level = site.ladders[at].levels.position(|level| level.id == *id)?;
            Some(Page::of_level(LocaleIndex::SOURCE, level.of(at)))
        }
        Key::Category { .. } => None,
    }
}

/// Returns where a criterion stands. None for what else has an id, and for what was withdrawn.
fn place(site: &Site, key: &Key) -> Option<CriterionAt> {
    match site.find(&key.criterion()?.to_string()) {
        Some(Subject::Criterion(at)) => Some(at),
        _ => None,
    }
}
