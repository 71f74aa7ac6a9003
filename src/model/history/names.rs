//! Names in addresses: those of each edition, and former names that the site itself records.

use typed_index_collections::{TiSlice, TiVec};

use super::redirects::reader;
use crate::address::{CollectionNames, LadderNames, Mapping, Name, Names, NoteNames, ThreadNames, level_pairs};
use crate::config::Collection;
use crate::edition::{Edition, Frozen, FrozenLadder, FrozenNote};
use crate::handle::{CollectionIndex, EditionIndex, LadderIndex, LevelIndex, NoteIndex, SharedThreadIndex};
use crate::id::slug;
use crate::locale::LocaleIndex;
use crate::model::{Site, thread_anchor};
use crate::register::{IdState, Key, Register};

/// The names of one state of a site, and the mapping of its items to those of today.
#[derive(Debug, Default)]
pub(crate) struct KnownNames {
    pub(crate) names: Names,
    pub(crate) mapping: Mapping,
}

/// Returns the known names of each edition. The names of the site itself are completed from its editions.
pub(crate) fn of_editions(
    site: &mut Site,
    editions: &TiSlice<EditionIndex, Edition>,
) -> TiVec<EditionIndex, KnownNames> {
    let names: TiVec<EditionIndex, _> =
        editions.iter().map(|edition| of_edition(site, &edition.frozen, edition)).collect();
    let states: TiVec<EditionIndex, _> = names.iter().chain([&site.names]).collect();
    let mapping = |(at, edition): (EditionIndex, &Edition)| {
        let readers = edition.locales.iter().map(|locale| reader(site, locale)).collect();
        Mapping::of(states[at..].as_ref(), readers)
    };
    let mappings: TiVec<EditionIndex, _> = editions.iter_enumerated().map(mapping).collect();
    let holding = |state: EditionIndex, tag: &str, ladder: LadderIndex| {
        let holds = |&at: &EditionIndex| {
            let mut ladders = names[at].ladders.keys();
            editions[at].frozen.locales.iter().any(|locale| locale == tag)
                && ladders.any(|then| mappings[at].ladder_after(state.0 - at.0, then) == Some(ladder))
        };
        editions.keys().filter(|&at| at <= state).filter(holds).collect::<Vec<_>>()
    };
    // For each ladder of a state and each of its locales.
    let since = |state: EditionIndex, tags: &[String]| -> Vec<TiVec<LocaleIndex, _>> {
        let ladders = states[state].ladders.keys();
        ladders.map(|ladder| tags.iter().map(|tag| holding(state, tag, ladder)).collect()).collect()
    };
    let tags: Vec<_> = site.config.locales.iter().map(|locale| locale.tag.clone()).collect();
    let now = since(editions.next_key(), &tags);
    let then: Vec<_> = editions.iter_enumerated().map(|(at, edition)| since(at, &edition.frozen.locales)).collect();
    let known = names.iter_enumerated().zip(&mappings).zip(then).map(|(((at, names), mapping), since)| {
        let mut names = names.clone();
        names.editions = editions[..=at].iter().map(|edition| edition.name().to_string()).collect();
        for (ladder, since) in names.ladders.iter_mut().zip(since) {
            ladder.since = since;
        }
        // A file that does not say what was compared lets the present speak for it.
        for (ladder, frozen_ladder) in
            editions[at].frozen.ladders.iter_enumerated().filter(|(_, frozen_ladder)| frozen_ladder.compared.is_none())
        {
            names.ladders[ladder].compared = compared(site, &editions[at].frozen, mapping, ladder, frozen_ladder);
        }
        KnownNames { names, mapping: mapping.clone() }
    });
    let known = known.collect();
    site.names.editions = editions.iter().map(|edition| edition.name().to_string()).collect();
    for (ladder, since) in site.names.ladders.iter_mut().zip(now) {
        ladder.since = since;
    }
    known
}

/// Returns the ladders with which one was compared: those that it built on, and those with which the site compares it
/// now.
fn compared(
    site: &Site,
    frozen: &Frozen,
    mapping: &Mapping,
    ladder: LadderIndex,
    frozen_ladder: &FrozenLadder,
) -> Vec<LadderIndex> {
    let place = |key: &String| frozen.ladders.position(|other| other.key == *key);
    let mut compared = Vec::new();
    let mut base = frozen_ladder.inherits.as_ref().and_then(place);
    while let Some(at) = base.filter(|at| *at != ladder && !compared.contains(at)) {
        compared.push(at);
        base = frozen.ladders[at].inherits.as_ref().and_then(place);
    }
    let now = mapping.ladder(ladder).map_or(&[] as &[_], |now| site.inheritance.compared(now));
    for then in now.iter().filter_map(|&now| mapping.ladder_then(now)) {
        if then != ladder && !compared.contains(&then) {
            compared.push(then);
        }
    }
    compared
}

/// Returns the names in an edition, without those that depend on other editions.
fn of_edition(site: &Site, frozen: &Frozen, edition: &Edition) -> Names {
    let place = |key: &String| frozen.ladders.position(|ladder| ladder.key == *key);
    let ladders = frozen.ladders.iter().map(|ladder| LadderNames {
        name: name(&ladder.key, &ladder.was),
        levels: ladder.levels.iter().map(|level| name(&level.id, &level.was)).collect(),
        categories: ladder.categories.iter().map(|category| name(&category.id, &category.was)).collect(),
        threads: ladder.threads.iter().map(|thread| name(&thread.key, &thread.was)).collect(),
        pairs: level_pairs(ladder.levels.len()).collect(),
        compared: ladder.compared.iter().flatten().filter_map(place).collect(),
        since: TiVec::new(),
        lacking: Vec::new(),
    });
    let ladders = ladders.collect();
    let mut collections: TiVec<CollectionIndex, _> = site.names.collections[..=Collection::PAGES].to_vec();
    collections.extend(frozen.collections.iter().map(|collection| CollectionNames {
        name: name(&collection.folder, &collection.was),
        is_listed: true,
        // The edition lists the addresses that there were.
        side_by_side: true,
    }));
    let of_page = |slug: &str, was: &[String], collection: CollectionIndex| {
        let (moved, was): (Vec<_>, Vec<_>) = was.iter().cloned().partition(|was| was.contains('/'));
        let moved = moved.iter().filter_map(|was| was.split_once('/'));
        let moved = moved.map(|(folder, slug)| (folder.to_owned(), slug.to_owned())).collect();
        NoteNames { name: name(slug, &was), collection, moved, lacking: Vec::new() }
    };
    let note = |note: &FrozenNote| of_page(&note.slug, &note.was, Collection::NOTES);
    let mut notes: TiVec<NoteIndex, _> = frozen.notes.iter().map(note).collect();
    notes.extend(frozen.pages.iter().map(|page| {
        let collection = collections.position(|collection| collection.name.now == page.folder);
        of_page(&page.slug, &page.was, collection.unwrap_or(Collection::PAGES))
    }));
    let threads = match frozen.knows_its_pages() {
        true => frozen
            .shared_threads
            .iter()
            .map(|thread| ThreadNames {
                name: name(&thread.key, &thread.was),
                sharing: thread.ladders.iter().filter_map(place).collect(),
            })
            .collect(),
        false => shared_by_two(site, frozen),
    };
    Names {
        locales: edition.locales.iter().map(|locale| locale.slug.clone()).collect(),
        // The edition lists those that there were.
        sides: Names::all_sides(edition.locales.len()),
        has_interleaved: true,
        has_glossary: !frozen.terms.is_empty(),
        // The same.
        has_worksheets: frozen.knows_its_pages(),
        terms: frozen.terms.iter().map(|term| Name { now: term.anchor.clone(), was: term.was.clone() }).collect(),
        editions: TiVec::new(),
        ladders,
        collections,
        notes,
        threads,
    }
}

/// Returns the threads of the site that at least two ladders of an edition have, which must have been shared by them.
fn shared_by_two(site: &Site, frozen: &Frozen) -> TiVec<SharedThreadIndex, ThreadNames> {
    let found = site.names.threads.iter().flat_map(|now| now.name.all()).filter_map(|key| {
        let has_it = |ladder: &FrozenLadder| ladder.threads.iter().any(|thread| thread_anchor(&thread.key) == key);
        let sharing: Vec<_> = frozen.ladders.keys().filter(|&at| has_it(&frozen.ladders[at])).collect();
        (sharing.len() > 1).then(|| ThreadNames { name: Name::new(key), sharing })
    });
    found.collect()
}

/// Returns the former names that the site itself records, whether or not they were ever released: its names without
/// editions, and the levels that were withdrawn.
pub(crate) fn remembered(site: &Site, register: &Register) -> KnownNames {
    let mut names = Names { editions: TiVec::new(), ..site.names.clone() };
    let mut mapping = Mapping::identity(&names, site.config.locale_indices().collect());
    for (at, ladder) in names.ladders.iter_mut_enumerated() {
        ladder.since.clear();
        let keys: Vec<_> = ladder.name.all().map(str::to_owned).collect();
        let withdrawn = register.entries().filter_map(|(key, entry)| match key {
            Key::Level { ladder, id } if keys.contains(ladder) && entry.state == IdState::Withdrawn => slug(id),
            _ => None,
        });
        let withdrawn: Vec<_> = withdrawn.map(Name::new).collect();
        // Nobody knows any more where they stood: each may have been below a level or above it.
        let standing = ladder.levels.keys();
        ladder.levels = [&withdrawn[..], ladder.levels.as_ref(), &withdrawn].concat().into();
        let (count, places) = (standing.len(), withdrawn.len()..withdrawn.len() + standing.len());
        let stand = |pair: &[LevelIndex; 2]| pair.iter().all(|level| places.contains(&level.0));
        let compared = site.config.compared(count);
        let pairs = level_pairs(ladder.levels.len());
        ladder.pairs = pairs.filter(|pair| !stand(pair) || compared.has(*pair)).collect();
        let gone = vec![None; withdrawn.len()];
        let places = gone.iter().copied().chain(standing.map(Some)).chain(gone.iter().copied());
        mapping = mapping.with_levels(at, places.collect());
    }
    KnownNames { names, mapping }
}

/// Converts names to their form in addresses. Names without one become empty.
fn name(now: &str, was: &[String]) -> Name {
    Name { now: slug(now).unwrap_or_default(), was: was.iter().filter_map(|was| slug(was)).collect() }
}
