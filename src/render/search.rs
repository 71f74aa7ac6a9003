//! What the search of each locale looks through: one file with the texts, and with the words that the search says.
//!
//! The file is a script that hands over one JSON value, since a page on a disk may load scripts and no data. It is
//! loaded when somebody searches, and indexed then: a finished index would be larger than the texts.

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{Renderer, json_ld};
use crate::handle::{CategoryAt, CriterionAt, LadderIndex, LevelAt, NoteIndex, ThreadAt};
use crate::locale::LocaleIndex;
use crate::model::{LocalePage, Page, Site, Subject};
use crate::write::Output;

/// Something that can be found. What it has not is left out.
#[derive(Default, Serialize)]
struct Found {
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
struct Index {
    /// What the search says.
    words: Map<String, Value>,
    documents: Vec<Found>,
}

/// The index of a locale as a path of the site.
pub(crate) fn index_path(site: &Site, locale: LocaleIndex) -> String {
    format!("{}search.js", Page::In(locale, LocalePage::Home).path(site))
}

/// One index for each locale.
pub(crate) fn outputs(renderer: &Renderer<'_>) -> Vec<Output> {
    let index = |locale| {
        let index = Index { words: renderer.search_words(locale), documents: renderer.documents(locale) };
        Output {
            path: index_path(renderer.site, locale).into(),
            bytes: format!("rungs.index({});\n", json_ld::written(&index)).into_bytes(),
        }
    };
    renderer.site.config.locale_indices().collect::<Vec<_>>().into_par_iter().map(index).collect()
}

/// What the search says, by key below `search`.
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

impl Renderer<'_> {
    fn search_words(&self, locale: LocaleIndex) -> Map<String, Value> {
        let said = WORDS.iter().filter_map(|&name| {
            let key = format!("search.{name}");
            let word = self.words.get(locale, &key);
            // A language has no more plural forms than it needs.
            (word != key).then(|| (name.to_owned(), word.into()))
        });
        said.collect()
    }

    /// Criteria in the order of the source, ladder by ladder, then what explains them.
    fn documents(&self, locale: LocaleIndex) -> Vec<Found> {
        let mut found = Vec::new();
        for ladder in self.site.ladders.keys() {
            let of = &self.site[ladder];
            found.extend(of.criteria.keys().map(|criterion| self.found_criterion(criterion.of(ladder), locale)));
            found.extend(of.levels.keys().map(|level| self.found_level(level.of(ladder), locale)));
            found.extend(of.categories.keys().filter_map(|category| self.found_category(category.of(ladder), locale)));
            found.extend(of.threads.keys().map(|thread| self.found_thread(thread.of(ladder), locale)));
        }
        found.extend(self.site.notes.keys().map(|note| self.found_note(note, locale)));
        found
    }

    /// What a ladder is called, where that has to be said.
    fn ladder_among_several(&self, ladder: LadderIndex, locale: LocaleIndex) -> String {
        let title = self.site[ladder].title.read(locale).0;
        if self.site.ladders.len() > 1 { title.clone() } else { String::new() }
    }

    fn found_criterion(&self, criterion: CriterionAt, locale: LocaleIndex) -> Found {
        let of = &self.site[criterion];
        let (text, actual) = of.text.read(locale);
        let detail = match text.detail.as_slice() {
            [] => String::new(),
            detail => text_of(&self.html(criterion.ladder, actual, locale, "").blocks(detail)),
        };
        Found {
            kind: "criterion",
            id: of.id.to_string(),
            ladder: self.ladder_among_several(criterion.ladder, locale),
            level: self.short_level(of.level.of(criterion.ladder), locale),
            category: self.category_view(of.category.of(criterion.ladder), None, locale).title.text,
            hue: Some(self.site[of.category.of(criterion.ladder)].number),
            text: format!("{}\n{detail}", text.plain).trim().to_owned(),
            url: self.address_of(Subject::Criterion(criterion), locale),
            language: self.foreign(actual, locale),
            ..Found::default()
        }
    }

    fn found_level(&self, level: LevelAt, locale: LocaleIndex) -> Found {
        let of = &self.site[level];
        let view = self.level_view(level, locale);
        let (summary, actual) = of.summary.read(locale);
        let summary = text_of(&self.html(level.ladder, actual, locale, "").blocks(summary));
        // People know levels by their titles in the source.
        let source = view.source_title.map(|title| title.text).unwrap_or_default();
        Found {
            kind: "level",
            ladder: self.ladder_among_several(level.ladder, locale),
            level: view.code,
            title: view.title.text,
            text: format!("{source}\n{summary}").trim().to_owned(),
            url: self.address_of(Subject::Level(level), locale),
            ..Found::default()
        }
    }

    fn found_category(&self, category: CategoryAt, locale: LocaleIndex) -> Option<Found> {
        let view = self.category_view(category, None, locale);
        (!view.id.is_empty()).then(|| Found {
            kind: "category",
            ladder: self.ladder_among_several(category.ladder, locale),
            hue: Some(view.number),
            title: view.title.text,
            url: self.address_of(Subject::Category(category), locale),
            language: view.title.language,
            ..Found::default()
        })
    }

    fn found_thread(&self, thread: ThreadAt, locale: LocaleIndex) -> Found {
        let name = self.thread_name(thread, locale);
        Found {
            kind: "thread",
            ladder: self.ladder_among_several(thread.ladder, locale),
            title: name.title.text,
            url: self.address_of(Subject::Thread(thread), locale),
            language: name.title.language,
            ..Found::default()
        }
    }

    fn found_note(&self, note: NoteIndex, locale: LocaleIndex) -> Found {
        let view = self.note(locale, note);
        Found {
            kind: self.site.collection_of(note).noun(),
            text: text_of(&view.html()),
            title: view.title_text.text,
            url: self.address_of(Subject::Note(note), locale),
            language: view.language,
            ..Found::default()
        }
    }

    fn address_of(&self, subject: Subject, locale: LocaleIndex) -> String {
        let (page, anchor) = Page::of(self.site, subject, locale);
        let path = page.path(self.site);
        anchor.map_or(path.clone(), |anchor| format!("{path}#{anchor}"))
    }
}

/// The text that a reader of our HTML sees: what is searched is what stands on the page. A line for each block.
pub(super) fn text_of(html: &str) -> String {
    const WITHIN_LINE: [&str; 7] = ["a", "em", "strong", "s", "code", "span", "mark"];
    let mut text = String::with_capacity(html.len());
    for part in html.split_inclusive('>') {
        let (words, tag) = part.split_once('<').unwrap_or((part, ""));
        text.push_str(words);
        let name = tag.trim_start_matches('/').split([' ', '>']).next().unwrap_or_default();
        if !name.is_empty() && !WITHIN_LINE.contains(&name) && !text.ends_with('\n') {
            text.push('\n');
        }
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::text_of;

    #[test]
    fn the_text_is_what_a_reader_sees() {
        let cases = [
            ("Spends <em>40&ndash;80%</em> of time", "Spends 40&ndash;80% of time"),
            ("<p>One <a href=\"x\" title=\"a &gt; b\">two</a>.</p><ul><li>three</li></ul>", "One two.\nthree"),
            ("a &amp;lt; b &lt; c", "a &lt; b < c"),
            ("", ""),
        ];
        for (html, text) in cases {
            assert_eq!(text_of(html), text, "{html}");
        }
    }
}
