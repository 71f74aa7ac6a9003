//! Documents that hold one level each, as one ladder.

use std::rc::Rc;

use super::draft::{FoundDocument, TextDraft};
use super::naming::title_of;
use super::navigation::{cut, leads_on};
use super::normalize::{FoundPage, Normalization, Reader, Shaped, outline};
use super::page::DraftPage;
use super::paragraphs;
use super::statements::statements;
use crate::diagnostic::Place;
use crate::parse::Heading;
use crate::text::{Edit, line_end, slice};

/// Reads the documents of levels, in their order, as one ladder, perhaps with one that comes before them.
pub(crate) fn joined(
    index: Option<FoundDocument<'_>>,
    members: &[FoundDocument<'_>],
    reader: &Reader,
) -> Option<Shaped> {
    let mut shaped = Shaped::default();
    shaped.changes.insert(Normalization::Joined);
    if let Some(found) = index {
        let read = reader.page(found);
        shaped.front_matter(found, &read.front);
        shaped.understood.extend(read.tags.iter().chain(&read.understood).cloned());
        let first = read.page.sections().iter().find_map(|section| section.heading.as_ref());
        let of_heading = first.map(|heading| heading.text.plain().trim().to_owned());
        shaped.title = read.front.title.clone().or(of_heading);
        shaped.draft.append(read.page.draft.clone());
    }
    let documents: Vec<_> =
        members.iter().map(|found| MemberPage { found: *found, read: reader.page(*found) }).collect();
    // A heading that all of them begin with names a category.
    let first = |document: &MemberPage<'_>| document.first().map(|heading| heading.text.plain());
    let is_shared = documents.len() > 1 && documents.windows(2).all(|pair| first(&pair[0]) == first(&pair[1]));
    for document in documents {
        shaped.statements.extend(statements(&document.read.page, document.read.front.by_paragraphs));
        let (level, is_changed) = document.level(is_shared, &mut shaped);
        shaped.draft.part();
        shaped.draft.append(level);
        if is_changed {
            shaped.changes.insert(Normalization::Paragraphs);
        }
    }
    shaped.lead(DraftPage::new(shaped.draft.clone(), &reader.names));
    let asks = outline(&shaped.draft.text()).levels().any(|level| !level.categories.is_empty());
    asks.then_some(shaped)
}

/// The document of one level.
struct MemberPage<'a> {
    found: FoundDocument<'a>,
    read: Rc<FoundPage>,
}

impl MemberPage<'_> {
    fn headings(&self) -> Vec<(&Heading, usize)> {
        let sections = self.read.page.sections().iter();
        sections.filter_map(|section| Some((section.heading.as_ref()?, section.span.start))).collect()
    }

    fn first(&self) -> Option<&Heading> {
        self.headings().first().map(|(heading, _)| *heading)
    }

    /// Returns the document as a level: its first heading at the second depth, all others below it. A document whose
    /// headings are all categories is called as its front matter or its file says.
    fn level(self, is_shared: bool, shaped: &mut Shaped) -> (TextDraft, bool) {
        let places = self.read.front.understood.iter().map(|span| Place::new(self.found.path, span.clone()));
        shaped.understood.extend(places.chain(self.read.tags.iter().chain(&self.read.understood).cloned()));
        if !self.read.tags.is_empty() {
            shaped.changes.insert(Normalization::Markup);
        }
        let headings = self.headings();
        let top = headings.first().map_or(0, |(heading, _)| heading.depth);
        let is_alone = headings.iter().filter(|(heading, _)| heading.depth <= top).count() == 1;
        let is_named = headings.first().is_some_and(|(heading, _)| self.read.page.is_level(&heading.text.plain()));
        let is_titled = is_alone && !is_shared && (is_named || headings.len() > 1 || self.read.front.title.is_none());
        let below = headings.iter().skip(usize::from(is_titled)).map(|(heading, _)| heading.depth);
        let shallowest = below.min().unwrap_or(3);
        let edits = headings.iter().enumerate().flat_map(|(at, &(heading, start))| {
            let depth = if at == 0 && is_titled { 2 } else { 3 + heading.depth.saturating_sub(shallowest) };
            deepened(&self.read.page.text, heading, start, depth.min(6))
        });
        let mut edits: Vec<_> = edits.collect();
        // Every file leads to the others, above its first category.
        let first = self.read.page.sections().iter().take(1 + usize::from(!headings.is_empty()));
        for block in first.flat_map(|section| &section.blocks).filter(|block| leads_on(block)) {
            edits.push(cut(&self.read.page.draft, block, &mut shaped.reasons));
            shaped.changes.insert(Normalization::Unlinked);
        }
        let mut whole = TextDraft::default();
        if !is_titled {
            let of_file = || title_of(self.found.path.file_stem().unwrap_or_default());
            whole.add(format!("## {}\n\n", self.read.front.title.clone().unwrap_or_else(of_file)));
        }
        let mut draft = self.read.page.draft.clone();
        draft.edit(edits);
        whole.append(draft);
        match paragraphs::itemised(&self.read.page.then(whole.clone()), self.read.front.by_paragraphs) {
            Some(itemised) => (itemised, true),
            None => (whole, false),
        }
    }
}

/// Returns the edits that set the depth of a heading.
fn deepened(text: &str, heading: &Heading, start: usize, depth: u8) -> Vec<Edit> {
    let written = slice(text, start..).trim_start_matches([' ', '\t']);
    let at = text.len() - written.len();
    let hashes = written.bytes().take_while(|&byte| byte == b'#').count();
    let new = "#".repeat(depth.into());
    if hashes == usize::from(heading.depth) {
        return vec![Edit::replace(at..at + hashes, new)];
    }
    // The line below the words is what makes them a heading.
    let end = heading.text.span.end.max(start);
    let Some(line) = slice(text, end..).find('\n').map(|line| end + line + 1) else { return Vec::new() };
    let underline = line_end(text, line);
    vec![Edit::insert(at, format!("{new} ")), Edit::delete(line..underline)]
}
