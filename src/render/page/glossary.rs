//! The terms that the site keeps to, and how each language says them.

use serde::Serialize;

use super::framed;
use crate::glossary::Term;
use crate::locale::LocaleIndex;
use crate::model::{LocalePage, Page};
use crate::render::Renderer;
use crate::render::frame::Frame;

#[derive(Serialize)]
pub(crate) struct GlossaryView {
    #[serde(flatten)]
    frame: Frame,
    /// In the order of the alphabet.
    terms: Vec<TermView>,
    /// The language of the terms and of the notes on them.
    source_language: String,
    translations: Vec<TranslationView>,
}

#[derive(Serialize)]
struct TermView {
    anchor: String,
    /// The words for it in the source.
    words: Vec<String>,
    context: Option<String>,
    /// How each translation says it: as many as there are translations.
    renderings: Vec<Vec<String>>,
    note: Option<String>,
}

#[derive(Serialize)]
struct TranslationView {
    language: String,
    name: String,
    /// What stands between two renderings.
    separator: String,
}

framed!(GlossaryView);

impl Renderer<'_> {
    pub(crate) fn glossary(&self, locale: LocaleIndex) -> GlossaryView {
        let config = &self.site.config;
        let title = self.words.get(locale, "glossary.title").to_owned();
        let description = self.words.get(locale, "glossary.description").to_owned();
        let frame = self.frame(Page::In(locale, LocalePage::Glossary), "glossary", title, description);
        let mut terms: Vec<&Term> = self.site.glossary.terms.iter().collect();
        terms.sort_by_cached_key(|term| (term.name().to_lowercase(), &term.context));
        let translation = |other: LocaleIndex| TranslationView {
            language: config.locale(other).language.clone(),
            name: self.words.name(other).to_owned(),
            separator: self.words.get(other, "list.separator").to_owned(),
        };
        GlossaryView {
            terms: terms.into_iter().map(|term| self.term(term)).collect(),
            source_language: config.locale(LocaleIndex::SOURCE).language.clone(),
            translations: config.locale_indices().skip(1).map(translation).collect(),
            frame,
        }
    }

    fn term(&self, term: &Term) -> TermView {
        let translations = self.site.config.locale_indices().skip(1);
        TermView {
            anchor: term.anchor.clone(),
            words: term.words(LocaleIndex::SOURCE).to_vec(),
            context: term.context.clone(),
            renderings: translations.map(|locale| term.words(locale).to_vec()).collect(),
            note: term.note.clone(),
        }
    }
}
