//! `<!-- rungs: allow half-width-punctuation -->` on a line of its own allows a warning in the block below it.
//!
//! Like all comments of HTML it is no text.

use super::document::{Block, BlockKind, Section};
use crate::diagnostic::{Allowance, Code, Place, Problems, Span, warning};
use crate::text::{line_end, slice, span_of};

/// Returns the comments for Rungs behind byte `start`, each on a line of its own.
fn comments(text: &str, start: usize) -> Vec<Span> {
    let mut at = start;
    let lines = slice(text, start..).split_inclusive('\n').filter_map(|line| {
        at += line.len();
        let comment = line.trim_start_matches([' ', '\t', '>']);
        let from = at - comment.len();
        let comment = comment.trim_end();
        let said = comment.strip_prefix("<!--")?.strip_suffix("-->")?;
        let is_ours = said.trim_start().starts_with("rungs:") && !said.contains("-->");
        is_ours.then(|| from..from + comment.len())
    });
    lines.collect()
}

/// Reads the comments of a file with these sections.
pub(super) fn read(
    text: &str,
    start: usize,
    sections: &[Section],
    place: &dyn Fn(Span) -> Place,
    problems: &Problems,
) -> Vec<Allowance> {
    let mut allowances = Vec::new();
    let comments = comments(text, start);
    if comments.is_empty() {
        return allowances;
    }
    let mut parts = Parts::default();
    for section in sections {
        if let Some(heading) = &section.heading {
            let end = heading.text.span.end.max(heading.attributes.span.end);
            parts.covered.push(section.span.start..line_end(text, end));
        }
        parts.blocks(&section.blocks);
    }
    parts.covered.sort_by_key(|span| span.start);
    for span in comments.into_iter().filter(|span| !parts.code.iter().any(|code| code.contains(&span.start))) {
        let below = parts.covered.partition_point(|part| part.start < span.end);
        let covers = parts.covered.get(below).unwrap_or(&span).clone();
        let codes = codes(text, &span, place, problems);
        allowances.push(Allowance { codes, span, covers });
    }
    allowances
}

/// The parts of a file that a comment can stand above, and the code in which it is no comment.
#[derive(Default)]
struct Parts {
    covered: Vec<Span>,
    code: Vec<Span>,
}

impl Parts {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::List(list) => {
                    for item in &list.items {
                        self.covered.push(item.span.0.clone());
                        self.blocks(&item.blocks);
                    }
                }
                BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Footnote { blocks, .. } => {
                    self.covered.push(block.span.0.clone());
                    self.blocks(blocks);
                }
                BlockKind::Code { .. } => {
                    self.covered.push(block.span.0.clone());
                    self.code.push(block.span.0.clone());
                }
                _ => self.covered.push(block.span.0.clone()),
            }
        }
    }
}

/// Returns the codes that a comment allows.
fn codes(text: &str, comment: &Span, place: &dyn Fn(Span) -> Place, problems: &Problems) -> Vec<Code> {
    let inner = comment.start + "<!--".len()..comment.end - "-->".len();
    let is_between = |c: char| c.is_whitespace() || c == ',';
    let said = slice(text, inner.clone()).trim_start();
    let from = inner.end - said.len() + "rungs:".len();
    let words = slice(text, from..inner.end).split(is_between).filter(|word| !word.is_empty());
    let words: Vec<_> = words.map(|word| (word, span_of(text, word))).collect();
    let report =
        |message: String, span: Span, help: String| place(span).problem(Code::InvalidAllowance, message).help(help);
    let names = match words.split_first() {
        Some((("allow", _), names)) if !names.is_empty() => names,
        _ => {
            let help = "write `<!-- rungs: allow code -->` with the code of a warning".to_owned();
            problems.report(report("this comment does not name a warning".to_owned(), comment.clone(), help));
            return Vec::new();
        }
    };
    let code = |(name, span): &(&str, Span)| match warning(name) {
        Ok(code) => Some(code),
        Err((message, help)) => {
            problems.report(report(message, span.clone(), help));
            None
        }
    };
    names.iter().filter_map(code).collect()
}
