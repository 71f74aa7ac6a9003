//! The terms of the glossary in a text: each is a link where it is first met.

use std::cell::RefCell;
use std::collections::HashSet;

use super::Renderer;
use super::html::attribute;
use crate::glossary::{Glossary, Matcher};
use crate::locale::LocaleIndex;
use crate::model::{Page, Site};
use crate::text::{escape, slice};

/// What finds the terms in the texts of each locale.
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

impl Renderer<'_> {
    /// The terms of a page in a locale, which lead to a glossary.
    pub(crate) fn term_links(&self, locale: LocaleIndex, glossary: Page, root: &str) -> TermLinks<'_> {
        TermLinks {
            glossary: &self.site.glossary,
            matcher: &self.matchers[locale.0],
            href: format!("{root}{}", glossary.path(self.site)),
            met: RefCell::default(),
        }
    }
}

impl TermLinks<'_> {
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
