//! What a site lets pass: no rule, but what is left of all warnings after every stage.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Site;

/// The problems without the warnings that `site.toml` allows, everywhere or in their locale, or a comment above them.
pub(crate) fn without_allowed(site: &Site, mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    problems.retain(|problem| problem.severity() == Severity::Error || !is_allowed(site, problem));
    problems
}

fn is_allowed(site: &Site, problem: &Diagnostic) -> bool {
    let place = &problem.label.place;
    let locale = match &problem.locale {
        Some(tag) => site.config.locale_indices().find(|&index| site.config.locale(index).tag == *tag),
        None => site.config.locale_of(&place.path),
    };
    let by_comment = || {
        let above = site.allowances.get(&place.path).into_iter().flatten();
        let mut above = above.filter(|allowance| allowance.codes.contains(&problem.code));
        above.any(|allowance| !place.span().is_empty() && allowance.covers.contains(&place.span().start))
    };
    site.config.checks.allow(problem.code, locale) || by_comment()
}
