//! The terms that the site keeps to, and how each language says them.

use serde::Serialize;

use super::framed;
use crate::glossary::Term;
use crate::locale::LocaleIndex;
use crate::render::page_context::PageContext;
use crate::render::scene::Scene;

#[derive(Serialize)]
pub(crate) struct GlossaryView {
    #[serde(flatten)]
    frame: PageContext,
    /// In the order of the alphabet.
    terms: Vec<TermView>,
    /// The language of the terms.
    source_language: String,
    translations: Vec<TermTranslation>,
}

#[derive(Serialize)]
struct TermView {
    anchor: String,
    /// The words for it in the source.
    words: Vec<String>,
    context: Option<String>,
    /// The words of each translation: one list for each.
    renderings: Vec<Vec<String>>,
    note: Option<String>,
    note_language: String,
}

#[derive(Serialize)]
struct TermTranslation {
    language: String,
    name: String,
    /// The separator of two renderings.
    separator: String,
}

framed!(GlossaryView);

pub(crate) fn view(scene: &Scene<'_>) -> GlossaryView {
    let config = &scene.site.config;
    let title = scene.word("glossary.title").to_owned();
    let description = scene.word("glossary.description").to_owned();
    let frame = PageContext::of(scene, "glossary", title, description);
    let mut terms: Vec<&Term> = scene.site.glossary.terms.iter().collect();
    terms.sort_by_cached_key(|term| (term.name().to_lowercase(), &term.context));
    let translation = |other: LocaleIndex| TermTranslation {
        language: config.locale(other).language.clone(),
        name: scene.name_of_language(other).to_owned(),
        separator: scene.renderer.words.get(other, "list.separator").to_owned(),
    };
    GlossaryView {
        terms: terms.into_iter().map(|term| term_view(scene, term)).collect(),
        source_language: config.locale(LocaleIndex::SOURCE).language.clone(),
        translations: config.locale_indices().skip(1).map(translation).collect(),
        frame,
    }
}

fn term_view(scene: &Scene<'_>, term: &Term) -> TermView {
    let config = &scene.site.config;
    let translations = config.locale_indices().skip(1);
    let (note, language) = term.note(scene.locale).unzip();
    TermView {
        anchor: term.anchor.clone(),
        words: term.words(LocaleIndex::SOURCE).to_vec(),
        context: term.context.clone(),
        renderings: translations.map(|locale| term.words(locale).to_vec()).collect(),
        note: note.map(str::to_owned),
        note_language: config.locale(language.unwrap_or(LocaleIndex::SOURCE)).language.clone(),
    }
}
