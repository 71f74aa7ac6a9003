//! The search index of each locale: a file with the texts of its pages and with the words of the search interface. What
//! fewer people look for is in a second file, which is loaded when the first has little that fits: pages that the
//! navigation does not name, the terms of the glossary, and the texts in other languages.
//!
//! Each file is a script that hands over one JSON value, since a page on a disk may load scripts and no data. It is
//! loaded when somebody searches, and indexed then: a finished index would be larger than the texts.

mod found;
mod pages;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value};
use typed_index_collections::TiVec;

use super::json_ld;
use super::scene::{Renderer, Scene};
use super::shared::{index_path, second_index_path};
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, LocalePage, Page};
use crate::write::Output;
use found::SearchEntry;

#[derive(Serialize)]
struct SearchIndex<'a> {
    /// The words of the search interface.
    words: Map<String, Value>,
    /// Where to look on when nothing has all words, as links below the root of the site.
    elsewhere: Vec<Elsewhere>,
    /// The second file, below the root of the site, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<Synonyms<'a>>,
    documents: &'a [SearchEntry],
}

/// The second file. The first has the words for both.
#[derive(Serialize)]
struct SecondIndex<'a> {
    documents: Vec<SearchEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<OtherLanguage<'a>>,
}

/// What the pages of another locale say.
#[derive(Serialize)]
struct OtherLanguage<'a> {
    language: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<Synonyms<'a>>,
    /// By the addresses of the entries of the reader's locale.
    texts: BTreeMap<&'a str, String>,
}

/// Words under which people look for a term, after the words that texts have for it.
#[derive(Serialize)]
struct Synonyms<'a>(&'a [String], &'a [String]);

/// Another way to what is looked for.
#[derive(Serialize)]
struct Elsewhere {
    title: String,
    url: String,
    /// The language it leads to, which is asked the same. None for a page of the reader's.
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
}

/// Returns the index of each locale: one file, or two if there is anything for a second.
pub(crate) fn outputs(renderer: &Renderer<'_>) -> Vec<Output> {
    let locales: Vec<_> = renderer.site.config.locale_indices().collect();
    let of_locale = |&locale: &LocaleIndex| in_scene(renderer, locale, found::documents);
    let found: Vec<_> = locales.par_iter().map(of_locale).collect();
    let found: TiVec<LocaleIndex, Vec<SearchEntry>> = found.into();
    let index = |locale| {
        in_scene(renderer, locale, |scene| {
            // The source is read beside each translation, and all translations beside it.
            let others = locales
                .iter()
                .filter(|&&other| other != locale && (locale == LocaleIndex::SOURCE || other == LocaleIndex::SOURCE));
            let others = others.map(|&other| other_language(scene, other, &found[locale], &found[other]));
            let second = SecondIndex { documents: found::rest(scene), others: others.collect() };
            let has_second = !second.documents.is_empty() || !second.others.is_empty();
            let more = has_second.then(|| second_index_path(scene.site, locale));
            let first = SearchIndex {
                words: search_words(scene),
                elsewhere: elsewhere(scene),
                more: more.clone(),
                also: synonyms(scene, locale),
                documents: &found[locale],
            };
            let first = script(index_path(scene.site, locale), &first);
            [Some(first), more.map(|path| script(path, &second))]
        })
    };
    let files: Vec<_> = locales.par_iter().map(|&locale| index(locale)).collect();
    files.into_iter().flatten().flatten().collect()
}

fn in_scene<T>(renderer: &Renderer<'_>, locale: LocaleIndex, make: impl FnOnce(&Scene<'_>) -> T) -> T {
    renderer.with_scene(Page::In(locale, LocalePage::Search), make)
}

fn script(path: String, index: &impl Serialize) -> Output {
    Output { path: path.into(), bytes: format!("rungs.index({});\n", json_ld::written(index)).into_bytes() }
}

/// Keys below `search` of the words of the search interface.
const WORDS: [&str; 21] = [
    "any-level",
    "as-page",
    "category",
    "edition",
    "key",
    "label",
    "ladder",
    "level",
    "none",
    "note",
    "page",
    "partial",
    "results.few",
    "results.many",
    "results.one",
    "results.other",
    "results.two",
    "results.zero",
    "similar",
    "term",
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

/// Returns the words under which people look for the terms of the glossary.
fn synonyms<'a>(scene: &Scene<'a>, locale: LocaleIndex) -> Vec<Synonyms<'a>> {
    let terms = scene.site.glossary.terms.iter();
    terms
        .map(|term| Synonyms(term.words(locale), term.also(locale)))
        .filter(|Synonyms(words, also)| !words.is_empty() && !also.is_empty())
        .collect()
}

/// Returns what another locale says where this one has something to be found. Both list the same in the same order.
fn other_language<'a>(
    scene: &Scene<'a>,
    other: LocaleIndex,
    own: &'a [SearchEntry],
    there: &[SearchEntry],
) -> OtherLanguage<'a> {
    let pairs = own.iter().zip(there).filter(|(_, there)| there.language.is_none());
    OtherLanguage {
        language: &scene.site.config.locale(other).language,
        also: synonyms(scene, other),
        texts: pairs.map(|(own, there)| (own.url.as_str(), there.words())).collect(),
    }
}

/// Returns where to look on: all criteria at a glance, and the search in other languages.
fn elsewhere(scene: &Scene<'_>) -> Vec<Elsewhere> {
    let site = scene.site;
    let only = site.ladders.first_key().filter(|_| site.ladders.len() == 1);
    let all = only.map_or(scene.local(LocalePage::Home), |ladder| scene.of_ladder(ladder, LadderPage::Matrix));
    let all = Elsewhere { title: scene.word("search.matrix").to_owned(), url: all.path(site), language: None };
    let others = site.config.locale_indices().filter(|&other| other != scene.locale);
    let others = others.map(|other| Elsewhere {
        title: scene.phrase("search.in-language", &[("language", scene.name_of_language(other))]),
        url: Page::In(other, LocalePage::Search).path(site),
        language: Some(site.config.locale(other).language.clone()),
    });
    std::iter::once(all).chain(others).collect()
}
