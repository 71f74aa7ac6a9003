//! Finds ids that the register has and the content has lost, and items that are still there without their id.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::ids;
use crate::adaptation::Adaptation;
use crate::config::LadderConfig;
use crate::diagnostic::{Fix, Place, Span};
use crate::edition::Frozen;
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::model::Site;
use crate::parse::blocks_of_code;
use crate::register::items::{IdentifiedItem, ItemKind, LadderItems};
use crate::register::{Key, Register, of_title};
use crate::source::Sources;
use crate::text::slice;
use crate::translation::{self, normal, normal_markdown};
use crate::witness::keys_of_unit;

/// The active ids that nothing in the content has.
#[derive(Debug, Default)]
pub(crate) struct LostIds {
    /// All of them, those of things that the model has left out for another reason included.
    missing: BTreeSet<Key>,
    /// Ids that are gone from the source.
    vanished: BTreeSet<Key>,
    /// Items that only lost their id.
    recognised: BTreeMap<Key, Recognised>,
    /// Criteria that went on in another ladder, where they cannot keep their ids.
    moved: BTreeMap<Key, Moved>,
    /// The place of something else that is written instead of a vanished id, with that text.
    mentions: BTreeMap<Key, (Place, String)>,
    /// Blocks of code that swallowed vanished items.
    in_code: BTreeMap<Place, InCode>,
    /// Ids in code that is never closed. They are reported with it.
    swallowed: BTreeSet<Key>,
}

/// A block of code in which ids stand that have vanished.
#[derive(Debug, Default)]
pub(crate) struct InCode {
    /// None if it is code since it is indented.
    pub(crate) fence: Option<String>,
    pub(crate) keys: Vec<Key>,
}

/// Something that is still there, and lacks its id or has that of something else.
#[derive(Debug)]
pub(crate) struct Recognised {
    /// Its places. A category stands on several levels.
    pub(crate) places: Vec<Place>,
    /// The id that it carries instead, which belongs to something else.
    pub(crate) other: Option<String>,
    /// Gives the item its id again.
    pub(crate) fix: Option<Fix>,
}

/// A criterion of one ladder that stands in another.
#[derive(Debug)]
pub(crate) struct Moved {
    pub(crate) place: Place,
    /// Its id there. None if it has none yet.
    pub(crate) id: Option<CriterionId>,
}

impl LostIds {
    pub(crate) fn of(site: &Site, adaptation: Option<&Adaptation>, register: &Register, sources: &Sources) -> Self {
        let missing = ids::missing(site, register);
        let mut files = LadderFiles::of(site, sources);
        let vanished: BTreeSet<_> = missing.iter().filter(|key| !files.is_told(key)).cloned().collect();
        let mentions = vanished.iter().filter_map(|key| Some((key.clone(), files.mention(key)?))).collect();
        let ladders = if vanished.is_empty() { &[][..] } else { &site.config.ladders };
        let said = KnownText::of(site, adaptation, sources, !vanished.is_empty());
        let recognised = ladders.iter().flat_map(|ladder| recognised(&said, sources, ladder, &vanished));
        let recognised: BTreeMap<_, _> = recognised.collect();
        let gone = || vanished.iter().filter(|key| !recognised.contains_key(key));
        let moved: BTreeMap<_, _> =
            gone().filter_map(|key| Some((key.clone(), files.moved(key, &said.under(key))?))).collect();
        let mut in_code: BTreeMap<Place, InCode> = BTreeMap::new();
        let swallowed: BTreeSet<_> = vanished.iter().filter(|key| files.is_swallowed(key)).cloned().collect();
        for key in vanished.iter().filter(|key| !recognised.contains_key(key) && !swallowed.contains(key)) {
            let Some((place, fence)) = files.code(key) else { continue };
            let block = in_code.entry(place).or_default();
            block.fence = fence;
            block.keys.push(key.clone());
        }
        Self { missing, vanished, recognised, moved, mentions, in_code, swallowed }
    }

    /// Returns the blocks of code that swallowed vanished items.
    pub(crate) fn in_code(&self) -> impl Iterator<Item = (&Place, &InCode)> {
        self.in_code.iter()
    }

    /// Returns the place of something else that is written instead of a vanished id, with that text.
    pub(crate) fn mention(&self, key: &Key) -> Option<&(Place, String)> {
        self.mentions.get(key)
    }

    /// Returns whether no id has vanished from the source that could belong to an item without one.
    pub(crate) fn is_empty(&self) -> bool {
        self.vanished.iter().all(|key| self.moved.contains_key(key))
    }

    /// Returns the criteria that went on in another ladder.
    pub(crate) fn moved(&self) -> impl Iterator<Item = (&Key, &Moved)> {
        self.moved.iter()
    }

    /// Returns whether an id is missing, which is reported at the place where it went.
    pub(crate) fn holds(&self, key: &Key) -> bool {
        self.missing.contains(key)
    }

    /// Returns whether the label of a reference names something that is missing.
    pub(crate) fn is_labelled(&self, label: &str) -> bool {
        let (kind, id) = label.rsplit_once(':').unwrap_or(("", label));
        let is_meant = |key: &Key| key.id() == id && matches!(key, Key::Category { .. }) == kind.ends_with("category");
        kind != "thread" && self.missing.iter().any(is_meant)
    }

    /// Returns whether the key of a unit names something that is missing.
    pub(crate) fn is_unit(&self, site: &Site, unit: &str) -> bool {
        !self.missing.is_empty() && keys_of_unit(&site.config, unit).iter().any(|key| self.holds(key))
    }

    /// Returns vanished ids without a known place, and those that can only be dropped.
    pub(crate) fn vanished(&self) -> impl Iterator<Item = &Key> {
        let is_told = |key: &Key| {
            let waits = self.moved.get(key).is_some_and(|moved| moved.id.is_none());
            waits || self.recognised.contains_key(key) || self.swallowed.contains(key)
        };
        self.vanished.iter().filter(move |key| !is_told(key))
    }

    pub(crate) fn recognised(&self) -> impl Iterator<Item = (&Key, &Recognised)> {
        self.recognised.iter()
    }
}

/// The files of ladders in the source, read again where something is missing from them.
struct LadderFiles<'a> {
    site: &'a Site,
    sources: &'a Sources,
    read: HashMap<&'a str, Option<LadderItems>>,
}

impl<'a> LadderFiles<'a> {
    fn of(site: &'a Site, sources: &'a Sources) -> Self {
        Self { site, sources, read: HashMap::new() }
    }

    /// Returns the ladder of an id and its file. None if there is no such ladder, and no file if that is missing.
    fn find(&mut self, key: &Key) -> Option<(&'a LadderConfig, Option<&LadderItems>)> {
        let ladder = self.site.config.ladders.iter().find(|ladder| key.is_of(ladder))?;
        self.read(ladder);
        Some((ladder, self.read[ladder.key.as_str()].as_ref()))
    }

    /// Reads the file of a ladder, unless it was read before.
    fn read(&mut self, ladder: &'a LadderConfig) {
        let (config, sources) = (&self.site.config, self.sources);
        let find = || LadderItems::find(config, sources, LocaleIndex::SOURCE, &ladder.key);
        self.read.entry(ladder.key.as_str()).or_insert_with(find);
    }

    /// Returns whether the reason why the site lacks an id has been reported: it stands at something that the model has
    /// left out, or it is written where nothing carries it. Whatever else the file says, it has vanished.
    fn is_told(&mut self, key: &Key) -> bool {
        let Some((ladder, file)) = self.find(key) else { return self.lacks_a_file() };
        // Without its file the whole ladder is missing, which has been reported too.
        let Some(file) = file else { return true };
        let id = key.id();
        let is_left_out = file.things().iter().filter(|thing| thing.id() == Some(&id)).any(|thing| {
            matches!(key, Key::Criterion(_)) || thing.key(ladder, &id).is_none_or(|own_key| own_key == *key)
        });
        is_left_out || file.has_slipped(&id) || self.is_carried_off(key)
    }

    /// Returns the files of the other ladders than that of an id.
    fn others(&mut self, key: &Key) -> impl Iterator<Item = &LadderItems> {
        let others: Vec<_> = self.site.config.ladders.iter().filter(|ladder| !key.is_of(ladder)).collect();
        others.iter().for_each(|ladder| self.read(ladder));
        others.into_iter().filter_map(|ladder| self.read[ladder.key.as_str()].as_ref())
    }

    /// Returns whether a criterion of another ladder carries an id, where it cannot be one.
    fn is_carried_off(&mut self, key: &Key) -> bool {
        let id = key.id();
        let carries = |file: &LadderItems| file.things().iter().any(|thing| thing.id() == Some(&id));
        matches!(key, Key::Criterion(_)) && self.others(key).any(carries)
    }

    /// Returns the one criterion of another ladder that has the text known under an id.
    fn moved(&mut self, key: &Key, said: &BTreeSet<String>) -> Option<Moved> {
        let mut found = Vec::new();
        if !said.is_empty() && matches!(key, Key::Criterion(_)) {
            for file in self.others(key) {
                let things = file.things();
                let alike = things.iter().filter(|thing| is_of_kind(thing, key) && is_named(thing, key, said));
                found.extend(
                    alike.map(|item| Moved { place: file.place(item), id: item.id().and_then(CriterionId::parse) }),
                );
            }
        }
        found.pop().filter(|_| found.is_empty())
    }

    /// Returns whether a ladder has no file, perhaps because the file has a wrong name. Then ids of no ladder may be
    /// its own.
    fn lacks_a_file(&self) -> bool {
        let lacks = |ladder: &LadderConfig| {
            LadderItems::find(&self.site.config, self.sources, LocaleIndex::SOURCE, &ladder.key).is_none()
        };
        self.site.config.ladders.iter().any(lacks)
    }

    /// Returns whether code that is never closed took an id in.
    fn is_swallowed(&mut self, key: &Key) -> bool {
        self.find(key).and_then(|(_, file)| file).is_some_and(|file| file.is_swallowed(&key.id()))
    }

    /// Returns where the block of code begins in which an id stands, and its fence.
    fn code(&mut self, key: &Key) -> Option<(Place, Option<String>)> {
        let (_, file) = self.find(key)?;
        let (file, id) = (file?, key.id());
        let mentions = file.mentions(&id);
        let holds = |span: &Span| mentions.iter().any(|place| span.contains(&place.span().start));
        let (opening, block) = blocks_of_code(&file.path, &file.text).into_iter().find(|(_, block)| holds(block))?;
        let fence = Some(slice(&file.text, opening.clone()).to_owned()).filter(|fence| !fence.is_empty());
        let shown = if fence.is_some() { opening } else { block };
        Some((Place::new(file.path.clone(), shown), fence))
    }

    /// Returns a place where a vanished id is written, and the kind of text there.
    fn mention(&mut self, key: &Key) -> Option<(Place, String)> {
        let (_, file) = self.find(key)?;
        let (file, id) = (file?, key.id());
        if let Some(thing) = file.things().iter().find(|thing| thing.id() == Some(&id)) {
            return Some((file.place(thing), format!("here it is the id of a {}", thing.kind.name())));
        }
        let mention = file.mentions(&id).into_iter().next()?;
        Some((mention, "here it is text, not an id".to_owned()))
    }
}

/// Finds what of a ladder has lost nothing but its id.
fn recognised(
    said: &KnownText<'_>,
    sources: &Sources,
    ladder: &LadderConfig,
    vanished: &BTreeSet<Key>,
) -> Vec<(Key, Recognised)> {
    let site = said.site;
    let find = |locale| LadderItems::find(&site.config, sources, locale, &ladder.key);
    let Some(file) = find(LocaleIndex::SOURCE) else { return Vec::new() };
    let things = file.things();
    // Something may have an id of what has vanished in another letter case.
    let missing: BTreeSet<_> = vanished.iter().map(|key| key.id().to_ascii_lowercase()).collect();
    let is_misspelt = |id: &str| missing.contains(&id.to_ascii_lowercase());
    let is_unnamed = |at: &usize| {
        file.obstacle(&things[*at]).is_none()
            && things[*at].id().is_none_or(|id| is_of_another(ladder, &things, *at, id) || is_misspelt(id))
    };
    let unnamed: Vec<usize> = (0..things.len()).filter(is_unnamed).collect();
    if unnamed.is_empty() {
        return Vec::new();
    }
    let translations = || site.config.locale_indices().filter(|&locale| locale != LocaleIndex::SOURCE);
    let beside: Vec<_> = translations().filter_map(|locale| ids_beside(&find(locale)?, &things)).collect();
    let claims = vanished.iter().filter(|key| key.is_of(ladder)).map(|key| {
        let said = said.under(key);
        let id = key.id();
        // An id at the same place in a translation says more than words, which others may share.
        let is_it = |at: &usize| {
            let ids: Vec<_> = beside.iter().filter_map(|ids| ids[*at].as_ref()).collect();
            let is_meant = match ids.as_slice() {
                _ if things[*at].id().is_some_and(|written| written.eq_ignore_ascii_case(&id)) => true,
                [] => is_named(&things[*at], key, &said),
                ids => ids.contains(&&id),
            };
            is_of_kind(&things[*at], key) && is_meant
        };
        (key, unnamed.iter().copied().filter(is_it).collect::<Vec<_>>())
    });
    let claims: Vec<_> = claims.collect();
    // Of two that say the same nobody knows which is which.
    let is_certain = |(key, found): &&(&Key, Vec<usize>)| {
        let is_one = found.len() == 1 || (matches!(key, Key::Category { .. }) && !found.is_empty());
        let is_claimed = |at: &usize| claims.iter().filter(|(_, claim)| claim.contains(at)).count() > 1;
        is_one && !found.iter().any(is_claimed)
    };
    let certain = claims.iter().filter(is_certain).map(|(key, found)| {
        let places = found.iter().map(|&at| file.place(&things[at])).collect();
        let other = found.iter().find_map(|&at| things[at].id().map(str::to_owned));
        let insertions = found.iter().map(|&at| file.insertion(&things[at], &key.id())).collect();
        // What is left of a broken block is for a person to take away.
        let id = key.id();
        let left = [format!("#{id}"), format!("{{{id}")];
        let has_rest =
            |&at: &usize| left.iter().any(|rest| slice(&file.text, file.place(&things[at]).span()).contains(rest));
        let fix = Fix::of_all(file.path.clone(), &file.text, insertions).ok().filter(|_| !found.iter().any(has_rest));
        ((*key).clone(), Recognised { places, other, fix })
    });
    certain.collect()
}

/// Returns whether an id belongs to something else: it stands twice, or it is one of another ladder.
fn is_of_another(ladder: &LadderConfig, things: &[IdentifiedItem<'_>], at: usize, id: &str) -> bool {
    let thing = &things[at];
    let is_twice = || things.iter().filter(|other| other.is_like(thing) && other.id() == Some(id)).count() > 1;
    match thing.kind {
        ItemKind::Criterion(_) => {
            is_twice() || CriterionId::parse(id).is_some_and(|id| !ladder.has_prefix(id.prefix()))
        }
        ItemKind::Level(_) => is_twice(),
        ItemKind::Category(_) => false,
    }
}

/// Returns the ids that a translation has at the places of the source's items. None if the two differ in structure.
fn ids_beside(translation: &LadderItems, source: &[IdentifiedItem<'_>]) -> Option<Vec<Option<String>>> {
    let things = translation.things();
    let agrees = |(thing, item): (&IdentifiedItem<'_>, &IdentifiedItem<'_>)| {
        thing.is_like(item) && (thing.id() == item.id() || thing.id().is_none() || item.id().is_none())
    };
    let is_alike = things.len() == source.len() && things.iter().zip(source).all(agrees);
    // An id that stands twice says of neither what it is.
    let is_twice = |thing: &IdentifiedItem<'_>| {
        let same = things.iter().filter(|other| other.is_like(thing) && other.id() == thing.id());
        !matches!(thing.kind, ItemKind::Category(_)) && same.count() > 1
    };
    let id = |thing: &IdentifiedItem<'_>| thing.id().filter(|_| !is_twice(thing)).map(str::to_owned);
    is_alike.then(|| things.iter().map(id).collect())
}

fn is_of_kind(thing: &IdentifiedItem<'_>, key: &Key) -> bool {
    matches!(
        (thing.kind, key),
        (ItemKind::Criterion(_), Key::Criterion(_))
            | (ItemKind::Level(_), Key::Level { .. })
            | (ItemKind::Category(_), Key::Category { .. })
    )
}

/// Returns whether an item has a text known under an id, or a name that `rungs id --write` would turn into that id.
fn is_named(thing: &IdentifiedItem<'_>, key: &Key, said: &BTreeSet<String>) -> bool {
    match thing.kind {
        ItemKind::Criterion(criterion) => said.contains(&normal_markdown(&criterion.statement.markdown())),
        ItemKind::Level(heading) => {
            let id = key.id();
            heading.codes.contains(&id)
                || of_title(&heading.title).is_some_and(|name| name == id)
                || said.contains(&normal(&heading.title))
        }
        ItemKind::Category(title) => {
            of_title(title).is_some_and(|name| name == key.id()) || said.contains(&normal(title))
        }
    }
}

/// The texts that the source is known to have had.
struct KnownText<'a> {
    site: &'a Site,
    adaptation: Option<&'a Adaptation>,
    /// Source texts that translations were made from.
    recorded: Vec<BTreeMap<String, String>>,
}

impl<'a> KnownText<'a> {
    /// Reads the texts, and the records of translations only if they are needed.
    fn of(site: &'a Site, adaptation: Option<&'a Adaptation>, sources: &Sources, is_asked_for: bool) -> Self {
        let translations = site.config.locale_indices().filter(|&locale| is_asked_for && locale != LocaleIndex::SOURCE);
        let recorded = translations.map(|locale| translation::recorded(sources, &site.config, locale)).collect();
        Self { site, adaptation, recorded }
    }

    /// Returns the texts known under an id: in the last edition, in the upstream, and in the records of translations.
    fn under(&self, key: &Key) -> BTreeSet<String> {
        let Self { site, adaptation, recorded } = self;
        let source = &site.config.locale(LocaleIndex::SOURCE).tag;
        let edition = site.history.editions.iter().rev().find_map(|edition| said_in(&edition.frozen, key, source));
        let upstreams = adaptation.iter().flat_map(|adaptation| &adaptation.upstreams);
        let upstream = upstreams.rev().find_map(|upstream| said_in(&upstream.site, key, source));
        let is_it = |unit: &str| !unit.contains('/') && keys_of_unit(&site.config, unit).contains(key);
        let recorded = recorded.iter().flatten().filter(|(unit, _)| is_it(unit));
        // The details stand below the statement.
        let recorded = recorded.map(|(_, text)| normal_markdown(text.split("\n\n").next().unwrap_or_default()));
        edition.into_iter().chain(upstream).chain(recorded).collect()
    }
}

fn said_in(frozen: &Frozen, key: &Key, tag: &str) -> Option<String> {
    let ladder = |key: &str| frozen.ladders.iter().find(|ladder| ladder.key == key);
    match key {
        Key::Criterion(id) => statement_in(frozen, id, tag),
        Key::Level { ladder: ladder_key, id } => {
            ladder(ladder_key)?.level(id)?.title.get(tag).map(|title| normal(title))
        }
        Key::Category { ladder: ladder_key, id } => {
            ladder(ladder_key)?.category(id)?.title.get(tag).map(|title| normal(title))
        }
    }
}

fn statement_in(frozen: &Frozen, id: &CriterionId, tag: &str) -> Option<String> {
    let (_, criterion) = frozen.criteria().find(|(_, criterion)| criterion.id == *id)?;
    criterion.statement.get(tag).map(|text| normal_markdown(&text.markdown()))
}
