//! A statement begins with the verb of the expected action: `starts-with-verb`. English only.
//!
//! There is no dictionary in here. The first word, or the one behind an adverb such as “regularly”, passes if it stands
//! in the list of verbs or ends in “s” as verbs of the third person do. It does not pass if it ends as nouns do
//! (“decisions”,
//! “ownership”) or as participles do (“reviewing”), if it has a capital inside (“PRs”) or is an article or a
//! preposition.
//! So a plural such as “designs” passes for a verb, and a base form that the list lacks is reported: allow that line.

use super::super::CheckInput;
use super::verbs::{is_function_word, is_known_verb};
use super::{is_english, statements, words};
use crate::diagnostic::{Code, Diagnostic, Place};

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let wanted = statements(checked, |locale, rules| rules.starts_with_verb && is_english(checked, locale));
    let faulty = wanted.into_iter().filter_map(|(_, statement)| {
        let (at, word) = without_verb(statement.written)?;
        let from = statement.place.span().start + at;
        let message = format!("the statement of {id} does not begin with a verb", id = statement.id);
        let place = Place::new(&statement.place.path, from..from + word.len());
        let problem = place.problem(Code::NoVerbFirst, message);
        Some(problem.help("begin with what somebody does: “Reviews …”, “Decides …”, “Helps …”"))
    });
    faulty.collect()
}

/// Returns the word that stands where a verb should. None for a statement that begins with one.
fn without_verb(text: &str) -> Option<(usize, &str)> {
    let words = words(text);
    let is_adverb = |word: &str| word.ends_with("ly") || matches!(word, "also" | "often" | "always" | "never" | "not");
    let behind = words.iter().find(|(_, word)| is_known_verb(word) || !is_adverb(&word.to_ascii_lowercase()));
    let &(at, word) = behind?;
    (!may_be_verb(word)).then_some((at, word))
}

fn may_be_verb(word: &str) -> bool {
    const NOUNS: [&str; 8] = ["ions", "ments", "ities", "ness", "ships", "isms", "ss", "us"];
    // Of “communicates/explains” the first counts.
    let word = word.split('/').next().unwrap_or(word);
    if is_known_verb(word) {
        return true;
    }
    let has_capital_inside = word.chars().skip(1).any(char::is_uppercase);
    let lower = word.to_ascii_lowercase();
    let is_plain = lower.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    let is_third_person = lower.len() > 3 && lower.ends_with('s') && !NOUNS.iter().any(|end| lower.ends_with(end));
    is_plain && is_third_person && !has_capital_inside && !is_function_word(&lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_in_the_third_person_or_a_base_form_begins_a_statement() {
        for text in [
            "Reviews designs.",
            "Is known in the department",
            "Regularly mentors engineers",
            "**Own** a service",
            "Can explain it",
            "Questions what is given",
            "Applies what was learned",
            "Communicates/explains it",
            "Assists others",
            "",
        ] {
            assert_eq!(without_verb(text), None, "{text}");
        }
    }

    #[test]
    fn nouns_articles_and_participles_do_not() {
        for (text, word) in [
            ("The designs are reviewed", "The"),
            ("PRs are reviewed", "PRs"),
            ("Decisions are explained", "Decisions"),
            ("Reviewing designs", "Reviewing"),
            ("Ownership of a service", "Ownership"),
            ("This is asked", "This"),
            ("Awareness of risks", "Awareness"),
        ] {
            assert_eq!(without_verb(text).map(|(_, found)| found), Some(word), "{text}");
        }
    }
}
