//! What a ladder that was made from another says of that: of each criterion where it comes from, and of all together.

use serde::Serialize;

use super::Renderer;
use super::past::{Difference, FromTo, category_at, level_at};
use super::row::Text;
use crate::adaptation::{Fate, State, Step, Upstream};
use crate::edition::{At, Frozen};
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::model::Page;

/// A site that another was made from, or a criterion there.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OriginLink {
    pub(crate) title: Text,
    pub(crate) address: String,
}

/// What became of a criterion in one step.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Origin {
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

/// What became of all criteria in one step.
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

/// The criteria of which one thing became.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OriginGroup {
    pub(crate) state: &'static str,
    /// How many they are, in words.
    pub(crate) count: String,
    pub(crate) ids: Vec<OriginId>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct OriginId {
    pub(crate) id: String,
    /// Its page on this site, from here.
    pub(crate) href: Option<String>,
}

impl Renderer<'_> {
    /// What is to be said of a criterion in a list.
    pub(crate) fn origin_mark(&self, id: &CriterionId) -> Option<&'static str> {
        let state = self.adaptation?.fate(id)?.state;
        matches!(state, State::Adapted | State::New).then(|| state.name())
    }

    /// Whether a criterion is asked where this ladder was made from, and not here.
    pub(crate) fn is_left_out(&self, id: &CriterionId) -> bool {
        let fate = self.adaptation.and_then(|adaptation| adaptation.fate(id));
        fate.is_some_and(|fate| fate.state == State::LeftOut)
    }

    /// The site that this one was made from.
    pub(crate) fn made_from(&self, locale: LocaleIndex) -> Option<OriginLink> {
        let upstream = self.adaptation?.upstream();
        Some(self.upstream_link(upstream, upstream.base_url.clone(), locale))
    }

    /// The site that had withdrawn a criterion before any was made from it.
    pub(crate) fn withdrawn_by(&self, id: &CriterionId, locale: LocaleIndex) -> Option<OriginLink> {
        let upstream = self.adaptation?.withdrawn_by(id)?;
        Some(self.upstream_link(upstream, upstream.address_of(id), locale))
    }

    /// What became of a criterion in each step of the chain, the latest first.
    pub(crate) fn origin(&self, id: &CriterionId, locale: LocaleIndex) -> Vec<Origin> {
        let steps = self.adaptation.iter().flat_map(|adaptation| adaptation.steps());
        let found = steps.filter_map(|step| Some((step, step.fates.get(id)?)));
        found.map(|(step, fate)| self.origin_step(&step, id, fate, locale)).collect()
    }

    fn origin_step(&self, step: &Step<'_>, id: &CriterionId, fate: &Fate, locale: LocaleIndex) -> Origin {
        let change = fate.change.as_ref();
        let places = change.and_then(|change| change.before.zip(change.after));
        let tag = &self.site.config.locale(locale).tag;
        let named = |kind: fn(&Frozen, At, &str) -> String| {
            places.map(|(was, is)| FromTo { from: kind(step.before, was, tag), to: kind(step.after, is, tag) })
        };
        let differences = change.zip(places).filter(|(change, _)| !change.reworded.is_empty());
        Origin {
            state: fate.state.name(),
            by: step.to.map(|to| self.title_then(&to.site.title, locale)),
            from: (fate.state != State::New).then(|| self.upstream_link(step.from, step.from.address_of(id), locale)),
            levels: named(level_at).filter(|_| change.is_some_and(|change| change.moved)),
            categories: named(category_at).filter(|_| change.is_some_and(|change| change.recategorised)),
            differences: differences
                .map(|(change, (was, is))| self.differences(change, (step.before, was), (step.after, is), locale))
                .unwrap_or_default(),
        }
    }

    /// What became of all criteria, the latest step first.
    pub(crate) fn adaptation(&self, locale: LocaleIndex, root: &str) -> Vec<AdaptationStep> {
        let steps = self.adaptation.iter().flat_map(|adaptation| adaptation.steps());
        let id = |id: &CriterionId| {
            let path = format!("c/{}/", id.slug());
            let href = Page::at(self.site, &path).map(|_| format!("{root}{}", self.permanent_path(&id.slug(), locale)));
            OriginId { id: id.to_string(), href }
        };
        let group = |step: &Step<'_>, state: State| {
            let ids: Vec<_> = step.ids(state).map(id).collect();
            OriginGroup { state: state.name(), count: self.words.count(locale, "count.criteria", ids.len()), ids }
        };
        let one = |step: Step<'_>| AdaptationStep {
            from: self.upstream_link(step.from, step.from.base_url.clone(), locale),
            edition: step.from.edition.as_ref().map(ToString::to_string),
            date: step.from.site.date.to_string(),
            by: step.to.map(|to| self.title_then(&to.site.title, locale)),
            groups: State::ALL.into_iter().map(|state| group(&step, state)).collect(),
        };
        steps.map(one).collect()
    }

    fn upstream_link(&self, upstream: &Upstream, address: String, locale: LocaleIndex) -> OriginLink {
        OriginLink { title: self.title_then(&upstream.site.title, locale), address }
    }
}
