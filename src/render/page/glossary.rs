//! The terms that the site keeps to, and how each language says them.

use serde::Serialize;

use super::framed;
use crate::config::LocaleIndex;
use crate::glossary::Term;
use crate::model::Page;
use crate::render::Renderer;
use crate::render::frame::Frame;

#[derive(Serialize)]
pub struct GlossaryView {
    #[serde(flatten)]
    frame: Frame,
    /// In the order of the alphabet.
    terms: Vec<TermView>,
    /// The language of the terms and of the notes on them.
    source_language: String,
    /// Whether more than one translation has to be told apart.
    named: bool,
}

#[derive(Serialize)]
struct TermView {
    anchor: String,
    /// The words for it in the source.
    words: Vec<String>,
    context: Option<String>,
    renderings: Vec<RenderingView>,
    note: Option<String>,
}

/// How one translation says it.
#[derive(Serialize)]
struct RenderingView {
    language: String,
    /// The name of the language.
    name: String,
    words: Vec<String>,
}

framed!(GlossaryView);

impl Renderer<'_> {
    pub fn glossary(&self, locale: LocaleIndex) -> GlossaryView {
        let config = &self.site.config;
        let title = self.words.get(locale, "glossary.title").to_owned();
        let description = self.words.get(locale, "glossary.description").to_owned();
        let frame = self.frame(Page::Glossary(locale), "glossary", title, description);
        let mut terms: Vec<&Term> = self.site.glossary.terms.iter().collect();
        terms.sort_by_cached_key(|term| (term.name().to_lowercase(), &term.context));
        GlossaryView {
            terms: terms.into_iter().map(|term| self.term(term)).collect(),
            source_language: config.locale(LocaleIndex::SOURCE).language.clone(),
            named: config.locales.len() > 2,
            frame,
        }
    }

    fn term(&self, term: &Term) -> TermView {
        let locales = self.site.config.locale_indices().skip(1).filter(|&locale| !term.words(locale).is_empty());
        let rendering = |locale: LocaleIndex| RenderingView {
            language: self.site.config.locale(locale).language.clone(),
            name: self.words.name(locale).to_owned(),
            words: term.words(locale).to_vec(),
        };
        TermView {
            anchor: term.anchor.clone(),
            words: term.words(LocaleIndex::SOURCE).to_vec(),
            context: term.context.clone(),
            renderings: locales.map(rendering).collect(),
            note: term.note.clone(),
        }
    }
}
