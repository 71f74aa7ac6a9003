//! The content of an edition's file: all texts of a site, in all its languages.
//!
//! These types, and for texts those of [`crate::parse`], are the format of the file. They change only together with
//! [`SCHEMA`], and the files that stand are never written again.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use typed_index_collections::{TiSlice, TiVec};

use super::Effect;
use crate::diagnostic::Span;
use crate::handle::{CriterionIndex, LadderIndex, LevelAt, LevelIndex};
use crate::id::{CriterionId, EditionName, slug};
use crate::parse::{Aside, Attribute, Block, RichText, Section, image_files, plain_lines};
use crate::text::{printable, web};

/// The version of the format that is written. Those from 1 on are read: the first does not list its addresses, and the
/// first two know a summary in the source alone.
pub(crate) const SCHEMA: u32 = 3;

/// Texts by locale, keyed by BCP 47 tag.
pub(crate) type ByLocale<T> = BTreeMap<String, T>;

/// A site as it was on the day of its release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Frozen {
    pub schema: u32,
    /// None for the present, which no edition has kept yet.
    pub(crate) edition: Option<EditionName>,
    /// The day of the release. None for the present.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub(crate) date: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) summary: Option<Summary>,
    /// The effects of new words on the people who are reviewed by a criterion, as its maintainers state them. Other
    /// effects follow from the editions themselves.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) effects: BTreeMap<CriterionId, Effect>,
    pub(crate) title: ByLocale<String>,
    /// The tags of the locales, the source first.
    pub(crate) locales: Vec<String>,
    pub(crate) provenance: FrozenProvenance,
    #[schemars(with = "Vec<FrozenLadder>")]
    pub(crate) ladders: TiVec<LadderIndex, FrozenLadder>,
    pub(crate) notes: Vec<FrozenNote>,
    /// The folders of pages that `site.toml` named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) collections: Vec<FrozenCollection>,
    /// The pages that were neither ladders nor notes. Their texts belong to no edition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) pages: Vec<FrozenPage>,
    /// The threads that ladders shared, if any ladder had them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) shared_threads: Vec<SharedThread>,
    /// The terms of the glossary.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) terms: Vec<FrozenTerm>,
    /// The addresses of the site on the day of its release. None for the present, and in the first schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
}

/// A person's summary of the release, as plain text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Summary {
    ByLocale(ByLocale<String>),
    /// As the first two schemas have it. No longer written.
    InSource(String),
}

/// Every address of a site, and what could be linked to on its page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Published {
    /// The addresses below the root of the site, each with the place of its anchors among the lists below.
    pub addresses: BTreeMap<String, usize>,
    /// Lists of anchors. Many pages have the same.
    pub(crate) anchors: Vec<Vec<String>>,
    /// The headings of pages, by the address in the source, in order: which anchor belongs to which of them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) headings: BTreeMap<String, Vec<PublishedHeading>>,
}

/// A heading, and the anchor that it had in every language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct PublishedHeading {
    pub(crate) anchor: String,
    /// Its words in the source.
    pub(crate) words: String,
    /// The beginning of the text below it in the source.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) begins: String,
    /// Other anchors that led to it. Those of the source did so in every language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) was: ByLocale<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FrozenCollection {
    pub(crate) folder: String,
    /// The former names of the folder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) was: Vec<String>,
    pub(crate) title: ByLocale<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FrozenPage {
    /// The folder of its collection.
    pub(crate) folder: String,
    pub(crate) slug: String,
    /// The slugs that it had before; in another folder `notes/maps`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) was: Vec<String>,
    pub(crate) title: ByLocale<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct SharedThread {
    pub(crate) key: String,
    /// The keys that it had before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) was: Vec<String>,
    pub(crate) title: ByLocale<String>,
    /// The keys of the ladders that had it.
    pub(crate) ladders: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FrozenTerm {
    pub(crate) anchor: String,
    /// The term as the source said it.
    pub(crate) name: String,
    /// The anchors that it had before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) was: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FrozenProvenance {
    pub(crate) title: String,
    pub(crate) creators: Vec<FrozenParty>,
    pub(crate) copyright_notice: String,
    pub(crate) licence_notice: String,
    /// None for a ladder that stood nowhere else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) uri: Option<String>,
    pub(crate) see_also: Vec<String>,
    /// None if its owner reserved all rights.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) licence: Option<FrozenLicence>,
    pub(crate) modifications: Vec<FrozenModification>,
    pub(crate) translators: ByLocale<Vec<FrozenParty>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FrozenParty {
    pub(crate) name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FrozenLicence {
    pub(crate) named: String,
    pub(crate) name: String,
    pub(crate) short_name: String,
    pub(crate) spdx: String,
    pub(crate) url: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FrozenModification {
    pub(crate) by: FrozenParty,
    pub(crate) changes: ByLocale<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FrozenLadder {
    pub(crate) key: String,
    /// The keys that it had before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) was: Vec<String>,
    pub(crate) prefix: String,
    /// The key of the ladder that it built on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) inherits: Option<String>,
    /// The keys of the ladders that it was compared with on its own pages. None in the first schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) compared: Option<Vec<String>>,
    pub(crate) levels_accumulate: bool,
    pub(crate) title: ByLocale<String>,
    pub(crate) heading: ByLocale<String>,
    /// Its files in the content folder: relative links in its texts are seen from there.
    pub(crate) files: ByLocale<String>,
    pub(crate) preface: ByLocale<Vec<Block>>,
    pub(crate) prose: ByLocale<Vec<FrozenProse>>,
    /// The lowest first.
    #[schemars(with = "Vec<FrozenLevel>")]
    pub(crate) levels: TiVec<LevelIndex, FrozenLevel>,
    pub(crate) categories: Vec<FrozenCategory>,
    pub(crate) threads: Vec<FrozenThread>,
    /// In the order in which they stood.
    #[schemars(with = "Vec<FrozenCriterion>")]
    pub(crate) criteria: TiVec<CriterionIndex, FrozenCriterion>,
}

/// A section without criteria, such as a credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FrozenProse {
    /// The number of levels before it.
    pub(crate) after: usize,
    pub(crate) title: String,
    pub(crate) blocks: Vec<Block>,
    /// The title in its file.
    #[serde(skip)]
    pub(crate) span: Aside<Span>,
    /// The anchor that its author gave it.
    #[serde(skip)]
    pub(crate) id: Aside<Option<Attribute>>,
}

/// Returns whether an address is one below the root of a site.
fn is_below(address: &str) -> bool {
    let names = address.strip_suffix('/').unwrap_or(address).split('/');
    address.is_empty() || names.into_iter().all(|name| !["", ".", ".."].contains(&name) && !name.contains(['\\', ':']))
}

/// Returns which of the sections of a ladder describes a category on all levels: the first with its title.
pub(crate) fn description(sections: &[FrozenProse], category: &str) -> Option<usize> {
    let title = category.trim().to_lowercase();
    sections.iter().position(|section| !title.is_empty() && section.title.trim().to_lowercase() == title)
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FrozenLevel {
    pub(crate) id: String,
    /// The ids that it had before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) was: Vec<String>,
    pub(crate) codes: Vec<String>,
    pub(crate) title: ByLocale<String>,
    pub(crate) summary: ByLocale<Vec<Block>>,
    /// Its categories in their order there, with their text beside the criteria.
    pub(crate) categories: Vec<LevelCategory>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct LevelCategory {
    /// The id of one of the ladder's categories.
    pub(crate) id: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) prose: ByLocale<Vec<Block>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FrozenCategory {
    /// Empty for criteria that stood right below the headings of their levels.
    pub(crate) id: String,
    /// The ids that it had before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) was: Vec<String>,
    pub(crate) title: ByLocale<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FrozenThread {
    pub(crate) key: String,
    /// The keys that it had before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) was: Vec<String>,
    pub(crate) title: ByLocale<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FrozenCriterion {
    pub(crate) id: CriterionId,
    /// The id of one of the ladder's levels.
    pub(crate) level: String,
    /// The id of one of the ladder's categories.
    pub(crate) category: String,
    /// The key of one of the ladder's threads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) thread: Option<String>,
    pub(crate) statement: ByLocale<RichText>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) detail: ByLocale<Vec<Block>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FrozenNote {
    pub(crate) slug: String,
    /// The slugs that it had before; in another folder `notes/maps`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) was: Vec<String>,
    /// The subjects of the note, as labels of references.
    pub(crate) about: Vec<String>,
    pub(crate) text: ByLocale<FrozenNoteText>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FrozenNoteText {
    pub(crate) title: String,
    /// Its file in the content folder.
    pub(crate) file: String,
    pub(crate) sections: Vec<Section>,
}

/// Returns the text in the first of these locales that has one, or else in any, with the tag of its locale.
pub(crate) fn text_in<'a, T>(texts: &'a ByLocale<T>, tags: &[&str]) -> Option<(&'a T, &'a str)> {
    let found = tags.iter().find_map(|tag| texts.get_key_value(*tag));
    found.or_else(|| texts.iter().next()).map(|(tag, text)| (text, tag.as_str()))
}

impl Published {
    /// Returns the anchors that the page of an address had.
    pub fn anchors_at(&self, list: usize) -> &[String] {
        self.anchors.get(list).map_or(&[], Vec::as_slice)
    }
}

impl Frozen {
    /// Returns whether a site says the same in two states, whatever the release of one says of itself and whatever pages
    /// there are beside. What the first schema left out is no difference.
    pub(crate) fn says_the_same_as(&self, other: &Self) -> bool {
        let Self {
            schema: _,
            edition: _,
            date: _,
            summary: _,
            effects: _,
            published: _,
            collections: _,
            pages: _,
            title,
            locales,
            provenance,
            ladders,
            notes,
            shared_threads,
            terms,
        } = self;
        let texts = (title, locales, provenance, notes);
        let is_known = self.knows_its_pages() && other.knows_its_pages();
        let of_first_schema = |ladder: &FrozenLadder| FrozenLadder { compared: None, ..ladder.clone() };
        texts == (&other.title, &other.locales, &other.provenance, &other.notes)
            && match is_known {
                true => (ladders, shared_threads, terms) == (&other.ladders, &other.shared_threads, &other.terms),
                false => ladders.iter().map(of_first_schema).eq(other.ladders.iter().map(of_first_schema)),
            }
    }

    /// Returns why no site can show it, whoever sealed it: an address that leads to no page of the web, or a name that can
    /// be no part of an address.
    pub(crate) fn fault(&self) -> Option<String> {
        let FrozenProvenance { creators, uri, see_also, licence, modifications, translators, .. } = &self.provenance;
        let by = modifications.iter().map(|step| &step.by);
        let parties = creators.iter().chain(by).chain(translators.values().flatten());
        let addresses = uri.iter().chain(see_also).chain(licence.iter().map(|licence| &licence.url));
        let mut addresses = addresses.chain(parties.filter_map(|party| party.url.as_ref()));
        let fault = addresses.find_map(|address| web(address).err());
        fault.map(|fault| (fault.message)("its provenance")).or_else(|| {
            let ladders = self.ladders.iter().map(|ladder| &ladder.key);
            let levels = self.ladders.iter().flat_map(|ladder| &ladder.levels).map(|level| &level.id);
            let threads = self.ladders.iter().flat_map(|ladder| &ladder.threads).map(|thread| &thread.key);
            let pages = self.pages.iter().flat_map(|page| [&page.folder, &page.slug]);
            let names = ladders.chain(levels).chain(threads).chain(pages);
            let names = names.chain(self.notes.iter().map(|note| &note.slug));
            let mut names = names.chain(self.collections.iter().map(|collection| &collection.folder));
            let published = self.published.iter().flat_map(|published| published.addresses.keys());
            let odd =
                names.find(|name| slug(name).is_none()).or_else(|| published.into_iter().find(|path| !is_below(path)));
            odd.map(|name| format!("`{name}` cannot be part of an address", name = printable(name)))
        })
    }

    /// Returns whether it lists its pages by itself. The first schema left out the glossary, the folders of pages, the
    /// shared threads, and comparisons.
    pub(crate) fn knows_its_pages(&self) -> bool {
        self.schema > 1
    }

    /// Returns whether it is about to be released: it does not list its addresses yet, and equals the present.
    pub(crate) fn is_draft(&self) -> bool {
        self.published.is_none() && self.knows_its_pages()
    }

    /// Returns the levels of other ladders that a level builds on, the nearest first.
    pub(crate) fn bases(&self, level: LevelAt) -> Vec<LevelAt> {
        let mut found = vec![level];
        while let Some(base) = found.last().and_then(|&level| self.base(level)) {
            // A file that nobody wrote by this program could go round in a circle.
            if found.iter().any(|level| level.ladder == base.ladder) {
                break;
            }
            found.push(base);
        }
        found.remove(0);
        found
    }

    /// Returns the levels whose criteria also hold on a level. See [`inherited`].
    pub(crate) fn inherited(&self, level: LevelAt) -> Vec<LevelAt> {
        let below = |at: LevelAt| {
            let levels = if self.ladders[at.ladder].levels_accumulate { at.level.0 } else { 0 };
            (0..levels).rev().map(move |lower| LevelIndex(lower).of(at.ladder))
        };
        inherited(level, below, |at| self.bases(at))
    }

    fn base(&self, at: LevelAt) -> Option<LevelAt> {
        let ladder_data = &self.ladders[at.ladder];
        let key = ladder_data.inherits.as_ref()?;
        let base = self.ladders.position(|base| base.key == *key)?;
        let counterpart = ladder_data.counterparts(&self.ladders[base]).get(at.level).copied().flatten()?;
        Some(counterpart.of(base))
    }

    /// Returns the tag of the locale in which the ladders are written.
    pub(crate) fn source(&self) -> &str {
        self.locales.first().map_or("", String::as_str)
    }

    /// Returns the text that readers of a locale get, with the tag of its locale.
    pub(crate) fn read<'a, T>(&'a self, texts: &'a ByLocale<T>, tag: &str) -> Option<(&'a T, &'a str)> {
        text_in(texts, &[tag, self.source()])
    }

    /// Returns the summary that readers of a locale get, with the tag of its locale.
    pub(crate) fn summary<'a>(&'a self, tag: &str) -> Option<(&'a str, &'a str)> {
        match self.summary.as_ref()? {
            Summary::ByLocale(texts) => self.read(texts, tag).map(|(text, tag)| (text.as_str(), tag)),
            Summary::InSource(text) => Some((text, self.source())),
        }
    }

    /// Returns the names of the files of images that its notes show.
    pub(crate) fn image_files(&self) -> impl Iterator<Item = &str> {
        self.notes.iter().flat_map(|note| note.text.values()).flat_map(|text| image_files(&text.sections))
    }

    /// Returns all criteria with their ladders, in the order of the edition.
    pub(crate) fn criteria(&self) -> impl Iterator<Item = (&FrozenLadder, &FrozenCriterion)> {
        self.ladders.iter().flat_map(|ladder| ladder.criteria.iter().map(move |criterion| (ladder, criterion)))
    }
}

impl FrozenLadder {
    pub(crate) fn level(&self, id: &str) -> Option<&FrozenLevel> {
        self.levels.iter().find(|level| level.id == id)
    }

    pub(crate) fn category(&self, id: &str) -> Option<&FrozenCategory> {
        self.categories.iter().find(|category| category.id == id)
    }

    /// For each level, returns the place of the one that it builds on in another ladder.
    pub(crate) fn counterparts(&self, base: &Self) -> TiVec<LevelIndex, Option<LevelIndex>> {
        counterparts(&ids_and_codes(self), &ids_and_codes(base))
    }

    /// Returns whether the criteria of a level stand on the page of the level at a place.
    pub(crate) fn shows(&self, at: LevelIndex, level: &str) -> bool {
        let first = if self.levels_accumulate { LevelIndex(0) } else { at };
        self.levels[first..=at].iter().any(|candidate| candidate.id == level)
    }
}

/// Returns the levels with criteria that also hold on a level: those that it builds on, then level by level the lower ones
/// of its ladder, each with the levels it builds on, and last those that only follow from the order of these ladders.
/// `below` gives the lower levels whose criteria hold on one, `bases` the levels of other ladders that one builds on.
pub(crate) fn inherited<B: Iterator<Item = LevelAt>, L: IntoIterator<Item = LevelAt>>(
    level: LevelAt,
    below: impl Fn(LevelAt) -> B,
    bases: impl Fn(LevelAt) -> L,
) -> Vec<LevelAt> {
    let mut found = vec![level];
    let add = |found: &mut Vec<LevelAt>, level: LevelAt| {
        for level in std::iter::once(level).chain(bases(level)) {
            if !found.contains(&level) {
                found.push(level);
            }
        }
    };
    add(&mut found, level);
    below(level).for_each(|lower| add(&mut found, lower));
    let mut next = 0;
    while next < found.len() {
        below(found[next]).for_each(|lower| add(&mut found, lower));
        next += 1;
    }
    found.remove(0);
    found
}

/// The levels of a ladder by their ids and codes.
pub(crate) type Called<'a> = TiSlice<LevelIndex, (&'a str, &'a [String])>;

/// For each level, by id and codes, returns the level of a base that it builds on: the one with the same id, or else
/// the first remaining one that shares a code with it.
pub(crate) fn counterparts(derived: &Called<'_>, base: &Called<'_>) -> TiVec<LevelIndex, Option<LevelIndex>> {
    let same_id: HashMap<&str, LevelIndex> = base.iter_enumerated().map(|(at, (id, _))| (*id, at)).collect();
    let mut found: TiVec<LevelIndex, _> = derived.iter().map(|(id, _)| same_id.get(id).copied()).collect();
    for (at, (_, codes)) in derived.iter_enumerated().filter(|_| !base.is_empty()) {
        if found[at].is_none() {
            let shares_code = |candidate: &LevelIndex| base[*candidate].1.iter().any(|code| codes.contains(code));
            found[at] = base.keys().filter(|at| !found.contains(&Some(*at))).find(shares_code);
        }
    }
    found
}

fn ids_and_codes(ladder: &FrozenLadder) -> TiVec<LevelIndex, (&str, &[String])> {
    ladder.levels.iter().map(|level| (level.id.as_str(), level.codes.as_slice())).collect()
}

impl FrozenCriterion {
    /// Returns its text in a locale, without markup: the statement in one line, and the detail below it.
    pub(crate) fn text(&self, tag: &str) -> String {
        let statement = self.statement.get(tag).map(RichText::plain).unwrap_or_default();
        let detail = self.detail.get(tag).map(|blocks| plain_lines(blocks)).unwrap_or_default();
        format!("{statement}\n{detail}")
    }
}

impl FrozenLevel {
    /// Returns its codes in short: `T5/L5`, or nothing.
    pub(crate) fn code(&self) -> String {
        self.codes.join("/")
    }
}
