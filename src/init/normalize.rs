//! From documents as they are found to one list of levels.

use std::collections::BTreeSet;

use camino::Utf8Path;

use super::coverage::Reason;
use super::draft::{FoundDocument, TextDraft};
use super::front::{self, Front};
use super::{paragraphs, table};
use crate::diagnostic::{Place, Problems};
use crate::parse::{self, Heading, Outline};
use crate::text::{Edit, line_end, slice};

/// A change to a document besides giving it ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Normalization {
    /// Several files are one.
    Joined,
    /// Tables are lists.
    Tables,
    /// Paragraphs are items of lists.
    Paragraphs,
    /// Links from file to file were removed.
    Unlinked,
}

impl Normalization {
    /// Returns the description of the change for the person who runs the program.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Joined => "The files of its levels were put into one, with their headings one deeper.",
            Self::Tables => "Its tables became headings and lists.",
            Self::Paragraphs => "Its paragraphs became items of lists.",
            Self::Unlinked => "Links from file to file were left out, since the site has its own.",
        }
    }
}

/// A ladder in one language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shaped {
    /// Without front matter.
    pub(crate) draft: TextDraft,
    pub(crate) title: Option<String>,
    /// The front matter, if it is that of a ladder already.
    pub(crate) front: Option<TextDraft>,
    pub(crate) changes: BTreeSet<Normalization>,
    /// Places that are not taken over word by word.
    pub(crate) understood: Vec<Place>,
    /// Why some parts are left out.
    pub(crate) reasons: Vec<Reason>,
}

/// Returns the text of a document with blanks for its front matter, byte for byte.
pub(crate) fn body(found: FoundDocument<'_>, front: &Front) -> String {
    let blanks = slice(found.text, ..front.body).bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' });
    blanks.chain(slice(found.text, front.body..).chars()).collect()
}

pub(crate) fn outline(text: &str) -> Outline {
    parse::outline(parse::parse(Utf8Path::new(""), text, &Problems::default())).0
}

/// Returns whether a text has levels with criteria.
pub(crate) fn has_levels(text: &str) -> bool {
    outline(text).levels().any(|level| level.categories.iter().any(|category| !category.criteria.is_empty()))
}

/// Reads one document as a ladder. None if it has no levels.
pub(crate) fn one(found: FoundDocument<'_>) -> Option<Shaped> {
    let front = front::read(found);
    let text = body(found, &front);
    let mut shaped = Shaped::default();
    match table::restructure(found, &text, has_levels(&text)) {
        Some(tabled) if has_levels(&tabled.draft.text()) => {
            shaped.draft = tabled.draft;
            let cells = tabled.understood.into_iter().map(|span| Place::new(found.path, span));
            shaped.understood.extend(cells);
            shaped.reasons.extend(tabled.columns.into_iter().map(|span| Reason {
                place: Place::new(found.path, span),
                message: "the name of this column is that of no level and no category".to_owned(),
                help: "nothing is to be done, unless it says something that is said nowhere else".to_owned(),
            }));
            shaped.changes.insert(Normalization::Tables);
        }
        _ => {
            shaped.draft.copy(found, front.body..found.text.len());
            if paragraphs::itemise(&mut shaped.draft, front.by_paragraphs) {
                shaped.changes.insert(Normalization::Paragraphs);
            }
        }
    }
    let text = shaped.draft.text();
    // Any text has headings and paragraphs: one of them alone, unless it has a code or says so, is no ladder.
    let levels: Vec<_> = outline(&text).levels().map(|level| level.heading.codes.is_empty()).collect();
    let is_guess = shaped.changes.contains(&Normalization::Paragraphs) && !front.by_paragraphs;
    if !has_levels(&text) || (is_guess && levels == [true]) {
        return None;
    }
    shaped.front_matter(found, &front);
    shaped.title = front.title.or_else(|| outline(&text).title.map(|title| title.plain()));
    shaped.title = shaped.title.take().map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
    Some(shaped)
}

/// Reads the documents of levels, in their order, as one ladder, perhaps with one that comes before them.
pub(crate) fn folder(index: Option<FoundDocument<'_>>, members: &[FoundDocument<'_>]) -> Option<Shaped> {
    let mut shaped = Shaped::default();
    shaped.changes.insert(Normalization::Joined);
    if let Some(found) = index {
        let front = front::read(found);
        shaped.front_matter(found, &front);
        shaped.draft.copy(found, front.body..found.text.len());
        let document = parse::parse(found.path, &body(found, &front), &Problems::default());
        let first = document.sections.into_iter().find_map(|section| section.heading);
        shaped.title = front.title.or(first.map(|heading| heading.text.plain().trim().to_owned()));
    }
    for member in members {
        let (level, is_changed) = level(*member, &mut shaped);
        shaped.draft.part();
        shaped.draft.append(level);
        if is_changed {
            shaped.changes.insert(Normalization::Paragraphs);
        }
    }
    has_levels(&shaped.draft.text()).then_some(shaped)
}

/// Returns one document as one level: its first heading at the second depth, all others below it.
fn level(found: FoundDocument<'_>, shaped: &mut Shaped) -> (TextDraft, bool) {
    let front = front::read(found);
    let document = parse::parse(found.path, &body(found, &front), &Problems::default());
    shaped.understood.extend(front.understood.iter().map(|span| Place::new(found.path, span.clone())));
    let headed = document.sections.iter().filter_map(|section| Some((section.heading.as_ref()?, section.span.start)));
    let headings: Vec<(&Heading, usize)> = headed.collect();
    let top = headings.first().map_or(0, |(heading, _)| heading.depth);
    let is_titled = headings.iter().filter(|(heading, _)| heading.depth <= top).count() == 1 || front.title.is_none();
    let mut draft = TextDraft::default();
    draft.copy(found, front.body..found.text.len());
    let shallowest = headings.iter().skip(usize::from(is_titled)).map(|(heading, _)| heading.depth).min().unwrap_or(3);
    let edits = headings.iter().enumerate().flat_map(|(at, &(heading, start))| {
        let depth = if at == 0 && is_titled { 2 } else { 3 + heading.depth.saturating_sub(shallowest) };
        deepened(found, heading, start, depth.min(6), front.body)
    });
    draft.edit(edits.collect());
    let mut whole = TextDraft::default();
    if !is_titled || headings.is_empty() {
        let name = front.title.as_deref().or(found.path.file_stem()).unwrap_or_default();
        whole.add(format!("## {name}\n\n"));
    }
    whole.append(draft);
    let is_changed = paragraphs::itemise(&mut whole, front.by_paragraphs);
    (whole, is_changed)
}

/// Returns the edits that set the depth of a heading, in a text that begins after the front matter.
fn deepened(found: FoundDocument<'_>, heading: &Heading, start: usize, depth: u8, body: usize) -> Vec<Edit> {
    let written = slice(found.text, start..).trim_start_matches([' ', '\t']);
    let at = found.text.len() - written.len() - body;
    let hashes = written.bytes().take_while(|&byte| byte == b'#').count();
    let new = "#".repeat(depth.into());
    if hashes == usize::from(heading.depth) {
        return vec![Edit::replace(at..at + hashes, new)];
    }
    // The line below the words is what makes them a heading.
    let end = heading.text.span.end.max(start);
    let Some(line) = slice(found.text, end..).find('\n').map(|line| end + line + 1) else { return Vec::new() };
    let underline = line_end(found.text, line);
    vec![Edit::insert(at, format!("{new} ")), Edit::delete(line - body..underline - body)]
}

impl Shaped {
    fn front_matter(&mut self, found: FoundDocument<'_>, front: &Front) {
        self.understood.extend(front.understood.iter().map(|span| Place::new(found.path, span.clone())));
        if let Some(span) = &front.ladder {
            let mut draft = TextDraft::default();
            draft.copy(found, span.clone());
            self.front = Some(draft);
        }
    }
}
