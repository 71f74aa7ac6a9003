//! Footnotes: signs `[^label]` in a text, and below it what they lead to, `[^label]: …`.

use std::collections::{HashMap, HashSet};

use camino::Utf8Path;

use super::document::{Block, BlockKind, Inline, Section};
use super::plain::{visit_inlines, visit_nested};
use super::tokens::Token;
use crate::diagnostic::{Code, Diagnostic, Fix, Place, Span};
use crate::text::{line_start, nearest, slice};

/// A sign of a footnote, or what one leads to.
#[derive(Debug, Clone)]
pub(crate) struct Labelled<'a> {
    pub(crate) label: &'a str,
    pub(crate) span: Span,
}

/// Returns all signs in the order of the text.
pub(crate) fn signs<'a>(sections: &'a [Section]) -> Vec<Labelled<'a>> {
    let mut signs = Vec::new();
    for section in sections {
        let mut visit = |inline: &'a Inline| {
            if let Inline::Footnote { label, span } = inline {
                signs.push(Labelled { label, span: span.0.clone() });
            }
        };
        section.heading.iter().for_each(|heading| visit_nested(&heading.text.inlines, &mut visit));
        visit_inlines(&section.blocks, &mut visit);
    }
    signs
}

/// Returns what the signs lead to, in the order of the text. The span is that of `[^label]:`.
pub(crate) fn definitions(sections: &[Section]) -> Vec<Labelled<'_>> {
    fn of_blocks<'a>(blocks: &'a [Block], found: &mut Vec<Labelled<'a>>) {
        for block in blocks {
            match &block.kind {
                BlockKind::Footnote { label, blocks } => {
                    let start = block.span.start;
                    found.push(Labelled { label, span: start..start + "[^]:".len() + label.len() });
                    of_blocks(blocks, found);
                }
                BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } => of_blocks(blocks, found),
                BlockKind::List(list) => list.items.iter().for_each(|item| of_blocks(&item.blocks, found)),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    sections.iter().for_each(|section| of_blocks(&section.blocks, &mut found));
    found
}

/// Reads the signs that lead to nothing, which the parser takes for text. So a sign is one in whatever part of a text it
/// is read.
pub(super) fn read_undefined(text: &str, tokens: &mut Vec<(Token, Span)>) {
    if !text.contains("[^") {
        return;
    }
    let mut read: Vec<(Token, Span)> = Vec::with_capacity(tokens.len());
    let mut rest = std::mem::take(tokens).into_iter().peekable();
    while let Some((token, span)) = rest.next() {
        let is_bracket = matches!(&token, Token::Text(text) if text == "[");
        let Some(label) = Some(()).filter(|()| is_bracket).and_then(|()| label_at(text, span.start)) else {
            read.push((token, span));
            continue;
        };
        let end = span.start + "[^]".len() + label.len();
        while rest.next_if(|(token, span)| matches!(token, Token::Text(_)) && span.end <= end).is_some() {}
        read.push((Token::Footnote(label.to_owned()), span.start..end));
    }
    *tokens = read;
}

/// Returns the label of a sign that begins at a place, unless a backslash takes its meaning.
fn label_at(text: &str, at: usize) -> Option<&str> {
    let before = slice(text, ..at);
    let slashes = before.len() - before.trim_end_matches('\\').len();
    let (label, _) = slice(text, at..).strip_prefix("[^")?.split_once(']')?;
    let is_label = !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || matches!(c, '[' | '\\' | '`'));
    (is_label && slashes % 2 == 0).then_some(label)
}

/// Reports the signs of a page that lead to nothing, and what no sign leads to.
pub(crate) fn diagnose_page(path: &Utf8Path, text: &str, sections: &[Section]) -> Vec<Diagnostic> {
    let (signs, definitions) = (signs(sections), definitions(sections));
    let problem = |span: &Span, message: String| Place::new(path, span.clone()).problem(Code::Footnote, message);
    let signed: HashSet<&str> = signs.iter().map(|sign| sign.label).collect();
    let mut defined: HashMap<&str, &Span> = HashMap::new();
    for definition in &definitions {
        defined.entry(definition.label).or_insert(&definition.span);
    }
    let colons = full_width_colons(text);
    let mut found = Vec::new();
    for Labelled { label, span } in &signs {
        if defined.contains_key(label) {
            continue;
        }
        let problem = problem(span, format!("there is no footnote `{label}`")).label("shown as written");
        let near = nearest(label, definitions.iter().map(|definition| definition.label));
        found.push(if let Some(&colon) = colons.get(label) {
            let place = Place::new(path, colon..colon + '：'.len_utf8());
            let problem = problem.help(format!("begin its line with `[^{label}]: `, with the colon of ASCII"));
            // Within a line it is the sign of a footnote, with a colon behind it.
            let begins = slice(text, line_start(text, span.start)..span.start).trim().is_empty();
            match begins && slice(text, span.end..).starts_with('：') {
                true => problem.fix(Fix::new(place, ": ".to_owned())),
                false => problem,
            }
        } else if let Some(near) = near {
            problem.help(format!("did you mean `[^{near}]`?"))
        } else {
            problem.help(format!(
                "write `[^{label}]: …` on a line of its own, or `\\[^{label}]` if you mean the brackets literally"
            ))
        });
    }
    for Labelled { label, span } in &definitions {
        if let Some(&first) = defined.get(label).filter(|&&first| first != span) {
            let problem = problem(span, format!("the footnote `{label}` is defined twice")).label("not shown");
            let problem = problem.related(Place::new(path, first.clone()), "this one is shown");
            found.push(problem.help("give one of them another label, or make them one"));
        } else if !signed.contains(label) {
            let problem = problem(span, format!("nothing refers to the footnote `{label}`")).label("not shown");
            found.push(problem.help(format!("write `[^{label}]` after the words that it is about, or remove it")));
        }
    }
    found
}

/// For each label that has a full-width colon behind it, returns where the first of them is.
fn full_width_colons(text: &str) -> HashMap<&str, usize> {
    let mut colons = HashMap::new();
    for (open, sign) in text.match_indices("[^") {
        let behind = slice(text, open + sign.len()..);
        let end = behind.find([']', '[', '\n']).filter(|&end| slice(behind, end..).starts_with("]："));
        if let Some(end) = end {
            colons.entry(slice(behind, ..end)).or_insert(open + sign.len() + end + 1);
        }
    }
    colons
}

/// Reports the footnotes of a ladder, which has none: a criterion is quoted alone.
pub(crate) fn diagnose_ladder(path: &Utf8Path, sections: &[Section]) -> Vec<Diagnostic> {
    let (signs, definitions) = (signs(sections), definitions(sections));
    let problem = |span: &Span| {
        let problem = Place::new(path, span.clone()).problem(Code::Footnote, "a ladder has no footnotes");
        problem.label("shown as written")
    };
    let alone = definitions.iter().filter(|definition| signs.iter().all(|sign| sign.label != definition.label));
    let alone = alone.map(|definition| problem(&definition.span).help("write it where it belongs, or remove it"));
    let signs = signs.iter().map(|sign| {
        let definition = definitions.iter().find(|definition| definition.label == sign.label);
        let found = problem(&sign.span).help(
            "write what it says below: at a criterion as a paragraph, indented as far as the statement; then remove both",
        );
        match definition {
            Some(definition) => found.related(Place::new(path, definition.span.clone()), "what it says"),
            None => found,
        }
    });
    signs.chain(alone).collect()
}
