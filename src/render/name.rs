//! Levels, categories and threads by name, as pages show them.

use serde::Serialize;
use tera::Value;

use super::scene::Scene;
use super::text::{Text, with_slashes_kept};
use super::translated::Mark;
use crate::handle::{CategoryAt, LevelAt, ThreadAt};
use crate::locale::{LocaleIndex, Localized};
use crate::model::{LadderPage, Page, category_anchor, thread_anchor};
use crate::translation::TextId;

/// A level by name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LevelName {
    /// `T5/L5`. Empty if the level falls back to its title.
    pub(crate) code: String,
    pub(crate) title: Text,
    /// The title in the source, where the reader reads a translation: people know levels by it.
    pub(crate) source_title: Option<Text>,
    /// Code and title in one.
    pub(crate) name: String,
    pub(crate) slug: String,
    pub(crate) path: String,
    /// The number of its own criteria.
    pub(crate) count: usize,
    /// A note on the translation of its title.
    pub(crate) mark: Option<Mark>,
}

impl LevelName {
    pub(crate) fn of(scene: &Scene<'_>, level: LevelAt) -> Self {
        let level_data = &scene.site[level];
        let source = |title: &String| Text { text: title.clone(), language: scene.foreign(LocaleIndex::SOURCE) };
        Self {
            code: level_data.code_beside(level_data.title.read(scene.locale).0),
            title: Text::of(scene, &level_data.title).into_title(),
            source_title: source_title(&level_data.title, scene.locale).map(source),
            name: with_slashes_kept(&level_data.name(scene.locale)),
            slug: level_data.slug.clone(),
            path: Page::of_level(scene.locale, level).path(scene.site),
            count: scene.site[level.ladder].criteria_of(level.level).count(),
            mark: Mark::of(scene, TextId::Level(level)),
        }
    }
}

/// A category by name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CategoryName {
    pub(crate) title: Text,
    /// Empty for criteria without a category.
    pub(crate) id: String,
    pub(crate) anchor: String,
    /// Its place among the ladder's categories, from one. Colours follow it.
    pub(crate) number: usize,
    pub(crate) mark: Option<Mark>,
}

impl CategoryName {
    pub(crate) fn of(scene: &Scene<'_>, category: CategoryAt, within: Option<LevelAt>) -> Self {
        let category_data = &scene.site[category];
        let id = &category_data.id;
        let mut title = Text::of(scene, &category_data.title);
        if id.is_empty() {
            title = Text { text: scene.word("ladder.uncategorized").to_owned(), language: None };
        }
        Self {
            title,
            id: id.clone(),
            anchor: category_anchor(within.map(|level| &scene.site[level]), id),
            number: category_data.number,
            mark: Mark::of(scene, TextId::Category(category)),
        }
    }
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct ThreadName {
    pub(crate) title: Text,
    pub(crate) path: String,
    pub(crate) anchor: String,
    pub(crate) mark: Option<Mark>,
}

impl ThreadName {
    pub(crate) fn of(scene: &Scene<'_>, thread: ThreadAt) -> Self {
        let thread_data = &scene.site[thread];
        Self {
            title: Text::of(scene, &thread_data.title),
            path: scene.of_ladder(thread.ladder, LadderPage::Threads).path(scene.site),
            anchor: thread_anchor(&thread_data.key),
            mark: Mark::of(scene, TextId::Thread(thread)),
        }
    }
}

/// Returns the name of a level.
pub(crate) fn level_value(scene: &Scene<'_>, level: LevelAt) -> Value {
    let make = || Value::from_serializable(&LevelName::of(scene, level));
    let place = scene.locale.0 * scene.site[level.ladder].levels.len() + level.level.0;
    scene
        .renderer
        .fragments_of(level.ladder)
        .and_then(|fragments| fragments.levels.get(place))
        .map_or_else(make, |made| made.get_or_init(make).clone())
}

/// Returns the name of a thread.
pub(crate) fn thread_value(scene: &Scene<'_>, thread: ThreadAt) -> Value {
    let make = || Value::from_serializable(&ThreadName::of(scene, thread));
    let place = scene.locale.0 * scene.site[thread.ladder].threads.len() + thread.thread.0;
    scene
        .renderer
        .fragments_of(thread.ladder)
        .and_then(|fragments| fragments.threads.get(place))
        .map_or_else(make, |made| made.get_or_init(make).clone())
}

/// Returns the short name of a level: its code, or its title if it has none.
pub(crate) fn short_level(scene: &Scene<'_>, level: LevelAt) -> String {
    let level_data = &scene.site[level];
    if level_data.codes.is_empty() { level_data.title.read(scene.locale).0.clone() } else { level_data.code() }
}

/// Returns a ladder and one of its levels in few letters: `Management · M2`.
pub(crate) fn level_of_ladder(scene: &Scene<'_>, level: LevelAt) -> String {
    let title = scene.site[level.ladder].title.read(scene.locale).0;
    format!("{title} · {}", short_level(scene, level))
}

/// Returns the source's title if a locale has a translation of it: people know levels by it.
pub(crate) fn source_title(title: &Localized<String>, locale: LocaleIndex) -> Option<&String> {
    let translated = locale != LocaleIndex::SOURCE && title.own(locale).is_some_and(|own| own != title.source());
    translated.then(|| title.source())
}
