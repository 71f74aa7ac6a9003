//! Finds pages of editions that are gone although nothing says what became of them.
//!
//! The register knows about levels and criteria, but not about names of files and folders: one that is renamed silently
//! would take its addresses with it. A page with a fixed address has no other one to redirect to.

use std::collections::BTreeMap;

use super::{CheckInput, editions};
use crate::address::CollectionNames;
use crate::config::SITE;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::edition::Edition;
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::model::{self, LocalePage, LostItem, Page, Redirects, Site, TakenAddress, Unanswered};
use crate::register::{IdState, Key};

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let history = &checked.site.history;
    // It has a page in each locale, and the first of them will do.
    let mut lost: BTreeMap<&LostItem, &Redirects> = BTreeMap::new();
    for former in &history.former {
        if let Some(what) = &former.lost {
            lost.entry(what).or_insert(former);
        }
    }
    let unexplained = lost.into_iter().filter(|(what, _)| !is_withdrawn(checked, what));
    let mut problems: Vec<_> = unexplained.map(|(what, former)| report(checked, what, former)).collect();
    // One edition that is gone takes many addresses with it.
    let mut unanswered: BTreeMap<&str, Vec<&Unanswered>> = BTreeMap::new();
    for address in history.unanswered.iter().filter(|address| !is_reported_elsewhere(checked, address)) {
        let edition = address.path.strip_prefix("e/").and_then(|rest| rest.split('/').next());
        unanswered.entry(edition.unwrap_or_default()).or_default().push(address);
    }
    problems.extend(unanswered.into_iter().filter_map(|(edition, all)| unanswerable(edition, &all)));
    problems.extend(model::taken(checked.site).iter().map(|address| taken(checked.site, address)));
    problems
}

/// Reports something new under a name that belongs to something else since an edition.
fn taken(site: &Site, TakenAddress { path, edition, owner, now }: &TakenAddress) -> Diagnostic {
    let place = match now {
        Page::In(_, LocalePage::Note(note, _)) => Place::file(site.notes[*note].text.source().path.clone()),
        Page::In(_, LocalePage::SharedThread(thread)) => site.config.threads[*thread].place.clone(),
        _ => Place::file(SITE),
    };
    let owner = owner.path(site);
    let message = format!("/{path} has led to /{owner} since edition {edition}, but something else is there now");
    place.problem(Code::LostAddress, message).help("give this another name: people have cited the address of the other")
}

/// Returns whether a missing page is reported where more is known about it: an edition that cannot be read, or an id
/// that the register has, has lost, or would have if it could be read.
fn is_reported_elsewhere(checked: &CheckInput<'_>, address: &Unanswered) -> bool {
    let Some(slug) = address.path.strip_prefix("c/").and_then(|rest| rest.strip_suffix('/')) else {
        return !editions::are_all_read(checked);
    };
    let key = CriterionId::parse(&slug.to_ascii_uppercase()).map(Key::Criterion);
    !checked.register.is_readable()
        || key.is_some_and(|key| checked.register.entry(&key).is_some() || checked.lacking.contains(&&key))
}

/// Returns whether it is said of all levels of a ladder why they are gone.
fn is_withdrawn(checked: &CheckInput<'_>, what: &LostItem) -> bool {
    let LostItem::Ladder(ladder) = what else { return false };
    let mut entries = checked.register.entries();
    entries.all(|(key, entry)| {
        !matches!(key, Key::Level { ladder: level_ladder, .. } if level_ladder == ladder)
            || entry.state == IdState::Withdrawn
    })
}

fn report(checked: &CheckInput<'_>, what: &LostItem, former: &Redirects) -> Diagnostic {
    let source = &checked.site.config.locale(LocaleIndex::SOURCE).tag;
    let is_note = matches!(what, LostItem::Note { folder, .. } if folder == CollectionNames::NOTES);
    let (path, noun, help) = match what {
        LostItem::Note { folder, slug } => (
            format!("{source}/{folder}/{slug}.md"),
            if is_note { "note" } else { "page" },
            format!(
                "put `was = [\"{slug}\"]` into the front matter of the {} that replaced it, or `was = \
                 [\"{folder}/{slug}\"]` if that is in another folder: until then its address leads to {}",
                if is_note { "note" } else { "page" },
                if is_note { "the list of notes" } else { "the nearest page" },
            ),
        ),
        LostItem::Ladder(key) => (
            format!("{source}/{key}.md"),
            "ladder",
            format!(
                "add `was = [\"{key}\"]` to the ladder in site.toml that replaced it: until then its address leads to \
                 the home page"
            ),
        ),
        LostItem::Collection(folder) => (
            "site.toml".to_owned(),
            "folder of pages",
            format!(
                "add `was = [\"{folder}\"]` to the `[[pages]]` in site.toml that replaced it: until then the addresses \
                 of its pages lead to the home page"
            ),
        ),
        LostItem::SharedThread(key) => (
            "site.toml".to_owned(),
            "shared thread",
            format!(
                "add `was = [\"{key}\"]` to the thread under `[threads]` in site.toml that replaced it: until then its \
                 address leads to the threads of a ladder that shared it"
            ),
        ),
        LostItem::Glossary => (
            crate::glossary::GLOSSARY.to_owned(),
            "glossary",
            "restore the site's glossary: until then its address leads to the home page".to_owned(),
        ),
    };
    let name = match (what, former.title.as_str()) {
        (LostItem::Collection(name) | LostItem::SharedThread(name), "") => format!("{noun} `{name}`"),
        (_, "") => noun.to_owned(),
        (_, title) => format!("{noun} “{title}”"),
    };
    let end = if *what == LostItem::Glossary { "" } else { ", and nothing says what replaced it" };
    let message = format!("the {name} was released and is gone{end}");
    Place::file(path).problem(Code::LostPage, message).help(help)
}

/// Reports addresses that were released and at which nothing can stand: all of one edition, or else those of criteria.
fn unanswerable(edition: &str, all: &[&Unanswered]) -> Option<Diagnostic> {
    let (first, others) = all.split_first()?;
    let (path, named) = (&first.path, &first.edition);
    let message = match others.len() {
        0 => format!("/{path} was released with {named}, and the site has no page for it any more"),
        more => {
            format!("/{path} and {more} more were released with {named}, and the site has no pages for them any more")
        }
    };
    let help = match edition {
        "" => "restore the entries of these ids in register.toml from version control: an id keeps its page \
             permanently; to stop expecting a criterion, run `rungs withdraw`"
            .to_owned(),
        edition => format!("restore `editions/{edition}.json` from version control: what people have cited must stay"),
    };
    Some(Place::file(Edition::path_of(named)).problem(Code::LostAddress, message).help(help))
}
