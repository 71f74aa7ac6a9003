//! What a site knows where a worksheet is read.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::fate::place_in;
use super::file::Known;
use crate::citing::bare;
use crate::handle::EditionIndex;
use crate::id::CriterionId;
use crate::interface::Words;
use crate::model::Site;

/// Returns the words for "Rating" in all languages, and all statements that the site has or had.
pub(crate) fn known<'s>(site: &'s Site, words: &Words) -> Known<'s> {
    let found: RefCell<HashMap<String, Rc<HashSet<String>>>> = RefCell::default();
    let is_statement = move |id: &str, text: &str| {
        let mut found = found.borrow_mut();
        let known = found.entry(id.to_owned()).or_insert_with(|| Rc::new(all_statements(site, id)));
        known.contains(&bare(text))
    };
    Known {
        labels: words.everywhere("worksheet.rating").into_iter().map(|label| label.to_lowercase()).collect(),
        is_statement: Box::new(is_statement),
    }
}

/// Returns everything that a criterion ever said, in all languages, without its form.
fn all_statements(site: &Site, id: &str) -> HashSet<String> {
    let Some(id) = CriterionId::parse(id) else { return HashSet::new() };
    let states = site.history.timeline(&id).editions.keys().copied().map(Some).chain([None]);
    let mut found: HashSet<String> = states.flat_map(|edition| statements_in(site, &id, edition)).collect();
    if let Some(withdrawn) = site.history.withdrawn_at(&id) {
        found.extend(site.history.withdrawn[withdrawn].text.values().map(|(statement, _)| bare(&statement.plain())));
    }
    found
}

/// Returns what a criterion says in an edition, or now, in all languages, without its form.
pub(super) fn statements_in(site: &Site, id: &CriterionId, edition: Option<EditionIndex>) -> Vec<String> {
    let at = place_in(site, edition, id);
    let statements = at.map(|at| &site.as_of(edition).at(at).1.statement);
    statements.into_iter().flat_map(|texts| texts.values().map(|text| bare(&text.plain()))).collect()
}
