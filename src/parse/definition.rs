//! Definitions of links: `[label]: address`. They are no text.

use camino::Utf8Path;
use pulldown_cmark::{LinkType, Tag};

use super::tokens::{self, Token};
use crate::diagnostic::Span;

/// `[label]: address`
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LinkDefinition {
    pub(crate) label: String,
    pub(crate) target: String,
    pub(crate) span: Span,
    pub(crate) is_used: bool,
}

/// Returns the definitions of links in a Markdown file.
pub(crate) fn link_definitions(path: &Utf8Path, text: &str) -> Vec<LinkDefinition> {
    if !text.contains("]:") {
        return Vec::new();
    }
    let start = super::front_matter(path, text).span.end;
    let written = tokens::definitions(text, start);
    if written.is_empty() {
        return Vec::new();
    }
    let used = |(token, _): &(Token, Span)| match token {
        Token::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) => {
            let is_by_label = matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
            is_by_label.then(|| normal(id))
        }
        _ => None,
    };
    let used: Vec<_> = tokens::tokens(text, start).iter().filter_map(used).collect();
    let definition = |(label, target, span): (String, String, Span)| {
        let is_used = used.contains(&normal(&label));
        LinkDefinition { label, target, span, is_used }
    };
    written.into_iter().map(definition).collect()
}

/// Labels are the same whatever their capitals and spaces.
fn normal(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
