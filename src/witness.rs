//! Sources that remember ids besides the register: editions, upstream records and translation records.
//!
//! A register may be deleted, or lose entries in a merge. An id that another file of the site still holds is not given
//! again then, and one that an edition holds is missed.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Place, Problems};
use crate::edition::{self, Edition, Frozen};
use crate::id::{CriterionId, EditionName};
use crate::locale::LocaleIndex;
use crate::register::{Key, REGISTER, Register, keys_of};
use crate::source::Sources;
use crate::text::list;
use crate::{adaptation, translation};

/// The ids that other files than the register hold.
#[derive(Debug, Default)]
pub(crate) struct Witnesses {
    /// Ids in editions, which were published for good.
    pub(crate) released: BTreeSet<Key>,
    /// Ids that upstreams gave.
    pub(crate) adopted: BTreeSet<Key>,
    /// Ids with a recorded translation.
    pub(crate) recorded: BTreeSet<Key>,
}

impl Witnesses {
    /// Reads all files that hold ids. Reports an edition or an upstream that could not be read, since its ids are not
    /// known.
    pub(crate) fn read(config: &Config, sources: &Sources, problems: &Problems) -> Self {
        let editions = edition::read(sources, problems);
        let upstreams = adaptation::read(sources, problems);
        let mut recorded = BTreeSet::new();
        for locale in config.locale_indices().filter(|&locale| locale != LocaleIndex::SOURCE) {
            let units = translation::recorded(sources, config, locale);
            recorded.extend(units.keys().flat_map(|unit| keys_of_unit(config, unit)));
        }
        Self {
            released: released(editions.iter().map(|edition| &edition.frozen)),
            adopted: upstreams.iter().flat_map(|upstream| upstream.ids().cloned().map(Key::Criterion)).collect(),
            recorded,
        }
    }

    /// Returns all criteria that they hold.
    pub(crate) fn criteria(&self) -> impl Iterator<Item = &CriterionId> {
        let all = self.released.iter().chain(&self.adopted).chain(&self.recorded);
        all.filter_map(Key::criterion)
    }
}

/// Returns all ids that any of some editions holds.
pub(crate) fn released<'a>(editions: impl IntoIterator<Item = &'a Frozen>) -> BTreeSet<Key> {
    editions.into_iter().flat_map(keys_of).collect()
}

/// Returns the items that the key of a unit names: `TL-042`, `level:L5`, `category:leadership/craft/2`.
pub(crate) fn keys_of_unit(config: &Config, unit: &str) -> Vec<Key> {
    let Some((kind @ ("level" | "category"), rest)) = unit.split_once(':') else {
        return CriterionId::parse(unit).map(Key::Criterion).into_iter().collect();
    };
    let key = |ladder: &str, rest: &str| Key::read(kind, Some(ladder), rest.split('/').next().unwrap_or_default());
    let in_named = |(ladder, rest): (&str, &str)| {
        let is_known =
            config.ladders.iter().any(|other| other.key == ladder || other.was.iter().any(|was| was == ladder));
        is_known.then(|| key(ladder, rest)).flatten()
    };
    // With one ladder its key does not stand in the names of units.
    let only = || config.ladders.first().filter(|_| config.ladders.len() == 1);
    rest.split_once('/').and_then(in_named).or_else(|| key(&only()?.key, rest)).into_iter().collect()
}

/// Returns the ids of editions that the register lacks. None if it cannot be read, since its ids are not known then.
pub(crate) fn lacking<'a>(register: &Register, released: &'a BTreeSet<Key>) -> Vec<&'a Key> {
    if !register.is_readable() {
        return Vec::new();
    }
    released.iter().filter(|key| register.entry(key).is_none()).collect()
}

/// Reports that the register lacks ids of editions, or contradicts these in many places: it was deleted or is half
/// merged.
pub(crate) fn incomplete(register: &Register, lacking: &[&Key], sources: &Sources) -> Option<Diagnostic> {
    let first = lacking.first()?;
    let message = match (register.exists(), lacking.len()) {
        (false, 1) => format!("there is no register, but an edition has {first}"),
        (false, count) => format!("there is no register, but editions have {count} ids"),
        (true, 1) => format!("the register has lost {first}, which an edition has"),
        (true, count) => {
            format!("the register has lost {count} ids that editions have, starting with {first}")
        }
    };
    Some(Place::file(REGISTER).problem(Code::IncompleteRegister, message).help(restoring(sources)))
}

/// Reports the editions that the register names and whose files are gone. An edition that only an entry names, while
/// the register lists its editions, is a slip in that entry.
pub(crate) fn lost_editions<'a>(
    register: &Register,
    editions: impl IntoIterator<Item = &'a Edition>,
    sources: &Sources,
) -> Option<Diagnostic> {
    let there: BTreeSet<&EditionName> = editions.into_iter().map(Edition::name).collect();
    let listed = register.released().iter().map(|(name, place)| (name, place));
    let entries = register.entries().filter(|_| register.released().is_empty());
    let by_entries = entries.flat_map(|(_, entry)| entry.editions().map(move |name| (name, &entry.place)));
    let mut named: BTreeMap<&EditionName, Vec<&Place>> = BTreeMap::new();
    for (name, place) in listed.chain(by_entries).filter(|(name, _)| !there.contains(name)) {
        named.entry(name).or_default().push(place);
    }
    let (_, places) = named.first_key_value()?;
    let names: Vec<_> = named.keys().map(ToString::to_string).collect();
    let paths: Vec<_> = named.keys().map(|name| Edition::path_of(name)).collect();
    let message = match (names.as_slice(), paths.as_slice()) {
        ([name], [path]) => format!("the register lists edition {name}, but `{path}` is missing"),
        _ => format!("the register lists the editions {names}, but their files are missing", names = list(&names)),
    };
    let them = if names.len() == 1 { "it" } else { "them" };
    let back = format!(
        "restore {them} with `{command}`, or from the commit before the deletion: what people have cited must stay",
        command = from_git(sources, &paths)
    );
    let help = match places.as_slice() {
        [_] if register.released().is_empty() => {
            format!("{back}; remove its name here only if there never was such an edition")
        }
        _ => back,
    };
    Some(places[0].problem(Code::UnknownEdition, message).label("named here").help(help))
}

/// Returns the advice for restoring lost entries of the register.
pub(crate) fn restoring(sources: &Sources) -> String {
    format!(
        "run `{command}`, or if the last commit also lacks it, `rungs id --restore`, which rebuilds it from editions, \
         content and translations",
        command = from_git(sources, [REGISTER])
    )
}

/// Returns the command that brings back files of the last commit.
pub(crate) fn from_git(sources: &Sources, paths: impl IntoIterator<Item = impl AsRef<Utf8Path>>) -> String {
    let quoted = paths.into_iter().map(|path| {
        let path = sources.folder.join(path).to_string();
        if path.contains(char::is_whitespace) { format!(" '{path}'") } else { format!(" {path}") }
    });
    format!("git restore --source=HEAD{paths}", paths = quoted.collect::<String>())
}
