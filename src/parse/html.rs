//! HTML as browsers read it: tags with their attributes and the text between them, each with its place. What it means is
//! for those who read it.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Token, Tokenizer};

use crate::text::{Span, slice};

/// A tag, or the text before the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HtmlToken {
    /// Text as it is written, with its references.
    Text(Span),
    Start(HtmlTag),
    End(HtmlTag),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HtmlTag {
    /// In small letters.
    pub(crate) name: String,
    /// Names and where the values stand, as they are written.
    pub(crate) attributes: Vec<(String, Span)>,
    pub(crate) span: Span,
}

impl HtmlTag {
    /// Returns the value of an attribute, without references.
    pub(crate) fn value(&self, source: &str, name: &str) -> Option<String> {
        Some(html_text(source, self.attribute(name)?, true).into_iter().map(|(part, _)| part).collect())
    }

    /// Returns where the value of an attribute stands.
    pub(crate) fn attribute(&self, name: &str) -> Option<Span> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, span)| span.clone())
    }
}

/// Reads a document. Comments and declarations are left out.
pub(crate) fn html_tokens(source: &str) -> Vec<HtmlToken> {
    tokens(source, true)
}

/// Reads the tags in a text that is no document: in Markdown, where a `<title>` may stand in a sentence and end nowhere.
pub(crate) fn html_tokens_in_markdown(source: &str) -> Vec<HtmlToken> {
    tokens(source, false)
}

/// Reads tags and the text between them. In a document, scripts and the like hold no tags.
fn tokens(source: &str, is_document: bool) -> Vec<HtmlToken> {
    let mut tags: Vec<Option<HtmlToken>> = Vec::new();
    let mut spans = Vec::new();
    let mut open: Option<HtmlTag> = None;
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: html5gum::Span<usize>| {
        let span = span.start..span.end;
        match event {
            CallbackEvent::OpenStartTag { name } => {
                open = Some(HtmlTag { name: words(name), attributes: Vec::new(), span });
            }
            CallbackEvent::AttributeName { name } => {
                open.iter_mut().for_each(|tag| tag.attributes.push((words(name), span.end..span.end)));
            }
            CallbackEvent::AttributeValue { .. } => {
                let last = open.as_mut().and_then(|tag| tag.attributes.last_mut());
                last.into_iter().for_each(|(_, value)| *value = span.clone());
            }
            CallbackEvent::CloseStartTag { .. } => {
                if let Some(tag) = open.take() {
                    let span = tag.span.start..span.end;
                    spans.push(span.clone());
                    tags.push(Some(HtmlToken::Start(HtmlTag { span, ..tag })));
                }
            }
            CallbackEvent::EndTag { name } => {
                spans.push(span.clone());
                tags.push(Some(HtmlToken::End(HtmlTag { name: words(name), attributes: Vec::new(), span })));
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } => {
                spans.push(span);
                tags.push(None);
            }
            CallbackEvent::String { .. } | CallbackEvent::Error(_) => {}
        }
        None::<std::convert::Infallible>
    });
    emitter.naively_switch_states(is_document);
    Tokenizer::new_with_emitter(source, emitter).for_each(drop);
    let mut tokens = Vec::new();
    let mut from = 0;
    for (token, span) in tags.into_iter().zip(spans) {
        let is_whole = source.get(span.clone()).is_some_and(|tag| tag.starts_with('<')) && from <= span.start;
        if !is_whole {
            continue;
        }
        if from < span.start {
            tokens.push(HtmlToken::Text(from..span.start));
        }
        tokens.extend(token);
        from = span.end;
    }
    if from < source.len() {
        tokens.push(HtmlToken::Text(from..source.len()));
    }
    tokens
}

/// Returns the parts of a text or of the value of an attribute: what they are read as, and where they are written. A part
/// is a reference, or what stands between two.
pub(crate) fn html_text(source: &str, span: Span, is_attribute: bool) -> Vec<(String, Span)> {
    let mut parts = Vec::new();
    let mut from = span.start;
    let mut at = span.start;
    while let Some(found) = slice(source, at..span.end).find('&') {
        at += found;
        let reference = reference(slice(source, at..span.end));
        let rest = slice(source, at + reference.len()..span.end);
        // `&copy=1` in an address is no sign.
        let is_name =
            is_attribute && !reference.ends_with(';') && rest.starts_with(|c: char| c == '=' || c.is_alphanumeric());
        let read = decoded(reference);
        if is_name || read == reference {
            at += 1;
            continue;
        }
        if from < at {
            parts.push((slice(source, from..at).to_owned(), from..at));
        }
        let end = at + reference.len();
        parts.push((read, at..end));
        (at, from) = (end, end);
    }
    if from < span.end {
        parts.push((slice(source, from..span.end).to_owned(), from..span.end));
    }
    parts
}

/// Returns what may be a reference at the beginning of a text.
fn reference(text: &str) -> &str {
    let inner = slice(text, 1..);
    let number = inner.trim_start_matches('#');
    let length = number.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(number.len());
    let end = text.len() - number.len() + length;
    slice(text, ..end + usize::from(slice(text, end..).starts_with(';')))
}

/// Returns what a reference stands for.
fn decoded(reference: &str) -> String {
    let mut read = Vec::new();
    for Ok(token) in Tokenizer::new(reference) {
        if let Token::String(text) = token {
            read.extend_from_slice(&text.value);
        }
    }
    String::from_utf8_lossy(&read).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_token_knows_where_it_is_written() {
        let source = "<!DOCTYPE html><!-- <p> --><P Class='a &amp; b' id=c hidden>TL-<b>036</b><![if !x]>、&nbsp;<style>a<b</style>x";
        let shown = html_tokens(source).into_iter().map(|token| match token {
            HtmlToken::Text(span) => format!("{:?}", &source[span]),
            HtmlToken::Start(tag) => {
                let attributes =
                    tag.attributes.iter().map(|(name, value)| format!(" {name}={}", &source[value.clone()]));
                format!("{}{} {:?}", tag.name, attributes.collect::<String>(), &source[tag.span.clone()].len())
            }
            HtmlToken::End(tag) => format!("/{} {}", tag.name, &source[tag.span]),
        });
        assert_eq!(
            shown.collect::<Vec<_>>(),
            [
                "p class=a &amp; b id=c hidden= 33",
                "\"TL-\"",
                "b 3",
                "\"036\"",
                "/b </b>",
                "\"、&nbsp;\"",
                "style 7",
                "\"a<b\"",
                "/style </style>",
                "\"x\""
            ]
        );
        for text in ["<", "<a href=\"", "&", "&#x110000;", "</", "<!--", "<p", "一<二>"] {
            html_tokens(text);
            html_text(text, 0..text.len(), false);
        }
    }

    #[test]
    fn references_are_read_as_what_they_stand_for() {
        let read = |text: &str, is_attribute| {
            let parts = html_text(text, 0..text.len(), is_attribute);
            assert_eq!(parts.iter().map(|(_, span)| &text[span.clone()]).collect::<String>(), text);
            parts.into_iter().map(|(part, _)| part).collect::<Vec<_>>()
        };
        assert_eq!(read("TL&#45;036 &amp; R&D &#x2011;", false), ["TL", "-", "036 ", "&", " R&D ", "\u{2011}"]);
        assert_eq!(read("?q=a&amp;sa=D&copy=1", true), ["?q=a", "&", "sa=D&copy=1"]);
    }
}
