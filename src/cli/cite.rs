//! `rungs cite`.

use super::arguments::{Cite, Report};
use super::{Failure, Outcome, report, site};
use crate::citing::{
    Citation, Cited, CitedLevel, FoundLevel, NoSuchLevel, NotCitable, cite, frozen_in, frozen_level, level_citation,
    nearest_edition, nearest_ids, nearest_levels,
};
use crate::diagnostic::Refusal;
use crate::edition::Edition;
use crate::handle::EditionIndex;
use crate::id::{CriterionId, EditionName};
use crate::locale::LocaleIndex;
use crate::model::{Site, Subject, reader_of};
use crate::text::{either, list, nearest};

pub(super) fn run(arguments: &Cite) -> Result<Outcome, Failure> {
    let Some(known) = site::read_citable(&arguments.content, &arguments.base)? else { return Ok(Outcome::Problems) };
    match citation(arguments, &known) {
        Ok(citation) => {
            let report = Report::HUMAN;
            known.warn_of_address(&arguments.content, &report);
            report::print_line(citation);
            Ok(Outcome::Fine)
        }
        Err(refusal) => {
            report::failure(&refusal);
            Ok(Outcome::Problems)
        }
    }
}

fn citation(arguments: &Cite, known: &site::CitableSite) -> Result<String, Refusal> {
    let site = &known.site;
    let written = &arguments.id;
    let locale = match locale(site, arguments.locale.as_deref()) {
        Ok(locale) => locale,
        Err(refusal) => {
            let tag = arguments.locale.as_deref().unwrap_or_default();
            let (citation, reader) = in_former_locale(site, written, tag).ok_or(refusal)?;
            return Ok(citation.write(arguments.format.0, &known.words, reader));
        }
    };
    if let Some(refusal) = misnamed_edition(site, written) {
        return Err(refusal);
    }
    if let Some(level) = level(site, written)? {
        return Ok(level_citation(site, level, locale).write(arguments.format.0, &known.words, locale));
    }
    if let Some(refusal) = not_citable_kind(site, written) {
        return Err(refusal);
    }
    let cited = Cited::parse_leniently(written).ok_or_else(|| unknown(site, written))?;
    let citation = cite(site, &cited, locale).map_err(|reason| not_citable(site, written, &cited, reason))?;
    if let Some(withdrawn) = site.history.withdrawn_at(&cited.id) {
        let successors: Vec<_> =
            site.history.withdrawn[withdrawn].final_successors.iter().map(ToString::to_string).collect();
        report::note(&match successors.as_slice() {
            [] => format!("{id} was withdrawn", id = cited.id),
            successors => format!(
                "{id} was withdrawn; now covered by: {successors}",
                id = cited.id,
                successors = list(successors)
            ),
        });
    }
    Ok(citation.write(arguments.format.0, &known.words, locale))
}

/// Returns the level that is called so. None if none is.
pub(super) fn level(site: &Site, written: &str) -> Result<Option<FoundLevel>, Refusal> {
    let Some(cited) = level_called(site, written) else { return Ok(None) };
    match cited.find(site) {
        Ok(found) => Ok(Some(found)),
        Err(NoSuchLevel::Unknown) => Ok(None),
        Err(reason) => Err(no_level(site, &cited, &reason)),
    }
}

/// Says why a level is not there.
pub(super) fn no_level(site: &Site, cited: &CitedLevel, reason: &NoSuchLevel) -> Refusal {
    let held = || list(cited.editions(site).into_iter().map(|edition| site.history.editions[edition].name()));
    match reason {
        NoSuchLevel::Several(labels) => {
            let refusal = Refusal::new(format!("several ladders have a level `{}`", cited.id));
            let labels: Vec<_> = labels.iter().map(|label| format!("`{label}`")).collect();
            refusal.help(format!("write {}", either(&labels)))
        }
        NoSuchLevel::Gone => {
            let last = cited.editions(site).pop().map(|edition| site.history.editions[edition].name().clone());
            let whole = CitedLevel { edition: last, ..cited.clone() };
            let refusal = Refusal::new(format!("`{cited}` is no longer a level"));
            refusal.help(format!("name an edition that has it, as in `{whole}`: {}", held()))
        }
        NoSuchLevel::NotInEdition => {
            let refusal = Refusal::new(format!("`{cited}` does not exist: that edition does not have this level"));
            refusal.help(if held().is_empty() {
                "no edition does yet".to_owned()
            } else {
                format!("editions that have it: {}", held())
            })
        }
        NoSuchLevel::UnknownEdition => no_edition(site, cited),
        NoSuchLevel::Unknown => {
            let levels = list(nearest_levels(site, cited));
            Refusal::new(format!("there is no level `{cited}`")).help(format!("name a level: {levels}"))
        }
    }
}

/// Reads the name of a level. None if no level was ever called so.
fn level_called(site: &Site, written: &str) -> Option<CitedLevel> {
    let whole = CitedLevel::parse(written)?;
    let of_ladder = whole.with_ladder();
    [Some(whole), of_ladder].into_iter().flatten().find(|cited| cited.find(site) != Err(NoSuchLevel::Unknown))
}

/// Refuses to cite something in an edition whose name is none.
pub(super) fn misnamed_edition(site: &Site, written: &str) -> Option<Refusal> {
    let (id, edition) = written.split_once('@').filter(|(_, edition)| EditionName::parse(edition).is_none())?;
    let is_criterion = CriterionId::parse_leniently(id).is_some_and(|id| is_known(site, id));
    if !is_criterion && level_called(site, id).is_none() {
        return None;
    }
    let refusal = Refusal::new(format!("the site has no edition `{edition}`"));
    Some(refusal.help(match nearest_edition(site, edition) {
        Some(near) => format!("did you mean `{id}@{near}`?"),
        None => editions(site),
    }))
}

/// Returns whether the site has or had a criterion.
fn is_known(site: &Site, id: CriterionId) -> bool {
    cite(site, &Cited { id, edition: None }, LocaleIndex::SOURCE) != Err(NotCitable::UnknownId)
}

/// Finds the edition that an option names.
pub(super) fn edition(site: &Site, name: &str) -> Result<EditionIndex, Refusal> {
    EditionName::parse(name).and_then(|name| site.history.edition(&name)).ok_or_else(|| {
        let refusal = Refusal::new(format!("the site has no edition `{name}`"));
        refusal.help(match nearest_edition(site, name) {
            Some(near) => format!("did you mean `--edition {near}`?"),
            None => editions(site),
        })
    })
}

pub(super) fn editions(site: &Site) -> String {
    match list(site.history.editions.iter().map(Edition::name)) {
        none if none.is_empty() => "none has been released yet".to_owned(),
        all => format!("editions: {all}"),
    }
}

fn no_edition(site: &Site, cited: &impl std::fmt::Display) -> Refusal {
    Refusal::new(format!("the site does not have the edition in `{cited}`")).help(editions(site))
}

pub(super) fn locale(site: &Site, tag: Option<&str>) -> Result<LocaleIndex, Refusal> {
    let Some(tag) = tag else { return Ok(LocaleIndex::SOURCE) };
    let found = site.config.locale_indices().find(|&index| site.config.locale(index).tag.eq_ignore_ascii_case(tag));
    found.ok_or_else(|| {
        let tags: Vec<_> = site.config.locales.iter().map(|locale| locale.tag.as_str()).collect();
        let help = match nearest(tag, tags.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its locales: {tags}", tags = list(&tags)),
        };
        let has_it = |edition: &&Edition| edition.locales.iter().any(|locale| locale.tag.eq_ignore_ascii_case(tag));
        let help = match site.history.editions.iter().rev().find(has_it) {
            Some(edition) => format!("name an edition that has it, as in `TL-042@{}`", edition.name()),
            None => help,
        };
        Refusal::new(format!("the site has no locale `{tag}`")).help(help)
    })
}

/// Returns what an edition has in a locale that the site has no more, and the locale whose words its readers get.
fn in_former_locale(site: &Site, written: &str, tag: &str) -> Option<(Citation, LocaleIndex)> {
    let (_, name) = written.split_once('@')?;
    let edition = site.history.edition(&EditionName::parse(name)?)?;
    let locales = &site.history.editions[edition].locales;
    let locale = locales.iter().find(|locale| locale.tag.eq_ignore_ascii_case(tag))?;
    let level = level_called(site, written).and_then(|cited| cited.find(site).ok());
    let citation = match level {
        Some(FoundLevel::Then(edition, level)) => frozen_level(site, edition, level, &locale.tag),
        _ => {
            let id = Cited::parse_leniently(written)?.id;
            frozen_in(site, edition, *site.history.timeline(&id).editions.get(&edition)?, locale)
        }
    };
    Some((citation, reader_of(site, locale)))
}

fn unknown(site: &Site, written: &str) -> Refusal {
    let id = id_of(written);
    let near = nearest_ids(site, id);
    if !near.is_empty() {
        let refusal = Refusal::new(format!("there is no criterion `{written}`"));
        return refusal.help(format!("did you mean {near}?", near = either(&near)));
    }
    let refusal = Refusal::new(format!("there is no criterion or level `{written}`"));
    let as_its_page = "write the id of a criterion as its page does, such as `TL-042`";
    let cited = CitedLevel::parse(written).or_else(|| CitedLevel::parse(id));
    let levels = cited.map(|cited| nearest_levels(site, &cited)).unwrap_or_default();
    refusal.help(match levels.as_slice() {
        [] => as_its_page.to_owned(),
        levels => format!("{as_its_page}, or a level: {levels}", levels = list(levels)),
    })
}

/// Returns the id before the edition.
fn id_of(written: &str) -> &str {
    written.split('@').next().unwrap_or_default()
}

/// Refuses to cite a thing with a page that is neither a criterion nor a level: a thread, a note.
fn not_citable_kind(site: &Site, written: &str) -> Option<Refusal> {
    let id = id_of(written);
    let kind = |label: &str| match site.find(label)? {
        Subject::Category { .. } => Some("category"),
        Subject::Thread { .. } => Some("thread"),
        Subject::Note(_) => Some("note"),
        Subject::Criterion(_) | Subject::Level(_) => None,
    };
    let is_called = |label: &str| {
        label.eq_ignore_ascii_case(id) || label.rsplit(':').next().is_some_and(|name| name.eq_ignore_ascii_case(id))
    };
    let (label, name) = site.labels().filter(|label| is_called(label)).find_map(|label| Some((label, kind(label)?)))?;
    let refusal = Refusal::new(format!("`{label}` is a {name}, but `rungs cite` only cites criteria and levels"));
    Some(refusal.help("name a criterion or a level by its id, such as `TL-042`, or copy the address of the page"))
}

fn not_citable(site: &Site, written: &str, cited: &Cited, reason: NotCitable) -> Refusal {
    match reason {
        NotCitable::UnknownId => unknown(site, written),
        NotCitable::UnknownEdition if !is_known(site, cited.id.clone()) => unknown(site, written),
        NotCitable::UnknownEdition => no_edition(site, cited),
        NotCitable::NotInEdition => {
            let held = site.history.timeline(&cited.id).editions.keys();
            let some = list(held.map(|&edition| site.history.editions[edition].name()));
            let refusal =
                Refusal::new(format!("`{cited}` does not exist: that edition does not have {id}", id = cited.id));
            refusal.help(if some.is_empty() {
                "no edition does yet".to_owned()
            } else {
                format!("editions that have it: {some}")
            })
        }
        NotCitable::Lost => Refusal::new(format!("{id} was withdrawn, and its text was not kept", id = cited.id)),
    }
}
