//! The ellipsis of a Chinese sentence is `……`.

use super::super::CheckInput;
use super::{Finding, find, is_wide, word_before, word_behind};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::slice;

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    find(checked, Code::Ellipsis, |_, text| {
        let mut findings = Vec::new();
        let mut from = 0;
        while let Some(start) = slice(text, from..).find(['.', '。', '…']).map(|at| from + at) {
            let rest = slice(text, start..);
            let dot = rest.chars().next().unwrap_or_default();
            let end = start + rest.find(|c| c != dot).unwrap_or(rest.len());
            let is_beside_han = || {
                let beside = [word_before(text, start), word_behind(text, end)];
                beside.into_iter().flatten().any(is_wide)
            };
            let is_wrong = match (dot, (end - start) / dot.len_utf8()) {
                ('。', count) => count > 1,
                ('.', count) => count > 2 && is_beside_han(),
                (_, count) => count % 2 == 1 && is_beside_han(),
            };
            if is_wrong {
                let message = format!("`{written}` used as an ellipsis", written = shortened(slice(text, start..end)));
                let edits = vec![(start..end, "……".to_owned())];
                findings.push(Finding { part: start..end, message, help: "write `……`".to_owned(), edits });
            }
            from = end;
        }
        findings
    })
}

/// Returns a run of dots without all those that say nothing more.
fn shortened(dots: &str) -> &str {
    dots.char_indices().nth(6).map_or(dots, |(at, _)| slice(dots, ..at))
}
