//! Messages about characters that no page may hold.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::{Code, Diagnostic, Fix, Place};
use crate::text::{Edit, SpannedChar, in_place_of, is_directional, line_start, list};

/// Returns one problem for each line of a text that holds some. The text begins at byte `offset` of its file.
pub(crate) fn forbidden(path: &Utf8Path, offset: usize, text: &str, found: Vec<SpannedChar>) -> Vec<Diagnostic> {
    if is_utf_16(text) {
        // One that begins with a mark is no UTF-8, which has been told.
        let is_told = text.starts_with(char::REPLACEMENT_CHARACTER);
        let problem = || {
            let message = "every second byte of the file is zero: it seems to be in UTF-16";
            Place::file(path).problem(Code::NotUtf8, message).help("save the file as UTF-8")
        };
        return (!is_told).then(problem).into_iter().collect();
    }
    let mut lines: BTreeMap<usize, Vec<SpannedChar>> = BTreeMap::new();
    for written in found {
        lines.entry(line_start(text, written.0.start)).or_default().push(written);
    }
    lines.into_values().map(|written| of_line(path, offset, text, &written)).collect()
}

/// Returns whether a text is one that was read by single bytes instead of pairs.
fn is_utf_16(text: &str) -> bool {
    text.bytes().filter(|&byte| byte == 0).count() > text.len() / 4
}

fn of_line(path: &Utf8Path, offset: usize, text: &str, found: &[SpannedChar]) -> Diagnostic {
    let first = found.first().map_or(0..0, |(span, _)| span.start + offset..span.end + offset);
    let place = Place::new(path, first);
    let problem = place.problem(Code::ForbiddenCharacter, message(found.iter().map(|(_, c)| *c)));
    let edits = found.iter().map(|(span, c)| Edit::replace(span.clone(), in_place_of(*c))).collect();
    let problem = match found {
        [_] => problem,
        _ => problem.label(format!("the first of {} on this line", found.len())),
    };
    match Fix::of_all(path, text, edits) {
        Ok(fix) => problem.fix(fix.moved(offset)).help(HELP),
        Err(_) => problem.help(HELP),
    }
}

/// The advice about such a character.
const HELP: &str = "remove it: such characters come with text copied from slides, PDF files or terminals";

/// Returns the message about these characters.
pub(crate) fn message(characters: impl IntoIterator<Item = char>) -> String {
    let mut named: Vec<(u32, char)> = characters.into_iter().map(|c| (c.into(), c)).collect();
    named.sort_unstable();
    named.dedup();
    let names: Vec<_> = named.iter().map(|(code, _)| format!("U+{code:04X}")).collect();
    let (names, is_one) = (list(&names), named.len() == 1);
    let are_directional = named.iter().all(|(_, c)| is_directional(*c));
    match (are_directional, is_one) {
        (true, true) => format!("{names} reverses the direction of text and is not closed on its line"),
        (true, false) => format!("{names} reverse the direction of text and are not closed on their line"),
        (false, true) => format!("{names} is a character that is not allowed in pages"),
        (false, false) => format!("{names} are characters that are not allowed in pages"),
    }
}
