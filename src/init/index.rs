//! Tables that only list the levels: they give codes to the names of levels.

use super::page::DraftPage;
use super::table::grids;
use crate::parse::LevelHeading;
use crate::text::Edit;

/// Returns the edits that put the codes of an index before the headings of the levels that it names.
pub(crate) fn codes(page: &DraftPage) -> Vec<Edit> {
    let grids = grids(page, page.sections());
    let codes: Vec<_> = grids.iter().flat_map(super::table::Grid::codes).collect();
    let headings = page.sections().iter().filter_map(|section| section.heading.as_ref());
    let code_of = |name: &str| {
        let is_meant = |(_, title): &&(String, String)| title.eq_ignore_ascii_case(name.trim());
        let mut meant = codes.iter().filter(is_meant);
        meant.next().filter(|_| meant.next().is_none())
    };
    let is_free = |name: &str| LevelHeading::read(name).codes.is_empty();
    headings
        .filter(|heading| is_free(&heading.text.plain()))
        .filter_map(|heading| {
            let (code, _) = code_of(&heading.text.plain())?;
            Some(Edit::insert(heading.text.span.start, format!("{code} = ")))
        })
        .collect()
}
