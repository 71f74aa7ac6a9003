//! A reference has to lead somewhere.
//!
//! `[TL-042]`, `[L6]`, `[thread:maps]` and `[words][TL-042]` are looked for in every text of every locale. Words in
//! brackets that look like none of them are words in brackets.

use super::texts::{File, find};
use super::{Checked, SUGGESTIONS};
use crate::config::nearest;
use crate::diagnostic::{Code, Diagnostic, Fix, Place};
use crate::model::{CriterionId, Ladder, Site};
use crate::parse::{Inline, Reference};
use crate::register::{Key, Register, State};

pub fn check(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let site = checked.site;
    let unknown = find(site, |file, inline| match inline {
        Inline::Reference(reference) => {
            let leads_nowhere = site.resolve(reference, file.ladder).is_none();
            (leads_nowhere && site.is_meant_as_reference(reference)).then_some(reference)
        }
        _ => None,
    });
    let report = |(at, (file, reference)): (usize, (File<'_>, &Reference))| {
        let label = &reference.label;
        if let Some(help) = withdrawn(checked.register, label) {
            let message = format!("`{label}` was withdrawn");
            let problem = Diagnostic::new(Code::UnknownReference, message, file.place(&reference.span));
            return problem.label("leads to nothing that is asked now").help(help);
        }
        if let Some(id) = canonical(site, label) {
            let message = format!("`{label}` leads to nothing");
            let problem = Diagnostic::new(Code::UnknownReference, message, file.place(&reference.span));
            let problem = problem.label("not how the id is written").help(format!("write `{id}`"));
            return match place_of_label(checked, file, reference) {
                Some(place) => problem.fix(Fix::new(place, id.to_string())),
                None => problem,
            };
        }
        let near = if at < SUGGESTIONS { nearest(label, site.labels()) } else { None };
        let help = match near {
            Some(near) => format!("did you mean `[{near}]`?"),
            None => format!("if the brackets are meant as they stand, write `\\{}`", reference.written),
        };
        Diagnostic::new(Code::UnknownReference, format!("`{label}` leads to nothing"), file.place(&reference.span))
            .label("nothing has this id")
            .help(help)
    };
    unknown.into_iter().enumerate().map(report).collect()
}

/// The id that is meant by `tl-42` or `TL42`.
fn canonical(site: &Site, label: &str) -> Option<CriterionId> {
    let id = CriterionId::parse_leniently(label)?;
    let has_id = |ladder: &Ladder| ladder.criteria.iter().any(|criterion| criterion.id == id);
    site.ladders.iter().any(has_id).then_some(id)
}

/// Where the label of a reference stands, between the last brackets of it.
fn place_of_label(checked: &Checked<'_>, file: File<'_>, reference: &Reference) -> Option<Place> {
    let written = checked.sources.text(file.path)?.get(reference.span.clone())?;
    let label = written.strip_suffix(']')?.strip_suffix(&reference.label)?;
    let start = reference.span.start + label.strip_suffix('[')?.len() + 1;
    Some(file.place(&(start..start + reference.label.len())))
}

/// What to write for a criterion that was withdrawn. None for everything else.
fn withdrawn(register: &Register, label: &str) -> Option<String> {
    let id = CriterionId::parse(label)?;
    register.entry(&Key::Criterion(id.clone())).filter(|entry| entry.state == State::Withdrawn)?;
    let Some(succession) = register.succession(&id) else {
        return Some("nothing came in its place: take the reference out, or say what it said".to_owned());
    };
    let list = |ids: &[CriterionId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let successors: Vec<_> = succession.successors.iter().map(|(id, _)| id.clone()).collect();
    let heirs = register.heirs(&id);
    let became = format!("it was {} {}", succession.verb.name().replace('-', " "), list(&successors));
    Some(match heirs.first() {
        None => format!("{became}, and nothing is left of that: take the reference out"),
        Some(heir) if heirs == successors => format!("{became}: write `[{heir}]`"),
        Some(heir) => format!("{became}, which goes on in {}: write `[{heir}]`", list(&heirs)),
    })
}
