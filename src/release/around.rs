//! What stands around the criteria: the site, its ladders with their levels, categories and threads, and the notes.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::EditionDraft;
use crate::edition::Frozen;

impl EditionDraft {
    /// Returns the names of what stands around the criteria and differs: `level L2`, `note maps (new)`.
    pub(crate) fn around(&self) -> Vec<String> {
        let Some(last) = &self.last else { return Vec::new() };
        let is_one = [&last.frozen, &self.frozen].iter().all(|frozen| frozen.ladders.len() == 1);
        let (old, new) = (parts(&last.frozen, is_one), parts(&self.frozen, is_one));
        let present = new.iter().filter_map(|(name, part)| match old.get(name) {
            None => Some(format!("{name} (new)")),
            Some(before) => (before != part).then(|| name.clone()),
        });
        let gone = old.keys().filter(|name| !new.contains_key(*name)).map(|name| format!("{name} (gone)"));
        let places = last.frozen.places();
        let threads = self.frozen.criteria().filter_map(|(_, criterion)| {
            let (_, before) = last.frozen.at(*places.get(&criterion.id)?);
            (before.thread != criterion.thread).then(|| format!("the thread of {id}", id = criterion.id))
        });
        present.chain(gone).chain(threads).collect()
    }
}

/// Returns the parts of a site that are no criteria, by their names. Those of one ladder among several begin with its key.
fn parts(frozen: &Frozen, is_one: bool) -> BTreeMap<String, Value> {
    let mut parts = BTreeMap::new();
    let mut put = |name: String, part: Value| parts.insert(name, part);
    put("the title of the site".to_owned(), value(&frozen.title));
    put("the provenance".to_owned(), value(&frozen.provenance));
    for ladder in &frozen.ladders {
        let key = &ladder.key;
        let labelled =
            |kind: &str, id: &str| if is_one { format!("{kind} {id}") } else { format!("{kind} {key}:{id}") };
        let texts = (&ladder.title, &ladder.heading, &ladder.preface, &ladder.prose);
        put(format!("ladder {key}"), value((texts, &ladder.inherits, ladder.levels_accumulate)));
        for level in &ladder.levels {
            let beside = level.categories.iter().filter(|category| !category.prose.is_empty());
            let beside: Vec<_> = beside.map(|category| (&category.id, &category.prose)).collect();
            put(labelled("level", &level.id), value((&level.codes, &level.title, &level.summary, beside)));
        }
        for category in ladder.categories.iter().filter(|category| !category.id.is_empty()) {
            put(labelled("category", &category.id), value(&category.title));
        }
        for thread in &ladder.threads {
            put(labelled("thread", &thread.key), value(&thread.title));
        }
    }
    for note in &frozen.notes {
        put(format!("note {slug}", slug = note.slug), value((&note.about, &note.text)));
    }
    parts
}

fn value(part: impl Serialize) -> Value {
    serde_json::to_value(part).expect("what stands in editions is JSON")
}
