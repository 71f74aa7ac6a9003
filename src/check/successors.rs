//! Checks that the successors of withdrawn criteria exist and that chains of them end.

use std::collections::BTreeSet;

use super::{CheckInput, SUGGESTIONS};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::CriterionId;
use crate::register::{Key, Register};
use crate::text::nearest;

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let register = checked.register;
    let mut problems = unknown(register);
    // Every criterion of a circle leads to itself: it is told once, by the first.
    let mut reported: BTreeSet<CriterionId> = BTreeSet::new();
    for (id, _) in withdrawn(register) {
        if reported.contains(id) {
            continue;
        }
        let Some(circle) = register.descent(id, id) else { continue };
        problems.extend(report_circle(register, &circle));
        reported.extend(circle);
    }
    problems
}

/// Returns the withdrawn criteria that have successors.
fn withdrawn(register: &Register) -> impl Iterator<Item = (&CriterionId, &crate::register::Succession)> {
    register.entries().filter_map(|(key, _)| match key {
        Key::Criterion(id) => Some((id, register.succession(id)?)),
        _ => None,
    })
}

fn unknown(register: &Register) -> Vec<Diagnostic> {
    let known: Vec<_> =
        register.entries().filter(|(key, _)| matches!(key, Key::Criterion(_))).map(|(k, _)| k.id()).collect();
    let successors = withdrawn(register).flat_map(|(_, succession)| &succession.successors);
    let unknown = successors.filter(|(id, _)| register.entry(&Key::Criterion(id.clone())).is_none());
    let report = |(at, (id, place)): (usize, &(CriterionId, crate::diagnostic::Place))| {
        let text = id.to_string();
        let near = if at < SUGGESTIONS { nearest(&text, known.iter().map(String::as_str)) } else { None };
        let help = near.map_or_else(
            || "use a criterion that is in the content, or a withdrawn one".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        place.problem(Code::InvalidSuccessor, format!("no criterion has the id {id}")).help(help)
    };
    unknown.enumerate().map(report).collect()
}

fn report_circle(register: &Register, circle: &[CriterionId]) -> Option<Diagnostic> {
    let [first, next, ..] = circle else { return None };
    let (_, place) = register.succession(first)?.successors.iter().find(|(id, _)| id == next)?;
    let message = match circle.len() {
        2 => format!("{first} is listed as its own successor"),
        _ => {
            let ids: Vec<_> = circle.iter().map(ToString::to_string).collect();
            format!("the successors form a circle: {ids}", ids = ids.join(" → "))
        }
    };
    let problem = place.problem(Code::InvalidSuccessor, message);
    Some(problem.help("name what replaces it now, or nothing"))
}
