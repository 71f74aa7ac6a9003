//! From documents as they are found to one list of levels.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use camino::{Utf8Path, Utf8PathBuf};

use super::coverage::{Reason, criteria};
use super::draft::{FoundDocument, TextDraft};
use super::front::{self, Front};
use super::page::{DraftPage, LevelNames};
use super::statements::statements;
use super::table::joined_names;
use super::tidy::{ticks, tidied};
use super::{competency, csv, index, labelled, leading, markup, nested, numbered, paragraphs, table, tracks, wished};
use crate::diagnostic::{Place, Problems};
use crate::parse::{self, Outline, OutlineLevel};
use crate::text::Edit;

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
    /// HTML is Markdown.
    Markup,
    /// Levels stand above competencies.
    Turned,
    /// The first words of items are headings.
    Labels,
    /// Codes of a table stand before the names of levels.
    Coded,
    /// Lists within lists are headings.
    Nested,
    /// Labels of lists are headings.
    Unlabelled,
    /// Links lead to what documents and headings have become.
    Relinked,
}

impl Normalization {
    /// Returns the description of the change in English and in Chinese.
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Joined => (
                "The files of its levels were joined into one, with their headings one level deeper.",
                "各職級的檔案合併為一個檔案，標題隨之降一層。",
            ),
            Self::Tables => ("Its tables became headings and lists.", "表格改為標題與清單。"),
            Self::Paragraphs => ("Its paragraphs became items of lists.", "段落改為清單項目。"),
            Self::Markup => ("Its HTML became Markdown.", "HTML改為Markdown。"),
            Self::Turned => (
                "Its levels, which were below competencies, were moved above them.",
                "原本列在各能力項目之下的職級，改列在能力項目之上。",
            ),
            Self::Labels => ("The first words of its items became headings.", "項目開頭的名稱改為標題。"),
            Self::Nested => {
                ("Its levels, which were items of a list, became headings.", "原本是清單項目的職級改為標題。")
            }
            Self::Unlabelled => {
                ("Its levels, which were labels of lists, became headings.", "原本是清單標籤的職級改為標題。")
            }
            Self::Relinked => (
                "Links between its files and to its headings lead to the pages of the site.",
                "檔案之間與指向標題的連結改為指向網站的頁面。",
            ),
            Self::Coded => {
                ("The codes in its table of levels were put before their names.", "職級名稱前加上職級表中的代號。")
            }
            Self::Unlinked => (
                "Links from file to file were left out, since the site has its own.",
                "檔案之間的連結未收錄，因為網站另有導覽。",
            ),
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
    /// Names that are taken over once for all places where they stand.
    pub(crate) repeated: Vec<Place>,
    /// Why some parts are left out.
    pub(crate) reasons: Vec<Reason>,
    /// Where the statements stand that a person counts in it.
    pub(crate) statements: Vec<Place>,
    /// The levels of another reading that is nearly as good.
    pub(crate) other_levels: Vec<String>,
    /// The title of the document, if it holds several ladders.
    pub(crate) title_of_all: Option<String>,
}

pub(crate) fn outline(text: &str) -> Outline {
    parse::outline(parse::parse(Utf8Path::new(""), text, &Problems::default())).0
}

/// Returns whether an outline has levels with criteria.
fn asks(outline: &Outline) -> bool {
    outline.levels().any(|level| level.categories.iter().any(|category| !category.criteria.is_empty()))
}

fn page(found: FoundDocument<'_>, names: &Rc<LevelNames>) -> FoundPage {
    let is_table = csv::is_table(found.path);
    let front = if is_table { Front::default() } else { front::read(found) };
    let mut draft = TextDraft::default();
    match is_table {
        true => draft = csv::draft(found),
        false => draft.copy(found, front.body..found.text.len()),
    }
    let page = DraftPage::new(draft, names);
    let (page, tags) = match markup::unmarked(&page) {
        Some(unmarked) => {
            let tags = unmarked.tags.into_iter().flat_map(|span| page.places(span)).collect();
            (page.then(unmarked.draft), tags)
        }
        None => (page, Vec::new()),
    };
    let ticks = ticks(&page).into_iter().flat_map(|span| page.places(span)).collect();
    let mut edits = tidied(&page);
    edits.extend(numbered::named(&page));
    let page = page.edited(edits).unwrap_or(page);
    let joined = joined_names(&page);
    let mut understood: Vec<_> = joined.iter().flat_map(|edit| page.places(edit.span.clone())).collect();
    let page = page.edited(joined).unwrap_or(page);
    let before = numbered::before_names(&page);
    understood.extend(before.iter().flat_map(|span| page.places(span.clone())));
    let page = page.edited(before.into_iter().map(Edit::delete).collect()).unwrap_or(page);
    FoundPage { front, page, tags, understood, ticks }
}

/// Reads documents, each of them once.
pub(crate) struct Reader {
    pub(crate) names: Rc<LevelNames>,
    pages: RefCell<HashMap<Utf8PathBuf, Rc<FoundPage>>>,
    ladders: RefCell<HashMap<Utf8PathBuf, Vec<Shaped>>>,
}

/// A document as it is read first.
#[derive(Debug)]
pub(crate) struct FoundPage {
    pub(crate) front: Front,
    /// The text behind the front matter, with its HTML as Markdown.
    pub(crate) page: DraftPage,
    /// Where its tags were written.
    pub(crate) tags: Vec<Place>,
    /// What stood before names in its headings.
    pub(crate) understood: Vec<Place>,
    /// The ticked boxes that stood before its items.
    pub(crate) ticks: Vec<Place>,
}

impl Reader {
    pub(crate) fn new(names: LevelNames) -> Self {
        Self { names: Rc::new(names), pages: RefCell::default(), ladders: RefCell::default() }
    }

    pub(crate) fn page(&self, found: FoundDocument<'_>) -> Rc<FoundPage> {
        if let Some(known) = self.pages.borrow().get(found.path) {
            return Rc::clone(known);
        }
        let page = Rc::new(page(found, &self.names));
        self.pages.borrow_mut().insert(found.path.to_owned(), Rc::clone(&page));
        page
    }

    /// Returns the ladders of a document.
    pub(crate) fn ladders(&self, found: FoundDocument<'_>) -> Vec<Shaped> {
        if let Some(known) = self.ladders.borrow().get(found.path) {
            return known.clone();
        }
        let ladders = ladders(found, &self.page(found));
        self.ladders.borrow_mut().insert(found.path.to_owned(), ladders.clone());
        ladders
    }
}

/// Reads one document as a ladder, or as several. Empty if it has no levels.
fn ladders(found: FoundDocument<'_>, read: &FoundPage) -> Vec<Shaped> {
    let FoundPage { front, page, tags, understood, ticks } = read;
    let whole = || vec![page.clone()];
    let (pages, around) = match tracks::split(page) {
        Some(tracks) => (tracks.ladders.into_iter().map(|draft| page.then(draft)).collect(), tracks.around),
        None => (whole(), Vec::new()),
    };
    let is_split = pages.len() > 1;
    let mut ladders: Vec<Shaped> = pages.iter().filter_map(|page| chosen(page, front, is_split)).collect();
    if is_split && ladders.len() < 2 {
        ladders = chosen(page, front, false).into_iter().collect();
    }
    let is_split = ladders.len() > 1;
    let title = page.sections().iter().find_map(|section| section.heading.as_ref());
    let title = title.filter(|title| is_split && around.iter().any(|span| span.contains(&title.text.span.start)));
    if let Some((first, title)) = ladders.first_mut().zip(title) {
        first.title_of_all = Some(title.text.plain().trim().to_owned());
        first.understood.extend(page.places(title.text.span.0.clone()));
    }
    for shaped in &mut ladders {
        shaped.title = shaped.title.take().map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
        if !tags.is_empty() {
            shaped.changes.insert(Normalization::Markup);
        }
    }
    let mut statements_of_all = statements(page, front.by_paragraphs);
    statements_of_all.retain(|place| !ladders.iter().any(|shaped| shaped.statements.contains(place)));
    if let Some(first) = ladders.first_mut() {
        first.understood.extend(tags.iter().chain(understood).cloned());
        first.front_matter(found, front);
        // What stands around the ladders is counted with the first one.
        first.statements.extend(statements_of_all);
        let reasons = around.into_iter().filter(|_| is_split).flat_map(|span| page.places(span)).map(|place| Reason {
            place,
            message: "this does not belong to any ladder in its document".to_owned(),
            help: "if it explains them, make it a note: put it in `notes/` with a title between two +++ lines"
                .to_owned(),
        });
        first.reasons.extend(reasons);
        first.reasons.extend(ticks.iter().map(|place| Reason {
            place: place.clone(),
            message: "this tick was left out".to_owned(),
            help: "use a worksheet to record who meets what: `rungs worksheet` writes one".to_owned(),
        }));
    }
    ladders
}

/// One way to read a page, and what comes of it.
struct Candidate {
    shaped: Shaped,
    outline: Outline,
    /// The names of its levels.
    levels: Vec<String>,
    score: f64,
}

/// The ways to read a page: each gives what it makes of the page, or None where it makes nothing.
const WAYS: [fn(&DraftPage, &Front) -> Option<Shaped>; 5] =
    [by_headings, by_tables, by_competencies, by_labels, by_nested_lists];

/// Two readings are near if the score of the second is this part of that of the first.
const NEAR: f64 = 0.88;

/// Reads a page in every way, and chooses the one that makes criteria of most statements and has levels that are called
/// so.
fn chosen(page: &DraftPage, front: &Front, is_track: bool) -> Option<Shaped> {
    let statements = statements(page, front.by_paragraphs);
    let mut candidates = candidates(page, front, &statements).into_iter();
    let first = candidates.next()?;
    let (mut shaped, outline) = (first.shaped, first.outline);
    let near = candidates.find(|other| other.score >= first.score * NEAR && other.levels != first.levels);
    let near = near.map(|other| other.levels).or_else(|| near_depth(page));
    shaped.other_levels = near.filter(|names| can_be_wished(page, front, names)).unwrap_or_default();
    shaped.statements = statements;
    // Any text has headings and paragraphs: one of them alone, unless it has a code or says so, is no ladder.
    let is_guess = shaped.changes.contains(&Normalization::Paragraphs) && !front.by_paragraphs;
    let levels: Vec<_> = outline.levels().map(|level| level.heading.codes.is_empty()).collect();
    if is_guess && levels == [true] {
        return None;
    }
    let title = outline.title.map(|title| title.plain());
    shaped.title = if is_track { title } else { front.title.clone().or(title) };
    Some(shaped)
}

/// Returns the ways to read a page, the best first. Of two that are equally good, the one that changes less comes first.
fn candidates(page: &DraftPage, front: &Front, statements: &[Place]) -> Vec<Candidate> {
    let shaped = WAYS.iter().filter_map(|way| way(page, front));
    let mut candidates: Vec<_> = shaped.filter_map(|shaped| Candidate::judged(shaped, page, statements)).collect();
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    candidates
}

/// Whether these levels, and no others, are read where somebody names them.
fn can_be_wished(page: &DraftPage, front: &Front, levels: &[String]) -> bool {
    let is_plain = |name: &String| !name.contains([',', '"', '`', '$', '\\', '!']);
    let distinct: BTreeSet<_> = levels.iter().map(|name| name.to_lowercase()).collect();
    if page.names().are_wished() || distinct.len() < levels.len() || !levels.iter().all(is_plain) {
        return false;
    }
    let names = Rc::new(LevelNames::new(levels));
    let page = DraftPage::new(page.draft.clone(), &names);
    let best = candidates(&page, front, &statements(&page, front.by_paragraphs)).into_iter().next();
    best.is_some_and(|best| {
        best.levels.len() == levels.len() && best.levels.iter().all(|level| names.place(level).is_some())
    })
}

/// Returns the headings of the depth that nearly as much speaks for as for that of the levels.
fn near_depth(page: &DraftPage) -> Option<Vec<String>> {
    if page.names().are_wished() {
        return None;
    }
    let readings = page.outline().readings;
    let [first, second, ..] = readings.as_slice() else { return None };
    let headings = page.sections().iter().filter_map(|section| section.heading.as_ref());
    let of_depth = headings.filter(|heading| heading.depth == second.depth).map(|heading| heading.text.plain());
    let names: Vec<String> = of_depth.collect();
    (second.score >= first.score * NEAR && names.len() >= 2).then_some(names)
}

impl Candidate {
    /// Weighs what a way makes of a page. None if there is no level with criteria.
    fn judged(shaped: Shaped, page: &DraftPage, statements: &[Place]) -> Option<Self> {
        const PLACED: f64 = 100.0;
        const CALLED: f64 = 40.0;
        const SEVERAL: f64 = 20.0;
        let outline = outline(&shaped.draft.text());
        if !asks(&outline) {
            return None;
        }
        let criteria = criteria(&outline, &shaped.draft);
        let placed = statements.iter().filter(|place| criteria.contain(place)).count();
        let names: Vec<_> = outline.levels().map(OutlineLevel::name).collect();
        let called = names.iter().filter(|name| page.is_level(name)).count();
        let distinct = names.iter().collect::<BTreeSet<_>>().len();
        #[expect(clippy::cast_precision_loss, reason = "no document has so many statements")]
        let share = |some: usize, all: usize| some as f64 / all.max(1) as f64;
        // The same level twice is no level of a ladder.
        let score = PLACED * share(placed, statements.len())
            + CALLED * share(called, names.len())
            + SEVERAL * share(distinct.min(2), 2) * share(distinct, names.len());
        Some(Self { shaped, outline, levels: names, score })
    }
}

/// Levels are headings, and categories those below them or the first words of items.
fn by_headings(page: &DraftPage, front: &Front) -> Option<Shaped> {
    let mut page = page.clone();
    if page.names().are_wished() {
        page = page.then(wished::levels(&page)?);
    }
    let mut shaped = Shaped::default();
    if let Some(coded) = page.edited(index::codes(&page)) {
        page = coded;
        shaped.changes.insert(Normalization::Coded);
    }
    shaped.draft = page.draft.clone();
    let page = shaped.lead(page);
    shaped.itemise(&page, front);
    Some(shaped)
}

/// Levels and categories are rows and columns of tables.
fn by_tables(page: &DraftPage, _: &Front) -> Option<Shaped> {
    let tabled = table::restructure(page)?;
    let mut shaped = Shaped { draft: tabled.draft, ..Shaped::default() };
    shaped.understood = tabled.understood.into_iter().flat_map(|span| page.places(span)).collect();
    shaped.repeated = tabled.repeated.into_iter().flat_map(|span| page.places(span)).collect();
    let columns = tabled.columns.into_iter().flat_map(|span| page.places(span));
    shaped.reasons.extend(columns.map(|place| Reason {
        place,
        message: "the name of this column is not that of a level or a category".to_owned(),
        help: "you need not do anything, unless it says something that nothing else says".to_owned(),
    }));
    shaped.changes.insert(Normalization::Tables);
    Some(shaped)
}

/// Levels are labels of lists.
fn by_labels(page: &DraftPage, _: &Front) -> Option<Shaped> {
    let mut shaped = Shaped { draft: labelled::restructure(page)?, ..Shaped::default() };
    shaped.changes.insert(Normalization::Unlabelled);
    shaped.lead(page.then(shaped.draft.clone()));
    Some(shaped)
}

/// Levels are items of lists.
fn by_nested_lists(page: &DraftPage, _: &Front) -> Option<Shaped> {
    let unnested = nested::restructure(page)?;
    let mut shaped = Shaped { draft: unnested.draft, ..Shaped::default() };
    shaped.repeated = unnested.repeated.into_iter().flat_map(|span| page.places(span)).collect();
    shaped.changes.insert(Normalization::Nested);
    Some(shaped)
}

/// Levels stand below competencies.
fn by_competencies(page: &DraftPage, front: &Front) -> Option<Shaped> {
    let turned = competency::restructure(page)?;
    let mut shaped = Shaped { draft: turned.draft, ..Shaped::default() };
    shaped.repeated = turned.repeated.into_iter().flat_map(|span| page.places(span)).collect();
    shaped.changes.insert(Normalization::Turned);
    let page = page.then(shaped.draft.clone());
    shaped.itemise(&page, front);
    Some(shaped)
}

impl Shaped {
    /// Makes headings of the first words of items. Gives back the page as it is then; before, its text is this draft.
    pub(crate) fn lead(&mut self, page: DraftPage) -> DraftPage {
        let Some(led) = leading::restructure(&page) else { return page };
        self.repeated.extend(led.repeated.into_iter().flat_map(|span| self.draft.places(span)));
        self.changes.insert(Normalization::Labels);
        self.draft = led.draft;
        page.then(self.draft.clone())
    }

    /// Makes items of paragraphs that are criteria.
    fn itemise(&mut self, page: &DraftPage, front: &Front) {
        if let Some(draft) = paragraphs::itemised(page, front.by_paragraphs) {
            self.draft = draft;
            self.changes.insert(Normalization::Paragraphs);
        }
    }

    pub(crate) fn front_matter(&mut self, found: FoundDocument<'_>, front: &Front) {
        self.understood.extend(front.understood.iter().map(|span| Place::new(found.path, span.clone())));
        if let Some(span) = &front.ladder {
            let mut draft = TextDraft::default();
            draft.copy(found, span.clone());
            self.front = Some(draft);
        }
    }
}
