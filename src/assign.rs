//! Assigns ids to items without one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use camino::Utf8PathBuf;

use crate::check::LostIds;
use crate::config::LadderConfig;
use crate::diagnostic::{Code, Diagnostic, Place, Problems, Severity};
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::proposal::{Proposal, Reading};
use crate::register::items::{IdentifiedItem, ItemKind, LadderItems};
use crate::register::{self, Key, REGISTER, RegisterNames, of_title};
use crate::text::Edits;
use crate::translation;
use crate::understood::Understood;
use crate::witness::{Witnesses, incomplete, lacking};

/// The ids that `rungs id` shows and `rungs id --write` writes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The items without an id, file by file, with the ids they get.
    pub missing: Vec<Missing>,
    /// The new texts of the files that change. They differ from the old ones in the ids alone.
    pub edits: BTreeMap<Utf8PathBuf, String>,
    /// The new text of the register, which may be the old one.
    pub register: String,
    /// Whether ids are refused and nothing may be written, since items the site has lost may be among those without an
    /// id.
    pub is_refused: bool,
    /// Items that could not get an id, with the reason, or the reason why all ids are refused.
    pub problems: Vec<Diagnostic>,
}

/// Something without an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The kind of the item and the id that it gets.
    pub key: Key,
    pub place: Place,
}

/// Finds items without an id, gives each the next free one, and registers every id of the source.
///
/// Criteria are numbered on from the highest number ever given. Levels and categories are named after their codes and
/// titles. A translation takes its ids from the source, if it has the same structure.
pub fn assign(before: &Reading) -> Assignment {
    let Reading { sources, understood, .. } = before;
    let register = &understood.register;
    let mut proposal = Proposal::of(before);
    let problems = Problems::from(understood.of_register.clone());
    let witnesses = Witnesses::read(before.config(), sources, &problems);
    let incomplete = incomplete(register, &lacking(register, &witnesses.released), sources);
    let is_refused = incomplete.is_some();
    problems.extend(incomplete);
    let old = sources.text(REGISTER.into()).unwrap_or_default().to_owned();
    let mut assignment =
        Assignment { register: old.clone(), is_refused, problems: problems.into_sorted(), ..Assignment::default() };
    // What an unreadable register or edition holds is not known, and none of it may be given again.
    if !assignment.problems.is_empty() {
        return assignment;
    }
    let mut keys = Vec::new();
    for ladder in &before.config().ladders {
        let (assignment, proposal) = (&mut assignment, &mut proposal);
        keys.extend(Assigner { before, ladder, witnesses: &witnesses, assignment, proposal }.ladder());
    }
    let Some(new) = register.with(&keys) else {
        return Assignment { register: old, problems: vec![register::unwritable()], ..Assignment::default() };
    };
    let vanished = vanished(before);
    if !vanished.is_empty() {
        assignment.is_refused = true;
        assignment.problems.extend(vanished);
        return assignment;
    }
    Assignment { register: new, edits: proposal.into_edits(), ..assignment }
}

/// Reports ids that the register has and the source has lost, or else the faults that hide them. The items may be among
/// those without an id, and would get another one.
fn vanished(before: &Reading) -> Vec<Diagnostic> {
    let Understood { site, adaptation, register, .. } = &before.understood;
    if register.entries().next().is_none()
        || LostIds::of(site, adaptation.as_ref(), register, &before.sources).is_empty()
    {
        return Vec::new();
    }
    let errors = before.problems().iter().filter(|problem| problem.severity() == Severity::Error).cloned();
    let tells =
        |problem: &Diagnostic| matches!(problem.code, Code::VanishedId | Code::UnclosedCode | Code::RenamedLadder);
    let (vanished, others): (Vec<_>, Vec<_>) = errors.partition(tells);
    if vanished.is_empty() { others } else { vanished }
}

struct Assigner<'a, 'b> {
    before: &'b Reading,
    ladder: &'a LadderConfig,
    witnesses: &'a Witnesses,
    assignment: &'a mut Assignment,
    proposal: &'a mut Proposal<'b>,
}

impl Assigner<'_, '_> {
    /// Gives ids to all files of the ladder, and all ids that its source then has.
    fn ladder(&mut self) -> Vec<Key> {
        let config = self.before.config();
        let find = |locale| LadderItems::find(config, &self.before.sources, locale, &self.ladder.key);
        let files: Vec<_> = config.locale_indices().map(find).collect();
        let Some(source) = &files[LocaleIndex::SOURCE.0] else { return Vec::new() };
        let things = source.things();
        let next = self.next_number(files.iter().flatten());
        let ids = self.names(source, &things, next);
        if !self.give(source, &things, &ids) {
            return Vec::new();
        }
        for translation in files.iter().skip(1).flatten() {
            self.translation(translation, &things, &ids);
        }
        let keys = things.iter().zip(&ids).filter_map(|(thing, id)| thing.key(self.ladder, id.as_deref()?));
        keys.collect()
    }

    /// Returns one more than the highest number that the register or any file holds: a ladder, an edition, the record
    /// of an upstream, a record of translations. None if there is no higher one.
    ///
    /// Ladders are searched as plain text, so that an id counts which stands at a wrong place or is not closed.
    fn next_number<'f>(&self, files: impl Iterator<Item = &'f LadderItems>) -> Option<u32> {
        let prefix = &self.ladder.prefix;
        let registered = self.before.understood.register.entries().filter_map(|(key, _)| key.criterion());
        let known = registered.chain(self.witnesses.criteria()).filter(|id| id.prefix() == prefix);
        let known = known.map(CriterionId::number).chain(self.before.understood.register.forgotten(prefix));
        let marker = format!("#{prefix}-");
        let ladders = files.map(|file| file.text.as_str());
        // A record with a fault holds its id all the same.
        let header = format!("[{prefix}-");
        let records = self.before.sources.texts.iter().filter(|(path, _)| path.file_name() == Some(translation::FILE));
        let records = records.flat_map(|(_, text)| text.split(&header).skip(1));
        let written = ladders.flat_map(|text| text.split(&marker).skip(1)).chain(records).filter_map(|rest| {
            let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
            digits.parse().ok()
        });
        known.chain(written).max().unwrap_or(0).checked_add(1)
    }

    /// Returns the id of each thing, whether it has it already or gets it now.
    fn names(
        &mut self,
        file: &LadderItems,
        things: &[IdentifiedItem<'_>],
        mut next: Option<u32>,
    ) -> Vec<Option<String>> {
        let ladder = self.ladder;
        let register = &self.before.understood.register;
        let of_ladder = |key: &Key| key.is_of(ladder);
        let mut levels = RegisterNames::withdrawn(register, |key| matches!(key, Key::Level { .. }) && of_ladder(key));
        let mut categories =
            RegisterNames::withdrawn(register, |key| matches!(key, Key::Category { .. }) && of_ladder(key));
        let mut by_title: HashMap<String, String> = HashMap::new();
        for thing in things {
            match (thing.kind, thing.id()) {
                (ItemKind::Level(_), Some(id)) => {
                    levels.take(id);
                    // What it was leads to it.
                    let was = thing.attributes.get("was").into_iter().flat_map(|was| was.text.split([',', ' ']));
                    was.for_each(|id| levels.take(id));
                }
                (ItemKind::Category(title), Some(id)) => {
                    categories.take(id);
                    let was = thing.attributes.get("was").into_iter().flat_map(|was| was.text.split([',', ' ']));
                    was.for_each(|id| categories.take(id));
                    by_title.entry(normalized_title(title)).or_insert_with(|| id.to_owned());
                }
                _ => {}
            }
        }
        let mut number_of_level = 0;
        let mut name = |thing: &IdentifiedItem<'_>| {
            number_of_level += usize::from(matches!(thing.kind, ItemKind::Level(_)));
            if let Some(id) = thing.id() {
                return Some(id.to_owned());
            }
            if let Some(problem) = file.obstacle(thing) {
                self.assignment.problems.push(problem);
                return None;
            }
            match thing.kind {
                ItemKind::Level(heading) => Some(levels.level(&heading.codes, &heading.title, number_of_level)),
                ItemKind::Category(title) => {
                    let number = by_title.len() + 1;
                    let id =
                        by_title.entry(normalized_title(title)).or_insert_with(|| categories.category(title, number));
                    Some(id.clone())
                }
                ItemKind::Criterion(_) => {
                    let Some(number) = next else {
                        self.assignment.problems.push(without_number(file, thing));
                        return None;
                    };
                    next = number.checked_add(1);
                    Some(CriterionId::new(&ladder.prefix, number).to_string())
                }
            }
        };
        things.iter().map(&mut name).collect()
    }

    /// Gives a translation the ids of the source, where it is certain which they are.
    fn translation(&mut self, file: &LadderItems, source: &[IdentifiedItem<'_>], ids: &[Option<String>]) {
        let things = file.things();
        if things.iter().all(|thing| thing.id().is_some()) {
            return;
        }
        let obstacles: Vec<_> = things.iter().filter(|thing| thing.id().is_none()).collect();
        let obstacles: Vec<_> = obstacles.into_iter().filter_map(|thing| file.obstacle(thing)).collect();
        let found = counterparts(&things, source, ids);
        if obstacles.is_empty() && found.iter().any(Option::is_some) {
            self.give(file, &things, &found);
        }
        let unknown = found.iter().position(Option::is_none).filter(|_| obstacles.is_empty());
        self.assignment.problems.extend(obstacles);
        let Some(thing) = unknown.map(|at| &things[at]) else { return };
        let mut problem = file
            .place(thing)
            .problem(Code::MissingId, "this translation does not have the structure of its source")
            .label("so it is unclear which id this should have")
            .help("write the id from the source, or move this to its place in the source");
        let differs = |((thing, other), id): &((&IdentifiedItem<'_>, &IdentifiedItem<'_>), &Option<String>)| {
            !thing.is_like(other) || thing.id().is_some_and(|own| Some(own) != id.as_deref())
        };
        let difference = things.iter().zip(source).zip(ids).find(differs).map(|((thing, _), _)| thing);
        if let Some(thing) = difference.or_else(|| things.get(source.len())) {
            problem = problem.related(file.place(thing), "the first difference");
        }
        self.assignment.problems.push(problem);
    }

    /// Puts the ids into a file where they are missing. Gives back whether the file then reads as it should.
    fn give(&mut self, file: &LadderItems, things: &[IdentifiedItem<'_>], ids: &[Option<String>]) -> bool {
        let new = || things.iter().zip(ids).filter(|(thing, _)| thing.id().is_none());
        let insertions: Vec<_> = new().filter_map(|(thing, id)| Some(file.insertion(thing, id.as_deref()?))).collect();
        if insertions.is_empty() {
            return true;
        }
        let written = Edits::of(&file.text).with(insertions.clone()).map(|edits| edits.written());
        let written = written.ok().map(|text| LadderItems::read(file.path.clone(), text));
        let is_meant = |(thing, id): (&IdentifiedItem<'_>, &Option<String>)| thing.id() == id.as_deref();
        let reads_as_meant = |written: &LadderItems| {
            let read = written.things();
            read.len() == things.len() && read.iter().zip(ids).all(is_meant)
        };
        if !written.as_ref().is_some_and(reads_as_meant) || self.proposal.edit(&file.path, insertions).is_err() {
            let problem = file.place(&things[0]).problem(Code::MissingId, "ids would change how this file is read");
            self.assignment.problems.push(problem.help("write the ids by hand, such as `{#TL-001}` after a sentence"));
            return false;
        }
        self.assignment.missing.extend(new().filter_map(|(thing, id)| {
            let key = thing.key(self.ladder, id.as_deref()?)?;
            Some(Missing { key, place: file.place(thing) })
        }));
        true
    }
}

/// Returns the ids of things of a translation: their own, and for a run of things without one those of the source that
/// stand between the same neighbours, or of these the ones that the translation lacks.
fn counterparts(
    things: &[IdentifiedItem<'_>],
    source: &[IdentifiedItem<'_>],
    ids: &[Option<String>],
) -> Vec<Option<String>> {
    let mut found: Vec<Option<String>> = things.iter().map(|thing| thing.id().map(str::to_owned)).collect();
    let own: BTreeSet<&str> = things.iter().filter_map(IdentifiedItem::id).collect();
    // A category stands on several levels: the next one is meant.
    let place = |item: &IdentifiedItem<'_>, from: usize| {
        let is_it = |at: &usize| source[*at].is_like(item) && ids[*at].as_deref() == item.id();
        (from..source.len()).chain(0..from).find(is_it)
    };
    let (mut at, mut from) = (0, Some(0));
    while at < things.len() {
        let end = at + things[at..].iter().take_while(|thing| thing.id().is_none()).count();
        let to = things.get(end).map_or(Some(source.len()), |next| place(next, from.unwrap_or_default()));
        if let (true, Some(from), Some(to)) = (end > at, from, to.filter(|to| from.is_some_and(|from| from <= *to))) {
            let between: Vec<usize> = (from..to).collect();
            let lacking = |at: &usize| ids[*at].as_deref().is_none_or(|id| !own.contains(id));
            let lacking: Vec<usize> = between.iter().copied().filter(lacking).collect();
            let is_alike = |run: &Vec<usize>| {
                run.len() == end - at
                    && run.iter().zip(&things[at..end]).all(|(index, thing)| source[*index].is_like(thing))
            };
            if let Some(matched) = [between, lacking].into_iter().find(is_alike) {
                found.iter_mut().skip(at).zip(matched).for_each(|(found, index)| found.clone_from(&ids[index]));
            }
        }
        from = to.map(|to| to + 1);
        at = end + 1;
    }
    found
}

/// Returns the normal form of a title. Titles of the same category on different levels share it.
fn normalized_title(title: &str) -> String {
    of_title(title).unwrap_or_else(|| title.trim().to_lowercase())
}

fn without_number(file: &LadderItems, thing: &IdentifiedItem<'_>) -> Diagnostic {
    file.place(thing)
        .problem(Code::MissingId, "there is no higher number left for this criterion")
        .help("look for an id with a very high number, which is probably a mistake")
}
