//! A reference has to lead somewhere.
//!
//! `[TL-042]`, `[L6]`, `[thread:maps]` and `[words][TL-042]` are looked for in every text of every locale. Words in
//! brackets that look like none of them are words in brackets. What a note says it is about is looked for too.

use super::texts::{CheckedFile, find};
use super::{CheckInput, SUGGESTIONS};
use crate::diagnostic::{Code, Diagnostic, Fix, Place};
use crate::handle::LadderIndex;
use crate::id::CriterionId;
use crate::model::{Ladder, Site};
use crate::parse::{Inline, Reference};
use crate::register::{IdState, Key, Register};
use crate::text::{list, nearest};

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let site = checked.site;
    let unknown = find(site, |file, inline| match inline {
        Inline::Reference(reference) => {
            // What is missing is told where it went.
            let leads_nowhere =
                site.resolve(reference, file.ladder).is_none() && !checked.lost.is_labelled(&reference.label);
            (leads_nowhere && site.is_meant_as_reference(reference)).then_some(reference)
        }
        _ => None,
    });
    let report = |(at, (file, reference)): (usize, (CheckedFile<'_>, &Reference))| {
        let label = &reference.label;
        let problem = |message| file.place(&reference.span).problem(Code::UnknownReference, message);
        if let Some(help) = withdrawn(checked.register, label, |successor| format!("`[{successor}]`")) {
            return problem(format!("`{label}` was withdrawn")).label("leads to nothing current").help(help);
        }
        if let Some(now) = renamed(site, label, file.ladder) {
            let problem = problem(format!("`{label}` is called `{now}` now"));
            let problem = problem.label("its former id").help(format!("write `[{now}]`"));
            return match place_of_label(checked, file, reference) {
                Some(place) => problem.fix(Fix::new(place, now)),
                None => problem,
            };
        }
        if let Some(id) = canonical(site, label) {
            let problem = problem(format!("`{label}` leads nowhere"));
            let problem = problem.label("not how the id is written").help(format!("write `{id}`"));
            return match place_of_label(checked, file, reference) {
                Some(place) => problem.fix(Fix::new(place, id.to_string())),
                None => problem,
            };
        }
        let near = || site.nearest_in_a_ladder(label).or_else(|| nearest(label, site.labels()).map(str::to_owned));
        let near = if at < SUGGESTIONS { near() } else { None };
        let help = match near {
            Some(near) => format!("did you mean `[{near}]`?"),
            None => {
                format!("if you mean the brackets literally, write `\\{written}`", written = reference.written)
            }
        };
        problem(format!("`{label}` leads nowhere")).label("nothing has this id").help(help)
    };
    let mut problems: Vec<_> = unknown.into_iter().enumerate().map(report).collect();
    problems.extend(ambiguous(site));
    let about = site.notes.iter().flat_map(|note| &note.about_nothing);
    let about = about.filter(|(label, _)| !checked.lost.is_labelled(label)).enumerate();
    problems.extend(about.map(|(at, (label, place))| about_nothing(checked, at, label, place)));
    problems
}

/// Reports references that could lead into several ladders.
fn ambiguous(site: &Site) -> Vec<Diagnostic> {
    if site.ladders.len() < 2 {
        return Vec::new();
    }
    let found = find(site, |file, inline| match inline {
        Inline::Reference(reference) => {
            let ways = site.ways_to_write(&reference.label, file.ladder);
            (!ways.is_empty()).then_some((reference, ways))
        }
        _ => None,
    });
    let report = |(file, (reference, ways)): (CheckedFile<'_>, (&Reference, Vec<String>))| {
        let ways: Vec<_> = ways.into_iter().map(|way| format!("[{way}]")).collect();
        several(&reference.label, file.place(&reference.span), &ways)
    };
    found.into_iter().map(report).collect()
}

/// Reports a label that several ladders have, with the ways to write the intended one.
fn several(label: &str, place: Place, ways: &[String]) -> Diagnostic {
    const FEW: usize = 4;
    let named = ways.iter().take(FEW).map(|way| format!("`{way}`"));
    let (named, more) = (list(named), ways.len().saturating_sub(FEW));
    let help = match more {
        0 => format!("say which one you mean: {named}"),
        _ => format!("say which one you mean: {named}, and so on for {more} more"),
    };
    let message = format!("`{label}` is in {number} ladders", number = ways.len());
    place.problem(Code::AmbiguousReference, message).label("could lead to any of them").help(help)
}

/// Reports what a note says it is about, `at` of such faults standing before it.
fn about_nothing(checked: &CheckInput<'_>, at: usize, label: &str, place: &Place) -> Diagnostic {
    let problem = |message| place.problem(Code::UnknownReference, message);
    if let Some(help) = withdrawn(checked.register, label, |successor| format!("`{successor}`")) {
        return problem(format!("`{label}` was withdrawn")).label("a note cannot be about it any more").help(help);
    }
    // Threads and categories go by their bare keys too.
    let of_kind = |kind: &str| renamed(checked.site, &format!("{kind}:{label}"), None);
    let now = renamed(checked.site, label, None).or_else(|| of_kind("category")).or_else(|| of_kind("thread"));
    if let Some(now) = now {
        let problem = problem(format!("`{label}` is called `{now}` now")).label("its former id");
        let problem = problem.help(format!("write `\"{now}\"`"));
        let written = checked.sources.text(&place.path).and_then(|text| text.get(place.span()));
        // In quotes, as TOML has it.
        return match written.and_then(|written| written.find(label)) {
            Some(at) => {
                let start = place.span().start + at;
                problem.fix(Fix::new(Place::new(place.path.clone(), start..start + label.len()), now))
            }
            None => problem,
        };
    }
    let ways = checked.site.ways_to_write_about(label);
    if !ways.is_empty() {
        return several(label, place.clone(), &ways);
    }
    let near = if at < SUGGESTIONS { nearest(label, checked.site.labels()) } else { None };
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write the id of a criterion, level or category, or the key of a thread".to_owned(),
    };
    problem(format!("a note cannot be about `{label}`")).help(help)
}

/// Returns the present form of a label that was renamed: of a level, a category, a thread, a note, or the ladder that
/// it names. None if that is not certain.
fn renamed(site: &Site, label: &str, ladder: Option<LadderIndex>) -> Option<String> {
    let (named, id) = label.split_once(':').map_or((None, label), |(named, id)| (Some(named), id));
    let has =
        |ladder: &Ladder, name: &str| ladder.config.key == name || ladder.config.was.iter().any(|was| was == name);
    let levels = |ladder: LadderIndex| site[ladder].levels.iter().filter(|level| level.was.iter().any(|was| was == id));
    let mut found: Vec<String> = Vec::new();
    for (at, ladder_data) in
        site.ladders.iter_enumerated().filter(|(_, ladder_data)| named.is_none_or(|name| has(ladder_data, name)))
    {
        for level in levels(at) {
            let is_clear = named.is_none() && (ladder == Some(at) || !site.is_shared_label(&level.id));
            found.push(if is_clear {
                level.id.clone()
            } else {
                format!("{key}:{id}", key = ladder_data.config.key, id = level.id)
            });
            if ladder == Some(at) && named.is_none() {
                return found.pop();
            }
        }
        // The ladder alone has another name.
        let now = format!("{key}:{id}", key = ladder_data.config.key);
        if named.is_some_and(|name| name != ladder_data.config.key) && site.find(&now).is_some() {
            found.push(now);
        }
    }
    let is_former = |was: &[String]| was.iter().any(|was| was == id);
    for ladder in &site.ladders {
        let threads = ladder.threads.iter().filter(|thread| named == Some("thread") && is_former(&thread.was));
        found.extend(threads.map(|thread| format!("thread:{key}", key = thread.key)));
        let categories =
            ladder.categories.iter().filter(|category| named == Some("category") && is_former(&category.was));
        found.extend(categories.map(|category| format!("category:{id}", id = category.id)));
    }
    let notes = site.notes.iter_enumerated().filter(|(at, note)| {
        let kind = site.collection_of(*at).label();
        let label = |folder: &str| {
            let collection = site.config.collections.iter().find(|collection| collection.folder == folder);
            collection.map_or_else(|| folder.to_owned(), |collection| collection.label().to_owned())
        };
        (named == Some(kind) && is_former(&note.was))
            || note.moved.iter().any(|(folder, slug)| named == Some(label(folder).as_str()) && slug == id)
    });
    found.extend(
        notes.map(|(at, note)| format!("{kind}:{slug}", kind = site.collection_of(at).label(), slug = note.slug)),
    );
    found.sort();
    found.dedup();
    found.pop().filter(|_| found.is_empty())
}

/// Returns the id that is meant by `tl-42` or `TL42`.
fn canonical(site: &Site, label: &str) -> Option<CriterionId> {
    let id = CriterionId::parse_leniently(label)?;
    let has_id = |ladder: &Ladder| ladder.criteria.iter().any(|criterion| criterion.id == id);
    site.ladders.iter().any(has_id).then_some(id)
}

/// Returns where the label of a reference stands, between the last brackets of it.
fn place_of_label(checked: &CheckInput<'_>, file: CheckedFile<'_>, reference: &Reference) -> Option<Place> {
    let written = checked.sources.text(file.path)?.get(reference.span.0.clone())?;
    let label = written.strip_suffix(']')?.strip_suffix(&reference.label)?;
    let start = reference.span.start + label.strip_suffix('[')?.len() + 1;
    Some(file.place(&(start..start + reference.label.len())))
}

/// Returns the advice for a reference to a withdrawn criterion, with its successors as references. None for anything
/// else.
fn withdrawn(register: &Register, label: &str, written: impl Fn(&CriterionId) -> String) -> Option<String> {
    let id = CriterionId::parse(label)?;
    register.entry(&Key::Criterion(id.clone())).filter(|entry| entry.state == IdState::Withdrawn)?;
    let Some(succession) = register.succession(&id) else {
        return Some("nothing replaced it: remove the reference, or quote what it said".to_owned());
    };
    let successors: Vec<_> = succession.successors.iter().map(|(id, _)| id.clone()).collect();
    let final_successors = register.final_successors(&id);
    let became = format!("it was {} {}", succession.verb.words(), list(&successors));
    Some(match final_successors.first() {
        None => format!("{became}, and nothing is left of that: remove the reference"),
        Some(successor) if final_successors == successors => {
            format!("{became}: write {successor}", successor = written(successor))
        }
        Some(successor) => {
            format!(
                "{became}, which continues in {final_successors}: write {successor}",
                final_successors = list(&final_successors),
                successor = written(successor)
            )
        }
    })
}
