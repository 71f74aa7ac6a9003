//! All texts of a site, wherever they stand.

use camino::Utf8Path;
use rayon::prelude::*;

use crate::diagnostic::{Place, Span};
use crate::handle::LadderIndex;
use crate::locale::LocaleIndex;
use crate::model::{Ladder, Note, Site};
use crate::parse::{Inline, visit_inlines, visit_nested};
use crate::work;

/// A file of the site: what a locale itself says of a ladder, or in a note.
#[derive(Clone, Copy)]
pub(crate) struct CheckedFile<'a> {
    pub(crate) path: &'a Utf8Path,
    pub(crate) locale: LocaleIndex,
    /// The place of the ladder in [`Site::ladders`]. None for a note.
    pub(crate) ladder: Option<LadderIndex>,
    content: TextSubject<'a>,
}

#[derive(Clone, Copy)]
enum TextSubject<'a> {
    Ladder(&'a Ladder),
    Note(&'a Note),
}

impl<'a> CheckedFile<'a> {
    pub(crate) fn place(&self, span: &Span) -> Place {
        Place::new(self.path, span.clone())
    }

    /// Calls `visit` with every inline, outer ones before those within them.
    fn visit(&self, visit: &mut dyn FnMut(&'a Inline)) {
        match self.content {
            TextSubject::Ladder(ladder) => visit_ladder(ladder, self.locale, visit),
            TextSubject::Note(note) => {
                for section in note.text.own(self.locale).iter().flat_map(|text| &text.sections) {
                    section.heading.iter().for_each(|heading| visit_nested(&heading.text.inlines, visit));
                    visit_inlines(&section.blocks, visit);
                }
            }
        }
    }
}

fn visit_ladder<'a>(ladder: &'a Ladder, locale: LocaleIndex, visit: &mut dyn FnMut(&'a Inline)) {
    ladder.preface.own(locale).iter().for_each(|blocks| visit_inlines(blocks, visit));
    ladder.prose.own(locale).into_iter().flatten().for_each(|prose| visit_inlines(&prose.blocks, visit));
    for level in &ladder.levels {
        level.summary.own(locale).iter().for_each(|blocks| visit_inlines(blocks, visit));
        let prose = level.category_prose.own(locale).into_iter().flatten();
        prose.for_each(|(_, blocks)| visit_inlines(blocks, visit));
    }
    for text in ladder.criteria.iter().filter_map(|criterion| criterion.text.own(locale)) {
        visit_nested(&text.statement.inlines, visit);
        visit_inlines(&text.detail, visit);
    }
}

/// Returns all results of `find` on the inlines of the site, each with its file.
///
/// Files are gone through side by side; the findings come in the order of the files.
pub(crate) fn find<'a, T: Send>(
    site: &'a Site,
    find: impl Fn(&CheckedFile<'a>, &'a Inline) -> Option<T> + Sync,
) -> Vec<(CheckedFile<'a>, T)> {
    let found = files(site).into_par_iter().flat_map_iter(|file| {
        work::count("check");
        let mut found = Vec::new();
        file.visit(&mut |inline| found.extend(find(&file, inline).map(|finding| (file, finding))));
        found
    });
    found.collect()
}

/// Returns the files of the ladders and notes of a site.
pub(super) fn files(site: &Site) -> Vec<CheckedFile<'_>> {
    let mut files = Vec::new();
    for locale in site.config.locale_indices() {
        for (at, ladder) in site.ladders.iter_enumerated() {
            let content = TextSubject::Ladder(ladder);
            files.extend(ladder.files.own(locale).map(|path| CheckedFile { path, locale, ladder: Some(at), content }));
        }
        for note in &site.notes {
            let content = TextSubject::Note(note);
            files.extend(note.text.own(locale).map(|text| CheckedFile {
                path: &text.path,
                locale,
                ladder: None,
                content,
            }));
        }
    }
    files
}
