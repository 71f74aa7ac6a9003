//! Anchors: the parts of pages that a link can lead to.
//!
//! Those of criteria, levels, categories and threads are made of their ids. Those of headings are made of their words,
//! for want of ids.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Criterion, Ladder, Level, Page, Site};
use crate::config::LocaleIndex;
use crate::parse::Section;

impl Page {
    /// The anchors of the page, in no particular order: what a link to a part of it may name.
    ///
    /// A ladder as a whole, or beside another language, has each level, each category of a level, each criterion and
    /// each section of prose. A level has its categories and all criteria that hold on it, the matrix all categories
    /// and criteria, the page of the page of threads each thread, the glossary each term, and a note its headings.
    pub fn anchors(&self, site: &Site) -> Vec<String> {
        match *self {
            Self::Ladder { locale, ladder } | Self::Beside { locale, ladder, .. } => {
                let of = &site.ladders[ladder];
                let mut anchors = fixed_anchors(of);
                anchors.extend(prose_anchors(of, locale));
                anchors.extend(site.history.stubs_of_ladder(ladder).iter().map(|stub| stub.anchor.clone()));
                anchors
            }
            Self::Level { ladder, level, .. } => {
                let mut anchors = level_anchors(&site.ladders[ladder], level);
                anchors.extend(site.history.stubs_of_level(ladder, level).iter().map(|stub| stub.anchor.clone()));
                anchors
            }
            Self::Matrix { ladder, .. } => {
                let of = &site.ladders[ladder];
                let lent = site.kinship.line(ladder).flat_map(|base| &site.ladders[base].categories);
                let categories = of.categories.iter().chain(lent).map(|category| category_anchor(None, &category.id));
                let criteria = of.criteria.iter().map(|criterion| criterion.id.slug());
                let gone = site.history.stubs_of_matrix(ladder).into_iter().map(|stub| stub.anchor);
                categories.filter(|anchor| !anchor.is_empty()).chain(criteria).chain(gone).collect()
            }
            Self::Threads { ladder, .. } => {
                site.ladders[ladder].threads.iter().map(|thread| thread_anchor(&thread.key)).collect()
            }
            Self::Note { locale, note } | Self::NoteBeside { locale, note, .. } => {
                note_anchors(&site.notes[note].text.read(locale).0.sections)
            }
            Self::Glossary(_) => site.glossary.terms.iter().map(|term| term.anchor.clone()).collect(),
            _ => Vec::new(),
        }
    }
}

/// The anchor of a category: `knowledge` where it stands once, `l5-knowledge` where it stands below each level. Empty
/// for criteria without a category.
pub fn category_anchor(level: Option<&Level>, category: &str) -> String {
    level.map_or_else(|| category.to_ascii_lowercase(), |level| category_anchor_of(&level.slug, category))
}

/// The anchor of a category below a level, by its slug.
pub fn category_anchor_of(level: &str, category: &str) -> String {
    if category.is_empty() { String::new() } else { format!("{level}-{}", category.to_ascii_lowercase()) }
}

/// The anchor of a thread on the page of threads: its key, which is ASCII, in lower case.
pub fn thread_anchor(key: &str) -> String {
    key.to_ascii_lowercase()
}

/// The anchors of the sections of prose of a ladder in one locale, in the order of [`Ladder::prose`].
pub fn prose_anchors(ladder: &Ladder, locale: LocaleIndex) -> Vec<String> {
    let mut anchors = Anchors { taken: fixed_anchors(ladder).into_iter().collect() };
    ladder.prose.read(locale).0.iter().map(|prose| anchors.add(&prose.title)).collect()
}

/// The anchors of a note's headings: one for each section that has a heading, in their order.
pub fn note_anchors(sections: &[Section]) -> Vec<String> {
    let mut anchors = Anchors::default();
    sections.iter().filter_map(|section| Some(anchors.add(&section.heading.as_ref()?.text.plain()))).collect()
}

/// The anchors of a whole ladder that are the same in every language.
pub(super) fn fixed_anchors(ladder: &Ladder) -> Vec<String> {
    let mut anchors: Vec<_> = ladder.criteria.iter().map(|criterion| criterion.id.slug()).collect();
    for (at, level) in ladder.levels.iter().enumerate() {
        anchors.push(level.slug.clone());
        anchors.extend(categories_of(ladder, at, Some(level)));
    }
    anchors
}

/// The anchors of what stands on the page of a level.
pub(super) fn level_anchors(ladder: &Ladder, level: usize) -> Vec<String> {
    let mut anchors = categories_of(ladder, level, None);
    let shown = |criterion: &&Criterion| {
        criterion.level == level || ladder.inherited_by(level).any(|lower| lower == criterion.level)
    };
    anchors.extend(ladder.criteria.iter().filter(shown).map(|criterion| criterion.id.slug()));
    anchors
}

/// The anchors of the categories that a level has.
fn categories_of(ladder: &Ladder, level: usize, within: Option<&Level>) -> Vec<String> {
    let anchors = ladder.categories_of(level).into_iter().map(|at| category_anchor(within, &ladder.categories[at].id));
    anchors.filter(|anchor| !anchor.is_empty()).collect()
}

/// Anchors for texts, each of them only once.
#[derive(Debug, Default)]
struct Anchors {
    taken: HashSet<String>,
}

impl Anchors {
    /// The anchor for a text. If others have it already, a number is added: `-2`, `-3`.
    fn add(&mut self, text: &str) -> String {
        let wanted = heading_anchor(text);
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let mut candidates = std::iter::once(wanted.clone()).chain(numbered);
        let free = candidates.find(|anchor| !self.taken.contains(anchor)).unwrap_or(wanted);
        self.taken.insert(free.clone());
        free
    }
}

/// The anchor for a heading: its letters and digits, of whatever script, in lower case, with single hyphens between
/// words. The theme's own anchors begin with `_`, which none of these do.
pub fn heading_anchor(text: &str) -> String {
    let mut anchor = String::with_capacity(text.len());
    for c in text.nfc().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || (is_combining_mark(c) && !anchor.is_empty() && !anchor.ends_with('-')) {
            anchor.push(c);
        } else if !anchor.is_empty() && !anchor.ends_with('-') {
            anchor.push('-');
        }
    }
    anchor.truncate(anchor.trim_end_matches('-').len());
    if anchor.is_empty() { "section".to_owned() } else { anchor }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_keep_letters_of_every_script() {
        assert_eq!(heading_anchor("What to put in?"), "what-to-put-in");
        assert_eq!(heading_anchor("  任何格式：都可以 (2)"), "任何格式-都可以-2");
        assert_eq!(heading_anchor("Über Cafe\u{301}s"), "über-cafés");
        assert_eq!(heading_anchor("…"), "section");
    }

    #[test]
    fn anchors_for_equal_texts_are_numbered() {
        let mut anchors = Anchors::default();
        let given: Vec<_> = ["Maps", "Maps 2", "maps!", "Maps"].iter().map(|text| anchors.add(text)).collect();
        assert_eq!(given, ["maps", "maps-2", "maps-3", "maps-4"]);
    }
}
