//! The licence page does not contradict itself: the licence is the one that the notice names.

use super::CheckInput;
use super::notices::Places;
use crate::config::{is_placeholder, named_in};
use crate::diagnostic::{Code, Diagnostic};

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let provenance = &checked.site.config.provenance;
    let Some(licence) = &provenance.licence else { return Vec::new() };
    let notice = &provenance.source.licence_notice;
    // What is still to be filled in is told elsewhere.
    if [notice, &licence.named, &licence.spdx].into_iter().any(|text| is_placeholder(text)) {
        return Vec::new();
    }
    let places = Places::read(checked.sources);
    let notice_place = places.of(&["provenance.source.licence-notice"]);
    let problem = |key: &str, message: String, help: String| {
        let place = places.of(&[&format!("provenance.licence.{key}")]);
        let problem = place.problem(Code::ContradictoryLicence, message);
        vec![problem.related(notice_place.clone(), "the notice").help(help)]
    };
    let in_notice = named_in(notice);
    if !plain(notice).contains(&plain(&licence.named)) {
        let message = format!("the licence notice does not say `{named}`", named = licence.named);
        let help = match in_notice.as_slice() {
            [(words, _), ..] => {
                format!("the notice names `{words}`: write that, and the same licence in the keys below")
            }
            [] => "copy into `named` the words of the notice that name the licence".to_owned(),
        };
        return problem("named", message, help);
    }
    // What is made of a ladder may go under another licence than the notice that it keeps, which is asked elsewhere.
    if checked.adaptation.is_none()
        && let Some((words, known)) = in_notice.first()
        && !in_notice.iter().any(|(_, known)| licence.spdx.contains(known.spdx))
    {
        let message = format!(
            "the licence notice names `{words}`, but `spdx` names another licence: `{spdx}`",
            spdx = licence.spdx
        );
        return problem(
            "spdx",
            message,
            format!("write `{spdx}`, or correct the notice if it is not that of the text", spdx = known.spdx),
        );
    }
    Vec::new()
}

/// Returns a text without what differs in a copy of it: line ends and letter case.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
