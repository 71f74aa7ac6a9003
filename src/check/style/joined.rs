//! A criterion asks for one thing: `no-joined-expectations`. English only.
//!
//! Looked for is an “and” behind which a second verb begins another clause: “Reviews designs and mentors two
//! engineers”.
//! Two verbs that share their object, “Writes and reviews code”, are one expectation. A word that may be a noun as
//! well,
//! such as “plans”, is taken for a verb only if a word such as “the” or “all” follows. What the list of verbs lacks is
//! not found, so the rule is silent more often than it should be.

use super::super::CheckInput;
use super::verbs::{is_determiner, is_known_verb, may_be_noun, same_form};
use super::{is_english, statements, words};
use crate::diagnostic::{Code, Diagnostic, Place};

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let wanted = statements(checked, |locale, rules| rules.no_joined_expectations && is_english(checked, locale));
    let faulty = wanted.into_iter().filter_map(|(_, statement)| {
        let (start, end) = joined(statement.written)?;
        let from = statement.place.span().start;
        let place = Place::new(&statement.place.path, from + start..from + end);
        let message = format!("the statement of {id} joins two expectations", id = statement.id);
        let problem = place.problem(Code::JoinedExpectations, message);
        Some(problem.label("another one begins here").help("split it into two criteria, each with its own id"))
    });
    faulty.collect()
}

/// Returns where the “and” and the verb behind it stand that begin a second expectation.
fn joined(text: &str) -> Option<(usize, usize)> {
    let words = words(text);
    let (_, first) = words.first()?;
    let begins = |at: usize| {
        let (_, verb) = words[at];
        let next = words.get(at + 1).map(|(_, word)| word.to_ascii_lowercase());
        let is_verb = is_known_verb(verb) && same_form(first, verb);
        // What is not closely followed by its object ends a list of nouns: “designs and reviews of others”.
        let governs = match next.as_deref() {
            None | Some("of" | "in" | "for" | "from" | "by" | "and" | "or" | "are" | "is") => false,
            Some(next) => !may_be_noun(verb) || is_determiner(next),
        };
        is_verb && governs
    };
    // Behind the first verb stands its object, or the verb behind “and” shares it.
    let at = (2..words.len().saturating_sub(1)).find(|&at| words[at].1 == "and" && begins(at + 1))?;
    let ((start, _), (verb, word)) = (words[at], words[at + 1]);
    Some((start, verb + word.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_verb_with_an_object_of_its_own_is_another_expectation() {
        let found = |text: &'static str| joined(text).map(|(start, end)| &text[start..end]);
        assert_eq!(found("Reviews designs and mentors two engineers."), Some("and mentors"));
        assert_eq!(found("Writes code, and reviews the code of others."), Some("and reviews"));
        assert_eq!(found("Review designs and **mentor** engineers"), Some("and **mentor"));
        for text in [
            "Writes and reviews code.",
            "Writes plans and reports.",
            "Creates theories and structures that help others.",
            "Reads designs and reviews of others.",
            "Reviews plans and designs with care.",
            "Works with product and design.",
            "and",
            "",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
