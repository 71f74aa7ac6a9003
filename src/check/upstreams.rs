//! Checks the ids of upstreams: an id with an upstream's prefix was given there and is never given again here, new ids
//! have other prefixes, and `site.toml` agrees with the records of the upstreams.

use std::collections::BTreeSet;

use super::CheckInput;
use super::notices::Places;
use crate::adaptation::{Adaptation, Upstream};
use crate::config::LadderConfig;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::id::{CriterionId, UPSTREAM};
use crate::register::{IdState, Key, REGISTER};
use crate::text::list;

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let site = checked.site;
    let files = checked.sources.texts.keys().filter(|path| path.starts_with(UPSTREAM));
    let files = files.filter(|path| path.extension() == Some("json")).count();
    let kept = checked.adaptation.map_or(&[][..], |adaptation| &adaptation.upstreams);
    // What a file holds that could not be read is not known, and it has been reported.
    if files != kept.len() {
        return Vec::new();
    }
    let places = Places::read(checked.sources);
    let mut problems = unlike(checked, kept, &places);
    // What was given elsewhere is not known without the records.
    if kept.len() < site.config.upstreams.len() {
        return problems;
    }
    let ids: BTreeSet<&CriterionId> = kept.iter().flat_map(Upstream::ids).collect();
    for (at, ladder) in site.config.ladders.iter().enumerate() {
        problems.extend(prefixes(checked, ladder, at, &ids, &places));
    }
    problems.extend(never_given(checked, &ids));
    problems.extend(checked.adaptation.and_then(|adaptation| unregistered(checked, adaptation, &ids)));
    problems
}

/// Reports upstreams that `site.toml` and the records describe differently.
fn unlike(checked: &CheckInput<'_>, kept: &[Upstream], places: &Places<'_>) -> Vec<Diagnostic> {
    let named = &checked.site.config.upstreams;
    let mut problems = Vec::new();
    for at in 0..named.len().max(kept.len()) {
        let path = Upstream::path_of(at + 1);
        match (named.get(at), kept.get(at)) {
            (Some(named), Some(kept)) if named.title == kept.title() && named.url.as_str() == kept.base_url => {}
            (None, None) => {}
            (named, Some(kept)) => {
                let message = match named {
                    Some(_) => format!("this is not the site in `{path}`"),
                    None => "the site that this ladder was adapted from is no longer listed".to_owned(),
                };
                let help = format!(
                    "write under `[[upstream]]`: `title = {title:?}`, `url = {url:?}`",
                    title = kept.title(),
                    url = kept.base_url
                );
                let place = places.of(&[&format!("upstream.{at}"), "provenance.source"]);
                problems.push(place.problem(Code::DroppedNotice, message).help(help));
            }
            (Some(named), None) => {
                let message = format!("`{path}`, the record of {title}, is missing", title = named.title);
                let place = places.of(&[&format!("upstream.{at}")]);
                let help =
                    "restore the file from version control: without it, nobody can tell what was changed".to_owned();
                problems.push(place.problem(Code::AlteredUpstream, message).help(help));
            }
        }
    }
    problems
}

/// Reports prefixes of new ids that an upstream has given, and kept prefixes that no upstream has.
fn prefixes(
    checked: &CheckInput<'_>,
    ladder: &LadderConfig,
    at: usize,
    ids: &BTreeSet<&CriterionId>,
    places: &Places<'_>,
) -> Vec<Diagnostic> {
    let is_given = |prefix: &str| ids.iter().any(|id| id.prefix() == prefix);
    let mut problems = Vec::new();
    if is_given(&ladder.prefix) {
        let message = format!("new ids would begin with {prefix}, as those of the upstream do", prefix = ladder.prefix);
        let place = places.of(&[&format!("ladders.{at}.prefix")]);
        let help = "choose a prefix of your own, and list this one in `kept-prefixes`".to_owned();
        problems.push(place.problem(Code::InvalidValue, message).help(help));
    }
    // One that the site itself gave ids under, and none under the new one, is told of there.
    let active = checked.register.entries().filter(|(_, entry)| entry.state == IdState::Active);
    let own: BTreeSet<&str> = active.filter_map(|(key, _)| Some(key.criterion()?.prefix())).collect();
    let is_own = |prefix: &str| own.contains(prefix) && !own.contains(ladder.prefix.as_str());
    for prefix in ladder.kept_prefixes.iter().filter(|prefix| !is_given(prefix) && !is_own(prefix)) {
        let message = format!("no id from elsewhere begins with {prefix}");
        let place = places.of(&[&format!("ladders.{at}.kept-prefixes")]);
        problems.push(place.problem(Code::InvalidValue, message).help("remove it from `kept-prefixes`"));
    }
    problems
}

/// Criteria whose ids look as if they were given by an upstream.
fn never_given(checked: &CheckInput<'_>, ids: &BTreeSet<&CriterionId>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for ladder in &checked.site.ladders {
        let kept = |id: &CriterionId| ladder.config.kept_prefixes.iter().any(|prefix| prefix == id.prefix());
        for criterion in ladder.criteria.iter().filter(|criterion| kept(&criterion.id) && !ids.contains(&criterion.id))
        {
            let message = format!(
                "{id} was never assigned by the upstream, whose ids begin with {prefix}",
                id = criterion.id,
                prefix = criterion.id.prefix()
            );
            let help = format!(
                "remove the id and run `rungs id --write`, which assigns one that begins with {prefix}",
                prefix = ladder.config.prefix
            );
            let place = criterion.text.source().place.clone();
            problems.push(place.problem(Code::InvalidId, message).help(help));
        }
    }
    problems
}

/// Ids that the register has lost, and could be given again. Those that stand are reported elsewhere.
fn unregistered(checked: &CheckInput<'_>, adaptation: &Adaptation, ids: &BTreeSet<&CriterionId>) -> Option<Diagnostic> {
    let register = checked.register;
    let step = adaptation.steps().next()?;
    let standing: BTreeSet<_> = step.after.criteria().map(|(_, criterion)| &criterion.id).collect();
    let is_lost =
        |id: &&&CriterionId| register.entry(&Key::Criterion((**id).clone())).is_none() && !standing.contains(**id);
    let lost: Vec<_> = ids.iter().filter(is_lost).collect();
    if lost.is_empty() || !register.is_readable() {
        return None;
    }
    let message = format!("the register has lost {ids}, which the upstream assigned", ids = list(lost));
    let help = "restore register.toml from version control: to leave a criterion out, run `rungs withdraw`".to_owned();
    Some(Place::file(REGISTER).problem(Code::UnregisteredId, message).help(help))
}
