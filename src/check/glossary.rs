//! A term of the glossary is rendered as the glossary says.
//!
//! Where the source of a criterion, its statement or its details, has a term, its translation has one of the term's
//! renderings. Of terms that overlap the longest counts: a senior technical lead is no technical lead.

use rayon::prelude::*;

use super::CheckInput;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::glossary::{Match, Matcher, Term};
use crate::locale::LocaleIndex;
use crate::model::{Criterion, CriterionText};
use crate::parse::plain_text;
use crate::text::{either, slice};

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let site = checked.site;
    if site.glossary.is_empty() || site.config.locales.len() < 2 {
        return Vec::new();
    }
    let matcher = Matcher::new(&site.glossary, &site.config, LocaleIndex::SOURCE);
    let criteria: Vec<_> = site.ladders.iter().flat_map(|ladder| &ladder.criteria).collect();
    criteria.into_par_iter().flat_map_iter(|criterion| of_criterion(checked, &matcher, criterion)).collect()
}

fn of_criterion(checked: &CheckInput<'_>, matcher: &Matcher, criterion: &Criterion) -> Vec<Diagnostic> {
    let source = whole_text(criterion.text.source());
    let matches = matcher.find(&source);
    let locales = checked.site.config.locale_indices().skip(1);
    let translations = locales.filter_map(|locale| Some((locale, criterion.text.own(locale)?)));
    let findings = translations.flat_map(|(locale, text)| {
        let translation = whole_text(text);
        let mut terms: Vec<&Vec<usize>> = Vec::new();
        let mut findings = Vec::new();
        for found in matches.iter().filter(|found| !is_rendered(checked, found, &translation, locale)) {
            if !terms.contains(&&found.terms) {
                terms.push(&found.terms);
                findings.push(report(checked, criterion, &source, found, text, locale));
            }
        }
        findings
    });
    findings.collect()
}

/// Returns all that a criterion says in one locale.
fn whole_text(text: &CriterionText) -> String {
    let mut texts = vec![text.plain.clone()];
    texts.extend(plain_text(&text.detail));
    texts.join("\n")
}

/// Returns the terms that a word may be, and that a locale has renderings for.
fn rendered<'a>(checked: &CheckInput<'a>, found: &Match, locale: LocaleIndex) -> impl Iterator<Item = &'a Term> {
    let terms: Vec<_> = found.terms.iter().map(|&term| &checked.site.glossary.terms[term]).collect();
    terms.into_iter().filter(move |term| !term.words(locale).is_empty())
}

fn is_rendered(checked: &CheckInput<'_>, found: &Match, translation: &str, locale: LocaleIndex) -> bool {
    let mut terms = rendered(checked, found, locale).peekable();
    terms.peek().is_none() || terms.any(|term| term.is_rendered_in(translation, locale))
}

fn report(
    checked: &CheckInput<'_>,
    criterion: &Criterion,
    source: &str,
    found: &Match,
    text: &CriterionText,
    locale: LocaleIndex,
) -> Diagnostic {
    let word = slice(source, found.span.clone());
    let renderings = rendered(checked, found, locale).flat_map(|term| term.words(locale));
    let renderings: Vec<_> = renderings.map(|rendering| format!("`{rendering}`")).collect();
    let message = format!("{id} does not translate `{word}` as in the glossary", id = criterion.id);
    let problem = text
        .place
        .problem(Code::GlossaryRendering, message)
        .label("none of its renderings is here")
        .related(place_of(checked, criterion, word), "used here")
        .help(format!(
            "write {renderings}, or add the rendering used here to the glossary",
            renderings = either(&renderings)
        ));
    let term = rendered(checked, found, locale).next();
    match term {
        Some(term) => problem.related(term.place.clone(), "the term in the glossary"),
        None => problem,
    }
}

/// Returns where the source says a word. The whole statement if it is written in another way than it is read.
fn place_of(checked: &CheckInput<'_>, criterion: &Criterion, word: &str) -> Place {
    let statement = &criterion.text.source().place;
    let written = checked.sources.text(&statement.path).and_then(|text| text.get(statement.span()));
    match written.and_then(|written| written.find(word)) {
        Some(at) => {
            let start = statement.span().start + at;
            Place::new(statement.path.clone(), start..start + word.len())
        }
        None => statement.clone(),
    }
}
