//! Adopting ladders: documents as they were found in, the files of a site out.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use toml_edit::Value;

use super::account::{Account, StatementCount};
use super::assemble::Making;
use super::coverage::{criteria, unplaced};
use super::discover::{self, AdoptedDocument, Gathered, LadderDocuments, LadderGroup};
use super::document::LadderDocument;
use super::draft::{FoundDocument, TextDraft};
use super::folder;
use super::naming::{key, prefixes as prefixes_of, title_of};
use super::navigation::navigation;
use super::normalize::{self, Normalization, Reader, Shaped, outline};
use super::notice::{self, Notice};
use super::page::LevelNames;
use super::site::{Described, Listed};
use super::wished::{names_in, unknown_name};
use super::{CONTENT, Files};
use crate::address::is_reserved;
use crate::config::{goes_on_in_digits, is_prefix};
use crate::diagnostic::{Code, Diagnostic, Place, Refusal, sorted};
use crate::id::CriterionId;
use crate::locale::Locale;
use crate::parse::Sign;
use crate::text::list;

/// Options of `rungs init --from` that override what the documents say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AdoptOptions {
    /// The prefixes of ids, each with the key of its ladder: `EN`, `engineering=EN`. One without a key is for the first
    /// ladder.
    pub prefixes: Vec<String>,
    /// The names of the levels, where somebody says which they are.
    pub levels: Vec<String>,
    /// The tag of the language that the documents were written in first.
    pub locale: Option<String>,
    /// The owner, who says that the documents are their own.
    pub owner: Option<String>,
    /// The person who adopts them, if known.
    pub by: Option<String>,
    /// The page of the repository that they stand in.
    pub repository: Option<String>,
}

/// A site made of documents.
#[derive(Debug)]
pub struct Adopted {
    pub files: Files,
    /// What was understood, ladder by ladder.
    pub accounts: Vec<Account>,
    /// Findings in the documents, by path.
    pub findings: Vec<Diagnostic>,
    /// Errors of the new content, where their words stand in the documents. With any, nothing is written.
    pub left: Vec<Diagnostic>,
    /// The files beside the documents that say whose these are, and what others may do with them.
    pub(crate) notices_from: Vec<Utf8PathBuf>,
    /// The tags of the languages besides the source.
    pub(crate) translations: Vec<String>,
    /// Values that are missing from `site.toml`.
    pub(crate) to_fill_in: Vec<String>,
}

/// A ladder in all its languages, in shape.
struct AdoptedLadder<'a> {
    key: String,
    prefix: String,
    /// The source first.
    editions: Vec<(String, Shaped, Vec<FoundDocument<'a>>)>,
}

/// Makes a site of documents that hold ladders. What they do not say of whose they are, LICENSE and README beside them
/// may.
///
/// # Errors
/// If there is no ladder in them, or if what is wished cannot be.
pub fn adopt(
    documents: &[AdoptedDocument<'_>],
    beside: &[FoundDocument<'_>],
    options: &AdoptOptions,
) -> Result<Adopted, Refusal> {
    let prefixes = prefixes(options)?;
    let reader = Reader::new(LevelNames::new(&options.levels));
    let Gathered { source, groups, mut others, problems: mut findings } =
        discover::gather(documents, options.locale.as_deref(), &reader);
    let mut ladders = ladders(&groups, &source, &prefixes, &reader, &mut others);
    if let Some((key, _)) =
        prefixes.iter().find(|(key, _)| key.is_some_and(|key| !ladders.iter().any(|l| l.key == key)))
    {
        let keys: Vec<_> = ladders.iter().map(|ladder| ladder.key.as_str()).collect();
        let message = format!("there is no ladder `{key}` to give a prefix to", key = key.unwrap_or_default());
        return Err(Refusal::new(message).help(format!("use one of these keys: {keys}", keys = list(&keys))));
    }
    let names = || documents.iter().flat_map(|document| names_in(&reader.page(document.found).page));
    let names: Vec<String> = if reader.names.are_wished() { names().collect() } else { Vec::new() };
    if ladders.is_empty() {
        let none = |document: &AdoptedDocument<'_>| {
            Place::file(document.found.path).problem(Code::NoLevels, "there is no ladder in this document").help(
                "a ladder has levels as headings and criteria as items of lists below them, or a table of levels and \
                 categories",
            )
        };
        if documents.is_empty() {
            return Err(Refusal::new("nothing to adopt").help(
                "only files that end in .md, .csv or .tsv are read: rename files that end in .mdx or .markdown",
            ));
        }
        let refusal = Refusal::new("nothing to adopt").problems(documents.iter().map(none).collect());
        return Err(match options.levels.as_slice() {
            [] => refusal,
            wished => wished.iter().find_map(|wished| unknown_name(wished, &names)).unwrap_or_else(|| {
                refusal.help("write the names of levels in --levels as in the document, or leave --levels out")
            }),
        });
    }
    let tags = tags(&ladders, &source);
    let mut reasons = Vec::new();
    for (_, shaped, _) in ladders.iter_mut().flat_map(|ladder| &mut ladder.editions) {
        let links = navigation(&shaped.draft, &mut reasons);
        if !links.is_empty() {
            shaped.changes.insert(Normalization::Unlinked);
            shaped.draft.edit(links);
        }
        reasons.append(&mut shaped.reasons);
    }
    let found = notice_of(&ladders);
    let notice = found.clone().or_beside(&notice::beside(beside));
    let is_used = |file: &&FoundDocument<'_>| notice != found && notice::beside(&[**file]) != Notice::default();
    let notices_from = beside.iter().filter(is_used).map(|file| file.path.to_owned()).collect();
    // A notice of another holder, or of a licence, says more than whoever adopts the documents.
    let is_own = |owner: &&str| {
        let holder = notice.holder.as_deref().or(notice.copyright.as_deref());
        notice.licence.is_none() && holder.is_none_or(|holder| holder.eq_ignore_ascii_case(owner))
    };
    let owner = options.owner.as_deref().filter(is_own);
    let site = site(&ladders, &tags, &notice, owner, options);
    let mut parts = Vec::new();
    for ladder in &ladders {
        for (tag, shaped, files) in &ladder.editions {
            parts.push(LadderDocument {
                path: format!("{tag}/{}.md", ladder.key).into(),
                tag: tag.clone(),
                ladder: ladder.key.clone(),
                draft: whole(shaped, shaped.draft.clone(), &ladder.key, files),
                files: files.iter().map(|found| found.path.to_owned()).collect(),
                changes: shaped.changes.clone(),
            });
        }
    }
    let made = Making::new(site, parts).finish()?;
    findings.extend(made.findings);
    // Where nothing was cut, a name that was taken over once is taken over.
    let cut_in: BTreeSet<_> = made.reasons.iter().map(|reason| reason.place.path.clone()).collect();
    reasons.extend(made.reasons);
    let text_of = |path: &Utf8PathBuf| documents.iter().find(|it| it.found.path == path).map(|it| it.found.text);
    let mut accounts = made.accounts;
    let all_levels: Vec<_> = accounts.iter().flat_map(|account| &account.levels).cloned().collect();
    let is_read = |wished: &&String| {
        let names = LevelNames::new(std::slice::from_ref(*wished));
        all_levels.iter().any(|level| names.contain(level))
    };
    if let Some(unread) = options.levels.iter().find(|wished| !is_read(wished)) {
        if let Some(refusal) = unknown_name(unread, &names) {
            return Err(refusal);
        }
        let message = format!("no level was recognised as `{unread}`");
        let levels = list(all_levels.iter().map(|level| format!("`{level}`")));
        return Err(Refusal::new(message).help(format!("the levels are {levels}: use the names in the document")));
    }
    if let Some(other) = all_levels.iter().find(|level| reader.names.are_wished() && !reader.names.contain(level)) {
        let message = format!("`{other}` was also recognised as a level, but is not in --levels");
        let levels = list(all_levels.iter().map(|level| format!("`{level}`")));
        return Err(Refusal::new(message)
            .help(format!("the recognised levels are {levels}: name all of them, or leave --levels out")));
    }
    let origins: Vec<_> = made.parts.iter().map(|part| part.draft.origins()).collect();
    for (account, ladder) in accounts.iter_mut().zip(&ladders) {
        let Some((_, shaped, _)) = ladder.editions.first() else { continue };
        let Some(source) = made.parts.iter().find(|part| part.ladder == ladder.key) else { continue };
        let outline = outline(&source.draft.text());
        let mut statements = shaped.statements.clone();
        statements.sort();
        let criteria = criteria(&outline, &source.draft);
        account.statements = StatementCount::of(account.criteria(), &statements, &criteria, &text_of);
        let is_kept = |place: &Place| {
            let own = place.span();
            let mut kept = origins.iter().filter_map(|origins| origins.get(place.path.as_path())).flatten();
            kept.any(|kept| kept.start < own.end && own.start < kept.end)
        };
        account.left_out = statements.iter().filter(|place| !criteria.contain(place) && !is_kept(place)).count();
        account.evidence = outline.readings.first().map(|reading| reading.evidence.clone()).unwrap_or_default();
        // What was given ids a moment ago was told by something else.
        let text = shaped.draft.text();
        let had_ids = has_ids(&text) && normalize::outline(&text).levels().any(|level| level.attributes.id.is_some());
        account.evidence.retain(|evidence| had_ids || evidence.sign != Sign::Ids);
        account.other_levels.clone_from(&shaped.other_levels);
    }
    let drafts: Vec<_> = made.parts.iter().map(|part| &part.draft).collect();
    let repeated =
        ladders.iter().flat_map(|ladder| &ladder.editions).flat_map(|(_, shaped, _)| shaped.repeated.clone());
    let repeated = repeated.filter(|place| !cut_in.contains(&place.path));
    let understood: Vec<_> = ladders
        .iter()
        .flat_map(|ladder| &ladder.editions)
        .flat_map(|(_, shaped, _)| shaped.understood.iter().cloned())
        .chain(repeated)
        .chain(made.written_anew)
        .collect();
    for document in documents {
        if others.contains(&document.found) {
            findings.push(no_ladder(document.found.path));
        } else {
            findings.extend(unplaced(document.found, &drafts, &understood, &reasons));
        }
    }
    let texts = made.texts.into_iter();
    Ok(Adopted {
        files: texts.map(|(path, text)| (Utf8Path::new(CONTENT).join(path), text)).collect(),
        accounts,
        findings: sorted(findings),
        left: made.left,
        notices_from,
        translations: tags.iter().skip(1).cloned().collect(),
        to_fill_in: if owner.is_some() { Vec::new() } else { unknown(&notice, &tags, options) },
    })
}

/// Returns the prefixes that are wished, each with the key of its ladder, if it has one.
fn prefixes(options: &AdoptOptions) -> Result<Vec<(Option<&str>, &str)>, Refusal> {
    let mut prefixes = Vec::new();
    for written in &options.prefixes {
        let (key, prefix) = match written.split_once('=') {
            Some((key, prefix)) => (Some(key), prefix),
            None => (None, written.as_str()),
        };
        if !is_prefix(prefix) {
            return Err(Refusal::new(format!("`{prefix}` cannot be the prefix of ids"))
                .help("write upper case letters A to Z and digits, a letter first, such as `TL` for `TL-042`"));
        }
        prefixes.push((key, prefix));
    }
    if let Some(tag) = &options.locale
        && Locale::parse(tag).is_none_or(|locale| locale.tag != *tag)
    {
        let meant = Locale::probably(tag).map_or_else(|| "en".to_owned(), |locale| locale.tag);
        return Err(Refusal::new(format!("`{tag}` is not a language tag")).help(format!("write `{meant}`")));
    }
    Ok(prefixes)
}

fn no_ladder(path: &Utf8Path) -> Diagnostic {
    Place::file(path)
        .problem(Code::Unplaced, "no ladder was found in this document, and none of it was imported")
        .help("if it explains the ladder, make it a note: put it in `notes/` with a title between two +++ lines")
}

/// Brings every group into shape, and names the ladders in it.
fn ladders<'a>(
    groups: &[LadderGroup<'a>],
    source: &str,
    prefixes: &[(Option<&str>, &str)],
    reader: &Reader,
    others: &mut Vec<FoundDocument<'a>>,
) -> Vec<AdoptedLadder<'a>> {
    let mut ladders: Vec<AdoptedLadder<'a>> = Vec::new();
    for group in groups {
        let own = group.editions.iter().filter(|(tag, _)| *tag == source);
        let rest = group.editions.iter().filter(|(tag, _)| *tag != source);
        // The editions of each ladder of the group: a document may hold several.
        let mut found: Vec<Vec<(String, Shaped, Vec<FoundDocument<'a>>)>> = Vec::new();
        for (tag, edition) in own.chain(rest) {
            let files: Vec<_> = edition.index.iter().chain(edition.members.values()).copied().collect();
            let shaped = shaped(group, edition, reader);
            if tag == source {
                found = shaped.into_iter().map(|shaped| vec![(tag.clone(), shaped, files.clone())]).collect();
            } else if !shaped.is_empty() && shaped.len() == found.len() {
                let editions = found.iter_mut().zip(shaped);
                editions.for_each(|(editions, shaped)| editions.push((tag.clone(), shaped, files.clone())));
                continue;
            }
            if found.is_empty() || tag != source {
                others.extend(files);
            }
        }
        let several = found.len() > 1;
        let stem_of = |group: &LadderGroup<'_>| group.base.file_stem().map(str::to_lowercase);
        let is_shared = groups.iter().filter(|other| !other.by_level && stem_of(other) == stem_of(group)).count() > 1;
        for mut editions in found {
            let Some((_, first, files)) = editions.first_mut() else { continue };
            let by_title = first.title.as_deref().and_then(key);
            let stem = group.base.file_stem().filter(|_| !group.by_level).unwrap_or_default();
            let folder = if group.by_level { Some(group.base.as_path()) } else { group.base.parent() };
            let folder = folder.and_then(Utf8Path::file_name);
            let is_index = |stem: &str| ["index", "readme", "_index"].contains(&stem.to_lowercase().as_str());
            let key_of = |name: &str| key(&title_of(name));
            // A name that others have, too, tells less than that of the folder.
            let stem = Some(stem).filter(|stem| !stem.is_empty() && !is_index(stem));
            let stem = stem.filter(|_| !(is_shared && folder.is_some()));
            let of_file = files.first().and_then(|found| found.path.file_stem());
            let wanted: Vec<String> = match several {
                true => by_title.into_iter().chain(stem.and_then(key_of)).collect(),
                false => [stem.and_then(key_of), folder.and_then(key_of), by_title].into_iter().flatten().collect(),
            };
            let key = free(wanted, &ladders);
            let named = stem.or(folder).or(of_file).filter(|name| name.is_ascii()).unwrap_or(&key);
            first.title.get_or_insert_with(|| title_of(named));
            let mut wished = prefixes.iter().filter(|(of, _)| of.map_or(ladders.is_empty(), |of| of == key));
            let wished = wished.next().map(|(_, prefix)| (*prefix).to_owned());
            let title = first.title.clone().unwrap_or_default();
            let own = wished.or_else(|| written_prefix(first));
            let wanted = own.into_iter().chain(prefixes_of(&title)).chain(prefixes_of(&key));
            let prefix = free_prefix(wanted.collect(), &ladders);
            ladders.push(AdoptedLadder { key, prefix, editions });
        }
    }
    ladders
}

fn shaped(group: &LadderGroup<'_>, edition: &LadderDocuments<'_>, reader: &Reader) -> Vec<Shaped> {
    let members: Vec<_> = edition.members.values().copied().collect();
    match members.first() {
        _ if group.by_level => folder::joined(edition.index, &members, reader).into_iter().collect(),
        Some(found) => reader.ladders(*found),
        None => Vec::new(),
    }
}

/// Returns the first wanted key that no other ladder has, nor a page of the site itself.
fn free(wanted: Vec<String>, ladders: &[AdoptedLadder<'_>]) -> String {
    let allowed = |wanted: String| if is_reserved(&wanted) { format!("{wanted}-ladder") } else { wanted };
    let wanted: Vec<String> = wanted.into_iter().map(allowed).collect();
    let first = wanted.first().cloned().unwrap_or_else(|| "ladder".to_owned());
    let is_free = |key: &String| ladders.iter().all(|ladder| ladder.key != *key);
    let numbered = std::iter::once(first.clone()).chain((2..).map(|number| format!("{first}-{number}")));
    wanted.into_iter().chain(numbered).find(is_free).unwrap_or(first)
}

fn free_prefix(wanted: Vec<String>, ladders: &[AdoptedLadder<'_>]) -> String {
    let first = wanted.first().cloned().unwrap_or_else(|| "LD".to_owned());
    let is_free = |prefix: &String| {
        let mut others = ladders.iter().map(|ladder| &ladder.prefix);
        let is_near = |other: &String| goes_on_in_digits(other, prefix) || goes_on_in_digits(prefix, other);
        !others.any(|other| other == prefix || is_near(other))
    };
    let numbered = std::iter::once(first.clone()).chain((2..).map(|number| format!("{first}X{number}X")));
    wanted.into_iter().chain(numbered).find(is_free).unwrap_or(first)
}

fn has_ids(text: &str) -> bool {
    text.contains('{')
}

/// Returns the prefix of the ids that a document has already, if all of them have one.
fn written_prefix(shaped: &Shaped) -> Option<String> {
    let text = shaped.draft.text();
    if !has_ids(&text) {
        return None;
    }
    let outline = outline(&text);
    let criteria = outline.levels().flat_map(|level| &level.categories).flat_map(|category| &category.criteria);
    let ids = criteria.filter_map(|criterion| criterion.attributes.id.as_ref());
    let prefixes: BTreeSet<_> = ids.map(|id| CriterionId::parse(&id.text).map(|id| id.prefix().to_owned())).collect();
    match prefixes.len() {
        1 => prefixes.into_iter().next().flatten(),
        _ => None,
    }
}

/// Returns all languages, the source first.
fn tags(ladders: &[AdoptedLadder<'_>], source: &str) -> Vec<String> {
    let all: BTreeSet<&String> = ladders.iter().flat_map(|ladder| &ladder.editions).map(|(tag, ..)| tag).collect();
    std::iter::once(source.to_owned()).chain(all.into_iter().filter(|tag| *tag != source).cloned()).collect()
}

/// Returns the notices of the source, if one document has them and no other.
fn notice_of(ladders: &[AdoptedLadder<'_>]) -> Notice {
    let sources = ladders.iter().filter_map(|ladder| ladder.editions.first()).flat_map(|(_, _, files)| files);
    let notices: BTreeMap<_, _> = sources
        .map(|found| notice::find(found.text))
        .filter(|notice| notice.copyright.is_some())
        .map(|notice| ((notice.copyright.clone(), notice.licence.clone()), notice))
        .collect();
    match notices.len() {
        1 => notices.into_values().next().unwrap_or_default(),
        _ => Notice::default(),
    }
}

fn site(
    ladders: &[AdoptedLadder<'_>],
    tags: &[String],
    notice: &Notice,
    owner: Option<&str>,
    options: &AdoptOptions,
) -> String {
    let listed: Vec<_> = ladders
        .iter()
        .map(|ladder| Listed {
            key: &ladder.key,
            prefix: &ladder.prefix,
            titles: ladder
                .editions
                .iter()
                .filter_map(|(tag, edition, _)| Some((tag.as_str(), edition.title.clone()?)))
                .collect(),
        })
        .collect();
    let of_all = ladders.iter().flat_map(|ladder| &ladder.editions);
    let titles = of_all.filter_map(|(tag, shaped, _)| Some((tag.as_str(), shaped.title_of_all.clone()?))).collect();
    let changes: BTreeSet<_> = ladders
        .iter()
        .flat_map(|ladder| &ladder.editions)
        .flat_map(|(_, ladder, _)| ladder.changes.iter().copied())
        .collect();
    let (by, repository) = (options.by.as_deref(), options.repository.as_deref());
    Described { tags, ladders: &listed, titles, notice, owner, by, repository, changes: changes.into_iter().collect() }
        .text()
}

fn unknown(notice: &Notice, tags: &[String], options: &AdoptOptions) -> Vec<String> {
    let parts = [
        (notice.holder.is_none(), "who wrote it".to_owned()),
        (notice.copyright.is_none(), "the copyright notice".to_owned()),
        (notice.licence.is_none(), "the licence notice".to_owned()),
        (notice.known.is_none(), "which licence that is".to_owned()),
        (options.repository.is_none(), "where it comes from".to_owned()),
        (tags.len() > 1, "who translated it".to_owned()),
        (options.by.is_none(), "who adopted it".to_owned()),
    ];
    parts.into_iter().filter(|(is_unknown, _)| *is_unknown).map(|(_, what)| what).collect()
}

/// Returns the file of a ladder: its front matter, and its text.
fn whole(shaped: &Shaped, body: TextDraft, key: &str, files: &[FoundDocument<'_>]) -> TextDraft {
    let mut draft = shaped.front.clone().unwrap_or_default();
    if draft.is_empty() {
        let title = shaped.title.clone().unwrap_or_else(|| title_of(key));
        let newline = if files.iter().all(|found| found.text.contains("\r\n")) { "\r\n" } else { "\n" };
        draft.add(format!("+++{newline}title = {}{newline}+++{newline}", Value::from(title)));
    }
    draft.append(body);
    draft
}
