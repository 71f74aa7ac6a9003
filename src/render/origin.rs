//! The origin of an adapted ladder: that of each criterion, and of all of them.

use serde::Serialize;

use super::difference::Difference;
use super::history::{self, FromTo, category_at, level_at};
use super::scene::Scene;
use super::text::Text;
use crate::adaptation::{ChainStep, CriterionStatus, Drift, Upstream};
use crate::edition::{At, Frozen};
use crate::id::CriterionId;
use crate::model::Page;

/// A site that another was made from, or a criterion there.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OriginLink {
    pub(crate) title: Text,
    pub(crate) address: String,
}

/// A step in the origin of a criterion.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OriginStep {
    /// `adapted`.
    pub(crate) state: &'static str,
    /// The site that did it. None for this one.
    pub(crate) by: Option<Text>,
    /// The criterion in the site that it was taken from. None for a new one.
    pub(crate) from: Option<OriginLink>,
    /// The levels that it moved between.
    pub(crate) levels: Option<FromTo>,
    /// The categories.
    pub(crate) categories: Option<FromTo>,
    pub(crate) differences: Vec<Difference>,
}

/// A step in the origin of all criteria.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AdaptationStep {
    pub(crate) from: OriginLink,
    /// The edition that it was made from, if it was one.
    pub(crate) edition: Option<String>,
    pub(crate) date: String,
    /// The site that was made. None for this one.
    pub(crate) by: Option<Text>,
    pub(crate) groups: Vec<OriginGroup>,
}

/// The criteria that one criterion was derived from.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OriginGroup {
    pub(crate) state: &'static str,
    /// The number of criteria, in words.
    pub(crate) count: String,
    pub(crate) ids: Vec<OriginId>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct OriginId {
    pub(crate) id: String,
    /// Its page on this site, from here.
    pub(crate) href: Option<String>,
}

/// Returns the mark of a criterion in a list.
pub(crate) fn mark(scene: &Scene<'_>, id: &CriterionId) -> Option<&'static str> {
    let state = scene.renderer.adaptation?.drift(id)?.state;
    matches!(state, CriterionStatus::Adapted | CriterionStatus::New).then(|| state.name())
}

/// Returns the site that this one was made from.
pub(crate) fn made_from(scene: &Scene<'_>) -> Option<OriginLink> {
    let upstream = scene.renderer.adaptation?.upstream();
    Some(upstream_link(scene, upstream, upstream.base_url.clone()))
}

/// Returns the site that had withdrawn a criterion before any was made from it.
pub(crate) fn withdrawn_by(scene: &Scene<'_>, id: &CriterionId) -> Option<OriginLink> {
    let upstream = scene.renderer.adaptation?.withdrawn_by(id)?;
    Some(upstream_link(scene, upstream, upstream.address_of(id)))
}

/// Returns the steps in the origin of a criterion, the latest first.
pub(crate) fn origin(scene: &Scene<'_>, id: &CriterionId) -> Vec<OriginStep> {
    let steps = scene.renderer.adaptation.iter().flat_map(|adaptation| adaptation.steps());
    let found = steps.filter_map(|step| Some((step, step.drifts.get(id)?)));
    found.map(|(step, drift)| origin_step(scene, &step, id, drift)).collect()
}

fn origin_step(scene: &Scene<'_>, step: &ChainStep<'_>, id: &CriterionId, drift: &Drift) -> OriginStep {
    let change = drift.change.as_ref();
    let places = change.and_then(|change| change.before.zip(change.after));
    let tag = &scene.site.config.locale(scene.locale).tag;
    let named = |kind: fn(&Frozen, At, &str) -> String| {
        places.map(|(was, is)| FromTo { from: kind(step.before, was, tag), to: kind(step.after, is, tag) })
    };
    let differences = change.zip(places).filter(|(change, _)| !change.reworded.is_empty());
    OriginStep {
        state: drift.state.name(),
        by: step.to.map(|to| history::frozen_title(scene, &to.site.title)),
        from: (drift.state != CriterionStatus::New).then(|| upstream_link(scene, step.from, step.from.address_of(id))),
        levels: named(level_at).filter(|_| change.is_some_and(|change| change.moved)),
        categories: named(category_at).filter(|_| change.is_some_and(|change| change.recategorised)),
        differences: differences
            .map(|(change, (was, is))| history::differences(scene, change, (step.before, was), (step.after, is)))
            .unwrap_or_default(),
    }
}

/// Returns the steps in the origin of all criteria, the latest first.
pub(crate) fn adaptation(scene: &Scene<'_>) -> Vec<AdaptationStep> {
    let steps = scene.renderer.adaptation.iter().flat_map(|adaptation| adaptation.steps());
    let id = |id: &CriterionId| {
        let path = format!("c/{}/", id.slug());
        let href = Page::at(scene.site, &path).map(|_| scene.href_of(&scene.permanent_path(&id.slug())));
        OriginId { id: id.to_string(), href }
    };
    let group = |step: &ChainStep<'_>, state: CriterionStatus| {
        let ids: Vec<_> = step.ids(state).map(id).collect();
        OriginGroup { state: state.name(), count: scene.count("count.criteria", ids.len()), ids }
    };
    let one = |step: ChainStep<'_>| AdaptationStep {
        from: upstream_link(scene, step.from, step.from.base_url.clone()),
        edition: step.from.edition.as_ref().map(ToString::to_string),
        date: step.from.date().to_string(),
        by: step.to.map(|to| history::frozen_title(scene, &to.site.title)),
        groups: CriterionStatus::ALL.into_iter().map(|state| group(&step, state)).collect(),
    };
    steps.map(one).collect()
}

fn upstream_link(scene: &Scene<'_>, upstream: &Upstream, address: String) -> OriginLink {
    OriginLink { title: history::frozen_title(scene, &upstream.site.title), address }
}
