//! Citations that were copied without an edition: which one they mean, as a whole or by the text beside them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::level::place_then;
use super::reading::ReadText;
use super::{Citation, CitationStyle, Cited, FoundLevel, cite, frozen, level_citation};
use crate::diagnostic::Span;
use crate::handle::{EditionIndex, LevelAt};
use crate::id::CriterionId;
use crate::interface::Words;
use crate::locale::LocaleIndex;
use crate::model::Site;
use crate::text::slice;

/// What is cited without an edition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Unpinned {
    Criterion(CriterionId),
    Level(LevelAt),
}

/// A citation as `rungs cite` and the pages give it or gave it, without an edition in its label and address.
pub(super) struct Given {
    text: String,
    /// The edition whose words it holds, and the same citation of that edition. None if no edition has these words.
    pub(super) pinned: Option<(EditionIndex, String)>,
}

/// The citations that people may have copied.
pub(super) struct CopiedForms<'a> {
    site: &'a Site,
    words: &'a Words,
    known: RefCell<HashMap<Unpinned, Rc<Vec<Given>>>>,
}

impl<'a> CopiedForms<'a> {
    pub(super) fn new(site: &'a Site, words: &'a Words) -> Self {
        Self { site, words, known: RefCell::default() }
    }

    /// Finds the whole citation to which a mention belongs, and hands over where it stands. Its lines may have been broken
    /// elsewhere.
    pub(super) fn around<T>(
        &self,
        text: &str,
        mention: &Span,
        subject: &Unpinned,
        found: impl FnOnce(Span, &Given) -> T,
    ) -> Option<T> {
        let all =
            Rc::clone(self.known.borrow_mut().entry(subject.clone()).or_insert_with(|| Rc::new(self.all(subject))));
        let place = |given: &Given| {
            let first = given.text.split_whitespace().next()?;
            let from = text.floor_char_boundary(mention.start.saturating_sub(2 * given.text.len()));
            let to = text.floor_char_boundary(mention.start.saturating_add(first.len()).min(text.len()));
            let mut starts = slice(text, from..to).match_indices(first).map(|(at, _)| from + at);
            starts.find_map(|start| Some(start..end_of(text, start, &given.text)?).filter(|span| holds(span, mention)))
        };
        // Of two that begin alike the longer one is meant, and of several that are alike the first.
        let places = all.iter().rev().filter_map(|given| Some((place(given)?, given)));
        let (span, given) = places.max_by_key(|(span, _)| span.len())?;
        Some(found(span, given))
    }

    /// Returns every citation of a criterion or a level that was ever given without an edition. What is said now comes
    /// first, then the editions, the newest first.
    fn all(&self, subject: &Unpinned) -> Vec<Given> {
        let history = &self.site.history;
        let of_locale = |locale: LocaleIndex| {
            let (now, then) = self.citations(subject, locale);
            let edition = now.as_ref().and_then(|now| history.edition(&now.edition.as_ref()?.0));
            let mut given: Vec<_> = now.map(|now| (now, edition)).into_iter().collect();
            for (edition, then) in &then {
                let base = &self.site.config.base_url;
                let frozen = format!("{base}e/{}/", history.editions[*edition].name());
                let label = then.label.split('@').next().unwrap_or_default().to_owned();
                let address = then.address.replacen(&frozen, base.as_str(), 1);
                let named = Citation { label, address, ..then.clone() };
                let unreleased = Citation { edition: None, ..named.clone() };
                given.extend([(named, Some(*edition)), (unreleased, Some(*edition))]);
            }
            let in_each_form = |(citation, edition): &(Citation, Option<EditionIndex>)| {
                let pinned = edition.and_then(|edition| then.iter().find(|(of, _)| *of == edition));
                let in_form = |form| {
                    let pinned = pinned.map(|(edition, then)| (*edition, self.written(then, form, locale)));
                    let given = |citation: Citation| Given {
                        // As the text is read in which it is looked for.
                        text: ReadText::plain(&self.written(&citation, form, locale)).text,
                        pinned: pinned.clone(),
                    };
                    self.at_each_base(citation).map(given).collect::<Vec<_>>()
                };
                CitationStyle::ALL.into_iter().flat_map(in_form).collect::<Vec<_>>()
            };
            given.iter().flat_map(in_each_form).collect::<Vec<_>>()
        };
        self.site.config.locale_indices().flat_map(of_locale).collect()
    }

    /// Returns the citation of the present, and those of the editions, the newest first.
    fn citations(&self, subject: &Unpinned, locale: LocaleIndex) -> (Option<Citation>, Vec<(EditionIndex, Citation)>) {
        let (site, history) = (self.site, &self.site.history);
        match subject {
            Unpinned::Criterion(id) => {
                let then = history.timeline(id).editions.iter().rev();
                let then = then.map(|(&edition, &at)| (edition, frozen(site, edition, at, locale)));
                (cite(site, &Cited { id: id.clone(), edition: None }, locale).ok(), then.collect())
            }
            &Unpinned::Level(level) => {
                let cited = |edition| {
                    let then = FoundLevel::Then(edition, place_then(site, edition, level)?);
                    Some((edition, level_citation(site, then, locale)))
                };
                let now = level_citation(site, FoundLevel::Now(level), locale);
                (Some(now), history.editions.keys().rev().filter_map(cited).collect())
            }
        }
    }

    /// Returns a citation as it was given where the site stands and where it stood before.
    fn at_each_base(&self, citation: &Citation) -> impl Iterator<Item = Citation> {
        let base = &self.site.config.base_url;
        let bases = std::iter::once(base).chain(&self.site.config.former_base_urls);
        bases.map(|other| {
            let address = citation.address.replacen(base.as_str(), other.as_str(), 1);
            Citation { address, ..citation.clone() }
        })
    }

    /// Writes a citation as it stands among others: an item of CSL-JSON without its list.
    fn written(&self, citation: &Citation, form: CitationStyle, locale: LocaleIndex) -> String {
        let text = citation.write(form, self.words, locale);
        match form {
            CitationStyle::CslJson => {
                text.trim_start_matches(['[', '\n', ' ']).trim_end_matches([']', '\n']).to_owned()
            }
            _ => text,
        }
    }
}

fn holds(outer: &Span, inner: &Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Returns where a citation ends that begins at a place. Where it has a space, lines may be broken and quotation marks of
/// Markdown stand.
fn end_of(text: &str, start: usize, given: &str) -> Option<usize> {
    let mut at = start;
    for (number, word) in given.split_whitespace().enumerate() {
        if number > 0 {
            let rest = slice(text, at..);
            let behind = rest.trim_start();
            let is_broken = slice(rest, ..rest.len() - behind.len()).contains('\n');
            let word_start = if is_broken { behind.trim_start_matches(['>', ' ']) } else { behind };
            if word_start.len() == rest.len() {
                return None;
            }
            at = text.len() - word_start.len();
        }
        at += slice(text, at..).strip_prefix(word).map(|_| word.len())?;
    }
    Some(at)
}
