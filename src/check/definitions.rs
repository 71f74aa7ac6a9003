//! The definition of a link, `[label]: address`, takes its label from what else would have it, and is no text itself.

use rayon::prelude::*;

use super::CheckInput;
use super::texts::{CheckedFile, files};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{LinkDefinition, Reference, link_definitions};

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let of_file = |file: CheckedFile<'_>| {
        let text = checked.sources.text(file.path).unwrap_or_default();
        let definitions = link_definitions(file.path, text);
        definitions.into_iter().filter_map(|definition| fault(checked, &file, &definition)).collect::<Vec<_>>()
    };
    files(checked.site).into_par_iter().flat_map_iter(of_file).collect()
}

fn fault(checked: &CheckInput<'_>, file: &CheckedFile<'_>, definition: &LinkDefinition) -> Option<Diagnostic> {
    let LinkDefinition { label, target, span, is_used } = definition;
    let problem = |message: String| file.place(span).problem(Code::LinkDefinition, message);
    let names = |label: String| {
        let written = format!("[{label}]");
        let reference = Reference { label, words: Vec::new(), written, span: span.clone().into() };
        let is_label = checked.site.resolve(&reference, file.ladder).is_some();
        is_label.then_some(reference.written)
    };
    if let Some(written) = names(label.clone()).or_else(|| names(label.to_uppercase())) {
        let problem = problem(format!("`{written}` leads to `{target}` in this file")).label("because of this line");
        return Some(problem.help("remove it, or give it a label that nothing on the site has"));
    }
    // Links that nothing uses yet are no loss, and `[//]: #` is how some write comments.
    let is_address = target.is_empty() || target.contains(['/', '.', '#', '@']);
    if *is_used || is_address {
        return None;
    }
    let problem = problem("this line is not shown".to_owned()).label("the definition of an unused link");
    Some(problem.help("if it is text, begin it with a backslash: `\\[`; if not, remove it"))
}
