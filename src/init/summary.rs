//! Summaries of sections that fold up, which are headings where they stand above headings.

use super::page::DraftPage;
use crate::text::slice;

/// Returns the depth of a summary as a heading: one above those that it holds, or none if it is a heading itself. None if
/// it holds no headings, or none that could stand below another one.
pub(super) fn above_headings(page: &DraftPage, at: usize) -> Option<u8> {
    let rest = slice(&page.text, at..).to_ascii_lowercase();
    let of_tag = |text: &str| {
        let depths = text.match_indices("<h").filter_map(|(at, _)| slice(text, at + 2..).bytes().next());
        depths.filter(|byte| (b'1'..=b'6').contains(byte)).map(|byte| byte - b'0').min()
    };
    if of_tag(slice(&rest, ..rest.find("</summary").unwrap_or(0))).is_some() {
        return Some(0);
    }
    let mut open = 1;
    let tags = rest.match_indices("details").filter(|(at, _)| slice(&rest, ..*at).ends_with(['<', '/']));
    let end = tags.into_iter().find_map(|(at, _)| {
        open += if slice(&rest, ..at).ends_with('/') { -1 } else { 1 };
        (open == 0).then_some(at)
    });
    let inside = at..at + end?;
    let headings = page.sections().iter().filter_map(|section| section.heading.as_ref());
    let of_markdown = headings.filter(|it| inside.contains(&it.text.span.start)).map(|heading| heading.depth).min();
    let depth = of_markdown.into_iter().chain(of_tag(slice(&rest, ..end?))).min()?;
    depth.checked_sub(1).filter(|depth| *depth > 0)
}
