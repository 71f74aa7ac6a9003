//! Characters are those of Taiwan: neither simplified ones nor variants that are at home elsewhere.
//!
//! The table holds only characters that are never right in Taiwan. How it is made stands in `tests/variants.mjs`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::CheckInput;
use super::{Finding, find};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::{list, slice};

/// The replacements of each character, the likeliest first.
static VARIANTS: LazyLock<HashMap<char, &str>> = LazyLock::new(|| {
    let lines = include_str!("variants.txt").lines().filter(|line| !line.starts_with('#'));
    let words = lines.flat_map(str::split_whitespace);
    let entry = |word: &'static str| {
        let mut characters = word.chars();
        let variant = characters.next()?;
        Some((variant, characters.as_str())).filter(|(_, choices)| !choices.is_empty())
    };
    words.filter_map(entry).collect()
});

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    find(checked, Code::VariantCharacter, |_, text| {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for (at, c) in text.char_indices().filter(|&(_, c)| !c.is_ascii() && VARIANTS.contains_key(&c)) {
            match runs.last_mut().filter(|(_, end)| *end == at) {
                Some((_, end)) => *end += c.len_utf8(),
                None => runs.push((at, at + c.len_utf8())),
            }
        }
        runs.into_iter().map(|(start, end)| finding(text, start, end)).collect()
    })
}

/// Returns one finding for characters that stand together.
fn finding(text: &str, start: usize, end: usize) -> Finding {
    let run = slice(text, start..end);
    let fixed: String = run.chars().filter_map(|c| VARIANTS.get(&c)?.chars().next()).collect();
    let choices = run.chars().filter_map(|c| VARIANTS.get(&c).filter(|choices| choices.chars().nth(1).is_some()));
    let others: Vec<_> = choices.flat_map(|choices| choices.chars().skip(1)).map(|c| format!("`{c}`")).collect();
    let help = match others.as_slice() {
        [] => format!("write `{fixed}`"),
        others => format!("write `{fixed}`, or {others} if you mean that", others = list(others)),
    };
    let edits = if others.is_empty() { vec![(start..end, fixed.clone())] } else { Vec::new() };
    let message = match run.chars().count() {
        1 => format!("`{run}` is not used in Taiwan"),
        _ => format!("`{run}` are not used in Taiwan"),
    };
    Finding { part: start..end, message, help, edits }
}
