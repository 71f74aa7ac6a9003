//! Stage 3, model: documents → [`Site`], the words of the field as types.
//!
//! The source locale decides which levels, categories, criteria and threads there are; translations add their texts to
//! them by id. What cannot be part of a site, such as a criterion without an id or a second one with the same, is
//! reported here and left out; what is part of it and wrong is for [`crate::check`] to say.

mod addresses;
mod anchors;
mod comparison;
mod file;
mod freeze;
mod handles;
mod history;
mod image;
mod inheritance;
mod ladder;
mod link;
mod note;
mod quantity;
mod reference;
mod translation;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use camino::{Utf8Path, Utf8PathBuf};
use typed_index_collections::{TiSlice, TiVec};

pub use addresses::Page;
pub(crate) use addresses::{EditionPage, relative};
pub(crate) use anchors::{category_anchor, category_anchor_of, thread_anchor};
pub(crate) use comparison::{CategoryRows, Comparison, Pair, ThreadRows, compare_across, compare_within};
pub(crate) use freeze::{freeze, published};
pub(crate) use history::{
    HeadingFault, HeadingFaultKind, History, Location, LostHeading, LostItem, PageHeadings, Redirects, Stub,
    TakenAddress, Unanswered, WithdrawnCriterion, reader as reader_of, reader_called, taken,
};
pub(crate) use image::{ImageTarget, Images};
pub(crate) use inheritance::{CategoryOrigin, Inheritance, Origin};
pub(crate) use link::Broken;
pub use link::{LinkTarget, resolve_link};
pub(crate) use quantity::{Quantity, QuantityUnit};
pub use reference::Subject;

use crate::address::Names;
pub(crate) use crate::address::NotePage;
pub use crate::address::{LadderPage, LocalePage};
use crate::config::table::Spanned;
use crate::config::{Config, LadderConfig};
use crate::diagnostic::{Allowed, Code, Diagnostic, Place, Problems, Span};
pub(crate) use crate::edition::FrozenProse;
use crate::edition::{Edition, Frozen};
use crate::glossary::Glossary;
use crate::handle::{
    CategoryIndex, CollectionIndex, CriterionIndex, EditionIndex, LadderIndex, LevelIndex, NoteIndex, ThreadIndex,
};
use crate::id::{CriterionId, slug};
use crate::locale::{LocaleIndex, Localized};
use crate::parse::{Block, Document, Reference, RichText, Section, diagnose_page_slips, slips_of_page};
use crate::register::Register;
use crate::source::Sources;

/// Everything a site says, complete.
#[derive(Debug)]
pub struct Site {
    pub config: Config,
    pub ladders: TiVec<LadderIndex, Ladder>,
    /// The inheritance between the ladders.
    pub(crate) inheritance: Inheritance,
    /// The pages of all collections: those of one together, in their order.
    pub notes: TiVec<NoteIndex, Note>,
    /// Its editions and former state.
    pub(crate) history: History,
    pub glossary: Glossary,
    pub(crate) images: Images,
    /// The names of its items in addresses.
    pub(crate) names: Names,
    /// All pages that stand, by their addresses. Made when somebody first asks for one.
    addresses: OnceLock<HashMap<Box<str>, Page>>,
    /// The site in the form of an edition. Made on first use.
    kept: OnceLock<Arc<Frozen>>,
    /// The warnings that the site allows.
    pub(crate) allowed: Allowed,
    index: reference::LabelIndex,
    backlinks: HashMap<Subject, Backlinks>,
}

/// A sequence of levels, the lowest first.
#[derive(Debug)]
pub struct Ladder {
    pub(crate) config: LadderConfig,
    pub(crate) title: Localized<String>,
    /// The heading of its file, which may credit an author.
    pub(crate) heading: Localized<String>,
    /// Where its title and its heading stand. A file as a whole, if it gives none.
    pub(crate) title_places: Localized<Place>,
    pub(crate) heading_places: Localized<Place>,
    /// Text before the first level.
    pub(crate) preface: Localized<Vec<Block>>,
    /// Text between and after the levels.
    pub(crate) prose: Localized<Vec<FrozenProse>>,
    pub levels: TiVec<LevelIndex, Level>,
    /// In the order in which they first occur.
    pub categories: TiVec<CategoryIndex, Category>,
    /// In the order of the source.
    pub criteria: TiVec<CriterionIndex, Criterion>,
    /// In the order of the front matter.
    pub(crate) threads: TiVec<ThreadIndex, Thread>,
    /// The keys of threads that have no title, and where criteria name them.
    pub(crate) untitled: BTreeMap<String, Vec<Place>>,
    pub(crate) files: Localized<Utf8PathBuf>,
    /// Items that lack an id in any of its files, and are left out.
    pub(crate) unnamed: Vec<Place>,
    /// Items that only a translation has. They are left out too.
    pub(crate) only_translated: Vec<OnlyTranslated>,
}

/// Something that stands in a translation and not in the source.
#[derive(Debug)]
pub(crate) struct OnlyTranslated {
    /// The kind of the item as messages name it: `level`.
    pub(crate) kind: &'static str,
    pub(crate) id: String,
    pub(crate) place: Place,
}

/// One step of a ladder.
#[derive(Debug)]
pub struct Level {
    pub id: String,
    /// The id in addresses: `l5`.
    pub(crate) slug: String,
    /// The ids that it had before, whose addresses redirect.
    pub(crate) was: Vec<String>,
    /// `T5` and `L5`. A level without codes falls back to its title.
    pub(crate) codes: Vec<String>,
    pub(crate) title: Localized<String>,
    /// Text between its heading and its first category.
    pub(crate) summary: Localized<Vec<Block>>,
    /// Text of its categories beside their criteria, by the index of the category in [`Ladder::categories`].
    pub(crate) category_prose: Localized<Vec<(CategoryIndex, Vec<Block>)>>,
    /// Its heading in each file that has it.
    pub(crate) places: Localized<Place>,
}

/// A named group of criteria that recurs on each level.
#[derive(Debug)]
pub struct Category {
    pub id: String,
    /// Its former ids. Their anchors redirect.
    pub(crate) was: Vec<String>,
    /// Empty for criteria that stand right below the headings of their levels.
    pub(crate) title: Localized<String>,
    /// Its title in each file that has it.
    pub(crate) places: Localized<Place>,
    /// Whether its title is the one of `site.toml`, for all ladders that share it.
    pub(crate) is_shared: bool,
    /// Its number from one, which sets its colour. Shared categories have the same number in all ladders.
    pub(crate) number: usize,
}

/// One expectation.
#[derive(Debug)]
pub struct Criterion {
    pub id: CriterionId,
    /// Its place in [`Ladder::levels`].
    pub(crate) level: LevelIndex,
    /// Its place in [`Ladder::categories`].
    pub(crate) category: CategoryIndex,
    /// Its place in [`Ladder::threads`].
    pub(crate) thread: Option<ThreadIndex>,
    pub text: Localized<CriterionText>,
}

/// The text of a criterion in one locale.
#[derive(Debug, Clone)]
pub struct CriterionText {
    pub(crate) statement: RichText,
    /// The statement without markup.
    pub plain: String,
    pub(crate) detail: Vec<Block>,
    /// The statement in its file.
    pub(crate) place: Place,
}

/// Criteria on different levels about the same matter, the lowest level first.
#[derive(Debug)]
pub struct Thread {
    pub(crate) key: String,
    /// Its former keys. Their anchors redirect.
    pub(crate) was: Vec<String>,
    pub(crate) title: Localized<String>,
    /// Their places in [`Ladder::criteria`].
    pub(crate) criteria: Vec<CriterionIndex>,
    /// Its key in the front matter of each file that has it.
    pub(crate) places: Localized<Place>,
    /// Whether its title is the one of `site.toml`, for all ladders that share it.
    pub(crate) is_shared: bool,
}

/// An explanatory page, or another one that is neither a ladder nor made by the program.
#[derive(Debug)]
pub struct Note {
    /// Its place in [`Config::collections`].
    pub(crate) collection: CollectionIndex,
    /// The name of its file and address.
    pub slug: String,
    /// The slugs that it had before, whose addresses redirect.
    pub(crate) was: Vec<String>,
    /// The folders of other collections in which it stood before, each with its slug there.
    pub(crate) moved: Vec<(String, String)>,
    /// The group in which it is listed, by its place in [`Config::note_groups`].
    pub(crate) group: Option<usize>,
    /// Whether the navigation names it, if it stands by itself.
    pub(crate) in_navigation: bool,
    /// The subjects that it declares.
    pub about: Vec<Subject>,
    /// Declared subjects that match nothing, with their places.
    pub(crate) about_nothing: Vec<(String, Place)>,
    pub(crate) text: Localized<NoteText>,
}

/// The text of a note in one locale.
#[derive(Debug, Clone)]
pub(crate) struct NoteText {
    /// A translation without a title falls back to the source's.
    pub(crate) title: String,
    /// Its title in the front matter, if it gives one.
    pub(crate) title_span: Option<Span>,
    /// The sentence by which lists and search engines introduce it, if its front matter gives one.
    pub(crate) summary: Option<Spanned<String>>,
    pub(crate) sections: Vec<Section>,
    pub(crate) path: Utf8PathBuf,
}

/// The notes that lead to a thing, by their places in [`Site::notes`].
#[derive(Debug, Default)]
pub(crate) struct Backlinks {
    /// The notes about it.
    pub(crate) about: Vec<NoteIndex>,
    /// Other notes that mention it.
    pub(crate) mentions: Vec<NoteIndex>,
}

impl Site {
    /// Builds the model from all documents of the site, its register and its editions, the oldest first.
    pub(crate) fn build(
        config: Config,
        sources: &Sources,
        documents: Vec<Document>,
        register: &Register,
        editions: TiVec<EditionIndex, Edition>,
        problems: &Problems,
    ) -> Self {
        let allowing = documents.iter().filter(|document| !document.allowances.is_empty());
        let by_comments = allowing.map(|document| (document.path.clone(), document.allowances.clone())).collect();
        let allowed = config.allowed(by_comments);
        problems.allow(&allowed);
        let mut shelves = FilesByKind::sort(&config, sources, documents, problems);
        let mut ladders: TiVec<LadderIndex, Ladder> = config
            .ladders
            .iter()
            .zip(shelves.ladders.drain(..))
            .filter_map(|(ladder, files)| ladder::build(ladder, &config, sources, files, problems))
            .collect();
        let inheritance = Inheritance::of(&config, &ladders, problems);
        number_categories(&mut ladders, &inheritance, config.categories.len());
        let glossary = Glossary::read(sources, &config, problems);
        let images = Images::of(sources);
        let drafts = note::drafts(&config, sources, &images, shelves.notes, problems);
        let index = reference::LabelIndex::new(&config, &ladders, &inheritance, drafts.iter().map(|draft| &draft.note));
        let notes: TiVec<NoteIndex, _> = drafts.into_iter().map(|draft| draft.finish(&index)).collect();
        let backlinks = reference::backlinks(&notes, &index);
        let mut site = Self {
            config,
            ladders,
            inheritance,
            notes,
            history: History::default(),
            glossary,
            images,
            names: Names::default(),
            addresses: OnceLock::new(),
            kept: OnceLock::new(),
            allowed,
            index,
            backlinks,
        };
        site.names = site.present_names();
        site.remember(register, editions);
        site
    }

    /// Returns the site in the form of an edition.
    pub(crate) fn kept(&self) -> &Arc<Frozen> {
        self.kept.get_or_init(|| Arc::new(freeze(self)))
    }

    /// Returns the target of a reference. Levels are looked up in the given ladder first, then in those that it builds
    /// on.
    pub(crate) fn resolve(&self, reference: &Reference, ladder: Option<LadderIndex>) -> Option<Subject> {
        self.index.resolve(&reference.label, ladder)
    }

    /// Returns the ways to write a label that leads to several things. Empty for every other label.
    pub(crate) fn ways_to_write(&self, label: &str, ladder: Option<LadderIndex>) -> Vec<String> {
        self.index.ways_to_write(label, ladder)
    }

    /// Returns the same for a label by which a note says what it is about.
    pub(crate) fn ways_to_write_about(&self, label: &str) -> Vec<String> {
        self.index.ways_to_write_about(label)
    }

    /// Returns whether several things go by a label, such as the levels `L5` of several ladders.
    pub(crate) fn is_shared_label(&self, label: &str) -> bool {
        self.index.is_shared(label)
    }

    /// Returns the target of a label.
    pub(crate) fn find(&self, label: &str) -> Option<Subject> {
        self.index.resolve(label, None)
    }

    /// Returns whether a label that leads to nothing was meant to lead somewhere.
    pub(crate) fn is_meant_as_reference(&self, reference: &Reference) -> bool {
        !reference.words.is_empty() || self.index.resembles_id(&reference.label)
    }

    /// Suggests a label for one such as `managment:L5`, which leads to nothing.
    pub(crate) fn nearest_in_a_ladder(&self, label: &str) -> Option<String> {
        self.index.nearest_in_a_ladder(label)
    }

    /// Returns all labels that lead somewhere.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &str> {
        self.index.labels()
    }

    pub(crate) fn backlinks(&self, subject: Subject) -> &Backlinks {
        static NONE: Backlinks = Backlinks { about: Vec::new(), mentions: Vec::new() };
        self.backlinks.get(&subject).unwrap_or(&NONE)
    }
}

impl Ladder {
    /// Returns the criteria of one level in the order of the source, with their places in [`Ladder::criteria`].
    pub(crate) fn criteria_of(&self, level: LevelIndex) -> impl Iterator<Item = (CriterionIndex, &Criterion)> {
        self.criteria.iter_enumerated().filter(move |(_, criterion)| criterion.level == level)
    }

    /// Returns the categories of one level in the order in which they stand there, by their places in
    /// [`Ladder::categories`].
    pub(crate) fn categories_of(&self, level: LevelIndex) -> Vec<CategoryIndex> {
        let mut categories: Vec<CategoryIndex> = Vec::new();
        for &(category, _) in self.levels[level].category_prose.source() {
            if !categories.contains(&category) {
                categories.push(category);
            }
        }
        categories
    }

    /// Returns the levels whose criteria also hold on a level, the nearest first.
    pub(crate) fn inherited_by(&self, level: LevelIndex) -> impl Iterator<Item = LevelIndex> + use<> {
        (0..if self.config.levels_accumulate { level.0 } else { 0 }).rev().map(LevelIndex)
    }
}

impl Note {
    /// Returns its former names: `maps`, or in another folder `notes/maps`.
    pub(crate) fn former_names(&self) -> Vec<String> {
        let moved = self.moved.iter().map(|(folder, slug)| format!("{folder}/{slug}"));
        self.was.iter().cloned().chain(moved).collect()
    }
}

impl Level {
    /// Returns its codes in short: `T5/L5`, or nothing.
    pub(crate) fn code(&self) -> String {
        self.codes.join("/")
    }

    /// Returns the code where it says more than the title: a heading may be a code alone.
    pub(crate) fn code_beside(&self, title: &str) -> String {
        Some(self.code()).filter(|code| code != title).unwrap_or_default()
    }

    /// Returns its name where there is room for the title: `T5/L5 · Senior Eng / Technical Lead`.
    pub(crate) fn name(&self, locale: LocaleIndex) -> String {
        level_name(&self.code(), self.title.read(locale).0)
    }
}

/// Numbers the categories of each ladder: shared ones by their order in `site.toml`, inherited ones as in the base, and
/// the rest with the remaining numbers.
fn number_categories(ladders: &mut TiSlice<LadderIndex, Ladder>, inheritance: &Inheritance, shared: usize) {
    let mut order: Vec<LadderIndex> = ladders.keys().collect();
    order.sort_by_key(|&ladder| inheritance.line(ladder).count());
    for ladder in order {
        let given = |category: CategoryIndex| match inheritance.category(category.of(ladder)) {
            Origin::Shared(shared) => Some(shared.0 + 1),
            Origin::Of(at) => (at.ladder != ladder).then(|| ladders[at.ladder].categories[at.category].number),
        };
        let given: Vec<_> = ladders[ladder].categories.keys().map(given).collect();
        // What it inherits stands beside its own categories.
        let inherited =
            inheritance.line(ladder).flat_map(|base| &ladders[base].categories).map(|category| category.number);
        let taken: Vec<_> = given.iter().flatten().copied().chain(inherited).collect();
        let mut free = (shared + 1..).filter(|number| !taken.contains(number));
        let numbers: Vec<_> = given.iter().map(|given| given.or_else(|| free.next()).unwrap_or_default()).collect();
        ladders[ladder].categories.iter_mut().zip(numbers).for_each(|(category, number)| category.number = number);
    }
}

/// Code and title of a level in one, or the one that there is: `T5/L5 · Senior Eng / Technical Lead`.
pub(crate) fn level_name(code: &str, title: &str) -> String {
    match (code, title) {
        ("", name) | (name, "") => name.to_owned(),
        (code, title) if code == title => code.to_owned(),
        (code, title) => format!("{code} · {title}"),
    }
}

/// The documents of a site in the places where they belong.
struct FilesByKind {
    /// The files of each ladder of the configuration, by locale.
    ladders: Vec<Vec<(LocaleIndex, Document)>>,
    /// The files of notes and other pages.
    notes: Vec<note::Filed>,
}

impl FilesByKind {
    fn sort(config: &Config, sources: &Sources, documents: Vec<Document>, problems: &Problems) -> Self {
        let mut shelves = Self { ladders: config.ladders.iter().map(|_| Vec::new()).collect(), notes: Vec::new() };
        for document in documents {
            let Some((locale, name)) = name_in_locale(config, &document) else { continue };
            let ladder = config.ladders.iter().position(|ladder| ladder.key == name);
            let (folder, below) = name.split_once('/').unwrap_or_default();
            match (config.collection(folder), ladder) {
                (Some(collection), _) => {
                    let text = sources.text(&document.path).unwrap_or_default();
                    problems.extend(diagnose_page_slips(&document.path, text, &slips_of_page(&document)));
                    let name = slug(below).unwrap_or_else(|| below.to_owned());
                    shelves.notes.push(note::Filed { collection, name, locale, document });
                }
                (None, Some(ladder)) => shelves.ladders[ladder].push((locale, document)),
                (None, None) => problems.report(homeless(config, &document.path, &name)),
            }
        }
        shelves.notes.sort_by(|a, b| (a.collection, &a.name, a.locale).cmp(&(b.collection, &b.name, b.locale)));
        shelves
    }
}

/// Reports a file that is neither a ladder nor in a folder of pages.
fn homeless(config: &Config, path: &Utf8Path, name: &str) -> Diagnostic {
    let message = format!("`{path}` belongs to no ladder");
    if let Some(renamed) = config.ladders.iter().find(|ladder| ladder.was.iter().any(|was| was == name)) {
        let now = path.with_file_name(format!("{key}.md", key = renamed.key));
        let help = format!("rename it to {now}: the ladder `{name}` is called `{key}` now", key = renamed.key);
        return Place::file(path).problem(Code::LadderFile, message).help(help);
    }
    Place::file(path).problem(Code::LadderFile, message).help(match name.split_once('/') {
        Some((folder, _)) => {
            format!("add `[[pages]]` with `folder = \"{folder}\"` to site.toml, or move the file to notes/ or pages/")
        }
        None => format!("add a ladder with `key = \"{name}\"` to site.toml, or move the file to notes/ or pages/"),
    })
}

/// Returns the locale whose folder a document stands in, and its path in that folder without `.md`.
fn name_in_locale(config: &Config, document: &Document) -> Option<(LocaleIndex, String)> {
    let locale = config.locale_of(&document.path)?;
    let mut parts = document.path.components();
    parts.next();
    let name = parts.as_path().as_str().strip_suffix(".md")?;
    Some((locale, name.replace('\\', "/")))
}
