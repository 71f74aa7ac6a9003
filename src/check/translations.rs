//! What stands in the source should stand in every locale, and nothing else in any.
//!
//! Of what is missing as a whole, the whole is named: a ladder without a file, or a level with all that it asks for. A
//! reader of that locale reads the source instead, so that a site can be published while its translation grows.

use rayon::prelude::*;

use super::Checked;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::handle::LevelIndex;
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::model::{Ladder, OnlyTranslated, Site};
use crate::register::Key;

pub(crate) fn check(checked: &Checked<'_>) -> Vec<Diagnostic> {
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
    let categories = ladder.categories.iter().filter(|category| !category.id.is_empty());
    let categories = categories.filter(|category| category.title.own(locale).is_none()).map(|category| {
        let what = format!("the category `{category}`", category = category.id);
        report(
            what,
            category.places.source(),
            format!("write its heading with the id `{{#{id}}}` in {file}", id = category.id),
        )
    });
    let criteria = ladder.criteria.iter().filter(|of| has_level(of.level) && of.text.own(locale).is_none());
    let criteria = criteria.map(|criterion| {
        let id = &criterion.id;
        report(id.to_string(), &criterion.text.source().place, format!("write it with the id `{{#{id}}}` in {file}"))
    });
    let threads = ladder.threads.iter().filter(|thread| thread.title.own(locale).is_none()).map(|thread| {
        let what = format!("the title of the thread `{thread}`", thread = thread.key);
        report(
            what,
            thread.places.source(),
            format!("add `{key} = \"…\"` below `[threads]` in {file}", key = thread.key),
        )
    });
    levels.chain(categories).chain(criteria).chain(threads).collect()
}

/// Reports what stands in translations alone. What the source has lost by mistake is told there.
fn only_there<'a>(checked: &'a Checked<'_>, ladder: &'a Ladder) -> impl Iterator<Item = Diagnostic> + 'a {
    let source = &checked.site.config.locale(LocaleIndex::SOURCE).tag;
    let key = &ladder.config.key;
    let is_lost = |of: &OnlyTranslated| match of.kind {
        "criterion" => CriterionId::parse(&of.id).is_some_and(|id| checked.lost.holds(&Key::Criterion(id))),
        "level" => checked.lost.is_recognised(&Key::level(key, &of.id)),
        "category" => checked.lost.is_recognised(&Key::category(key, &of.id)),
        _ => false,
    };
    ladder.only_translated.iter().filter(move |of| !is_lost(of)).map(move |of| {
        let OnlyTranslated { kind, id, place } = of;
        Diagnostic::new(
            Code::OnlyInTranslation,
            format!("the {kind} `{id}` stands only in the translation"),
            place.clone(),
        )
        .label(format!("no {kind} of {source}/{key}.md has this id"))
        .help(format!("add it to the source, `{source}`, or remove it here"))
    })
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
    Diagnostic::new(Code::MissingTranslation, format!("{what} is missing in {tag}"), place).help(help).in_locale(tag)
}
