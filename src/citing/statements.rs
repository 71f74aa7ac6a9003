//! Every statement that the site has or had, by its words.

use std::collections::{BTreeSet, HashMap};

use super::likeness::ComparedWords;
use crate::handle::EditionIndex;
use crate::id::CriterionId;
use crate::model::Site;
use crate::parse::RichText;

/// What a statement is of: a criterion in an edition, or as its readers see it now, or saw it last.
pub(super) type Holder = (CriterionId, Option<EditionIndex>);

/// A statement, in one language.
pub(super) struct Statement {
    pub(super) text: String,
    pub(super) words: ComparedWords,
    /// Those that say so, by their ids, and the newest edition of each first.
    pub(super) holders: Vec<Holder>,
    /// The languages in which they say so, by their tags.
    pub(super) tags: BTreeSet<String>,
}

impl Statement {
    /// Whether a citation means it. Without an edition it may mean any.
    pub(super) fn is_meant_by(&self, (id, edition): &Holder) -> bool {
        self.holders.iter().any(|(own, of)| own == id && (edition.is_none() || edition == of))
    }

    /// Returns the editions in which it is of a criterion, the newest first.
    pub(super) fn editions_of<'a>(&'a self, id: &'a CriterionId) -> impl Iterator<Item = EditionIndex> + 'a {
        self.holders.iter().filter(move |(own, _)| own == id).filter_map(|(_, edition)| *edition)
    }
}

/// The statements of a site.
pub(super) struct Statements {
    all: Vec<Statement>,
    by_id: HashMap<CriterionId, Vec<usize>>,
    /// By the words with which they begin.
    by_start: HashMap<Vec<String>, Vec<usize>>,
}

/// The words by which statements are looked up. Those of fewer are looked up by all of theirs.
const START: usize = 3;

impl Statements {
    /// Takes all statements of some criteria.
    pub(super) fn of(site: &Site, known: &BTreeSet<CriterionId>) -> Self {
        let history = &site.history;
        let mut found = Self { all: Vec::new(), by_id: HashMap::new(), by_start: HashMap::new() };
        let mut by_text: HashMap<String, usize> = HashMap::new();
        let present = history.present.as_deref();
        let places = present.map(|present| (present, present.places()));
        for id in known {
            let mut add = |text: String, tag: &str, edition: Option<EditionIndex>| {
                let at = *by_text.entry(text).or_insert_with_key(|text| found.add(text));
                let own = found.by_id.entry(id.clone()).or_default();
                if !own.contains(&at) {
                    own.push(at);
                }
                found.all[at].holders.push((id.clone(), edition));
                found.all[at].tags.insert(tag.to_owned());
            };
            for (&edition, &at) in history.timeline(id).editions.iter().rev() {
                for (tag, statement) in &history.editions[edition].frozen.at(at).1.statement {
                    add(statement.plain(), tag, Some(edition));
                }
            }
            if let Some((present, places)) = &places
                && let Some(&at) = places.get(id)
            {
                present.at(at).1.statement.iter().for_each(|(tag, statement)| add(statement.plain(), tag, None));
            }
            if let Some(withdrawn) = history.withdrawn_at(id) {
                let texts = history.withdrawn[withdrawn].text.iter();
                texts.for_each(|(tag, (statement, _))| add(RichText::plain(statement), tag, None));
            }
        }
        found
    }

    fn add(&mut self, text: &str) -> usize {
        let words = ComparedWords::of(text);
        let start = words.words().iter().take(START).cloned().collect();
        self.by_start.entry(start).or_default().push(self.all.len());
        self.all.push(Statement { text: text.to_owned(), words, holders: Vec::new(), tags: BTreeSet::new() });
        self.all.len() - 1
    }

    /// Returns the statements of a criterion: those of the last edition come first.
    pub(super) fn of_criterion<'s>(&'s self, id: &CriterionId) -> impl Iterator<Item = &'s Statement> + use<'s> {
        self.by_id.get(id).into_iter().flatten().filter_map(|&at| self.all.get(at))
    }

    /// Returns the statements with which some words begin.
    pub(super) fn at_start(&self, words: &[String]) -> Vec<&Statement> {
        let starts = (1..=START.min(words.len())).filter_map(|length| self.by_start.get(words.get(..length)?));
        let all = starts.flatten().filter_map(|&at| self.all.get(at));
        all.filter(|statement| words.starts_with(statement.words.words())).collect()
    }
}
