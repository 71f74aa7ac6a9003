//! What a file of a translation lacks of the structure of its source, and where it belongs.
//!
//! [`start`](super::start()) adds all of it, and an import as much as its messages need. What is added says nothing yet:
//! headings without words, items with nothing but their ids. It stands behind what precedes it in the source.

use std::collections::{HashMap, HashSet};

use camino::Utf8Path;

use super::passage::{Passage, PieceText};
use super::{TextId, Translations};
use crate::diagnostic::Problems;
use crate::handle::{CategoryIndex, CriterionIndex, LadderIndex, LevelIndex, NoteIndex};
use crate::locale::LocaleIndex;
use crate::model::{Category, Ladder, Level, Note, Site};
use crate::parse::{self, Outline, OutlineCategory, OutlineCriterion, OutlineLevel, Part};
use crate::register::items::LadderItems;
use crate::text::{Edit, Span, line_end, line_start, next_line, slice};

/// Something that a file lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gap {
    /// What it is, for people: `EN-011`, `level L3`.
    pub(crate) what: String,
    /// The insertion that fills it with something that says nothing yet.
    pub(crate) edit: Edit,
}

/// The parts of a ladder that a file has to have.
#[derive(Debug, Default)]
pub(crate) struct Needed {
    is_all: bool,
    has_heading: bool,
    levels: HashSet<LevelIndex>,
    categories: HashSet<(LevelIndex, CategoryIndex)>,
    criteria: HashSet<CriterionIndex>,
    sections: HashSet<usize>,
}

impl Needed {
    /// All parts that the source has.
    pub(crate) fn all() -> Self {
        Self { is_all: true, ..Self::default() }
    }

    /// The parts in which texts of a ladder stand.
    pub(crate) fn by(site: &Site, ladder: LadderIndex, texts: impl IntoIterator<Item = TextId>) -> Self {
        let mut needed = Self::default();
        let ladder_data = &site[ladder];
        for text in texts {
            match text {
                TextId::Heading(_) => needed.has_heading = true,
                TextId::Level(at) => needed.level(at.level),
                TextId::Category(at) => {
                    let has_it = |level: &LevelIndex| ladder_data.categories_of(*level).contains(&at.category);
                    let first = ladder_data.levels.keys().find(has_it);
                    first.into_iter().for_each(|level| needed.category(level, at.category));
                }
                TextId::Criterion(at) => {
                    let criterion = &ladder_data.criteria[at.criterion];
                    needed.category(criterion.level, criterion.category);
                    needed.criteria.insert(at.criterion);
                }
                TextId::Piece { passage: Passage::Summary(at), .. } => needed.level(at.level),
                TextId::Piece { passage: Passage::Category { level, category, .. }, .. } => {
                    needed.category(level, category);
                }
                TextId::Piece { passage: passage @ Passage::Sections { .. }, at } => {
                    needed
                        .sections
                        .extend(passage.pieces(site, LocaleIndex::SOURCE).get(at).map(|piece| piece.section));
                }
                TextId::Ladder(_)
                | TextId::Thread(_)
                | TextId::Note(_)
                | TextId::NoteSummary(_)
                | TextId::Piece { .. } => {}
            }
        }
        needed
    }

    fn level(&mut self, level: LevelIndex) {
        self.levels.insert(level);
    }

    fn category(&mut self, level: LevelIndex, category: CategoryIndex) {
        self.level(level);
        self.categories.insert((level, category));
    }
}

/// Returns what a ladder's file lacks, in the order of the source. `translations` are those of the locale that the file
/// is of, if the site has it already.
pub(crate) fn ladder_gaps(
    site: &Site,
    ladder: LadderIndex,
    (path, text): (&Utf8Path, &str),
    translations: Option<(&Translations, LocaleIndex)>,
    needed: &Needed,
) -> Vec<Gap> {
    let file = LadderItems::read(path.to_owned(), text.to_owned());
    let front_matter = parse::front_matter(path, text).span.end;
    let walk = LadderWalk {
        ladder: &site[ladder],
        sections: sections(site, ladder, file.outline(), translations),
        own_locale: translations.map(|(_, locale)| locale),
        parts: parts(text, file.outline()),
        written: written(file.outline()),
        outline: file.outline(),
        text,
        needed,
        cursor: slice(text, ..front_matter).trim_end().len(),
        gaps: Vec::new(),
    };
    walk.gaps()
}

/// For each section of the source, returns its place among those of a file.
fn sections(
    site: &Site,
    ladder: LadderIndex,
    outline: &Outline,
    translations: Option<(&Translations, LocaleIndex)>,
) -> HashMap<usize, usize> {
    let passage = Passage::Sections { ladder };
    let source = passage.pieces(site, LocaleIndex::SOURCE);
    let own = translations.map(|(_, locale)| passage.pieces(site, locale)).unwrap_or_default();
    let Some((translations, locale)) = translations.filter(|_| !own.is_empty()) else {
        // Sections that say nothing yet stand as they do in the source.
        return (0..outline.sections().count()).map(|at| (at, at)).collect();
    };
    let rows = translations.rows(passage, locale).iter();
    let pairs =
        rows.filter_map(|row| Some((source.get(row.source.start)?.section, own.get(row.own.clone())?.first()?)));
    pairs.map(|(section, piece)| (section, piece.section)).collect()
}

/// Returns the bytes of each part of a file, without the blank lines behind it.
fn parts(text: &str, outline: &Outline) -> Vec<Span> {
    let starts = outline.parts.iter().map(|part| match part {
        Part::Level(level) => heading(text, &level.span).start,
        Part::Prose(prose) => heading(text, &prose.title.span).start,
    });
    extents(text, starts.collect(), text.len())
}

/// Returns where each part ends that begins at one of these places, the last of them at `end`.
fn extents(text: &str, starts: Vec<usize>, end: usize) -> Vec<Span> {
    let ends = starts.iter().skip(1).copied().chain([end]).collect::<Vec<_>>();
    let trimmed = starts.into_iter().zip(ends).map(|(start, end)| {
        let end = end.max(start);
        start..start + slice(text, start..end).trim_end().len()
    });
    trimmed.collect()
}

/// Returns the lines of a heading, by the place of its words.
pub(crate) fn heading(text: &str, words: &Span) -> Span {
    // An empty heading is known to end where the next line begins.
    let at = if words.is_empty() { slice(text, ..words.start).trim_end().len() } else { words.start };
    let (start, end) = (line_start(text, at), line_end(text, at.max(words.end.min(line_end(text, at)))));
    let below = next_line(text, end);
    let underline = slice(text, below..line_end(text, below)).trim();
    let is_underlined = !underline.is_empty()
        && !slice(text, start..end).trim_start().starts_with('#')
        && (underline.chars().all(|c| c == '=') || underline.chars().all(|c| c == '-'));
    start..start + slice(text, start..if is_underlined { line_end(text, below) } else { end }).trim_end().len()
}

/// Returns the criteria that a file has, by their ids.
fn written(outline: &Outline) -> HashSet<String> {
    let criteria = outline.levels().flat_map(|level| &level.categories).flat_map(|category| &category.criteria);
    criteria.filter_map(|criterion| Some(criterion.attributes.id.as_ref()?.text.to_ascii_uppercase())).collect()
}

struct LadderWalk<'a> {
    ladder: &'a Ladder,
    sections: HashMap<usize, usize>,
    own_locale: Option<LocaleIndex>,
    outline: &'a Outline,
    parts: Vec<Span>,
    written: HashSet<String>,
    text: &'a str,
    needed: &'a Needed,
    /// Where the next thing belongs if the file lacks it.
    cursor: usize,
    gaps: Vec<Gap>,
}

impl LadderWalk<'_> {
    fn gaps(mut self) -> Vec<Gap> {
        self.title();
        let prose = self.ladder.prose.source();
        let after = |count: usize| prose.iter().enumerate().filter(move |(_, prose)| prose.after == count);
        after(0).for_each(|(at, _)| self.section(at));
        for level in self.ladder.levels.keys() {
            self.level(level);
            after(level.0 + 1).for_each(|(at, _)| self.section(at));
        }
        self.gaps
    }

    /// Adds something behind what precedes it.
    fn add(&mut self, what: impl Into<String>, text: &str) {
        let text = if self.cursor == 0 { format!("{text}\n\n") } else { format!("\n\n{text}") };
        self.gaps.push(Gap { what: what.into(), edit: Edit::insert(self.cursor, text) });
    }

    fn title(&mut self) {
        let has_title = self.ladder.heading_places.source() != self.ladder.title_places.source()
            && !self.ladder.heading_places.source().span().is_empty();
        if self.outline.title.is_none() && has_title && (self.needed.is_all || self.needed.has_heading) {
            let text = if self.cursor == 0 { "#\n\n" } else { "\n#" };
            self.gaps.push(Gap { what: "the heading".to_owned(), edit: Edit::insert(self.cursor, text) });
        }
        let above = self.parts.first().map_or(self.text.len(), |part| part.start);
        self.cursor = self.cursor.max(slice(self.text, ..above).trim_end().len());
    }

    fn section(&mut self, at: usize) {
        let is_prose = |(_, part): &(usize, &Part)| matches!(part, Part::Prose(_));
        let own = self.sections.get(&at).and_then(|&own| {
            self.outline.parts.iter().enumerate().filter(is_prose).nth(own).map(|(part, _)| self.parts[part].clone())
        });
        match own {
            Some(part) => self.cursor = part.end,
            None if self.needed.is_all || self.needed.sections.contains(&at) => {
                self.add(format!("section {}", at + 1), &self.marks());
            }
            None => {}
        }
    }

    /// Returns the signs before the headings of levels.
    fn marks(&self) -> String {
        let signs = self.parts.iter().map(|part| signs(self.text, part.start));
        signs.filter(|signs| !signs.is_empty()).max_by_key(|signs| signs.len()).unwrap_or("##").to_owned()
    }

    fn level(&mut self, at: LevelIndex) {
        let Level { id, was, .. } = &self.ladder.levels[at];
        let is_it = |own: &str| own.eq_ignore_ascii_case(id) || was.iter().any(|was| was == own);
        let own = self.outline.parts.iter().zip(&self.parts).find_map(|(part, span)| match part {
            Part::Level(level) if level.attributes.id.as_ref().is_some_and(|id| is_it(&id.text)) => {
                Some((level, span.clone()))
            }
            _ => None,
        });
        if own.is_none() {
            if !self.needed.is_all && !self.needed.levels.contains(&at) {
                return;
            }
            let code = self.ladder.levels[at].code();
            let code = if code.is_empty() { code } else { format!("{code} ") };
            self.add(format!("level {id}"), &format!("{} {code}{{#{id}}}", self.marks()));
        }
        let categories = own.as_ref().map_or_else(Vec::new, |(level, span)| self.categories(level, span));
        if let Some((_, span)) = &own {
            let below = categories.first().map_or(span.end, |(_, first)| first.start);
            self.cursor = span.start + slice(self.text, span.start..below).trim_end().len();
        }
        for category in self.ladder.categories_of(at) {
            self.category(at, category, &categories);
        }
        if let Some((_, span)) = own {
            self.cursor = span.end;
        }
    }

    /// Returns the categories of a level in the file with their bytes.
    fn categories<'o>(&self, level: &'o OutlineLevel, part: &Span) -> Vec<(&'o OutlineCategory, Span)> {
        let start = |category: &OutlineCategory| match category.title {
            Some(_) => heading(self.text, &category.span).start,
            None => line_start(self.text, category.span.start),
        };
        let starts = level.categories.iter().map(start).collect();
        level.categories.iter().zip(extents(self.text, starts, part.end)).collect()
    }

    fn category(&mut self, level: LevelIndex, at: CategoryIndex, own: &[(&OutlineCategory, Span)]) {
        let Category { id, was, title, .. } = &self.ladder.categories[at];
        let is_it = |own: &str| own.eq_ignore_ascii_case(id) || was.iter().any(|was| was == own);
        let found = own.iter().find(|(category, _)| match &category.title {
            Some(_) => category.attributes.id.as_ref().is_some_and(|id| is_it(&id.text)),
            None => id.is_empty(),
        });
        if found.is_none() {
            if !self.needed.is_all && !self.needed.categories.contains(&(level, at)) {
                return;
            }
            if !id.is_empty() {
                // It goes by one title on all levels.
                let title = self.own_locale.and_then(|locale| title.own(locale)).map_or("", String::as_str);
                let title = if title.is_empty() { String::new() } else { format!("{title} ") };
                let signs = own.iter().map(|(_, span)| signs(self.text, span.start)).find(|signs| !signs.is_empty());
                let signs = signs.map_or_else(|| format!("{}#", self.marks()), str::to_owned);
                let level = &self.ladder.levels[level].id;
                self.add(format!("category {id} of {level}"), &format!("{signs} {title}{{#{id}}}"));
            }
        }
        let mut previous: Option<&OutlineCriterion> = None;
        let criteria = self.ladder.criteria_of(level).filter(|(_, criterion)| criterion.category == at);
        for (criterion, criterion_data) in criteria {
            let id = criterion_data.id.to_string();
            let is_it = |own: &&OutlineCriterion| {
                own.attributes.id.as_ref().is_some_and(|own| own.text.eq_ignore_ascii_case(&id))
            };
            let here = found.and_then(|(category, _)| category.criteria.iter().find(is_it));
            if here.is_some() {
                previous = here;
            } else if !self.written.contains(&id.to_ascii_uppercase())
                && (self.needed.is_all || self.needed.criteria.contains(&criterion))
            {
                self.criterion(&id, found, previous);
            }
        }
        if let Some((_, span)) = found {
            self.cursor = span.end;
        }
    }

    /// Adds a criterion behind the one before it, or else before the first one of its category.
    fn criterion(
        &mut self,
        id: &str,
        category: Option<&(&OutlineCategory, Span)>,
        previous: Option<&OutlineCriterion>,
    ) {
        let end = |criterion: &OutlineCriterion| {
            let start = criterion.span.start;
            start + slice(self.text, start..criterion.span.end.max(start)).trim_end().len()
        };
        let between = if self.is_loose() { "\n\n" } else { "\n" };
        let edit = match (previous, category.and_then(|(category, _)| category.criteria.first())) {
            (Some(previous), _) => {
                let marker = marker(self.text, previous, 1);
                Edit::insert(end(previous), format!("{between}{marker} {{#{id}}}"))
            }
            (None, Some(first)) => {
                let marker = marker(self.text, first, 0);
                Edit::insert(line_start(self.text, first.span.start), format!("{marker} {{#{id}}}{between}"))
            }
            (None, None) => {
                let at = category.map_or(self.cursor, |(_, span)| span.end);
                // Items of a list that has just begun stand as loosely as others.
                Edit::insert(at, format!("\n\n- {{#{id}}}"))
            }
        };
        self.gaps.push(Gap { what: id.to_owned(), edit });
    }

    /// Returns whether blank lines stand between the items of this file.
    fn is_loose(&self) -> bool {
        let lists = self.outline.levels().flat_map(|level| &level.categories).map(|category| &category.criteria);
        let second = lists.flat_map(|criteria| criteria.get(1)).next();
        let above = second.map_or("", |item| slice(self.text, ..line_start(self.text, item.span.start)));
        above.ends_with("\n\n") || above.ends_with("\n\r\n")
    }
}

/// Returns the signs of a heading that begins at a place.
fn signs(text: &str, at: usize) -> &str {
    let line = slice(text, at..line_end(text, at)).trim_start();
    slice(line, ..line.len() - line.trim_start_matches('#').len())
}

/// Returns the marker of an item with what stands before it, or of the item that comes so many behind it.
fn marker(text: &str, item: &OutlineCriterion, behind: u64) -> String {
    let start = line_start(text, item.span.start);
    let line = slice(text, start..line_end(text, start));
    let words = line.trim_start();
    let indent = slice(line, ..line.len() - words.len());
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let sign = words.chars().nth(digits).filter(|sign| "-*+.)".contains(*sign)).unwrap_or('-');
    match slice(words, ..digits).parse::<u64>() {
        Ok(number) => format!("{indent}{}{sign}", number.saturating_add(behind)),
        Err(_) => format!("{indent}{sign}"),
    }
}

/// Returns the headings that a note's file lacks. It says something already.
pub(crate) fn note_gaps(
    site: &Site,
    note: NoteIndex,
    text: &str,
    (translations, locale): (&Translations, LocaleIndex),
) -> Vec<Gap> {
    let passage = Passage::Note { note };
    let (source, own) = (passage.pieces(site, LocaleIndex::SOURCE), passage.pieces(site, locale));
    let path = site[note].text.own(locale).map(|text| text.path.as_path()).unwrap_or(Utf8Path::new(""));
    let mut cursor = parse::front_matter(path, text).span.end.saturating_sub(1);
    let mut gaps = Vec::new();
    for row in translations.rows(passage, locale) {
        if let Some(last) = own.get(row.own.clone()).and_then(<[_]>::last) {
            cursor = end_of_block(text, &last.span);
            continue;
        }
        for piece in source.get(row.source.clone()).unwrap_or_default() {
            if let PieceText::Heading(heading) = piece.text {
                let signs = "#".repeat(heading.depth.into());
                let what = format!("heading {}", piece.position);
                gaps.push(Gap { what, edit: Edit::insert(cursor, format!("\n\n{signs}")) });
            }
        }
    }
    gaps
}

/// Returns the text below the front matter of a note that says nothing yet but what `said` returns: for headings their
/// words, for blocks their Markdown.
pub(crate) fn note_body(site: &Site, note: NoteIndex, said: impl Fn(usize) -> Option<String>) -> String {
    let mut body = String::new();
    for (at, piece) in (Passage::Note { note }).pieces(site, LocaleIndex::SOURCE).iter().enumerate() {
        let block = match piece.text {
            PieceText::Heading(heading) => {
                let signs = "#".repeat(heading.depth.into());
                said(at).map_or_else(|| signs.clone(), |words| format!("{signs} {words}"))
            }
            PieceText::Title(_) => continue,
            PieceText::Block(_) => match said(at) {
                Some(block) => block,
                None => continue,
            },
        };
        body.push_str(&format!("\n{block}\n"));
    }
    body
}

/// Returns whether a file of a note has all headings that it would have if it were started now.
pub(crate) fn is_blank_note(path: &Utf8Path, text: &str, note: &Note) -> bool {
    let document = parse::parse(path, text, &Problems::default());
    let depths = |sections: &[parse::Section]| {
        sections.iter().filter_map(|section| Some(section.heading.as_ref()?.depth)).collect::<Vec<_>>()
    };
    depths(&document.sections) == depths(&note.text.source().sections)
}

/// Returns whether the file of a note has nothing below its front matter but headings without words.
pub(crate) fn says_nothing(path: &Utf8Path, text: &str) -> bool {
    let below = parse::front_matter(path, text).span.end;
    slice(text, below..).chars().all(|c| c == '#' || c.is_whitespace())
}

/// Returns where a block ends, without the empty lines behind it. A heading ends with its lines.
pub(crate) fn end_of_block(text: &str, span: &Span) -> usize {
    match span.is_empty() {
        true => heading(text, span).end,
        false => line_end(text, span.start + slice(text, span.clone()).trim_end().len()),
    }
}
