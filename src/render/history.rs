//! The history of a criterion across editions, as pages show it.

use serde::Serialize;

use super::difference::Difference;
use super::scene::Scene;
use super::text::{Link, Text};
use crate::edition::{At, ByLocale, Change, Frozen, differing_texts, reads_alike, text_in};
use crate::handle::{CategoryAt, EditionIndex, Neighbours};
use crate::id::CriterionId;
use crate::model::{
    EditionPage, LadderPage, LocalePage, Location, Page, Site, Stub, Subject, category_anchor, level_name,
};

/// An edition by name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EditionLink {
    pub(crate) name: String,
    pub(crate) date: String,
    pub(crate) path: String,
}

/// The change of a criterion with one edition.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct HistoryEntry {
    /// The edition, and in it the criterion if it still has it. None for what is not released yet.
    pub(crate) edition: Option<EditionLink>,
    pub(crate) effect: &'static str,
    /// What its new words mean, where something graver happened with them.
    pub(crate) also: Option<&'static str>,
    /// Whether readers of the locale have another text or another place before them.
    #[serde(skip)]
    pub(crate) concerns_readers: bool,
    /// The levels that it moved between.
    pub(crate) levels: Option<FromTo>,
    /// The categories.
    pub(crate) categories: Option<FromTo>,
    pub(crate) differences: Vec<Difference>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct FromTo {
    pub(crate) from: String,
    pub(crate) to: String,
}

/// A part of a page that is gone from there.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StubView {
    pub(crate) anchor: String,
    pub(crate) id: String,
    /// Whether it is a criterion that was withdrawn.
    pub(crate) is_withdrawn: bool,
    /// Whether it is asked where this ladder was made from, and not here.
    pub(crate) is_left_out: bool,
    /// Where it is now. None if nothing came in its place.
    pub(crate) to: Option<Link>,
}

/// Returns the items that once stood on a page, in the words of a locale.
pub(crate) fn stubs(scene: &Scene<'_>) -> Vec<StubView> {
    let stub = |stub: &Stub| {
        let to = match stub.now {
            Location::Moved(subject) => Some(place_of(scene, subject)),
            Location::Withdrawn(withdrawn) => {
                let slug = scene.site.history.withdrawn[withdrawn].id.slug();
                Some(Link { title: stub.id.clone(), href: scene.href_of(&scene.permanent_path(&slug)) })
            }
            Location::Term(term) => {
                let term = &scene.site.glossary.terms[term];
                let page = scene.local(LocalePage::Glossary);
                let title = term.words(scene.locale).first().map_or_else(|| term.name(), String::as_str).to_owned();
                Some(Link { title, href: format!("{}#{}", scene.href(page), term.anchor) })
            }
            Location::Gone => None,
        };
        let is_withdrawn = matches!(stub.now, Location::Withdrawn(_));
        let is_left_out = is_withdrawn && CriterionId::parse(&stub.id).is_some_and(|id| scene.is_left_out(&id));
        let (id, to) = match (stub.now, to) {
            // One that stands here under another id.
            (Location::Moved(Subject::Category(category)), _) if stands_here(scene, category) => {
                let category = &scene.site[category];
                let href = format!("#{}", category_anchor(None, &category.id));
                (stub.id.clone(), Some(Link { title: category.title.read(scene.locale).0.clone(), href }))
            }
            // Readers know a category by its title. What is left of it stands in the matrix.
            (Location::Moved(Subject::Category { .. }), Some(Link { title, href })) => {
                (title, Some(Link { title: scene.word("navigation.matrix").to_owned(), href }))
            }
            (_, to) => (stub.id.clone(), to),
        };
        StubView { anchor: stub.anchor.clone(), id, is_withdrawn, is_left_out, to }
    };
    scene.site.history.stubs(scene.page).iter().map(stub).collect()
}

/// Returns whether the page of a scene has a category by itself.
fn stands_here(scene: &Scene<'_>, category: CategoryAt) -> bool {
    match scene.page {
        Page::In(_, LocalePage::Ladder(ladder, LadderPage::Matrix)) => ladder == category.ladder,
        Page::In(_, LocalePage::Ladder(ladder, LadderPage::Level(level))) => {
            ladder == category.ladder && scene.site[ladder].categories_of(level).contains(&category.category)
        }
        _ => false,
    }
}

/// Returns where something stands: a criterion goes by its level.
pub(crate) fn place_of(scene: &Scene<'_>, subject: Subject) -> Link {
    let title = match subject {
        Subject::Criterion(at) => scene.site[scene.site[at].level.of(at.ladder)].name(scene.locale),
        Subject::Level(level) => scene.site[level].name(scene.locale),
        Subject::Category(category) => scene.site[category].title.read(scene.locale).0.clone(),
        Subject::Thread(thread) => scene.site[thread].title.read(scene.locale).0.clone(),
        Subject::Note(note) => scene.site[note].text.read(scene.locale).0.title.clone(),
    };
    Link { title, href: scene.href_of(&scene.path_of(subject)) }
}

/// Returns the changes of a criterion, the latest first, for readers of a locale.
pub(crate) fn history_entries(scene: &Scene<'_>, id: &CriterionId) -> Vec<HistoryEntry> {
    let history = &scene.site.history;
    let changes = history.timeline(id).changes.iter().rev();
    let mut entries: Vec<_> =
        changes.map(|&(release, at)| HistoryEntry::of(scene, release, &history.changes[release][at])).collect();
    // What was there in the first edition is not listed among its changes.
    if history.timeline(id).editions.contains_key(&EditionIndex(0)) {
        entries.push(HistoryEntry {
            edition: EditionLink::of(scene.site, EditionIndex(0), Some(id)),
            effect: "first",
            also: None,
            concerns_readers: true,
            levels: None,
            categories: None,
            differences: Vec::new(),
        });
    }
    entries
}

impl HistoryEntry {
    /// Returns the change of a criterion with a release, for readers of a locale.
    pub(crate) fn of(scene: &Scene<'_>, release: EditionIndex, change: &Change) -> Self {
        let history = &scene.site.history;
        let states = release.before().and_then(|before| history.state(before)).zip(history.state(release));
        let places = states.zip(change.before.zip(change.after));
        let named = |kind: fn(&Frozen, At, &str) -> String| {
            places.map(|((old, new), (before, after))| {
                let tag = &scene.site.config.locale(scene.locale).tag;
                FromTo { from: kind(old, before, tag), to: kind(new, after, tag) }
            })
        };
        Self {
            edition: EditionLink::of(scene.site, release, change.after.is_some().then_some(&change.id)),
            effect: scene.site.history.effect_name(release, change.effect),
            also: change.also.map(|also| scene.site.history.effect_name(release, also)),
            concerns_readers: change.concerns(&scene.site.config.locale(scene.locale).tag),
            levels: named(level_at).filter(|_| change.moved),
            categories: named(category_at).filter(|_| change.recategorised),
            differences: places
                .map(|((old, new), (before, after))| differences(scene, change, (old, before), (new, after)))
                .unwrap_or_default(),
        }
    }
}

impl EditionLink {
    /// Returns the edition of a place in the history, or a criterion in it. None for the present.
    pub(crate) fn of(site: &Site, edition: EditionIndex, id: Option<&CriterionId>) -> Option<Self> {
        let history = &site.history;
        let released = history.editions.get(edition)?;
        let at = id.and_then(|id| history.timeline(id).editions.get(&edition));
        let page = at.map_or(Page::Edition(edition, EditionPage::Whole), |&at| {
            Page::Edition(edition, EditionPage::Criterion(at))
        });
        Some(Self { name: released.name().to_string(), date: released.date.to_string(), path: page.path(site) })
    }
}

/// Returns the changes in the words of a criterion: in the reader's language, and in the source if only that changed.
pub(crate) fn differences(
    scene: &Scene<'_>,
    change: &Change,
    (old, before): (&Frozen, At),
    (new, after): (&Frozen, At),
) -> Vec<Difference> {
    let ((_, was), (_, is)) = (old.at(before), new.at(after));
    let tag = scene.site.config.locale(scene.locale).tag.as_str();
    let shown = if change.reworded.iter().any(|changed| changed == tag) { tag } else { new.source() };
    if reads_alike(was, is, shown) {
        return Vec::new();
    }
    let language = scene.foreign_tag(shown);
    let changed = differing_texts(was, is, shown).into_iter();
    changed.map(|(was, is)| Difference::of(&was, &is, language.clone())).collect()
}

/// Returns the frozen text that readers of the locale get, with its locale.
pub(crate) fn frozen_text<'t, T>(scene: &Scene<'_>, texts: &'t ByLocale<T>) -> Option<(&'t str, &'t T)> {
    text_in(texts, &scene.site.config.reading_order(scene.locale)).map(|(text, tag)| (tag, text))
}

/// Returns a title of an edition for readers of the locale.
pub(crate) fn frozen_title(scene: &Scene<'_>, titles: &ByLocale<String>) -> Text {
    let Some((tag, text)) = frozen_text(scene, titles) else { return Text { text: String::new(), language: None } };
    Text { text: text.clone(), language: scene.foreign_tag(tag) }
}

/// Code and title of the level of a criterion.
pub(crate) fn level_at(frozen: &Frozen, at: At, tag: &str) -> String {
    let (ladder, criterion) = frozen.at(at);
    let Some(level) = ladder.level(&criterion.level) else { return criterion.level.clone() };
    let title = frozen.read(&level.title, tag).map_or("", |(title, _)| title.as_str());
    level_name(&level.code(), title)
}

/// Returns the title of the category of a criterion.
pub(crate) fn category_at(frozen: &Frozen, at: At, tag: &str) -> String {
    let (ladder, criterion) = frozen.at(at);
    let title = ladder.category(&criterion.category).and_then(|category| frozen.read(&category.title, tag));
    title.map_or_else(|| criterion.category.clone(), |(title, _)| title.clone())
}
