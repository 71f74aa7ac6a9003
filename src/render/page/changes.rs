//! What changed from edition to edition.

use serde::Serialize;

use super::edition::{EffectCount, effect_counts, paragraphs};
use super::framed;
use crate::edition::{Change, Effect, Frozen};
use crate::handle::{EditionIndex, Neighbours};
use crate::locale::LocaleIndex;
use crate::model::{LocalePage, Page};
use crate::render::Renderer;
use crate::render::frame::{Frame, Link};
use crate::render::past::{EditionLink, Moment, level_at};
use crate::text::heading_anchor;

#[derive(Serialize)]
pub(crate) struct ChangesView {
    #[serde(flatten)]
    frame: Frame,
    /// The latest first; what is not released yet before all.
    releases: Vec<ReleaseView>,
    /// The feed, from here.
    feed: &'static str,
}

/// What changed with one edition.
#[derive(Serialize)]
pub(crate) struct ReleaseView {
    /// None for what is not released yet.
    pub(crate) edition: Option<EditionLink>,
    pub(crate) anchor: String,
    pub(crate) is_first: bool,
    /// `minor`: what kind of release its changes make.
    pub(crate) release: &'static str,
    pub(crate) summary: Vec<String>,
    pub(crate) counts: Vec<EffectCount>,
    pub(crate) groups: Vec<EffectGroup>,
}

/// What had one effect on people who are reviewed.
#[derive(Serialize)]
pub(crate) struct EffectGroup {
    pub(crate) effect: &'static str,
    pub(crate) items: Vec<Item>,
}

#[derive(Serialize)]
pub(crate) struct Item {
    pub(crate) id: String,
    /// Its permanent page, at the part in the language of the reader.
    pub(crate) path: String,
    pub(crate) level: String,
    /// What it says, or said when it was withdrawn.
    pub(crate) statement: String,
    pub(crate) language: Option<String>,
    pub(crate) moment: Moment,
}

framed!(ChangesView);

impl Renderer<'_> {
    pub(crate) fn changes(&self, locale: LocaleIndex) -> ChangesView {
        let title = self.words.get(locale, "changes.title").to_owned();
        let description = self.words.get(locale, "changes.description").to_owned();
        let mut frame = self.frame(Page::In(locale, LocalePage::Changes), "changes", title, description);
        frame.feed = Some(format!("{}{}", frame.root, crate::render::feed::path(self, locale)));
        let releases = self.releases(locale);
        let link = |release: &ReleaseView| Link {
            title: match &release.edition {
                Some(edition) => edition.name.clone(),
                None => self.words.get(locale, "changes.unreleased").to_owned(),
            },
            href: format!("#{}", release.anchor),
        };
        frame.contents = releases.iter().map(link).collect();
        ChangesView { frame, releases, feed: crate::render::feed::NAME }
    }

    /// What changed with each edition, the latest first, for readers of a locale.
    pub(crate) fn releases(&self, locale: LocaleIndex) -> Vec<ReleaseView> {
        let history = &self.site.history;
        let releases = history.changes.iter_enumerated().rev();
        // Nothing is said of a present that is as it was released.
        let said = releases.filter(|(release, changes)| *release < history.editions.next_key() || !changes.is_empty());
        said.map(|(release, changes)| self.release(release, changes, locale)).collect()
    }

    fn release(&self, release: EditionIndex, changes: &[Change], locale: LocaleIndex) -> ReleaseView {
        let edition = self.edition_link(release, None);
        let of = self.site.history.editions.get(release);
        let group = |effect: Effect| {
            let items = changes.iter().filter(|change| change.effect == effect);
            let items: Vec<_> = items.filter_map(|change| self.item(release, change, locale)).collect();
            (!items.is_empty()).then(|| EffectGroup { effect: self.effect(release, effect), items })
        };
        ReleaseView {
            anchor: edition.as_ref().map_or_else(|| "_unreleased".to_owned(), |of| heading_anchor(&of.name)),
            is_first: release == EditionIndex(0),
            release: crate::edition::Release::of(changes).name(),
            summary: of.and_then(|of| of.frozen.summary.as_deref()).map(paragraphs).unwrap_or_default(),
            counts: effect_counts(changes.iter().map(|change| change.effect)),
            groups: Effect::ALL.into_iter().filter_map(group).collect(),
            edition,
        }
    }

    fn item(&self, release: EditionIndex, change: &Change, locale: LocaleIndex) -> Option<Item> {
        let history = &self.site.history;
        let before = || Some((history.state(release.before()?)?, change.before?));
        let (state, at): (&Frozen, _) = match change.after {
            Some(at) => (history.state(release)?, at),
            None => before()?,
        };
        let own = self.site.config.locale(locale);
        let (statement, tag) = state.read(&state.at(at).1.statement, &own.tag)?;
        let language = crate::locale::Locale::parse(tag).filter(|_| tag != own.tag).map(|locale| locale.language);
        Some(Item {
            id: change.id.to_string(),
            path: self.permanent_path(&change.id.slug(), locale),
            level: level_at(state, at, &own.tag),
            statement: statement.plain(),
            language,
            moment: self.moment(release, change, locale),
        })
    }
}
