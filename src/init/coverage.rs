//! Reports the lines of the documents that were taken over nowhere.

use camino::Utf8Path;

use super::draft::{FoundDocument, TextDraft};
use crate::diagnostic::{Code, Diagnostic, Place, Span};

/// Why a part of a document was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    pub(crate) place: Place,
    pub(crate) message: String,
    pub(crate) help: String,
}

/// Reports each line of a document with words that appear nowhere in the new texts.
pub(crate) fn unplaced(
    found: FoundDocument<'_>,
    drafts: &[&TextDraft],
    understood: &[Place],
    reasons: &[Reason],
) -> Vec<Diagnostic> {
    let mut placed = vec![false; found.text.len()];
    let mut cover = |span: Span| placed[span].fill(true);
    for draft in drafts {
        draft.origins().remove(found.path).into_iter().flatten().for_each(&mut cover);
    }
    understood.iter().filter(|place| place.path == found.path).for_each(|place| cover(place.span()));
    let mut problems = Vec::new();
    let mut at = 0;
    for line in found.text.split_inclusive('\n') {
        let missing = |&(offset, c): &(usize, char)| c.is_alphanumeric() && !placed[at + offset];
        let first = line.char_indices().find(missing);
        let last = line.char_indices().rfind(missing);
        if let (Some((first, _)), Some((last, c))) = (first, last) {
            let is_whole = !line.char_indices().any(|(offset, c)| c.is_alphanumeric() && placed[at + offset]);
            let trimmed = line.len() - line.trim_start().len()..line.trim_end().len();
            let part = if is_whole { trimmed } else { first..last + c.len_utf8() };
            problems.push(report(found.path, at + part.start..at + part.end, reasons));
        }
        at += line.len();
    }
    problems
}

fn report(path: &Utf8Path, span: Span, reasons: &[Reason]) -> Diagnostic {
    let covers = |reason: &&Reason| {
        let place = reason.place.span();
        reason.place.path == path && place.start < span.end && span.start < place.end
    };
    let (message, help) = reasons.iter().find(covers).map_or(
        ("this found no place".to_owned(), "add it by hand where it belongs, if it is to stay".to_owned()),
        |reason| (reason.message.clone(), reason.help.clone()),
    );
    Place::new(path, span).problem(Code::Unplaced, message).label("left out").help(help)
}
