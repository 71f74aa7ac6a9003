//! The search index of each locale: a file with the texts and with the words of the search interface. Pages that the
//! navigation does not name are in a second file, which is loaded when the first has little that fits.
//!
//! Each file is a script that hands over one JSON value, since a page on a disk may load scripts and no data. It is
//! loaded when somebody searches, and indexed then: a finished index would be larger than the texts.

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value};

use super::html::Html;
use super::name::{CategoryName, LevelName, ThreadName};
use super::scene::{Renderer, Scene};
use super::shared::{index_path, second_index_path};
use super::text::text_of;
use super::{json_ld, name, page};
use crate::handle::{CategoryAt, CriterionAt, LadderIndex, LevelAt, NoteIndex, ThreadAt};
use crate::model::{LocalePage, NotePage, Page, Subject};
use crate::write::Output;

/// Something that can be found. What it has not is left out.
#[derive(Default, Serialize)]
struct SearchEntry {
    /// Of a criterion: `TL-042`.
    #[serde(skip_serializing_if = "String::is_empty")]
    id: String,
    kind: &'static str,
    /// The title of its ladder, on a site that has several.
    #[serde(skip_serializing_if = "String::is_empty")]
    ladder: String,
    /// The code of its level, or its title if it has no code.
    #[serde(skip_serializing_if = "String::is_empty")]
    level: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    category: String,
    /// The place of its category among those of the ladder, from one. Colours follow it.
    #[serde(skip_serializing_if = "Option::is_none")]
    hue: Option<usize>,
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    text: String,
    /// Below the root of the site.
    url: String,
    /// The language of its text, if that is not the one of the reader.
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
}

#[derive(Serialize)]
struct SearchIndex {
    /// The words of the search interface.
    words: Map<String, Value>,
    /// The second file, below the root of the site, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<String>,
    documents: Vec<SearchEntry>,
}

/// The second file. The first has the words for both.
#[derive(Serialize)]
struct SecondIndex {
    documents: Vec<SearchEntry>,
}

/// Returns the index of each locale: one file, or two if the navigation leaves out pages.
pub(crate) fn outputs(renderer: &Renderer<'_>) -> Vec<Output> {
    let index = |locale| {
        renderer.with_scene(Page::In(locale, LocalePage::Search), |scene| {
            let second = SecondIndex { documents: outside_navigation(scene) };
            let more = (!second.documents.is_empty()).then(|| second_index_path(scene.site, locale));
            let first = SearchIndex { words: search_words(scene), more: more.clone(), documents: documents(scene) };
            let first = script(index_path(scene.site, locale), &first);
            [Some(first), more.map(|path| script(path, &second))]
        })
    };
    let files: Vec<_> = renderer.site.config.locale_indices().collect::<Vec<_>>().into_par_iter().map(index).collect();
    files.into_iter().flatten().flatten().collect()
}

fn script(path: String, index: &impl Serialize) -> Output {
    Output { path: path.into(), bytes: format!("rungs.index({});\n", json_ld::written(index)).into_bytes() }
}

/// Keys below `search` of the words of the search interface.
const WORDS: [&str; 16] = [
    "as-page",
    "category",
    "key",
    "label",
    "level",
    "none",
    "note",
    "page",
    "results.few",
    "results.many",
    "results.one",
    "results.other",
    "results.two",
    "results.zero",
    "similar",
    "thread",
];

fn search_words(scene: &Scene<'_>) -> Map<String, Value> {
    let said = WORDS.iter().filter_map(|&name| {
        // A language has no more plural forms than it needs.
        let word = scene.renderer.words.find(scene.locale, &format!("search.{name}"))?;
        Some((name.to_owned(), word.into()))
    });
    said.collect()
}

/// Criteria in the order of the source, ladder by ladder, then what explains them, and the pages that the navigation
/// names.
fn documents(scene: &Scene<'_>) -> Vec<SearchEntry> {
    let mut found = Vec::new();
    for ladder in scene.site.ladders.keys() {
        let ladder_data = &scene.site[ladder];
        found.extend(ladder_data.criteria.keys().map(|criterion| found_criterion(scene, criterion.of(ladder))));
        found.extend(ladder_data.levels.keys().map(|level| found_level(scene, level.of(ladder))));
        found.extend(ladder_data.categories.keys().filter_map(|category| found_category(scene, category.of(ladder))));
        found.extend(ladder_data.threads.keys().map(|thread| found_thread(scene, thread.of(ladder))));
    }
    found.extend(notes(scene, true));
    found
}

/// The pages that the navigation does not name.
fn outside_navigation(scene: &Scene<'_>) -> Vec<SearchEntry> {
    notes(scene, false).collect()
}

/// Notes and other pages, of the collections that the navigation names or of the rest.
fn notes(scene: &Scene<'_>, in_navigation: bool) -> impl Iterator<Item = SearchEntry> {
    let notes = scene.site.notes.keys();
    let notes = notes.filter(move |&note| scene.site.collection_of(note).in_navigation == in_navigation);
    notes.map(|note| found_note(scene, note))
}

/// Returns the title of a ladder if the site has several, else nothing.
fn ladder_among_several(scene: &Scene<'_>, ladder: LadderIndex) -> String {
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
    let view = scene.renderer.with_scene(page, |scene| page::note(scene, note));
    SearchEntry {
        kind: scene.site.collection_of(note).noun(),
        text: view.text(),
        title: view.title_text.text,
        url: scene.path_of(Subject::Note(note)),
        language: view.language,
        ..SearchEntry::default()
    }
}
