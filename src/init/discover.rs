//! Groups documents into ladders and detects their languages.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::draft::FoundDocument;
use super::language::{self, DocumentPath};
use super::naming::title_of;
use super::normalize::{self, Reader};
use super::page::DraftPage;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::parse::{asks_nothing, is_role, level_rank};
use crate::text::slice;

/// Names of documents that are no ladders, whatever lists they have, unless they name levels.
const NEVER: [&str; 12] = [
    "404",
    "authors",
    "changelog",
    "code-of-conduct",
    "contributing",
    "copying",
    "governance",
    "history",
    "licence",
    "license",
    "security",
    "unlicense",
];

/// Names of the document that comes before the others of its folder.
const INDEX: [&str; 3] = ["index", "readme", "_index"];

/// A document, and the part of its path that says something of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdoptedDocument<'a> {
    pub found: FoundDocument<'a>,
    pub name: Utf8PathBuf,
}

/// The documents of one ladder in one language.
#[derive(Debug, Clone, Default)]
pub(crate) struct LadderDocuments<'a> {
    pub(crate) index: Option<FoundDocument<'a>>,
    /// One for each level by its place, or one for all.
    pub(crate) members: BTreeMap<usize, FoundDocument<'a>>,
}

/// One ladder.
#[derive(Debug, Clone)]
pub(crate) struct LadderGroup<'a> {
    /// The path that its documents have in common.
    pub(crate) base: Utf8PathBuf,
    /// Whether each level has a document of its own.
    pub(crate) by_level: bool,
    /// By tag.
    pub(crate) editions: BTreeMap<String, LadderDocuments<'a>>,
}

/// All ladders that were found.
#[derive(Debug, Clone)]
pub(crate) struct Gathered<'a> {
    pub(crate) source: String,
    pub(crate) groups: Vec<LadderGroup<'a>>,
    /// Documents that belong to none.
    pub(crate) others: Vec<FoundDocument<'a>>,
    pub(crate) problems: Vec<Diagnostic>,
}

/// A document with its language.
struct DocumentLanguage<'a> {
    found: FoundDocument<'a>,
    tag: String,
    base: Utf8PathBuf,
}

impl DocumentLanguage<'_> {
    fn stem(&self) -> String {
        self.base.file_stem().unwrap_or_default().to_lowercase()
    }

    fn folder(&self) -> &Utf8Path {
        self.base.parent().unwrap_or(Utf8Path::new(""))
    }

    fn is_index(&self) -> bool {
        INDEX.contains(&self.stem().as_str())
    }
}

/// Sorts documents by language and ladder. The source is the requested language, or else the one of documents without a
/// language in their names, or English, or the first.
pub(crate) fn gather<'a>(documents: &[AdoptedDocument<'a>], requested: Option<&str>, reader: &Reader) -> Gathered<'a> {
    let mut problems = Vec::new();
    let (never, documents): (Vec<_>, Vec<_>) =
        documents.iter().cloned().partition(|document| is_never(document, reader));
    let (known, plain) = known(&documents, requested, &mut problems);
    let has = |tag: &str| known.iter().any(|document| document.tag == tag);
    let source = match requested {
        Some(tag) => tag.to_owned(),
        None if plain.is_some() => plain.unwrap_or_default(),
        None if has("en") => "en".to_owned(),
        None => known.iter().map(|document| document.tag.clone()).min().unwrap_or_else(|| "en".to_owned()),
    };
    let mut groups: Vec<LadderGroup<'a>> = Vec::new();
    let mut others: Vec<_> = never.into_iter().map(|document| document.found).collect();
    let (own, translated): (Vec<_>, Vec<_>) = known.into_iter().partition(|document| document.tag == source);
    let mut folders: BTreeMap<Utf8PathBuf, Vec<DocumentLanguage<'a>>> = BTreeMap::new();
    for document in own {
        folders.entry(document.folder().to_owned()).or_default().push(document);
    }
    let mut bases: BTreeMap<(usize, Utf8PathBuf), Option<usize>> = BTreeMap::new();
    let index_of = |(folder, documents): (&Utf8PathBuf, &Vec<DocumentLanguage<'a>>)| {
        let index = documents.iter().find(|document| document.is_index())?;
        Some((folder.clone(), index.found.text))
    };
    let indexes: BTreeMap<Utf8PathBuf, &str> = folders.iter().filter_map(index_of).collect();
    for (folder, documents) in folders {
        let listed: Vec<&str> = folder.ancestors().filter_map(|folder| indexes.get(folder).copied()).collect();
        let (found, rest) = in_folder(&folder, documents, &source, groups.len(), &listed, reader, &mut bases);
        groups.extend(found);
        others.extend(rest);
    }
    // Beside documents with levels that are called so, one that only has lists is no ladder.
    let is_sure = |group: &LadderGroup<'_>| groups.len() < 2 || group.by_level || is_sure(group, reader);
    let is_sure: Vec<_> = groups.iter().map(is_sure).collect();
    if is_sure.contains(&true) {
        for (group, _) in groups.iter_mut().zip(&is_sure).filter(|(_, is_sure)| !**is_sure) {
            let editions = std::mem::take(&mut group.editions);
            others.extend(editions.into_values().flat_map(|edition| edition.members.into_values()));
        }
        bases.retain(|(group, _), _| is_sure[*group]);
    }
    let mut late = Vec::new();
    for document in translated {
        let places: Vec<_> = bases.iter().filter(|((_, base), _)| *base == document.base).collect();
        match places.first() {
            Some(((group, _), member)) => groups[*group].add(&document, **member),
            None => late.push(document),
        }
    }
    groups.retain(|group| !group.editions.is_empty());
    for document in late {
        let is_free = |group: &LadderGroup<'_>| !group.by_level && !group.editions.contains_key(&document.tag);
        match groups.as_mut_slice() {
            [group] if is_free(group) => group.add(&document, Some(0)),
            _ => others.push(document.found),
        }
    }
    Gathered { source, groups, others, problems }
}

/// Returns the language of each document. Documents that name none get the requested language, unless others have it,
/// or else the language of their letters.
fn known<'a>(
    documents: &[AdoptedDocument<'a>],
    requested: Option<&str>,
    problems: &mut Vec<Diagnostic>,
) -> (Vec<DocumentLanguage<'a>>, Option<String>) {
    let named: Vec<Option<DocumentPath>> = documents.iter().map(|document| language::named(&document.name)).collect();
    // A folder of languages holds nothing else: `it.md` beside `sales.md` is no Italian.
    let is_whole = |named: &DocumentPath| named.base.is_empty() || named.base.ends_with('/');
    let stands_alone = |at: usize| {
        let folder = documents[at].name.parent();
        let siblings = documents.iter().zip(&named).filter(|(document, _)| document.name.parent() == folder);
        siblings.into_iter().all(|(_, named)| named.as_ref().is_some_and(is_whole))
    };
    let named: Vec<Option<DocumentPath>> = named
        .iter()
        .enumerate()
        .map(|(at, language)| language.clone().filter(|language| !is_whole(language) || stands_alone(at)))
        .collect();
    let plain: String = documents
        .iter()
        .zip(&named)
        .filter(|(_, document)| document.is_none())
        .map(|(document, _)| document.found.text)
        .collect();
    let requested = requested.filter(|tag| !named.iter().flatten().any(|named| named.tag == *tag));
    let plain = named.iter().any(Option::is_none).then(|| requested.unwrap_or(language::guessed(&plain)).to_owned());
    let mut reported: Vec<String> = Vec::new();
    let mut known = Vec::new();
    for (document, named) in documents.iter().zip(named) {
        let found = document.found;
        let (tag, base) = match named {
            Some(named) => {
                if named.tag != named.written && !reported.contains(&named.written) {
                    problems.push(misnamed(&named, found.path));
                    reported.push(named.written.clone());
                }
                let base = if is_whole(&named) { format!("{}index.md", named.base) } else { named.base };
                (named.tag, base.into())
            }
            None => (plain.clone().unwrap_or_default(), document.name.clone()),
        };
        known.push(DocumentLanguage { found, tag, base });
    }
    (known, plain)
}

fn misnamed(named: &DocumentPath, path: &Utf8Path) -> Diagnostic {
    let message =
        format!("`{written}` is not a language tag: it is read as `{tag}`", written = named.written, tag = named.tag);
    Place::file(path)
        .problem(Code::MisnamedLocale, message)
        .help("if you mean another language, rename the file or folder and start again")
}

/// Whether a document is one that every repository has.
fn is_never(document: &AdoptedDocument<'_>, reader: &Reader) -> bool {
    let stem = document.name.file_stem().unwrap_or_default().to_lowercase().replace('_', "-");
    let says_levels = || names_levels(&reader.page(document.found).page) > 0;
    NEVER.contains(&stem.as_str()) && !says_levels()
}

/// Whether a ladder has levels that are called so, or the same categories on several levels.
fn is_sure(group: &LadderGroup<'_>, reader: &Reader) -> bool {
    let names = &reader.names;
    let documents = group.editions.values().flat_map(|edition| edition.members.values());
    let ladders = documents.flat_map(|found| reader.ladders(*found));
    ladders.into_iter().any(|shaped| {
        let outline = normalize::outline(&shaped.draft.text());
        let is_called = outline.levels().any(|level| names.contain(&level.name()));
        let has_ids = outline.levels().any(|level| level.attributes.id.is_some());
        let mut categories = BTreeSet::new();
        let mut titles = outline.levels().flat_map(|level| &level.categories).filter_map(|it| it.title.as_ref());
        is_called || has_ids || !titles.all(|title| categories.insert(title.to_lowercase()))
    })
}

/// A document of a folder with what it says of itself.
struct FolderPage<'a> {
    document: DocumentLanguage<'a>,
    /// Its title in its front matter, or its first heading.
    title: String,
    weight: Option<i64>,
    headings: Vec<String>,
    /// The number of headings that name levels, at the depth that has most of them.
    levels: usize,
    /// Whether it is called as a level.
    is_called: bool,
}

impl<'a> FolderPage<'a> {
    fn of(document: DocumentLanguage<'a>, reader: &Reader) -> Self {
        let read = reader.page(document.found);
        let (front, page) = (&read.front, &read.page);
        let sections = page.sections().iter();
        let headings: Vec<_> = sections.filter_map(|section| Some(section.heading.as_ref()?.text.plain())).collect();
        let title = front.title.clone().or_else(|| headings.first().cloned()).unwrap_or_default();
        let of_file = title_of(&document.stem());
        let is_called = [&title, &of_file].into_iter().any(|name| reader.names.contain(name));
        let levels = names_levels(page);
        Self { document, title, weight: front.weight, headings, levels, is_called }
    }

    /// Returns the number that the name of its file begins with.
    fn number(&self) -> Option<u32> {
        let stem = self.document.stem();
        stem.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    }

    /// Returns how high its level stands as far as its names tell. A role that has no other word stands between the
    /// first levels and the senior ones, and what nobody knows behind all.
    fn rank(&self, of_file: &str) -> (usize, usize) {
        const BARE_ROLE: (usize, usize) = (1, 2);
        const UNKNOWN: (usize, usize) = (usize::MAX, 0);
        let bare = || (is_role(&self.title) || is_role(of_file)).then_some(BARE_ROLE);
        level_rank(of_file).or_else(|| level_rank(&self.title)).or_else(bare).unwrap_or(UNKNOWN)
    }

    fn has_heading(&self, other: &str) -> bool {
        self.headings.iter().any(|heading| heading == other)
    }
}

/// Returns where a text names a file, and none whose name only ends so.
fn place_in(text: &str, name: &str) -> Option<usize> {
    let is_whole = |at: &usize| !slice(text, ..*at).ends_with(|c: char| c.is_alphanumeric() || "-_.".contains(c));
    text.match_indices(name).map(|(at, _)| at).find(is_whole)
}

/// Returns the ladders of one folder, and the documents that belong to none.
fn in_folder<'a>(
    folder: &Utf8Path,
    documents: Vec<DocumentLanguage<'a>>,
    source: &str,
    first: usize,
    listed: &[&str],
    reader: &Reader,
    bases: &mut BTreeMap<(usize, Utf8PathBuf), Option<usize>>,
) -> (Vec<LadderGroup<'a>>, Vec<FoundDocument<'a>>) {
    let (indexes, pages): (Vec<_>, Vec<_>) = documents.into_iter().partition(DocumentLanguage::is_index);
    let is_ladder = |document: &DocumentLanguage<'_>| {
        names_levels(&reader.page(document.found).page) >= 2 && !reader.ladders(document.found).is_empty()
    };
    let pages: Vec<_> = pages.into_iter().map(|document| FolderPage::of(document, reader)).collect();
    let levels = levels_of(&pages);
    if !levels.is_empty() && !indexes.iter().any(is_ladder) {
        let (mut levels, rest): (Vec<_>, Vec<_>) =
            pages.into_iter().enumerate().partition(|(at, _)| levels.contains(at));
        let is_weighed = levels.iter().all(|(_, page)| page.weight.is_some());
        let is_numbered = levels.iter().all(|(_, page)| page.number().is_some());
        levels.sort_by_key(|(_, page)| {
            let of_file = title_of(&page.document.stem());
            let wished = [&page.title, &of_file].into_iter().filter_map(|name| reader.names.place(name)).min();
            let number = page.number().filter(|_| is_numbered);
            let places = listed.iter().filter_map(|text| place_in(text, page.document.base.file_name()?));
            let place = places.into_iter().next().unwrap_or(usize::MAX);
            let weight = page.weight.filter(|_| is_weighed);
            (wished.unwrap_or(usize::MAX), weight, number, place, page.rank(&of_file), page.document.base.clone())
        });
        let mut group = LadderGroup { base: folder.to_owned(), by_level: true, editions: BTreeMap::new() };
        let mut edition = LadderDocuments::default();
        for (at, (_, page)) in levels.iter().enumerate() {
            bases.insert((first, page.document.base.clone()), Some(at));
            edition.members.insert(at, page.document.found);
        }
        if let Some(index) = indexes.first() {
            bases.insert((first, index.base.clone()), None);
            edition.index = Some(index.found);
        }
        group.editions.insert(source.to_owned(), edition);
        let rest = rest.into_iter().map(|(_, page)| page.document.found);
        return (vec![group], indexes.iter().skip(1).map(|document| document.found).chain(rest).collect());
    }
    let mut groups = Vec::new();
    let mut others = Vec::new();
    for document in indexes.into_iter().chain(pages.into_iter().map(|page| page.document)) {
        if reader.ladders(document.found).is_empty() {
            others.push(document.found);
            continue;
        }
        bases.insert((first + groups.len(), document.base.clone()), Some(0));
        let edition = LadderDocuments { index: None, members: [(0, document.found)].into() };
        groups.push(LadderGroup {
            base: document.base,
            by_level: false,
            editions: [(source.to_owned(), edition)].into(),
        });
    }
    (groups, others)
}

/// Returns which documents of a folder are one level each: most are called so, and the others share their categories; or
/// all share the headings of their categories.
fn levels_of(pages: &[FolderPage<'_>]) -> Vec<usize> {
    let single: Vec<usize> = (0..pages.len()).filter(|&at| pages[at].levels < 2).collect();
    let called: Vec<usize> = single.iter().copied().filter(|&at| pages[at].is_called).collect();
    let shares = |at: usize, others: &[usize]| {
        let own = || pages[at].headings.iter().filter(|heading| **heading != pages[at].title);
        own().any(|heading| others.iter().any(|&other| other != at && pages[other].has_heading(heading)))
    };
    if called.len() >= 2 && called.len() * 2 >= pages.len() {
        let is_level = |at: &usize| called.contains(at) || (shares(*at, &called) && !asks_nothing(&pages[*at].title));
        return single.into_iter().filter(is_level).collect();
    }
    let all_share = single.len() == pages.len() && single.iter().all(|&at| shares(at, &single));
    if single.len() >= 2 && all_share { single } else { Vec::new() }
}

/// Returns the number of headings that name levels, at the depth that has most of them.
fn names_levels(page: &DraftPage) -> usize {
    let headings = page.sections().iter().filter_map(|section| section.heading.as_ref());
    let mut counts = [0; 7];
    headings
        .filter(|heading| page.is_level(&heading.text.plain()))
        .for_each(|level| counts[usize::from(level.depth.min(6))] += 1);
    counts.into_iter().max().unwrap_or_default()
}

impl<'a> LadderGroup<'a> {
    /// Adds a translation of one of its documents, by its place. None for the index.
    fn add(&mut self, document: &DocumentLanguage<'a>, member: Option<usize>) {
        let edition = self.editions.entry(document.tag.clone()).or_default();
        match member {
            Some(at) => drop(edition.members.insert(at, document.found)),
            None => edition.index = Some(document.found),
        }
    }
}
