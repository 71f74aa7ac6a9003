//! Texts that have to be written in one line: those of cells and of items.

use super::draft::TextDraft;
use crate::text::{Edit, slice};

/// Takes away the breaks at the ends of a cell. One before an item begins the list.
pub(super) fn without_outer_breaks(mut content: TextDraft) -> TextDraft {
    const BREAK: &str = "<br>";
    let text = content.text();
    let mut end = text.trim_end().len();
    let mut start = end.min(text.len() - text.trim_start().len());
    while let Some(rest) = slice(&text, start..end).strip_prefix(BREAK).filter(|rest| !rest.starts_with("- ")) {
        start = end - rest.trim_start().len();
    }
    while let Some(kept) = slice(&text, start..end).strip_suffix(BREAK) {
        end = start + kept.trim_end().len();
    }
    content.edit(vec![Edit::delete(0..start), Edit::delete(end.max(start)..text.len())]);
    content
}

/// Returns the edits that write the text of a cell in one line: bullets and empty lines part it.
pub(super) fn in_one_line(written: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (at, c) in written.char_indices() {
        if c == '|' && !slice(written, ..at).ends_with('\\') {
            edits.push(Edit::insert(at, "\\"));
        }
    }
    for (start, end) in gaps(written) {
        let rest = slice(written, end..);
        let is_item = ["- ", "* ", "+ ", "• "].iter().any(|bullet| rest.starts_with(bullet));
        let is_part = slice(written, start..end).matches('\n').count() > 1;
        edits.push(Edit::replace(start..end, if is_item || is_part { "<br>" } else { " " }));
    }
    edits
}

/// Returns the edits that fold the lines of an item into one.
pub(super) fn folded(written: &str) -> Vec<Edit> {
    let is_whole = written.trim().is_empty();
    let gaps = if is_whole { vec![(0, written.len())] } else { gaps(written) };
    let gap = |(start, end): (usize, usize)| {
        let is_edge = start == 0 || end == written.len();
        Edit::replace(start..end, if is_edge { "" } else { " " })
    };
    gaps.into_iter().map(gap).collect()
}

/// Returns the runs of white space that hold a line end.
fn gaps(written: &str) -> Vec<(usize, usize)> {
    let mut gaps: Vec<(usize, usize)> = Vec::new();
    for (at, _) in written.match_indices('\n') {
        if gaps.last().is_some_and(|(_, end)| at < *end) {
            continue;
        }
        let start = slice(written, ..at).trim_end().len();
        let end = written.len() - slice(written, at..).trim_start().len();
        gaps.push((start, end));
    }
    gaps
}
