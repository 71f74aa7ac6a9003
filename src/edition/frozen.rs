//! What the file of an edition holds: everything a site said, in all its languages.
//!
//! These types are the format of the file. They change only together with [`SCHEMA`], and the files that stand are
//! never written again.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Block, Effect, Text};
use crate::id::{CriterionId, EditionName};

/// The version of the format that is written. Those from 1 on are read: the first does not list its addresses.
pub const SCHEMA: u32 = 2;

/// What is said in each locale, by its BCP 47 tag.
pub type ByLocale<T> = BTreeMap<String, T>;

/// A site as it stood on the day of its release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Frozen {
    pub schema: u32,
    pub edition: EditionName,
    pub date: Date,
    /// What a person says of the release, as plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// What its maintainers say that new words of a criterion mean for the people who are reviewed by it. Other
    /// effects follow from the editions themselves.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub effects: BTreeMap<CriterionId, Effect>,
    pub title: ByLocale<String>,
    /// The tags of the locales, the source first.
    pub locales: Vec<String>,
    pub provenance: Provenance,
    pub ladders: Vec<Ladder>,
    pub notes: Vec<Note>,
    /// The folders of pages that `site.toml` named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub collections: Vec<Collection>,
    /// The pages that were neither ladders nor notes. Their texts belong to no edition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<Page>,
    /// The threads that ladders shared, if any ladder had them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared_threads: Vec<SharedThread>,
    /// The terms of the glossary.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Term>,
    /// The addresses of the site on the day of its release. None for the present, and in the first schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
}

/// Every address of a site, and what could be linked to on its page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Published {
    /// The addresses below the root of the site, each with the place of its anchors among the lists below.
    pub addresses: BTreeMap<String, usize>,
    /// Lists of anchors. Many pages have the same.
    pub anchors: Vec<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Collection {
    pub folder: String,
    /// The folders in which its pages stood before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    pub title: ByLocale<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Page {
    /// The folder of its collection.
    pub folder: String,
    pub slug: String,
    /// The slugs that it had before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    pub title: ByLocale<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SharedThread {
    pub key: String,
    /// The keys that it had before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    pub title: ByLocale<String>,
    /// The keys of the ladders that had it.
    pub ladders: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Term {
    pub anchor: String,
    /// The term as the source said it.
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Provenance {
    pub title: String,
    pub creators: Vec<Party>,
    pub copyright_notice: String,
    pub licence_notice: String,
    pub uri: String,
    pub see_also: Vec<String>,
    pub licence: Licence,
    pub modifications: Vec<Modification>,
    pub translators: ByLocale<Vec<Party>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Party {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Licence {
    pub named: String,
    pub name: String,
    pub short_name: String,
    pub spdx: String,
    pub url: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Modification {
    pub by: Party,
    pub changes: ByLocale<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Ladder {
    pub key: String,
    /// The keys that it had before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    pub prefix: String,
    /// The key of the ladder that it built on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inherits: Option<String>,
    /// The keys of the ladders that it was compared with on its own pages. None in the first schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compared: Option<Vec<String>>,
    pub levels_accumulate: bool,
    pub title: ByLocale<String>,
    pub heading: ByLocale<String>,
    /// Its files in the content folder: relative links in its texts are seen from there.
    pub files: ByLocale<String>,
    pub preface: ByLocale<Vec<Block>>,
    pub prose: ByLocale<Vec<Prose>>,
    /// The lowest first.
    pub levels: Vec<Level>,
    pub categories: Vec<Category>,
    pub threads: Vec<Thread>,
    /// In the order in which they stood.
    pub criteria: Vec<Criterion>,
}

/// A section without criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Prose {
    /// How many levels stand before it.
    pub after: usize,
    pub title: String,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Level {
    pub id: String,
    /// The ids that it had before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    pub codes: Vec<String>,
    pub title: ByLocale<String>,
    pub summary: ByLocale<Vec<Block>>,
    /// Its categories in the order in which they stood, and what they said beside their criteria.
    pub categories: Vec<LevelCategory>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LevelCategory {
    /// The id of one of the ladder's categories.
    pub id: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub prose: ByLocale<Vec<Block>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Category {
    /// Empty for criteria that stood right below the headings of their levels.
    pub id: String,
    pub title: ByLocale<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Thread {
    pub key: String,
    pub title: ByLocale<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Criterion {
    pub id: CriterionId,
    /// The id of one of the ladder's levels.
    pub level: String,
    /// The id of one of the ladder's categories.
    pub category: String,
    /// The key of one of the ladder's threads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<String>,
    pub statement: ByLocale<Text>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub detail: ByLocale<Vec<Block>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Note {
    pub slug: String,
    /// The slugs that it had before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    /// What it was about, as labels of references.
    pub about: Vec<String>,
    pub text: ByLocale<NoteText>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NoteText {
    pub title: String,
    /// Its file in the content folder.
    pub file: String,
    pub sections: Vec<Section>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Section {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<Heading>,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Heading {
    pub depth: u8,
    pub text: Text,
}

impl Published {
    /// The anchors that the page of an address had.
    pub fn anchors_at(&self, list: usize) -> &[String] {
        self.anchors.get(list).map_or(&[], Vec::as_slice)
    }
}

impl Frozen {
    /// Whether it says by itself which pages there were. The first schema left out the glossary, the folders of pages,
    /// the shared threads, and what was compared.
    pub fn knows_its_pages(&self) -> bool {
        self.schema > 1
    }

    /// The levels of other ladders that a level builds on, by the places of ladders and levels, the nearest first.
    pub fn bases(&self, level: (usize, usize)) -> Vec<(usize, usize)> {
        let mut found = vec![level];
        while let Some(base) = found.last().and_then(|&level| self.base(level)) {
            // A file that nobody wrote by this program could go round in a circle.
            if found.iter().any(|(ladder, _)| *ladder == base.0) {
                break;
            }
            found.push(base);
        }
        found.remove(0);
        found
    }

    fn base(&self, (ladder, level): (usize, usize)) -> Option<(usize, usize)> {
        let of = &self.ladders[ladder];
        let key = of.inherits.as_ref()?;
        let base = self.ladders.iter().position(|base| base.key == *key)?;
        let counterpart = of.counterparts(&self.ladders[base]).get(level).copied().flatten()?;
        Some((base, counterpart))
    }

    /// The tag of the locale in which the ladders are written.
    pub fn source(&self) -> &str {
        self.locales.first().map_or("", String::as_str)
    }

    /// What a reader of a locale reads, and in which locale that is.
    pub fn read<'a, T>(&'a self, texts: &'a ByLocale<T>, tag: &str) -> Option<(&'a T, &'a str)> {
        let found = texts.get_key_value(tag).or_else(|| texts.get_key_value(self.source()));
        found.or_else(|| texts.iter().next()).map(|(tag, text)| (text, tag.as_str()))
    }

    /// All criteria with their ladders, in the order of the edition.
    pub fn criteria(&self) -> impl Iterator<Item = (&Ladder, &Criterion)> {
        self.ladders.iter().flat_map(|ladder| ladder.criteria.iter().map(move |criterion| (ladder, criterion)))
    }
}

impl Ladder {
    pub fn level(&self, id: &str) -> Option<&Level> {
        self.levels.iter().find(|level| level.id == id)
    }

    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }

    /// For each level the place of the one that it builds on in another ladder.
    pub fn counterparts(&self, base: &Self) -> Vec<Option<usize>> {
        counterparts(&ids_and_codes(self), &ids_and_codes(base))
    }

    /// Whether what is asked on a level stands on the page of the level at a place.
    pub fn shows(&self, at: usize, level: &str) -> bool {
        let first = if self.levels_accumulate { 0 } else { at };
        self.levels[first..=at].iter().any(|of| of.id == level)
    }
}

/// For each level, by id and codes, the level of a base that it builds on: the one of the same id, or else the first of
/// those left that shares a code with it.
pub(crate) fn counterparts(heir: &[(&str, &[String])], base: &[(&str, &[String])]) -> Vec<Option<usize>> {
    let same_id: HashMap<&str, usize> = base.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
    let mut found: Vec<_> = heir.iter().map(|(id, _)| same_id.get(id).copied()).collect();
    for (at, (_, codes)) in heir.iter().enumerate().filter(|_| !base.is_empty()) {
        if found[at].is_none() {
            let shares_code = |candidate: &usize| base[*candidate].1.iter().any(|code| codes.contains(code));
            found[at] = (0..base.len()).filter(|at| !found.contains(&Some(*at))).find(shares_code);
        }
    }
    found
}

fn ids_and_codes(ladder: &Ladder) -> Vec<(&str, &[String])> {
    ladder.levels.iter().map(|level| (level.id.as_str(), level.codes.as_slice())).collect()
}

impl Criterion {
    /// What it says in a locale, without markup: the statement in one line, and below it the detail.
    pub fn text(&self, tag: &str) -> String {
        let statement = self.statement.get(tag).map(Text::plain).unwrap_or_default();
        let detail = self.detail.get(tag).map(|blocks| Block::plain(blocks)).unwrap_or_default();
        format!("{statement}\n{detail}")
    }
}

impl Level {
    /// What it is called in few letters: `T5/L5`, or nothing.
    pub fn code(&self) -> String {
        self.codes.join("/")
    }
}
