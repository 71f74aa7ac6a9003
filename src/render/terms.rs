//! The terms of the glossary in a text: each is a link where it is first met.

use std::cell::RefCell;
use std::collections::HashSet;

use super::scene::Scene;
use crate::glossary::{Glossary, Matcher};
use crate::locale::LocaleIndex;
use crate::model::{LocalePage, Site};
use crate::text::{attribute, escape, slice};

/// Returns the matchers that find the terms in the texts of each locale.
pub(crate) fn of_each_locale(site: &Site) -> Vec<Matcher> {
    let locales = site.config.locale_indices();
    locales.map(|locale| Matcher::new(&site.glossary, &site.config, locale)).collect()
}

/// The terms that a page has not met yet.
pub(crate) struct TermLinks<'a> {
    glossary: &'a Glossary,
    matcher: &'a Matcher,
    /// Where the glossary stands, seen from the page.
    href: String,
    met: RefCell<HashSet<usize>>,
}

impl<'a> TermLinks<'a> {
    /// Returns the terms in texts of a locale, which lead to the glossary in the language of the reader.
    pub(crate) fn of(scene: &Scene<'a>, texts: LocaleIndex) -> Self {
        TermLinks {
            glossary: &scene.site.glossary,
            matcher: &scene.renderer.matchers[texts.0],
            href: scene.href(scene.local(LocalePage::Glossary)),
            met: RefCell::default(),
        }
    }

    /// Writes a text in which terms that have not been met before are links.
    pub(crate) fn write(&self, text: &str, out: &mut String) {
        let mut from = 0;
        for found in self.matcher.find(text) {
            let Some(&first) = found.terms.iter().find(|&&term| self.glossary.terms[term].is_linked) else { continue };
            if !self.met.borrow_mut().insert(first) {
                continue;
            }
            escape(slice(text, from..found.span.start), out);
            out.push_str("<a class=\"term\"");
            attribute("href", &format!("{}#{}", self.href, self.glossary.terms[first].anchor), out);
            out.push('>');
            escape(slice(text, found.span.clone()), out);
            out.push_str("</a>");
            from = found.span.end;
        }
        escape(slice(text, from..), out);
    }
}
