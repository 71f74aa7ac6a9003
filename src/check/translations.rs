//! Checks that every locale has the structure of the source, and nothing else.
//!
//! If a whole is missing, the whole is reported: a ladder without a file, or a level with all its criteria. A reader of
//! that locale reads the source instead, so that a site can be published while its translation grows.

use std::collections::BTreeMap;

use camino::Utf8Path;
use rayon::prelude::*;

use super::CheckInput;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Fix, Place};
use crate::handle::LevelIndex;
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::model::{Ladder, OnlyTranslated, Site};
use crate::register::Key;
use crate::text::{Edit, nearest};

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let site = checked.site;
    let locales: Vec<_> = site.config.locale_indices().filter(|&locale| locale != LocaleIndex::SOURCE).collect();
    let pairs: Vec<_> =
        locales.iter().flat_map(|&locale| site.ladders.iter().map(move |ladder| (ladder, locale))).collect();
    let ladders = pairs.par_iter().flat_map_iter(|&(ladder, locale)| of_ladder(&site.config, ladder, locale));
    let mut problems: Vec<_> = ladders.collect();
    problems.extend(locales.iter().flat_map(|&locale| notes(site, locale)));
    problems.extend(site.ladders.iter().flat_map(|ladder| only_there(checked, ladder)));
    problems
}

fn of_ladder(config: &Config, ladder: &Ladder, locale: LocaleIndex) -> Vec<Diagnostic> {
    let tag = config.locale(locale).tag.as_str();
    let Some(file) = ladder.files.own(locale) else {
        let file = format!("{tag}/{}.md", ladder.config.key);
        let what = format!("the ladder `{ladder}`", ladder = ladder.config.key);
        return vec![missing(&what, tag, Place::file(ladder.files.source().clone()), format!("write it in {file}"))];
    };
    let report = |what: String, place: &Place, how: String| missing(&what, tag, place.clone(), how);
    // A heading with nothing but its codes and id is no translation yet.
    let says = |level: LevelIndex| {
        ladder.levels[level].title.own(locale).is_some()
            || ladder.criteria_of(level).any(|(_, criterion)| criterion.text.own(locale).is_some())
    };
    let has_level = |level: LevelIndex| ladder.levels[level].places.own(locale).is_some() && says(level);
    let levels = ladder.levels.iter_enumerated().filter(|&(at, _)| !has_level(at)).map(|(at, level)| {
        let count = ladder.criteria_of(at).filter(|(_, criterion)| criterion.text.own(locale).is_none()).count();
        let what = match count {
            1 => format!("level {level} with 1 criterion", level = level.id),
            count => format!("level {level} with {count} criteria", level = level.id),
        };
        report(what, level.places.source(), format!("write it with the id `{{#{id}}}` in {file}", id = level.id))
    });
    // Titles that ladders share stand in site.toml, where they are told.
    let categories = ladder.categories.iter().filter(|category| !category.id.is_empty() && !category.is_shared);
    let categories = categories.filter(|category| category.title.own(locale).is_none()).map(|category| {
        let what = format!("the category `{category}`", category = category.id);
        report(
            what,
            category.places.source(),
            format!("write its heading with the id `{{#{id}}}` in {file}", id = category.id),
        )
    });
    let criteria =
        ladder.criteria.iter().filter(|criterion| has_level(criterion.level) && criterion.text.own(locale).is_none());
    let criteria = criteria.map(|criterion| {
        let id = &criterion.id;
        report(id.to_string(), &criterion.text.source().place, format!("write it with the id `{{#{id}}}` in {file}"))
    });
    let threads = ladder.threads.iter().filter(|thread| !thread.is_shared && thread.title.own(locale).is_none());
    let threads = threads.map(|thread| {
        let what = format!("the title of the thread `{thread}`", thread = thread.key);
        report(
            what,
            thread.places.source(),
            format!("add `{key} = \"…\"` under `[threads]` in {file}", key = thread.key),
        )
    });
    levels.chain(categories).chain(criteria).chain(threads).collect()
}

/// Reports items that only translations have. Items that the source has lost by mistake are reported as lost.
fn only_there(checked: &CheckInput<'_>, ladder: &Ladder) -> Vec<Diagnostic> {
    let source = &checked.site.config.locale(LocaleIndex::SOURCE).tag;
    let key = &ladder.config.key;
    let is_lost = |unit: &OnlyTranslated| match unit.kind {
        "criterion" => CriterionId::parse(&unit.id).is_some_and(|id| checked.lost.holds(&Key::Criterion(id))),
        "level" => checked.lost.holds(&Key::level(key, &unit.id)),
        "category" => checked.lost.holds(&Key::category(key, &unit.id)),
        _ => false,
    };
    let mut found: BTreeMap<(&Utf8Path, &str, &str), Vec<&Place>> = BTreeMap::new();
    for unit in ladder.only_translated.iter().filter(|unit| !is_lost(unit)) {
        found.entry((&unit.place.path, unit.kind, &unit.id)).or_default().push(&unit.place);
    }
    let report = |((path, kind, id), places): ((&Utf8Path, &str, &str), Vec<&Place>)| {
        let (first, others) = places.split_first()?;
        let message = format!("the {kind} `{id}` is only in the translation");
        let mut problem = first
            .problem(Code::OnlyInTranslation, message)
            .label(format!("no {kind} of {source}/{key}.md has this id"));
        for other in others {
            problem = problem.related((*other).clone(), "and here");
        }
        if let Some(meant) = counterpart(checked, ladder, path, kind, id) {
            let sign = if kind == "thread" { "" } else { "#" };
            let edits = places.iter().map(|place| Edit::replace(place.span(), format!("{sign}{meant}"))).collect();
            let text = checked.sources.text(path).unwrap_or_default();
            let is_id = places.iter().all(|place| text.get(place.span()) == Some(format!("{sign}{id}").as_str()));
            let fix = Fix::of_all(path.to_owned(), text, edits).ok().filter(|_| is_id);
            let problem = problem.help(match kind {
                "thread" => format!("write `{meant}`, as in the source"),
                _ => format!("write `{{#{meant}}}`, as in the source"),
            });
            return Some(match fix {
                Some(fix) => problem.fix(fix),
                None => problem,
            });
        }
        Some(problem.help(match id_of_other(checked, ladder, id) {
            Some(other) => format!("this is an id of the ladder `{other}`: write the one from the source"),
            None => format!("add it to the source, `{source}`, or remove it here"),
        }))
    };
    found.into_iter().filter_map(report).collect()
}

/// Returns the id that something in a translation has in the source: the one that it is written like, that it got after
/// this one, or that is the only one which the translation lacks.
fn counterpart(checked: &CheckInput<'_>, ladder: &Ladder, path: &Utf8Path, kind: &str, id: &str) -> Option<String> {
    let config = &checked.site.config;
    let locale = config.locale_indices().find(|&locale| path.starts_with(&config.locale(locale).tag))?;
    let like = |known: &str| known.eq_ignore_ascii_case(id).then(|| known.to_owned());
    let lacking: Vec<&str> = match kind {
        "level" => {
            if let Some(level) = ladder.levels.iter().find_map(|level| like(&level.id)) {
                return Some(level);
            }
            let renamed = ladder.levels.iter().find(|level| level.was.iter().any(|was| was == id));
            if let Some(level) = renamed.filter(|level| level.places.own(locale).is_none()) {
                return Some(level.id.clone());
            }
            let levels = ladder.levels.iter().filter(|level| level.places.own(locale).is_none());
            levels.map(|level| level.id.as_str()).collect()
        }
        "category" => {
            if let Some(category) = ladder.categories.iter().find_map(|category| like(&category.id)) {
                return Some(category);
            }
            let renamed = ladder.categories.iter().find(|category| category.was.iter().any(|was| was == id));
            if let Some(category) = renamed {
                return Some(category.id.clone());
            }
            let named = ladder.categories.iter().filter(|category| !category.id.is_empty());
            let categories = named.filter(|category| category.title.own(locale).is_none());
            categories.map(|category| category.id.as_str()).collect()
        }
        "thread" => {
            let lacking = ladder.threads.iter().filter(|thread| thread.title.own(locale).is_none());
            let renamed = ladder.threads.iter().find(|thread| thread.was.iter().any(|was| was == id));
            if let Some(thread) = renamed {
                return Some(thread.key.clone());
            }
            return nearest(id, lacking.map(|thread| thread.key.as_str())).map(str::to_owned);
        }
        "criterion" => {
            let meant = CriterionId::meant(id).filter(|meant| meant.to_string() != id)?;
            let stands = ladder.criteria.iter().any(|criterion| criterion.id == meant);
            return stands.then(|| meant.to_string());
        }
        _ => return None,
    };
    match lacking.as_slice() {
        [one] => Some((*one).to_owned()),
        _ => None,
    }
}

/// Returns the ladder that an id belongs to by its prefix, if it is another one.
fn id_of_other<'a>(checked: &'a CheckInput<'_>, ladder: &Ladder, id: &str) -> Option<&'a str> {
    let id = CriterionId::parse(id).filter(|id| !ladder.config.has_prefix(id.prefix()))?;
    let other = checked.site.config.ladders.iter().find(|ladder| ladder.has_prefix(id.prefix()))?;
    Some(other.key.as_str())
}

fn notes(site: &Site, locale: LocaleIndex) -> impl Iterator<Item = Diagnostic> {
    let tag = site.config.locale(locale).tag.as_str();
    let untranslated = site.notes.iter_enumerated().filter(move |(_, note)| note.text.own(locale).is_none());
    untranslated.map(move |(at, note)| {
        let collection = site.collection_of(at);
        let source = &note.text.source().path;
        let name = source.file_name().unwrap_or(&note.slug);
        missing(
            &collection.of_kind(
                format!("the note `{note}`", note = note.slug),
                format!("the page `{page}`", page = note.slug),
            ),
            tag,
            Place::file(source.clone()),
            format!("write it in {tag}/{}/{name}", collection.folder),
        )
    })
}

fn missing(what: &str, tag: &str, place: Place, help: String) -> Diagnostic {
    place.problem(Code::MissingTranslation, format!("{what} is missing in {tag}")).help(help).in_locale(tag)
}
