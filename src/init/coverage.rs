//! Reports the lines of the documents that were taken over nowhere.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::draft::{FoundDocument, TextDraft};
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::parse::Outline;

/// Why a part of a document was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    pub(crate) place: Place,
    pub(crate) message: String,
    pub(crate) help: String,
}

/// Where the criteria of a ladder were written.
#[derive(Debug, Default)]
pub(crate) struct Criteria(BTreeMap<Utf8PathBuf, Vec<Span>>);

impl Criteria {
    /// Whether a statement is one of them, or holds one.
    pub(crate) fn contain(&self, statement: &Place) -> bool {
        let statement_span = statement.span();
        let Some(spans) = self.0.get(&statement.path) else { return false };
        let next = spans.partition_point(|span| span.end <= statement_span.start);
        spans.get(next).is_some_and(|span| span.start < statement_span.end)
    }
}

/// Returns where the statements of the criteria of an outline were written.
pub(crate) fn criteria(outline: &Outline, draft: &TextDraft) -> Criteria {
    let criteria = outline.levels().flat_map(|level| &level.categories).flat_map(|category| &category.criteria);
    let spans: Vec<_> = criteria.map(|criterion| criterion.statement.span.0.clone()).collect();
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for place in draft.places_of(&spans) {
        found.entry(place.path.clone()).or_default().push(place.span());
    }
    found.values_mut().for_each(|spans| spans.sort_by_key(|span| span.start));
    Criteria(found)
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
        let words = words_start(line);
        let missing = |&(offset, c): &(usize, char)| offset >= words && c.is_alphanumeric() && !placed[at + offset];
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

/// Returns where a line begins behind the number of an item.
fn words_start(line: &str) -> usize {
    let item = line.trim_start();
    let behind = item.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = behind.strip_prefix(['.', ')']).filter(|_| behind.len() < item.len());
    let is_number = rest.is_some_and(|rest| rest.starts_with(char::is_whitespace));
    if is_number { line.len() - behind.len() } else { 0 }
}

/// Returns problems of which those that are alike, in one file, are one: it names the other lines.
pub(crate) fn grouped(problems: &[Diagnostic], text_of: &dyn Fn(&Utf8Path) -> Option<String>) -> Vec<Diagnostic> {
    const LINES: usize = 8;
    let mut groups: Vec<Vec<&Diagnostic>> = Vec::new();
    for problem in problems {
        let is_alike = |group: &&mut Vec<&Diagnostic>| {
            let first = group[0];
            first.severity() == problem.severity()
                && first.code == problem.code
                && first.help == problem.help
                && first.label.place.path == problem.label.place.path
        };
        match groups.iter_mut().find(is_alike) {
            Some(group) => group.push(problem),
            None => groups.push(vec![problem]),
        }
    }
    let one = |group: Vec<&Diagnostic>| {
        let mut first = group[0].clone();
        let text = text_of(&first.label.place.path).unwrap_or_default();
        let ends: Vec<_> = text.match_indices('\n').map(|(at, _)| at).collect();
        let line = |problem: &&Diagnostic| ends.partition_point(|&end| end < problem.label.place.span().start) + 1;
        let mut lines: Vec<_> = group.iter().skip(1).map(line).collect();
        lines.dedup();
        if !lines.is_empty() {
            let more = lines.len().saturating_sub(LINES);
            let shown: Vec<_> = lines.iter().take(LINES).map(usize::to_string).collect();
            let shown = if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") };
            let help = first.help.take().unwrap_or_default();
            first.help = Some(format!(
                "{help}; the same applies to {} {shown}",
                if lines.len() == 1 { "line" } else { "lines" }
            ));
        }
        first
    };
    groups.into_iter().map(one).collect()
}

fn report(path: &Utf8Path, span: Span, reasons: &[Reason]) -> Diagnostic {
    let covers = |reason: &&Reason| {
        let place = reason.place.span();
        reason.place.path == path && place.start < span.end && span.start < place.end
    };
    let (message, help) = reasons.iter().find(covers).map_or(
        ("there is no place for this".to_owned(), "add it by hand where it belongs, if you want to keep it".to_owned()),
        |reason| (reason.message.clone(), reason.help.clone()),
    );
    Place::new(path, span).problem(Code::Unplaced, message).label("left out").help(help)
}
