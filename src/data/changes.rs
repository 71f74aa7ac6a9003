//! The changes of criteria from edition to edition, with the texts before and after.

use schemars::JsonSchema;
use serde::Serialize;

use super::schema::SchemaName;
use super::{credit::Credit, json};
use crate::edition::{At, ByLocale, Change, Effect, Frozen, Release};
use crate::handle::EditionIndex;
use crate::id::{CriterionId, EditionName};
use crate::model::Site;
use crate::parse::plain_lines;

/// `data/changes.json`: what changed from edition to edition.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ChangesFile<'a> {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    origin: Credit,
    /// Oldest first. The last is that to the current site, if it has changed.
    releases: Vec<ReleaseChanges<'a>>,
}

/// The changes of criteria from one edition to the next.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "Release")]
struct ReleaseChanges<'a> {
    from: &'a EditionName,
    /// None for the present.
    to: Option<&'a EditionName>,
    /// The day of the release. None for the present.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    date: Option<jiff::civil::Date>,
    /// `major` if more is expected, or something moved or was withdrawn; `minor` if something was added or eased;
    /// `patch` if only words changed.
    kind: &'static str,
    /// By id.
    changes: Vec<CriterionChange<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "Change")]
struct CriterionChange<'a> {
    id: &'a CriterionId,
    /// The page of the criterion, which never changes.
    page: String,
    /// Words that have changed since the latest edition are `reworded` until a release classifies them.
    effect: Effect,
    /// The effect of its new wording, where a graver change came with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    also: Option<Effect>,
    /// The tags of the languages in which its words changed, the source first.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    reworded: &'a [String],
    /// None if it was added.
    before: Option<CriterionState<'a>>,
    /// None if it was withdrawn.
    after: Option<CriterionState<'a>>,
}

/// A criterion before or after a change.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "State")]
struct CriterionState<'a> {
    /// The key of the ladder.
    ladder: &'a str,
    /// The id of the level.
    level: &'a str,
    /// The id of the category. Empty for criteria right below their level.
    category: &'a str,
    /// The words by language: all of them if it was added or withdrawn, else those that changed.
    #[serde(skip_serializing_if = "ByLocale::is_empty")]
    statement: ByLocale<String>,
    /// The text below the statement.
    #[serde(skip_serializing_if = "ByLocale::is_empty")]
    detail: ByLocale<String>,
}

/// Returns the file of the changes of a site with editions.
pub(super) fn changes(site: &Site) -> String {
    let history = &site.history;
    let releases = history.editions.iter_enumerated().filter_map(|(at, from)| {
        let to = EditionIndex(at.0 + 1);
        let (before, after, changes) = (&from.frozen, history.state(to)?, history.changes.get(to)?);
        let released = history.editions.get(to);
        (released.is_some() || !changes.is_empty()).then(|| ReleaseChanges {
            from: from.name(),
            to: released.map(|released| released.name()),
            date: released.map(|released| released.date),
            kind: Release::of(changes).name(),
            changes: changes.iter().map(|change| criterion(change, before, after)).collect(),
        })
    });
    json(&ChangesFile {
        schema: SchemaName::CHANGES.within_data(),
        origin: Credit::of(site, &site.as_of(None).provenance),
        releases: releases.collect(),
    })
}

fn criterion<'a>(change: &'a Change, before: &'a Frozen, after: &'a Frozen) -> CriterionChange<'a> {
    let is_whole = change.before.is_none() || change.after.is_none();
    let state = |frozen: &'a Frozen, at: At| {
        let (ladder, criterion) = frozen.at(at);
        let is_told = |tag: &&String| is_whole || change.reworded.contains(tag);
        let tags = || criterion.statement.keys().filter(is_told);
        let detail = |tag: &String| Some((tag.clone(), plain_lines(criterion.detail.get(tag)?)));
        CriterionState {
            ladder: &ladder.key,
            level: &criterion.level,
            category: &criterion.category,
            statement: tags().map(|tag| (tag.clone(), criterion.statement[tag].plain())).collect(),
            detail: tags().filter_map(detail).collect(),
        }
    };
    CriterionChange {
        id: &change.id,
        page: format!("c/{}/", change.id.slug()),
        effect: change.effect,
        also: change.also,
        reworded: &change.reworded,
        before: change.before.map(|at| state(before, at)),
        after: change.after.map(|at| state(after, at)),
    }
}
