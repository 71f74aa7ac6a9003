//! Adopting ladders: documents as they were found in, the files of a site out.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use toml_edit::Value;

use super::assemble::{LadderDocument, Making};
use super::coverage::{Reason, unplaced};
use super::discover::{self, AdoptedDocument, Gathered, LadderDocuments, LadderGroup};
use super::draft::{FoundDocument, TextDraft};
use super::naming::{initials, key};
use super::normalize::{self, Normalization, Shaped, outline};
use super::notice::{self, Notice};
use super::site::{Described, Listed};
use super::summary::Understanding;
use super::{CONTENT, Files};
use crate::address::is_reserved;
use crate::config::is_prefix;
use crate::diagnostic::{Code, Diagnostic, Place, Refusal, sorted};
use crate::id::CriterionId;
use crate::locale::Locale;
use crate::parse::{Block, BlockKind, Inline};
use crate::text::Edit;

/// Options of `rungs init --from` that override what the documents say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AdoptOptions {
    /// The prefix of the ladder's ids; of several ladders, the first one's.
    pub(crate) prefix: Option<String>,
    /// The tag of the language that the documents were written in first.
    pub(crate) locale: Option<String>,
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
    pub(crate) understood: Vec<Understanding>,
    /// Findings in the documents, by path.
    pub findings: Vec<Diagnostic>,
    /// Errors of the new content, by its paths.
    pub(crate) left: Vec<Diagnostic>,
    /// The files beside the documents that say whose these are, and what others may do with them.
    pub(crate) notices_from: Vec<Utf8PathBuf>,
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
    check(options)?;
    let Gathered { source, groups, mut others, problems: mut findings } =
        discover::gather(documents, options.locale.as_deref());
    let mut ladders = ladders(&groups, &source, options, &mut others);
    if ladders.is_empty() {
        let none = |document: &AdoptedDocument<'_>| {
            Place::file(document.found.path).problem(Code::NoLevels, "there is no ladder in this document").help(
                "a ladder has levels as headings and criteria as items of lists below them, or a table of levels and \
                 categories",
            )
        };
        return Err(Refusal::new("nothing to adopt").problems(documents.iter().map(none).collect()));
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
    reasons.extend(made.reasons);
    let drafts: Vec<_> = made.parts.iter().map(|part| &part.draft).collect();
    let understood: Vec<_> = ladders
        .iter()
        .flat_map(|ladder| &ladder.editions)
        .flat_map(|(_, shaped, _)| shaped.understood.iter().cloned())
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
        understood: made.understood,
        findings: sorted(findings),
        left: made.left,
        notices_from,
        to_fill_in: if owner.is_some() { Vec::new() } else { unknown(&notice, &tags, options) },
    })
}

fn check(options: &AdoptOptions) -> Result<(), Refusal> {
    if let Some(prefix) = options.prefix.as_ref().filter(|prefix| !is_prefix(prefix)) {
        return Err(Refusal::new(format!("`{prefix}` cannot be the prefix of ids"))
            .help("write upper case letters A to Z and digits, a letter first, such as `TL` for `TL-042`"));
    }
    if let Some(tag) = &options.locale
        && Locale::parse(tag).is_none_or(|locale| locale.tag != *tag)
    {
        let meant = Locale::probably(tag).map_or_else(|| "en".to_owned(), |locale| locale.tag);
        return Err(Refusal::new(format!("`{tag}` is not how a language is written")).help(format!("write `{meant}`")));
    }
    Ok(())
}

fn no_ladder(path: &Utf8Path) -> Diagnostic {
    Place::file(path)
        .problem(Code::Unplaced, "no ladder is found in this document, and nothing of it is taken over")
        .help("if it explains the ladder, make it a note: put it into `notes/` with a title between two lines of +++")
}

/// Brings every group into shape, and names it.
fn ladders<'a>(
    groups: &[LadderGroup<'a>],
    source: &str,
    options: &AdoptOptions,
    others: &mut Vec<FoundDocument<'a>>,
) -> Vec<AdoptedLadder<'a>> {
    let mut ladders: Vec<AdoptedLadder<'a>> = Vec::new();
    for group in groups {
        let own = group.editions.iter().filter(|(tag, _)| *tag == source);
        let rest = group.editions.iter().filter(|(tag, _)| *tag != source);
        let mut editions = Vec::new();
        for (tag, edition) in own.chain(rest) {
            let files: Vec<_> = edition.index.iter().chain(edition.members.values()).copied().collect();
            let is_in_turn = tag == source || !editions.is_empty();
            match shaped(group, edition).filter(|_| is_in_turn) {
                Some(shaped) => editions.push((tag.clone(), shaped, files)),
                None => others.extend(files),
            }
        }
        let Some((_, first, _)) = editions.first_mut() else { continue };
        let stem = group.base.file_stem().filter(|_| !group.by_level).unwrap_or_default().to_lowercase();
        let folder = if group.by_level { Some(group.base.as_path()) } else { group.base.parent() };
        let folder = folder.and_then(Utf8Path::file_name).and_then(key);
        let named = key(&stem).filter(|stem| !["index", "readme"].contains(&stem.as_str()));
        let by_title = first.title.as_deref().and_then(key);
        let key = free(named.or(folder).or(by_title).unwrap_or_else(|| "ladder".to_owned()), &ladders);
        first.title.get_or_insert_with(|| title_of(&key));
        let wished = options.prefix.clone().filter(|_| ladders.is_empty());
        let title = first.title.clone().unwrap_or_default();
        let prefix = wished.or_else(|| written_prefix(first)).or_else(|| initials(&title)).or_else(|| initials(&key));
        let prefix = free_prefix(prefix.unwrap_or_else(|| "LD".to_owned()), &ladders);
        ladders.push(AdoptedLadder { key, prefix, editions });
    }
    ladders
}

fn shaped(group: &LadderGroup<'_>, edition: &LadderDocuments<'_>) -> Option<Shaped> {
    let members: Vec<_> = edition.members.values().copied().collect();
    if group.by_level { normalize::folder(edition.index, &members) } else { normalize::one(*members.first()?) }
}

/// Returns a key that no other ladder has, nor a page of the site itself.
fn free(wanted: String, ladders: &[AdoptedLadder<'_>]) -> String {
    let wanted = if is_reserved(&wanted) { format!("{wanted}-ladder") } else { wanted };
    let is_free = |key: &String| ladders.iter().all(|ladder| ladder.key != *key);
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    std::iter::once(wanted.clone()).chain(numbered).find(is_free).unwrap_or(wanted)
}

fn free_prefix(wanted: String, ladders: &[AdoptedLadder<'_>]) -> String {
    let is_free = |prefix: &String| ladders.iter().all(|ladder| ladder.prefix != *prefix);
    let lettered = ('A'..='Z').map(|letter| format!("{wanted}{letter}"));
    let numbered = (2..).map(|number| format!("{wanted}X{number}X"));
    std::iter::once(wanted.clone()).chain(lettered).chain(numbered).find(is_free).unwrap_or(wanted)
}

/// Returns the prefix of the ids that a document has already, if all of them have one.
fn written_prefix(shaped: &Shaped) -> Option<String> {
    let outline = outline(&shaped.draft.text());
    let criteria = outline.levels().flat_map(|level| &level.categories).flat_map(|category| &category.criteria);
    let ids = criteria.filter_map(|criterion| criterion.attributes.id.as_ref());
    let prefixes: BTreeSet<_> = ids.map(|id| CriterionId::parse(&id.text).map(|id| id.prefix().to_owned())).collect();
    match prefixes.len() {
        1 => prefixes.into_iter().next().flatten(),
        _ => None,
    }
}

/// Returns a key as a title: `Technical leadership`.
fn title_of(key: &str) -> String {
    let mut words = key.replace('-', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
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
    let changes: BTreeSet<_> = ladders
        .iter()
        .flat_map(|ladder| &ladder.editions)
        .flat_map(|(_, ladder, _)| ladder.changes.iter().copied())
        .collect();
    let (by, repository) = (options.by.as_deref(), options.repository.as_deref());
    Described { tags, ladders: &listed, notice, owner, by, repository, changes: changes.into_iter().collect() }.text()
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

/// Takes out what only leads from file to file: blocks before the first level that hold links to other pages and
/// nothing else.
fn navigation(draft: &TextDraft, reasons: &mut Vec<Reason>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for block in outline(&draft.text()).preface.iter().filter(|block| leads_on(block)) {
        reasons.extend(draft.places(block.span.0.clone()).into_iter().map(|place| Reason {
            place,
            message: "these links lead from file to file, and the site has its own".to_owned(),
            help: "nothing is to be done, unless they lead to something that should be adopted too".to_owned(),
        }));
        edits.push(Edit::delete(block.span.0.clone()));
    }
    edits
}

fn leads_on(block: &Block) -> bool {
    let is_page = |target: &str| {
        let path = target.split(['#', '?']).next().unwrap_or_default();
        !target.contains(':') && !path.is_empty() && [".md", ".html", "/"].iter().any(|end| path.ends_with(end))
    };
    match &block.kind {
        BlockKind::Paragraph(paragraph) => {
            let mut links = 0;
            let only_links = paragraph.text.inlines.iter().all(|inline| match inline {
                Inline::Link { target, .. } => {
                    links += 1;
                    is_page(target)
                }
                Inline::Text(text) => !text.contains(char::is_alphanumeric),
                Inline::HardBreak => true,
                _ => false,
            });
            only_links && links > 0
        }
        BlockKind::List(list) => {
            list.items.iter().all(|item| !item.blocks.is_empty() && item.blocks.iter().all(leads_on))
        }
        _ => false,
    }
}
