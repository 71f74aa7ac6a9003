//! The pages of a site as something that can be found: by their titles and by what they say of themselves.

use super::found::{SearchEntry, ladder_among_several};
use crate::handle::{EditionIndex, LadderIndex, LevelIndex, Neighbours};
use crate::locale::LocaleIndex;
use crate::model::{EditionPage, LadderPage, LocalePage, Page};
use crate::render::html::Html;
use crate::render::name::short_level;
use crate::render::page;
use crate::render::scene::{Scene, anchored};
use crate::render::text::text_of;

/// Returns the ways to read a ladder, and what it says beside its criteria.
pub(super) fn of_ladder(scene: &Scene<'_>, ladder: LadderIndex) -> Vec<SearchEntry> {
    let ladder_data = &scene.site[ladder];
    let title = ladder_data.title.read(scene.locale).0;
    let short = |level: LevelIndex| short_level(scene, level.of(ladder));
    let entry = |key: &str, page: LadderPage, values: &[(&str, &str)]| SearchEntry {
        ladder: ladder_among_several(scene, ladder),
        ..named(scene, key, scene.of_ladder(ladder, page), &[&[("ladder", title.as_str())], values].concat())
    };
    let mut found = prose(scene, ladder);
    found.push(entry("matrix", LadderPage::Matrix, &[]));
    found.extend((!ladder_data.threads.is_empty()).then(|| entry("threads", LadderPage::Threads, &[])));
    let lower = LevelIndex(0);
    found.extend(lower.behind(ladder_data.levels.len()).map(|higher| {
        entry("compare", LadderPage::Compare { lower, higher }, &[("lower", &short(lower)), ("higher", &short(higher))])
    }));
    found.extend(scene.site.names.beside_ladder(ladder, scene.locale).into_iter().map(|other| {
        let page = LadderPage::Beside { other, interleaved: false };
        entry("beside", page, &[("language", scene.name_of_language(other))])
    }));
    found
}

/// Returns the worksheets for reviews on the levels of a ladder.
pub(super) fn worksheets(scene: &Scene<'_>, ladder: LadderIndex) -> impl Iterator<Item = SearchEntry> {
    let levels = scene.site[ladder].levels.keys().filter(|_| scene.site.names.has_worksheets);
    levels.map(move |level| {
        let short = short_level(scene, level.of(ladder));
        let page = scene.of_ladder(ladder, LadderPage::Worksheet(level));
        let entry = named(scene, "worksheet", page, &[("level", &short)]);
        SearchEntry { level: short, ladder: ladder_among_several(scene, ladder), ..entry }
    })
}

/// Returns the guidance of a ladder, and its sections without criteria.
fn prose(scene: &Scene<'_>, ladder: LadderIndex) -> Vec<SearchEntry> {
    let ladder_data = &scene.site[ladder];
    let path = scene.of_ladder(ladder, LadderPage::Whole).path(scene.site);
    let entry = |title: &str, blocks: &[_], anchor: Option<String>, actual: LocaleIndex| SearchEntry {
        kind: "ladder",
        ladder: ladder_among_several(scene, ladder),
        title: title.to_owned(),
        text: text_of(&Html::of_ladder(scene, ladder, actual).blocks(blocks)),
        url: anchored(path.clone(), anchor),
        language: scene.foreign(actual),
        ..SearchEntry::default()
    };
    let (preface, actual) = ladder_data.preface.read(scene.locale);
    let preface = entry(ladder_data.heading.read(scene.locale).0, preface, None, actual);
    let (sections, actual) = ladder_data.prose.read(scene.locale);
    let anchors = scene.site.history.headings.of_ladder(ladder).anchors(scene.locale);
    let sections = sections.iter().zip(anchors);
    let sections = sections.map(|(part, anchor)| entry(&part.title, &part.blocks, Some(anchor.clone()), actual));
    std::iter::once(preface).chain(sections).collect()
}

/// Returns the pages that belong to no ladder, and the editions.
pub(super) fn of_site(scene: &Scene<'_>) -> Vec<SearchEntry> {
    let site = scene.site;
    let source = [("language", scene.name_of_language(LocaleIndex::SOURCE))];
    let entry = |key: &str, page: LocalePage| named(scene, key, scene.local(page), &source);
    let mut found = Vec::new();
    found.extend((!site.glossary.is_empty()).then(|| entry("glossary", LocalePage::Glossary)));
    found.extend((site.config.locales.len() > 1).then(|| entry("translation", LocalePage::Translation)));
    let licence = scene.renderer.with_scene(scene.local(LocalePage::Licence), page::licence);
    found.push(SearchEntry { text: licence.text(), ..entry("licence", LocalePage::Licence) });
    found.push(entry("downloads", LocalePage::Downloads));
    found.extend((!site.history.editions.is_empty()).then(|| entry("changes", LocalePage::Changes)));
    found.extend(site.history.editions.keys().rev().map(|edition| of_edition(scene, edition)));
    found
}

fn of_edition(scene: &Scene<'_>, edition: EditionIndex) -> SearchEntry {
    let released = &scene.site.history.editions[edition];
    let (name, date) = (released.name().to_string(), released.date.to_string());
    let values = [("edition", name.as_str()), ("date", date.as_str())];
    let entry = named(scene, "edition", Page::Edition(edition, EditionPage::Whole), &values);
    let summary = released.frozen.summary(&scene.site.config.locale(scene.locale).tag).map_or("", |(text, _)| text);
    SearchEntry { kind: "edition", text: format!("{}\n{summary}", entry.text).trim().to_owned(), ..entry }
}

/// Returns a page by the title and the description that the interface has below a key, and by other words for it.
fn named(scene: &Scene<'_>, key: &str, page: Page, values: &[(&str, &str)]) -> SearchEntry {
    SearchEntry {
        kind: "page",
        title: scene.phrase(&format!("{key}.title"), values),
        text: scene.phrase(&format!("{key}.description"), values),
        also: scene.renderer.words.find(scene.locale, &format!("search.also.{key}")).unwrap_or_default().to_owned(),
        url: page.path(scene.site),
        ..SearchEntry::default()
    }
}
