//! A translation says what the source says in another language. One that says it in the very words of the source was
//! copied over, and readers take it for a translation.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::CheckInput;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::edition::FrozenCriterion;
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::model::Ladder;
use crate::text::list;
use crate::translation::normal_markdown;
use crate::witness::from_git;

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let config = &checked.site.config;
    let source = config.locale(LocaleIndex::SOURCE);
    let others = config.locale_indices().filter(|&locale| config.locale(locale).language != source.language);
    let of_locale = |locale: LocaleIndex| {
        let tag = &config.locale(locale).tag;
        let copies = checked.sources.texts.iter().filter(move |(path, text)| {
            let below = path.strip_prefix(tag).ok().filter(|below| below.extension() == Some("md"));
            let original = below.and_then(|below| checked.sources.text(&Utf8Path::new(&source.tag).join(below)));
            original.is_some_and(|original| original.lines().eq(text.lines()) && text.contains(char::is_alphabetic))
        });
        let copies: Vec<&Utf8Path> = copies.map(|(path, _)| path.as_path()).collect();
        let is_copy = |ladder: &&Ladder| ladder.files.own(locale).is_some_and(|path| copies.contains(&path.as_path()));
        let ladders = checked.site.ladders.iter().filter(|ladder| !is_copy(ladder));
        let criteria = ladders.filter_map(|ladder| copied_criteria(checked, ladder, locale));
        copies.iter().map(|path| copied_file(checked, path)).chain(criteria.collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    others.flat_map(of_locale).collect()
}

fn copied_file(checked: &CheckInput<'_>, path: &Utf8Path) -> Diagnostic {
    let source = &checked.site.config.locale(LocaleIndex::SOURCE).tag;
    let message = format!("{path} says word for word what the file in {source} says");
    let help = format!(
        "if it was translated, bring that back by `{command}`, or from the commit before; if not, remove the file: \
         readers then see the source, and that it is not translated",
        command = from_git(checked.sources, [path])
    );
    Place::file(path.to_owned()).problem(Code::CopiedSource, message).help(help)
}

/// Reports the criteria that were translated in the last edition and are no longer.
fn copied_criteria(checked: &CheckInput<'_>, ladder: &Ladder, locale: LocaleIndex) -> Option<Diagnostic> {
    let site = checked.site;
    let last = site.history.editions.last()?;
    let [source, tag] = [LocaleIndex::SOURCE, locale].map(|locale| site.config.locale(locale).tag.as_str());
    let words = |criterion: &FrozenCriterion, tag: &str| {
        criterion.statement.get(tag).map(|statement| normal_markdown(&statement.markdown()))
    };
    let translated = last.frozen.criteria().filter_map(|(_, criterion)| {
        let translation = words(criterion, tag)?;
        (words(criterion, source)? != translation).then_some((&criterion.id, translation))
    });
    let translated: BTreeMap<&CriterionId, String> = translated.collect();
    let copied = ladder.criteria.iter().filter_map(|criterion| {
        let before = translated.get(&criterion.id)?;
        let text = criterion.text.own(locale)?;
        let is_copy = text.statement.markdown() == criterion.text.source().statement.markdown();
        is_copy.then_some((criterion, &text.place, before))
    });
    let copied: Vec<_> = copied.collect();
    let (_, place, before) = copied.first()?;
    let ids: Vec<_> = copied.iter().map(|(criterion, ..)| criterion.id.to_string()).collect();
    let message = match ids.as_slice() {
        [id] => format!("{id} says in {tag} word for word what the source says"),
        _ => format!("{ids} say in {tag} word for word what the source says", ids = list(&ids)),
    };
    let edition = last.name();
    let help = format!("write the translation again: in {edition} it was `{before}`");
    let problem = place.problem(Code::CopiedSource, message).in_locale(tag).help(help);
    let others = copied.iter().skip(1);
    let problem = others.fold(problem, |problem, (_, place, before)| {
        problem.related((*place).clone(), format!("in {edition} this was `{before}`"))
    });
    Some(problem)
}
