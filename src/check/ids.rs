//! An id that was ever given is kept in the register, and stands in the content until it is withdrawn.
//!
//! One that the register knows and the content has lost would break every address made of it; one that was withdrawn
//! may never name anything else. One that the register does not know yet could be lost without anybody noticing.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

use super::CheckInput;
use super::advice::Advice;
use super::lost::{InCode, Moved, Recognised};
use crate::config::SITE;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::model::Site;
use crate::register::items::{ItemKind, LadderItems};
use crate::register::{IdState, Key, REGISTER, Register, keys_of, ladder_file};
use crate::text::list;
use crate::witness::from_git;

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let CheckInput { site, register, .. } = checked;
    let standing = standing(site);
    let entry =
        |key: &Key| register.entry(key).map(|entry| entry.place.clone()).unwrap_or_else(|| Place::file(REGISTER));
    let advice = Advice::of(checked);
    let in_code: BTreeSet<&Key> = checked.lost.in_code().flat_map(|(_, block)| &block.keys).collect();
    let lost: Vec<&Key> = checked.lost.vanished().filter(|key| !in_code.contains(key)).collect();
    let stood = if lost.is_empty() { BTreeMap::new() } else { stood(checked) };
    let groups = VanishedGroup::all(site, &lost, &stood);
    let vanished = groups.iter().map(|group| {
        let key = group.keys[0];
        let problem = group.report(entry(key), &advice);
        match checked.lost.mention(key) {
            Some((place, text)) => problem.related(place.clone(), text.clone()),
            None => problem,
        }
    });
    let mut problems: Vec<_> = vanished.collect();
    problems.extend(checked.lost.in_code().map(|(place, block)| report_in_code(block, place.clone(), &advice)));
    problems.extend(checked.lost.recognised().filter_map(|(key, found)| report_recognised(key, found, entry(key))));
    problems.extend(report_unnamed(checked));
    problems.extend(checked.lost.moved().filter_map(|(key, moved)| report_moved(key, moved, entry(key))));
    problems.extend(standing.iter().filter_map(|(key, place)| {
        let entry = register.entry(key).filter(|entry| entry.state == IdState::Withdrawn)?;
        Some(report_reused(key, place.clone(), entry.place.clone()))
    }));
    // What the register lacks of editions has been reported, and comes first.
    if register.is_readable() && checked.lacking.is_empty() {
        problems.extend(report_unregistered(checked, &standing));
    }
    problems
}

/// Returns all ids of the source, and where they stand.
pub(crate) fn standing(site: &Site) -> BTreeMap<Key, Place> {
    let mut standing = BTreeMap::new();
    for ladder in &site.ladders {
        let ladder_key = &ladder.config.key;
        let levels =
            ladder.levels.iter().map(|level| (Key::level(ladder_key, &level.id), level.places.source().clone()));
        let named = ladder.categories.iter().filter(|category| !category.id.is_empty());
        let categories =
            named.map(|category| (Key::category(ladder_key, &category.id), category.places.source().clone()));
        let criteria = ladder.criteria.iter();
        let criteria =
            criteria.map(|criterion| (Key::Criterion(criterion.id.clone()), criterion.text.source().place.clone()));
        standing.extend(levels.chain(categories).chain(criteria));
    }
    standing
}

/// Returns the active ids that nothing in the content has.
pub(crate) fn missing(site: &Site, register: &Register) -> BTreeSet<Key> {
    let standing = standing(site);
    let active = register.entries().filter(|(_, entry)| entry.state == IdState::Active).map(|(key, _)| key);
    active.filter(|key| !standing.contains_key(key) && !is_renamed(site, key)).cloned().collect()
}

/// Returns whether a level or category goes on under another id, or in a ladder that was renamed.
pub(crate) fn is_renamed(site: &Site, key: &Key) -> bool {
    let (Key::Level { ladder, id } | Key::Category { ladder, id }) = key else { return false };
    let mut ladders = site
        .ladders
        .iter()
        .filter(|candidate| candidate.config.key == *ladder || candidate.config.was.contains(ladder));
    ladders.any(|ladder| match key {
        Key::Level { .. } => ladder.levels.iter().any(|level| level.id == *id || level.was.contains(id)),
        _ => ladder.categories.iter().any(|category| category.id == *id || category.was.contains(id)),
    })
}

/// Something without its id.
fn report_recognised(key: &Key, found: &Recognised, entry: Place) -> Option<Diagnostic> {
    let (first, others) = found.places.split_first()?;
    let message = match &found.other {
        None => format!("this is {key} without its id"),
        Some(other) => format!("this is {key} with the id {other}, which is not its own"),
    };
    let mut problem = first.problem(Code::VanishedId, message);
    for other in others.iter().take(2) {
        problem = problem.related(other.clone(), "and here");
    }
    let (problem, id) = (problem.related(entry, "given here"), key.id());
    Some(match &found.fix {
        Some(fix) => {
            let help = format!("write `{{#{id}}}` at its end, or let `rungs check --fix` do it");
            problem.help(help).fix(fix.clone())
        }
        None => problem.help(format!("write `{{#{id}}}` at its end, instead of what is left of it")),
    })
}

/// Reports a criterion that went into another ladder and has no id there yet.
fn report_moved(key: &Key, moved: &Moved, entry: Place) -> Option<Diagnostic> {
    let problem = moved.place.problem(Code::VanishedId, format!("this says what {key} said in another ladder"));
    let help = format!(
        "run `rungs id --write`, which assigns an id of this ladder; `rungs check` then says how to make {key} lead \
         to it"
    );
    moved.id.is_none().then(|| problem.related(entry, "given here").help(help))
}

/// Reports items that lack an id and are not recognised by their text: one problem for each file.
fn report_unnamed(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let moved = checked.lost.moved().map(|(_, moved)| &moved.place);
    let known: BTreeSet<&Place> = checked.lost.recognised().flat_map(|(_, found)| &found.places).chain(moved).collect();
    let unnamed = checked.site.ladders.iter().flat_map(|ladder| &ladder.unnamed);
    let mut by_file: BTreeMap<&Utf8Path, Vec<&Place>> = BTreeMap::new();
    for place in unnamed.filter(|place| !known.contains(place)) {
        by_file.entry(&place.path).or_default().push(place);
    }
    let source = &checked.site.config.locale(LocaleIndex::SOURCE).tag;
    let report = |places: Vec<&Place>| {
        let (first, others) = places.split_first()?;
        let is_translation = !first.path.starts_with(source);
        let message = match places.len() {
            1 => "this has no id".to_owned(),
            count => format!("{count} things have no id"),
        };
        let mut problem = first.problem(Code::MissingId, message);
        for other in others.iter().take(2) {
            problem = problem.related((*other).clone(), "nor has this");
        }
        let ladder = checked.site.ladders.iter().find(|ladder| ladder.files.source() == &first.path);
        let vanished = || checked.lost.vanished().filter(|key| ladder.is_some_and(|ladder| key.is_of(&ladder.config)));
        let help = match vanished().next() {
            _ if is_translation => {
                "run `rungs id --write`, which copies the id from the source where that is certain, or write the id \
                 from the source"
                    .to_owned()
            }
            None if checked.lost.vanished().next().is_some() => {
                "first deal with the ids that have vanished, then run `rungs id --write`".to_owned()
            }
            None => "run `rungs id --write`, which adds ids and changes nothing else".to_owned(),
            Some(key) => format!(
                "if it is one of those that have vanished, write its id here, such as `{{#{id}}}`; otherwise deal \
                 with those first, then run `rungs id --write`",
                id = key.id()
            ),
        };
        Some(problem.help(help))
    };
    by_file.into_values().filter_map(report).collect()
}

fn report_vanished(key: &Key, place: Place, help: String) -> Diagnostic {
    place.problem(Code::VanishedId, format!("{key} is no longer in the content")).label("given here").help(help)
}

/// Returns the level and the category of each criterion, as the last edition and the translations have them.
fn stood(checked: &CheckInput<'_>) -> BTreeMap<Key, (Key, Key)> {
    let CheckInput { site, sources, .. } = checked;
    let mut stood = BTreeMap::new();
    for ladder in site.history.editions.last().into_iter().flat_map(|edition| &edition.frozen.ladders) {
        stood.extend(ladder.criteria.iter().map(|criterion| {
            let (level, category) =
                (Key::level(&ladder.key, &criterion.level), Key::category(&ladder.key, &criterion.category));
            (Key::Criterion(criterion.id.clone()), (level, category))
        }));
    }
    let translations = || site.config.locale_indices().filter(|&locale| locale != LocaleIndex::SOURCE);
    for (ladder, locale) in
        site.config.ladders.iter().flat_map(|ladder| translations().map(move |locale| (ladder, locale)))
    {
        let Some(file) = LadderItems::find(&site.config, sources, locale, &ladder.key) else { continue };
        let (mut level, mut category) = (String::new(), String::new());
        for thing in file.things() {
            let id = thing.id().unwrap_or_default();
            match thing.kind {
                ItemKind::Level(_) => (level, category) = (id.to_owned(), String::new()),
                ItemKind::Category(_) => id.clone_into(&mut category),
                ItemKind::Criterion(_) => {
                    let Some(id) = CriterionId::parse(id) else { continue };
                    let place = (Key::level(&ladder.key, &level), Key::category(&ladder.key, &category));
                    stood.insert(Key::Criterion(id), place);
                }
            }
        }
    }
    stood
}

/// Ids that vanished together: a level or a category with its content, or all criteria of a level.
struct VanishedGroup<'a> {
    /// The ladder that went with all its levels.
    ladder: Option<&'a str>,
    /// The level or category first.
    keys: Vec<&'a Key>,
    /// The level that asks for nothing now.
    emptied: Option<(&'a str, &'a Place)>,
}

impl<'a> VanishedGroup<'a> {
    fn all(site: &'a Site, lost: &[&'a Key], stood: &BTreeMap<Key, (Key, Key)>) -> Vec<Self> {
        let mut left: Vec<&'a Key> = lost.to_vec();
        let mut groups = Vec::new();
        let take = |left: &mut Vec<&'a Key>, with: Option<&'a Key>, is_of: &dyn Fn(&Key) -> bool| {
            let (members, others): (Vec<_>, Vec<_>) = left.iter().partition(|key| Some(**key) != with && is_of(key));
            *left = others.into_iter().filter(|key| Some(*key) != with).collect();
            with.into_iter().chain(members).collect::<Vec<_>>()
        };
        let is_inside = |key: &Key, container: &Key| {
            stood.get(key).is_some_and(|(level, category)| level == container || category == container)
        };
        let last = site.history.editions.last().map(|edition| keys_of(&edition.frozen)).unwrap_or_default();
        let levels = || lost.iter().copied().filter(|key| matches!(key, Key::Level { .. }));
        for level in levels().filter(|level| last.is_empty() || last.contains(level)) {
            // An id that a level had before goes with the level that had it.
            let is_former = |key: &Key| levels().any(|level| level == key) && !last.is_empty() && !last.contains(key);
            let is_alike = |key: &Key| matches!((key, level), (Key::Level { ladder, .. }, Key::Level { ladder: lost_from, .. }) if ladder == lost_from);
            let keys = take(&mut left, Some(level), &|key| is_inside(key, level) || (is_former(key) && is_alike(key)));
            groups.push(Self { ladder: None, keys, emptied: None });
        }
        for ladder in &site.ladders {
            let starts: Vec<_> = ladder.levels.iter().map(|level| level.places.source().span().start).collect();
            // What stands there without an id may be what has vanished.
            let is_unnamed = |from: usize, to: Option<usize>| {
                let unnamed = ladder.unnamed.iter().filter(|place| place.path == *ladder.files.source());
                let mut starts = unnamed.map(|place| place.span().start);
                starts.any(|start| from <= start && to.is_none_or(|to| start < to))
            };
            let asked: BTreeSet<_> = ladder.criteria.iter().map(|criterion| criterion.level).collect();
            for (at, level) in ladder.levels.iter_enumerated().filter(|(at, _)| !asked.contains(at)) {
                let from = level.places.source().span().start;
                if is_unnamed(from, starts.get(usize::from(at) + 1).copied()) {
                    continue;
                }
                let key = Key::level(&ladder.config.key, &level.id);
                let keys = take(&mut left, None, &|lost| is_inside(lost, &key));
                let emptied = Some((level.id.as_str(), level.places.source()));
                groups.extend((!keys.is_empty()).then_some(Self { ladder: None, keys, emptied }));
            }
        }
        for category in lost.iter().copied().filter(|key| matches!(key, Key::Category { .. })) {
            let keys = take(&mut left, Some(category), &|key| is_inside(key, category));
            groups.push(Self { ladder: None, keys, emptied: None });
        }
        groups.extend(left.into_iter().map(|key| Self { ladder: None, keys: vec![key], emptied: None }));
        let mut whole: BTreeMap<&str, Vec<&Key>> = BTreeMap::new();
        let has_levels = |key: &String| {
            let mut ladders = site.ladders.iter().filter(|ladder| !ladder.levels.is_empty());
            ladders.any(|ladder| ladder.config.key == *key || ladder.config.was.contains(key))
        };
        groups.retain(|group| match group.keys[0] {
            Key::Level { ladder, .. } | Key::Category { ladder, .. } if !has_levels(ladder) => {
                whole.entry(ladder).or_default().extend(&group.keys);
                false
            }
            _ => true,
        });
        groups.extend(whole.into_iter().map(|(ladder, keys)| Self { ladder: Some(ladder), keys, emptied: None }));
        groups
    }

    fn report(&self, entry: Place, advice: &Advice<'_>) -> Diagnostic {
        let names: Vec<_> = self.keys.iter().map(ToString::to_string).collect();
        // A level can only be withdrawn when what it asked for is.
        let (levels, others): (Vec<&Key>, Vec<&Key>) = self.keys.iter().partition(|key| key.criterion().is_none());
        let gone = || advice.gone(&[others.as_slice(), levels.as_slice()].concat());
        if let Some(ladder) = self.ladder {
            return report_ladder(advice.checked, ladder, &names, entry, &gone());
        }
        match (self.emptied, names.as_slice()) {
            (Some((level, place)), _) => {
                let what = if names.len() == 1 { "only criterion" } else { "criteria" };
                let message = format!("level {level} has lost its {what}: {ids}", ids = list(&names));
                let problem = place.problem(Code::VanishedId, message).label("nothing is left here");
                problem.related(entry, "given here").help(format!("put it back, or {gone}", gone = gone()))
            }
            (None, [_]) => report_vanished(self.keys[0], entry, advice.on(self.keys[0])),
            (None, [first, others @ ..]) => {
                let what = match self.keys[0] {
                    Key::Level { .. } => "is what belongs to it",
                    _ => "are its contents",
                };
                let message = format!("{first} is no longer in the content, nor {what}: {ids}", ids = list(others));
                let help = format!("put it back, or {gone}", gone = gone());
                entry.problem(Code::VanishedId, message).label("given here").help(help)
            }
            (None, []) => unreachable!("a group is of something"),
        }
    }
}

/// Reports a ladder that went with all that has an id in it: its file was emptied, or it is gone from the whole site.
fn report_ladder(checked: &CheckInput<'_>, ladder: &str, ids: &[String], entry: Place, gone: &str) -> Diagnostic {
    let message =
        format!("the ladder `{ladder}` is no longer in the content, nor is anything with an id in it: {}", list(ids));
    if let Some((path, _)) = ladder_file(&checked.site.config, checked.sources, LocaleIndex::SOURCE, ladder) {
        let command = from_git(checked.sources, [path]);
        let problem = Place::file(path.clone()).problem(Code::VanishedId, message).related(entry, "given here");
        return problem.help(format!("put it back with `{command}`, or {gone}"));
    }
    let help = match ladder_now(checked, ladder) {
        Some(now) => format!("an edition already calls it `{now}`: write `was = [\"{ladder}\"]` below its key again"),
        None => format!("put its files back, and in `{SITE}` its `[[ladders]]` with `key = \"{ladder}\"`, or {gone}"),
    };
    entry.problem(Code::VanishedId, message).label("given here").help(help)
}

/// Returns the key that a ladder got in an edition and still has.
fn ladder_now<'a>(checked: &'a CheckInput<'_>, former: &str) -> Option<&'a str> {
    let site = checked.site;
    let ladders = site.history.editions.iter().rev().flat_map(|edition| &edition.frozen.ladders);
    let mut renamed = ladders.filter(|ladder| ladder.was.iter().any(|was| was == former));
    renamed.find_map(|then| site.config.ladders.iter().map(|now| now.key.as_str()).find(|now| *now == then.key))
}

/// Reports a block of code that swallowed a vanished item.
fn report_in_code(block: &InCode, place: Place, advice: &Advice<'_>) -> Diagnostic {
    const NAMED: usize = 12;
    let names: Vec<_> = block.keys.iter().map(ToString::to_string).collect();
    let named = match names.as_slice() {
        few if few.len() <= NAMED => list(few),
        many => format!("{} and {} more", list(&many[..NAMED]), many.len() - NAMED),
    };
    let verb = if names.len() == 1 { "is" } else { "are" };
    let (label, end) = match &block.fence {
        Some(fence) => ("the code begins here", format!("remove the two lines that begin with {fence}")),
        None => ("indented by four spaces or more", "remove the spaces before its lines".to_owned()),
    };
    let message = format!("{named} {verb} in code, which is text");
    let help = format!("{gone}; otherwise {end}", gone = advice.gone(&block.keys.iter().collect::<Vec<_>>()));
    place.problem(Code::VanishedId, message).label(label).help(help)
}

fn report_reused(key: &Key, place: Place, entry: Place) -> Diagnostic {
    place
        .problem(Code::ReusedId, format!("{key} was withdrawn but is in the content"))
        .related(entry, "withdrawn here")
        .help(
            "remove it, or if it expects something new, remove its id and run `rungs id --write`, which assigns a \
               new one",
        )
}

/// Reports unregistered ids: one problem for each file, or a single one if there is no register at all.
fn report_unregistered(checked: &CheckInput<'_>, standing: &BTreeMap<Key, Place>) -> Vec<Diagnostic> {
    let CheckInput { register, sources, lost, .. } = checked;
    // A new level or category may be one that has vanished under another id, which is told there.
    let may_be_renamed = |key: &Key| match key {
        Key::Level { ladder, .. } => {
            lost.vanished().any(|gone| matches!(gone, Key::Level { ladder: lost_from, .. } if lost_from == ladder))
        }
        Key::Category { ladder, .. } => {
            lost.vanished().any(|gone| matches!(gone, Key::Category { ladder: lost_from, .. } if lost_from == ladder))
        }
        Key::Criterion(_) => false,
    };
    // A level that has become a category is no new category.
    let is_taken = |id: &str| lost.recognised().any(|(_, found)| found.other.as_deref() == Some(id));
    let is_other = |key: &Key| lost.vanished().any(|gone| gone.id() == key.id()) || is_taken(&key.id());
    let is_new = |key: &Key| register.entry(key).is_none() && !may_be_renamed(key) && !is_other(key);
    let unregistered = || standing.iter().filter(|(key, _)| is_new(key));
    let help = || match lost.is_empty() {
        true => "run `rungs id --write`, which keeps the register".to_owned(),
        false => "first deal with the ids that have vanished, then run `rungs id --write`".to_owned(),
    };
    if !register.exists() {
        let count = unregistered().count();
        let message = match count {
            0 => return Vec::new(),
            1 => "there is no register for 1 id".to_owned(),
            count => format!("there is no register for {count} ids"),
        };
        let help = format!(
            "for a new site, run `rungs id --write`, which creates one; if there was one, run `{command}`",
            command = from_git(sources, [REGISTER])
        );
        return vec![Place::file(REGISTER).problem(Code::UnregisteredId, message).help(help)];
    }
    let mut by_file: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (key, place) in unregistered() {
        by_file.entry(&place.path).or_default().insert((place, key));
    }
    let report = |found: BTreeSet<(&Place, &Key)>| {
        let (first, key) = found.first()?;
        let message = match found.len() {
            1 => format!("{key} is not in the register"),
            count => format!("{count} ids are not in the register, starting with {key}"),
        };
        Some(first.problem(Code::UnregisteredId, message).help(help()))
    };
    by_file.into_values().filter_map(report).collect()
}
