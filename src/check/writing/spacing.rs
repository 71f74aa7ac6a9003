//! Between Han and Latin characters a site has no typed space, or always one: `space-between-han-and-latin` says which.
//!
//! Without a typed space, programs that show the text set a small gap there by themselves.

use super::super::CheckInput;
use super::{Finding, find};
use crate::config::Spacing;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::han::{is_han, is_latin};

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    find(checked, Code::SpaceBetweenHanAndLatin, |locale, text| match checked.site.config.checks.spacing(locale) {
        Spacing::Never => typed(text),
        Spacing::Always => missing(text),
        Spacing::Any => Vec::new(),
    })
}

fn meet(before: char, behind: char) -> bool {
    (is_han(before) && is_latin(behind)) || (is_latin(before) && is_han(behind))
}

fn typed(text: &str) -> Vec<Finding> {
    let is_space = |c: char| matches!(c, ' ' | '\u{A0}');
    let mut findings = Vec::new();
    let mut last: Option<(usize, char)> = None;
    for (at, c) in text.char_indices().filter(|&(_, c)| !is_space(c)) {
        if let Some((end, before)) = last.filter(|&(end, before)| end < at && meet(before, c)) {
            findings.push(Finding {
                part: end..at,
                message: format!("a space between `{before}` and `{c}`"),
                help: format!("write `{before}{c}`"),
                edits: vec![(end..at, String::new())],
            });
        }
        last = Some((at + c.len_utf8(), c));
    }
    findings
}

fn missing(text: &str) -> Vec<Finding> {
    let neighbours = text.char_indices().zip(text.char_indices().skip(1));
    let meeting = neighbours.filter(|&((_, before), (_, behind))| meet(before, behind));
    let finding = |((at, before), (next, behind)): ((usize, char), (usize, char))| Finding {
        part: at..next + behind.len_utf8(),
        message: format!("no space between `{before}` and `{behind}`"),
        help: format!("write `{before} {behind}`"),
        edits: vec![(at..next + behind.len_utf8(), format!("{before} {behind}"))],
    };
    meeting.map(finding).collect()
}
