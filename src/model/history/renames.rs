//! What ladders, levels and notes were called before.

use std::collections::BTreeMap;

use crate::edition::Edition;
use crate::model::{Site, slug};

/// The folder of the notes, which alone of all pages belong to editions.
pub const NOTES: &str = "notes";

/// Former names and what each became, by the names in addresses.
///
/// Every edition says what its things were called before it, and so does the site. So a name leads on from edition to
/// edition, even when the site itself no longer mentions it.
#[derive(Debug, Default)]
pub struct Renames {
    ladders: BTreeMap<String, String>,
    /// By the folder of the collection.
    notes: BTreeMap<(String, String), String>,
    /// By the key that the ladder had at that time.
    levels: BTreeMap<(String, String), String>,
}

impl Renames {
    pub fn of(site: &Site, editions: &[Edition]) -> Self {
        let mut renames = Self::default();
        for edition in editions {
            for ladder in &edition.frozen.ladders {
                let levels = ladder.levels.iter().map(|level| (level.id.as_str(), level.was.as_slice()));
                renames.ladder(&ladder.key, &ladder.was, levels);
            }
            edition.frozen.notes.iter().for_each(|note| renames.note(NOTES, &note.slug, &note.was));
        }
        for ladder in &site.ladders {
            let levels = ladder.levels.iter().map(|level| (level.id.as_str(), level.was.as_slice()));
            renames.ladder(&ladder.config.key, &ladder.config.was, levels);
        }
        for (at, note) in site.notes.iter().enumerate() {
            renames.note(&site.collection_of(at).folder, &note.slug, &note.was);
        }
        renames
    }

    fn ladder<'a>(&mut self, key: &str, was: &[String], levels: impl Iterator<Item = (&'a str, &'a [String])>) {
        self.ladders.extend(was.iter().map(|was| (was.clone(), key.to_owned())));
        for (id, was) in levels {
            let Some(slug_now) = slug(id) else { continue };
            let former = was.iter().filter_map(|was| slug(was));
            self.levels.extend(former.map(|was| ((key.to_owned(), was), slug_now.clone())));
        }
    }

    fn note(&mut self, folder: &str, slug: &str, was: &[String]) {
        self.notes.extend(was.iter().map(|was| ((folder.to_owned(), was.clone()), slug.to_owned())));
    }

    /// The ladder of the site that once had a key.
    pub fn find_ladder(&self, site: &Site, key: &str) -> Option<usize> {
        let find = |key: &str| site.ladders.iter().position(|ladder| ladder.config.key == key);
        followed(key.to_owned(), &find, &|key| self.ladders.get(key).cloned())
    }

    /// The level of a ladder that once had a slug, when the ladder had a key.
    pub fn find_level(&self, site: &Site, ladder: usize, key: &str, level: &str) -> Option<usize> {
        let of = &site.ladders[ladder];
        let find = |slug: &str| of.levels.iter().position(|level| level.slug == slug);
        let keys = [key, &of.config.key];
        let next =
            |slug: &str| keys.iter().find_map(|key| self.levels.get(&((*key).to_owned(), slug.to_owned()))).cloned();
        followed(level.to_owned(), &find, &next)
    }

    /// The page of a collection that once had a slug.
    pub fn find_note(&self, site: &Site, folder: &str, slug: &str) -> Option<usize> {
        let collection = site.config.collection(folder)?;
        let find = |slug: &str| site.note_at(collection, slug);
        followed(slug.to_owned(), &find, &|slug| self.notes.get(&(folder.to_owned(), slug.to_owned())).cloned())
    }
}

/// Follows names until one is found. Names that lead round in a circle lead nowhere.
fn followed<T>(name: String, find: &dyn Fn(&str) -> Option<T>, next: &dyn Fn(&str) -> Option<String>) -> Option<T> {
    let mut seen = vec![name];
    loop {
        let name = seen.last()?;
        if let Some(found) = find(name) {
            return Some(found);
        }
        let next = next(name).filter(|next| !seen.contains(next))?;
        seen.push(next);
    }
}
