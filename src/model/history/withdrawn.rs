//! Criteria that were withdrawn, as their pages show them.

use std::collections::BTreeMap;

use typed_index_collections::{TiSlice, TiVec};

use crate::edition::{At, ByLocale, Edition, FrozenLadder};
use crate::handle::{EditionIndex, LadderIndex, WithdrawnIndex};
use crate::id::CriterionId;
use crate::model::Site;
use crate::parse::{Aside, Block, BlockKind, Inline, RichText, blocks};
use crate::register::{IdState, Key, Register, Verb, Withdrawal};

/// A criterion that is no longer asked of anybody.
#[derive(Debug, Clone)]
pub(crate) struct WithdrawnCriterion {
    pub(crate) id: CriterionId,
    pub(crate) withdrawal: Withdrawal,
    /// Its last text in each locale, by tag. Empty if nothing has kept it.
    pub(crate) text: ByLocale<(RichText, Vec<Block>)>,
    /// The last edition that holds it, and where.
    pub(crate) last: Option<(EditionIndex, At)>,
    /// The name of its level, by locale. `None` if it was not kept.
    pub(crate) level: Option<LevelThen>,
    /// The name of its category.
    pub(crate) category: ByLocale<String>,
    /// Its ladder, if the site still has it.
    pub(crate) ladder: Option<LadderIndex>,
    /// The active criteria in which it goes on, at the end of all chains.
    pub(crate) final_successors: Vec<CriterionId>,
}

/// A level by the names that it had.
#[derive(Debug, Clone)]
pub(crate) struct LevelThen {
    pub(crate) id: String,
    pub(crate) code: String,
    pub(crate) title: ByLocale<String>,
}

/// Returns all withdrawn criteria of a site, by id.
pub(crate) fn all(
    site: &Site,
    register: &Register,
    editions: &TiSlice<EditionIndex, Edition>,
) -> TiVec<WithdrawnIndex, WithdrawnCriterion> {
    let places: TiVec<EditionIndex, _> = editions.iter().map(|edition| edition.frozen.places()).collect();
    let withdrawn = register.entries().filter_map(|(key, entry)| match key {
        Key::Criterion(id) if entry.state == IdState::Withdrawn => Some((id, entry)),
        _ => None,
    });
    let all = withdrawn.map(|(id, entry)| {
        let found = places.iter_enumerated().rev().find_map(|(edition, places)| Some((edition, *places.get(id)?)));
        let then = found.map(|(edition, at)| editions[edition].frozen.at(at));
        let withdrawal = entry.withdrawal.clone().unwrap_or_default();
        let ladder = site.ladders.position(|ladder| ladder.config.has_prefix(id.prefix()));
        let level = withdrawal.level.clone().or_else(|| then.map(|(_, criterion)| criterion.level.clone()));
        let category = withdrawal.category.clone().or_else(|| then.map(|(_, criterion)| criterion.category.clone()));
        let frozen = then.map(|(ladder, _)| ladder);
        WithdrawnCriterion {
            id: id.clone(),
            text: text(&withdrawal, then.map(|(_, criterion)| criterion)),
            last: found,
            level: level.map(|id| level_then(site, ladder, frozen, id)),
            category: category.map(|id| category_then(site, ladder, frozen, &id)).unwrap_or_default(),
            ladder,
            final_successors: register.final_successors(id),
            withdrawal,
        }
    });
    all.collect()
}

/// Returns the last text: the register's, or else the last edition's.
fn text(withdrawal: &Withdrawal, then: Option<&crate::edition::FrozenCriterion>) -> ByLocale<(RichText, Vec<Block>)> {
    if !withdrawal.statement.is_empty() {
        let text_in = |(tag, statement): (&String, &String)| {
            let detail = withdrawal.detail.get(tag).map(|text| blocks(text)).unwrap_or_default();
            (tag.clone(), (inline(statement), detail))
        };
        return withdrawal.statement.iter().map(text_in).collect();
    }
    let Some(then) = then else { return BTreeMap::new() };
    let text_in = |(tag, statement): (&String, &RichText)| {
        (tag.clone(), (statement.clone(), then.detail.get(tag).cloned().unwrap_or_default()))
    };
    then.statement.iter().map(text_in).collect()
}

/// Returns the first paragraph of Markdown that the register keeps.
fn inline(markdown: &str) -> RichText {
    let paragraph = blocks(markdown).into_iter().find_map(|block| match block.kind {
        BlockKind::Paragraph(paragraph) => Some(paragraph.text),
        _ => None,
    });
    paragraph
        .unwrap_or_else(|| RichText { inlines: vec![Inline::Text(markdown.trim().to_owned())], span: Aside::default() })
}

fn level_then(site: &Site, ladder: Option<LadderIndex>, frozen: Option<&FrozenLadder>, id: String) -> LevelThen {
    let now = ladder.and_then(|ladder| site[ladder].levels.iter().find(|level| level.id == id));
    let tags = || site.config.locale_indices().map(|locale| (locale, site.config.locale(locale).tag.clone()));
    let (code, title) = match (now, frozen.and_then(|ladder| ladder.level(&id))) {
        (Some(now), _) => {
            let title = tags().filter_map(|(locale, tag)| Some((tag, now.title.own(locale)?.clone())));
            (now.code(), title.collect())
        }
        (None, Some(then)) => (then.code(), then.title.clone()),
        (None, None) => (id.clone(), BTreeMap::new()),
    };
    LevelThen { id, code, title }
}

fn category_then(
    site: &Site,
    ladder: Option<LadderIndex>,
    frozen: Option<&FrozenLadder>,
    id: &str,
) -> ByLocale<String> {
    let now = ladder.and_then(|ladder| site[ladder].categories.iter().find(|category| category.id == id));
    let locales = || site.config.locale_indices();
    match (now, frozen.and_then(|ladder| ladder.category(id))) {
        (Some(now), _) => locales()
            .filter_map(|locale| Some((site.config.locale(locale).tag.clone(), now.title.own(locale)?.clone())))
            .collect(),
        (None, Some(then)) => then.title.clone(),
        (None, None) => BTreeMap::new(),
    }
}

impl WithdrawnCriterion {
    /// Returns the kind of its succession, if it has successors.
    pub(crate) fn verb(&self) -> Option<Verb> {
        self.withdrawal.succession.as_ref().map(|succession| succession.verb)
    }

    /// Returns the criteria named as its successors.
    pub(crate) fn successors(&self) -> impl Iterator<Item = &CriterionId> {
        self.withdrawal.succession.iter().flat_map(|succession| succession.successors.iter().map(|(id, _)| id))
    }
}
