//! Several ladders in one document: each track is a section with levels of its own.

use std::collections::BTreeSet;

use super::draft::TextDraft;
use super::page::DraftPage;
use super::table::grids;
use crate::diagnostic::Span;
use crate::parse::{Heading, Section, is_role};
use crate::text::Edit;

/// A page that holds several ladders.
pub(crate) struct Tracks {
    /// The text of each, its heading first.
    pub(crate) ladders: Vec<TextDraft>,
    /// Sections that belong to none of them.
    pub(crate) around: Vec<Span>,
}

/// A section with the names of the levels in it.
struct Chapter {
    start: usize,
    end: usize,
    levels: BTreeSet<String>,
    /// Whether its levels have categories.
    is_deep: bool,
}

/// Words in titles of tracks.
const TRACKS: [&str; 20] = [
    "track",
    "path",
    "ladder",
    "stream",
    "career",
    "路線",
    "軌道",
    "職涯",
    "管理職",
    "專業職",
    "专业职",
    "管理职",
    "技術職",
    "專家職",
    "コース",
    "トラック",
    "専門職",
    "総合職",
    "一般職",
    "マネジメント職",
];

/// Titles of tracks that say for whom they are.
const WHO: [&str; 12] = [
    "ic",
    "ics",
    "individual contributor",
    "individual contributors",
    "individual contribution",
    "management",
    "manager",
    "managers",
    "people management",
    "people manager",
    "people managers",
    "engineering management",
];

/// Parts a page into its tracks. None if it is one ladder.
pub(crate) fn split(page: &DraftPage) -> Option<Tracks> {
    let sections = page.sections();
    (1..=4).find_map(|depth| {
        let chapters = chapters(page, depth);
        let tracks: Vec<&Chapter> = chapters.iter().filter(|chapter| chapter.levels.len() >= 2).collect();
        if tracks.len() < 2 || !are_tracks(&tracks, sections) {
            return None;
        }
        let span = |chapter: &Chapter| sections[chapter.start].span.start..sections[chapter.end - 1].span.end;
        let ladder = |chapter: &&Chapter| {
            let span = span(chapter);
            let mut draft = page.part(span.clone());
            // The title of a ladder stands above its levels.
            let hashes = page.written(&span).len() - page.written(&span).trim_start_matches('#').len();
            if hashes > 1 {
                draft.edit(vec![Edit::delete(0..hashes - 1)]);
            }
            draft
        };
        let ladders = tracks.iter().map(ladder).collect();
        let is_inside = |section: &Section| tracks.iter().any(|chapter| span(chapter).contains(&section.span.start));
        let around = sections.iter().filter(|section| !is_inside(section)).map(|section| section.span.0.clone());
        Some(Tracks { ladders, around: around.collect() })
    })
}

/// Returns the sections of a depth with all that stands below them.
fn chapters(page: &DraftPage, depth: u8) -> Vec<Chapter> {
    let sections = page.sections();
    let depth_of = |at: usize| sections[at].heading.as_ref().map(|heading| heading.depth);
    let starts = (0..sections.len()).filter(|&at| depth_of(at) == Some(depth));
    let chapter = |start: usize| {
        let end = (start + 1..sections.len()).find(|&at| depth_of(at) <= Some(depth)).unwrap_or(sections.len());
        let below = &sections[start + 1..end];
        let headings: Vec<&Heading> = below.iter().filter_map(|section| section.heading.as_ref()).collect();
        let shallowest = headings.iter().map(|heading| heading.depth).min();
        let is_called = |heading: &&Heading| page.is_level(&heading.text.plain());
        let right_below = || headings.iter().copied().filter(|heading| Some(heading.depth) == shallowest);
        // `Engineer` beside `Senior Engineer` is a level, too.
        let has_called = right_below().any(|heading| is_called(&heading));
        let named = |heading: &&Heading| is_called(heading) || (has_called && is_role(&heading.text.plain()));
        let mut levels: BTreeSet<String> =
            right_below().filter(named).map(|heading| heading.text.plain().trim().to_lowercase()).collect();
        // A level may have categories that are called so, but no levels.
        if is_level(page, &sections[start]) && !is_called_track(&sections[start]) {
            levels.clear();
        }
        let is_deep = !levels.is_empty() && headings.iter().any(|heading| Some(heading.depth) > shallowest);
        levels.extend(grids(page, &sections[start..end]).iter().flat_map(super::table::Grid::levels));
        Chapter { start, end, levels, is_deep }
    };
    starts.map(chapter).collect()
}

fn is_level(page: &DraftPage, section: &Section) -> bool {
    section.heading.as_ref().is_some_and(|heading| page.is_level(&heading.text.plain()))
}

/// Whether a section is called as a track: `Manager track`, `IC`, `管理職`.
fn is_called_track(section: &Section) -> bool {
    let title = section.heading.as_ref().map(|heading| heading.text.plain().trim().to_lowercase());
    title.is_some_and(|title| WHO.contains(&title.as_str()) || TRACKS.iter().any(|word| title.contains(word)))
}

/// Whether sections with levels are tracks, and not competencies: they say so, or their levels are not the same, or have
/// categories of their own.
fn are_tracks(chapters: &[&Chapter], sections: &[Section]) -> bool {
    let is_called_so = |chapter: &&&Chapter| is_called_track(&sections[chapter.start]);
    let shared = |a: &Chapter, b: &Chapter| a.levels.intersection(&b.levels).count();
    let differ = |pair: &[&Chapter]| shared(pair[0], pair[1]) * 2 < pair[0].levels.len().min(pair[1].levels.len());
    let are_called_so = chapters.iter().filter(is_called_so).count() == chapters.len();
    let all_differ = chapters.windows(2).all(differ);
    let all_deep = chapters.iter().all(|chapter| chapter.is_deep);
    are_called_so || all_differ || all_deep
}
