//! Rules for the wording of statements. A site switches them on in `[check]`; each has a file of its own.

pub(crate) mod full_stop;
pub(crate) mod joined;
pub(crate) mod length;
pub(crate) mod verb_first;
mod verbs;

use super::CheckInput;
use crate::config::StyleRules;
use crate::diagnostic::Place;
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::model::Criterion;
use crate::text::han::is_han;
use crate::text::span_of;

/// The statement of a criterion in one locale.
struct Statement<'a> {
    id: &'a CriterionId,
    /// As it is written.
    written: &'a str,
    /// Without markup.
    plain: &'a str,
    place: &'a Place,
}

/// The statements in each locale whose rules are wanted. Rules that know English words only want their locale English.
fn statements<'a>(
    checked: &'a CheckInput<'_>,
    is_wanted: impl Fn(LocaleIndex, &StyleRules) -> bool,
) -> Vec<(LocaleIndex, Statement<'a>)> {
    let config = &checked.site.config;
    let locales = config.locale_indices().filter(|&locale| is_wanted(locale, &config.checks.style(locale)));
    let locales: Vec<_> = locales.collect();
    let criteria = checked.site.ladders.iter().flat_map(|ladder| &ladder.criteria);
    let statements = criteria.flat_map(|criterion| locales.iter().map(move |&locale| (locale, criterion)));
    let statement = |(locale, criterion): (LocaleIndex, &'a Criterion)| {
        let text = criterion.text.own(locale)?;
        let written = checked.sources.text(&text.place.path)?.get(text.place.span())?;
        Some((locale, Statement { id: &criterion.id, written, plain: &text.plain, place: &text.place }))
    };
    statements.filter_map(statement).collect()
}

/// Returns whether a locale is English of any country.
fn is_english(checked: &CheckInput<'_>, locale: LocaleIndex) -> bool {
    let tag = &checked.site.config.locale(locale).tag;
    tag.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("en"))
}

/// Returns the words of a text with the bytes at which they stand, without what surrounds them.
fn words(text: &str) -> Vec<(usize, &str)> {
    let bare = text.split(char::is_whitespace).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    bare.filter(|word| !word.is_empty()).map(|word| (span_of(text, word).start, word)).collect()
}

/// Returns the length of a text as a reader sees it: a Han character counts as two others.
fn length(text: &str) -> usize {
    text.chars().map(|c| if is_han(c) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_bare_and_know_where_they_stand() {
        let text = "**Reviews**  designs, “plans”\nand – code.";
        let found = words(text);
        assert_eq!(
            found.iter().map(|(_, word)| *word).collect::<Vec<_>>(),
            ["Reviews", "designs", "plans", "and", "code"]
        );
        assert!(found.iter().all(|(at, word)| text[*at..].starts_with(word)));
    }

    #[test]
    fn a_han_character_counts_twice() {
        assert_eq!(length("審查code"), 8);
    }
}
