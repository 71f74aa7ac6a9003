//! A ladder keeps the key and the prefix under which its ids were given: an id is never renamed, and the addresses of
//! levels have the key in them.

use std::collections::{BTreeMap, BTreeSet};

use super::CheckInput;
use super::advice::{forgetting, withdrawing};
use super::notices::Places;
use crate::adaptation::Upstream;
use crate::config::LadderConfig;
use crate::diagnostic::{Code, Diagnostic, Fix, Place};
use crate::id::{CriterionId, UPSTREAM};
use crate::locale::LocaleIndex;
use crate::register::items::LadderItems;
use crate::register::{IdState, Key};

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    // What the register lacks of editions has been reported, and comes first.
    if !checked.register.is_readable() || !checked.lacking.is_empty() {
        return Vec::new();
    }
    let places = Places::read(checked.sources);
    let ladders = checked.site.config.ladders.iter().enumerate();
    if let Some(problem) = swapped_ladders(checked, &places) {
        return vec![problem];
    }
    let prefixes = ladders.clone().filter_map(|(at, ladder)| renamed_prefix(checked, ladder, at, &places));
    let keys = ladders.filter_map(|(at, ladder)| renamed_key(checked, ladder, at, &places));
    prefixes.chain(keys).collect()
}

/// Reports two ladders that each have the prefix of the ids in the other one's file.
fn swapped_ladders(checked: &CheckInput<'_>, places: &Places<'_>) -> Option<Diagnostic> {
    let config = &checked.site.config;
    let ladders: Vec<_> = config.ladders.iter().enumerate().collect();
    let is_given = |prefix: &str| {
        checked.register.entries().filter_map(|(key, _)| key.criterion()).any(|id| id.prefix() == prefix)
    };
    let has_own = |ladder: &LadderConfig| {
        let mut read = checked.site.ladders.iter().filter(|read| read.config.key == ladder.key);
        read.any(|read| read.criteria.iter().any(|criterion| criterion.id.prefix() == ladder.prefix))
    };
    // The other ladder to which all ids of a file belong, with where the first of them stands.
    let owner = |ladder: &LadderConfig| {
        if has_own(ladder) {
            return None;
        }
        let file = LadderItems::find(config, checked.sources, LocaleIndex::SOURCE, &ladder.key)?;
        let things = file.things();
        let mut ids = things.iter().filter_map(|thing| Some((thing, CriterionId::parse(thing.id()?)?)));
        let (first, id) = ids.next()?;
        let (at, _) = ladders.iter().find(|(_, other)| other.prefix == id.prefix() && other.key != ladder.key)?;
        let is_alike = !ladder.has_prefix(id.prefix()) && ids.all(|(_, other)| other.prefix() == id.prefix());
        is_alike.then(|| (*at, file.place(first), id.to_string()))
    };
    let mut pairs = ladders.iter().filter(|(_, ladder)| is_given(&ladder.prefix)).filter_map(|(at, ladder)| {
        let (other, place, id) = owner(ladder).filter(|(other, ..)| at < other)?;
        let (back, other_place, other_id) = owner(ladders[other].1)?;
        (back == *at).then_some(([(*at, *ladder), ladders[other]], [(place, id), (other_place, other_id)]))
    });
    let ([(at, one), (_, other)], stands) = pairs.next()?;
    let message = format!(
        "the ladders `{one}` and `{other}` have swapped their keys or their prefixes",
        one = one.key,
        other = other.key
    );
    let problem = places.of(&[&format!("ladders.{at}.prefix")]).problem(Code::RenamedLadder, message);
    let problem =
        stands.into_iter().fold(problem, |problem, (place, id)| problem.related(place, format!("{id} is here")));
    Some(problem.help(format!(
        "the ids of `{one}` begin with {prefix}: if the prefixes were swapped, swap them back; if the keys were, write \
         `key = \"{other}\"` here and `key = \"{one}\"` for the other one",
        prefix = other.prefix,
        one = one.key,
        other = other.key
    )))
}

/// Reports that a ladder has a prefix under which it gave no id, while those of its ids belong to no ladder.
fn renamed_prefix(
    checked: &CheckInput<'_>,
    ladder: &LadderConfig,
    at: usize,
    places: &Places<'_>,
) -> Option<Diagnostic> {
    let (config, new) = (&checked.site.config, ladder.prefix.as_str());
    let adopted =
        || checked.adaptation.into_iter().flat_map(|adaptation| &adaptation.upstreams).flat_map(Upstream::ids);
    // What was given elsewhere is not known without the records.
    let upstreams = checked.adaptation.map_or(0, |adaptation| adaptation.upstreams.len());
    let is_record = |path: &&camino::Utf8PathBuf| path.starts_with(UPSTREAM) && path.extension() == Some("json");
    let records = checked.sources.texts.keys().filter(is_record).count();
    let is_recorded = upstreams == records.max(config.upstreams.len());
    let is_adopted = |prefix: &str| match is_recorded {
        true => adopted().any(|id| id.prefix() == prefix),
        false => ladder.has_prefix(prefix),
    };
    let mut homeless: BTreeMap<&str, BTreeSet<&Key>> = BTreeMap::new();
    for (key, entry) in checked.register.entries() {
        let Some(id) = key.criterion() else { continue };
        if id.prefix() == new {
            return None;
        }
        let is_own = config.ladders.iter().any(|ladder| ladder.prefix == id.prefix());
        if entry.state == IdState::Active && !is_own && !is_adopted(id.prefix()) {
            homeless.entry(id.prefix()).or_default().insert(key);
        }
    }
    if homeless.is_empty() {
        return None;
    }
    let file = LadderItems::find(config, checked.sources, LocaleIndex::SOURCE, &ladder.key)?;
    let things = file.things();
    let written = things.iter().filter_map(|thing| Some((thing, CriterionId::parse(thing.id()?)?)));
    let written: Vec<_> = written.collect();
    // The ids that stand in the file, be it with the prefix of the register or, in a ladder that the register knows, with
    // that of site.toml. The first ids of a new ladder have the numbers of others too.
    let is_known = checked
        .register
        .entries()
        .any(|(key, _)| matches!(key, Key::Level { ladder: level_ladder, .. } if *level_ladder == ladder.key || ladder.was.contains(level_ladder)));
    let stands = |prefix: &str, id: &CriterionId| {
        let numbered = || homeless.get(prefix).into_iter().flatten().filter_map(|key| key.criterion());
        id.prefix() == prefix
            || (is_known && id.prefix() == new && numbered().any(|other| other.number() == id.number()))
    };
    let count = |prefix: &str| written.iter().filter(|(_, id)| stands(prefix, id)).count();
    let (old, given) = homeless.iter().filter(|(old, _)| count(old) > 0).max_by_key(|(old, _)| count(old))?;
    let place = places.of(&[&format!("ladders.{at}.prefix")]);
    let message = format!("the ids of the ladder `{key}` begin with {old}, not with {new}", key = ladder.key);
    let (first, id) = written.iter().find(|(_, id)| stands(old, id))?;
    let problem = place.problem(Code::RenamedLadder, message).related(file.place(first), format!("{id} is here"));
    let is_kept = ladder.kept_prefixes.iter().any(|kept| kept == old);
    let unkept = if is_kept {
        format!(" and remove {old} from `kept-prefixes`, which is for ids from elsewhere")
    } else {
        String::new()
    };
    let keep = format!("write `prefix = \"{old}\"`{unkept}");
    if !written.iter().any(|(_, id)| id.prefix() == new) {
        let help = format!("{keep}: ids are never renamed, and neither is the prefix of new ones");
        let problem = problem.help(help);
        let fix = Fix::new(place, format!("\"{old}\""));
        return Some(if is_kept { problem } else { problem.fix(fix) });
    }
    let was = CriterionId::new(old, id.number());
    let keep = format!("{keep}, and in the files `{was}` for `{id}` and so on: ids are never renamed");
    let is_released = checked
        .site
        .history
        .editions
        .iter()
        .any(|edition| edition.frozen.criteria().any(|(_, criterion)| criterion.id.prefix() == *old));
    let given: Vec<&Key> = given.iter().copied().collect();
    Some(problem.help(match is_released {
        true => format!("{keep}; or, if these are other criteria, run `{withdraw}`", withdraw = withdrawing(&given)),
        false => {
            format!("{keep}; or, since no edition has them, run `{forget}`", forget = forgetting(&given))
        }
    }))
}

/// Reports that a ladder has a key under which it gave no id, while its levels are known under another one.
fn renamed_key(checked: &CheckInput<'_>, ladder: &LadderConfig, at: usize, places: &Places<'_>) -> Option<Diagnostic> {
    let config = &checked.site.config;
    let found = checked.site.ladders.iter().find(|candidate| candidate.config.key == ladder.key)?;
    // Another ladder may well have levels of the same ids, and has a prefix of its own.
    let mut ids = checked.register.entries().filter_map(|(key, _)| key.criterion());
    if !ids.any(|id| id.prefix() == ladder.prefix) {
        return None;
    }
    let mut homeless: BTreeMap<&str, (usize, &Place)> = BTreeMap::new();
    for (key, entry) in checked.register.entries() {
        let Key::Level { ladder: former_ladder, id } = key else { continue };
        if *former_ladder == ladder.key || ladder.was.contains(former_ladder) {
            return None;
        }
        if entry.state == IdState::Active
            && !config.ladders.iter().any(|other| other.key == *former_ladder || other.was.contains(former_ladder))
        {
            let (count, _) = homeless.entry(former_ladder).or_insert((0, &entry.place));
            *count += usize::from(found.levels.iter().any(|level| level.id == *id));
        }
    }
    let (old, (count, entry)) = homeless.into_iter().max_by_key(|(_, (count, _))| *count)?;
    if count == 0 {
        return None;
    }
    let place = places.of(&[&format!("ladders.{at}.key")]);
    let message = format!("the ladder `{new}` has the levels of `{old}`, which no longer exists", new = ladder.key);
    let problem = place.problem(Code::RenamedLadder, message).related(entry.clone(), "given here");
    let problem = problem.related(found.title_places.source().clone(), "the ladder");
    Some(problem.help(format!(
        "if it has another name now, write `was = [\"{old}\"]` below its key, so that its addresses still work; \
         otherwise \
         write `key = \"{old}\"` and give its files that name"
    )))
}
