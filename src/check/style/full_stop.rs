//! A statement is an item of a list and ends without a full stop: `no-trailing-full-stop`.
//!
//! Dots that stand for more, and the dot of an abbreviation, stay. So does the full stop of a statement that has
//! several sentences.

use super::super::CheckInput;
use super::statements;
use crate::diagnostic::{Code, Diagnostic, Fix, Place};

const ABBREVIATIONS: [&str; 6] = ["etc", "al", "inc", "ltd", "approx", "vs"];

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let statements = statements(checked, |_, rules| rules.no_trailing_full_stop);
    let faulty = statements.into_iter().filter_map(|(_, statement)| {
        let stop = full_stop(statement.plain)?;
        let path = &statement.place.path;
        let problem = |place: Place| {
            let message = format!("the statement of {id} ends with a full stop", id = statement.id);
            place.problem(Code::TrailingFullStop, message).help(format!("leave out `{stop}`"))
        };
        // Behind the stop there may be markup, and then it is for a person to take it out.
        Some(match statement.written.trim_end().strip_suffix(stop) {
            Some(before) => {
                let start = statement.place.span().start + before.len();
                let place = Place::new(path, start..start + stop.len_utf8());
                problem(place.clone()).fix(Fix::new(place, ""))
            }
            None => problem(statement.place.clone()),
        })
    });
    faulty.collect()
}

/// Returns the full stop at the end of a text, if that is all it is.
fn full_stop(text: &str) -> Option<char> {
    let text = text.trim_end();
    let stop = text.chars().next_back().filter(|c| matches!(c, '.' | '。' | '．'))?;
    let before = text.strip_suffix(stop)?;
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default().trim_start_matches('(');
    let is_abbreviation = ABBREVIATIONS.iter().any(|word| word.eq_ignore_ascii_case(last)) || last.contains('.');
    let is_ellipsis = before.ends_with(stop);
    let has_sentences = before.contains('。') || [". ", "! ", "? "].iter().any(|end| before.contains(end));
    let may_stay = is_ellipsis || has_sentences || before.is_empty() || (stop == '.' && is_abbreviation);
    (!may_stay).then_some(stop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_full_stop_is_one() {
        for text in ["Reviews designs.", "審查設計。", "Knows C++."] {
            assert!(full_stop(text).is_some(), "{text}");
        }
        for text in
            ["Reviews designs", "Docs, tests, etc.", "Waits...", "Lives in the U.S.", "Reviews. Writes.", "", "."]
        {
            assert!(full_stop(text).is_none(), "{text}");
        }
    }
}
