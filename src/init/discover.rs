//! Groups documents into ladders and detects their languages.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::draft::FoundDocument;
use super::front;
use super::language::{self, DocumentPath};
use super::normalize::{body, has_levels};
use crate::diagnostic::{Code, Diagnostic, Place, Problems};
use crate::parse;

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
pub(crate) fn gather<'a>(documents: &[AdoptedDocument<'a>], requested: Option<&str>) -> Gathered<'a> {
    let mut problems = Vec::new();
    let (known, plain) = known(documents, requested, &mut problems);
    let has = |tag: &str| known.iter().any(|document| document.tag == tag);
    let source = match requested {
        Some(tag) => tag.to_owned(),
        None if plain.is_some() => plain.unwrap_or_default(),
        None if has("en") => "en".to_owned(),
        None => known.iter().map(|document| document.tag.clone()).min().unwrap_or_else(|| "en".to_owned()),
    };
    let mut groups: Vec<LadderGroup<'a>> = Vec::new();
    let mut others = Vec::new();
    let (own, translated): (Vec<_>, Vec<_>) = known.into_iter().partition(|document| document.tag == source);
    let mut folders: BTreeMap<Utf8PathBuf, Vec<DocumentLanguage<'a>>> = BTreeMap::new();
    for document in own {
        folders.entry(document.folder().to_owned()).or_default().push(document);
    }
    let mut bases: BTreeMap<(usize, Utf8PathBuf), Option<usize>> = BTreeMap::new();
    for (folder, documents) in folders {
        let (found, rest) = in_folder(&folder, documents, &source, groups.len(), &mut bases);
        groups.extend(found);
        others.extend(rest);
    }
    let mut late = Vec::new();
    for document in translated {
        let places: Vec<_> = bases.iter().filter(|((_, base), _)| *base == document.base).collect();
        match places.first() {
            Some(((group, _), member)) => groups[*group].add(&document, **member),
            None => late.push(document),
        }
    }
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
    let message = format!(
        "`{written}` is not how the language is written: it is taken for `{tag}`",
        written = named.written,
        tag = named.tag
    );
    Place::file(path)
        .problem(Code::MisnamedLocale, message)
        .help("if another language is meant, rename the file or folder and begin again")
}

/// Returns the ladders of one folder, and the documents that belong to none.
fn in_folder<'a>(
    folder: &Utf8Path,
    documents: Vec<DocumentLanguage<'a>>,
    source: &str,
    first: usize,
    bases: &mut BTreeMap<(usize, Utf8PathBuf), Option<usize>>,
) -> (Vec<LadderGroup<'a>>, Vec<FoundDocument<'a>>) {
    let (indexes, mut pages): (Vec<_>, Vec<_>) = documents.into_iter().partition(DocumentLanguage::is_index);
    let index_text = indexes.first().map_or("", |document| document.found.text);
    let is_ladder = |document: &DocumentLanguage<'_>| has_levels(&body(document.found, &front::read(document.found)));
    if are_levels(&pages) && !indexes.iter().any(|document| is_ladder(document) && names_levels(document.found) >= 2) {
        let rank = |document: &DocumentLanguage<'_>| {
            let place = document.base.file_name().and_then(|name| index_text.find(name)).unwrap_or(usize::MAX);
            (
                place,
                parse::level_rank(&document.stem()).or_else(|| parse::level_rank(&title(document.found))),
                document.base.clone(),
            )
        };
        pages.sort_by_key(rank);
        let mut group = LadderGroup { base: folder.to_owned(), by_level: true, editions: BTreeMap::new() };
        let mut edition = LadderDocuments::default();
        for (at, page) in pages.iter().enumerate() {
            bases.insert((first, page.base.clone()), Some(at));
            edition.members.insert(at, page.found);
        }
        if let Some(index) = indexes.first() {
            bases.insert((first, index.base.clone()), None);
            edition.index = Some(index.found);
        }
        group.editions.insert(source.to_owned(), edition);
        return (vec![group], indexes.iter().skip(1).map(|document| document.found).collect());
    }
    let mut groups = Vec::new();
    let mut others = Vec::new();
    for document in indexes.into_iter().chain(pages) {
        if super::normalize::one(document.found).is_none() {
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

/// Returns whether each of some documents is one level: they are called so, or share the headings of their categories.
fn are_levels(pages: &[DocumentLanguage<'_>]) -> bool {
    if pages.len() < 2 || pages.iter().any(|page| names_levels(page.found) >= 2) {
        return false;
    }
    let called = pages
        .iter()
        .filter(|page| parse::is_level_name(&title(page.found)) || parse::is_level_name(&page.stem()))
        .count();
    if called == pages.len() {
        return true;
    }
    let sections: Vec<Vec<String>> =
        pages.iter().map(|page| headings(page.found).split_off(1.min(headings(page.found).len()))).collect();
    let shared = |mine: &Vec<String>| {
        let others = sections.iter().filter(|other| mine.iter().any(|title| other.contains(title))).count();
        others >= 2
    };
    sections.iter().filter(|mine| shared(mine)).count() == pages.len()
}

fn headings(found: FoundDocument<'_>) -> Vec<String> {
    let document = parse::parse(found.path, &body(found, &front::read(found)), &Problems::default());
    document.sections.iter().filter_map(|section| Some(section.heading.as_ref()?.text.plain())).collect()
}

fn title(found: FoundDocument<'_>) -> String {
    front::read(found).title.or_else(|| headings(found).into_iter().next()).unwrap_or_default()
}

/// Returns the number of headings that name levels, at the depth that has most of them.
fn names_levels(found: FoundDocument<'_>) -> usize {
    let document = parse::parse(found.path, &body(found, &front::read(found)), &Problems::default());
    let headings = document.sections.iter().filter_map(|section| section.heading.as_ref());
    let mut counts = [0; 7];
    headings
        .filter(|heading| parse::is_level_name(&heading.text.plain()))
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
