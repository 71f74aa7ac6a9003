//! A reference has to lead somewhere.
//!
//! `[TL-042]`, `[L6]`, `[thread:maps]` and `[words][TL-042]` are looked for in every text of every locale. Words in
//! brackets that look like none of them are words in brackets.

use super::texts::{File, find};
use super::{Checked, SUGGESTIONS};
use crate::config::nearest;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{Inline, Reference};

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
