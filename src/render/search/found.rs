//! What can be found: criteria and what explains them, with the words by which they are found.

use serde::Serialize;

use super::pages;
use crate::glossary::Term;
use crate::handle::{CategoryAt, CriterionAt, LadderIndex, LevelAt, NoteIndex, ThreadAt};
use crate::locale::LocaleIndex;
use crate::model::{LocalePage, NotePage, Subject};
use crate::render::html::Html;
use crate::render::name::{self, CategoryName, LevelName, ThreadName};
use crate::render::page;
use crate::render::scene::{Scene, anchored};
use crate::render::text::text_of;

/// Something that can be found. What it has not is left out.
#[derive(Default, Serialize)]
pub(super) struct SearchEntry {
    /// Of a criterion: `TL-042`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) id: String,
    pub(super) kind: &'static str,
    /// The title of its ladder, on a site that has several.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) ladder: String,
    /// The code of its level, or its title if it has no code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) level: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) category: String,
    /// The place of its category among those of the ladder, from one. Colours follow it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hue: Option<usize>,
    /// The title of the thread of a criterion.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) thread: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) text: String,
    /// The titles of the threads that a note is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) about: Vec<String>,
    /// Other words by which people look for it. Nobody reads them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) also: String,
    /// Below the root of the site.
    pub(super) url: String,
    /// The language of its text, if that is not the one of the reader.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) language: Option<String>,
}

impl SearchEntry {
    /// Returns all words by which it is found.
    pub(super) fn words(&self) -> String {
        let parts = [&self.title, &self.thread, &self.text].into_iter().filter(|part| !part.is_empty());
        parts.map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}

/// Returns criteria in the order of the source, ladder by ladder, then what explains them, and the pages that the
/// navigation names.
pub(super) fn documents(scene: &Scene<'_>) -> Vec<SearchEntry> {
    let mut found = Vec::new();
    for ladder in scene.site.ladders.keys() {
        let ladder_data = &scene.site[ladder];
        found.extend(ladder_data.criteria.keys().map(|criterion| found_criterion(scene, criterion.of(ladder))));
        found.extend(ladder_data.levels.keys().map(|level| found_level(scene, level.of(ladder))));
        found.extend(ladder_data.categories.keys().filter_map(|category| found_category(scene, category.of(ladder))));
        found.extend(ladder_data.threads.keys().map(|thread| found_thread(scene, thread.of(ladder))));
        found.extend(pages::of_ladder(scene, ladder));
    }
    found.extend(notes(scene, true));
    found.extend(pages::of_site(scene));
    found.extend(scene.site.ladders.keys().flat_map(|ladder| pages::worksheets(scene, ladder)));
    found
}

/// What fewer people look for: the terms of the glossary, and the pages that the navigation does not name.
pub(super) fn rest(scene: &Scene<'_>) -> Vec<SearchEntry> {
    let terms = scene.site.glossary.terms.iter().map(|term| found_term(scene, term));
    terms.chain(notes(scene, false)).collect()
}

/// Notes and other pages, of the collections that the navigation names or of the rest.
fn notes(scene: &Scene<'_>, in_navigation: bool) -> impl Iterator<Item = SearchEntry> {
    let notes = scene.site.notes.keys();
    let notes = notes.filter(move |&note| scene.site.collection_of(note).in_navigation == in_navigation);
    notes.map(|note| found_note(scene, note))
}

/// Returns the title of a ladder if the site has several, else nothing.
pub(super) fn ladder_among_several(scene: &Scene<'_>, ladder: LadderIndex) -> String {
    let title = scene.site[ladder].title.read(scene.locale).0;
    if scene.site.ladders.len() > 1 { title.clone() } else { String::new() }
}

fn found_criterion(scene: &Scene<'_>, criterion: CriterionAt) -> SearchEntry {
    let criterion_data = &scene.site[criterion];
    let (text, actual) = criterion_data.text.read(scene.locale);
    let detail = match text.detail.as_slice() {
        [] => String::new(),
        detail => text_of(&Html::of_ladder(scene, criterion.ladder, actual).blocks(detail)),
    };
    SearchEntry {
        kind: "criterion",
        id: criterion_data.id.to_string(),
        ladder: ladder_among_several(scene, criterion.ladder),
        level: name::short_level(scene, criterion_data.level.of(criterion.ladder)),
        category: CategoryName::of(scene, criterion_data.category.of(criterion.ladder), None).title.text,
        hue: Some(scene.site[criterion_data.category.of(criterion.ladder)].number),
        thread: criterion_data
            .thread
            .map(|at| ThreadName::of(scene, at.of(criterion.ladder)).title.text)
            .unwrap_or_default(),
        text: format!("{}\n{detail}", text.plain).trim().to_owned(),
        url: scene.path_of(Subject::Criterion(criterion)),
        language: scene.foreign(actual),
        ..SearchEntry::default()
    }
}

fn found_level(scene: &Scene<'_>, level: LevelAt) -> SearchEntry {
    let level_data = &scene.site[level];
    let view = LevelName::of(scene, level);
    let (summary, actual) = level_data.summary.read(scene.locale);
    let summary = text_of(&Html::of_ladder(scene, level.ladder, actual).blocks(summary));
    // People know levels by their titles in the source.
    let source = view.source_title.map(|title| title.text).unwrap_or_default();
    SearchEntry {
        kind: "level",
        ladder: ladder_among_several(scene, level.ladder),
        level: view.code,
        title: view.title.text,
        text: format!("{source}\n{summary}").trim().to_owned(),
        url: scene.path_of(Subject::Level(level)),
        ..SearchEntry::default()
    }
}

fn found_category(scene: &Scene<'_>, category: CategoryAt) -> Option<SearchEntry> {
    let view = CategoryName::of(scene, category, None);
    (!view.id.is_empty()).then(|| SearchEntry {
        kind: "category",
        ladder: ladder_among_several(scene, category.ladder),
        hue: Some(view.number),
        title: view.title.text,
        url: scene.path_of(Subject::Category(category)),
        language: view.title.language,
        ..SearchEntry::default()
    })
}

fn found_thread(scene: &Scene<'_>, thread: ThreadAt) -> SearchEntry {
    let name = ThreadName::of(scene, thread);
    SearchEntry {
        kind: "thread",
        ladder: ladder_among_several(scene, thread.ladder),
        title: name.title.text,
        url: scene.path_of(Subject::Thread(thread)),
        language: name.title.language,
        ..SearchEntry::default()
    }
}

fn found_note(scene: &Scene<'_>, note: NoteIndex) -> SearchEntry {
    let page = scene.local(LocalePage::Note(note, NotePage::Whole));
    let (text, actual) = scene.site[note].text.read(scene.locale);
    let threads = scene.site[note].about.iter().filter_map(|subject| match *subject {
        Subject::Thread(thread) => Some(ThreadName::of(scene, thread).title.text),
        _ => None,
    });
    SearchEntry {
        kind: scene.site.collection_of(note).noun(),
        text: scene.renderer.with_scene(page, |scene| page::plain_note(scene, note)),
        title: text.title.clone(),
        about: threads.collect(),
        url: scene.path_of(Subject::Note(note)),
        language: scene.foreign(actual),
        ..SearchEntry::default()
    }
}

fn found_term(scene: &Scene<'_>, term: &Term) -> SearchEntry {
    let words = |locale: LocaleIndex| term.words(locale).join(scene.word("list.separator"));
    let others = scene.site.config.locale_indices().filter(|&locale| locale != scene.locale);
    let mut lines: Vec<String> = others.map(words).filter(|words| !words.is_empty()).collect();
    lines.extend(term.note(scene.locale).map(|(note, _)| note.to_owned()));
    let own = words(scene.locale);
    let title = if own.is_empty() { words(LocaleIndex::SOURCE) } else { own };
    SearchEntry {
        kind: "term",
        title,
        text: lines.join("\n"),
        url: anchored(scene.local(LocalePage::Glossary).path(scene.site), Some(term.anchor.clone())),
        ..SearchEntry::default()
    }
}
