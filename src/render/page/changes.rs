//! The changes from edition to edition.

use serde::Serialize;

use super::edition::paragraphs;
use super::framed;
use crate::edition::{Change, Effect, Frozen};
use crate::handle::{EditionIndex, Neighbours};
use crate::locale::LocaleIndex;
use crate::model::{LocalePage, Page, Site};
use crate::render::history::{EditionLink, HistoryEntry, level_at};
use crate::render::page_context::PageContext;
use crate::render::scene::Scene;
use crate::render::text::Link;
use crate::text::heading_anchor;

#[derive(Serialize)]
pub(crate) struct ChangesView {
    #[serde(flatten)]
    frame: PageContext,
    /// The latest first; what is not released yet before all.
    releases: Vec<ReleaseView>,
    /// The feed, from here.
    feed: &'static str,
}

/// The changes of one edition.
#[derive(Serialize)]
pub(crate) struct ReleaseView {
    /// None for what is not released yet.
    pub(crate) edition: Option<EditionLink>,
    pub(crate) anchor: String,
    pub(crate) is_first: bool,
    /// `minor`: what kind of release its changes make.
    pub(crate) release: &'static str,
    pub(crate) summary: Vec<String>,
    /// The language of the summary, if it is not that of the page.
    pub(crate) summary_language: Option<String>,
    pub(crate) groups: Vec<EffectGroup>,
}

/// The changes with one effect on the people who are reviewed.
#[derive(Serialize)]
pub(crate) struct EffectGroup {
    pub(crate) effect: &'static str,
    pub(crate) items: Vec<EffectChanges>,
}

#[derive(Serialize)]
pub(crate) struct EffectChanges {
    pub(crate) id: String,
    /// Its permanent page, at the part in the language of the reader.
    pub(crate) path: String,
    pub(crate) level: String,
    /// Its statement, or its last one if it was withdrawn.
    pub(crate) statement: String,
    pub(crate) language: Option<String>,
    pub(crate) moment: HistoryEntry,
}

framed!(ChangesView);

/// The name of the feed beside the page.
pub(crate) const FEED: &str = "feed.xml";

/// Returns where the feed of a locale stands.
pub(crate) fn feed_path(site: &Site, locale: LocaleIndex) -> String {
    format!("{}{FEED}", Page::In(locale, LocalePage::Changes).path(site))
}

pub(crate) fn view(scene: &Scene<'_>) -> ChangesView {
    let title = scene.word("changes.title").to_owned();
    let description = scene.word("changes.description").to_owned();
    let mut frame = PageContext::of(scene, "changes", title, description);
    frame.feed = Some(scene.href_of(&feed_path(scene.site, scene.locale)));
    let releases = releases(scene);
    let link = |release: &ReleaseView| Link {
        title: match &release.edition {
            Some(edition) => edition.name.clone(),
            None => scene.word("changes.unreleased").to_owned(),
        },
        href: format!("#{}", release.anchor),
    };
    frame.contents = releases.iter().map(link).collect();
    ChangesView { frame, releases, feed: FEED }
}

/// Returns the changes of each edition, the latest first, for readers of a locale.
pub(crate) fn releases(scene: &Scene<'_>) -> Vec<ReleaseView> {
    let history = &scene.site.history;
    let releases = history.changes.iter_enumerated().rev();
    // Nothing is said of a present that is as it was released.
    let said = releases.filter(|(release, changes)| *release < history.editions.next_key() || !changes.is_empty());
    said.map(|(release, changes)| release_view(scene, release, changes)).collect()
}

fn release_view(scene: &Scene<'_>, release: EditionIndex, changes: &[Change]) -> ReleaseView {
    let edition = EditionLink::of(scene.site, release, None);
    let released = scene.site.history.editions.get(release);
    let group = |effect: Effect| {
        let items = changes.iter().filter(|change| change.effect == effect);
        let items: Vec<_> = items.filter_map(|change| item(scene, release, change)).collect();
        (!items.is_empty()).then(|| EffectGroup { effect: scene.site.history.effect_name(release, effect), items })
    };
    let own = &scene.site.config.locale(scene.locale).tag;
    let summary = released.and_then(|released| released.frozen.summary(own));
    ReleaseView {
        anchor: edition.as_ref().map_or_else(|| "_unreleased".to_owned(), |released| heading_anchor(&released.name)),
        is_first: release == EditionIndex(0),
        release: crate::edition::Release::of(changes).name(),
        summary: summary.map(|(text, _)| paragraphs(text)).unwrap_or_default(),
        summary_language: summary.and_then(|(_, tag)| scene.foreign_tag(tag)),
        groups: Effect::ALL.into_iter().filter_map(group).collect(),
        edition,
    }
}

fn item(scene: &Scene<'_>, release: EditionIndex, change: &Change) -> Option<EffectChanges> {
    let history = &scene.site.history;
    let before = || Some((history.state(release.before()?)?, change.before?));
    let (state, at): (&Frozen, _) = match change.after {
        Some(at) => (history.state(release)?, at),
        None => before()?,
    };
    let own = scene.site.config.locale(scene.locale);
    let (statement, tag) = state.read(&state.at(at).1.statement, &own.tag)?;
    Some(EffectChanges {
        id: change.id.to_string(),
        path: scene.permanent_path(&change.id.slug()),
        level: level_at(state, at, &own.tag),
        statement: statement.plain(),
        language: scene.foreign_tag(tag),
        moment: HistoryEntry::of(scene, release, change),
    })
}
